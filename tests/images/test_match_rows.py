"""Hashes of pictures in rows: groups, partners in a list, and what is not matched. The fast search finds the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.chunk_driver import run_command
from minerva.images.forms import NAMES, forms
from minerva.images.match_rows import OptionError, annotate, annotate_from_bank, read_options
from minerva.images.near_pairs import near_by_slots, near_plainly

PDQ = int("f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22", 16)


def row(value: int, quality: object = 90) -> dict[str, Any]:
    return {"image_pdq": f"{value:064x}", "image_quality": str(quality)}


def test_rows_of_one_picture_are_a_group_with_the_nearest_as_partner() -> None:
    rows = list(annotate([row(PDQ), row(PDQ ^ 7), row(PDQ ^ (2**60 - 1))], read_options({})))
    assert [each["image_group_size"] for each in rows] == [2, 2, 1]
    assert rows[0]["image_group"] == rows[1]["image_group"] != rows[2]["image_group"]
    assert (rows[0]["image_tier"], rows[0]["image_distance"]) == ("same", 3)
    assert rows[0]["image_partner"] == f"{PDQ ^ 7:064x}"
    assert rows[2]["image_partner"] is None


@pytest.mark.parametrize("way", range(1, 8))
def test_mirrored_and_turned_copies_are_a_group_and_it_is_said_how(way: int) -> None:
    other = forms(PDQ)[way] ^ 7
    rows = list(annotate([row(PDQ), row(other), row(PDQ ^ (2**70 - 1))], read_options({})))
    assert [each["image_group_size"] for each in rows] == [2, 2, 1]
    assert (rows[0]["image_tier"], rows[0]["image_distance"], rows[0]["image_form"]) == ("same", 3, NAMES[way])
    plain = list(annotate([row(PDQ), row(other)], read_options({"mirrored": "false"})))
    assert [each["image_partner"] for each in plain] == [None, None]


def test_a_copy_that_is_near_a_part_of_a_picture_is_matched_both_ways() -> None:
    part = random.Random(3).getrandbits(256)
    whole = {**row(PDQ), "identifier": ["phone:+14155550101", f"image_crop:{part:064x}"]}
    rows = list(annotate([whole, row(part ^ 1), row(PDQ ^ 3)], read_options({})))
    assert [each["image_group_size"] for each in rows] == [3, 3, 3]
    assert [each["image_form"] for each in rows] == ["cropped", "cropped", "as it is"]
    assert [each["image_distance"] for each in rows] == [1, 1, 2]
    (found,) = annotate([whole], read_options({}), [f"{part:064x}"])
    assert (found["image_form"], found["image_distance"]) == ("cropped", 0)


@pytest.mark.parametrize("quality", [49, "unknown", ""])
def test_plain_pictures_are_not_matched_and_it_is_said(quality: object) -> None:
    rows = list(annotate([row(PDQ), row(PDQ, quality)], read_options({})))
    assert [each["image_partner"] for each in rows] == [None, None]
    assert "quality below 50 or unknown: not matched" in rows[1]["image_note"]


def test_a_list_gives_partner_and_tier() -> None:
    known = [f"{PDQ ^ (2**40 - 1):064x}", "no hash"]
    (found,) = annotate([row(PDQ)], read_options({"radius": "50"}), known)
    assert (found["image_tier"], found["image_distance"], found["image_group"]) == ("likely", 40, None)


@pytest.mark.parametrize(
    "option",
    [
        {"radius": "71"},
        {"field": "a b"},
        {"lookup": "../x"},
        {"bank": "x" * 101},
        {"bank": "B", "lookup": "x"},
        {"mirrored": "maybe"},
    ],
)
def test_wrong_options_are_refused(option: dict[str, str]) -> None:
    with pytest.raises(OptionError, match=f"^{next(iter(option))}: expected"):
        read_options(option)


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 2**256 - 1), min_size=1, max_size=6),
    st.lists(st.sets(st.integers(0, 255), max_size=34), min_size=1, max_size=12),
    st.integers(0, 31),
)
def test_the_fast_search_finds_what_the_plain_one_finds(base: list[int], flips: list[set[int]], radius: int) -> None:
    among = [base[place % len(base)] ^ sum(1 << bit for bit in bits) for place, bits in enumerate(flips)]
    assert sorted(near_by_slots(base, among, radius)) == sorted(near_plainly(base, among, radius))


def test_the_door_groups_over_chunks() -> None:
    outcome = run_command("minervaimagematch.py", [], [[row(PDQ)], [row(PDQ ^ 1)]])
    assert (outcome.code, outcome.errors) == (0, [])
    assert [each["image_distance"] for each in outcome.rows] == ["1", "1"]


def test_a_bank_gives_partner_label_and_its_own_tier() -> None:
    asked: list[tuple[list[str], int]] = []

    def ask(hashes: Sequence[str], radius: int) -> list[dict[str, Any]]:
        asked.append((list(hashes), radius))
        return [
            {"query": f"{PDQ:064x}", "distance": 12, "tier": "likely", "hash": "1c" * 32, "label": "chair"},
            {"query": f"{PDQ ^ 1:064x}", "distance": 3, "tier": "", "hash": "2c" * 32, "label": ""},
        ]

    rows = list(
        annotate_from_bank([row(PDQ), row(PDQ ^ 1), row(PDQ ^ 3, 10), row(0)], read_options({"bank": "B"}), ask)
    )
    assert asked == [(sorted({f"{form:064x}" for value in (PDQ, PDQ ^ 1, 0) for form in forms(value)}), 70)]
    assert [(each["image_tier"], each["image_distance"], each["image_bank"]) for each in rows] == [
        ("likely", 12, "B"), (None, 3, "B"), (None, None, None), (None, None, None),
    ]  # fmt: skip
    assert (rows[0]["image_label"], rows[0]["image_partner"]) == ("chair", "1c" * 32)
    assert "not matched" in rows[2]["image_note"]
