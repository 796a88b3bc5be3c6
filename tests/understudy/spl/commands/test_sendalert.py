"""sendalert: the action of an app is run as an alert would run it, with the rows, and its failures end the search."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.schedule.test_searches import add, told
from tests.understudy.staging import make_stage
from understudy.spl.errors import MissingError, RuntimeSplError, SplError
from understudy.stage import Stage

ROWS = '| makeresults count=2 | streamstats count as n | eval who="ann"'


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with make_stage(tmp_path / "home") as made:
        add(made, "")
        yield made


def test_action_gets_rows_parameters_and_tokens(stage: Stage) -> None:
    rows = list(stage.search(f'{ROWS} | sendalert tell param.word="hit $result.who$" | table n', "admin").rows)
    assert [row["n"] for row in rows] == [1, 2]
    (payload,) = told(stage)
    assert payload["configuration"] == {"word": "hit ann", "extra": "kept"}
    assert payload["result"]["n"] == "1"
    assert [line["who"] for line in csv.DictReader(io.StringIO(payload["csv"]))] == ["ann", "ann"]
    assert (payload["app"], payload["owner"]) == ("search", "admin")
    assert payload["sid"]


def test_link_and_file_given_reach_the_action(stage: Stage) -> None:
    list(stage.search(f"{ROWS} | sendalert tell", "admin").rows)
    made = told(stage)[0]["results_file"]
    options = f'results_link=http://x.example/?a=b results_path="{made}"'
    list(stage.search(f"{ROWS} | sendalert tell {options}", "admin").rows)
    assert (told(stage)[1]["results_link"], told(stage)[1]["results_file"]) == ("http://x.example/?a=b", made)


@pytest.mark.parametrize(
    ("command", "error", "text"),
    [
        pytest.param("sendalert nowhere", MissingError, "'nowhere' not found", id="unknown-action"),
        pytest.param("sendalert tell param.fail=1", RuntimeSplError, "exit code 5", id="failing-script"),
    ],
)
def test_failure_ends_the_search(stage: Stage, command: str, error: type[SplError], text: str) -> None:
    with pytest.raises(error, match=text):
        list(stage.search(f"{ROWS} | {command}", "admin").rows)
