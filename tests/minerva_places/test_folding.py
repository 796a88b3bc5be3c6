"""Two writings of a place's name agree, with accents and without."""

from __future__ import annotations

import unicodedata

import pytest

from minerva.places import folded


@pytest.mark.parametrize(
    ("name", "same"),
    [("St. Mary-le-Bow", "st mary le bow"), ("Saint-Étienne", "saint etienne"), ("  O'Fallon ", "ofallon"),
     ("STRASSE", "strasse"), ("Straße", "strasse"), ("\tNew\x1fYork\n", "new york")],
)  # fmt: skip
def test_writings_of_one_name_agree(name: str, same: str) -> None:
    assert folded(name) == same


def test_no_letter_of_plain_text_would_fold_otherwise_as_text_with_accents() -> None:
    plain = "".join(map(chr, range(128)))
    assert unicodedata.normalize("NFKD", plain) == plain
    assert not any(map(unicodedata.combining, plain))
    assert folded(plain + "é") == folded(plain) + "e"
