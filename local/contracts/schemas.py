"""JSON Schemas of all that goes over the wire, from the pydantic models."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from chirrup.contracts.base import Changes, Emitted, Received
from chirrup.contracts.examples import EXAMPLES
from local.contracts import messages

Json = dict[str, Any]
REF = "#/components/schemas/"


class Schemas(GenerateJsonSchema):
    """pydantic's generator, told what our encoder does: fields that are None are left out."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Titles would repeat the names."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Null is for what clients send; we never send it."""
        if self.mode == "serialization":
            return self.generate_inner(schema["schema"])
        return super().nullable_schema(schema)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Defaults are for what clients leave out; null is none worth telling."""
        if self.mode == "serialization" or schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def field_is_required(self, field: Any, total: bool) -> bool:
        """What we send is always there, unless None is its default."""
        schema = field["schema"]
        if self.mode == "serialization" and schema["type"] == "default":
            return schema.get("default") is not None
        return super().field_is_required(field, total)


def ref(model: type[BaseModel] | str) -> Json:
    """A reference to a model's schema."""
    return {"$ref": REF + (model if isinstance(model, str) else model.__name__)}


def value(type_: Any) -> Json:
    """The schema of a plain value, such as a seq."""
    return TypeAdapter(type_).json_schema(schema_generator=Schemas)


def components(models: Iterable[type[BaseModel]]) -> Json:
    """The schemas of models and of all that they hold, by name."""
    asked = [(model, _mode(model)) for model in dict.fromkeys((*models, *messages.CONTENTS))]
    _, found = models_json_schema(asked, ref_template=REF + "{model}", schema_generator=Schemas)
    schemas: Json = found["$defs"]
    for schema in schemas.values():
        # They would repeat the names, too.
        del schema["title"]
    for model in _all(Received) + _all(Emitted):
        schema = schemas.get(model.__name__)
        if schema is None:
            continue
        if model in EXAMPLES:
            schema["examples"] = EXAMPLES[model]
        if issubclass(model, Changes):
            for field in schema["properties"].values():
                # What is left out stays, so there is no default.
                field.pop("default", None)
    return dict(sorted(messages.by_type(schemas).items()))


def _mode(model: type[BaseModel]) -> Literal["validation", "serialization"]:
    return "validation" if issubclass(model, Received) else "serialization"


def _all(base: type[BaseModel]) -> list[type[BaseModel]]:
    return [m for child in base.__subclasses__() for m in (child, *_all(child))]
