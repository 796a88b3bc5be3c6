"""References of HTML in a text: read as the sign they stand for, evidence on what is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.identifiers import extract
from minerva.identifiers.reading import Reading
from minerva.identifiers.references import resolved

NUMBERS = {
    "blanks by name": "212&nbsp;555&nbsp;0147",
    "blanks by number": "212&#160;555&#xA0;0147",
    "brackets": "(212)&nbsp;555-0147",
    "dashes": "212&ndash;555&#8211;0147",
    "digits": "&#50;&#49;&#50; 555 014&#55;",
    "dots between": "2&bull;1&bull;2&bull;5&bull;5&bull;5&bull;0&bull;1&bull;4&bull;7",
    "digit words": "two&nbsp;one&nbsp;two 555 0147",
    "nothing seen": "212&zwnj;555&shy;0147",
}


@pytest.mark.parametrize("written", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("kinds", [["phone"], None], ids=["phones", "all kinds"])
def test_a_number_is_found_with_its_references(written: str, kinds: list[str] | None) -> None:
    text = f"call {written}, ask for Mia"
    (item,) = extract(text, kinds=kinds, region="US")
    assert (item.identifier, item.raw, text[item.start : item.end]) == ("phone:+12125550147", written, written)


def test_other_kinds_are_found_beside_references() -> None:
    (item,) = extract("snap:&nbsp;jen_4u")
    assert (item.identifier, item.raw) == ("username:snapchat/jen_4u", "snap:&nbsp;jen_4u")


@pytest.mark.parametrize(
    "text", ["B&B at 5 &c; 7", "a&amp;b", "&#64;", "&#x1F4F1;", "&nbsp", "&#160 ;", "&#99999;", "&;"]
)
def test_what_is_no_reference_of_such_a_sign_stays(text: str) -> None:
    assert resolved(text) == text


@given(
    st.lists(st.sampled_from(["&nbsp;", "&#50;", "&", ";", "#", "&#xA0;", "5", "１", "a ", "&amp;", "&ndash;"])).map(
        "".join
    )
)
def test_every_position_stays(text: str) -> None:
    assert len(resolved(text)) == len(text)
    reading = Reading(text)
    for start in range(len(reading.text)):
        first, last = reading.span(start, start + 1)
        assert 0 <= first < last <= len(text)


def test_many_texts_at_once_are_read_as_one_by_one() -> None:
    phone_batch_numpy = pytest.importorskip("minerva.identifiers.phone_batch_numpy")
    texts = [f"call {written} now" for written in NUMBERS.values()] + ["B&B, call (312) 555-0188"]
    regions = ["US"] * len(texts)
    given_ = phone_batch_numpy.find_all(texts, regions).evidence(texts, "text")
    assert given_ == [extract(text, kinds=["phone"], region="US") for text in texts]
