"""What an equal identifier says: learned by kind, less the more records hold it, from a file that says how."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.link_estimate import bits as bits_of
from benchmarks.link_estimate import counted, pattern
from benchmarks.link_identifiers import OF_A_VALUE, Sample
from benchmarks.link_sample import read
from benchmarks.link_trade import AGENCIES, Trade
from minerva.linking import weights
from minerva.linking.strength import HOLDERS, joins_alone, strength_of
from tests.minerva_linking.test_resolve import rings

FILE = Path(weights.__file__).parent / "data" / "weights.json"


@pytest.mark.parametrize("kind", [*sorted(AGENCIES), "plate"])
def test_an_identifier_says_less_the_more_records_hold_it(kind: str) -> None:
    strengths = [strength_of(f"{kind}:x", degree) for degree in range(1, 1001)]
    assert strengths == sorted(strengths, reverse=True)
    assert 0.5 < strengths[-1] <= strengths[0] <= 0.999
    assert strengths[0] > strengths[-1]


def test_a_kind_of_which_nothing_was_learned_says_what_all_say_together() -> None:
    learned = [strength_of(f"{kind}:x", 2) for kind in AGENCIES]
    assert min(learned) < strength_of("plate:x", 2) < max(learned)


@pytest.mark.parametrize(
    ("identifier", "alone"),
    [("phone:+14155550101", True), ("plate:us-tx/ABC1234", True), ("local_phone:springfield/5550101", False),
     ("geo:1,2", False), ("span:2018-09-01/", False), ("image:8f3c", False), ("style:3330000000", False),
     ("username:any/anna", False), ("username:any/velvet_river77", True)],
)  # fmt: skip
def test_what_joins_alone(identifier: str, alone: bool) -> None:
    assert joins_alone(identifier) == alone


def test_the_weights_say_how_they_were_made_and_have_a_level_for_every_value() -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    assert {"command", "date", "splink", "sample", "texts"} == set(document["made"])
    for name, steps in document["comparisons"].items():
        assert [least for least, _ in steps] == sorted({least for least, _ in steps}, reverse=True), name
    assert [least for least, _ in document["comparisons"]["shared_holders"]] == list(map(float, HOLDERS))
    assert {f"shared_{kind}" for kind in AGENCIES} <= set(document["comparisons"])


@pytest.mark.parametrize(("odds", "chance"), [(0.0, 0.5), (2.0, 0.8), (-2.0, 0.2), (40.0, 0.999)])
def test_odds_become_a_probability(odds: float, chance: float) -> None:
    assert weights.probability(odds) == chance


def test_pairs_that_share_a_value_leave_hubs_out_and_are_few_of_one_value() -> None:
    records = read([{**each, "identifiers": each["identifier"]} for each in rings(12, 14, "phone:+14155559999")])
    sample = Sample(records)
    assert [hub.identifier for hub in sample.hubs.values()] == ["phone:+14155559999"]
    shared = sample.sharing(1)
    assert {kind for kind, *_ in shared} == {"phone", "email"}
    assert all(records[a].record_id[:3] == records[b].record_id[:3] for _, _, a, b in shared)
    assert len([each for each in shared if records[each[2]].record_id[:3] == "000"]) <= 2 * OF_A_VALUE


def test_what_brought_two_records_together_is_no_evidence_for_them() -> None:
    rows = [{"record_id": key, "identifiers": ["phone:+14155550101", "email:x@example.com"]} for key in "ab"]
    sample = Sample(read(rows))
    assert sample.compare(0, 1)[-1] == 0
    only = Sample(read([{**row, "identifiers": row["identifiers"][:1]} for row in rows]))
    assert only.compare(0, 1, "phone")[-1] == -1


def test_an_invented_trade_is_the_same_for_one_seed_and_knows_the_owner_of_every_record() -> None:
    one, other = Trade(5).rows(40), Trade(5).rows(40)
    assert one == other
    rows, owner, house = one
    assert {row["record_id"] for row in rows} == set(owner)
    assert {row["record_id"] for row in rows if row["record_type"] == "site"} == set(house)


def test_weights_of_a_small_case() -> None:
    levels = {"name": (0.9, 0.5, 0.0), "city": (1.0, 0.0)}
    assert pattern({"name": 0.6, "city": -1.0}, levels) == (1, -1)
    pairs = [((0, -1), True), ((0, 0), True), ((1, 1), True), ((2, 1), False)]
    share, sides = counted(pairs, levels)
    assert share == 0.75
    assert sides["name"].m == [2.5 / 4.5, 1.5 / 4.5, 0.5 / 4.5]
    assert bits_of(sides["name"].m[0], sides["name"].u[0], 7.0) == 1.5
    assert bits_of(1.0, 0.0, 7.0) == 7.0
