"""Search expressions against rows. Source: Splunk 10.2 search command, Boolean expressions, segmenters.conf."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from tests.understudy.spl.core.conftest import NOW
from understudy.spl.errors import SplSyntaxError
from understudy.spl.search_expression import parse
from understudy.spl.search_match import compile_match
from understudy.spl.search_tree import And, Compare, Or, Term, TimeBound

ROW: dict[str, Any] = {
    "_time": NOW - 3600,
    "_raw": 'Failed login: user=bob ip=10.1.2.3 path="/a/b_c" msg="He said \\"hi\\" there"',
    "status": "404",
    "host": "Web-1",
    "mv": ["a", "b"],
    "ip": "10.1.2.3",
    "size": 1500,
    "index": "main",
    "q": 'say "hi"',
    "empty": "",
}

CASES = [
    ("", True),
    ("*", True),
    ("failed", True),
    ("FAILED login", True),
    ("fail", False),
    ("fail*", True),
    ("*ogin", True),
    ("bob", True),
    ("user", True),
    ("user=bob", False),
    ('"user=bob"', True),
    ("10.1.2.3", True),
    ("10.1", True),
    ("b_c", True),
    ('"failed login"', True),
    ('"login failed"', False),
    ('"led login"', False),
    ("TERM(user=bob)", True),
    ("TERM(bob)", False),
    ("TERM(10.1.2.3)", False),
    ("TERM(ip=10.1.2.3)", True),
    ("CASE(Failed)", True),
    ("CASE(failed)", False),
    ('"said \\"hi"', False),
    ("status=404", True),
    ('status="404"', True),
    ("status=404.0", False),
    ("status!=404", False),
    ("status>400", True),
    ("status>=404", True),
    ("status<404", False),
    ("size>200", True),
    ("size<1e4", True),
    ("host=web-1", True),
    ("host=WEB*", True),
    ("host=CASE(web-1)", False),
    ("host=*1", True),
    ("host=*", True),
    ("nope=*", False),
    ("NOT nope=*", True),
    ("nope!=1", False),
    ("NOT nope=1", True),
    ("mv=a", True),
    ("mv=b", True),
    ("mv=c", False),
    ("mv!=a", True),
    ("NOT mv=a", False),
    ("ip=10.0.0.0/8", True),
    ("ip=10.2.0.0/16", False),
    ("ip!=10.2.0.0/16", True),
    ("status IN (200, 404)", True),
    ("status IN (20*, 40*)", True),
    ("NOT status IN (404)", False),
    ('q="say \\"hi\\""', True),
    ('empty=""', True),
    ("s*=404", True),
    ("status=404 OR nope=1 nope=2", False),
    ("nope=2 status=404 OR nope=1", False),
    ("(nope=2 status=404) OR nope=1", False),
    ("status=404 AND (nope=1 OR host=web-1)", True),
    ("NOT status=404 OR host=web-1", True),
    ("NOT (status=404 OR host=web-1)", False),
    ("earliest=-2h", True),
    ("earliest=-30m", False),
    ("latest=-30m", True),
    ("index=main", True),
    ("index=*", True),
    ("index=_*", False),
    ("host::web-1", True),
    ("status = 404", True),
    ("NOT NOT status=404", True),
    ("( )", True),
    ("NOT ( )", False),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text or "empty" for text, _ in CASES])
def test_expression_matches_as_documented(text: str, expected: bool) -> None:
    assert compile_match(parse(text, 0, NOW, UTC))(ROW) is expected


def test_or_binds_tighter_than_the_implied_and() -> None:
    a, b, c = (Term(name, position=at) for name, at in (("a", 0), ("b", 2), ("c", 7)))
    assert parse("a b OR c", 0, NOW, UTC) == And((a, Or((b, c))))


def test_positions_count_from_the_start_of_the_search() -> None:
    assert parse("x=1", 40, NOW, UTC) == Compare("x", "=", "1", position=40)


def test_time_modifier_becomes_a_bound() -> None:
    assert parse("earliest=-1h", 0, NOW, UTC) == TimeBound("earliest", NOW - 3600, 0)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("(a", 0),
        ("a)", 1),
        ("a OR", 4),
        ("OR a", 0),
        ("a=", 2),
        ("=a", 0),
        ("a AND", 5),
        ("x IN ()", 0),
        ("earliest=rubbish", 9),
        ("a < > b", 4),
    ],
)
def test_malformed_expression_is_refused_with_its_place(text: str, position: int) -> None:
    with pytest.raises(SplSyntaxError) as caught:
        parse(text, 0, NOW, UTC)
    assert caught.value.position == position


def test_row_without_raw_matches_no_term() -> None:
    assert compile_match(parse("web", 0, NOW, UTC))({"host": "web"}) is False
