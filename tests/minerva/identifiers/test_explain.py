"""What an analyst sees of a pasted text: places, reasons, and requests that are refused without repeating the text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from minerva.identifiers import KINDS, extract
from minerva.identifiers.explain import MAX_CHARACTERS, WHY, BadRequest, explain
from tests.minerva.identifiers.test_emails import HIDDEN
from tests.minerva.identifiers.test_kinds import ROWS
from tests.minerva.identifiers.test_usernames import TOLD
from tests.minerva.test_identifiers import TEXTS

TEXT = "🌸 call four 1 five 555 oh 1 two 3 or jen_4u (at) example [dot] com, snap: jen 4 u"


def test_each_find_tells_its_place_and_the_reason() -> None:
    found = explain({"text": TEXT, "region": "us"})["identifiers"]
    assert [item["identifier"] for item in found] == [
        "phone:+14155550123",
        "email:jen_4u@example.com",
        "username:snapchat/jen4u",
    ]
    assert [TEXT[item["start"] : item["end"]] for item in found] == [item["raw"] for item in found]
    assert [item["why"] for item in found] == [WHY["words"], WHY["brackets"], WHY["spaced_name"]]
    assert found[2]["alternatives"] == ["username:snapchat/jen"]


def test_every_way_of_reading_has_a_reason_in_words() -> None:
    names = [kind.NAME for kind in KINDS]
    texts = [*HIDDEN, *TOLD, *(row["text"] for row in ROWS), TEXT]
    assert {item.method for text in texts for item in extract(text, kinds=names)} <= WHY.keys()


@pytest.mark.parametrize(
    ("text", "has_other"),
    [("jen 77 at gmail dot com", True), ("jen_4u, then the at sign, then mail.example", False)],
    ids=["parts with a shorter reading", "parts told in turn"],
)
def test_an_alternative_is_only_named_where_there_is_one(text: str, has_other: bool) -> None:
    (found,) = explain({"text": text, "kinds": ["email"]})["identifiers"]
    assert found["method"] == "joined"
    assert bool(found["alternatives"]) == has_other == ("alternative" in found["why"])


@pytest.mark.parametrize(
    ("text", "left_out"),
    [("jenNOSPAM@mail.example", True), ("0ak@mail.example (the zero is the letter o)", False)],
    ids=["a part that is left out", "a digit that is a letter"],
)
def test_only_what_is_left_out_is_said_to_be(text: str, left_out: bool) -> None:
    (found,) = explain({"text": text, "kinds": ["email"]})["identifiers"]
    assert (found["method"], bool(found["alternatives"])) == ("cleaned", True)
    assert ("left out" in found["why"]) is left_out


def test_attributes_are_found_when_asked_for_and_traits_of_persons_never() -> None:
    answer = explain({"text": "24 years old, $120/hr", "kinds": ["price"]})
    assert [item["value"] for item in answer["identifiers"]] == ["USD 120 / 60 min"]
    assert {"age", "birth_date"}.isdisjoint(kind["name"] for kind in answer["kinds"])


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({}, "text"),
        ({"text": 5}, "text"),
        ({"text": "x" * (MAX_CHARACTERS + 1)}, "text"),
        ({"text": "secret", "region": "secret"}, "region"),
        ({"text": "secret", "kinds": "secret"}, "kinds"),
        ({"text": "secret", "kinds": ["secret"]}, "kinds"),
        ({"text": "secret", "kinds": ["age"]}, "kinds"),
        ({"text": "secret", "kinds": ["license"]}, "kinds"),
    ],
)
def test_wrong_request_names_the_field_and_repeats_nothing(body: dict[str, Any], word: str) -> None:
    with pytest.raises(BadRequest, match=f"^{word}:") as refused:
        explain(body)
    assert "secret" not in str(refused.value)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_any_text_is_answered_in_json(text: str) -> None:
    json.dumps(explain({"text": text}))
