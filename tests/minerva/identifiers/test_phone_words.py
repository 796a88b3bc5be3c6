"""Numbers in words as people say them, and rows of numbers that are no phone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import digit_stretches, extract
from minerva.identifiers.phone_tokens import Token

SAID = [
    ("US", "fouronefivefivefivefivezeroonetwothree", "+14155550123"),
    ("US", "4 one 5 - five 5 five - oh 1 two 3", "+14155550123"),
    ("US", "four won five 555 oh won two three", "+14155550123"),
    ("US", "415 dot 555 dot 0123", "+14155550123"),
    ("US", "415 then 555 then 0123", "+14155550123"),
    ("US", "415 five hundred fifty five 0123", "+14155550123"),
    ("US", "sì yī wǔ wǔ wǔ wǔ líng yī èr sān", "+14155550123"),
    ("US", "четири едно пет пет пет пет нула едно две три", "+14155550123"),
    ("US", "чотири один п'ять п'ять п'ять п'ять нуль один два три", "+14155550123"),
    ("US", "whatsapp://send?phone=14155550123", "+14155550123"),
    ("GB", "oh double seven double oh nine double oh one two three", "+447700900123"),
    (None, "plus four four seven seven double oh nine double oh one two three", "+447700900123"),
    ("FR", "zéro un quatre-vingt-dix-neuf zéro zéro dix-sept vingt et un", "+33199001721"),
]
NONE = [
    ("US", "1 2 3 4 5 6 7 8 9 10"),
    ("US", "one two three four five six seven eight nine ten"),
    ("US", "EU 36 37 38 39 40 41"),
    ("US", "order no. 415-555-0123"),
    ("US", "CPF 123.456.789-09"),
    ("US", "photo-415-555-0123.png"),
    ("DE", "20241231T183000"),
    ("DE", "2023/2024"),
    ("DE", "9876543210 units"),
    ("DE", "score 21-15 21-18 15-12"),
    ("GB", "bingo 12 34 56 78 90"),
    ("US", "1 to 2 to 3 to 4 to 5"),
]


@pytest.mark.parametrize(("region", "text", "number"), SAID, ids=lambda value: str(value))
@pytest.mark.parametrize("around", ["{}", "Hi, {} call me"], ids=["alone", "within"])
def test_a_number_in_words_is_read(region: str | None, text: str, number: str, around: str) -> None:
    found = extract(around.format(text), kinds=["phone"], region=region)
    assert [item.value for item in found] == [number]


@pytest.mark.parametrize(("region", "text"), NONE, ids=lambda value: str(value))
def test_a_row_of_numbers_is_no_phone(region: str, text: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


def test_a_number_without_its_trunk_prefix_counts_where_a_word_announces_it() -> None:
    (found,) = extract("call 7700 900123", kinds=["phone"], region="GB")
    assert found.value == "+447700900123"
    assert extract("set of 7700 900123", kinds=["phone"], region="GB") == []


PIECES = st.sampled_from(
    ["one", "two", "five", "oh", "to", "No", "cinco", "девять", "п'ять", "415", "5", "four1", "4🌸1🌸5", "x", "é",
     "and", ",", ".", " ", " ", " ", "\n", "-", "🌸", "dash", "\ud800"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_stretches_of_long_texts_are_placed_as_in_short_ones(text: str) -> None:
    encoded = text.encode("utf-8", "surrogatepass")
    placed = _placed(text, encoded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digit_stretches, "_MANY", 0)
        assert _placed(text, encoded) == placed
    assert all(0 <= start < end <= len(text) for start, end, _ in placed)


def _placed(text: str, encoded: bytes) -> list[tuple[int, int, list[Token] | None]]:
    """Each stretch with the tokens of its run."""
    placed = digit_stretches.places(text, encoded, encoded, False)
    return [(start, end, None if run is None else run.tokens) for start, end, run in placed]


def test_every_stretch_of_a_long_text_is_placed() -> None:
    text = "one two three x " * 20_000
    assert len(digit_stretches.places(text, text.encode(), text.encode(), False)) == 20_000
