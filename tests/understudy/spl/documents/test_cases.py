"""The case files: searches and their answers, each group read against the source it names; a Splunk could replay them.

Where a document leaves a case open, the answer is the stand-in's choice (docs/understudy.md lists those).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.understudy.spl.core.conftest import answer
from understudy.spl.errors import SplError

HERE = Path(__file__).parent
ROWS = [json.loads(line) for line in (HERE / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
EVENT = '| makeresults | eval _raw="x=hi y=goodbye", x="hi", y="goodbye" | eval r='


def cases(name: str) -> list[Any]:
    """Returns (text, expected) of a case file as parameters whose ids are source and number."""
    groups = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [
        pytest.param(text, expected, id=f"{group['source']} {number}")
        for group in groups
        for number, (text, expected) in enumerate(group["cases"], 1)
    ]


def searches() -> list[str]:
    """Returns every search of the case files, for the fuzz test to change."""
    evals = [EVENT + str(case.values[0]) for case in cases("eval_cases.yml")]
    return evals + [str(case.values[0]) for case in cases("command_cases.yml")]


def same(found: Any, expected: Any) -> bool:
    """Whether two answers agree; numbers may differ in the last digits."""
    if isinstance(expected, float) and isinstance(found, (int, float)):
        return found == pytest.approx(expected, rel=1e-12)
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict):
        return found.keys() == expected.keys() and all(same(found[name], expected[name]) for name in expected)
    return bool(found == expected and isinstance(found, str) == isinstance(expected, str))


@pytest.mark.parametrize(("text", "expected"), cases("eval_cases.yml"))
def test_expression_has_the_documented_value(text: str, expected: Any) -> None:
    if isinstance(expected, dict):
        with pytest.raises(SplError) as caught:
            answer(EVENT + text)
        assert (caught.value.kind, caught.value.position is None) == (expected["error"], False)
        return
    assert same(answer(f"{EVENT}{text} | table r")[0].get("r"), expected)


@pytest.mark.parametrize(("text", "expected"), cases("command_cases.yml"))
def test_search_gives_the_documented_rows(text: str, expected: Any) -> None:
    if isinstance(expected, dict):
        with pytest.raises(SplError) as caught:
            answer(text, ROWS)
        assert (caught.value.kind, caught.value.position) == (expected["error"], expected["at"])
        return
    assert same(answer(text, ROWS), expected)


def test_there_are_enough_cases() -> None:
    assert len(searches()) >= 600
