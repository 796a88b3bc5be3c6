"""Half of a character (a lone surrogate) in a request is refused at the door, before anything is stored."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.intake.errors import BodyError
from minerva.intake.formats.strict_json import parse_body

HALVES = st.characters(categories=["Cs"])
WHOLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def values(texts: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    return st.recursive(texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WHOLE, inner, max_size=3))


@given(before=values(WHOLE), half=HALVES, around=WHOLE, is_escaped=st.booleans(), is_key=st.booleans())
def test_half_of_a_character_is_refused_wherever_it_stands(
    before: object, half: str, around: str, is_escaped: bool, is_key: bool
) -> None:
    text = f"{around}{half}{around}"
    body = {"a": before, "b": [{text: 1} if is_key else {"c": [text]}]}
    with pytest.raises(BodyError, match="half of a character"):
        parse_body(json.dumps(body, ensure_ascii=is_escaped))


@given(value=values(WHOLE), is_escaped=st.booleans())
def test_whole_characters_pass_in_either_spelling(value: object, is_escaped: bool) -> None:
    body = {"a": value, "pair": "\U0001f600", "words": "\\ud800 written out"}
    assert parse_body(json.dumps(body, ensure_ascii=is_escaped)) == body
