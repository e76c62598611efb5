"""Send dead letters on their way again: `make redrive`, or `python -m local.redrive --help`.

A job becomes a dead letter when the fan-out failed with it again and again, or was not there. Once
the reason is gone, it is handed to the carrier that it came by; only then is the dead letter
deleted. What is interrupted in between is handed over twice, which does no harm.
"""

import json
import sys
import tomllib
from argparse import ArgumentParser
from typing import Any

from chirrup.domain.jobs import Job, NoJob
from local.carriers import CARRIER_OF, Carriers
from local.errors import LocalError
from local.places import ROOT, STACK, Places, add_state_dir, complain, say
from local.stack import client, read_local

BATCH = 10
HIDDEN_S = 60
"""While one is sent; what is left alone shows again after so long."""


def main(arguments: list[str] | None = None) -> int:
    """Look through all dead letters of a stack; 0 unless the stack cannot be found."""
    parser = ArgumentParser(prog="python -m local.redrive", description=__doc__)
    parser.add_argument("--env", help="a section of samconfig.toml: a stack in your AWS account")
    parser.add_argument("--dry-run", action="store_true", help="count only")
    add_state_dir(parser)
    given = parser.parse_args(arguments)
    try:
        carriers, sns = _stack(given.env, Places(given.state_dir))
    except LocalError as error:
        complain(str(error))
        return 1
    if not carriers.dead_letters:
        say("This stack has no carrier, and so no dead letters (SendMode local).")
    for name, url in carriers.dead_letters.items():
        if given.dry_run:
            say(f"{name}: {carriers.waiting([url])}")
        else:
            sent, left = redrive(carriers, sns, name)
            rest = f", {left} that are no jobs left where they were" if left else ""
            say(f"{name}: {sent} sent again{rest}")
    return 0


def _stack(env: str | None, places: Places) -> tuple[Carriers, Any]:
    if env is None:
        endpoint = read_local(places)["endpoint_url"]
        made = (client(name, endpoint) for name in ("cloudformation", "sqs", "sns"))
        cloudformation, sqs, sns = made
        return Carriers.of(cloudformation, sqs, STACK), sns
    import boto3

    config = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    if env not in config:
        raise LocalError(f"samconfig.toml has no section {env!r}.", mend="name one that it has")
    stack = config[env]["global"]["parameters"]["stack_name"]
    found = Carriers.of(boto3.client("cloudformation"), boto3.client("sqs"), stack)
    return found, boto3.client("sns")


def redrive(carriers: Carriers, sns: Any, name: str) -> tuple[int, int]:
    """Send the jobs of one queue of dead letters to where they came from.

    Args:
        carriers: Of the stack.
        sns: A client.
        name: Logical id of the queue.

    Returns:
        How many jobs were sent, and how many messages were none.
    """
    url, target = carriers.dead_letters[name], carriers.found[CARRIER_OF[name]]
    sent = left = 0
    while True:
        found = carriers.sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=BATCH,
            VisibilityTimeout=HIDDEN_S,
            AttributeNames=["MessageGroupId"],
        ).get("Messages", [])
        if not found:
            return sent, left
        for message in found:
            job = job_of(message["Body"])
            if job is None:
                say(f"  {name}: {message['MessageId']} is no job")
                left += 1
                continue
            _send(carriers.sqs, sns, target, job, message)
            carriers.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            sent += 1


def job_of(body: str) -> str | None:
    """The job in a dead letter, whoever has wrapped it; None if there is none.

    SNS wraps what it could not deliver, Lambda the call that failed.
    """
    for text in (body, *_wrapped(body)):
        try:
            Job.decode(text)
        except NoJob:
            continue
        return text
    return None


def _wrapped(body: str) -> list[str]:
    try:
        envelope = json.loads(body)
        if "requestPayload" in envelope:
            return [one["Sns"]["Message"] for one in envelope["requestPayload"]["Records"]]
        return [envelope["Message"]]
    except (ValueError, KeyError, TypeError):
        return []


def _send(sqs: Any, sns: Any, target: str, job: str, message: dict[str, Any]) -> None:
    if target.startswith("arn:"):
        sns.publish(TopicArn=target, Message=job)
        return
    more: dict[str, str] = {}
    if target.endswith(".fifo"):
        # A new id: the first one is known for five minutes, and would be dropped.
        more = {
            "MessageGroupId": message["Attributes"]["MessageGroupId"],
            "MessageDeduplicationId": message["MessageId"],
        }
    sqs.send_message(QueueUrl=target, MessageBody=job, **more)


if __name__ == "__main__":
    sys.exit(main())
