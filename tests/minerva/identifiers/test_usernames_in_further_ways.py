"""Usernames and payment tags told in ways found missing in the ninth to eleventh round of texts not seen before, with
prose that holds none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

TOLD = {
    "two at once": ("ig + tiktok both oak_tiles", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "a sign of money for a letter": ("T€L€GRAM @oak_tiles", ["telegram/oak_tiles"]),
}
NOTHING = {
    "an office and what it says": "discord hr: reply_within_24h",
    "a team and what it says": "telegram support team: open_24h",
    "both, of one": "snap both pics4you",
    "both, of one, with a colon": "snap both: pics4you",
}
TAGS = {
    "cut short": ("deposit by venmo or CA $oakandtiles", [("cashapp/oakandtiles", 0.6)]),
}
NO_TAGS = {
    "Canadian dollars": "venmo or CA $dollars",
    "a price": "deposit CA $monthly",
}


@pytest.mark.parametrize(("text", "names"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", ["{}", "Tiles laid, $20.\n{}\nWeekends too."], ids=["alone", "within"])
def test_a_name_is_read(text: str, names: list[str], around: str) -> None:
    whole = around.format(text)
    found = extract(whole, kinds=["username"])
    assert sorted(each.value for each in found) == names
    assert all(whole[each.start : each.end] == each.raw for each in found)


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_prose_holds_no_name(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


@pytest.mark.parametrize(("text", "tags"), TAGS.values(), ids=list(TAGS))
def test_a_payment_tag_is_read(text: str, tags: list[tuple[str, float]]) -> None:
    assert [(found.value, found.confidence) for found in extract(text, kinds=["payment_tag"])] == tags


@pytest.mark.parametrize("text", NO_TAGS.values(), ids=list(NO_TAGS))
def test_prose_holds_no_payment_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []
