"""Words that are common wherever one looks say little in a set of few records, and no set learns less by them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.registers import small, words
from benchmarks.registers.sets import FOLDER
from minerva.linking.__main__ import answer
from minerva.linking.model import read_row
from minerva.linking.places import frequencies
from minerva.names.persons import given_names

REAL = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the real registers are not at {FOLDER}")
TWO = [
    {"record_id": "a", "source_id": "x", "name": "Sant Amberg Primary School, Grundvik", "address": "12 Stryd Fawr"},
    {"record_id": "b", "source_id": "y", "name": "Sant Brantell Primary School, Lundynes", "address": "Ffordd y Bont"},
]


def joined(country: str, postcode: str, kind: str = "") -> bool:
    rows = [{**row, "postcode": postcode, "country": country, "record_type": kind} for row in TWO]
    rows = [{**row, "name": row["name"].replace("Sant", "St")} for row in rows]
    return len({line["entity_id"] for line in answer(map(json.dumps, rows))}) == 1


@pytest.mark.parametrize("kind", ["", "school", "site"])
def test_two_rows_know_that_words_of_all_schools_say_nothing(kind: str) -> None:
    assert not joined("GB", "LL99 1AA", kind)
    with small.shipped({}):
        assert joined("GB", "LL99 1AA", kind)


def test_a_country_that_no_register_was_counted_of_keeps_its_words() -> None:
    assert joined("CA", "K9Z 9Z9")


@pytest.mark.parametrize(
    ("row", "country"),
    [
        ({"postcode": "LL99 1AA"}, "GB"),
        ({"address": "4 Hill Road, Derrymore D99 X9X9"}, "IE"),
        ({"identifier": ["phone:+14155550123"]}, "US"),
        ({"identifier": ["phone:+14155550123", "phone:+442079460018"]}, ""),
        ({"postcode": "10115"}, ""),
        ({"identifier": ["phone:+491555501234"]}, "-"),
    ],
    ids=["postcode", "in the address", "phone", "two countries", "many countries", "another country"],
)
def test_the_country_is_read_from_postcode_and_phone(row: dict[str, Any], country: str) -> None:
    assert frequencies.country_of(read_row({"record_id": "a", **row})) == country


def test_words_are_known_by_kind_and_less_where_that_is_not_told() -> None:
    school, untold, company = (frequencies.words_of_kind("GB", kind) for kind in ("school", "", "company"))
    assert school["ysgol"] > 400
    assert untold["ysgol"] == school["ysgol"] // 2
    assert "ysgol" not in company
    assert frequencies.words_of_kind("-", "") == {}
    assert frequencies.words_of_kind("", "")["salon"] > 64


def test_no_word_that_few_names_hold_is_shipped_and_no_name_of_an_owner() -> None:
    told = [(kind, word, names) for kinds in frequencies.table().values() for kind, held in kinds.items()
            for word, names in held.items()]  # fmt: skip
    assert min(names for _, _, names in told) >= words.SEVERAL
    assert {word for kind, word, _ in told if kind in words.OWNERS}.isdisjoint(given_names().known)
    assert all(word.isalpha() and len(word) > 1 for _, word, _ in told)


@REAL
def test_the_file_is_what_the_registers_hold() -> None:
    assert words.document(FOLDER) == frequencies.FILE.read_text(encoding="utf-8")


@pytest.mark.full
@REAL
@pytest.mark.parametrize(("name", "gains"), [("northern_ireland", True), ("scotland", True), ("chicago", False)])
def test_small_sets_gain_by_the_words_of_other_registers_and_lose_nothing(name: str, gains: bool) -> None:
    _, plain, known = small.measure(name, FOLDER)
    assert known.f1 > plain.f1 if gains else known.f1 >= plain.f1
    assert known.wrong <= plain.wrong
