"""Texts with several numbers: of those found, what is left tells whether a further one can be hidden in another way."""

from __future__ import annotations

import pytest

from minerva.identifiers import Evidence, extract, phone_gates

FIRST = {
    "plain": "(312) 555-0188",
    "spaced": "3 1 2 5 5 5 0 1 8 8",
    "fullwidth": "３１２５５５０１８８",
    "circled": "③ ① ② ⑤ ⑤ ⑤ ⓪ ① ⑧ ⑧",
    "stars": "312*555*0188",
}
SECOND = {
    "letter between digits": "2o2-555-0147",
    "letters behind digits": "202-555-01l7",
    "pictures between digits": "2🌸0🌸2🌸5🌸5🌸5🌸0🌸1🌸4🌸7",
    "stars": "202*555*0147",
    "glued words": "2zero2-555-0one47",
    "words": "two zero two five five five zero one four seven",
}


def numbers(text: str) -> set[str]:
    return {item.value for item in extract(text, kinds=["phone"], region="US")}


@pytest.mark.parametrize("second", SECOND.values(), ids=SECOND)
@pytest.mark.parametrize("first", FIRST.values(), ids=FIRST)
def test_a_number_hidden_in_another_way_than_the_first_is_found(first: str, second: str) -> None:
    found = numbers(f"call {first} or text {second}, ask for Mia")
    assert "+13125550188" in found
    assert len(found) == 2


TOLD = "Late? Book at {} or at the desk, {} guests since 2019. Ends 2026-10-08. Text jen.mia@example.com"


@pytest.mark.parametrize("first", FIRST.values(), ids=FIRST)
def test_where_nothing_hints_at_a_further_number_the_answer_is_that_of_all_readings(
    first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TOLD.format(first, "6,000")
    gated = extract(text, kinds=["phone"], region="US")
    monkeypatch.setattr(phone_gates, "every_reading", True)
    everything: list[Evidence] = extract(text, kinds=["phone"], region="US")
    assert gated == everything
    assert [item.value for item in gated] == ["+13125550188"]
