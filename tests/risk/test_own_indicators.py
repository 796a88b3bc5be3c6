"""Indicators of an installation's own: read without a build, refused with file and line, the last good one stays."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from minerva import risk
from minerva.risk.registry import Registry

OWN = {
    "id": "open_late", "number": 6, "statement": "Open at 22:00 or later.", "fields": ["establishment.hours"],
    "points": 7, "strength": "weak", "source": "our inspectors", "seen": "analyst knowledge",
    "false_positives": "Airports.", "audience": "institution", "when": "closing_hour >= 22",
}  # fmt: skip


def put(folder: Path, document: Any, changed: int, name: str = "open_late") -> Path:
    path = folder / "massage" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = document if isinstance(document, (str, bytes)) else json.dumps(document, indent=1)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (changed, changed))
    return path


def sign(registry: Registry, name: str = "open_late") -> Any:
    return next((each for each in registry.sectors()["massage"].indicators if each.id == name), None)


def test_a_file_takes_the_place_of_an_indicator_or_stands_beside_the_others(tmp_path: Path) -> None:
    registry = Registry(own=str(tmp_path))
    before = registry.sectors()["massage"].indicators
    assert sign(registry).points == 5
    put(tmp_path, OWN, 1)
    put(tmp_path, {**OWN, "id": "open_later", "number": 90}, 1, "open_later")
    assert (sign(registry).points, sign(registry).when.text) == (7, "closing_hour >= 22")
    assert registry.sectors()["massage"].indicators[-1].id == "open_later"
    assert len(registry.sectors()["massage"].indicators) == len(before) + 1
    (tmp_path / "massage" / "open_later.json").unlink()
    (tmp_path / "massage" / "open_late.json").unlink()
    assert registry.sectors()["massage"].indicators == before


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ('{\n"id": "open_late",\n"points": }', ":3: "),
        ({**OWN, "when": "closing_hours >= 22"}, ":14: when: no feature is called 'closing_hours'"),
        ({**OWN, "points": 99}, ":8: points"),
        ({**OWN, "fields": ["person.nationality"]}, "no score may know nationality"),
        ({**OWN, "waits_for": "notes"}, "exactly one of when and waits_for"),
        ({**OWN, "id": "other"}, ":2: id: must be the name of the file"),
        ({**OWN, "wieght": 3}, "wieght: no key of an indicator"),
        ({key: value for key, value in OWN.items() if key != "source"}, ":1: source: missing"),
        ([OWN], "expected one object"),
        ("[" * 19_000, ":1: nested too deep"),
        ('{\n"points": ' + "9" * 5_000 + "}", ":1: a number is too long"),
        ({**OWN, "number": 10**400}, ":3: number: expected a whole number from 0"),
        ({**OWN, "fields": [{"establishment.hours": 1}]}, ":5: fields: expected a list of texts"),
        ({**OWN, "strength": ["weak"]}, "strength: expected a text"),
        ({**OWN, "audience": {"institution": 1}}, "audience: expected one of"),
        ({**OWN, "statement": "Open \ud83d late."}, ":4: half a character"),
        ({**OWN, "source": "x" * 20_000}, ":1: longer than 20,000 characters"),
        (json.dumps(OWN, indent=1).encode().replace(b"Airports", b"Caf\xe9s"), ":12: expected UTF-8"),
    ],
    ids=[
        "no JSON",
        "unknown feature",
        "points",
        "nationality",
        "both",
        "another id",
        "unknown key",
        "missing",
        "a list",
        "deep",
        "a long number",
        "a high number",
        "an object as field",
        "a list as strength",
        "an object as audience",
        "half a character",
        "long",
        "no UTF-8",
    ],
)
def test_a_fault_is_named_with_file_and_line_and_the_last_good_one_stays(
    tmp_path: Path, document: Any, words: str
) -> None:
    registry = Registry(own=str(tmp_path))
    path = put(tmp_path, OWN, 1)
    assert sign(registry).points == 7
    put(tmp_path, document, 2)
    assert sign(registry).points == 7
    assert registry.faults[str(path)].startswith(str(path))
    assert words in registry.faults[str(path)]
    fresh = Registry(own=str(tmp_path))
    assert sign(fresh).points == 5  # what ships
    put(tmp_path, {**OWN, "points": 8}, 3)
    assert (sign(registry).points, registry.faults) == (8, {})


def test_the_fault_of_a_file_that_was_never_read_goes_with_the_file(tmp_path: Path) -> None:
    registry = Registry(own=str(tmp_path))
    path = put(tmp_path, OWN, 1)
    path.write_bytes(b'{"statement": "caf\xe9"}')
    assert sign(registry).points == 5
    assert registry.faults == {str(path): f"{path}:1: expected UTF-8"}
    path.unlink()
    assert sign(registry).points == 5
    assert registry.faults == {}


def test_what_is_no_file_in_place_of_a_file_or_of_a_folder_is_named_and_stops_nothing(tmp_path: Path) -> None:
    registry = Registry(own=str(tmp_path))
    put(tmp_path, OWN, 1)
    os.mkfifo(tmp_path / "massage" / "pipe.json")
    (tmp_path / "massage" / "folder.json").mkdir()
    (tmp_path / "massage" / "gone.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "hotel").write_text("x", encoding="utf-8")
    assert sign(registry).points == 7
    assert {Path(path).name for path in registry.faults} == {"pipe.json", "folder.json", "gone.json", "hotel"}


def test_a_shipped_edition_that_is_no_json_leaves_the_last_one_in_use(tmp_path: Path) -> None:
    path = tmp_path / "indicators.json"
    shutil.copy(Path(risk.__file__).parent / "indicators.json", path)
    registry = Registry(str(path))
    before = registry.sectors()
    for number, text in enumerate((b"[" * 100_000, b"9" * 5_000, b"\xff", b"{", b"{}")):
        path.write_bytes(text)
        os.utime(path, (number, number))
        assert registry.sectors() == before
        assert registry.fault.startswith(str(path))
