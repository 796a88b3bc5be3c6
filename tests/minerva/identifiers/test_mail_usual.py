"""Addresses that are read in one go are those that reading part by part finds, and so are hosts that surely end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import extract, mail_around, mail_hosts
from minerva.identifiers.evidence import Evidence

LOCALS = st.sampled_from(
    ["oaktiles", "oak.tiles7", "oak_tiles", "oak..tiles", ".oaktiles", "oaktiles.", "o.a.k.t.i", "oak", "12345", "git",
     "between", "OakTiles", "oaknospam", "remove.oak", "oak+tag", "oak'tiles", "-oak-", "hotm", "a" * 66, "info", "é"]
)  # fmt: skip
HOSTS = st.sampled_from(
    ["mail.example", "example.com", "gmail.com", "GMAIL.com", "gma1l.com", "il.com", "x.example", "mail.example.com",
     "nospammail.example", "mail.invalid", "example", "mail.example.Call", "yahoo.co.uk", "a-b.example", "hoo.com"]
)  # fmt: skip
BEFORE = st.sampled_from(
    ["", "write to ", "mail: ", "mailto:", "https://", "(", " (", "@", "x@", "underscore ", "oak underscore ", "(7) ",
     "7) ", "dot ", "oak dot ", "<", "|", "é", "\u0430", "a b c ", "oak_", "\n"]
)  # fmt: skip
BEHIND = st.sampled_from(
    ["", ".", " now", ". Call", ", it is", " dot com", ".com", "@x", ")", " (remove the dots)", ":22", " d", "...",
     " ,com", "\n", " punto it", "\u00e9", "_", " - ", " (dot) uk"]
)  # fmt: skip


def found(text: str) -> list[Evidence]:
    return extract(text, kinds=["email"])


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(BEFORE, LOCALS, st.sampled_from(["@", "@", "@", "@@", " @ "]), HOSTS, BEHIND), max_size=2))
def test_an_address_read_in_one_go(parts: list[tuple[str, ...]]) -> None:
    text = " ".join("".join(part) for part in parts)
    fast = found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail_around, "as_usual", lambda *_: None)
        assert found(text) == fast


BRACKETS = st.sampled_from(["(]", "()", "[]", "{}"])
BLANKS = st.sampled_from(["", "", " ", " ", "  ", "\n"])
NAMES = st.sampled_from(
    ["oaktiles", "oak.tiles7", "oak_tiles", "oak..tiles", "oaktiles.", "o.a.k.t.i", "oak", "12345", "seven", "forty",
     "between", "OakTiles", "oaknospam", "oak+tag", "oak'tiles", "oak-tiles", "twenty-one", "firstname", "é", "oakxoak"]
)  # fmt: skip
LABELS = st.lists(
    st.sampled_from(["mail", "example", "com", "gmail", "gma1l", "g-mail", "hotmial", "hottmail", "yahoo", "co", "br",
                     "uk", "il", "x", "invalid", "c0m", "ru", "nospam", "gmx", "de"]), min_size=1, max_size=4
)  # fmt: skip
BEHIND_HOST = st.sampled_from(
    ["", ".", " now", ". Call", ", it is", " dot com", "(dot)com", "[dot] com", " br", " uk now", "@x", ")",
     " [.] net", ". 60 min", " 60", "...", " ,com", ". com", "\n", " punto it", "\u00e9", "_", " no spaces",
     ", no dots", " point fr"]
)  # fmt: skip


@pytest.mark.full
@settings(max_examples=3000, deadline=None)
@given(BEFORE, NAMES, BLANKS, BRACKETS, BLANKS, st.sampled_from(["at", "@", "AT", "a"]), LABELS,
       st.sampled_from(["dot", ".", "Dot", "punto"]), BEHIND_HOST)  # fmt: skip
def test_an_address_with_its_signs_in_brackets_read_in_one_go(
    before: str, name: str, blank: str, brackets: str, other: str, sign: str, labels: list[str], dot: str, behind: str
) -> None:
    opened, closed = brackets[0], brackets[-1]
    dots = f"{other}{opened}{dot}{closed}{other}".join(labels)
    text = f"{before}{name}{blank}{opened}{sign}{closed}{blank}{dots}{behind}"
    fast = found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail_around, "as_bracketed", lambda *_: None)
        assert found(text) == fast


SIGNS = st.sampled_from(
    [" ", "  ", ".", ". ", ",", ", ", "(", ") ", "[", "#", "-", "_", "\n", " .", "*", "<", "&", "%"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["com", "it", "dot", "punto", "pt", "period", "call", "now", "7", "d", "x", "kropka", "ex", "co"]
)  # fmt: skip


HANDLES = st.sampled_from(
    ["503 555 0142", "(206) 555-0157", "+1 206 555", "206-555-0157", "1 6 3", "163", "https://x.example", "insta @oak7",
     "oak7@mail.example", "gmail", "oak7", "gmail7", "yahoo1. com", "oak7 . com", "163 com", "12 34 . com", "é7", "x7"]
)  # fmt: skip
NEXT = st.sampled_from(["", ".", ". Call", ". reach us", ". com now", " info", ". \u00e9t\u00e9", " dot com", ".com"])


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(["reach us at ", "jen_4u at ", "insta @", "jen_4u @", "@", "Call: @"]), HANDLES, NEXT, BEHIND)
def test_where_no_host_stands_none_is_looked_for(before: str, handle: str, after: str, behind: str) -> None:
    text = f"{before}{handle}{after}{behind}"
    fast = found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail_around, "_NO_HOST", NOTHING)
        patch.setattr(mail_around, "_HANDLE", NOTHING)
        assert found(text) == fast


NOTHING = re.compile("(?!)")


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(SIGNS, WORDS), max_size=3).map(lambda parts: "".join(map("".join, parts))))
def test_what_a_host_surely_ends_before_is_no_dot(behind: str) -> None:
    if behind[:1] in mail_hosts._MAY_GO_ON and mail_hosts._GOES_ON.match("mail.example" + behind, 12) is not None:
        assert mail_hosts.may_go_on(behind[:4])
