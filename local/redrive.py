"""Send dead letters on their way again: `make redrive`, or `python -m local.redrive --help`.

A job becomes a dead letter when the fan-out failed with it again and again, or was not there. Once
the reason is gone, it is handed to the carrier that it came by; only then is the dead letter
deleted. What is interrupted in between is handed over twice, which does no harm.
"""

import json
import sys
import tomllib
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chirrup.domain.jobs import Job, NoJob
from local.carriers import CARRIER_OF, Carriers
from local.errors import LocalError
from local.places import ROOT, STACK, Places, add_state_dir, complain, say
from local.stack import client, read_local

BATCH = 10
WAIT_S = 1
HIDDEN_S = 120
"""While a batch is sent; who is interrupted finds the rest of it again after so long."""


@dataclass(frozen=True)
class Redriven:
    """What became of one queue's dead letters.

    Attributes:
        sent: Jobs that were handed over again.
        left: Ids of messages that are no jobs, and lie where they lay.
    """

    sent: int
    left: list[str]


def main(arguments: list[str] | None = None) -> int:
    """Look through all dead letters of a stack; 0 when all that are jobs were sent."""
    parser = ArgumentParser(prog="python -m local.redrive", description=__doc__)
    parser.add_argument("--env", help="a section of samconfig.toml: a stack in your AWS account")
    parser.add_argument("--dry-run", action="store_true", help="count only")
    add_state_dir(parser)
    given = parser.parse_args(arguments)
    try:
        carriers, sns = _stack(given.env, Places(given.state_dir))
        look_through(carriers, sns, dry_run=given.dry_run)
    except LocalError as error:
        complain(str(error))
    except (ClientError, BotoCoreError) as error:
        complain(f"AWS refuses it: {error}\nWhat was sent until then is sent, the rest waits.")
    else:
        return 0
    return 1


def look_through(carriers: Carriers, sns: Any, *, dry_run: bool) -> None:
    """Send the jobs of all queues of dead letters, or only count them, and say so."""
    if not carriers.dead_letters:
        say("This stack has no carrier, and so no dead letters (SendMode local).")
    for name, url in carriers.dead_letters.items():
        if dry_run:
            say(f"{name}: {carriers.waiting([url])}")
            continue
        done = redrive(carriers, sns, name)
        say(f"{name}: {done.sent} sent again, {len(done.left)} left that are no jobs")
        for message_id in done.left:
            say(f"  left: {message_id}")


def _stack(env: str | None, places: Places) -> tuple[Carriers, Any]:
    if env is None:
        endpoint = read_local(places)["endpoint_url"]
        made = (client(name, endpoint) for name in ("cloudformation", "sqs", "sns"))
        cloudformation, sqs, sns = made
        return Carriers.of(cloudformation, sqs, STACK), sns
    import boto3

    stack, region = stack_of(env, (ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    session = boto3.Session(region_name=region)
    found = Carriers.of(session.client("cloudformation"), session.client("sqs"), stack)
    return found, session.client("sns")


def stack_of(env: str, samconfig: str) -> tuple[str, str | None]:
    """Name and region of the stack that a section of samconfig.toml deploys.

    Without a region there it is that of the AWS profile, as for `make deploy`.

    Raises:
        LocalError: There is no such section.
    """
    section = tomllib.loads(samconfig).get(env)
    if section is None:
        raise LocalError(f"samconfig.toml has no section {env!r}.", mend="name one that it has")
    common = section["global"]["parameters"]
    deployed = common | section.get("deploy", {}).get("parameters", {})
    return deployed["stack_name"], deployed.get("region")


def redrive(carriers: Carriers, sns: Any, name: str) -> Redriven:
    """Send the jobs of one queue of dead letters to where they came from.

    Args:
        carriers: Of the stack.
        sns: A client.
        name: Logical id of the queue.
    """
    sqs, url = carriers.sqs, carriers.dead_letters[name]
    target = carriers.found[CARRIER_OF[name]]
    sent, left = 0, dict[str, str]()
    while batch := _taken(sqs, url, left):
        for message in batch:
            jobs = jobs_of(message["Body"])
            for job in jobs:
                _send(sqs, sns, target, job, message)
            if jobs:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                sent += len(jobs)
            else:
                left[message["MessageId"]] = message["ReceiptHandle"]
    for handle in left.values():
        # Seen at once again, also by the alarm.
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
    return Redriven(sent, list(left))


def _taken(sqs: Any, url: str, left: dict[str, str]) -> list[dict[str, Any]]:
    """The next dead letters; none when there are none but those that were left."""
    found: list[dict[str, Any]] = sqs.receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=BATCH,
        VisibilityTimeout=HIDDEN_S,
        # Asks all of SQS's servers: without it some answers are empty though messages wait.
        WaitTimeSeconds=WAIT_S,
        AttributeNames=["MessageGroupId"],
    ).get("Messages", [])
    for message in found:
        if message["MessageId"] in left:
            left[message["MessageId"]] = message["ReceiptHandle"]
    return [message for message in found if message["MessageId"] not in left]


def jobs_of(body: str) -> list[str]:
    """The jobs in a dead letter, whoever has wrapped them; none if there is anything else in it.

    SNS wraps what it could not deliver, Lambda the call that failed.
    """
    for texts in ([body], _wrapped(body)):
        if texts and all(map(_is_job, texts)):
            return texts
    return []


def _is_job(text: str) -> bool:
    try:
        Job.decode(text)
    except NoJob:
        return False
    return True


def _wrapped(body: str) -> list[str]:
    try:
        envelope = json.loads(body)
        if "requestPayload" in envelope:
            return [one["Sns"]["Message"] for one in envelope["requestPayload"]["Records"]]
        return [envelope["Message"]]
    except (ValueError, KeyError, TypeError, RecursionError):
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
