"""Materials over HTTP."""

from chirrup.contracts.materials import MaterialQuery, MaterialView
from chirrup.domain.ids import channel_id
from chirrup.service.sources import Place
from chirrup.transport import refusals
from chirrup.transport.http.channels import code_of
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _material(app: App, call: Call) -> MaterialView:
    conversation_id, _, seq = (call.query.shown_in or "").rpartition(":")
    place = Place(conversation_id, int(seq)) if seq else None
    found = app.channels().materials.read(
        call.actor.user_id, code_of(call), call.path["material_id"], place
    )
    material = found.material
    return MaterialView(
        material_id=material.name,
        channel_id=channel_id(material.code),
        title=material.title,
        summary=material.summary,
        cover=material.cover,
        url=material.url,
        html=found.html,
    )


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/channels/<channel_code>/materials/<material_id>",
        "getMaterial",
        "What a channel has published, in full.",
        _material,
        MaterialView,
        query=MaterialQuery,
        errors=refusals.CHANNEL,
    ),
)
