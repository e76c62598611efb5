"""What ids look like, and what they tell."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import (
    CONVERSATION_ID_MAX,
    Conversation,
    Kind,
    channel_id,
    client_time,
    group_id,
    is_channel_code,
    is_user_id,
    notices_id,
    parse_conversation_id,
    private_id,
    short_hash,
)
from tests.unit.making import refused

user_ids = st.from_regex(r"[A-Za-z0-9_.@\-]{1,64}", fullmatch=True)


@pytest.mark.parametrize("text", ["a", "alice.b-c_d@example.com", "0", "A" * 64])
def test_a_user_id_is_1_to_64_of_the_allowed_characters(text: str) -> None:
    assert is_user_id(text)


@pytest.mark.parametrize(
    "text", ["", "A" * 65, "a b", "a~b", "a#b", "a|b", "a/b", "é", "a\n", "\n", "٣", "all\x00"]
)
def test_anything_else_is_no_user_id(text: str) -> None:
    assert not is_user_id(text)


@given(user_ids, user_ids)
def test_a_private_id_is_the_same_from_either_side_and_names_both(one: str, other: str) -> None:
    if one == other:
        with refused(ErrorCode.CANNOT_TARGET_SELF):
            private_id(one, other)
        return
    id_ = private_id(one, other)
    assert id_ == private_id(other, one)
    assert len(id_) <= CONVERSATION_ID_MAX
    conversation = parse_conversation_id(id_)
    assert conversation.kind is Kind.PRIVATE
    assert set(conversation.users) == {one, other}
    assert conversation.peer_of(one) == other
    assert conversation.peer_of(other) == one


@given(user_ids)
def test_notes_to_oneself_have_no_peer(user: str) -> None:
    conversation = parse_conversation_id(f"s_{user}")
    assert (conversation.kind, conversation.users) == (Kind.SAVED, (user,))
    assert conversation.peer_of(user) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "p",
        "p_",
        "p_alice",
        "p_bob~alice",
        "p_alice~alice",
        "p_alice~bob~carol",
        "p_~bob",
        "p_alice~",
        "p_alice~b b",
        "P_alice~bob",
        "s_",
        "s_a b",
        "x_1",
        "\ud800",
    ],
)
def test_a_malformed_conversation_id_is_an_invalid_request(text: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="conversation_id"):
        parse_conversation_id(text)


@pytest.mark.parametrize("text", ["g_1", "c_News", "c_", "g_", f"g_{'0' * 25}I", f"g_{'0' * 27}"])
def test_of_groups_and_channels_that_cannot_be_nobody_is_a_member(text: str) -> None:
    with refused(ErrorCode.NOT_MEMBER):
        parse_conversation_id(text)


def test_a_group_id_is_the_same_for_the_same_request_and_tells_nothing() -> None:
    id_ = group_id("alice", "c1")
    assert id_ == group_id("alice", "c1")
    others = {group_id("alice", "c2"), group_id("bob", "c1"), group_id("alice|c", "1")}
    assert len(others | {id_}) == 4
    assert parse_conversation_id(id_) == Conversation(id_, Kind.GROUP, ())
    assert parse_conversation_id(id_).peer_of("alice") is None


def test_a_users_notices_name_the_user() -> None:
    parsed = parse_conversation_id(notices_id("alice"))
    assert parsed == Conversation("u_alice", Kind.NOTICES, ("alice",))
    assert parsed.peer_of("alice") is None


@given(st.text(max_size=64), st.text(max_size=64))
def test_every_group_id_can_be_taken_apart(creator_id: str, client_id: str) -> None:
    assert parse_conversation_id(group_id(creator_id, client_id)).kind is Kind.GROUP


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        conversation = parse_conversation_id(text)
    except ChirrupError as error:
        assert error.code in (ErrorCode.INVALID_REQUEST, ErrorCode.NOT_MEMBER)
    else:
        assert conversation.id == text


def test_the_time_of_a_ulid_is_read_from_its_first_ten_digits() -> None:
    # The example of the ULID specification's own README: 1469918176385.
    assert client_time("01ARYZ6S41TSV4RRFFQ69G5FAV") == 1_469_918_176_385
    assert client_time("01aryz6s41tsv4rrffq69g5fav") == 1_469_918_176_385


def test_the_time_of_a_uuid7_is_read_from_its_first_48_bits() -> None:
    # RFC 9562, A.6.
    text = "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"
    assert client_time(text) == 0x017F22E279B0
    assert client_time(text.replace("-", "").lower()) == 0x017F22E279B0
    assert UUID(text).version == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "m-1",
        "1" * 25,
        # U is not among Crockford's digits, and 8 is above 48 bits.
        "01ARYZ6S41TSV4RRFFQ69G5FAU",
        "81ARYZ6S41TSV4RRFFQ69G5FAV",
        # Version 4: its first bits are not a time.
        "919108f7-52d1-4320-9bac-f847db4148a8",
    ],
)
def test_other_client_ids_tell_no_time(text: str) -> None:
    assert client_time(text) is None


@given(st.text(max_size=64).filter(lambda text: text.isascii()))
def test_a_short_hash_is_short_and_free_of_dots(text: str) -> None:
    assert len(short_hash(text)) == 11
    assert "." not in short_hash(text)


def test_a_channel_is_named_by_its_code_and_its_members_are_stored() -> None:
    parsed = parse_conversation_id(channel_id("news_2"))
    assert parsed == Conversation("c_news_2", Kind.CHANNEL, ())
    assert parsed.code == "news_2"
    assert parsed.stored_members
    assert parsed.peer_of("alice") is None


@pytest.mark.parametrize("code", ["", "2news", "News", "ne ws", "néws", "n" * 65, "news\n"])
def test_what_is_no_code_names_no_channel(code: str) -> None:
    assert not is_channel_code(code)
    with refused(ErrorCode.NOT_MEMBER):
        parse_conversation_id(f"c_{code}")
