"""The refusal proof finds what it looks for, and the limits that keep a search from eating the machine.

Slices of the proof itself run with the others: `python -m proofs spl_refusal --slice`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from proofs import spl_refusal
from proofs.spl_grammar import Maker, notation
from tests.understudy.spl.core.conftest import answer, context_of
from understudy.spl import engine
from understudy.spl.errors import RuntimeSplError, SplError
from understudy.spl.model import Arguments, Context, CustomCommand, Row, Stream
from understudy.spl.registry import commands
from understudy.spl.row_events import NoKnowledge, RowEvents


class Broken:
    """A command with the fault that its argument names."""

    generating = True

    def run(self, arguments: Arguments, stream: Stream, context: Context) -> Stream:
        return Stream(self._rows(arguments.text.strip()))

    def _rows(self, fault: str) -> Iterator[Row]:
        if fault == "traceback":
            raise KeyError("x")
        if fault == "hang":
            while True:
                pass
        if fault == "memory":
            yield {"x": "x" * (8 * spl_refusal.HEADROOM)}  # what other tests give back meanwhile must not do
        if fault == "no place":
            raise RuntimeSplError("")
        raise RuntimeSplError("somewhere else", 1000)


class WithBroken(NoKnowledge):
    def custom_command(self, name: str) -> CustomCommand | None:
        return Broken() if name == "broken" else None


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ("traceback", "KeyError"),
        ("hang", "over "),
        ("memory", "MemoryError"),
        ("no place", "without a message"),
        ("wrong place", "outside the search"),
    ],
)
def test_the_proof_sees(fault: str, seen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spl_refusal, "KNOWLEDGE", WithBroken())
    monkeypatch.setattr(spl_refusal, "TIME_LIMIT_S", 0.3)
    with spl_refusal.bounded_memory():
        what = spl_refusal.judge(f"| broken {fault}", RowEvents([]))
    assert what is not None
    assert seen in what


def test_texts_of_one_seed_are_the_same_and_of_another_are_not() -> None:
    def first(seed: int) -> list[str]:
        made = spl_refusal.inputs(random.Random(seed))
        return [next(made) for _ in range(50)]

    assert first(1) == first(1)
    assert first(1) != first(2)


@pytest.mark.parametrize("name", sorted({command.name for command in commands().values()}))
def test_the_grammar_makes_searches_that_a_command_takes(name: str) -> None:
    """Without it the proof would only see refusals."""
    maker = Maker(random.Random(name))
    generating = commands()[name].kind == "generating" and name != "search"
    for _ in range(300):
        text = ("| " if generating else "search * | ") + maker.arguments(name, 2)
        try:
            engine.check(text, context_of([], spl_refusal.KNOWLEDGE))
        except SplError:
            continue
        return
    pytest.fail(f"none of 300 texts parses; the last was {text}")


@pytest.mark.parametrize(
    ("syntax", "possible"),
    [
        ("x [a]", {"x ", "x a"}),
        ("x (a)? b", {"x a b", "x  b"}),
        ("type=inner|outer", {"type=inner", "type=outer"}),
        ("x=(<h>)", {"x=(H)"}),
        ("[<subsearch>]", {"[H]"}),
        ("(a | b)", {"a ", " b"}),
        ("<h> ...  (remark)", {"H", "H H", "H H H"}),
    ],
)
def test_notation(syntax: str, possible: set[str]) -> None:
    maker = Maker(random.Random(1))
    made = {maker.derive(notation(syntax), lambda name: "H") for _ in range(200)}
    assert made == possible


ENDLESS = [
    "| makeresults count=1000000000",
    "| makeresults | eval x=mvrange(0,1000000000000)",
    '| makeresults | eval x="0123456789"' + ", x=x.x" * 40,
    '| makeresults | eval x="abcdefghij"' + ", x=x+x" * 40,
    '| makeresults | eval x="0123456789"' + " | strcat x x x" * 40,
    '| makeresults | eval x="a"' + ", x=mvappend(x,x)" * 40,
    '| makeresults | eval x="aaaaaaaaaa"' + ', x=replace(x,"","aaaaaaaaaa")' * 20,
    '| makeresults | eval x=mvrange(0,100000), y=mvjoin(x,mvjoin(x," "))',
    "| makeresults | eval x=mvrange(0,1000) | eval y=mvmap(x,mvrange(0,1000))",
    "| makeresults | eval a=mvrange(0,1000), b=a | stats count by a b",
    "| makeresults | eval a=mvrange(0,20000) | foreach mode=multivalue a [eval n=<<ITEM>>]",
    '| makeresults | eval x="[1]"' + ", x=json_array(x,x)" * 40,
    '| makeresults | eval x="' + "a" * 40 + '!" | where match(x,"^(a|aa)+$")',
    "| gentimes start=-100000 increment=1s",
    "| makeresults count=2 | streamstats count as n | eval _time=n*1000000 | timechart span=1ms count",
    "| makeresults count=2 | streamstats count as n | eval n=n*1000000 | makecontinuous n span=1",
    "| makeresults count=1000" + " | appendpipe [eval x=1]" * 12,
]


SLOWEST = ("json_array", "appendpipe")


@pytest.mark.parametrize(
    "search",
    [
        pytest.param(search, id=search[:70], marks=[pytest.mark.full] * any(name in search for name in SLOWEST))
        for search in ENDLESS
    ],
)
def test_what_would_not_end_is_stopped_with_a_message(search: str) -> None:
    with pytest.raises(RuntimeSplError) as caught:
        answer(search)
    assert caught.value.message
    assert caught.value.position is not None
