"""A slice of the fuzz test, and the limits that keep a search from eating the machine."""

from __future__ import annotations

import random

import pytest

from tests.understudy.spl.core.conftest import answer
from tests.understudy.spl.fuzz import faults
from understudy.spl.errors import RuntimeSplError

SLICE_S = 20.0


def test_any_search_is_answered_or_refused_in_time() -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}: python -m tests.understudy.spl.fuzz --seed {seed}")
    assert list(faults(seed, seconds=SLICE_S)) == []


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


@pytest.mark.parametrize("search", ENDLESS, ids=[search[:70] for search in ENDLESS])
def test_what_would_not_end_is_stopped_with_a_message(search: str) -> None:
    with pytest.raises(RuntimeSplError) as caught:
        answer(search)
    assert caught.value.message
    assert caught.value.position is not None
