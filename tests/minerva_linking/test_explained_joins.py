"""The joins and refusals that docs/linking.md explains come out as it says."""

from __future__ import annotations

import json

import pytest

from minerva.linking.__main__ import answer

Side = tuple[str, str, str]
JOINED: list[tuple[Side, Side]] = [
    (("Lantern House Playgroup", "Old Mill Centre", "BT99 8AY"), ("LANTERN HOUSE PLAYGROUP", "Ferry Road", "BT998AY")),
    (("Moon Hall LLC", "12 N Main St", ""), ("The Moon Hall", "12 North Main Street", "")),
    (("Tir-na-nog Playgroup", "60 Doagh Road", ""), ("Tirnanog Playgroup", "60 Doagh Road", "")),
    (("Grundvik Primary School, Belfast", "Hill", "QX1 1AB"), ("Grundvik Primary School", "Hill, Belfast", "QX1 1AB")),
    (("Oak Row Nursery", "21-23 Oak Row", ""), ("Oak Row Nursery", "23 Oak Row", "")),
    (("Rachel's Learning Center", "30 Elm St", ""), ("Easter Trust Rachel's Learning Center", "30 Elm St", "")),
    (("Copper Lantern", "5 Main Ave Unit 2", ""), ("Copper Lantern", "5 Main Ave", "")),
    (("St Mary's School", "4 Hill Road", "BT99 1AA"), ("St. Marys School", "Hill Road", "BT99 1AA")),
    (("Haus Luna", "Hauptstr. 12, 10115 Berlin", ""), ("Haus Luna", "Hauptstrasse 12, Berlin", "")),
]
REFUSED: list[tuple[Side, Side]] = [
    (("Copper Lantern Bakery", "12 Oak Street", "70201"), ("Copper Lantern Bakery", "880 Main Avenue", "70201")),
    (("Haybar Properties", "400 Elm St", ""), ("Rainwater Properties", "400 Elm St", "")),
    (("Ysgol Gynradd Amber", "A", "LL99 1AA"), ("Ysgol Gynradd Brant", "B", "LL99 2BB")),
    (("Sunny Day Care 1", "12 N Main St", ""), ("Sunny Day Care 2", "480 N Main St", "")),
]


def joined(one: Side, other: Side) -> bool:
    rows = [{"record_id": source, "source_id": source, "name": name, "address": address, "postcode": postcode}
            for source, (name, address, postcode) in zip("ab", (one, other), strict=True)]  # fmt: skip
    first, second = answer(map(json.dumps, rows))
    return bool(first["entity_id"] == second["entity_id"])


@pytest.mark.parametrize(("one", "other"), JOINED)
def test_what_the_page_says_is_joined_is(one: Side, other: Side) -> None:
    assert joined(one, other)


@pytest.mark.parametrize(("one", "other"), REFUSED)
def test_what_the_page_says_is_refused_is(one: Side, other: Side) -> None:
    assert not joined(one, other)
