"""Function logs as people read them."""

from pathlib import Path

import pytest

from local.follow import follow, readable
from local.places import Places


def test_a_record_shows_level_message_and_what_is_particular() -> None:
    record = '{"level": "INFO", "message": "pushed", "service": "chirrup", "counts": {"gone": 1}}'
    shown = readable(f"12:00:01 chirrup-ws-message {record}")
    assert shown == '12:00:01 ws-message     INFO    pushed  counts={"gone": 1}'


def test_other_text_is_shown_as_it_is() -> None:
    shown = readable("12:00:01 chirrup-ws-connect done in 3 ms")
    assert shown == "12:00:01 ws-connect     done in 3 ms"


@pytest.mark.parametrize("text", ["[1]", '{"no": "message"}', "{broken"])
def test_json_that_is_no_record_is_shown_as_it_is(text: str) -> None:
    assert readable(f"12:00:01 chirrup-http-api {text}").endswith(text)


def test_only_new_and_whole_lines_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.follow.EVERY_S", 0)
    places = Places(tmp_path)
    places.function_log.write_text("12:00:00 chirrup-a old\n")
    pieces = ["12:00:01 chirrup-a ne", "w\n12:00:02 chirrup-a ha", "lf"]

    def alive() -> bool:
        with places.function_log.open("a") as log:
            log.write(pieces.pop(0) if pieces else "")
        return bool(pieces)

    follow(places, alive)
    assert capsys.readouterr().out == "12:00:01 a              new\n"
