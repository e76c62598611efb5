"""`sam build` and `sam deploy` of the unmodified template into the emulator."""

import os
import platform

from local.carriers import Carriers
from local.errors import LocalError, tail
from local.inputs import build_digest, deploy_digest
from local.places import REGION, ROOT, STACK, Places, emulator_python, sam_program, say
from local.processes import TIMED_OUT, run
from local.stack import client
from local.switching import LOCAL, NONE, change, wait_until_empty

BUILD_TIMEOUT_S = 600.0
DEPLOY_TIMEOUT_S = 300.0
# A stack whose creation failed cannot be updated, only deleted.
DEAD = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}
STANDING = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
DEPLOYED = "/chirrup/local/deployed"
PREVIOUS = "PreviousSendMode"


def parameters(given: list[tuple[str, str]]) -> list[str]:
    """The template's parameters for this machine, as `Name=value`; `given` ones win."""
    arm = platform.machine().lower() in ("arm64", "aarch64")
    ours = {
        "Architecture": "arm64" if arm else "x86_64",
        "SendMode": os.environ.get("SEND_MODE", "local"),
    }
    ours.update(given)
    return [f"{name}={value}" for name, value in sorted(ours.items())]


def stack_status(endpoint: str) -> str | None:
    """What CloudFormation says of our stack, or None when there is none."""
    cloudformation = client("cloudformation", endpoint)
    try:
        stacks = cloudformation.describe_stacks(StackName=STACK)["Stacks"]
    except cloudformation.exceptions.ClientError:
        return None
    status: str = stacks[0]["StackStatus"]
    return status


def deploy(places: Places, endpoint: str, wanted: list[str]) -> bool:
    """Bring the emulator's stack to the sources as they are now.

    Args:
        places: The local stack's files.
        endpoint: The emulator's address.
        wanted: Parameters of the template as `Name=value`.

    Returns:
        Whether there was anything to do.

    Raises:
        LocalError: The build or the deployment failed.
    """
    build = build_digest()
    whole = deploy_digest(build, wanted)
    if stack_status(endpoint) in STANDING and _deployed(endpoint) == whole:
        return False
    places.deploy_log.write_text("", encoding="utf-8")
    if _built(places) != build:
        say("Building functions and layers …")
        places.built.unlink(missing_ok=True)
        _build(places, wanted)
        places.built.write_text(build, encoding="utf-8")
    _deploy_mode(places, endpoint, wanted)
    # Kept by the emulator, so that it is lost together with the stack when the emulator is killed.
    client("ssm", endpoint).put_parameter(Name=DEPLOYED, Value=whole, Type="String", Overwrite=True)
    return True


def _deploy_mode(places: Places, endpoint: str, wanted: list[str]) -> None:
    given = dict(one.split("=", 1) for one in wanted)

    def deploy_after(previous: str) -> None:
        say("Deploying template.yaml …")
        _deploy(places, endpoint, [*wanted, f"{PREVIOUS}={previous}"])

    def empty(mode: str) -> None:
        cloudformation, sqs = client("cloudformation", endpoint), client("sqs", endpoint)
        wait_until_empty(Carriers.of(cloudformation, sqs, STACK), mode)

    if PREVIOUS in given:
        # Whoever names it goes the steps one by one.
        say("Deploying template.yaml …")
        _deploy(places, endpoint, wanted)
    else:
        change(given["SendMode"], _modes(endpoint), deploy=deploy_after, empty=empty)


def _modes(endpoint: str) -> tuple[str, str] | None:
    """`SendMode` and `PreviousSendMode` of the stack that stands."""
    if stack_status(endpoint) not in STANDING:
        return None
    found = client("cloudformation", endpoint).describe_stacks(StackName=STACK)["Stacks"][0]
    values = {one["ParameterKey"]: one["ParameterValue"] for one in found["Parameters"]}
    # A stack of before there were such parameters has no carriers.
    return values.get("SendMode", LOCAL), values.get(PREVIOUS, NONE)


def _deployed(endpoint: str) -> str | None:
    ssm = client("ssm", endpoint)
    try:
        digest: str = ssm.get_parameter(Name=DEPLOYED)["Parameter"]["Value"]
    except ssm.exceptions.ParameterNotFound:
        return None
    return digest


def _built(places: Places) -> str | None:
    if not (places.build_dir / "template.yaml").exists() or not places.built.exists():
        return None
    return places.built.read_text(encoding="utf-8")


def _sam(places: Places, *arguments: str, endpoint: str | None = None, timeout_s: float) -> int:
    # samconfig.toml is about AWS accounts; here all is said on the command line.
    config = places / "samconfig.toml"
    config.write_text("version = 0.1\n", encoding="utf-8")
    aws = {name for name in os.environ if name.startswith("AWS_")}
    env = {name: value for name, value in os.environ.items() if name not in aws}
    env |= {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "SAM_CLI_TELEMETRY": "0",
        "CHIRRUP_BUILD_PYTHON": str(emulator_python()),
    }
    if endpoint is not None:
        env["AWS_ENDPOINT_URL"] = endpoint
    # PYTHONPATH of the repository would reach into SAM's own environment.
    env.pop("PYTHONPATH", None)
    command = [str(sam_program()), *arguments, "--config-file", str(config)]
    return run(command, env=env, cwd=ROOT, log=places.deploy_log, timeout_s=timeout_s)


def _build(places: Places, wanted: list[str]) -> None:
    code = _sam(
        places,
        "build",
        "--parallel",
        "--template-file",
        str(ROOT / "template.yaml"),
        "--build-dir",
        str(places.build_dir),
        "--cache-dir",
        str(places / "build-cache"),
        "--parameter-overrides",
        *wanted,
        timeout_s=BUILD_TIMEOUT_S,
    )
    if code:
        raise LocalError(
            "The build took too long." if code == TIMED_OUT else "The build failed.",
            details=tail(places.deploy_log),
            mend=f"mend what it names and start again; all of it is in {places.deploy_log}",
        )


def _deploy(places: Places, endpoint: str, wanted: list[str]) -> None:
    if stack_status(endpoint) in DEAD:
        client("cloudformation", endpoint).delete_stack(StackName=STACK)
    code = _sam(
        places,
        "deploy",
        "--template-file",
        str(places.build_dir / "template.yaml"),
        "--stack-name",
        STACK,
        "--region",
        REGION,
        "--resolve-s3",
        "--capabilities",
        "CAPABILITY_IAM",
        "--no-confirm-changeset",
        "--no-fail-on-empty-changeset",
        "--no-progressbar",
        "--parameter-overrides",
        *wanted,
        endpoint=endpoint,
        timeout_s=DEPLOY_TIMEOUT_S,
    )
    if code:
        reasons = failures(endpoint)
        raise LocalError(
            "The deployment failed.",
            details="\n".join(reasons) or tail(places.deploy_log),
            mend=f"mend what it names and start again; all of it is in {places.deploy_log}",
        )


def failures(endpoint: str) -> list[str]:
    """Why resources of the stack failed, in the words of CloudFormation, oldest first."""
    cloudformation = client("cloudformation", endpoint)
    try:
        events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    except cloudformation.exceptions.ClientError:
        return []
    return [
        f"    {event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
        for event in reversed(events)
        if event["ResourceStatus"].endswith("_FAILED")
    ]
