"""Quotas: what a user may have of friends and groups."""

from dataclasses import replace

from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import GROUPS_A_DAY, GROUPS_MAX
from chirrup.domain.quotas import DAY_MS, FRIENDS_MAX, Quota
from tests.fakes.clock import NOON
from tests.unit.making import refused

NONE = Quota(owner="alice")
MIDNIGHT = NOON // DAY_MS * DAY_MS + DAY_MS


def test_friends_are_counted_up_to_the_limit() -> None:
    assert NONE.with_friend().friends == 1
    assert NONE.with_friend().without_friend() == NONE
    assert NONE.without_friend() == NONE
    full = replace(NONE, friends=FRIENDS_MAX)
    with refused(ErrorCode.CONFLICT, reason="too_many_friends", limit=FRIENDS_MAX):
        full.with_friend()
    assert full.without_friend().with_friend() == full


def test_groups_are_counted_up_to_the_limit() -> None:
    assert NONE.with_group().groups == 1
    assert NONE.with_group().without_group() == NONE
    assert NONE.without_group() == NONE
    full = replace(NONE, groups=GROUPS_MAX)
    with refused(ErrorCode.CONFLICT, reason="too_many_groups", limit=GROUPS_MAX):
        full.with_group()
    assert full.without_group().with_group() == full


def test_so_many_groups_may_be_made_a_day_and_each_day_anew() -> None:
    quota = NONE
    for _ in range(GROUPS_A_DAY):
        quota = quota.with_made(NOON)
    assert quota.made == GROUPS_A_DAY
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=MIDNIGHT - NOON, reason="groups_a_day"):
        quota.with_made(NOON)
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=1):
        quota.with_made(MIDNIGHT - 1)
    tomorrow = quota.with_made(MIDNIGHT)
    assert (tomorrow.day, tomorrow.made) == (MIDNIGHT // DAY_MS, 1)


def test_each_count_leaves_the_others() -> None:
    quota = Quota(owner="alice", friends=3, groups=4, day=NOON // DAY_MS, made=5, version=2)
    assert quota.with_friend() == replace(quota, friends=4)
    assert quota.with_group() == replace(quota, groups=5)
    assert quota.with_made(NOON) == replace(quota, made=6)
