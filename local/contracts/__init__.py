"""Writes the references that follow from the code: APIs, JSON Schemas, errors, settings."""

VERSION = "1.0.0"
"""Of the wire protocol: v1 in the paths and the stage. What is added raises the second digit."""
