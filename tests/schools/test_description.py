"""Descriptions of uniforms in an analyst's words: what is understood, and that nothing said excludes a school."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.schools.description import Description, parse

WHOLE = (
    "navy blazer with gold lion on a shield, striped maroon and gold tie, says 'aspire', somewhere in Kent, secondary"
)
FACTS: dict[str, object] = {
    "name": "Ashford High School",
    "place": "Ashford",
    "county": "Kent",
    "phase": "Secondary",
    "garment": "blazer",
    "garment_color": "navy",
    "tie_colors": ["maroon", "gold"],
    "tie_pattern": "striped",
    "crest_shape": "shield",
    "charges": ["lion-head", "crown"],
    "motto": "Aspire Believe",
    "words": "",
}


def test_every_part_of_a_whole_description_is_understood() -> None:
    assert parse(WHOLE) == Description(
        garment="blazer",
        colors=("navy",),
        tie_colors=("maroon", "gold"),
        stripes="striped",
        crest_shape="shield",
        charges=("lion",),
        words=("aspire",),
        place="Kent",
        phase="secondary",
        crest_colors=("gold",),
    )


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("tie is maroon with gold stripes", {"tie_colors": ("maroon", "gold"), "stripes": "striped"}),
        ("dark green jumper, no tie", {"garment": "jumper", "colors": ("bottle",), "stripes": "none"}),
        (
            "Blazer: black. Tie: red, white and blue stripes.",
            {"garment": "blazer", "colors": ("black",), "tie_colors": ("red", "white", "blue"), "stripes": "striped"},
        ),
        (
            "child about 8 years old in a red sweatshirt",
            {"garment": "sweatshirt", "colors": ("red",), "phase": "primary"},
        ),
        ("near Castle Donington", {"place": "castle donington"}),
        ("from a primary in north Kent", {"place": "north Kent", "phase": "primary"}),
        (
            "burgundy v-neck jumper with grey skirt and white polo shirt",
            {"garment": "jumper", "colors": ("maroon",)},
        ),
        ("grey skirt and a royal blue cardigan", {"garment": "cardigan", "colors": ("royal",)}),
        ("motto per ardua ad astra; an eagle", {"words": ("per", "ardua", "ad", "astra"), "charges": ("eagle",)}),
        ("“St Mary’s” on the badge", {"words": ("st", "mary's")}),
        ("owl in a circle, in white", {"crest_shape": "round", "charges": ("owl",), "crest_colors": ("white",)}),
        (
            "the tie has diagonal red and black stripes and the blazer is bottle green with yellow piping",
            {"garment": "blazer", "colors": ("bottle",), "tie_colors": ("red", "black"), "stripes": "striped"},
        ),
        ("rhinoceros on a shield", {"crest_shape": "shield", "other": ("rhinoceros",)}),
        ("navy and gold", {"colors": ("navy", "gold")}),
        ("", {}),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_ways_of_saying_it(text: str, understood: dict[str, object]) -> None:
    assert {key: value for key, value in vars(parse(text)).items() if value} == understood


def test_the_described_school_scores_above_one_that_differs_in_one_part() -> None:
    described, _ = parse(WHOLE).score(FACTS)
    for key, other in {
        "garment": "jumper",
        "garment_color": "red",
        "tie_colors": ["royal", "white"],
        "charges": ["owl"],
        "crest_shape": "round",
        "phase": "Primary",
        "county": "Essex",
        "motto": "Per ardua",
    }.items():
        changed = {**FACTS, key: other} if key != "county" else {**FACTS, "county": "Essex", "place": "Harlow"}
        assert parse(WHOLE).score(changed)[0] < described, key


def test_what_differs_costs_and_excludes_nothing() -> None:
    score, reasons = parse(WHOLE).score({**FACTS, "garment": "jumper"})
    assert math.isfinite(score)
    assert score > 10
    assert "jumper, not blazer" in reasons


def test_missing_facts_count_nothing() -> None:
    assert parse(WHOLE).score({}) == (0, [])
    assert parse(WHOLE).score({"tie_colors": None, "charges": None, "name": ""}) == (0, [])


def test_a_school_without_a_tie_is_told_from_one_whose_tie_is_unknown() -> None:
    assert parse("maroon tie").score({"tie_colors": []})[0] < 0
    assert parse("no tie").score({"tie_colors": []})[0] > 0


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("burgundy jumper", "wine"),
        ("blue jumper", "royal blue"),
        ("mustard jumper", "gold"),
        ("grey jumper", "charcoal"),
    ],
)
def test_colors_are_compared_by_their_common_names(said: str, fact: str) -> None:
    assert parse(said).score({"garment_color": fact})[0] > 0
    assert parse(said).score({"garment_color": "pink"})[0] < 0


def test_a_misread_word_and_initials_are_found() -> None:
    assert parse("says 'aspre'").score(FACTS)[0] > 1
    assert "initials AHS" in parse("letters AHS").score(FACTS)[1]


def test_a_place_is_found_by_county_region_and_town() -> None:
    for said in ("in Kent", "in the South East", "near Ashford"):
        assert parse(said).score(FACTS)[0] > 1, said
    assert parse("in Scotland").score(FACTS)[0] == 0


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    score, reasons = parse(text).score(FACTS)
    assert math.isfinite(score)
    assert all(isinstance(reason, str) for reason in reasons)


def test_a_near_color_is_told_as_what_was_said_and_what_is_held() -> None:
    black = {"garment": "jumper", "garment_color": "black", "tie_colors": "black, gold"}
    assert "said grey, held black jumper" in parse("grey jumper").score(black)[1]
    assert "black jumper" in parse("black jumper").score(black)[1]
    assert "said grey and black, held tie black and gold" in parse("tie grey and black").score(black)[1]
    assert "tie black and gold" in parse("tie black and gold").score(black)[1]
