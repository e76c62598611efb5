"""Emoji over HTTP: packs, and one's own faces."""

from chirrup.contracts.emoji import EmojiPackPage, EmojiPackQuery, EmojiPackView, EmojiView
from chirrup.contracts.faces import FaceList, FaceView, NewFace
from chirrup.domain.errors import ErrorCode
from chirrup.domain.faces import Face
from chirrup.service import faces
from chirrup.service.emoji import Stocked
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _packs(app: App, call: Call) -> EmojiPackPage:
    found, next_ = app.emoji().emoji.packs(call.query.cursor, call.query.limit)
    return EmojiPackPage(items=[_pack_view(one) for one in found], next_cursor=next_)


def _faces(app: App, call: Call) -> FaceList:
    return FaceList(items=[_face_view(one) for one in app.emoji().faces.list(call.actor)])


def _add_face(app: App, call: Call) -> FaceView:
    new = faces.NewFace(**dict(call.body))
    return _face_view(app.emoji().faces.add(call.actor, new))


def _remove_face(app: App, call: Call) -> None:
    app.emoji().faces.remove(call.actor, call.path["face_id"])


def _pack_view(stocked: Stocked) -> EmojiPackView:
    return EmojiPackView(
        pack_id=stocked.pack.name,
        name=stocked.pack.title,
        icon=stocked.pack.icon,
        emoji=[
            EmojiView(
                emoji_id=one.name,
                name=one.title,
                media=one.media,
                width=one.width,
                height=one.height,
            )
            for one in stocked.emoji
        ],
    )


def _face_view(face: Face) -> FaceView:
    return FaceView(
        face_id=face.id,
        media=face.media,
        width=face.width,
        height=face.height,
        name=face.name,
        added_at=face.added_at,
    )


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/emoji-packs",
        "listEmojiPacks",
        "The packs of emoji that there are.",
        _packs,
        EmojiPackPage,
        query=EmojiPackQuery,
    ),
    Endpoint("GET", "/v1/faces", "listFaces", "One's own faces.", _faces, FaceList),
    Endpoint(
        "POST",
        "/v1/faces",
        "addFace",
        "Keep a face; one of the same media stays as it is.",
        _add_face,
        FaceView,
        NewFace,
        status=201,
        errors=(
            ErrorCode.CONFLICT,
            ErrorCode.SENSITIVE_WORD,
            ErrorCode.MEDIA_NOT_FOUND,
            ErrorCode.MEDIA_NOT_ALLOWED,
            ErrorCode.RATE_LIMITED,
        ),
    ),
    Endpoint(
        "DELETE",
        "/v1/faces/<face_id>",
        "removeFace",
        "Keep a face no more.",
        _remove_face,
        status=204,
        errors=(ErrorCode.NOT_FOUND, ErrorCode.RATE_LIMITED),
    ),
)
