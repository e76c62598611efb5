"""The same for the permissions that uploads and downloads need."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from chirrup.ports.media import Form
from local.processes import wait_until
from tests.e2e import scenarios as s
from tests.e2e.wire import Json, Refused
from tests.support.browser import HttpBrowser
from tests.support.files import image, png_with_archive, sum_of

PNG = image()
BAD = png_with_archive()
FAILED = "an upload was not worked off"
SOON_S = 8.0
browser = HttpBrowser()


def declared(body: bytes) -> Json:
    """An image, by what is declared of it."""
    return {
        "client_id": str(uuid4()),
        "purpose": "image",
        "content_type": "image/png",
        "size": len(body),
        "sha256": [sum_of(body)],
    }


def _upload(stage: s.Stage, body: bytes = PNG) -> Json:
    ticket = stage.alice.api.post("/v1/uploads", declared(body))
    _send_again(ticket, body)
    return ticket


def _send_again(ticket: Json, body: bytes = PNG) -> None:
    status = browser.post(Form(ticket["url"], ticket["fields"]), body)
    if status != 204:
        raise s.NotDone(f"the bucket says {status}")


def _path(ticket: Json, *more: str) -> str:
    return "/".join(("/v1/uploads", ticket["media_id"], *more))


def _fetch(stage: s.Stage, ticket: Json, *, by: str = "alice", **query: Any) -> None:
    api = getattr(stage, by).api
    url = api.get(f"/v1/media/{ticket['media_id']}", redirect="false", **query)["url"]
    if browser.get(url).status != 200:
        raise s.NotDone("the bucket refuses")


def _has_small(stage: s.Stage, ticket: Json) -> bool:
    try:
        _fetch(stage, ticket, thumbnail="true")
    except Refused:
        return False
    return True


def _with_small(stage: s.Stage) -> Json:
    ticket = _upload(stage)
    assert wait_until(lambda: _has_small(stage, ticket), timeout_s=3 * SOON_S)
    return ticket


def _image(ticket: Json, body: bytes = PNG) -> Json:
    content = {"media": ticket["media_id"], "width": 40, "height": 30, "size": len(body)}
    return {"type": "image", "content": content}


# ---------------------------------------------------------------- by http_media


def declaration(stage: s.Stage) -> s.Done:
    """Stores a record and a quota."""
    return partial(stage.alice.api.post, "/v1/uploads", declared(PNG))


def declaration_in_parts(stage: s.Stage) -> s.Done:
    """Begins an upload."""
    return partial(_film, stage)


def _film(stage: s.Stage) -> Json:
    more = {"purpose": "video", "content_type": "video/mp4", "size": 120 * 1024 * 1024}
    film = {**declared(PNG), **more, "sha256": [sum_of(b"")] * 8}
    return stage.alice.api.post("/v1/uploads", film)


def sending(stage: s.Stage) -> s.Done:
    """By a form that the role has signed."""
    return partial(_send_again, stage.alice.api.post("/v1/uploads", declared(PNG)))


def completion(stage: s.Stage) -> s.Done:
    """Looks at what was sent, before anybody else does."""
    _hold(stage)
    return partial(stage.alice.api.post, _path(_upload(stage), "complete"))


def completion_of_parts(stage: s.Stage) -> s.Done:
    """Lists parts, of which there are none: only one who may look can tell."""
    return partial(_missing, stage, _path(_film(stage), "complete"))


def _missing(stage: s.Stage, path: str) -> None:
    try:
        stage.alice.api.post(path)
    except Refused as refusal:
        if refusal.code != "media_not_found":
            raise


def cancelling(stage: s.Stage) -> s.Done:
    """Deletes the record, the object and the thumbnail."""
    return partial(stage.alice.api.delete, _path(_upload(stage)))


def cancelling_parts(stage: s.Stage) -> s.Done:
    """Throws parts away."""
    return partial(stage.alice.api.delete, _path(_film(stage)))


def download(stage: s.Stage) -> s.Done:
    """Of what a message holds, by who sees it."""
    ticket = _upload(stage)
    stage.phone.ask("sendMessage", to=stage.bob.id, client_id=str(uuid4()), **_image(ticket))
    return partial(_fetch, stage, ticket, by="bob")


def small_download(stage: s.Stage) -> s.Done:
    """Of a thumbnail."""
    return partial(_fetch, stage, _with_small(stage), thumbnail="true")


# ---------------------------------------------------------------- by media_thumbnail


def small_made(stage: s.Stage) -> s.Done:
    """Looks at an image, and stores a thumbnail."""
    return partial(_worked_off, stage, partial(_upload, stage))


def bad_found(stage: s.Stage) -> s.Done:
    """Deletes what is not as declared."""
    return partial(_worked_off, stage, partial(_upload, stage, BAD))


def sent_again(stage: s.Stage) -> s.Done:
    """Takes the mark away again that came with the form."""
    ticket = _with_small(stage)
    stage.phone.ask("sendMessage", to=stage.bob.id, client_id=str(uuid4()), **_image(ticket))
    return partial(_worked_off, stage, partial(_send_again, ticket))


def _worked_off(stage: s.Stage, send: Callable[[], object]) -> None:
    """What is sent is worked off without a failure."""
    stack = stage.world.stack
    before, failed = stack.runs("media-thumbnail").total(), _failures(stage)
    send()
    wait_until(
        lambda: stack.runs("media-thumbnail").total() > before or _failures(stage) > failed,
        timeout_s=3 * SOON_S,
    )
    if _failures(stage) > failed or stack.runs("media-thumbnail").total() == before:
        raise s.NotDone("not worked off")


def _failures(stage: s.Stage) -> int:
    return stage.world.stack.places.function_log.read_text(encoding="utf-8").count(FAILED)


def _hold(stage: s.Stage) -> None:
    """Keep the function of thumbnails from looking at uploads, until the test is over."""
    functions = stage.world.stack.aws("lambda")
    which = stage.world.stack.resources["ArrivalsMapping"]
    functions.update_event_source_mapping(UUID=which, Enabled=False)
    stage.world.finally_(partial(functions.update_event_source_mapping, UUID=which, Enabled=True))


# ---------------------------------------------------------------- by what sends messages


def first_use(stage: s.Stage, ask: s.Ask) -> s.Done:
    """Looks at an upload, keeps it, and notes who holds it."""
    _hold(stage)
    s.message(stage, ask)
    ticket = _upload(stage)
    return partial(s.sent, stage, ask, **_image(ticket))


def first_use_with_small(stage: s.Stage, ask: s.Ask) -> s.Done:
    """Keeps the thumbnail too."""
    s.message(stage, ask)
    ticket = _with_small(stage)
    return partial(s.sent, stage, ask, **_image(ticket))


def bad_use(stage: s.Stage, ask: s.Ask) -> s.Done:
    """Deletes what is not as declared, and refuses it."""
    _hold(stage)
    s.message(stage, ask)
    ticket = _upload(stage, BAD)

    def done() -> None:
        try:
            s.sent(stage, ask, **_image(ticket, BAD))
        except Refused as refusal:
            if refusal.code != "media_not_allowed":
                raise

    return done


OBJECTS, SMALL, RECORDS = "MediaBucket/media/*", "MediaBucket/thumbnails/*", "CatalogTable m_"
WITHOUT_KEYS = ("dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:DeleteItem")
IN_MESSAGES: dict[tuple[str, str], Callable[[s.Stage, s.Ask], s.Done]] = {
    ("dynamodb:GetItem", RECORDS): first_use,
    ("dynamodb:BatchGetItem", RECORDS): first_use,
    ("dynamodb:PutItem", RECORDS): first_use,
    ("s3:GetObject", OBJECTS): first_use,
    ("s3:DeleteObjectTagging", OBJECTS): first_use,
    ("s3:DeleteObjectTagging", SMALL): first_use_with_small,
    ("s3:DeleteObject", OBJECTS): bad_use,
    ("s3:DeleteObject", SMALL): bad_use,
}
_MEDIA, _SMALL = "HttpMediaRole", "MediaThumbnailRole"
SCENARIOS: dict[tuple[str, str, str], Callable[[s.Stage], s.Done]] = {
    (_MEDIA, "dynamodb:Query", "MessagesTable"): download,
    (_MEDIA, "dynamodb:BatchGetItem", "ConversationsTable"): download,
    (_MEDIA, "dynamodb:GetItem", "UsersTable"): declaration,
    (_MEDIA, "dynamodb:PutItem", "UsersTable"): declaration,
    (_MEDIA, "dynamodb:GetItem", RECORDS): completion,
    (_MEDIA, "dynamodb:Query", RECORDS): download,
    (_MEDIA, "dynamodb:PutItem", RECORDS): declaration,
    (_MEDIA, "dynamodb:DeleteItem", RECORDS): cancelling,
    (_MEDIA, "s3:GetObject", OBJECTS): completion,
    (_MEDIA, "s3:PutObject", OBJECTS): declaration_in_parts,
    (_MEDIA, "s3:DeleteObject", OBJECTS): cancelling,
    (_MEDIA, "s3:ListMultipartUploadParts", OBJECTS): completion_of_parts,
    (_MEDIA, "s3:AbortMultipartUpload", OBJECTS): cancelling_parts,
    (_MEDIA, "s3:GetObject", SMALL): small_download,
    (_MEDIA, "s3:DeleteObject", SMALL): cancelling,
    (_SMALL, "dynamodb:GetItem", RECORDS): small_made,
    (_SMALL, "dynamodb:PutItem", RECORDS): small_made,
    (_SMALL, "s3:GetObject", OBJECTS): small_made,
    (_SMALL, "s3:PutObject", SMALL): small_made,
    (_SMALL, "s3:DeleteObject", OBJECTS): bad_found,
    (_SMALL, "s3:DeleteObject", SMALL): bad_found,
    (_SMALL, "s3:DeleteObjectTagging", OBJECTS): sent_again,
    (_SMALL, "s3:DeleteObjectTagging", SMALL): sent_again,
}
