"""Subsearches of append, appendcols and join stop at their rows and seconds, and say so."""

from __future__ import annotations

import time

import pytest

from tests.understudy.spl.commands.bench import make_context
from understudy.spl import engine
from understudy.spl.commands.nested import Deadline
from understudy.spl.model import Limits


@pytest.mark.parametrize(
    ("search", "count", "warned"),
    [
        pytest.param("append maxout=2 [| makeresults count=5]", 3, True, id="append-maxout"),
        pytest.param("append [| makeresults count=5]", 5, True, id="append-limit"),
        pytest.param("append [| makeresults count=4]", 5, False, id="append-exact"),
        pytest.param("appendcols maxout=2 [| makeresults count=5 | eval x=1]", 2, True, id="appendcols-maxout"),
        pytest.param("eval k=1 | join k max=0 [| makeresults count=5 | eval k=1]", 4, True, id="join-limit"),
    ],
)
def test_rows_beyond_the_limit_are_cut_with_a_message(search: str, count: int, warned: bool) -> None:
    context = make_context([{}], limits=Limits(join_rows=4))
    rows = list(engine.run(f"search * | {search}", context).rows)
    assert len(rows) == count
    assert [message.severity for message in context.messages] == ["WARN"] * warned


def test_deadline_tells_once_that_a_subsearch_was_ended() -> None:
    context = make_context([])
    deadline = Deadline(10, context)
    assert not deadline()
    deadline.began = time.monotonic() - 11
    assert deadline()
    assert deadline()
    assert [message.text for message in context.messages] == [
        "[subsearch]: Search auto-finalized after time limit (10 seconds) reached."
    ]


def test_deadline_of_no_seconds_never_comes() -> None:
    deadline = Deadline(0, make_context([]))
    deadline.began = 0.0
    assert not deadline()
