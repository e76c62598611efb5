"""Layers as they are built for Lambda, on whatever machine this is."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.schema.conftest import ROOT

AARCH64 = 183  # e_machine of an ELF file, at byte 18


def _built(layer: str, folder: Path) -> Path:
    makefile = ROOT / "layers" / layer / "Makefile"
    target = f"build-{layer.capitalize()}Layer"
    # As SAM calls it, and for Lambda whatever the local run set.
    env = {name: value for name, value in os.environ.items() if "CHIRRUP_BUILD" not in name}
    env["ARTIFACTS_DIR"] = str(folder)
    command = ["make", "--makefile", str(makefile), target]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "python"


@pytest.fixture(scope="module")
def deps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The third-party packages."""
    return _built("deps", tmp_path_factory.mktemp("deps"))


@pytest.fixture(scope="module")
def imaging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the one function that looks into images."""
    return _built("imaging", tmp_path_factory.mktemp("imaging"))


def test_compiled_packages_are_for_the_processor_of_lambda(deps: Path, imaging: Path) -> None:
    for layer in (deps, imaging):
        compiled = list(layer.rglob("*.so"))
        assert compiled
        for library in compiled:
            assert int.from_bytes(library.read_bytes()[18:20], "little") == AARCH64, library.name


def test_every_package_of_the_lock_is_in_the_layer(deps: Path) -> None:
    names = (
        "aws_lambda_powertools",
        "boto3",
        "botocore",
        "filetype",
        "jwt",
        "nh3",
        "pydantic",
        "pynamodb",
    )
    for name in names:
        assert (deps / name / "__init__.py").exists(), name


def test_images_are_read_by_the_imaging_layer_alone(deps: Path, imaging: Path) -> None:
    assert (imaging / "PIL" / "__init__.py").exists()
    assert not (deps / "PIL").exists()


def test_the_layer_describes_the_services_in_use_and_no_others(deps: Path) -> None:
    data = deps / "botocore" / "data"
    assert {path.name for path in data.iterdir() if path.is_dir()} == {
        "dynamodb",
        "s3",
        "sns",
        "sqs",
        "sts",
    }


def test_the_layers_are_well_below_the_limit_of_lambda(deps: Path, imaging: Path) -> None:
    """250 MB for a function with its layers; what is loaded costs time at each cold start."""
    for layer in (deps, imaging):
        size = sum(path.stat().st_size for path in layer.rglob("*") if path.is_file())
        assert size < 50_000_000


def test_our_package_lands_where_lambda_looks_for_it(tmp_path: Path) -> None:
    package = _built("core", tmp_path) / "chirrup"
    ours = {path.name for path in (ROOT / "layers/core/chirrup").glob("*.py")}
    assert ours <= {path.name for path in package.iterdir()}
