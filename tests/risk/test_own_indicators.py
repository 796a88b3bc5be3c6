"""Indicators of an installation's own: read without a build, refused with file and line, the last good one stays."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from minerva.risk.registry import Registry

OWN = {
    "id": "open_late", "number": 6, "statement": "Open at 22:00 or later.", "fields": ["establishment.hours"],
    "points": 7, "strength": "weak", "source": "our inspectors", "seen": "analyst knowledge",
    "false_positives": "Airports.", "audience": "institution", "when": "closing_hour >= 22",
}  # fmt: skip


def put(folder: Path, document: Any, changed: int, name: str = "open_late") -> Path:
    path = folder / "massage" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=1), encoding="utf-8")
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
    assert registry.faults == {str(path): f"{path}: UnicodeDecodeError"}
    path.unlink()
    assert sign(registry).points == 5
    assert registry.faults == {}
