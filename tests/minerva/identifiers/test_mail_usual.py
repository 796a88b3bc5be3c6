"""Addresses that are read in one go are those that reading part by part finds, and so are hosts that surely end."""

from __future__ import annotations

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


SIGNS = st.sampled_from(
    [" ", "  ", ".", ". ", ",", ", ", "(", ") ", "[", "#", "-", "_", "\n", " .", "*", "<", "&", "%"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["com", "it", "dot", "punto", "pt", "period", "call", "now", "7", "d", "x", "kropka", "ex", "co"]
)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(SIGNS, WORDS), max_size=3).map(lambda parts: "".join(map("".join, parts))))
def test_what_a_host_surely_ends_before_is_no_dot(behind: str) -> None:
    if behind[:1] in mail_hosts._MAY_GO_ON and mail_hosts._GOES_ON.match("mail.example" + behind, 12) is not None:
        assert mail_hosts._may_go_on[behind[:4]]
