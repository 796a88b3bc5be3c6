"""Pipelines: places of commands, macros, subsearches, nested pipelines. Source: Splunk 10.2 search manual."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.understudy.spl.core.conftest import NOW, NamedKnowledge, answer, context_of
from understudy.spl import engine
from understudy.spl.errors import MissingError, RuntimeSplError, SplError, SplSyntaxError, UnsupportedError
from understudy.spl.model import Macro, Row, SavedSearch

ROWS: list[dict[str, Any]] = [
    {"_time": NOW - 10, "_raw": "error one", "host": "a", "code": 500},
    {"_time": NOW - 20, "_raw": "ok two", "host": "b", "code": 200},
    {"_time": NOW - 30, "_raw": "error three", "host": "c", "code": 404},
]
KNOWLEDGE = NamedKnowledge(
    macros={
        ("errors", 0): Macro("error"),
        ("above", 1): Macro("code>$n$", ("n",), validation="isnum($n$)", errormsg="n must be a number"),
        ("quoted", 1): Macro('eval x="<$v$>"', ("v",)),
        ("outer", 1): Macro("`above($n$)` `errors`", ("n",)),
        ("loop", 0): Macro("`loop`"),
        ("computed", 1): Macro('"code=" . ($n$ + 4)', ("n",), iseval=True),
        ("told", 1): Macro("x", ("n",), validation='if("$n$"="ok", null(), "only ok will do")'),
    },
    saved={"errors only": SavedSearch("errors only", "error host=$who$ | table host")},
    event_types={"failure": "code>=400"},
    jobs={"42.1": [{"host": "kept"}]},
)
HOSTS = " | table host"

CASES: list[tuple[str, list[Row]]] = [
    ("error | table host", [{"host": "a"}, {"host": "c"}]),
    ("search error | table host", [{"host": "a"}, {"host": "c"}]),
    ("| search error | table host", [{"host": "a"}, {"host": "c"}]),
    ("error ```a | comment``` | table host", [{"host": "a"}, {"host": "c"}]),
    ("* | search code>400 | table host", [{"host": "a"}, {"host": "c"}]),
    ('* | where code>400 AND host="c" | table host', [{"host": "c"}]),
    ("host=a | eval y=code+1, z=y*2, code=null() | table y z code", [{"y": 501, "z": 1002}]),
    ('host=a | eval "my field"=1, {host}_x=2 | table "my field" a_x', [{"my field": 1, "a_x": 2}]),
    ("`errors` | table host", [{"host": "a"}, {"host": "c"}]),
    ("`above(450)` | table host", [{"host": "a"}]),
    ("`outer(1)` | table host", [{"host": "a"}, {"host": "c"}]),
    ("`computed(400)` | table host", [{"host": "c"}]),
    ('host=a | `quoted("a, b")` | table x', [{"x": "<a, b>"}]),
    ('host=a | eval x="`errors`" | table x', [{"x": "`errors`"}]),
    ("eventtype=failure | table host", [{"host": "a"}, {"host": "c"}]),
    ("[search host=a OR host=b | fields host | fields - _*] | table host", [{"host": "a"}, {"host": "b"}]),
    ("* [search host=zzz] | table host", []),
    ("* NOT [search host=zzz | table host] | table host", [{"host": "a"}, {"host": "b"}, {"host": "c"}]),
    ("* | where code=[search host=c | return $code] | table host", [{"host": "c"}]),
    ('* [| makeresults | eval search="host=b" | table search] | table host', [{"host": "b"}]),
    ("host=a | table host | append [search host=b | table host]", [{"host": "a"}, {"host": "b"}]),
    (
        '* | table host code | appendpipe [where code>450 | eval host="x"] | where code>450',
        [{"host": "a", "code": 500}, {"host": "x", "code": 500}],
    ),
    ("* | table host | appendcols [search * | eval z=code | table z] | head 1", [{"host": "a", "z": 500}]),
    ("* | table host | join host [search code>450 | eval k=1 | table host k]", [{"host": "a", "k": 1}]),
    (
        "host=b OR host=c | table host | join type=left host [search host=c | eval k=1 | table host k]",
        [{"host": "b"}, {"host": "c", "k": 1}],
    ),
    (
        "host=a | table host code | join left=L right=R where L.host=R.host [search * | table host code]",
        [{"L.host": "a", "L.code": 500, "R.host": "a", "R.code": 500}],
    ),
    ("| union [search host=c | table host] [search host=a | table host]", [{"host": "c"}, {"host": "a"}]),
    ("| multisearch [search host=c] [search host=a] | table host", [{"host": "a"}, {"host": "c"}]),
    ('error | map search="search host=$host$ | table host"', [{"host": "a"}, {"host": "c"}]),
    ("error | map [search host=$host$ | eval n=$_serial_id$ | table n]", [{"n": 1}, {"n": 2}]),
    ('| savedsearch "errors only" who=c', [{"host": "c"}]),
    ("| loadjob 42.1", [{"host": "kept"}]),
    ("| rest /services/x count=1", [{"path": "/services/x", "count": "1"}]),
    ("| makeresults count=2 | eval x=1 | table x", [{"x": 1}, {"x": 1}]),
    ('| makeresults format=csv data="a, b\n1,x\n2,y" | table a b', [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}]),
    ('| makeresults format=json data="[{"n":"John","age":35}]" | table n age', [{"n": "John", "age": 35}]),
    ('| makeresults format=json data="[{\\"n\\":\\"John\\"}]" | table n', [{"n": "John"}]),
    ("host=a | table host code | format", [{"search": '( ( code="500" AND host="a" ) )'}]),
    ("host=zzz | format", [{"search": "NOT( )"}]),
    (
        'host=a OR host=b | table host | format "[" "[" "&&" "]" "||" "]"',
        [{"search": '[ [ host="a" ] || [ host="b" ] ]'}],
    ),
    ("* | return 2 host code", [{"search": '(host="a" code="500") OR (host="b" code="200")'}]),
    ("* | return h=host", [{"search": '(h="a")'}]),
    ("* | return $code", [{"search": "500"}]),
    ("earliest=-25s" + HOSTS, [{"host": "a"}, {"host": "b"}]),
    ("(host=a earliest=-15s) OR (host=c earliest=-1h)" + HOSTS, [{"host": "a"}, {"host": "c"}]),
    ("| tstats count where code>300", [{"count": 2}]),
]


@pytest.mark.parametrize(("search", "expected"), CASES, ids=[search for search, _ in CASES])
def test_search_gives_rows(search: str, expected: list[Row]) -> None:
    assert answer(search, ROWS, KNOWLEDGE) == expected


@pytest.mark.parametrize(
    ("search", "error", "position", "part"),
    [
        ("* | nocommand x", UnsupportedError, 4, "Unknown search command 'nocommand'"),
        ("* | evl x=1", UnsupportedError, 4, "Did you mean 'eval'"),
        ("| eval x=1", SplSyntaxError, 2, "first command"),
        ("* | makeresults", SplSyntaxError, 4, "must be the first command"),
        ("* | ", SplSyntaxError, 4, "command is missing"),
        ("  ", SplSyntaxError, 0, "empty"),
        ('* | eval x="a', SplSyntaxError, 11, "quotes"),
        ("* | eval x=a=b", SplSyntaxError, 11, "Boolean"),
        ("* | eval x", SplSyntaxError, 10, "'='"),
        ("* | eval x=1,", SplSyntaxError, 13, "field name"),
        ("* | where host", SplSyntaxError, 10, "Boolean"),
        ("* [search host=a", SplSyntaxError, 2, "bracket"),
        ("* | append [nope]", UnsupportedError, 12, "nope"),
        ("`gone(1)`", MissingError, 0, "macro 'gone(1)' not found"),
        ("* `loop`", SplSyntaxError, 2, "calls itself"),
        ("`above(x)`", RuntimeSplError, 0, "n must be a number"),
        ("`told(no)`", RuntimeSplError, 0, "only ok will do"),
        ("`errors` | nope", UnsupportedError, 11, "nope"),
        ("| savedsearch gone", MissingError, 14, "saved search 'gone' not found"),
        ("| loadjob 1", MissingError, 10, "job '1' not found"),
        ('* | map search="search x=$none$"', RuntimeSplError, 8, "none"),
        ("* [search host=a | return $host] | nope", UnsupportedError, 35, "nope"),
        ("| multisearch [search a | stats count] [search b]", SplSyntaxError, 15, "streaming"),
        ("| makeresults bogus=1", UnsupportedError, 14, "bogus"),
        ("* ```open", SplSyntaxError, 2, "comment"),
    ],
)
def test_faulty_search_is_refused_with_kind_and_place(
    search: str, error: type[SplError], position: int, part: str
) -> None:
    with pytest.raises(error) as caught:
        answer(search, ROWS, KNOWLEDGE)
    assert part in caught.value.message
    assert caught.value.position == position


def test_subsearch_beyond_its_limit_is_cut_with_a_message() -> None:
    context = context_of(ROWS)
    context.limits.subsearch_rows = 2
    rows = list(engine.run("[search * | table host] | table host", context).rows)
    assert [row["host"] for row in rows] == ["a", "b"]
    assert "maxout 2" in context.messages[0].text


def test_map_beyond_maxsearches_says_so() -> None:
    context = context_of(ROWS)
    assert len(list(engine.run('* | map maxsearches=2 search="search host=$host$"', context).rows)) == 2
    assert "maximum (2)" in context.messages[0].text


def test_cancelled_search_stops() -> None:
    context = context_of(ROWS)
    context.cancelled = lambda: True
    with pytest.raises(RuntimeSplError, match="cancelled"):
        list(engine.run("*", context).rows)


def test_rows_are_streamed(run: Callable[..., list[Row]]) -> None:
    context = context_of([{"host": str(number)} for number in range(5000)])
    rows = engine.run("* | eval x=1 | where x=1", context).rows
    assert next(rows) == {"host": "0", "x": 1}


def test_check_parses_nested_pipelines_without_running_them() -> None:
    context = context_of([])
    assert engine.check("* [search a | return b] | append [search b] | stats count", context) == [
        "search",
        "append",
        "stats",
    ]
    with pytest.raises(UnsupportedError):
        engine.check("* | append [search b | nope]", context)


@pytest.mark.parametrize(
    "search", [f"* | return {10**30} $host", f"* | format maxresults={10**30}", f"* | tail {10**30}"]
)
def test_huge_count_means_all_rows(search: str) -> None:
    assert answer(search, ROWS)
