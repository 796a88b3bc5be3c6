"""Pairs to compare: as all pairs would join on small sets, linear in rows, and what was left out is counted."""

from __future__ import annotations

import json
import random
from itertools import combinations
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import cluster, resolve
from minerva.linking.__main__ import answer
from minerva.linking.model import DEFAULT, LinkRecord, read_row
from minerva.linking.places.pairs import MOST_HOUSE, addressed, candidate_pairs
from minerva.linking.skipped import KINDS, Skipped, noted, sentences
from tests.minerva_linking.updates.test_changes import listed

ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor", "Faroeby", "Gozofell", "Hydrabek")


def shop(number: int, name: str, address: str, **more: Any) -> LinkRecord:
    row = {"record_id": f"r{number:05d}", "source_id": "a", "record_type": "site", "name": name, "address": address,
           "city": "Springfield", "postcode": "70201", **more}  # fmt: skip
    return read_row(row)


def all_pairs(records: list[LinkRecord], *_: Any) -> list[tuple[int, int]]:
    """The reference: every pair of records that can be compared by name and address."""
    return list(combinations(addressed(records), 2))


def groups(records: list[LinkRecord]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record_id, entity in resolve(records, {}, "t").members.items():
        found.setdefault(entity, set()).add(record_id)
    return {frozenset(each) for each in found.values()}


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.integers(2, MOST_HOUSE))
def test_blocks_join_on_small_drawn_registers_what_all_pairs_join(seed: int, size: int) -> None:
    draw = random.Random(seed)
    records = [listed(draw, number, 25) for number in range(size)]
    with mock.patch.object(cluster, "candidate_pairs", all_pairs):
        exact = groups(records)
    assert groups(records) == exact


def test_in_a_house_of_many_those_are_compared_who_share_a_word_or_a_door() -> None:
    doors = [shop(n, f"{ISLES[n % 8]}{n} Bakery{n}", f"650 S Market Rd #{n // 2}") for n in range(4 * MOST_HOUSE)]
    one = shop(90, "Copper Lantern LLC", "650 S Market Rd")
    other = shop(91, "The Copper Lantern", "650 South Market Road")
    found = set(candidate_pairs([*doors, one, other], DEFAULT))
    assert (len(doors), len(doors) + 1) in found
    assert (0, 1) in found  # behind one door
    assert (0, 2) not in found
    assert groups([*doors, one, other]) >= {frozenset({"r00090", "r00091"})}


@pytest.mark.parametrize("rows", [2000, 30_000])
def test_rows_at_one_address_cost_a_few_pairs_each_and_what_is_left_out_is_counted(rows: int) -> None:
    records = [shop(n, f"{ISLES[n % 8]} {n} Bakery", "1 Plaza Street") for n in range(rows)]
    skipped: dict[str, Skipped] = {}
    found = sum(1 for _ in candidate_pairs(records, DEFAULT, skipped=skipped))
    assert found <= 8 * rows
    assert skipped["a"] == Skipped(1, rows, rows * (rows - 1) // 2)
    told = sentences(noted(skipped))
    assert (
        f"1 block of records that share {KINDS['a']}, {rows} in the largest, up to {skipped['a'].pairs} pairs" in told
    )


def test_the_command_line_reports_what_was_not_compared_and_names_nobody() -> None:
    lines = [json.dumps({"record_id": str(n), "source_id": "a", "name": f"{ISLES[n % 8]} {n}", "address": "1 Plaza St"})
             for n in range(40)]  # fmt: skip
    report: list[str] = []
    assert len(list(answer(lines, report.append))) == 40
    assert any("share one house and street, 40 in the largest, up to 780 pairs" in line for line in report)
    assert not any(isle in line or "Plaza" in line for line in report for isle in ISLES)


def test_a_small_set_leaves_nothing_out() -> None:
    assert resolve([shop(n, ISLES[n], "1 Plaza") for n in range(8)], {}, "t").skipped == {}
