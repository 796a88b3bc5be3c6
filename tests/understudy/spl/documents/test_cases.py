"""The case files: searches and their answers, each group read against the source it names; a Splunk could replay them.

Where a document leaves a case open, the answer is the stand-in's choice (docs/understudy.md lists those).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.read_yaml import read_yaml
from tests.understudy.spl.core.conftest import NamedKnowledge, answer
from understudy.spl.errors import SplError
from understudy.spl.model import Macro

HERE = Path(__file__).parent
ROWS = [json.loads(line) for line in (HERE / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
COMMAND_FILES = (
    "command_cases.yml",
    "command_cases_a_l.yml",
    "command_cases_m_z.yml",
    "language_cases.yml",
    "audit_cases.yml",
)
"""Searches over rows.jsonl with the rows they give."""
EVENT = '| makeresults | eval _raw="x=hi y=goodbye", x="hi", y="goodbye" | eval r='


def knowledge_of(macros: Mapping[str, Mapping[str, Any]]) -> NamedKnowledge:
    """Returns the knowledge that holds a group's macros: stanza name, as in macros.conf -> its settings."""
    found: dict[tuple[str, int], Macro] = {}
    for stanza, settings in macros.items():
        name, _, count = stanza.removesuffix(")").partition("(")
        names = [argument.strip() for argument in settings.get("args", "").split(",") if argument.strip()]
        others = {key: value for key, value in settings.items() if key != "args"}
        found[name, int(count or 0)] = Macro(arguments=names, **others)
    return NamedKnowledge(found)


@cache
def groups_of(file: Path) -> list[Any]:
    """Returns the groups of a case file, which is read once."""
    return list(read_yaml(file) or ())


def cases(*names: str) -> list[Any]:
    """Returns (text, expected, macros) of case files as parameters whose ids are source and number."""
    groups = [group for name in names if (HERE / name).exists() for group in groups_of(HERE / name)]
    return [
        pytest.param(text, expected, group.get("macros", {}), id=f"{group['source']} {number}")
        for group in groups
        for number, (text, expected) in enumerate(group["cases"], 1)
    ]


def searches() -> list[str]:
    """Returns every search of the case files, for the fuzz test to change."""
    evals = [EVENT + str(case.values[0]) for case in cases("eval_cases.yml")]
    return evals + [str(case.values[0]) for case in cases(*COMMAND_FILES)]


def same(found: Any, expected: Any) -> bool:
    """Whether two answers agree; numbers may differ in the last digits."""
    if isinstance(expected, float) and isinstance(found, (int, float)):
        return found == pytest.approx(expected, rel=1e-12)
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict):
        return found.keys() == expected.keys() and all(same(found[name], expected[name]) for name in expected)
    return bool(found == expected and isinstance(found, str) == isinstance(expected, str))


@pytest.mark.parametrize(("text", "expected", "macros"), cases("eval_cases.yml"))
def test_expression_has_the_documented_value(text: str, expected: Any, macros: dict[str, Any]) -> None:
    if isinstance(expected, dict):
        with pytest.raises(SplError) as caught:
            answer(EVENT + text)
        assert (caught.value.kind, caught.value.position is None) == (expected["error"], False)
        return
    assert same(answer(f"{EVENT}{text} | table r")[0].get("r"), expected)


@pytest.mark.parametrize(("text", "expected", "macros"), cases(*COMMAND_FILES))
def test_search_gives_the_documented_rows(text: str, expected: Any, macros: dict[str, Any]) -> None:
    knowledge = knowledge_of(macros) if macros else None
    if isinstance(expected, dict):
        with pytest.raises(SplError) as caught:
            answer(text, ROWS, knowledge)
        assert (caught.value.kind, caught.value.position) == (expected["error"], expected["at"])
        return
    assert same(answer(text, ROWS, knowledge), expected)


def test_there_are_enough_cases() -> None:
    assert len(searches()) >= 1500
