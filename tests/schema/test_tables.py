"""Tables: protected, and the same as the models in the code."""

from collections.abc import Iterable
from typing import Any

import pytest
from pynamodb.attributes import Attribute
from pynamodb.models import Model

from chirrup.storage.models import MODELS
from tests.schema.conftest import Template

TABLE = "AWS::DynamoDB::Table"
TABLES = {
    "messages": "MessagesTable",
    "conversations": "ConversationsTable",
    "users": "UsersTable",
    "connections": "ConnectionsTable",
    "catalog": "CatalogTable",
}
KEPT = {"MessagesTable", "ConversationsTable", "UsersTable", "CatalogTable"}


def _keys(keys: list[dict[str, str]]) -> dict[str, str]:
    return {key["KeyType"]: key["AttributeName"] for key in keys}


def _model_keys(attributes: Iterable[Attribute[Any]]) -> dict[str, str]:
    keys = {}
    for attribute in attributes:
        if attribute.is_hash_key or attribute.is_range_key:
            keys["HASH" if attribute.is_hash_key else "RANGE"] = attribute.attr_name
    return keys


def test_every_table_is_encrypted_with_a_kms_key_and_paid_by_use(template: Template) -> None:
    for name, table in template.deployed(TABLE).items():
        assert table["SSESpecification"]["SSEEnabled"] is True, name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name


def test_tables_whose_data_matters_can_be_restored_and_outlive_the_stack(
    template: Template,
) -> None:
    for name in KEPT:
        resource = template.result["Resources"][name]
        recovery = resource["Properties"]["PointInTimeRecoverySpecification"]
        assert recovery["PointInTimeRecoveryEnabled"] is True, name
        assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain", name


def test_every_table_has_a_model(template: Template) -> None:
    assert {model.Meta.table_name for model in MODELS} == TABLES.keys()
    assert template.deployed(TABLE).keys() == set(TABLES.values())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_and_table_have_the_same_keys(template: Template, model: type[Model]) -> None:
    table = template.deployed(TABLE)[TABLES[model.Meta.table_name]]
    assert _model_keys(model.get_attributes().values()) == _keys(table["KeySchema"])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_and_table_have_the_same_key_types(template: Template, model: type[Model]) -> None:
    table = template.deployed(TABLE)[TABLES[model.Meta.table_name]]
    types = {a["AttributeName"]: a["AttributeType"] for a in table["AttributeDefinitions"]}
    for attribute in model.get_attributes().values():
        if attribute.attr_name in types:
            assert attribute.attr_type == types[attribute.attr_name]


def test_models_and_tables_have_the_same_indexes(template: Template) -> None:
    in_code = {
        (TABLES[model.Meta.table_name], name): _model_keys(index.Meta.attributes.values())
        for model in MODELS
        for name, index in model._indexes.items()
    }
    in_template = {
        (name, index["IndexName"]): _keys(index["KeySchema"])
        for name, table in template.deployed(TABLE).items()
        for index in table.get("GlobalSecondaryIndexes", [])
    }
    assert in_code == in_template


def test_indexes_hold_keys_only_so_that_no_message_writes_to_them(template: Template) -> None:
    for table in template.deployed(TABLE).values():
        for index in table.get("GlobalSecondaryIndexes", []):
            assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_attribute_is_binary_since_queries_are_read_as_plain_json(model: type[Model]) -> None:
    """See `storage.answers`."""
    assert {one.attr_type for one in model.get_attributes().values()} <= {
        *("S", "N", "BOOL", "SS", "NS", "M", "L")
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_has_an_expiry_is_deleted_by_it(template: Template, model: type[Model]) -> None:
    if "expires_at" in model.get_attributes():
        table = template.deployed(TABLE)[TABLES[model.Meta.table_name]]
        expiry = {"AttributeName": "expires_at", "Enabled": True}
        assert table["TimeToLiveSpecification"] == expiry
