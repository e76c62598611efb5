"""How two users become friends: everything that says so, in one commit."""

from chirrup.domain.audiences import Audience
from chirrup.domain.conversations import Head
from chirrup.domain.friends import FRIEND_ADDED, REQUEST_ACCEPTED, Friend
from chirrup.domain.messages import Entry
from chirrup.domain.quotas import Quota
from chirrup.domain.records import Name
from chirrup.ports.records import Put, Records
from chirrup.service.access import audience_of
from chirrup.service.committing import Attempt
from chirrup.service.pairs import Pair


def befriend(
    records: Records,
    attempt: Attempt,
    pair: Pair,
    remarks: tuple[str | None, str | None],
    source: str | None,
) -> Friend:
    """Make both friends, in what this attempt stores.

    Args:
        records: For quotas.
        attempt: Stores it.
        pair: As the one sees it who accepts.
        remarks: For the other by who accepts, and for who accepts by the other.
        source: As the request says.

    Returns:
        The other, as a friend of the one who accepts.
    """
    me, peer = pair.me.user_id, pair.peer.user_id
    mine = Friend(owner=me, name=peer, since=attempt.now, source=source, remark=remarks[0])
    theirs = Friend(owner=peer, name=me, since=attempt.now, source=source, remark=remarks[1])
    quotas = records.several(Quota, [Name(me), Name(peer)])
    attempt.write(
        Put(mine),
        Put(theirs),
        *(Put(quotas.get(Name(one), Quota(owner=one)).with_friend()) for one in (me, peer)),
        *pair.changed({"friends": True}, {"friends": True}),
    )

    def told(head: Head, entry: Entry) -> Audience:
        return audience_of(pair.conversation, head, entry.seq, muted=pair.muted)

    content = {"user_ids": list(pair.conversation.users)}
    attempt.grow(pair.conversation.id, me, FRIEND_ADDED, content, told)
    attempt.notify(peer, me, REQUEST_ACCEPTED, {"user_id": me})
    return mine
