"""What the models leave open and the code checks by `type`: a schema of a message for each type."""

from copy import deepcopy
from typing import Any, get_args

from pydantic import BaseModel

from chirrup.contracts.content import KeptType, MessageType, content_model
from chirrup.contracts.rich_content import SHOWN
from chirrup.contracts.shared_content import MergedItemView
from chirrup.domain.messages import EDITED, REACTED, RECALLED
from local.contracts import server_entries

Json = dict[str, Any]
SENT: dict[str, type[BaseModel]] = {
    type_: content_model(type_) for type_ in (*get_args(KeptType), *get_args(MessageType)[-1:])
}
"""By type: the content that clients send."""
KEPT: dict[str, type[BaseModel]] = {type_: SENT[type_] for type_ in get_args(KeptType)} | dict(
    SHOWN.items()
)
"""By type: the content that they get."""
CONTENTS: tuple[type[BaseModel], ...] = (*SENT.values(), *KEPT.values(), MergedItemView)
CHANGES = (RECALLED, EDITED, REACTED)
_REF = "#/components/schemas/"
_TEXT_ONLY = ("edited_at", "version")
_OF_CHANGES = ("conversation_id", "seq", "client_id", "sender_id", "type", "content", "sent_at")


def by_type(schemas: Json) -> Json:
    """The schemas, with those of messages divided by type."""
    schemas = deepcopy(schemas)
    for name in ("NewMessage", "SendMessage"):
        if name in schemas:
            _divide(schemas, name, _received, SENT)
    for name in ("EditContent", "EditMessage"):
        if name in schemas:
            schemas[name]["properties"]["content"] = _ref(SENT["text"].__name__)
    if "MessageView" in schemas:
        _divide_views(schemas)
    return schemas


def _divide(schemas: Json, name: str, variant: Any, contents: dict[str, type[BaseModel]]) -> None:
    base = schemas[name]
    names = {}
    intro = base["description"].splitlines()[0].rstrip(".")
    for type_, content in contents.items():
        names[type_] = name.replace("Message", f"{type_.capitalize()}Message")
        one = deepcopy(base)
        one["description"] = f"{intro}, of type `{type_}`."
        one["properties"]["type"] = {"const": type_, "type": "string"}
        variant(one, type_, content.__name__)
        _keep_examples(one, type_)
        schemas[names[type_]] = one
    schemas[name] = _one_of(base["description"], names)


def _received(schema: Json, _: str, content: str) -> None:
    schema["properties"]["content"] = _ref(content)


def _emitted(schema: Json, type_: str, content: str) -> None:
    fields = schema["properties"]
    fields["content"] = {"oneOf": [_ref(content), _ref("NoContent")]}
    del fields["changed"]
    if type_ != "text":
        for name in _TEXT_ONLY:
            del fields[name]


def _divide_views(schemas: Json) -> None:
    """A message, a change of one, or an entry of the server's; changes are not pushed."""
    view = schemas["MessageView"]
    schemas["NoContent"] = {
        "description": "Nothing: the message was recalled, or you deleted it for yourself.",
        "type": "object",
        "maxProperties": 0,
    }
    schemas["ChangedSeq"] = {
        "description": "Which message was changed.",
        "type": "object",
        "properties": {"seq": {**view["properties"]["seq"], "description": "Its seq."}},
        "required": ["seq"],
        "additionalProperties": False,
    }
    change = deepcopy(view)
    change["description"] = "A change of a message: an entry of the timeline with its own seq."
    fields = {name: change["properties"][name] for name in _OF_CHANGES}
    fields["client_id"] = {"const": "", "type": "string"}
    fields["type"] = {"enum": list(CHANGES), "type": "string"}
    fields["content"] = _ref("ChangedSeq")
    fields["changed"] = {
        **_ref("UserMessageView"),
        "description": "That message as it is now; absent if you deleted it for yourself.",
    }
    change["properties"] = fields
    _keep_examples(change, *CHANGES)
    schemas["ChangeView"] = change
    common = {name: field for name, field in fields.items() if name != "changed"}
    schemas |= server_entries.views(common)
    server = {type_: server_entries.name_of(type_) for type_ in server_entries.CONTENTS}
    view["description"] = "A message of a user"
    users = {type_: f"{type_.capitalize()}MessageView" for type_ in KEPT}
    _divide(schemas, "MessageView", _emitted, KEPT)
    schemas["UserMessageView"] = _one_of("A message of a user, of any type.", users)
    schemas["MessageView"] = _one_of(
        "An entry of a timeline: a message of a user, a change of one, or one of the server's.",
        users | dict.fromkeys(CHANGES, "ChangeView") | server,
    )
    if "MessageCreatedEvent" in schemas:
        schemas["NewEntryView"] = _one_of("What is new in a timeline.", users | server)
        schemas["MessageCreatedEvent"]["properties"]["message"] = _ref("NewEntryView")
    if "MessageUpdatedEvent" in schemas:
        schemas["MessageUpdatedEvent"]["properties"]["message"] = _ref("UserMessageView")


def _one_of(description: str, names: dict[str, str]) -> Json:
    return {
        "description": description,
        "oneOf": [_ref(name) for name in dict.fromkeys(names.values())],
        "discriminator": {
            "propertyName": "type",
            "mapping": {type_: _REF + name for type_, name in names.items()},
        },
    }


def _keep_examples(schema: Json, *types: str) -> None:
    kept = [example for example in schema.pop("examples", []) if example["type"] in types]
    if kept:
        schema["examples"] = kept


def _ref(name: str) -> Json:
    return {"$ref": _REF + name}
