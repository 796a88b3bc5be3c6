"""build.py hands its options on as they were given, and refuses what it does not know before it sets anything up."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly import door

CASES = [
    pytest.param(["test"], [], id="none"),
    pytest.param(["test", "--full"], ["--full"], id="a flag"),
    pytest.param(["test", "--changed"], ["--changed"], id="without its value"),
    pytest.param(["test", "--changed", "HEAD~3"], ["--changed", "HEAD~3"], id="with its value"),
    pytest.param(["package", "--each-tag"], ["--each-tag"], id="two words"),
    pytest.param(["package", "--tenants", "t.yml"], ["--tenants", "{here}/t.yml"], id="a file, from where one stands"),
    pytest.param(
        ["deploy", "--splunk-home", "splunk", "--tenants", "t.yml"],
        ["--splunk-home", "{here}/splunk", "--tenants", "{here}/t.yml", "--into", "{here}"],
        id="what is written lies where one stands",
    ),
    pytest.param(["deploy", "--splunk-home", "/opt/x"], ["--splunk-home", "/opt/x"], id="a folder"),
]


@pytest.fixture
def sets_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands for which something was set up."""
    asked: list[str] = []

    def provide(command: str, root: Path) -> list[object]:
        asked.append(command)
        return []

    monkeypatch.setattr(door, "provide", provide)
    return asked


@pytest.mark.parametrize(("given", "handed"), CASES)
def test_options_are_handed_on(
    given: list[str], handed: list[str], sets_up: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    ran: list[list[str]] = []

    def python(arguments: list[str]) -> int:
        ran.append(arguments)
        return 0

    monkeypatch.setattr(door, "_python", python)
    assert door.main(given) == 0
    assert ran == [["-m", "assembly.work", given[0], *(each.replace("{here}", str(tmp_path)) for each in handed)]]
    assert sets_up == [given[0]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["test", "--full", "--changed"], "not allowed with argument --full"),
        (["test", "--ful1"], "unknown argument: --ful1"),
        (["tset"], "invalid choice: 'tset'"),
    ],
)
def test_wrong_options_are_refused(
    given: list[str], words: str, sets_up: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        door.main(given)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err
    assert sets_up == []


def test_an_unknown_benchmark_is_refused_before_anything_is_installed(
    sets_up: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert door.main(["bench", "no_such_benchmark"]) == 2
    assert "link_quality" in capsys.readouterr().err
    assert sets_up == []
