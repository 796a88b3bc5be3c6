"""Numbers written with the letters of a phone's keys."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

FOUND = {
    "1-800-MASSAGE": "+18006277243",
    "1-800-massages": "+18006277243",
    "212-555-RELX": "+12125557359",
    "(212) 555-RELX": "+12125557359",
    "+1 (212) 555-RELX": "+12125557359",
    "1-800-GO FEDEX": "+18004633339",
    "1-888-4-RELAX-U": "+18884735298",
    "877-CASH-NOW": "+18772274669",
    "1.800.MASSAGE": "+18006277243",
    "(800) RELAX-ME": "+18007352963",
}
NONE = ["ISO 900-123-TEST", "800 SQUARE FEET", "855 PEOPLE LIKE THIS", "1 800 PEOPLE CAME", "1-800-PEOPLE CAME",
        "1-800-MASSAGE-1", "order 800-ABCDEFG", "300 DOLLARS", "800 guests weekly", "2-212-555-RELX",
        "file 212-555-RELX.PDF"]  # fmt: skip


@pytest.mark.parametrize("written", FOUND)
def test_letters_are_read_as_keys(written: str) -> None:
    text = f"call {written} now"
    (item,) = extract(text, kinds=["phone"], region="US")
    assert (item.value, item.raw, item.method) == (FOUND[written], written, "keypad")
    assert item.confidence < 0.8


@pytest.mark.parametrize("text", NONE)
def test_other_words_behind_three_digits_are_no_number(text: str) -> None:
    assert extract(text, kinds=["phone"], region="US") == []


def test_keys_are_read_under_north_american_plans_alone() -> None:
    assert extract("call 212-555-RELX", kinds=["phone"], region="GB") == []


def test_many_texts_at_once_are_read_as_one_by_one() -> None:
    phone_batch_numpy = pytest.importorskip("minerva.identifiers.phone_batch_numpy")
    texts = [*FOUND, *NONE]
    regions = ["US"] * len(texts)
    given = phone_batch_numpy.find_all(texts, regions).evidence(texts, "text")
    assert given == [extract(text, kinds=["phone"], region="US") for text in texts]
