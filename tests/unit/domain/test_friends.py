"""Friends' records: what is kept of a request, and for how long."""

from chirrup.domain.friends import (
    REQUEST_EXPIRES_MS,
    REQUEST_KEPT_MS,
    Block,
    Friend,
    FriendRequestIn,
    FriendRequestOut,
)

DAY_MS = 24 * 60 * 60 * 1000


def test_a_request_is_open_for_seven_days_and_kept_for_seven_more() -> None:
    for kind in (FriendRequestIn, FriendRequestOut):
        request = kind(owner="bob", name="alice", asked_at=1_000)
        assert request.ends_at == 1_000 + 7 * DAY_MS == 1_000 + REQUEST_EXPIRES_MS
        assert request.is_open(request.ends_at - 1)
        assert not request.is_open(request.ends_at)
        assert request.expires_at == request.ends_at + REQUEST_KEPT_MS


def test_friends_and_blocks_stay() -> None:
    assert Friend(owner="alice", name="bob", since=1).expires_at is None
    assert Block(owner="alice", name="bob", since=1).expires_at is None
