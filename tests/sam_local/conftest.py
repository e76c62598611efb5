"""These tests are collected by `make test-sam-local` only: they need Docker."""

from pathlib import Path

import pytest

from local.sam_local.cloud import BUCKET
from local.sam_local.plugin import STACK
from local.sam_local.sam import SamLocal
from tests import samples


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave this folder to `python -m local.sam_local`, which brings up what it needs."""
    here = Path(__file__).parent
    if collection_path != here and here not in collection_path.parents:
        return None
    return None if STACK in config.stash else True


@pytest.fixture(scope="session")
def stack(pytestconfig: pytest.Config) -> SamLocal:
    """The functions, their tables and their tokens."""
    found = pytestconfig.stash[STACK]
    tables = found.cloud.client("dynamodb")
    samples.store(
        lambda table, item: tables.put_item(TableName=f"{table.capitalize()}Table", Item=item)
    )
    samples.put_objects(found.cloud.client("s3"), BUCKET)
    return found
