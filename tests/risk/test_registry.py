"""Indicators: all of them are there, none may know what must not count, and a file with a fault changes nothing."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from assembly.emit.risk_indicators import FACTS, emit_indicators
from assembly.facts import FactError
from assembly.paths import ROOT
from minerva.risk import registry
from minerva.risk.reading import NEVER_READ, read_event
from minerva.risk.sectors import NEVER_SCORED
from tests.risk.events import HOUSE, record

SECTORS = registry.shipped().sectors()
LISTED = {
    "massage": 17, "hotel": 17, "recruiter": 14, "mailbox": 10, "property": 12, "school": 12, "advertiser": 11,
    "finance": 16, "aviation": 13,
}  # fmt: skip
"""Signs of each published list; of hotels the last one is three."""


def test_every_listed_sign_of_the_nine_sectors_is_computed_or_waits_for_data() -> None:
    assert {name: len(sector.indicators) for name, sector in SECTORS.items()} == LISTED
    for sector in SECTORS.values():
        assert [sign.number for sign in sector.indicators] == list(range(1, len(sector.indicators) + 1))
        for sign in sector.indicators:
            assert (sign.when is None) != (sign.waits_for == ""), sign.id
            assert sign.source
            assert sign.false_positives


def test_no_indicator_names_ethnicity_nationality_language_names_origin_movement_age_or_looks() -> None:
    forbidden = ("nationality", "ethnicity", "language", "spoken_languages", "origin", "age", "looks", "movement")
    words = NEVER_SCORED | {*forbidden}
    for sector in SECTORS.values():
        for sign in sector.indicators:
            for field in sign.fields:
                assert not words & set(field.replace(".", "_").split("_")), (sector.id, sign.id, field)
    for name in (*forbidden, "birth_date", "hair_color", "gender"):
        wrong = {"when": "license_gap", "fields": [f"ad.{name}"], "points": 5, "strength": "weak"}
        assert [key for key, _ in registry.problems(wrong, registry.FEATURE_NAMES)] == ["fields"], name


def test_what_must_not_count_is_not_even_read() -> None:
    given = {name: "x" for name in NEVER_READ if name not in ("origin", "race")} | {"price": "80"}
    fact = read_event(record("ad", "a", text="x", **HOUSE, attributes=given).to_json())
    assert set(fact.values) == {"price"}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("when: price_ratio < 0.6", "when: price_ratio <", 5, "expected a number"),
        ("when: price_ratio < 0.6", "when: prize_ratio < 0.6", 5, "no feature is called 'prize_ratio'"),
        ("when: price_ratio < 0.6", "waits_for: x\nwhen: price_ratio < 0.6", 6, "exactly one"),
        ("fields: [ad.price, review.price]", "fields: [ad.nationality]", 4, "no score may know nationality"),
        ("points: 5", "points: 500", 6, "from 1 to 30"), ("strength: weak", "strength: sure", 7, "none of"),
        ("number: 7", "number: 7\ncolor: red", 3, "color"),
    ],
)  # fmt: skip
def test_a_file_with_a_fault_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    shutil.copytree(ROOT / FACTS, tmp_path / FACTS)
    path = tmp_path / FACTS / "massage" / "price_low.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FactError) as refused:
        emit_indicators(tmp_path)
    assert str(refused.value).startswith(f"{path}:{line}:")
    assert words in str(refused.value)


def test_an_edition_that_cannot_be_read_leaves_the_last_good_one_in_use(tmp_path: Path) -> None:
    path = tmp_path / "indicators.json"
    good = (ROOT / "minerva/risk/indicators.json").read_text(encoding="utf-8")
    path.write_text(good, encoding="utf-8")
    held = registry.Registry(str(path))
    assert set(held.sectors()) == set(LISTED)
    for number, bad in enumerate((
        good[:-5], json.dumps({**json.loads(good), "version": 99}), good.replace("price_ratio < 0.6", "price_ratio <"),
    )):  # fmt: skip
        path.write_text(bad, encoding="utf-8")
        _touch(path, number)
        assert set(held.sectors()) == set(LISTED)
        assert str(path) in held.fault
    path.write_text(good, encoding="utf-8")
    _touch(path, 9)
    assert held.sectors()
    assert held.fault == ""
    path.write_text("{", encoding="utf-8")
    with pytest.raises(registry.RegistryError, match=r"indicators\.json:1"):
        registry.Registry(str(path)).sectors()


def _touch(path: Path, number: int) -> None:
    os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
