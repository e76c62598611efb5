"""The send mode of a running stack is changed while messages are under way: none is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from local.carriers import OF_MODE
from local.deploy import deploy, parameters
from local.processes import wait_until
from local.stack import outputs
from tests.e2e.carriers import Carriers
from tests.e2e.client import Socket
from tests.e2e.people import Person, World
from tests.e2e.stack import PARAMETERS, RUNNING, Stack, parameters_of, running
from tests.e2e.transcript import Transcript
from tests.e2e.wire import text

CHANGED_S = 60.0
SENT_S = 60.0
PACE_S = 0.6
TRIES = 20
KILLED = "killed"
"""The answer of the gateway for a function that the emulator ends while it is changed."""


class Talker:
    """Sends one message after the other, each again until it is acknowledged."""

    def __init__(self, phone: Socket, to: Person) -> None:
        self._phone = phone
        self._to = to
        self._enough = threading.Event()
        self.seqs: list[int] = []
        self.refusals: list[str] = []

    def talk(self) -> None:
        """Until it is `hush`ed."""
        while not self._enough.is_set():
            self.seqs.append(self._send())

    def hush(self) -> None:
        """Send no more."""
        self._enough.set()

    def say_more(self, number: int) -> None:
        """Wait until so many more are acknowledged."""
        enough = len(self.seqs) + number
        assert wait_until(lambda: len(self.seqs) >= enough, timeout_s=SENT_S)

    def _send(self) -> int:
        message = text("on and on")
        for attempt in range(1, TRIES + 1):
            # A pace that the limit of a sender allows; no time is waited out.
            self._enough.wait(PACE_S)
            frame = {"to": self._to.id, **message, "attempt": attempt}
            self._phone.send_frame(message["client_id"], "sendMessage", **frame)
            answer = self._phone.answer()
            if answer.get("type") == "ack":
                return int(answer["data"]["seq"])
            self.refusals.append(answer.get("error", {}).get("code", KILLED))
        raise AssertionError(self.refusals)


def _deliver(stack: Stack, *, enabled: bool) -> None:
    """Let the queues call the fan-out, or not."""
    functions = stack.aws("lambda")
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=enabled)


def _hide_briefly(stack: Stack) -> None:
    """What a worker was killed with comes again soon, not after three minutes."""
    carriers = Carriers(Stack(stack.places, stack.local))
    for url in carriers.queues.values():
        carriers.sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "5"})


def _change(stack: Stack, mode: str) -> None:
    """What a start with another send mode does."""
    given = [*PARAMETERS, *parameters_of(mode)]
    deploy(stack.places, stack.local["endpoint_url"], parameters(given))


def _change_while_jobs_wait(stack: Stack, mode: str, talker: Talker) -> None:
    """Change the mode while the old queues call nobody, until messages go by the new carrier."""
    _deliver(stack, enabled=False)
    talker.say_more(5)
    waiting = Carriers(stack)
    assert waiting.size_of_all() >= 5
    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(_change, stack, mode)
        try:
            # Both carriers stand now; what is sent goes through the new one.
            assert wait_until(lambda: changing.done() or _mode(stack) == mode, timeout_s=CHANGED_S)
            before = waiting.size_of_all()
            talker.say_more(5)
            assert waiting.size_of_all() == before >= 5
            assert not changing.done(), changing.exception()
        finally:
            _deliver(stack, enabled=True)
        changing.result()


def _mode(stack: Stack) -> str:
    return outputs(stack.local["endpoint_url"])["SendMode"]


def _standing(stack: Stack) -> set[str]:
    """The queues and dead letters that the stack has, by the beginnings of their names."""
    fresh = Carriers(Stack(stack.places, stack.local))
    begun = {*fresh.queues, *fresh.dead_letters}
    known = [beginning for beginnings in OF_MODE.values() for beginning in beginnings]
    return {beginning for beginning in known for name in begun if name.startswith(beginning)}


@pytest.mark.skipif(RUNNING is not None, reason="changes the mode of a stack of its own")
def test_whatever_is_said_while_the_mode_is_changed_is_pushed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.getbasetemp() / "e2e-switching"
    with (
        running(folder, "kafka") as stack,
        ExitStack() as opened,
        ThreadPoolExecutor(1) as pool,
    ):
        world = World(stack, Transcript(), opened)
        alice, bob = world.person("alice"), world.person("bob")
        desk, talker = bob.open(), Talker(alice.open(), bob)
        _hide_briefly(stack)
        talking = pool.submit(talker.talk)
        try:
            _change_while_jobs_wait(stack, "rabbitmq", talker)
            assert _standing(stack) == set(OF_MODE["rabbitmq"])
            _hide_briefly(stack)
            for mode in ("redis", "local"):
                _change(stack, mode)
                assert _standing(stack) == set(OF_MODE.get(mode, ()))
                talker.say_more(5)
        finally:
            talker.hush()
        talking.result()
        assert talker.seqs == list(range(1, len(talker.seqs) + 1))
        for seq in talker.seqs:
            assert desk.expect("message.created", seq=seq)
        # Rights for the new carrier come before its messages, those for the old one stay as long.
        assert set(talker.refusals) <= {KILLED}
