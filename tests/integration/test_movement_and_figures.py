"""What the pages Movement and Policy figures ask, on the shared world: the way of an entity of several towns is told,
and where nothing is published that is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from demo.run import ANALYSTS
from tests.integration.installation import NORTHFIELD
from tests.integration.shown import Shown

VIEW = Path(__file__).resolve().parents[2] / "minerva_app/default/data/ui/views/policy_figures.xml"


def asked(shown: Shown, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in shown.run.stage.search(query, ANALYSTS[NORTHFIELD.id], app="minerva_app").rows]


def panel(shown: Shown, name: str) -> list[dict[str, Any]]:
    found = re.search(r"<!\[CDATA\[(.*?)\]\]></definition>", VIEW.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    sources = json.loads(found[1])["dataSources"]
    chain = sources[name]["options"]
    return asked(shown, f"{sources[chain['extend']]['options']['query']} {chain['query']}")


def movement(shown: Shown, entity: str) -> dict[str, list[dict[str, Any]]]:
    """The rows that the page asks for, by part."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in asked(shown, f"search `minerva_movement({entity})`"):
        parts.setdefault(row["part"], []).append(row)
    return parts


def test_an_entity_of_several_towns_has_legs_visits_rounds_and_a_next_town(shown: Shown) -> None:
    chosen = asked(shown, "| `minerva_movers`")[0]
    assert int(chosen["towns"]) > 2
    parts = movement(shown, chosen["entity_id"])
    legs, visits = parts["legs"], parts["visits"]
    assert len(legs) >= 2
    assert all(leg["origin"] != leg["target"] and leg["record_ids"] for leg in legs)
    assert len(visits) == len(legs) + 1
    spots = {(each["latitude"], each["longitude"]) for each in visits if "latitude" in each}
    assert len(spots) >= 2
    first = parts["next"][0]
    assert 0 < float(first["share"]) < 1
    assert "likely" in first["likelihood"] or "chance" in first["likelihood"]
    assert first["town"] != legs[-1]["target"]
    assert {(each["latitude"], each["longitude"]) for each in parts["next"] if "latitude" in each} <= spots
    assert all(len(each["towns"]) >= 3 for each in parts["circuits"])


def read_of(parts: dict[str, list[dict[str, Any]]]) -> int:
    """How many records the page finds in a route."""
    return sum(int(visit["records"]) for visit in parts["visits"]) + int(parts["next"][0]["left_out"])


def test_a_route_says_how_many_records_there_are_so_that_a_cut_one_is_seen(shown: Shown) -> None:
    chosen = asked(shown, "| `minerva_movers`")[0]
    whole = movement(shown, chosen["entity_id"])
    assert [row["size"] for row in whole["entity"]] == [chosen["size"]]
    assert read_of(whole) == int(chosen["size"])
    shown.run.stage.conf.write("limits", "subsearch", {"maxout": "3"}, "system")
    try:
        cut = movement(shown, chosen["entity_id"])
    finally:
        shown.run.stage.conf.delete("limits", "subsearch", "system")
    assert [row["size"] for row in cut["entity"]] == [chosen["size"]]
    assert read_of(cut) <= 3 < int(chosen["size"])


def test_of_an_entity_that_is_not_there_no_town_is_known(shown: Shown) -> None:
    parts = movement(shown, "e_0000000000000001")
    assert [row["why"] for row in parts.pop("next")] == ["no town is known"]
    assert parts == {}


def test_where_nothing_is_published_the_page_of_policy_figures_says_so(shown: Shown) -> None:
    (row,) = panel(shown, "ds_rows")
    assert row["Table"] == "No figure is published for your institution yet."
    assert panel(shown, "ds_sector_month") == []


def test_each_figure_has_the_band_that_its_noise_leaves(shown: Shown) -> None:
    found = re.search(r"<!\[CDATA\[(.*?)\]\]></definition>", VIEW.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    chain = json.loads(found[1])["dataSources"]["ds_rows"]["options"]["query"]
    cubes = 'case(at=1, "place", at=2, "sector_month", at=3, "kind")'
    rows = f'| makeresults count=3 | streamstats count as at | eval kind="ad", cube={cubes}, count=if(at=3, 12, 40)'
    told = {row["Table"]: row["Band"] for row in asked(shown, f"{rows} {chain}")}
    assert told == {"place": "15 to 65", "sector by month": "a sum: wider", "kind": "0 to 37"}
