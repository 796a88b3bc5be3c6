"""What keeps a text from a reading never keeps one from it that would find something."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import digit_runs, digit_stretches, telling_words
from minerva.identifiers.phone_shapes import BEFORE, KINDS

SIGNS = st.text(alphabet="0123456789" * 3 + "*_- .:'\"$/a", max_size=60)
COLONS = re.compile(
    rb"[0-9](?:[0-9]+::?[0-9]{2,4}::?[0-9]{2,4}::?[0-9]|[0-9]{2}::?[0-9]{3}::?[0-9]{3}"
    rb"|::?[0-9]::?[0-9](?: ?::? ?[0-9]){3}| ::? [0-9]{1,4} ::? [0-9]{1,4}(?![0-9]))"
)
NOTHING, IN_WORDS, IN_PARTS, IN_ORDER, ANYTHING = (
    0, telling_words.IN_WORDS, telling_words.IN_PARTS, telling_words.IN_ORDER, telling_words.ANYTHING,
)  # fmt: skip
TOLD = [
    ("rooms to let near the river", NOTHING),
    ("call five", ANYTHING),
    ("mail dot example", NOTHING),
    ("555 dot 0123", IN_WORDS),
    ("the offer begins on Monday", IN_PARTS),
    ("the offer ends on Monday", IN_PARTS | telling_words.IN_PLACES),
    ("415 then 555", IN_WORDS | IN_PARTS),
    ("written backwards", IN_ORDER),
]


@settings(max_examples=500, deadline=None)
@given(SIGNS | st.text(alphabet="01* é", max_size=60))
def test_odd_runs_are_looked_for_where_the_whole_pattern_matches(text: str) -> None:
    kinds = b" " * BEFORE + text.encode().translate(KINDS)
    pattern = re.compile(r"[0-9](?:[\W_]{0,7}[0-9]){6,40}")
    assert list(digit_runs._odd_spans(text, kinds)) == [match.span() for match in pattern.finditer(text)]


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="012::- ", max_size=30))
def test_digits_between_colons_are_found_from_their_colons_on(text: str) -> None:
    assert digit_runs._may_be_between_colons(text.encode()) == (COLONS.search(text.encode()) is not None)


@pytest.mark.parametrize(("text", "what"), TOLD, ids=[text for text, _ in TOLD])
def test_words_tell_of_what_can_be_hidden(text: str, what: int) -> None:
    assert telling_words.told(text.encode()) == what


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["x", "5", "dot", "dash", "then", "after", "zwei", "ling", "wu", "no", "fivefive",
                                 "zer0", "one", "of", "backwards", ""]), max_size=12).map(" ".join))  # fmt: skip
def test_no_search_for_digit_words_is_left_out_that_would_begin(text: str) -> None:
    encoded = text.encode()
    if digit_stretches.opened_by(encoded, encoded, found=False) is not None:
        assert telling_words.told(encoded) & IN_WORDS
