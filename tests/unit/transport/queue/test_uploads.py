"""What the bucket tells, worked off message by message."""

import json
from typing import Any

import pytest

from chirrup.transport.queue.uploads import Arrivals
from tests.unit.uploading import Gallery


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


def event(*bodies: str) -> dict[str, Any]:
    return {
        "Records": [
            {"messageId": f"message-{number}", "body": body} for number, body in enumerate(bodies)
        ]
    }


def told(*keys: str) -> str:
    return json.dumps({"Records": [{"s3": {"object": {"key": key}}} for key in keys]})


def failures(gallery: Gallery, *bodies: str) -> list[str]:
    answer = Arrivals(thumbnails=gallery.thumbnails).handle(event(*bodies))
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def test_every_upload_of_every_message_is_worked_off(gallery: Gallery) -> None:
    one, two, three = (gallery.upload() for _ in range(3))
    body = told(f"media/{two}", f"media%2F{three}")
    assert failures(gallery, told(f"media/{one}"), body) == []
    assert all(gallery.media(id_).thumbnail for id_ in (one, two, three))


def test_other_objects_and_the_test_of_the_bucket_are_nothing_to_do(gallery: Gallery) -> None:
    gallery.tables.hook = pytest.fail
    test = json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent"})
    others = told("media/", "media/x", "thumbnails/m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", "words/1")
    assert failures(gallery, test, others) == []


def test_what_fails_comes_again_and_keeps_no_other_from_its_work(
    gallery: Gallery, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = gallery.upload(), gallery.upload()

    def fail(step: str) -> None:
        if step == "before head object" and not caplog.records:
            raise RuntimeError

    gallery.tables.hook = fail
    assert failures(gallery, told(f"media/{one}"), told(f"media/{two}")) == ["message-0"]
    assert gallery.media(two).thumbnail
    gallery.tables.hook = lambda _: None
    assert failures(gallery, told(f"media/{one}")) == []
    assert gallery.media(one).thumbnail


@pytest.mark.parametrize("body", ["", "no JSON", "[]", "{}", '{"Records": [{}]}'])
def test_poison_is_given_back_and_logged_without_what_it_says(
    gallery: Gallery, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    assert failures(gallery, body) == ["message-0"]
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert record.getMessage() == "an upload was not worked off"
