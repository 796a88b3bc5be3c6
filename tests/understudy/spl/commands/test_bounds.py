"""Searches that would make tables or rows without end out of little stop with a message that names the command."""

from __future__ import annotations

import pytest

from tests.understudy.spl.core.conftest import answer
from understudy.spl.errors import RuntimeSplError
from understudy.spl.eval.functions import multivalue

NUMBERED = "| makeresults count=4000 | streamstats count as n "
WIDE = NUMBERED + '| eval f="c".n | eval {f}=1 '
EXPLOSIONS = [
    ("map", '| makeresults count=50 | map maxsearches=50 search="| makeresults count=100000" | stats count'),
    ("mvexpand", "| makeresults | eval x=mvrange(0,2000), y=x | mvexpand x | mvexpand y | stats count"),
    ("series", NUMBERED + "| chart limit=0 count over n by n"),
    ("fillnull", WIDE + "| fillnull"),
    ("filldown", WIDE + "| filldown"),
    ("eventstats", WIDE + "| eventstats max(*) as *"),
]


@pytest.mark.parametrize(("named", "search"), EXPLOSIONS, ids=[name for name, _ in EXPLOSIONS])
def test_explosion_stops_with_the_name_of_what_makes_it(named: str, search: str) -> None:
    with pytest.raises(RuntimeSplError, match=named) as caught:
        answer(search)
    assert caught.value.position is not None


def test_mvmap_stops_by_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multivalue, "MAP_SECONDS", 0)
    with pytest.raises(RuntimeSplError, match="'mvmap' took over 0 s"):
        answer("| makeresults | eval x=mvrange(0,100) | eval y=mvmap(x,mvjoin(mvrange(0,1000),x))")


def test_what_a_search_reads_is_not_bounded() -> None:
    """300,000 rows become 3,000,000: ten for each."""
    search = "| makeresults count=300000 | eval x=mvrange(0,10) | mvexpand x | stats count"
    assert answer(search) == [{"count": 3_000_000}]


def test_wide_sparse_tables_are_small() -> None:
    assert answer(WIDE + "| xyseries n f n | stats count") == [{"count": 4000}]
    assert answer(WIDE + "| transpose 0 | stats count") == [{"count": 4003}]
