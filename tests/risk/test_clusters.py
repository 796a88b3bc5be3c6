"""Premises that share a phone or an owner, regions and years side by side, and a business against its local market."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.bands import wilson
from minerva.records import Record
from minerva.risk.clusters import MOST_PREMISES, clusters, shares_of
from minerva.risk.comparison import by_region, by_year
from minerva.risk.market import against_market
from minerva.risk.registry import chosen
from minerva.risk.run import Outcome, Run
from minerva.risk_scores.rows import compared_rows, document_of
from tests.risk.events import TODAY, record


def shop(number: int, phone: str, owner: str = "", region: str = "IL", **more: Any) -> Record:
    attributes = {"category": "Massage establishment", "status": "active", "issued": f"20{10 + number % 10}-05-01"}
    more = {**({"owner": owner} if owner else {}), **more}
    return record(
        "license", f"s{number}", name=f"Cedar {number} Massage", address=f"{number + 1}00 Mill Road", phones=[phone],
        city="Springfield", region=region, attributes={**attributes, **more},
    )  # fmt: skip


def outcome(*records: Record) -> Outcome:
    """Each record is an entity of its own: what they share joined none of them."""
    run = Run(chosen(["massage"]), "north", TODAY, lambda ids: {each: f"e_{each}" for each in ids})
    run.take(each.to_json() for each in records)
    return run.outcome()


def documents(*records: Record) -> list[dict[str, Any]]:
    made = outcome(*records)
    return [document_of(one, "north", TODAY, made.market) for one in made.scores]


def test_premises_with_one_phone_and_with_one_owner_are_a_cluster_and_others_stay_alone() -> None:
    rows = documents(
        shop(1, "(217) 555-0111", "Lado Mirate"), shop(2, "(217) 555-0111"), shop(3, "(217) 555-0113", "lado mirate"),
        shop(4, "(217) 555-0114", "Noa Telin"),
    )  # fmt: skip
    (found,) = clusters(rows)
    assert (found["businesses"], found["places"], found["by"], found["regions"]) == (3, 3, ["owner", "phone"], ["IL"])
    names = {row["establishment_id"]: row["name"] for row in rows}
    assert {names[each] for each in found["ids"]} == {f"Cedar {number} Massage" for number in (1, 2, 3)}
    (row,) = compared_rows(rows, "clusters")
    assert len(row["names"]) == 3
    assert found["cluster"] == min(found["ids"])


def test_what_very_many_share_joins_nobody() -> None:
    few, many = (
        clusters(documents(*(shop(number, "(217) 555-0111") for number in range(count))))
        for count in (MOST_PREMISES, MOST_PREMISES + 1)
    )
    assert [each["businesses"] for each in few] == [MOST_PREMISES]
    assert many == []


def test_two_businesses_of_one_house_share_nothing_that_leads_elsewhere() -> None:
    made = outcome(shop(1, "(217) 555-0111"), shop(1, "(217) 555-0111"))
    assert [shares_of(one.establishment, made.market) for one in made.scores] == [[] for _ in made.scores]


def test_regions_stand_side_by_side_with_their_band_and_what_is_missing() -> None:
    ended = {"status": "revoked", "ended": "2024-02-01"}
    rows = documents(
        *(
            shop(
                number, f"(217) 555-011{number}", region="MA" if number == 3 else "IL", **(ended if number == 2 else {})
            )
            for number in (1, 2, 3)
        )
    )
    first, second = by_region(rows)
    assert (first["region"], first["businesses"], second["region"], second["businesses"]) == ("IL", 2, "MA", 1)
    assert first["low"] <= first["share"] <= first["high"]
    assert first["few"]
    assert 0 < first["missing"] <= 1
    years = {(row["year"], row["region"]): row for row in by_year(rows)}
    assert years["2024", "IL"]["ended"] == years["2024", "IL"]["closed"] == 1
    assert [years[year, "IL"]["began"] for year in ("2011", "2012")] == [1, 1]
    assert ("2012", "MA") not in years


@pytest.mark.parametrize(("hits", "count", "low", "high"), [(0, 0, 0, 1), (0, 10, 0, 0.278), (5, 10, 0.237, 0.763)])
def test_the_band_is_that_of_wilson(hits: int, count: int, low: float, high: float) -> None:
    assert wilson(hits, count) == pytest.approx((low, high), abs=0.001)


def test_price_and_hours_are_told_against_the_towns_market_where_enough_is_known() -> None:
    def reviewed(number: int, price: str, hours: str) -> list[Record]:
        at = {"name": f"Cedar {number} Massage", "address": f"{number + 1}00 Mill Road", "city": "Springfield",
              "region": "IL"}  # fmt: skip
        place = record("establishment", f"m{number}", **at, attributes={"category": "Massage and spa", "hours": hours})
        return [place, record("review", f"p{number}", **at, text="fine", attributes={"price": price})]

    usual = [each for number in range(1, 5) for each in reviewed(number, "90", "10:00-20:00")]
    made = outcome(*usual, *reviewed(5, "40", "10:00-02:00"))
    told = {one.establishment.name: against_market(one.establishment, made.market) for one in made.scores}
    assert {"what": "closing hour", "own": 26.0, "usual": 20.0} in told["Cedar 5 Massage"]
    assert against_market(outcome(*usual[:4]).scores[0].establishment, outcome(*usual[:4]).market) == []
    assert {"what": "price", "own": 40.0, "usual": 90.0} in told["Cedar 5 Massage"]
