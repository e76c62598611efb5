"""The emulator with all adapters, started once for this folder."""

import io
import os
import socket
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local import lock
from local.engine import Engine
from local.places import Places
from local.stack import client
from tests.emulator.gaps import Gaps, create

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder needs the emulator."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.emulator)


@pytest.fixture(scope="session")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gaps]:
    """The emulator with the stack of template.yaml."""
    with _running(Places(tmp_path_factory.mktemp("emulator")), auth=False) as engine:
        endpoint = engine.run.endpoint
        yield Gaps(engine.places, endpoint, create(endpoint, _layer(endpoint)))


@pytest.fixture(scope="session")
def enforcing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an emulator that enforces IAM."""
    with _running(Places(tmp_path_factory.mktemp("enforcing")), auth=True) as engine:
        yield engine.run.endpoint


@contextmanager
def _running(places: Places, *, auth: bool) -> Iterator[Engine]:
    handle = lock.acquire(places.lock)
    assert handle is not None
    engine = Engine.start(places, port=_free_port(), auth=auth, lock_handle=handle)
    os.close(handle)
    try:
        yield engine
    finally:
        engine.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _layer(endpoint: str) -> str:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("python/from_layer.py", "")
    published = client("lambda", endpoint).publish_layer_version(
        LayerName="shared", Content={"ZipFile": data.getvalue()}
    )
    arn: str = published["LayerVersionArn"]
    return arn
