"""Structured logs: one JSON line each, with a correlation id; never a token or a message's text."""

from functools import cache

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    """The logger of this function; service and level come from the environment."""
    return Logger(utc=True)
