"""The searches of the pages Movement and Policy figures on the shared world: the way of an entity of several towns is
told, and where nothing is published that is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from demo.run import ANALYSTS
from tests.integration.installation import NORTHFIELD
from tests.integration.shown import Shown

VIEWS = Path(__file__).resolve().parents[2] / "minerva_app/default/data/ui/views"


def panel(shown: Shown, name: str, entity: str, view: str = "movement") -> list[dict[str, Any]]:
    text = (VIEWS / f"{view}.xml").read_text(encoding="utf-8")
    found = re.search(r"<!\[CDATA\[(.*?)\]\]></definition>", text, re.DOTALL)
    assert found
    sources = json.loads(found[1])["dataSources"]
    chain = sources[name]["options"]
    query = f"{sources[chain['extend']]['options']['query']} {chain['query']}" if "extend" in chain else chain["query"]
    query = query.replace("$e|s$", f'"{entity}"')
    rows = shown.run.stage.search(query, ANALYSTS[NORTHFIELD.id], app="minerva_app").rows
    return [dict(row) for row in rows]


def test_an_entity_of_several_towns_has_legs_visits_and_a_next_town(shown: Shown) -> None:
    chosen = panel(shown, "ds_list", "")[0]
    assert int(chosen["Towns"]) > 2
    legs = panel(shown, "ds_legs", chosen["_entity"])
    assert len(legs) >= 2
    assert all(leg["From"] != leg["To"] and leg["_record"] for leg in legs)
    first = panel(shown, "ds_next", chosen["_entity"])[0]
    assert re.fullmatch(r"[0-9]{1,2} %", first["Chance"])
    assert first["Town"] != legs[0]["To"]
    visits = panel(shown, "ds_visits", chosen["_entity"])
    assert sum(int(each["visits"]) for each in visits) == len(legs) + 1
    rounds = panel(shown, "ds_circuits", chosen["_entity"])
    assert rounds[0]["Round"]


def test_before_an_entity_is_chosen_each_part_says_what_to_choose(shown: Shown) -> None:
    nothing, choose = "e_0000000000000000", "Choose an entity in the table above."
    assert panel(shown, "ds_next", nothing)[0]["Because"] == choose
    assert panel(shown, "ds_circuits", nothing)[0]["Round"] == choose
    assert panel(shown, "ds_legs", nothing)[0]["From"] == choose
    unknown = "e_0000000000000001"
    assert panel(shown, "ds_next", unknown)[0]["Because"] == "no town is known"
    assert "No movement" in panel(shown, "ds_legs", unknown)[0]["From"]


def test_where_nothing_is_published_the_page_of_policy_figures_says_so(shown: Shown) -> None:
    (row,) = panel(shown, "ds_rows", "", "policy_figures")
    assert row["Table"] == "No figure is published for your institution yet."
    assert panel(shown, "ds_sector_month", "", "policy_figures") == []
