"""The searches of the page Movement on the shared world: an entity of several towns is listed, and its way is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from demo.run import ANALYSTS
from tests.integration.installation import NORTHFIELD
from tests.integration.shown import Shown

VIEW = Path(__file__).resolve().parents[2] / "minerva_app/default/data/ui/views/movement.xml"


def panel(shown: Shown, name: str, entity: str) -> list[dict[str, Any]]:
    found = re.search(r"<!\[CDATA\[(.*?)\]\]></definition>", VIEW.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    query = json.loads(found[1])["dataSources"][name]["options"]["query"].replace("$e|s$", f'"{entity}"')
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


def test_before_an_entity_is_chosen_the_page_says_what_is_missing(shown: Shown) -> None:
    assert panel(shown, "ds_next", "e_0000000000000000")[0]["Because"] == "no town is known"
    assert "No movement" in panel(shown, "ds_legs", "e_0000000000000000")[0]["From"]
