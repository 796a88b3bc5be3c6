"""Scores: from records to points with reasons; sums are exact, and a field that is gone never raises a score."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.risk.establishments import history
from minerva.risk.points import HOLDS, MISSING, WAITS, Score
from minerva.risk.registry import shipped
from minerva.risk.run import Run
from minerva.risk.seen import Seen
from minerva.risk_scores.rows import document_of
from tests.risk.events import TODAY, held, parlor, record

RECORDS = parlor()
HELD = held(RECORDS)
EVENTS = {name: each.to_json() for name, each in RECORDS.items()}


def outcome(events: dict[str, str], *sectors: str, **more: str) -> list[Score]:
    run = Run([shipped().sectors()[name] for name in sectors or ("massage",)], "north", TODAY,
              lambda ids: {each: {**HELD, **more}[each] for each in ids if each in {**HELD, **more}})  # fmt: skip
    run.take(events.values())
    return run.outcome().scores


def of_parlor(events: dict[str, str]) -> Score:
    return next(one for one in outcome(events) if "e_parlor" in one.establishment.entity_ids)


def test_a_business_gets_its_score_with_every_reason_and_the_records_behind_it() -> None:
    one = of_parlor(EVENTS)
    reasons = {each.indicator.id: each for each in one.reasons}
    assert set(reasons) == {
        "license_gap", "staff_short", "commercial_ads", "review_wording", "open_late", "windows_covered",
        "doors_locked", "reopened", "court_records",
    }  # fmt: skip
    assert one.score == sum(each.points for each in one.contributions) == 10 + 10 + 18 + 18 + 5 + 5 + 10 + 18 + 10
    assert reasons["reopened"].records == (RECORDS["revoked"].record_id, RECORDS["license"].record_id)
    assert reasons["reopened"].words == "Quiet Moon Massage was closed 2024-02-01"
    assert reasons["commercial_ads"].records == (RECORDS["ad"].record_id,)
    assert one.state == "look first"
    told = {each.indicator.id: each.state for each in one.contributions}
    assert told["near_highway"] == WAITS
    assert told["price_low"] == MISSING
    assert one.most > one.score
    assert 0 < one.missing < 1


def test_its_history_tells_names_owners_licenses_and_the_closure() -> None:
    one = of_parlor(EVENTS)
    assert one.establishment.names == ["Quiet Moon Massage", "Amber Leaf Spa"]
    told = [(each["date"], each["what"], each["text"]) for each in history(one.establishment, TODAY)]
    assert ("2024-02-01", "closed", "license ended by the authority (revoked)") in told
    assert ("2020-01-05", "license", "license issued") in told
    assert not [each for each in told if "revoked" in each[2] and each[0] != "2024-02-01"]
    assert ("2024-05-01", "name", "renamed Amber Leaf Spa") in told
    assert ("2020-01-05", "owner", "owner Lado Mirate") in told


def test_a_record_that_is_given_twice_counts_once_and_no_other_is_taken_for_it() -> None:
    seen = Seen()
    ids = [f"{number:032x}" for number in range(5000)]
    assert all(seen.add(each) for each in ids)
    assert not any(seen.add(each) for each in ids)
    assert of_parlor(EVENTS).score == of_parlor({**EVENTS, "again": EVENTS["ad"]}).score


def test_a_match_across_two_neighbors_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter(bytes.fromhex(each) for each in ("00000102030405060708", "0000090a0b0c0d0e0f10",
                                                    "000005060708090a0b0c", "000005060708090a0b0c"))  # fmt: skip

    class Drawn:
        def __init__(self, *given: object, **more: object) -> None:
            self.digest = lambda: next(digests)

    monkeypatch.setattr("minerva.risk.seen.blake2b", Drawn)
    seen = Seen()
    assert [seen.add("x") for _ in range(4)] == [True, True, True, False]


def test_two_businesses_of_one_house_stay_two() -> None:
    stated = {"category": "Massage establishment", "status": "active", "expires": "2027-01-01"}
    at = {"address": "12 Harbor St", "city": "Springfield", "region": "IL"}
    other = record("license", "x", name="Cedar Nail Massage", **at, attributes=stated)
    scores = outcome({**EVENTS, "x": other.to_json()}, **{other.record_id: "e_other"})
    found = [one for one in scores if one.establishment.place.startswith("12 harbor")]
    assert sorted(len(one.establishment.anchors) for one in found) == [1, 3]


def test_impossible_dates_and_prices_are_named_and_count_for_nothing() -> None:
    event = json.loads(EVENTS["license"])
    event["attributes"].update(expires="2026-13-45", issued="2150-01-01", status="")
    one = of_parlor({**EVENTS, "license": json.dumps(event)})
    fact = next(each for each in one.establishment.anchors if each.record_id == RECORDS["license"].record_id)
    assert fact.problems == ("issued: no date that there is", "expires: no date that there is")
    assert "license_gap" not in {each.indicator.id for each in one.reasons}


NAMES = [name for name in EVENTS if not name.startswith("other")]
FIELDS = sorted(
    (name, key) for name in NAMES for key in (*json.loads(EVENTS[name]).get("attributes", {}), "text", "evidence")
    if key != "category"
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4))
def test_a_field_set_to_missing_never_raises_a_score(gone: list[tuple[str, str]]) -> None:
    events: dict[str, Any] = {name: json.loads(event) for name, event in EVENTS.items()}
    for name, key in gone:
        (events[name] if key in ("text", "evidence") else events[name]["attributes"]).pop(key, None)
    before, after = of_parlor(EVENTS), of_parlor({name: json.dumps(event) for name, event in events.items()})
    assert after.score <= before.score
    assert {each.indicator.id for each in after.reasons} <= {each.indicator.id for each in before.reasons}
    assert after.score == sum(each.points for each in after.contributions)
    assert all(each.points == 0 for each in after.contributions if each.state != HOLDS)


@pytest.mark.parametrize("sector", sorted(shipped().sectors()))
def test_every_sector_says_what_it_misses_and_counts_it_as_nothing(sector: str) -> None:
    for one in outcome(EVENTS, sector):
        states = {each.state for each in one.contributions}
        assert states <= {HOLDS, MISSING, WAITS, "does not hold"}
        unknown = [each for each in one.contributions if each.state in (MISSING, WAITS)]
        assert all(each.points == 0 and not each.records for each in unknown)


def test_a_sign_that_compares_records_names_one_of_each_that_it_compares() -> None:
    towns = ("Springfield", "Peoria", "Decatur", "Joliet")
    text = "New in town this week only, sweet and always smiling, call me now please"
    ads = {
        f"ad{number}": record(
            "ad", f"x{number}", name=f"Name {number}", text=text, city=town, region="IL", phones=["(217) 555-0177"],
            observed_time="2026-10-02T10:00:00Z", attributes={"category": "body rubs"},
        )
        for number, town in enumerate(towns)
    }  # fmt: skip
    more = {each.record_id: "e_other" for each in ads.values()}
    (one,) = outcome({name: each.to_json() for name, each in ads.items()}, "advertiser", **more)
    held_by = {part.indicator.id: part for part in one.reasons}
    compared = [part for part in held_by.values() if part.words.endswith(("names", "towns", "on one day"))]
    assert len(compared) >= 3, [part.words for part in one.reasons]
    assert all(set(part.records) == set(more) for part in compared)
    assert document_of(one, "north", TODAY)["name"] == "Name 0"
    unnamed = {"ad": record("ad", "y", text=text, phones=["(217) 555-0177"], attributes={"category": "body rubs"})}
    (one,) = outcome({"ad": unnamed["ad"].to_json()}, "advertiser", **{unnamed["ad"].record_id: "e_unnamed"})
    assert document_of(one, "north", TODAY)["name"] == "+12175550177"
