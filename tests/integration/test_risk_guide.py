"""The records and searches of docs/risk.md, from records to scores to reasons, as they stand there."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from demo.run import ANALYSTS, ROOT, SERVICE
from minerva.partner.registry import BASE
from tests.integration.installation import HARBOR, NORTHFIELD, RIVERBANK, Browser, schedule
from tests.integration.shown import Shown

pytestmark = pytest.mark.full

GUIDE = (ROOT / "docs" / "risk.md").read_text(encoding="utf-8")
NORA = ANALYSTS[NORTHFIELD.id]
STAYS = 24


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)


def given() -> list[dict[str, Any]]:
    """The records of the guide; the stay stands for so many like it."""
    found = []
    for block in blocks("json"):
        for record in json.loads(block)["records"]:
            several = range(STAYS) if record["record_type"] == "booking" else range(1)
            found += [{**record, "key": f"{record['key']}{number or ''}"} for number in several]
    return found


@pytest.fixture(scope="module")
def shown(own_world: Shown) -> Shown:
    """A world of this module's own, with the records of the guide, linked and scored."""
    with Browser(own_world.run, NORA) as nora:
        status, _, text = nora.ask("POST", f"{BASE}/records/bulk", {"records": given()})
    assert status == 200, text
    assert json.loads(text)["refused"] == 0, text
    schedule(own_world.run, (int(time.time()) // 300 + 2) * 300)  # the world's own refresh may have been this very mark
    return own_world


def test_each_search_of_the_guide_gives_what_it_says(shown: Shown) -> None:
    found = [shown.run.ask(block.strip(), NORA) for block in blocks("spl")]
    assert all(found)
    (listed,), (reasons,), records, (hotel,), (recruiter,), regions, years = found
    assert (listed["state"], listed["score"]) == ("look first", reasons["score"])
    assert sum(int(each.split()[0]) for each in reasons["reasons"]) == int(reasons["score"]) == 10 + 18 * 3 + 5 * 2
    assert "not evidence by itself" in str(reasons["risk_message"])
    assert {each["record_type"] for each in records} == {"license", "establishment", "review", "ad"}
    assert any(each["region"] == "IL" and each["look_first"] == "1" for each in regions)
    assert any((each["year"], each["region"], each["closed"]) == ("2024", "IL", "1") for each in years)
    assert (hotel["state"], recruiter["state"]) == ("look first", "look first")
    assert not {"price_low"} & {str(each) for each in listed["reasons"]}
    assert "price_low" in listed["unknown"]


def test_the_nightly_search_stores_scores_that_nobody_else_reads(shown: Shown) -> None:
    name = f"Minerva - risk of businesses - {NORTHFIELD.id}"
    search = str(shown.run.stage.conf.stanzas("savedsearches", "minerva_tenants")[name]["search"])
    shown.run.ask(search, SERVICE)
    with Browser(shown.run, NORA) as nora:
        status, _, text = nora.entities("risk_scores", {"sector": "massage"})
    assert (status, "Amber Leaf Spa" in text) == (200, True)
    first = json.loads(text)["scores"][0]["establishment_id"]
    for tenant in (RIVERBANK, HARBOR):
        with Browser(shown.run, ANALYSTS[tenant.id]) as other:
            assert "Amber" not in other.entities("risk_scores", {})[2]
            assert other.entities("risk_score", {"establishment_id": first})[0] == 404
        assert shown.run.ask(blocks("spl")[0].strip(), ANALYSTS[tenant.id]) == []
