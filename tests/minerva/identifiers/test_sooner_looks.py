"""What is looked at sooner says what the whole look says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import (
    lexicon,
    lookalike_runs,
    misspelled_words,
    phone_context,
    phone_parts,
    reversed_numbers,
    spans,
)

DIGITS_AND_SIGNS = st.text(alphabet="0123456789" * 4 + "    --//..:$€,+()T", max_size=50)
ALIKE = st.text(alphabet="0123456789" * 2 + "OolISsBbZ" * 2 + " .-()*", min_size=7, max_size=24)
SAID = ["three", "tree", "thrre", "one", "two", "won", "4", "555", "five", "fve", "house", "s.i.x", "zero",
        "zreo", "nine"]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(DIGITS_AND_SIGNS)
def test_blocks_are_those_of_all_patterns(text: str) -> None:
    found = list(phone_context.blocks(text, 0, len(text), ()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phone_context, "begun_before", {})
        patch.setattr(phone_context, "begun_otherwise", phone_context.NOT_PHONES)
        assert found == list(phone_context.blocks(text, 0, len(text), ()))


@settings(max_examples=500, deadline=None)
@given(ALIKE)
def test_letters_like_digits_are_read_as_with_care(text: str) -> None:
    def read() -> list[tuple[str, int, int, int]]:
        return [(run.digits, run.start, run.end, len(run.tokens)) for run in lookalike_runs.runs(f"call {text} now")]

    found = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookalike_runs, "known", {}.get)
        patch.setattr(lookalike_runs, "groups_of", lambda shape: lookalike_runs.CAREFULLY)
        assert found == read()


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="0123456789" * 2 + "OolISsBbZ|!" + "    --..()*~^_/" + "xN", max_size=60), st.integers(0, 9))
def test_ascii_texts_are_searched_for_letters_like_digits_as_all_are(text: str, start: int) -> None:
    quick, whole = lookalike_runs._ASCII_RUN, lookalike_runs._LOOKALIKE_RUN
    assert [match.span() for match in quick.finditer(text, start)] == [
        match.span() for match in whole.finditer(text, start)
    ]


@given(st.text(alphabet="aé€\U0001f338", max_size=30), st.lists(st.integers(0, 30), min_size=2, max_size=6))
def test_spans_in_bytes_hold_the_same_characters(text: str, places: list[int]) -> None:
    bounds = sorted(min(place, len(text)) for place in places)
    pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
    found = spans.in_bytes(text, pairs)
    assert [text.encode()[start:end].decode() for start, end in found] == [text[start:end] for start, end in pairs]


@pytest.mark.parametrize("mark", lexicon.REVERSED_NUMBERS)
def test_each_phrase_for_another_order_is_seen(mark: str) -> None:
    assert reversed_numbers._is_named(f"my number {mark} is")


@pytest.mark.parametrize("word", ["first", "THREES", "triple", "TR\u0130PLE", "\u017fevens"])
def test_words_are_seen_however_they_are_written(word: str) -> None:
    has_any = phone_parts.words_among(f"my {word} digits".encode())
    assert any(
        has_any(words)
        for words in (phone_parts._COUNTED_WORDS, phone_parts._PLURAL_FORMS, phone_parts._MULTIPLIER_FORMS)
    )


def _with_sure(chains: Iterator[list[misspelled_words._Member]]) -> list[list[misspelled_words._Member]]:
    return [chain for chain in chains if len(chain) > 2 and any(member.sure and member.is_word for member in chain)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SAID), min_size=3, max_size=14))
def test_chains_with_a_sure_word_are_in_the_stretches(words: list[str]) -> None:
    written = " ".join(words)
    row = [match.span() for match in misspelled_words._PIECE.finditer(written)]
    found = [
        chain
        for first, last in misspelled_words._stretches(written, row, "en")
        for chain in _with_sure(misspelled_words._chains(written, row[first:last], "en"))
    ]
    assert found == _with_sure(misspelled_words._chains(written, row, "en"))
