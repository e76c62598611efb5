"""Pages written by hand: they name everything that there is, and their links lead somewhere."""

import re
from pathlib import Path

import pytest
from pynamodb.models import Model

from chirrup.storage.models import MODELS
from chirrup.transport.http.all_endpoints import ENDPOINTS
from chirrup.transport.ws.actions import ACTIONS
from tests.schema.conftest import ROOT
from tests.schema.documents import REFERENCE, document

PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
EVENTS = 6
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))


def _page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_data_model_names_every_record_and_attribute(model: type[Model]) -> None:
    page = _page("data-model.md")
    assert f"`{model.__name__}`" in page
    for attribute in model.get_attributes().values():
        assert f"`{attribute.attr_name}`" in page, attribute.attr_name


def test_the_wire_protocol_names_every_action_and_event() -> None:
    page = _page("wire-protocol.md")
    schemas = document("schemas/server-frame.json")["$defs"]
    events = [schema["properties"]["event"] for name, schema in schemas.items() if "Event" in name]
    assert len(events) == EVENTS
    for name in [*ACTIONS, *(event["const"] for event in events)]:
        assert f"`{name}`" in page, name


def test_the_wire_protocol_names_every_path_of_http() -> None:
    page = _page("wire-protocol.md")
    for endpoint in ENDPOINTS:
        last = [part for part in endpoint.path.split("/") if "<" not in part][-1]
        assert f"/{last}" in page, endpoint.path


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_what_why_effect_and_status_on_one_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["What", "Why", "Effect", "Status"]
    assert len(text.splitlines()) <= 60
