"""Confidence: what is given with a find is how often finds of its way were right."""

from __future__ import annotations

import random

import pytest

from minerva.identifiers import extract, extract_each, sureness
from minerva.identifiers.annotate import Options, Search
from minerva.identifiers.tables import table

WAYS = table("confidence")["ways"]
ALIKE = {
    "way": ("call 415-555-0123", "phone digits 0.95 labelled"),
    "no word before it": ("I am in Austin. 415-555-0123", "phone digits 0.95"),
    "in one row": ("I am in Austin. 4155550123", "phone digits 0.9"),
    "behind a plus sign": ("I am in Austin. +1 415-555-0123", "phone digits 0.98"),
    "in two parts": ("call 832 (leave a note) 555 (thanks) 0199", "phone split 0.55"),
    "an address": ("jen (at) example [dot] com", "email brackets 0.95"),
    "a name": ("ig: jen_4u", "username platform_word 0.92"),
    "a page": ("see https://spa.example/jen", "url plain 0.97"),
    "a payment tag": ("CashApp $JenSpa22", "payment_tag service_word 0.97"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "way"), ALIKE.values(), ids=list(ALIKE))
def test_a_find_is_given_with_the_confidence_of_its_way(text: str, way: str) -> None:
    kind = way.partition(" ")[0]
    (found,) = extract(text, kinds=[kind], region="US")
    assert found.confidence == WAYS[way]["given"]


@pytest.mark.parametrize(("text", "way"), ALIKE.values(), ids=list(ALIKE))
def test_each_path_gives_the_same(text: str, way: str) -> None:
    kind = way.partition(" ")[0]
    (found,) = extract(text, kinds=[kind], region="US")
    assert extract_each([text, ""], kinds=[kind], regions=["US", None]) == [[found], []]
    assert [item for item in extract(text, region="US") if item.kind == kind] == [found]
    cells = Search(Options(("text",), (kind,), "US", None, 0.0)).added_cells([[text]], ["text"], ["US"])
    assert found.to_json().replace('"', '""') in cells[0]


def test_a_word_that_announces_makes_a_bare_row_of_digits_surer() -> None:
    (bare,) = extract("I am in Austin. 4155550123", kinds=["phone"], region="US")
    (told,) = extract("I am in Austin. Call 4155550123", kinds=["phone"], region="US")
    assert bare.confidence + 0.2 < told.confidence


def test_a_rule_that_was_never_counted_gives_what_it_states() -> None:
    (found,) = extract("📷 = jen_4u", kinds=["username"])
    assert sureness.given("username", "camera", 0.6) == 0.6
    assert found.confidence == 0.6


def test_whatever_a_rule_states_confidence_is_a_share() -> None:
    chance = random.Random(211)
    stated = [-1.0, 0.0, 1.0, 2.11, 1e9, *(chance.uniform(-3, 3) for _ in range(200))]
    for way in WAYS:
        kind, method, *_ = way.split(" ")
        assert all(0 <= sureness.given(kind, method, each) <= sureness.MOST for each in stated)
    assert all(0 <= told["given"] <= sureness.MOST for told in WAYS.values())


def test_no_find_that_counted_is_hidden_by_what_is_given() -> None:
    """From one half on finds are shown and linked; what rules state of every way counted is that much."""
    assert {way for way, told in WAYS.items() if told["given"] < 0.5 <= float(way.split(" ")[2])} == set()
