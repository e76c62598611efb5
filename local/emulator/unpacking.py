"""Gap: every worker unpacks its layers anew and compiles them anew: seconds per cold start.

Each layer is unpacked once, by its content, and shared by all workers; so is its bytecode.
"""

import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

VARIABLE = "_LAMBDA_LAYERS_DIRS"


def unpack(data: bytes, store: Path) -> Path:
    """The folder with the content of this layer, made if it is not there.

    Args:
        data: The layer's zip file.
        store: Where layers lie, each under the digest of its zip file.
    """
    folder = store / hashlib.sha256(data).hexdigest()[:32]
    if not folder.is_dir():
        store.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=store))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(fresh)
        try:
            fresh.rename(folder)
        except OSError:
            # Another worker was faster with the same content.
            shutil.rmtree(fresh, ignore_errors=True)
    return folder


def install(ministack: Any) -> None:
    worker = ministack.lambda_runtime.Worker
    spawn = worker._spawn
    store = Path(os.environ["CHIRRUP_LAYERS_DIR"])

    def spawn_on_shared_layers(self: Any) -> None:
        config = self.config
        zips = [ministack.lambda_svc._resolve_layer_zip(ref) for ref in config.get("Layers") or []]
        if zips and all(zips):
            folders = os.pathsep.join(str(unpack(data, store)) for data in zips)
            variables = (config.get("Environment") or {}).get("Variables") or {}
            environment = {"Variables": {**variables, VARIABLE: folders}}
            self.config = {**config, "Layers": [], "Environment": environment}
        spawn(self)

    worker._spawn = spawn_on_shared_layers
