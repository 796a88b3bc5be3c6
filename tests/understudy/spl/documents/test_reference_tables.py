"""Every function, time unit, modifier and format variable of Splunk's tables is known, and every command is answered.

Runs where Splunk's reference lies beside the project; the files are read, never copied.
"""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import Path

import pytest

from understudy.spl import refusals, times
from understudy.spl.eval import functions
from understudy.spl.registry import commands
from understudy.spl.search_time import NAMES
from understudy.spl.statistics.functions import UNSUPPORTED, find_function

FOLDER = Path(__file__).parents[5] / "shared" / "reference" / "splunk" / "spl"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="Splunk's reference is not beside the project")
ROW = re.compile(r"^\| `(\w+)`", re.MULTILINE)


def names(pattern: str) -> list[str]:
    """Returns the names in the first column of the tables of the files."""
    return [name for path in sorted(FOLDER.glob(pattern)) for name in ROW.findall(path.read_text(encoding="utf-8"))]


def test_every_eval_function_is_there() -> None:
    known = names("eval-*.md")
    assert len(known) > 100
    assert [name for name in known if name not in functions()] == []


def test_every_statistical_function_is_there_or_refused_by_name() -> None:
    known = names("stat-*.md")
    assert len(known) > 30
    percentiles = {"perc", "exactperc", "upperperc"}
    written = [f"{name}95" if name in percentiles else name for name in known]
    assert [name for name in written if find_function(name) is None and name not in UNSUPPORTED] == []


def test_every_command_is_there_or_refused_by_name() -> None:
    known = names("*commands.md")
    assert len(known) > 140
    assert [name for name in known if name not in commands() and name not in refusals.COMMANDS] == []


def test_every_format_variable_is_written() -> None:
    text = (FOLDER / "time-format-variables.md").read_text(encoding="utf-8")
    variables = re.findall(r"^\| (%[\w+%]+)", text, re.MULTILINE)
    assert len(variables) > 30
    assert [name for name in variables if name != "%%" and "%" in str(times.strftime(0, name, UTC))] == []


def test_every_unit_and_modifier_is_known() -> None:
    text = (FOLDER / "time-modifiers.md").read_text(encoding="utf-8")
    units = [unit for line in re.findall(r"^\| \w+ \| ([a-z, ]+) \|", text, re.MULTILINE) for unit in line.split(", ")]
    assert len(units) > 30
    assert [unit for unit in units if times.unit_of(unit.strip()) is None] == []
    modifiers = re.findall(r"^\| (\w+) \| \1=", text, re.MULTILINE)
    assert len(modifiers) > 20
    assert [name for name in modifiers if name not in NAMES] == []
