"""Nothing acknowledged is lost while sockets, answers and queue messages are."""

from random import Random

import pytest

from tests.model.storm import faults, storm

GROUPS, MEMBERS, USERS = 10, 50, 120
BATCH = 25
"""Jobs in one call: fewer than there may be, so that more posts are made."""


@pytest.mark.parametrize("messages", [10_000])
@pytest.mark.timeout(600)
def test_every_device_ends_equal_to_the_table_whatever_goes_wrong_on_the_way(
    messages: int,
) -> None:
    with storm(seed=7) as world:
        random = Random(11)  # noqa: S311 - repeatable, not secret
        users = [f"user{number:03d}" for number in range(USERS)]
        for number in range(GROUPS):
            world.found(f"group {number}", random.sample(users, MEMBERS))
        for user in sorted({user for members in world.groups.values() for user in members}):
            world.connect(user)
        world.work_off()
        world.carrying.batch, world.doubled = BATCH, 0.05
        world.double.faults = faults(seed=13)
        poison = [f"poison {number}" for number in range(5)]
        for number in range(messages):
            world.send(number)
            if number % (messages // len(poison)) == 0:
                world.carrying.sqs.put("shard-1", poison[number * len(poison) // messages])
            if number % (4 * BATCH) == 4 * BATCH - 1:
                world.work_off()
        world.work_off()
        world.double.faults = None
        pushed_whole = [device.user for device in world.devices.values() if not device.pulls]
        for device in world.devices.values():
            world.sync(device)
        sent = 0
        for id_, members in world.groups.items():
            stored = {
                seq: entry.content.get("text", "")
                for seq, entry in world.tables.entries[id_].items()
                if seq > 1
            }
            sent += len(stored)
            for user in members:
                known = world.devices[user].known[id_]
                assert {seq: text for seq, text in known.items() if seq > 1} == stored, user
        assert sent == messages
        assert sorted(world.carrying.dead) == sorted(poison)
        left = {one.id for sockets in world.tables.sockets.values() for one in sockets}
        removed = {connection.id for _, connection in world.opened} - left
        assert removed == world.double.gone_ids
        # Holes were found, so pushes were lost; and most came by themselves.
        assert len(pushed_whole) < len(world.devices)
        assert world.double.counts["200"] > messages
