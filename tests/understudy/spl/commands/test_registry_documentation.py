"""Every command of the registry says what it is, and stands in the generated page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.understudy.spl.core.conftest import context_of
from understudy.spl import engine, refusals
from understudy.spl.documentation import render, unique_commands
from understudy.spl.errors import UnsupportedError
from understudy.spl.eval import functions
from understudy.spl.registry import Command, commands
from understudy.spl.statistics.functions import FUNCTIONS, UNSUPPORTED

PAGE = Path(__file__).parents[4] / "docs" / "spl.md"
KINDS = {"generating", "streaming", "transforming", "dataset"}
NAMES = (
    "addcoltotals addinfo addtotals append appendcols appendpipe bin chart collect convert dedup delta eval eventcount "
    "eventstats extract fieldformat fields filldown fillnull foreach format gentimes geostats head inputlookup "
    "join loadjob lookup makecontinuous makemv makeresults map metadata multisearch mvcombine mvexpand nomv "
    "outputlookup rare regex rename replace rest return reverse rex savedsearch search sendalert sort spath stats "
    "strcat streamstats table tail timechart top transaction transpose tstats union uniq untable where xyseries"
)
REQUIRED = frozenset(NAMES.split())


@pytest.mark.parametrize("command", unique_commands(), ids=lambda command: command.name)
def test_command_says_what_it_is(command: Command) -> None:
    assert command.syntax.startswith(command.name)
    assert command.summary.endswith(".")
    assert command.kind in KINDS
    assert f"### {command.name}\n" in render()


def test_required_commands_are_there() -> None:
    assert set(commands()) >= REQUIRED


def test_statistical_functions_are_listed() -> None:
    page = render()
    assert all(f"| `{name}` |" in page for name in (*FUNCTIONS, *UNSUPPORTED, *functions()))


@pytest.mark.parametrize("part", refusals.PARTS, ids=lambda part: part.search)
def test_part_that_the_page_calls_refused_is_refused_with_its_place(part: refusals.Part) -> None:
    assert part.command in commands()
    with pytest.raises(UnsupportedError) as caught:
        list(engine.run(part.search, context_of([{"a": 1}])).rows)
    assert caught.value.position is not None


@pytest.mark.parametrize("name", sorted(refusals.COMMANDS))
def test_command_that_the_page_calls_refused_is_refused_with_what_is_near(name: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        engine.check(f"search * | {name}", context_of([]))
    assert caught.value.position == len("search * | ")
    assert refusals.COMMANDS[name] in caught.value.message


def test_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m understudy docs > docs/spl.md"
