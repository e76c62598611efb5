"""The deployed stack, as its operator has it: started, looked into, stopped."""

import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from local import lock
from local.deploy import deploy, parameters
from local.engine import Engine
from local.needs import prepare
from local.places import STACK, Places
from local.processes import end_group, interruptible
from local.stack import client, read_local
from local.start import bring_up, start_engine
from local.tokens import sign_in
from tests.e2e.tap import tap

RUNNING = os.environ.get("CHIRRUP_E2E_STATE_DIR")
"""While writing tests: a stack that runs already, started with --auth and with PARAMETERS."""
ORIGIN = "https://chat.example.com"
PARAMETERS = [("AllowedOrigins", ORIGIN), ("PrivateChatPolicy", "open")]
"""Strangers may write to each other here, so that most tests need not make friends first."""
PASSWORD = "Correct horse battery 1!"


@dataclass(frozen=True)
class Stack:
    """One running stack.

    Attributes:
        places: Its files.
        local: The content of local.json, all that clients know.
    """

    places: Places
    local: dict[str, Any]

    def aws(self, service: str) -> Any:
        """A client of one of AWS's services, with all rights."""
        return client(service, self.local["endpoint_url"])

    @cached_property
    def pool(self) -> Any:
        """The user pool's service."""
        return self.aws("cognito-idp")

    @cached_property
    def resources(self) -> dict[str, str]:
        """Physical ids by logical id."""
        pages = self.aws("cloudformation").get_paginator("list_stack_resources")
        found = [one for page in pages.paginate(StackName=STACK) for one in _summaries(page)]
        return {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in found}

    def add_user(self, name: str) -> str:
        """Make an account, as the company's admin does; the user id."""
        who = {"UserPoolId": self.local["user_pool_id"], "Username": name}
        made = self.pool.admin_create_user(
            **who,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "name", "Value": name.capitalize()}],
        )
        self.pool.admin_set_user_password(**who, Password=PASSWORD, Permanent=True)
        attributes = {one["Name"]: one["Value"] for one in made["User"]["Attributes"]}
        return str(attributes["sub"])

    def tokens(self, name: str, client_id: str | None = None) -> dict[str, str]:
        """`IdToken` and `AccessToken` of a user, by our client of the pool or another."""
        local = self.local if client_id is None else {**self.local, "client_id": client_id}
        return sign_in(local, name, PASSWORD)

    def brief_token(self, name: str, seconds: int) -> str:
        """A token of our own client that ends soon; Cognito itself would not go below 5 minutes."""
        which = {"UserPoolId": self.local["user_pool_id"], "ClientId": self.local["client_id"]}
        described = self.pool.describe_user_pool_client(**which)["UserPoolClient"]
        known = self.pool.meta.service_model.operation_model("UpdateUserPoolClient").input_shape
        kept = {key: value for key, value in described.items() if value and key in known.members}
        units = {**kept["TokenValidityUnits"], "IdToken": "seconds"}
        brief = {**kept, "IdTokenValidity": seconds, "TokenValidityUnits": units}
        self.pool.update_user_pool_client(**brief)
        try:
            return self.tokens(name)["IdToken"]
        finally:
            self.pool.update_user_pool_client(**kept)

    @contextmanager
    def policy(self, name: str) -> Iterator[None]:
        """Let the functions run with another `PrivateChatPolicy` for a while."""
        functions = self.aws("lambda")
        before = {}
        for which in ("http-api", "ws-message"):
            function = f"{STACK}-{which}"
            kept = functions.get_function_configuration(FunctionName=function)["Environment"]
            before[function] = kept
            changed = {**kept["Variables"], "PRIVATE_CHAT_POLICY": name}
            functions.update_function_configuration(
                FunctionName=function, Environment={"Variables": changed}
            )
        try:
            yield
        finally:
            for function, kept in before.items():
                functions.update_function_configuration(FunctionName=function, Environment=kept)

    def runs(self, function: str) -> "Counter[str]":
        """How often a function (`ws-disconnect`) has ended: `done` or `FAILED`."""
        lines = self.places.function_log.read_text(encoding="utf-8").splitlines()
        ours = (line.split(" ", 3) for line in lines if f" {STACK}-{function} " in line)
        return Counter(words[2] for words in ours if words[2] in ("done", "FAILED"))


def _summaries(page: Any) -> list[dict[str, str]]:
    found: list[dict[str, str]] = page["StackResourceSummaries"]
    return found


def mode_of_running() -> str | None:
    """The send mode of the stack of CHIRRUP_E2E_STATE_DIR, if there is one."""
    return str(read_local(Places(Path(RUNNING)))["send_mode"]) if RUNNING else None


def parameters_of(mode: str) -> list[tuple[str, str]]:
    """What makes a stack of a send mode whose every message is carried."""
    return [("SendMode", mode), ("InlineLimit", "0")]


@contextmanager
def running(folder: Path, mode: str) -> Iterator[Stack]:
    """A stack of its own for these tests, or the one of CHIRRUP_E2E_STATE_DIR.

    It ends with the block, also when that is interrupted, and takes its files with it. The
    emulator ends with this process however that ends.

    Args:
        folder: For its files.
        mode: The send mode. Where there is a carrier, everything goes through it.
    """
    with ExitStack() as after:
        places = Places(Path(RUNNING) if RUNNING else folder)
        if not RUNNING:
            # A plain SIGTERM would end this process at once, and leave the files.
            after.enter_context(interruptible())
            after.callback(shutil.rmtree, folder, ignore_errors=True)
            after.callback(_end, _start(places, mode))
        yield Stack(places, read_local(places))


def _start(places: Places, mode: str) -> Engine:
    prepare(places.state_dir)
    handle = lock.acquire(places.lock)
    assert handle is not None, f"{places.state_dir} is in use"
    try:
        engine = start_engine(places, auth=True, handle=handle)
    finally:
        os.close(handle)
    try:
        given = [*PARAMETERS, *parameters_of(mode)]
        deploy(places, engine.run.endpoint, parameters(given))
        # Before the first job, so that it misses none.
        tap(engine.run.endpoint)
        bring_up(places, engine.run, given)
    except BaseException:
        _end(engine)
        raise
    return engine


def _end(engine: Engine) -> None:
    # Its state is thrown away, so it need not be written.
    end_group(engine.run.pid, signal.SIGKILL)
    engine.stop()
