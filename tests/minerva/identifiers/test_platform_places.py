"""The places where a platform may be named are found sooner, and are the ones that the expressions find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers.platform_names import (
    WORDS_BY_KEY,
    bare_name_pattern,
    signed_name_pattern,
    word_pattern,
)
from minerva.identifiers.platform_places import next_match, places
from minerva.identifiers.reading import Reading

WORDS = sorted({word for words in WORDS_BY_KEY.values() for word in words})
PIECES = st.sampled_from(
    [*WORDS, "jen_4u", "@jen_4u", " on ", " at my ", " (", ") ", ": ", " - ", "/", " ", "  ", ".", "-", "\n", " in ",
     "К",
     "в", " у ", "é", "İ", "ı", "ſ", "K", "微信", "👻", "my ", "SNAP", "Insta", "tele\u00adgram", "only-FANS", "i.G"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def every_match(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for position in range(len(text)) if (match := pattern.match(text, position)) is not None]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(WORDS))
def test_places_hold_every_match_of_the_expressions(text: str, word: str) -> None:
    reading = Reading(text)
    word_first = word_pattern(word, not reading.normal)
    name_first, bare_first = signed_name_pattern(word), bare_name_pattern(word)
    found = places(reading, word)
    wanted = every_match(word_first, reading.text)
    if found is None:
        assert wanted == []
        assert name_first.search(reading.text) is None
        assert bare_first.search(reading.text) is None
        return
    if not found.may_follow:
        assert bare_first.search(reading.text) is None
    seen = []
    match = next_match(word_first, reading.text, found.starts, 0)
    while match is not None:
        seen.append(match.span())
        match = next_match(word_first, reading.text, found.starts, match.start() + 1)
    assert seen == wanted


@pytest.mark.parametrize("text", ["kik jen_4u", "add me: KIK", "jen_4u on kik"])
def test_a_named_platform_has_places(text: str) -> None:
    assert places(Reading(text), "kik") is not None


def test_a_word_within_another_sign_is_tried_and_the_rest_is_not() -> None:
    found = places(Reading("snap me, s-c too, s x c"), "s c")
    assert found is not None
    assert found.starts is not None
    assert list(found.starts) == [9]
