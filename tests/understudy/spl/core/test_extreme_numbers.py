"""The largest, the smallest and negative numbers, wherever a number may stand: answered or refused with a place."""

from __future__ import annotations

import pytest

from proofs.spl_refusal import judge
from tests.understudy.spl.core.conftest import answer
from tests.understudy.spl.documents.test_cases import ROWS
from understudy.spl.eval.functions import functions
from understudy.spl.row_events import RowEvents
from understudy.spl.statistics.functions import FUNCTIONS

NUMBERS = ("0", "-0.0", "-1", "1e308", "-1e308", "5e-324", "1e-320", "99999999999999999999", "9007199254740993", "0.5")
VALUES = (
    *("99999999999999999999,1e308", "1e308,-1e308", "5e-324,1", "0,99999999999999999999", "1,2,3", "1e308,1e308"),
    "9007199254740993,9007199254740992",
)
EVENTS = RowEvents(ROWS)
COMMANDS = (
    *("chart count over a span=@ by host", "chart count by a bins=@", "chart count over a minspan=@"),
    *("bin a span=@ as z | chart count over z by a", "bin a bins=@", "bin a minspan=@", "bin a start=@ end=#"),
    *("bin a span=2log@", "bin a span=@log10", "makecontinuous a span=@", "makecontinuous a bins=@"),
    *("makecontinuous a start=@ end=#", "makecontinuous _time span=@d", "timechart span=@s count"),
    *("timechart bins=@ count by a", "bin _time span=@mon", "streamstats time_window=@s count", "delta a p=@"),
    *("streamstats window=@ sum(a)", "head @", "tail @", "sort @ -a", "top limit=@ a", "dedup @ a", "transpose @"),
    *("transaction maxspan=@s", "transaction maxpause=@d maxevents=@", "mvexpand a limit=@", "fillnull value=@"),
    *("geostats latfield=a longfield=a binspanlat=@ binspanlong=# count", "stats sparkline(count,@s)"),
    *("convert num(a) ctime(a) dur2sec(a) memk(a) mstime(a) rmunit(a) mktime(a)", "addtotals | addcoltotals"),
    *("eval _time=@ | timechart count", "eval _time=a | timechart span=1d count", "eval _time=a | bin _time span=1mon"),
    *("eval _time=a | makecontinuous _time span=1d", "eval _time=a | timechart per_day(a)", "where a>@ AND a<#"),
    *('rex field=a max_match=@ "(?<q>\\d)"', "join max=@ a [| makeresults | eval a=1]", "return @ a"),
    *('eval x=printf("%*.*f|%-*.*d|%*.*x|%*.*s",@,#,a,@,#,a,@,#,a,@,#,a)', "search earliest=@ latest=#"),
    *('eval x=printf("%*.*a|%*.*g|%*.*c|%*.*o|%*.*e",@,#,a,@,#,a,@,#,a,@,#,a,@,#,a)', "foreach a [eval <<FIELD>>=a*@]"),
)


def wrong(tail: str) -> list[str]:
    """Returns what is wrong with the searches that put numbers for @ and # into the tail."""
    found = []
    for turn, values in enumerate(VALUES):
        for number in range(turn % 2, len(NUMBERS), 2):
            filled = tail.replace("@", NUMBERS[number]).replace("#", NUMBERS[(number * 7 + turn) % len(NUMBERS)])
            search = f'| makeresults | eval a=split("{values}",",") | mvexpand a | eval _time=1700000000 | {filled}'
            if (what := judge(search, EVENTS)) is not None:
                found.append(f"{what}: {search}")
    return found


@pytest.mark.parametrize("tail", COMMANDS, ids=range(len(COMMANDS)))
def test_commands_take_any_number(tail: str) -> None:
    assert wrong(tail) == []


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_statistics_take_any_number(name: str) -> None:
    assert wrong(f"stats {name}(a) | eval y='{name}(a)'*@") == []
    assert wrong(f"streamstats window=2 {name}(a)") == []


@pytest.mark.parametrize("name", sorted(functions()))
def test_functions_take_any_number(name: str) -> None:
    least, most = functions()[name].minimum, functions()[name].maximum
    for count in {least, least + 3 if most is None else most}:
        for arguments in (["a", "@", "#", "@", "#"], ["@", '"x"', "a", "#"], ['"%Y"', "@", "a"], ["a", '"%s"', "@"]):
            assert wrong(f"eval x={name}({','.join(arguments[:count])})") == []


@pytest.mark.parametrize(
    ("call", "written"),
    [
        ('printf("%*.*e",10,-1,pi())', "3.141593e+00"),
        ('printf("%-*.*d|",5,-3,7)', "7    |"),
        ('printf("%.*s",-2,"abc")', "abc"),
    ],
    ids=["exponent", "whole", "text"],
)
def test_a_negative_precision_is_none(call: str, written: str) -> None:
    assert str(answer(f"| makeresults | eval r={call}", [])[0]["r"]).strip() == written.strip()
