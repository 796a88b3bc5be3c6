"""What an analyst sees: login, each dashboard with the demo's numbers, the way from a table to an entity, search."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from demo.run import ANALYSTS
from tests.browser import chromium
from tests.browser.conftest import TENANT, Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STAND_IN = "Understudy: a stand-in for Splunk, not Splunk"
APP = "/en-US/app/minerva_app"


def counted(site: Site, spl: str, name: str) -> str:
    """Returns a number of a search as the pages write it."""
    rows = [dict(row) for row in site.run.stage.search(spl, site.user, app="minerva_app").rows]
    return f"{int(rows[0][name]):,}"  # type: ignore[arg-type]  # a count, never a list


def test_wrong_password_is_refused_in_words(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        page.goto(f"{site.address}/")
        expect(page.get_by_role("heading", name=STAND_IN)).to_be_visible()
        page.get_by_label("User name").fill(site.user)
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("alert")).to_contain_text("Login failed")


def test_login_opens_the_default_view_and_logout_ends_the_session(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        assert page.url == f"{site.address}{APP}/overview"
        page.get_by_role("button", name="Log out").click()
        page.goto(f"{site.address}{APP}/overview")
        expect(page.get_by_label("User name")).to_be_visible()


@pytest.mark.full
def test_overview_shows_the_numbers_of_the_store(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/overview")
    chromium.wait_for_panels(page)
    expect(page.get_by_text(STAND_IN)).to_be_visible()
    records = counted(site, "| tstats dc(minerva_record_id) as records where `minerva_records`", "records")
    assert records != "0"
    expect(page.get_by_text(records, exact=True).first).to_be_visible()
    expect(page.get_by_text("demo watch list").first).to_be_visible()


def test_the_overview_leads_to_the_entity_and_to_the_record_in_investigate(site: Site, watched: Watched) -> None:
    page = watched.page
    for shown in ("entity-view", "record-view"):
        page.goto(f"{site.address}{APP}/overview")
        chromium.wait_for_panels(page)
        panel = "Largest entities, over all time" if shown == "entity-view" else "Records holding"
        block = page.locator('[data-test="grid-item"]').filter(has_text=panel)
        block.locator("td", has_text=re.compile(r"^\d{4}-\d{2}-\d{2}$")).first.click()
        page.wait_for_url(f"**{APP}/investigate?*")
        expect(page.locator(f"[data-test={shown}]")).to_be_visible()


@pytest.mark.full
def test_the_overview_shows_words_and_leads_to_its_help(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/overview")
    chromium.wait_for_panels(page)
    text = page.locator("body").inner_text()
    assert re.findall(r"\be_[0-9a-f]{16}\b|\b[0-9a-f]{32}\b|\b[a-z]+(?:_[a-z]+)+\b", text) == []
    page.get_by_role("link", name="Help", exact=True).click()
    expect(page.get_by_role("dialog", name="Overview: help")).to_be_visible()


@pytest.mark.full
def test_old_addresses_lead_into_investigate_with_what_they_named(site: Site, watched: Watched) -> None:
    page, entity, identifier = watched.page, site.shown.entity[TENANT], site.shown.identifier[TENANT]
    page.goto(f"{site.address}{APP}/entity?form.entity_id={entity}")
    page.wait_for_url(f"**{APP}/investigate?e={entity}*")
    expect(page.locator("[data-test=entity-view]")).to_be_visible()
    page.goto(f"{site.address}{APP}/identifier_search?form.identifier={quote(identifier)}")
    page.wait_for_url(f"**{APP}/investigate?q=*")
    expect(page.locator("[data-test=entity-card]").first).to_be_visible()
    assert identifier.partition(":")[2].lstrip("+") not in page.url
    for name in ("entity", "identifier_search"):
        page.goto(f"{site.address}{APP}/{name}")
        page.wait_for_url(f"**{APP}/investigate*")
        expect(page.get_by_role("link", name="now in Investigate")).to_have_count(0)  # no entry of the menu


@pytest.mark.full
def test_an_institution_that_holds_no_record_is_not_promised_links(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, ANALYSTS["harbor"], site.run.passwords[ANALYSTS["harbor"]])
        page.goto(f"{site.address}{APP}/overview")
        chromium.wait_for_panels(page)
        expect(page.get_by_text("No record of your institution is stored")).to_be_visible()
        expect(page.get_by_text("every five minutes")).to_have_count(0)
        expect(page.get_by_text("No data!")).to_have_count(0)


def test_a_search_in_an_address_does_not_run(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/search?q=search%20index%3D*")
    expect(page.get_by_text("do not belong in an address (q)")).to_be_visible()
    expect(page.get_by_label("Search (SPL)")).to_have_value("")
    assert [url for url in watched.requests if url.endswith("/search/jobs")] == []


@pytest.mark.full
def test_dashboards_page_lists_the_dashboard(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/dashboards")
    expect(page.get_by_role("main").get_by_role("link", name="Overview", exact=True)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Entity")).to_have_count(0)


def test_search_page_runs_a_search_typed_and_confirmed_by_keyboard(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/search")
    page.get_by_label("Search (SPL)").fill("`minerva_records` | stats dc(record_id) as records by source | sort source")
    page.keyboard.press("Enter")
    expect(page.locator('[data-test="job-counts"]')).to_contain_text("results")
    expect(page.get_by_role("cell", name="classified_ads", exact=True)).to_be_visible()


def test_a_view_that_is_not_there_is_a_page_that_says_so(site: Site, watched: Watched) -> None:
    answer = watched.page.goto(f"{site.address}{APP}/nothing_here")
    assert answer is not None
    assert answer.status == 404
    expect(watched.page.get_by_role("heading", name="Not found")).to_be_visible()
    watched.errors.clear()  # Chromium reports the page's own status as a console error
