"""Business risk as a company's analyst sees it: the work list, a score, its reasons and records; nothing of others."""

from __future__ import annotations

import csv
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.run import ANALYSTS, SERVICE
from minerva.partner.registry import BASE
from tests.browser import chromium
from tests.browser.accessibility import axe
from tests.browser.conftest import Site, Watched
from tests.integration.installation import HARBOR, NORTHFIELD
from tests.integration.installation import Browser as Connection
from tests.integration.test_risk_guide import given
from tests.screening.world import chain

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PAGE = "/en-US/app/minerva_app/business_risk"
SHOTS = os.environ.get("MINERVA_SHOTS", "")


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    """The records of the guide, submitted by the company, linked and scored by its searches."""
    run = own_site.run
    with Connection(run, ANALYSTS[HARBOR.id]) as hanna:
        status, _, text = hanna.ask("POST", f"{BASE}/records/bulk", {"records": given()})
    assert (status, json.loads(text)["refused"]) == (200, 0)
    moment = (int(time.time()) // 300 + 1) * 300
    for minutes in range(5):
        assert not [job for job in run.stage.run_schedules(float(moment + 60 * minutes)) if job.failed]
    name = f"Minerva - risk of businesses - {HARBOR.id}"
    run.ask(str(run.stage.conf.stanzas("savedsearches", "minerva_tenants")[name]["search"]), SERVICE)
    return own_site


@pytest.fixture
def page(site: Site, chrome: Browser) -> Iterator[Page]:
    with chromium.opened(chrome) as made:
        seen = Watched(made)
        user = ANALYSTS[HARBOR.id]
        chromium.log_in(made, site.address, user, site.run.passwords[user])
        yield made
        assert seen.errors == []


def shot(page: Page, name: str) -> None:
    """Looks at the page with axe; keeps a picture where somebody asked for one."""
    assert axe.violations(page) == {}, name
    if SHOTS:
        page.wait_for_timeout(1500)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_company_follows_a_score_to_its_reasons_and_records(site: Site, page: Page) -> None:
    page.goto(site.address + PAGE)
    work = page.get_by_role("table", name="Work list")
    expect(work).to_contain_text("Amber Leaf Spa")
    expect(work).to_contain_text("look first")
    expect(page.locator("[data-test=map]")).to_be_visible()
    shot(page, "work_list")
    work.get_by_role("link", name="Amber Leaf Spa").click()
    expect(page.get_by_role("heading", name="Amber Leaf Spa")).to_be_visible()
    expect(page.locator("[data-test=reason]")).to_have_count(6)
    expect(page.locator("[data-test=facts]")).to_contain_text("74 points")
    expect(page.get_by_role("table", name="History")).to_contain_text("ended by the authority")
    shot(page, "one_score")
    page.get_by_role("link", name="record 1", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/investigate\?e=e_[0-9a-f]{16}&r=[0-9a-f]{32}"))
    expect(page.locator("body")).to_contain_text("Amber Leaf Spa")


def test_the_work_list_is_exported_as_it_is_listed(site: Site, page: Page, tmp_path: Path) -> None:
    page.goto(site.address + PAGE)
    page.get_by_label("State").select_option("look first")
    expect(page).to_have_url(re.compile("state=look"))
    page.reload()
    expect(page.get_by_label("State")).to_have_value("look first")
    work = page.get_by_role("table", name="Work list")
    expect(work.locator("tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Export this list").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Purpose").fill("compliance")
    dialog.get_by_label("Case number").fill("H-12")
    shot(page, "export_list")
    with page.expect_download() as taken:
        dialog.get_by_role("button", name="Export").click()
    file = tmp_path / "list.csv"
    taken.value.save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["name"], row["state"], row["case"]) for row in rows] == [("Amber Leaf Spa", "look first", "H-12")]
    expect(page.locator("[data-test=list-exported]")).to_contain_text("1 business was handed")
    page.get_by_label("State").select_option("")
    page.go_back()
    expect(page.get_by_label("State")).to_have_value("look first")


def test_regions_and_years_are_compared_with_their_doubt(site: Site, page: Page) -> None:
    page.goto(site.address + PAGE)
    page.get_by_text("Compare regions and years, and premises that belong together").click()
    expect(page.get_by_role("table", name="Regions")).to_contain_text("too few to compare")
    expect(page.get_by_role("table", name="Years")).to_contain_text("2024")
    expect(page.locator("[data-test=comparison]")).to_contain_text(
        "No premises of this trade share a phone or an owner."
    )
    shot(page, "comparison")


def test_the_screening_of_a_chain_becomes_a_report_that_opens_to_be_printed(page: Page, site: Site) -> None:
    page.goto(site.address + PAGE)
    page.get_by_role("button", name="Screening gaps of a chain").click()
    file = {"name": "chain.json", "mimeType": "application/json", "buffer": json.dumps(chain()).encode()}
    page.get_by_label("File of the chain").set_input_files(file)  # type: ignore[arg-type]  # a dict is a FilePayload
    expect(page.locator("[data-test=screening]")).to_contain_text("could have caught")
    shot(page, "screening")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Open the report to print").click()
    printed = opened.value
    expect(printed.get_by_role("heading", name="Screening gaps of")).to_be_visible()
    expect(printed.get_by_role("heading", name="What to do first")).to_be_visible()
    assert printed.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"


def test_a_trade_without_data_says_that_nothing_is_known(site: Site, page: Page) -> None:
    page.goto(site.address + PAGE)
    page.get_by_label("Trade").select_option("finance")
    expect(page.get_by_role("main").last).to_contain_text("nothing is known, which is not the same as nothing to see")
    shot(page, "no_data")


def test_another_institution_sees_none_of_it(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as made:
        user = ANALYSTS[NORTHFIELD.id]
        chromium.log_in(made, site.address, user, site.run.passwords[user])
        made.goto(site.address + PAGE)
        expect(made.get_by_label("Trade")).to_be_visible()
        assert "Amber" not in made.content()


def test_one_press_of_back_leaves_a_business_that_was_opened_by_its_name(site: Site, page: Page) -> None:
    page.goto(site.address + PAGE)
    table = page.get_by_role("table", name="Work list")
    table.locator("tbody tr").first.get_by_role("link").first.click()
    page.locator("[data-test=facts]").wait_for()
    page.go_back()
    expect(table).to_be_visible()
