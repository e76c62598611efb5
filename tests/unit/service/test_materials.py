"""Materials: made once, read by those who have got them, and kept while they have."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.materials import HTML_BYTES_MAX, holds
from chirrup.service.materials import NewMaterial
from chirrup.service.sources import Place
from tests.unit.making import CHAT, refused
from tests.unit.station import EVERYONE, FAR, NEWS, Station
from tests.unit.world import ALICE, BOB, CAROL

URL = "https://example.com/hours"


def html_of(station: Station, user_id: str, id_: str, place: Place | None = None) -> str | None:
    return station.channels.materials.read(user_id, "news", id_, place).html


def test_a_material_is_made_once_under_its_client_id() -> None:
    station = Station()
    first = station.material()
    assert station.material() == first
    with refused(ErrorCode.IDEMPOTENCY_CONFLICT, material_id=first):
        station.material(title="Other")
    assert [one.name for one in station.broadcasting.materials.list(None, 10)[0]] == [first]


def test_a_material_is_a_link_or_a_rich_text() -> None:
    station = Station()
    materials = station.broadcasting.materials
    for more in ({}, {"url": URL, "html": "<p>x</p>"}):
        with refused(ErrorCode.INVALID_REQUEST, field="html"):
            materials.create("news", NewMaterial("c", "Title", **more))
    with refused(ErrorCode.NOT_FOUND):
        materials.create("weather", NewMaterial("c", "Title", url=URL))


@pytest.mark.parametrize("size", [HTML_BYTES_MAX, HTML_BYTES_MAX + 1])
def test_a_rich_text_is_at_most_64_kb_as_it_comes(size: int) -> None:
    station = Station()
    html = "x" * size
    if size > HTML_BYTES_MAX:
        with refused(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=HTML_BYTES_MAX):
            station.material(html=html)
    else:
        assert station.material(html=html)


def test_a_rich_text_that_is_too_large_once_it_is_harmless_is_refused() -> None:
    station = Station()
    link = '<a href="https://example.com/">x</a>'
    with refused(ErrorCode.PAYLOAD_TOO_LARGE):
        station.material(html=link * (HTML_BYTES_MAX // len(link)))


def test_a_cover_is_shown_to_everybody() -> None:
    station = Station()
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        station.material(cover="m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N")
    assert station.material(cover="https://example.com/c.png")


def test_a_message_of_a_material_holds_all_but_its_rich_text() -> None:
    station = Station()
    station.subscribe(ALICE)
    id_ = station.material(summary="In short.", cover="https://example.com/c.png")
    made = station.say(material_id=id_)
    (entry,) = station.seen(ALICE)
    assert (entry.type, made.material_id) == ("material", id_)
    assert entry.content == {
        "material_id": id_,
        "channel_id": NEWS,
        "title": "Hours",
        "summary": "In short.",
        "cover": "https://example.com/c.png",
    }
    link = station.material(name="link", url=URL)
    station.say(material_id=link)
    assert station.seen(ALICE)[-1].content["url"] == URL


def test_a_channel_publishes_only_materials_of_its_own() -> None:
    station = Station()
    with refused(ErrorCode.NOT_FOUND, field="material_id"):
        station.say("all", material_id=station.material())
    with refused(ErrorCode.NOT_FOUND, field="material_id"):
        station.say(material_id="mt_none")


def test_a_material_that_was_broadcast_stays() -> None:
    station = Station()
    id_ = station.material()
    made = station.say(material_id=id_)
    with refused(ErrorCode.MATERIAL_IN_USE, uses=1):
        station.broadcasting.materials.delete(id_)
    station.ends.withdraw("news", made.name, FAR)
    with refused(ErrorCode.MATERIAL_IN_USE):
        station.broadcasting.materials.delete(id_)


def test_a_material_that_nobody_has_got_can_be_deleted() -> None:
    station = Station()
    for more in ({"name": "text"}, {"name": "link", "url": URL}):
        id_ = station.material(**more)
        station.broadcasting.materials.delete(id_)
        with refused(ErrorCode.NOT_FOUND):
            station.broadcasting.materials.get(id_)
        with refused(ErrorCode.NOT_FOUND):
            station.broadcasting.materials.delete(id_)


def test_a_material_that_is_broadcast_while_it_is_deleted_stays() -> None:
    station = Station()
    id_ = station.material()
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before commit" and not nested:
            nested = True
            station.say(material_id=id_)

    station.tables.hook = hook
    with refused(ErrorCode.MATERIAL_IN_USE):
        station.broadcasting.materials.delete(id_)


def test_subscribers_read_what_was_broadcast_and_not_withdrawn() -> None:
    station = Station()
    station.subscribe(ALICE)
    id_ = station.material()
    with refused(ErrorCode.NOT_FOUND):
        html_of(station, "alice", id_)
    made = station.say(material_id=id_)
    assert html_of(station, "alice", id_) == "<p>From <b>nine</b>.</p>"
    with refused(ErrorCode.NOT_FOUND):
        html_of(station, "bob", id_)
    with refused(ErrorCode.NOT_FOUND):
        station.channels.materials.read("alice", "all", id_, None)
    station.ends.withdraw("news", made.name, FAR)
    with refused(ErrorCode.NOT_FOUND):
        html_of(station, "alice", id_)


def test_what_was_broadcast_twice_is_read_until_both_are_withdrawn() -> None:
    station = Station()
    station.subscribe(ALICE)
    id_ = station.material()
    first, second = station.say(material_id=id_), station.say(material_id=id_)
    station.ends.withdraw("news", first.name, FAR)
    assert html_of(station, "alice", id_)
    station.ends.withdraw("news", second.name, FAR)
    with refused(ErrorCode.NOT_FOUND):
        html_of(station, "alice", id_)


def test_everybody_reads_what_a_channel_of_everybodys_has_published() -> None:
    station = Station()
    id_ = station.material("all")
    station.say("all", material_id=id_)
    assert station.channels.materials.read("carol", "all", id_, None).html
    assert (EVERYONE, "carol") in station.tables.members


def test_a_link_has_no_rich_text() -> None:
    station = Station()
    station.subscribe(ALICE)
    id_ = station.material(url=URL)
    station.say(material_id=id_)
    assert html_of(station, "alice", id_) is None


def test_a_material_is_passed_on_and_read_by_those_who_get_it() -> None:
    station = Station()
    station.subscribe(ALICE)
    id_ = station.material()
    station.say(material_id=id_)
    sent = station.send(ALICE, type="forward", content={"conversation_id": NEWS, "seq": 1}).entry
    assert (sent.type, sent.content["material_id"]) == ("material", id_)
    assert html_of(station, "bob", id_, Place(CHAT, sent.seq))
    for user_id, place in (
        ("carol", Place(CHAT, sent.seq)),
        ("bob", Place(CHAT, sent.seq + 1)),
        ("bob", Place(NEWS, 1)),
    ):
        with refused(ErrorCode.NOT_FOUND):
            html_of(station, user_id, id_, place)
    words = station.send(BOB).entry
    with refused(ErrorCode.NOT_FOUND):
        html_of(station, "bob", id_, Place(CHAT, words.seq))


def test_a_subscriber_may_send_a_material_by_its_id() -> None:
    station = Station()
    station.subscribe(ALICE)
    id_ = station.material()
    with refused(ErrorCode.NOT_FOUND, field="content.material_id"):
        station.send(ALICE, type="material", content={"material_id": id_})
    station.say(material_id=id_)
    sent = station.send(ALICE, type="material", content={"material_id": id_}).entry
    assert sent.content["title"] == "Hours"
    for other in (id_, "mt_none"):
        with refused(ErrorCode.NOT_FOUND, field="content.material_id"):
            station.send(
                CAROL,
                type="material",
                content={"material_id": other},
                to="bob",
                conversation_id=None,
            )


def test_a_material_in_a_merged_message_is_found() -> None:
    item = {"type": "material", "content": {"material_id": "mt_1"}}
    merged = {
        "items": [{"type": "text", "content": {}}, {"type": "merged", "content": {"items": [item]}}]
    }
    assert holds("merged", merged, "mt_1")
    assert not holds("merged", merged, "mt_2")
    assert not holds("text", {"material_id": "mt_1"}, "mt_1")


def test_rich_texts_are_remembered_but_not_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chirrup.service.material_reading.BODIES_KEPT", 1)
    station = Station()
    station.subscribe(ALICE)
    ids = [station.material(name=name) for name in ("one", "two")]
    for id_ in ids:
        station.say(material_id=id_)
    for _ in range(2):
        for id_ in ids:
            assert html_of(station, "alice", id_)
