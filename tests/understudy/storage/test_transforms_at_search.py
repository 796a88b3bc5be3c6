"""What transforms.conf says to lookup, inputlookup, join and extract of a search: matching, time, extractions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.staging import ADMIN, make_stage
from understudy.spl.errors import RuntimeSplError, UnsupportedError
from understudy.stage import Stage

TRANSFORMS = """
[bound]
filename = times.csv
time_field = start
time_format = %s
[window]
filename = times.csv
time_field = start
max_matches = 3
min_offset_secs = 100
max_offset_secs = 1200
[dated]
filename = days.csv
time_field = day
time_format = %Y-%m-%d
[networks]
filename = networks.csv
match_type = CIDR(net)
[first_network]
filename = networks.csv
match_type = CIDR(net)
max_matches = 1
[names]
filename = names.csv
match_type = WILDCARD(name)
case_sensitive_match = false
min_matches = 1
default_match = nobody
[plain]
filename = names.csv
[pairs]
REGEX = (\\w+)=(\\w+)
FORMAT = $1::$2
[parts]
DELIMS = "|", ":"
[broken]
FORMAT = $1::$2
"""
TABLES = {
    "times.csv": "k,start,v\na,1000,one\na,2000,two\nb,1500,bee\n",
    "days.csv": "k,day,v\na,2023-11-13,monday\na,2023-11-01,first\n",
    "networks.csv": "net,zone\n10.0.0.0/8,wide\n10.1.0.0/16,narrow\n2001:db8::/32,six\n",
    "names.csv": "name,v\n*.example.com,sub\nmail*,mail\n",
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    home: Path = tmp_path_factory.mktemp("transforms") / "home"
    with make_stage(home) as made:
        app = home / "etc" / "apps" / "search"
        (app / "lookups").mkdir()
        (app / "default" / "transforms.conf").write_text(TRANSFORMS, encoding="utf-8")
        for name, text in TABLES.items():
            (app / "lookups" / name).write_text(text, encoding="utf-8")
        made.conf.reload()
        yield made


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        pytest.param('eval _time=999, k="a" | lookup bound k OUTPUT v | table v', [{}], id="before-the-first"),
        pytest.param('eval _time=1999, k="a" | lookup bound k OUTPUT v | table v', [{"v": "one"}], id="nearest"),
        pytest.param('eval _time=2000, k="a" | lookup bound k OUTPUT v | table v', [{"v": "two"}], id="from-its-time"),
        pytest.param('eval k="a" | fields - _time | lookup bound k OUTPUT v | table v', [{}], id="without-time"),
        pytest.param(
            'eval _time=1, at=1600, k="b" | lookup event_time_field=at bound k | table v start',
            [{"v": "bee", "start": "1500"}],
            id="other-time-field",
        ),
        pytest.param('eval _time=1099, k="a" | lookup window k OUTPUT v | table v', [{}], id="min-offset"),
        pytest.param(
            'eval _time=2150, k="a" | lookup window k OUTPUT v | table v', [{"v": ["two", "one"]}], id="newest-first"
        ),
        pytest.param('eval _time=3201, k="a" | lookup window k OUTPUT v | table v', [{}], id="max-offset"),
        pytest.param(
            'eval _time=1700000000, k="a" | lookup dated k OUTPUT v | table v', [{"v": "monday"}], id="time-format"
        ),
        pytest.param(
            'eval ip="10.1.2.3" | lookup networks net as ip OUTPUT zone | table zone',
            [{"zone": ["wide", "narrow"]}],
            id="cidr",
        ),
        pytest.param(
            'eval ip="10.1.2.3" | lookup first_network net as ip OUTPUT zone | table zone',
            [{"zone": "wide"}],
            id="max-matches-in-file-order",
        ),
        pytest.param(
            'eval ip="2001:db8::7" | lookup networks net as ip OUTPUT zone | table zone', [{"zone": "six"}], id="cidr-6"
        ),
        pytest.param(
            'eval h="A.EXAMPLE.com" | lookup names name as h OUTPUT v | table v', [{"v": "sub"}], id="wildcard"
        ),
        pytest.param('eval h="other" | lookup names name as h | table v', [{"v": "nobody"}], id="default-match"),
        pytest.param('eval h="mail" | lookup plain name as h OUTPUT v | table v', [{}], id="exact-by-default"),
        pytest.param('eval k="a" | join k max=0 lookup:times.csv | table v', [{"v": "one"}, {"v": "two"}], id="join"),
        pytest.param('eval _raw="x=1 y=2" | extract pairs | table x y', [{"x": "1", "y": "2"}], id="extract-regex"),
        pytest.param('eval _raw="x:1|y:2" | kv parts | table x y', [{"x": "1", "y": "2"}], id="extract-delims"),
        pytest.param(
            'eval _raw="x=1 x=2" | extract mv_add=true pairs | table x', [{"x": ["1", "2"]}], id="extract-option-wins"
        ),
    ],
)
def test_transform_answers_as_its_stanza_says(stage: Stage, search: str, expected: list[dict[str, object]]) -> None:
    assert [dict(row) for row in stage.search(f"| makeresults | {search}", ADMIN).rows] == expected


@pytest.mark.parametrize(
    ("search", "error", "message"),
    [
        pytest.param("extract nosuch", UnsupportedError, "no transform 'nosuch'", id="unknown"),
        pytest.param("extract broken", RuntimeSplError, "neither REGEX nor DELIMS", id="unusable"),
    ],
)
def test_extraction_that_cannot_be_used_is_an_error(
    stage: Stage, search: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        list(stage.search(f"| makeresults | {search}", ADMIN).rows)
