"""Quality does not sink unseen: each figure of benchmarks/floors.json is measured again and holds its floor.

A floor stands just under what is reached, so that a change which costs more than noise has to say so here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import figure_sets, figures

FLOORS: dict[str, dict[str, Any]] = json.loads((Path(figures.__file__).parent / "floors.json").read_text("utf-8"))
SETS = figure_sets.figure_sets()
SLOW = ("world.", "chicago", "quality.", "ror")
ABOVE = 0.05
"""By so much what is reached may stand above its floor."""


def _param(name: str) -> Any:
    marks = [pytest.mark.slow] if name.startswith(SLOW) else []
    needs = SETS[name].needs
    if needs is not None:
        marks.append(pytest.mark.skipif(not needs.is_dir(), reason=f"the real registers are not at {needs}"))
    return pytest.param(name, marks=marks, id=name)


@pytest.mark.parametrize("name", [_param(name) for name in FLOORS])
def test_what_is_measured_holds_its_floor(name: str) -> None:
    found = {key: figures.rounded(value) for key, value in SETS[name].measure().items()}
    under = {key: (found[key], floor) for key, floor in FLOORS[name]["floors"].items() if found[key] < floor}
    assert under == {}, f"figures under their floors, as (measured, floor); see them with: {SETS[name].command}"


@pytest.mark.parametrize("name", FLOORS)
def test_a_floor_names_its_command_and_stands_near_what_is_reached(name: str) -> None:
    assert FLOORS[name]["command"] == SETS[name].command
    reached = figures.read()[name]["values"]
    for key, floor in FLOORS[name]["floors"].items():
        assert 0 <= round(reached[key] - floor, 3) <= ABOVE, f"{name}.{key} is {reached[key]}, its floor {floor}"


@pytest.mark.parametrize("level", ["easy", "medium", "hard"])
def test_each_level_of_the_demo_world_has_floors_of_its_score(level: str) -> None:
    assert FLOORS[f"world.{level}"]["floors"].keys() == {"precision", "recall", "f1"}
