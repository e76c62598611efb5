"""The send mode of a running stack is changed while jobs are under way: none is lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from local.deploy import deploy, parameters
from local.processes import wait_until
from local.stack import outputs
from tests.e2e.carriers import Carriers
from tests.e2e.people import World
from tests.e2e.stack import PARAMETERS, RUNNING, Stack, parameters_of, running
from tests.e2e.transcript import Transcript
from tests.e2e.wire import text

CHANGED_S = 60.0


def _deliver(stack: Stack, *, enabled: bool) -> None:
    """Let the queues call the fan-out, or not."""
    functions = stack.aws("lambda")
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=enabled)


@pytest.mark.skipif(RUNNING is not None, reason="changes the mode of a stack of its own")
def test_jobs_that_wait_while_the_mode_is_changed_are_pushed_all_the_same(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.getbasetemp() / "e2e-switching"
    with running(folder, "kafka") as stack, ExitStack() as opened:
        world = World(stack, Transcript(), opened)
        alice, bob = world.person("alice"), world.person("bob")
        phone, desk = alice.open(), bob.open()
        endpoint = stack.local["endpoint_url"]
        _deliver(stack, enabled=False)
        for number in range(1, 6):
            phone.ask("sendMessage", to=bob.id, **text(f"message {number}"))
        assert Carriers(stack).size_of_all() == 5
        given = [*PARAMETERS, *parameters_of("rabbitmq")]
        with ThreadPoolExecutor(1) as pool:
            changing = pool.submit(deploy, stack.places, endpoint, parameters(given))
            # Both carriers stand now; what is sent goes through the new one.
            assert wait_until(
                lambda: changing.done() or outputs(endpoint)["SendMode"] == "rabbitmq",
                timeout_s=CHANGED_S,
            )
            assert not changing.done(), changing.exception()
            phone.ask("sendMessage", to=bob.id, **text("message 6"))
            assert desk.expect("message.created")["seq"] == 6
            _deliver(stack, enabled=True)
            changing.result()
        assert sorted(desk.expect("message.created")["seq"] for _ in range(5)) == [1, 2, 3, 4, 5]
        fresh = Stack(stack.places, stack.local)
        assert sorted(Carriers(fresh).queues) == [
            f"{kind}Queue" for kind in ("Call", "Channel", "Group", "Private")
        ]
        phone.ask("sendMessage", to=bob.id, **text("message 7"))
        assert desk.expect("message.created")["seq"] == 7
