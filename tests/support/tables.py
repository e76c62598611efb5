"""The tables, made from the PynamoDB models: nobody writes their keys down a second time."""

from pynamodb.constants import PAY_PER_REQUEST_BILLING_MODE

from chirrup.storage.dynamo import Dynamo
from chirrup.storage.models import MODELS

TABLES = {name: name for name in sorted({model.Meta.table_name for model in MODELS})}
"""Real names by logical ones, for stores that tests have to themselves."""


def create_tables(dynamo: Dynamo) -> None:
    """Make every table of `TABLES`."""
    for name in TABLES:
        # Several models may share a table; the one with the index describes it whole.
        schemas = [model._get_schema() for model in MODELS if model.Meta.table_name == name]
        schema = max(schemas, key=lambda one: len(one["global_secondary_indexes"]))
        dynamo.connection.create_table(
            name,
            attribute_definitions=schema["attribute_definitions"],
            key_schema=schema["key_schema"],
            global_secondary_indexes=schema["global_secondary_indexes"],
            billing_mode=PAY_PER_REQUEST_BILLING_MODE,
        )
