"""The source workbench as an administrator uses it: a pasted sample becomes a source whose records an analyst finds on
the search page and on the map of Investigate, with no build in between."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.run import ADMIN, ANALYSTS
from tests.browser import chromium
from tests.browser.accessibility import axe
from tests.browser.conftest import Site, Watched
from tests.integration.installation import NORTHFIELD, installed, name_vault_account, schedule
from tests.integration.made_once import staged_apps
from understudy.web.serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PAGE = "/en-US/app/TA-gen-connectors/sources"
PHONE = "+12175550123"
SAMPLE = """\
Permit No;Trading Name;Street Address;City;State;ZIP;Telephone;E-mail;Opened;Seats
P-1;Rosewood Spa;12 Main St;Peoria;IL;61602;(217) 555-0123;desk@rosewood.example.org;01/31/2026;4
P-2;Juniper Bath;400 Oak Avenue;Springfield;IL;62701;217.555.0123;desk@rosewood.example.org;02/14/2026;6
P-3;Lotus House;9 Elm Road;Chicago;IL;60601;+1 312 555 0199;lotus@mail.example.net;03/01/2026;2
;No Permit;1 First St;Chicago;IL;60601;;;;
"""
PICTURES = os.environ.get("MINERVA_PICTURES", "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation without any input."""
    home = tmp_path_factory.mktemp("sources")
    with installed(home, staged_apps(tmp_path_factory)) as run, Serving(run.stage) as pages:
        name_vault_account(run.stage)
        yield Site(pages.address, run, ANALYSTS[NORTHFIELD.id], None)  # type: ignore[arg-type]  # there is no world


def picture(page: Page, name: str) -> None:
    """Looks at the page with axe; keeps pictures in both widths and schemes, where somebody asked for them."""
    assert axe.violations(page) == {}, name
    if not PICTURES:
        return
    for width in (1280, 1920):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 1000})
            page.wait_for_timeout(300)
            page.screenshot(path=Path(PICTURES) / f"{name}_{width}_{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")


def test_a_pasted_sample_becomes_a_source_whose_records_are_found(site: Site, chrome: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "permits"
    folder.mkdir()
    (folder / "permits.csv").write_text(SAMPLE, encoding="utf-8")
    with chromium.opened(chrome) as page:
        watched = Watched(page)
        chromium.log_in(page, site.address, ADMIN, site.run.passwords[ADMIN])
        make_source(page, site)
        schedule_it(page, folder)
        site.run.stage.run_inputs()
        expect(page.locator("[data-test=progress]")).to_contain_text("3 records stored", timeout=60_000)
        picture(page, "first_run")
        change_it(page)
        picture(page, "versions")
        lead_on(page)
        assert watched.errors == []
        assert not [url for url in watched.requests if "555" in url or "Rosewood" in url]
    log = (site.run.stage.home / "var" / "log" / "splunkd.log").read_text(encoding="utf-8")
    assert not [word for word in ("Rosewood", "555-0123", "rosewood.example") if word in log]
    schedule(site.run)
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        find_it(page, site)


def make_source(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{PAGE}")
    page.get_by_role("button", name="New source").wait_for()
    picture(page, "list")
    page.get_by_role("button", name="New source").click()
    page.get_by_label("Kind of record").select_option("establishment")
    page.get_by_label("Country").select_option("US")
    page.get_by_label("Sample", exact=True).last.fill(SAMPLE)
    page.get_by_role("button", name="Read the sample").click()
    expect(page.locator("[data-test=sample-read]")).to_contain_text("4 rows read as csv, separated by “;”")
    expect(page.get_by_label("What becomes of Telephone")).to_have_value("phones")
    expect(page.get_by_label("What becomes of City")).to_have_value("field.city")
    expect(page.get_by_label("Permit No is part of the key")).to_be_checked()
    page.get_by_label("What becomes of Seats").select_option("ignore")
    page.get_by_role("button", name="Run this against the sample").click()
    expect(page.locator("[data-test=preview-counts]")).to_contain_text("3 of 4 rows become records, 1 are refused")
    expect(page.get_by_role("table", name="Refused rows")).to_contain_text("a column of the key is empty in this row")
    missing = page.locator("[data-test=partial]").filter(has_text="required key 'id' is missing")
    expect(missing).to_be_visible()
    for label, text in {
        "Title": "Permits of Oakton", "Id": "oakton_permits", "Owner": "City of Oakton", "License": "public record",
        "Terms": "none known", "File names": "*.csv",
    }.items():  # fmt: skip
        page.get_by_label(label, exact=True).fill(text)
    expect(missing).to_have_count(0)
    expect(page.get_by_text("run it again to see what they make")).to_be_visible()
    page.get_by_label("Do its terms allow this?").select_option("true")
    picture(page, "workbench")
    page.get_by_role("button", name="Save the source").click()
    expect(page.locator("[data-test=saved]")).to_have_text("Version 1 is saved.")


def schedule_it(page: Page, folder: Path) -> None:
    page.get_by_label("Institution").select_option(NORTHFIELD.id)
    page.get_by_label("Folder").fill(str(folder))
    page.get_by_role("button", name="Make the input").click()
    expect(page.locator("[data-test=progress]")).to_contain_text("The input is made", timeout=60_000)


def change_it(page: Page) -> None:
    page.get_by_label("Title", exact=True).fill("Permits of Oakton, every week")
    page.get_by_label("What changed").fill("a clearer title")
    page.get_by_role("button", name="Save version 2").click()
    expect(page.locator("[data-test=saved]")).to_have_text("Version 2 is saved.")
    expect(page.get_by_role("table", name="Versions")).to_contain_text("a clearer title")


def lead_on(page: Page) -> None:
    """From the source to its health and back, the source chosen on both pages."""
    page.get_by_role("link", name="health of this source").click()
    page.wait_for_url("**/minerva_app/source_health?form.source=oakton_permits")
    expect(page.get_by_role("textbox", name="Source by its id")).to_have_value("oakton_permits")
    page.get_by_role("cell", name="Permits of Oakton, every week").click(timeout=60_000)
    page.wait_for_url("**/TA-gen-connectors/sources?source=oakton_permits")
    expect(page.get_by_role("heading", name="Permits of Oakton, every week")).to_be_visible()
    page.get_by_role("button", name="All sources").click()
    page.get_by_role("searchbox", name="Search the sources").fill("oakton")
    expect(page.get_by_role("link", name="health")).to_have_attribute(
        "href", "/en-US/app/minerva_app/source_health?form.source=oakton_permits"
    )


def test_how_a_source_on_the_web_is_asked_is_said_in_the_form_and_a_source_is_removed(
    site: Site, chrome: Browser
) -> None:
    with chromium.opened(chrome) as page:
        watched = Watched(page)
        chromium.log_in(page, site.address, ADMIN, site.run.passwords[ADMIN])
        page.goto(f"{site.address}{PAGE}")
        page.get_by_role("button", name="New source").click()
        page.get_by_label("Country").select_option("US")
        page.get_by_label("Sample", exact=True).last.fill("List of permits\n" + SAMPLE.replace(";Opened;", ";Date;"))
        page.get_by_role("button", name="Read the sample").click()
        page.get_by_text("Read it otherwise").click()
        page.get_by_label("Cells are separated by").select_option(";")
        page.get_by_label("Rows above the headings").fill("1")
        page.get_by_role("button", name="Read it so").click()
        expect(page.locator("[data-test=sample-read]")).to_contain_text("4 rows read as csv, separated by “;”")
        page.get_by_label("What becomes of Permit No").select_option("licenses")
        page.get_by_label("Name of the register of Permit No").fill("Oakton permits")
        page.get_by_label("What becomes of Date").select_option("attribute.opened")
        page.get_by_label("How the dates of Date are written").fill("%m/%d/%Y; iso")
        for label, text in {
            "Title": "Permits by web", "Id": "permits_by_web", "Owner": "City of Oakton", "License": "public record",
            "Terms": "none known",
        }.items():  # fmt: skip
            page.get_by_label(label, exact=True).fill(text)
        page.get_by_label("Read from").select_option("http")
        page.get_by_label("Host").fill("https://data.oakton.example.org")
        page.get_by_label("Path", exact=True).fill("/permits.csv")
        page.get_by_label("Next pages by").select_option("offset")
        page.get_by_label("Parameter of the offset").fill("skip")
        page.get_by_label("Of the account is sent").select_option("header")
        page.get_by_label("Name of the header").fill("X-Api-Key")
        picture(page, "by_web")
        page.get_by_role("button", name="Run this against the sample").click()
        expect(page.locator("[data-test=preview-counts]")).to_contain_text("3 of 4 rows become records")
        page.get_by_role("button", name="Save the source").click()
        expect(page.locator("[data-test=saved]")).to_have_text("Version 1 is saved.")
        stanza = site.run.stage.conf.written("minerva_sources", "permits_by_web", "TA-gen-connectors")
        facts = json.loads(stanza["document"])
        assert facts["http"]["paging"] == {"kind": "offset", "param": "skip"}
        assert facts["http"]["auth"] == {"kind": "header", "name": "X-Api-Key"}
        assert (facts["http"]["skip_rows"], facts["http"]["delimiter"]) == (1, ";")
        assert facts["mapping"]["attributes"]["opened"] == {"columns": ["Date"], "dates": ["%m/%d/%Y", "iso"]}
        assert facts["mapping"]["licenses"] == [{"column": "Permit No", "register": "Oakton permits"}]
        page.get_by_role("button", name="Remove the source").click()
        page.get_by_role("button", name="Remove it").click()
        page.get_by_role("button", name="New source").wait_for()
        expect(page.get_by_role("table", name="Sources")).not_to_contain_text("Permits by web")
        assert watched.errors == []


def find_it(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/en-US/app/minerva_app/search")
    page.get_by_label("Search (SPL)").fill("`minerva_records` source=oakton_permits city=Peoria")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rosewood Spa").first).to_be_visible(timeout=60_000)
    page.goto(f"{site.address}/en-US/app/minerva_app/investigate")
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(PHONE)
    box.press("Enter")
    page.locator("[data-test=entity-card]").first.locator("h3 a").click()
    page.get_by_role("tab", name="Map").click()
    table = page.get_by_role("table", name="Places")
    expect(table.or_(page.locator("[data-test=map]")).first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Peoria").first).to_be_visible()
    expect(page.get_by_text("Springfield").first).to_be_visible()
    picture(page, "map")
