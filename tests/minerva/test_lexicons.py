"""Lexicons: every group tells its source and precision, terms are found in all their spellings, restricted ones are not
found by default."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.lexicons import GROUPS, VERSION, Group, attributes, derived, hits
from minerva.lexicons.search import UnknownGroup

OPEN = [group for group in GROUPS if not group.restricted]


@pytest.mark.parametrize("group", GROUPS, ids=[group.name for group in GROUPS])
def test_group_tells_source_and_precision(group: Group) -> None:
    assert VERSION >= 1
    assert all([group.meaning, group.precision, group.sources])
    assert group.use in ("indicator", "context")


@pytest.mark.parametrize("group", GROUPS, ids=[group.name for group in GROUPS])
def test_every_term_is_found(group: Group) -> None:
    for language, term in group.terms:
        text = f"xx {term.upper()}, yy"
        found = [hit for hit in hits(text, groups=[group.name]) if not language or language in hit.languages]
        assert found, (language, term)
        assert text[found[0].start : found[0].end].casefold() == term.casefold()


def test_restricted_groups_are_found_only_when_named() -> None:
    text = "young \U0001f352 new in town"
    assert attributes(text) == {"movement": 1}
    assert attributes(text, groups=["youth_wording", "emoji_blossom"]) == {"emoji_blossom": 1, "youth_wording": 1}


def test_terms_are_whole_words() -> None:
    assert hits("the incalls of primroses and screenings") == []


def test_unknown_group_is_named() -> None:
    with pytest.raises(UnknownGroup, match="unknown lexicon group 'x'; the groups are trust_wording"):
        hits("text", groups=["x"])


@given(
    st.lists(
        st.sampled_from(["new in town", "\U0001f339", "sin engaños", "新到", "\u200b", " ", "\ud800", "İ", "é"])
    ).map("".join)
)
def test_spans_lie_in_the_text(text: str) -> None:
    for hit in hits(text, groups=[group.name for group in GROUPS]):
        assert 0 <= hit.start < hit.end <= len(text)


def test_attributes_of_a_record_name_groups_counts_and_version() -> None:
    assert derived(["new in town", "New in town, reliable", ""]) == {
        "lexicon_terms": ["movement:1", "trust_wording:1"],
        "lexicon_version": str(VERSION),
    }
    assert derived(["a room near the market"]) == {}
    assert derived(["young and new to this"]) == derived(["new to this"])
