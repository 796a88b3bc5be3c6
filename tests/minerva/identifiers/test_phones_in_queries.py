"""Phones that stand in a web address as the value of a name that only phones have."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, phone_texts

READ = {
    "in one row": ("https://example.com/call?tel=4155550123", "US", "+14155550123"),
    "in a sentence": ("see https://example.com/call?tel=4155550123 now", "US", "+14155550123"),
    "in groups": ("https://example.com/call?a=1&mobile=415-555-0123", "US", "+14155550123"),
    "in brackets": ("https://example.com/call?phone_number=(415)555-0123&b=2", "US", "+14155550123"),
    "with its trunk digit": ("https://example.com/call?wa=07700900123#x", "GB", "+447700900123"),
    "with its country code": ("https://example.com/call?WhatsApp=447700900123", "GB", "+447700900123"),
    "a country that the text tells": ("Austin, Texas: https://example.com/call?tel=4155550123", None, "+14155550123"),
}
NONE = (
    "https://example.com/call?id=4155550123",
    "https://example.com/call?ref=415-555-0123",
    "https://example.com/call?hotel=4155550123",
    "https://example.com/call?tel_id=4155550123",
    "https://example.com/tel/list?page=4155550123",
    "https://example.com/call?tel=4155550123456789012",
)  # fmt: skip


@pytest.mark.parametrize(("text", "region", "number"), READ.values(), ids=list(READ))
def test_a_number_under_a_name_for_phones_is_read(text: str, region: str | None, number: str) -> None:
    (found,) = extract(text, kinds=["phone"], region=region)
    assert found.value == number
    assert text[found.start : found.end] == found.raw
    assert [item.value for item in extract(text, region=region) if item.kind == "url"]


@pytest.mark.parametrize("text", NONE)
def test_a_number_under_another_name_is_none(text: str) -> None:
    assert extract(text, kinds=["phone"], region="US") == []


def test_many_texts_hold_the_same() -> None:
    pytest.importorskip("numpy")
    cases = [(text, region) for text, region, _ in READ.values()] + [(text, "US") for text in NONE]
    texts, regions = map(list, zip(*(cases * 20), strict=True))
    found = phone_texts.find_in_all(texts, regions).evidence(texts, "text")
    assert found == [extract(text, kinds=["phone"], region=region) for text, region in zip(texts, regions, strict=True)]
