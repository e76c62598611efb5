"""Parameters that the template is deployed with here."""

import platform

import pytest

from local.deploy import parameters


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEND_MODE", raising=False)


@pytest.mark.parametrize(
    ("machine", "architecture"),
    [("x86_64", "x86_64"), ("aarch64", "arm64"), ("arm64", "arm64"), ("AMD64", "x86_64")],
)
def test_functions_are_built_for_the_machine(
    machine: str, architecture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert f"Architecture={architecture}" in parameters([])


def test_the_send_mode_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SendMode=local" in parameters([])
    monkeypatch.setenv("SEND_MODE", "kafka")
    assert "SendMode=kafka" in parameters([])


def test_a_given_parameter_wins() -> None:
    found = parameters([("SendMode", "redis"), ("PrivateChatPolicy", "friends")])
    assert "SendMode=redis" in found
    assert "PrivateChatPolicy=friends" in found
    assert len(found) == 3
