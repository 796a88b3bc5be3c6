"""The handlers of sources on the stand-in: for administrators alone, and the list that the inputs page offers."""

from __future__ import annotations

import json

import pytest

from demo.run import ADMIN, ADMINS, ANALYSTS
from tests.integration.installation import NORTHFIELD, Browser
from tests.integration.shown import Shown

WORK = "/servicesNS/-/TA-gen-connectors/minerva/sources/v1/"
LIST = "/servicesNS/nobody/TA-gen-connectors/minerva/sources/list/"


@pytest.mark.parametrize("user", [ANALYSTS[NORTHFIELD.id], ADMINS[NORTHFIELD.id]])
def test_nobody_but_an_administrator_of_splunk_may_work_with_sources(shown: Shown, user: str) -> None:
    with Browser(shown.run, user) as browser:
        for operation in ("start", "sample", "fetch", "save", "schedule", "no_such"):
            status, _, text = browser.ask("POST", WORK + operation, {"id": "oakton"})
            assert (status, "oakton" in text) == (403, False)
        assert browser.ask("GET", LIST + "http")[0] == 403


def test_the_inputs_page_is_offered_sources_at_run_time(shown: Shown) -> None:
    with Browser(shown.run, ADMIN) as browser:
        for transport, source in (("http", "classified_ads"), ("file", "massage_licenses")):
            status, _, text = browser.ask("GET", LIST + transport)
            offered = {entry["content"]["source_id"]: entry["content"]["label"] for entry in json.loads(text)["entry"]}
            assert (status, source in offered) == (200, True)
        assert browser.ask("GET", LIST + "ftp")[0] == 404


def test_the_workbench_shows_sources_and_who_reads_them(shown: Shown) -> None:
    with Browser(shown.run, ADMIN) as browser:
        status, _, text = browser.ask("POST", WORK + "start", {})
        held = json.loads(text)
        (found,) = [source for source in held["sources"] if source["id"] == "massage_licenses"]
        assert (status, found["made"], f"{NORTHFIELD.id}_massage_licenses" in found["inputs"]) == (200, False, True)
        assert NORTHFIELD.id in {tenant["id"] for tenant in held["tenants"]}
        status, _, text = browser.ask("POST", WORK + "open", {"id": "nothing"})
        assert (status, json.loads(text)["error"]) == (400, "there is no source 'nothing'")
        assert browser.ask("POST", WORK + "open", ["a list"])[0] == 400
