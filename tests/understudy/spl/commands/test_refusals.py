"""What is not supported or not well written is refused with its place, never passed over."""

from __future__ import annotations

import pytest

from tests.understudy.spl.commands.bench import search
from understudy.spl.errors import SplError, SplSyntaxError, UnsupportedError

UNSUPPORTED = [
    ("| stats prestats=t count", "prestats"),
    ("| stats nonsense(x)", "nonsense"),
    ("| stats rate_avg(x)", "rate_avg"),
    ("| stats per_minute(x)", "per_minute"),
    ("| stats foo=1 count", "foo"),
    ("| head foo=1", "foo"),
    ("| sort foo=1 a", "foo"),
    ("| dedup a foo=t", "foo"),
    ("| top foo=1 a", "foo"),
    ("| bin foo=1 a", "foo"),
    ('| rex foo=1 "(?<a>b)"', "foo"),
    ("| collect index=a spool=f", "spool"),
    ("| extract my-stanza", "my-stanza"),
    ("| convert frobnicate(x)", "frobnicate"),
    ("| timechart start=1 count", "start"),
]
MALFORMED = [
    "| stats",
    "| stats count by",
    "| stats avg(x+1)",
    "| stats count by a*",
    "| table",
    "| fields",
    "| head -1",
    "| head a",
    "| sort",
    "| dedup 0 a",
    "| rename a",
    "| rename a* as b",
    "| rename a as b*",
    "| replace a",
    '| regex a="("',
    '| rex "no group"',
    '| rex mode=sed "x/y/z/"',
    "| bin span=log1 a",
    "| bin span=7log5 a",
    "| bin bins=1 a",
    "| makemv",
    "| mvexpand",
    "| xyseries a b",
    "| untable a b",
    "| transpose x",
    "| chart",
    "| timechart",
    "| timechart count by a where sum in middle5",
    "| foreach a",
    "| foreach mode=multivalue a b [eval c=1]",
    "| convert",
    "| gentimes",
    "| lookup users",
    "| collect",
    "| fieldformat a",
    "| strcat a",
    "| spath output=x",
    "| uniq a",
    "| streamstats time_window=x count",
]


@pytest.mark.parametrize(("spl", "named"), UNSUPPORTED, ids=[spl for spl, _ in UNSUPPORTED])
def test_unsupported_option_or_function_is_named_with_its_place(spl: str, named: str) -> None:
    with pytest.raises(UnsupportedError, match=named) as caught:
        search([{"a": 1}], spl)
    assert caught.value.position is not None


@pytest.mark.parametrize("spl", MALFORMED)
def test_malformed_arguments_are_a_syntax_error_with_a_place(spl: str) -> None:
    with pytest.raises(SplSyntaxError) as caught:
        search([{"a": 1}], spl)
    assert caught.value.position is not None


def test_too_many_buckets_end_with_a_message() -> None:
    with pytest.raises(SplError, match="buckets"):
        search([{"_time": 0}, {"_time": 10_000_000}], "| timechart span=1s count")
