"""A list searched above a cut-off: nothing is lost, nothing is added, with numpy and without."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from minerva.names.forms import FORMS
from minerva.names.index import Found, PlainIndex, index_of, signatures
from minerva.names.index_numpy import IndexFileError, NumpyIndex

both = pytest.mark.parametrize("build", [PlainIndex, NumpyIndex.build], ids=["plain", "numpy"])
forms = st.text("abcde 12é中", max_size=14)
lists = st.lists(forms, max_size=25)
cutoffs = st.sampled_from([0.3, 0.5, 0.75, 0.8, 0.88, 0.9, 1.0])


def brute(entries: list[str], form: str, cutoff: float) -> list[Found]:
    found = [Found(place, fuzz.ratio(form, entry) / 100) for place, entry in enumerate(entries) if form and entry]
    found = [each for each in found if each.likeness >= cutoff - 1e-9]
    return sorted(found, key=lambda each: (-round(each.likeness, 9), each.position))


def rounded(found: list[Found]) -> list[tuple[int, float]]:
    return [(each.position, round(each.likeness, 9)) for each in found]


@both
@settings(max_examples=400, deadline=None)
@given(entries=lists, form=forms, cutoff=cutoffs)
def test_a_search_finds_what_brute_force_finds(build: Any, entries: list[str], form: str, cutoff: float) -> None:
    assert rounded(build(entries).search(form, cutoff)) == rounded(brute(entries, form, cutoff))


@settings(max_examples=300, deadline=None)
@given(forms, forms)
def test_signatures_never_differ_more_than_the_edits_allow(one: str, other: str) -> None:
    edits = round((1 - fuzz.ratio(one, other) / 100) * (len(one) + len(other)))
    (letters, pairs), (other_letters, other_pairs) = signatures(one), signatures(other)
    assert bin(letters ^ other_letters).count("1") <= edits
    assert bin(pairs ^ other_pairs).count("1") <= 3 * edits


def test_both_paths_build_the_same_signatures_across_chunks() -> None:
    draw = random.Random(3)
    entries = ["".join(draw.choices("abcdefgh ñ7", k=draw.randrange(1, 20))) for _ in range(21_000)]
    fast, plain = NumpyIndex.build(entries), PlainIndex(entries)
    for form in entries[::1500]:
        assert fast.search(form, 0.7) == plain.search(form, 0.7)


@both
def test_the_most_alike_come_first_and_limit_keeps_them(build: Any) -> None:
    index = build(["anna bell", "", "anna bel", "anna bell", "carl dent"])
    assert [each.position for each in index.search("anna bell", 0.8)] == [0, 3, 2]
    assert index.search("anna bell", 0.8, limit=1) == [Found(0, 1.0)]
    assert index.search("", 0.5) == []


def test_a_stored_list_answers_as_the_built_one(tmp_path: Path) -> None:
    built = NumpyIndex.build(["anna bell", "jose garcía", "wu"])
    built.save(tmp_path / "list")
    assert NumpyIndex.load(tmp_path / "list").search("jose garcia", 0.8) == built.search("jose garcia", 0.8)


@pytest.mark.parametrize("spoil", [lambda data: b"other" + data, lambda data: data[:-1]], ids=["foreign", "cut short"])
def test_a_spoiled_stored_list_is_refused(tmp_path: Path, spoil: Any) -> None:
    path = tmp_path / "list"
    NumpyIndex.build(["anna bell"]).save(path)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(IndexFileError, match="build it again"):
        NumpyIndex.load(path)


def test_a_short_list_takes_the_plain_path() -> None:
    assert isinstance(index_of(["anna bell"]), PlainIndex)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("name", "García, José", "Jose Garcia"),
        ("username", "https://example.com/Anna_Bell.99", "@annabell99"),
        ("address", "12 North Main Street", "12 N. Main St"),
    ],
)
def test_spellings_that_do_not_matter_have_one_form(kind: str, one: str, other: str) -> None:
    assert FORMS[kind](one) == FORMS[kind](other) != ""
