"""A register that was taken once renews an institution's list of schools by the search of each night."""

from __future__ import annotations

import json
from typing import Any

import pytest

from demo.run import ANALYSTS, SERVICE
from minerva.partner.registry import BASE
from tests.integration.installation import NORTHFIELD, RIVERBANK, Browser
from tests.integration.shown import Shown

pytestmark = pytest.mark.full

NORA = ANALYSTS[NORTHFIELD.id]
NAME = f"Minerva - schools of registers - {NORTHFIELD.id}"
RECORDS = "search `minerva_records` source=api_school_list | `minerva_signed` | dedup source_key"


def tell(shown: Shown, names: dict[str, str]) -> None:
    records = [
        {"key": key, "source": "school_list", "record_type": "school", "name": name, "city": "Kilwinning",
         "region": "North Ayrshire", "country": "GB"}
        for key, name in names.items()
    ]  # fmt: skip
    with Browser(shown.run, NORA) as nora:
        status, _, text = nora.ask("POST", f"{BASE}/records/bulk", {"records": records})
    assert (status, json.loads(text)["refused"]) == (200, 0), text


def night(shown: Shown) -> dict[str, Any]:
    search = str(shown.run.stage.conf.stanzas("savedsearches", "minerva_tenants")[NAME]["search"])
    (told,) = shown.run.ask(search, SERVICE)
    return dict(told)


def test_a_register_that_was_taken_is_renewed_by_the_search_of_the_night(own_world: Shown) -> None:
    tell(own_world, {"1": "Larkrise Primary School", "2": "Larkrise Academy"})
    assert int(night(own_world)["taken"]) == 0
    records = [json.loads(str(each["_raw"])) for each in own_world.run.ask(f"{RECORDS} | table _raw", NORA)]
    assert len(records) == 2
    with Browser(own_world.run, NORA) as nora:
        assert nora.entities("school_gallery", {"op": "register", "records": records})[0] == 200
    tell(own_world, {"1": "Larkrise Community School"})
    told = night(own_world)
    assert (int(told["taken"]), int(told["changed"])) == (2, 1)
    asked = 'minervaschool describe="Larkrise in North Ayrshire" top=2'
    assert {each["name"] for each in own_world.run.ask(f"| {asked}", NORA)} == {
        "Larkrise Community School", "Larkrise Academy"
    }  # fmt: skip
    assert own_world.run.ask(f"| {asked}", ANALYSTS[RIVERBANK.id]) == []
    refused = own_world.run.stage.conf.stanzas("savedsearches", "minerva_tenants")[NAME]["search"]
    with pytest.raises(Exception, match="by the clock"):
        own_world.run.ask(str(refused), NORA)
