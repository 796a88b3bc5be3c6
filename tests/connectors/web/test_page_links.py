"""Links and hidden fields of pages that are made to keep their reader busy, and patterns that never end."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.intake.errors import FileError
from minerva.intake.facts.web import http_problems
from minerva.intake.formats.limits import Limits
from minerva.intake.web.links import hidden_fields, linked

STRICT = Limits(seconds=0.1)
"""What ends none of these pages and patterns would end: the system counts in whole seconds, so each takes one."""
ENDLESS_PAGE = b"<" * 6_000_000
ENDLESS_LINK = b'<a href="' + b"a" * 60 + b'!">'


@pytest.mark.parametrize("body", [ENDLESS_PAGE, b'<a href="/list.csv">' + ENDLESS_PAGE])
def test_a_page_that_keeps_its_parser_busy_ends_in_a_word(body: bytes) -> None:
    for ask in (lambda: linked(body, pattern="csv", limits=STRICT), lambda: hidden_fields(body, limits=STRICT)):
        with pytest.raises(FileError) as caught:
            ask()
        assert caught.value.code in ("links_slow", "fields_slow")


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"(a|a)*$", r"(.*a){25}$"])
def test_a_pattern_that_never_ends_ends_in_a_word(pattern: str) -> None:
    with pytest.raises(FileError, match="takes more than") as caught:
        linked(ENDLESS_LINK, pattern=pattern, limits=STRICT)
    assert caught.value.code == "links_slow"


def test_what_is_no_pattern_is_told_before_anything_is_fetched() -> None:
    wrong: list[dict[str, Any]] = [
        {"find_link": {"page": "/", "pattern": "("}},
        {"path": "/", "paging": {"kind": "next_url", "pattern": "[a"}},
    ]
    for document in wrong:
        assert [problem.path[-1] for problem in http_problems({"base_url": "https://example.org", **document})] == [
            "pattern"
        ]
    with pytest.raises(FileError, match="no regular expression"):
        linked(b'<a href="x">', pattern="(")


def test_links_and_fields_are_read_as_they_stand() -> None:
    page = b'<form><input type=HIDDEN name="__VIEWSTATE" value=" a=b&amp;c "><input name=x></form><a href=" /1.csv ">\
        <area href="/2.csv"><a name=n><a href="/3.txt">'
    assert hidden_fields(page) == {"__VIEWSTATE": " a=b&c "}
    assert linked(page, pattern=r"\.csv$") == "/1.csv"
    assert linked(page, pattern=r"\.csv$", pick="last") == "/2.csv"
    assert linked(page, pattern=r"\.zip$") is None
