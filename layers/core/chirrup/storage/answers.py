"""Reads the items of queries without botocore's parser.

It walks every attribute of every item by the service's model, 33 µs an entry, only to give back
what the JSON says already: everything but binary attributes, of which no table has any.
"""

import json

from botocore.client import BaseClient

from chirrup.storage.failures import Raw

OK = 200


def read_fast(client: BaseClient) -> None:
    """Have the items of this client's queries read fast."""
    client.meta.events.register("before-parse.dynamodb.Query", _take_items)


def _take_items(response_dict: Raw, customized_response_dict: Raw, **_: object) -> None:
    """Take the items out before the parser sees them; the rest of the answer is left to it."""
    if response_dict["status_code"] != OK:
        return
    answer = json.loads(response_dict["body"])
    if "Items" in answer:
        customized_response_dict["Items"] = answer.pop("Items")
        response_dict["body"] = json.dumps(answer).encode()
