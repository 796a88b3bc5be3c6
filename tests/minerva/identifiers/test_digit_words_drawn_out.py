"""Digit words misspelled, drawn out and glued together: what people write who hide a number, and what they do not."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, lexicon, word_roles

FOUND = {
    "vowels left out": ("sx zro fore - fve fivve fivve - ziro won svn two", "+16045550172"),
    "by ear": ("too oh sikks, faive fyv five, zerow wunn sevun ait", "+12065550178"),
    "more by ear": ("nign sicks sevun five five five zero one nyn tu", "+19675550192"),
    "capitals and dots": ("TU.ZERO.TWO.FVE.FIVE.F1VE.ZRO.OEN.SX.ONNE", "+12025550161"),
    "two letters each": ("two eeight ooone fiive fiiive fiiive zeeero ooone eight zero", "+12815550180"),
    "all drawn out": ("ttwoo zzeroo ttwoo fiivve fivvee ffive zzero oonee ffourr ssixx", "+12025550146"),
    "glued, a letter of two words": ("text twozeroonefivefivefivethreeeightnineeight", "+12015553898"),
    "glued, capitals": ("FiveEightOneFiveFiveFiveZeroOneNineOne", "+15815550191"),
    "glued in parts": ("on sixfivezero - fivefivefive - sevenfiveeighttwo", "+16505557582"),
}
NONE = [
    "svn co and svn up, three or four times, then svn st", "nein, nein, nein! seven days, nine to five", "aaa bbb ccc",
    "tu as deux ou trois amis, tu viens", "too soon, too late, two to one, ten to five", "off on off on off on off on",
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), FOUND.values(), ids=list(FOUND))
def test_a_number_in_odd_words_is_read(text: str, number: str) -> None:
    assert [item.value for item in extract(f"Rooms. {text}", kinds=["phone"], region="US")] == [number]


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("Chiamami al 3duezero-trecinque5-4417", "IT", "+393203554417"),
        ("TRÊSUM.9SETEMEIAUM6.1278", "BR", "+5531976161278"),
    ],
    ids=["Italian", "Portuguese"],
)
def test_short_words_glued_to_digits_are_read(text: str, region: str, number: str) -> None:
    assert [item.value for item in extract(text, kinds=["phone"], region=region)] == [number]


@pytest.mark.parametrize("text", NONE)
def test_words_alone_are_no_number(text: str) -> None:
    assert extract(text, kinds=["phone"], region="US") == []


@pytest.mark.parametrize("text", ["\u3012100-0001five5fiv", "\u3012100-0001five5five"])
def test_a_sign_glued_to_the_first_digits_of_glued_words_is_no_digit(text: str) -> None:
    assert extract(text, kinds=["phone"], region="GB") == []


def test_a_german_no_is_no_nine() -> None:
    text = "null eins sieben sechs fünf fünf fünf null eins zwei drei, nein danke"
    assert [item.value for item in extract(text, kinds=["phone"], region="DE")] == ["+491765550123"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("threeeight", ["three", "eight"]),
        ("threeeeight", ["threee", "eight"]),
        ("fiveeight", ["five", "eight"]),
        ("oneone", ["one", "one"]),
        ("fourought", []),
        ("fivefiver", []),
    ],
)
def test_words_glued_together_are_taken_apart_as_usual_ones(word: str, parts: list[str]) -> None:
    assert word_roles.chain_parts(word) == parts


@pytest.mark.parametrize("word", ["eeight", "oonnee", "fourr", "zzeroo"])
def test_a_word_with_letters_twice_means_its_digit(word: str) -> None:
    single = lexicon.MEANINGS["".join(letter for place, letter in enumerate(word) if word[place - 1 : place] != letter)]
    assert lexicon.MEANINGS[word]["en"] == single["en"]
