"""Numbers beyond every limit end in an answer or a message with a place, in little time and memory."""

from __future__ import annotations

import pytest

from tests.understudy.spl.core.conftest import answer as run
from understudy.spl.errors import RuntimeSplError, SplError

HUGE = 99999999999999999999
LONG = '| makeresults | eval a=mvrange(0,5000), _raw=mvjoin(a," ")'


@pytest.mark.parametrize(
    "search",
    [
        f"| makeresults count=3 | streamstats count as n | delta n p={HUGE}",
        f'| makeresults | eval t="a,b" | rex field=t max_match={HUGE} "(?<x>[^,]+)"',
        "| makeresults | eval x=1e308 | bin span=log2 x",
        "| makeresults | eval x=1e308 | bin x span=0.0000001",
        "| makeresults | eval x=1e308 | append [| makeresults | eval x=-1e308] | bin x bins=2",
        "| makeresults | eval x=1e308 | append [| makeresults | eval x=-1e308] | bin x",
        "| makeresults | eval r=sigfig(3.50001*1.1E308)",
        "| makeresults | eval r=8.250*0.1E308",
        f'{LONG} | extract pairdelim=":"',
        f'{LONG} | extract pairdelim="=" maxchars=0',
    ],
    ids=["delta", "rex", "log span", "tiny span", "two ends", "no option", "sigfig", "product", "pairs without a key",
         "one pair of all"],
)  # fmt: skip
def test_huge_numbers_and_long_texts_are_answered(search: str) -> None:
    assert run(search, [])


@pytest.mark.parametrize(
    ("search", "says"),
    [
        ("search earliest=" + "9" * 400, "out of range"),
        ("| makeresults | eval x=1 | bin x start=-1 end=1e100000", "up to 1.8e308"),
        (r'| makeresults | eval r=if(match("a","\d{2147483648}"),1,0)', "repeats a part more than 65,535 times"),
        ('| makeresults | eval r=if(match("a","((a{2,60000}){2,60000}){2,60000}"),1,0)', "when written out"),
        ("search [| makeresults count=9999 | eval a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1]", "conditions"),
        ("| makeresults count=9999 | eval a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1 | format", "conditions"),
    ],
    ids=["time", "end", "quantifier", "nested quantifiers", "subsearch", "format"],
)
def test_what_is_too_much_is_refused_with_its_place(search: str, says: str) -> None:
    with pytest.raises(SplError, match=says) as caught:
        run(search, [])
    assert caught.value.position is not None


MANY = "| makeresults count=600 | eval h=1, a=mvrange(0,5000)"


@pytest.mark.parametrize(
    ("search", "says"),
    [
        ("| makeresults count=9 | eval a=mvrange(0,9000), b=a | mvexpand a", "would copy more than 500 MB"),
        (f"{MANY} | chart count over a", "count for cells more than 1,000,000 times"),
        pytest.param(f"{MANY} | chart count over _time span=1d by a", "count for cells", marks=pytest.mark.full),
        pytest.param(f"{MANY} | timechart count by a", "count for cells", marks=pytest.mark.full),
        (f"{MANY} | stats count by a", "count for groups"),
        pytest.param(f"{MANY} | eventstats count by a", "count for groups", marks=pytest.mark.full),
        (f"{MANY} | top a", "count for combinations"),
        pytest.param(f"{MANY} | rare h by a", "count for combinations", marks=pytest.mark.full),
    ],
    ids=["mvexpand", "chart", "split of chart", "timechart", "stats", "eventstats", "top", "by of rare"],
)
def test_rows_of_many_values_are_refused_before_they_take_the_machine(search: str, says: str) -> None:
    with pytest.raises(RuntimeSplError, match=says) as caught:
        run(search, [{"host": "a"}])
    assert caught.value.position is not None


def test_rows_of_a_few_values_count_for_each() -> None:
    rows = "| makeresults count=20000 | eval a=mvrange(0,10), b=mvrange(0,40)"
    assert [row["count"] for row in run(f"{rows} | stats count by a", [])] == [20000] * 10
    assert len(run(f"{rows} | fields a, b | mvexpand b | head 100", [])) == 100


@pytest.mark.parametrize(
    ("text", "pattern"),
    [("a{70000}", r"a\\{70000}"), ("192.168.100.25", r"^\\d{1,3}(\\.\\d{1,3}){3}$"), ("x" * 300, "^x{300}$"),
     ("{99999}", "[{]99999[}]")],
    ids=["braces as text", "address", "many of one", "braces in a class"],
)  # fmt: skip
def test_ordinary_repeats_are_matched(text: str, pattern: str) -> None:
    assert run(f'| makeresults | eval r=if(match("{text}","{pattern}"),1,0)', [])[0]["r"] == 1


@pytest.mark.parametrize(
    ("raw", "options", "fields"),
    [
        ("a=1;b=2;c", 'pairdelim=";" kvdelim="="', {"a": "1", "b": "2"}),
        ("a : 1 ; b: two words ;c;d:", 'pairdelim=";" kvdelim=":"', {"a": "1", "b": "two words"}),
        ('x="one; two"|y=3', 'pairdelim="|" kvdelim="="', {"x": "one; two", "y": "3"}),
    ],
    ids=["plain", "blanks", "quoted"],
)
def test_pairs_by_delimiters_are_read(raw: str, options: str, fields: dict[str, str]) -> None:
    row = run(f"search * | extract auto=false {options}", [{"_raw": raw}])[0]
    assert {name: value for name, value in row.items() if not name.startswith("_")} == fields
