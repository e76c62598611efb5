"""Generated references: up to date, and whoever lets them drift is told how to mend it."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from chirrup.contracts.base import Emitted, Received
from chirrup.contracts.examples import EXAMPLES
from chirrup.domain.errors import CATALOGUE, ErrorCode
from chirrup.transport.http.all_endpoints import ENDPOINTS
from chirrup.transport.ws.actions import ACTIONS
from local.contracts import __main__ as contracts
from local.contracts.advice import ADVICE
from local.contracts.template import read
from tests.schema.conftest import ROOT
from tests.schema.documents import REFERENCE

ABSTRACT = {"Changes"}


def _models(base: type[BaseModel]) -> list[type[BaseModel]]:
    found = [m for child in base.__subclasses__() for m in (child, *_models(child))]
    return [model for model in found if model.__name__ not in ABSTRACT]


def test_the_references_are_what_the_code_says() -> None:
    assert contracts.drifted(ROOT) == {}


def test_a_file_that_drifted_is_named_with_the_difference(tmp_path: Path) -> None:
    contracts.write(tmp_path)
    page = tmp_path / "docs/reference/errors.md"
    page.write_text(page.read_text(encoding="utf-8").replace("`conflict`", "`clash`", 1), "utf-8")
    (drifted,) = contracts.drifted(tmp_path).items()
    assert drifted[0] == "docs/reference/errors.md"
    assert "clash" in drifted[1]


def test_a_check_that_fails_says_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(contracts, "ROOT", tmp_path)
    assert contracts.main(["--check"]) == 1
    assert "make contracts" in capsys.readouterr().err
    assert contracts.main(["--write"]) == 0
    assert contracts.main(["--check"]) == 0


def test_every_error_code_is_in_the_catalogue_and_explained() -> None:
    assert CATALOGUE.keys() == ADVICE.keys() == set(ErrorCode)


def test_every_error_code_stands_on_the_page() -> None:
    page = (REFERENCE / "errors.md").read_text(encoding="utf-8")
    for code, entry in CATALOGUE.items():
        assert f"| `{code}` | {entry.status} |" in page, code


def test_every_code_that_a_request_names_comes_from_the_catalogue() -> None:
    named = {code for endpoint in ENDPOINTS for code in endpoint.errors}
    named |= {code for action in ACTIONS.values() for code in action.errors}
    assert named <= CATALOGUE.keys()


@pytest.mark.parametrize("base", [Received, Emitted])
def test_every_wire_shape_has_a_description_and_examples(base: type[BaseModel]) -> None:
    for model in _models(base):
        assert model.__doc__, model
        assert EXAMPLES[model], model


@pytest.mark.parametrize("model", EXAMPLES, ids=lambda model: model.__name__)
def test_every_example_is_valid(model: type[BaseModel]) -> None:
    for example in EXAMPLES[model]:
        model.model_validate(example)


def test_every_parameter_and_every_variable_stands_on_the_settings_page() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    template = read()
    for name in [*template.parameters, *template.variables]:
        assert f"| `{name}` |" in page, name
