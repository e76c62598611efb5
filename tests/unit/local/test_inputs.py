"""Nothing unchanged is built again, everything changed is."""

from pathlib import Path

import pytest

from local.inputs import build_digest, deploy_digest, digest


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "functions" / "one").mkdir(parents=True)
    (tmp_path / "functions" / "one" / "handler.py").write_text("a = 1\n")
    (tmp_path / "template.yaml").write_text("Resources: {}\n")
    return tmp_path


def of(tree: Path) -> str:
    return digest(tree, ["template.yaml", "functions"], "python")


def test_the_same_files_have_the_same_digest(tree: Path) -> None:
    assert of(tree) == of(tree)


def test_a_changed_file_changes_it(tree: Path) -> None:
    before = of(tree)
    (tree / "functions" / "one" / "handler.py").write_text("a = 2\n")
    assert of(tree) != before


def test_a_new_and_a_renamed_file_change_it(tree: Path) -> None:
    before = of(tree)
    (tree / "functions" / "one" / "more.py").touch()
    with_more = of(tree)
    (tree / "functions" / "one" / "more.py").rename(tree / "functions" / "one" / "less.py")
    assert len({before, with_more, of(tree)}) == 3


def test_caches_do_not_change_it(tree: Path) -> None:
    before = of(tree)
    (tree / "functions" / "one" / "__pycache__").mkdir()
    (tree / "functions" / "one" / "__pycache__" / "handler.cpython-313.pyc").touch()
    assert of(tree) == before


def test_another_word_changes_it(tree: Path) -> None:
    assert of(tree) != digest(tree, ["template.yaml", "functions"], "another python")


def test_another_parameter_is_another_deployment_of_the_same_build() -> None:
    build = build_digest()
    assert deploy_digest(build, ["SendMode=local"]) != deploy_digest(build, ["SendMode=kafka"])
