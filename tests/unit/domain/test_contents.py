"""What contents hold."""

from chirrup.domain.contents import is_media_id, media_in, texts_in

ONE, OTHER = "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0P"
URL = "https://example.com/a.png"


def test_ids_of_uploads_are_told_from_addresses() -> None:
    assert is_media_id(ONE)
    assert not any(map(is_media_id, [URL, ONE + "0", ONE.lower(), ONE[1:], ""]))


def test_uploads_are_found_where_a_type_names_them() -> None:
    assert media_in("image", {"media": ONE, "thumbnail": OTHER}) == (ONE, OTHER)
    assert media_in("image", {"media": URL, "thumbnail": OTHER}) == (OTHER,)
    assert media_in("video", {"media": ONE, "cover": ONE}) == (ONE,)
    assert media_in("text", {"text": ONE}) == ()
    assert media_in("custom", {"custom_type": "x", "data": {"media": ONE}}) == ()
    assert media_in("image", {}) == ()


def test_uploads_are_found_in_what_is_merged_at_any_depth() -> None:
    inner = {"items": [{"type": "voice", "content": {"media": OTHER}}]}
    items = [{"type": "file", "content": {"media": ONE}}, {"type": "merged", "content": inner}]
    assert media_in("merged", {"title": "T", "items": items}) == (ONE, OTHER)


def test_text_is_what_the_sender_wrote() -> None:
    assert texts_in("text", {"text": "hi", "mentions": ["bob"]}) == {"text": "hi"}
    assert texts_in("file", {"media": ONE, "name": "a.pdf"}) == {"name": "a.pdf"}
    items = [{"type": "text", "content": {"text": "theirs"}}]
    assert texts_in("merged", {"title": "T", "items": items}) == {"title": "T"}
    assert texts_in("voice", {"media": ONE}) == {}
    assert texts_in("text", {}) == {}
