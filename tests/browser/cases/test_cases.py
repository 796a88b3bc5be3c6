"""From an entity to a case and a shared lead, by an analyst, and what a partner sees of it: without SPL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.run import ANALYSTS
from tests.browser import chromium
from tests.browser.accessibility import axe
from tests.browser.conftest import TENANT, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
OTHER = "riverbank"


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture(scope="module")
def page(site: Site, chrome: Browser) -> Iterator[Page]:
    """Yields the tenant's analyst, with purpose and case stated."""
    with chromium.opened(chrome) as made:
        chromium.log_in(made, site.address, site.user, site.password)
        made.goto(f"{site.address}{APP}/investigate")
        made.get_by_label("Purpose").select_option("investigation")
        made.get_by_label("Case number").fill("NF-7")
        yield made


def test_an_entity_is_added_to_a_new_case_and_read_there(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[TENANT]}&v=results")
    page.get_by_role("button", name="Add to case").click()
    page.get_by_label("What the case is called").fill("Harbor road")
    page.get_by_label("Why it matters").fill("the number on the poster")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added to the case Harbor road.")).to_be_visible()
    page.goto(f"{site.address}{APP}/cases")
    page.get_by_role("link", name="Harbor road").click()
    pin = page.locator("[data-test=case-pin]")
    expect(pin).to_contain_text("the number on the poster")
    page.get_by_placeholder("Write a note").fill("seen twice near the station")
    page.locator("section").filter(has_text="Notes").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[data-test=case-note]")).to_contain_text("seen twice near the station")
    expect(page).to_have_title("Harbor road – Cases")
    page.go_back()
    expect(page).to_have_title("Cases – Minerva")
    page.go_forward()
    pin.get_by_role("link").click()
    expect(page.locator("[data-test=entity-view]")).to_be_visible()


def test_a_task_is_given_to_a_colleague_from_a_list(site: Site, page: Page, chrome: Browser) -> None:
    role = next(each for each in site.run.tenants if each.id == TENANT).analyst_role
    site.run.stage.create_user("nils", "a test password of nils", [role])
    for title in ("Station street", "Old mill"):
        page.goto(f"{site.address}{APP}/cases")
        page.get_by_role("button", name="Open a case").click()
        page.get_by_label("What the case is called").fill(title)
        page.get_by_role("dialog").get_by_role("button", name="Open", exact=True).click()
        expect(page).to_have_title(f"{title} – Cases")
    page.get_by_label("What is to be done").fill("ask the office")
    page.get_by_label("Who does it").select_option("nils")
    page.get_by_label("By which day").fill("2026-01-24")
    page.locator("section").filter(has_text="Tasks").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[data-test=case-task]")).to_contain_text("for nils, was due 24 Jan 2026")
    page.get_by_placeholder("Write a note").fill("call 206 555 0142")
    page.locator("section").filter(has_text="Notes").get_by_role("button", name="Add", exact=True).click()
    note = page.locator("[data-test=case-note]")
    expect(note.locator("[data-test=chip]")).to_contain_text("+1 206 555 0142")
    note.get_by_role("button", name="Edit").click()
    note.get_by_label("Change the text").fill("he will call")
    note.get_by_role("button", name="Save").click()
    expect(note).to_contain_text("1 earlier version")
    assert axe.violations(page) == {}
    with chromium.opened(chrome) as other:
        chromium.log_in(other, site.address, "nils", "a test password of nils")
        other.goto(f"{site.address}{APP}/cases")
        rows = other.get_by_role("table", name="Cases").locator("tbody tr")
        expect(rows.filter(has_text="Station street")).to_be_visible()
        other.get_by_label("My cases alone").check()
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Old mill")


def test_a_lead_is_shared_seen_by_the_recipient_and_gone_after_the_recall(
    site: Site, page: Page, chrome: Browser
) -> None:
    page.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[TENANT]}&v=results")
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_label("How far").select_option("L3")
    page.get_by_label("Why").fill("same operation in both towns")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Mark it up to L3").click()
    expect(page.locator("[data-test=share-preview]")).to_contain_text("Riverbank")
    page.get_by_role("dialog").get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_text("It can be recalled under Shared.")).to_be_visible()
    with chromium.opened(chrome) as other:
        user = ANALYSTS[OTHER]
        chromium.log_in(other, site.address, user, site.run.passwords[user])
        other.goto(f"{site.address}{APP}/shared")
        other.get_by_label("Purpose").select_option("investigation")
        other.get_by_label("Case number").fill("RB-1")
        lead = other.locator("[data-test=lead]")
        expect(lead).to_contain_text("Northfield")
        expect(lead).to_contain_text("What may be done with it")
        page.goto(f"{site.address}{APP}/shared")
        page.get_by_role("tab", name="By us").click()
        page.get_by_role("button", name="Recall").click()
        page.get_by_label("Why").fill("closed")
        page.get_by_role("dialog").get_by_role("button", name="Recall").click()
        expect(page.get_by_role("cell", name="recalled")).to_be_visible()
        other.reload()
        expect(other.get_by_role("heading", name="Nothing is shared with your institution now")).to_be_visible()


def test_a_partner_with_fewer_rights_sees_a_whole_page(site: Site, chrome: Browser) -> None:
    user = ANALYSTS[OTHER]
    with chromium.opened(chrome) as other:
        chromium.log_in(other, site.address, user, site.run.passwords[user])
        for view, heading in (("investigate", "Largest"), ("cases", "Cases"), ("shared", "Shared")):
            other.goto(f"{site.address}{APP}/{view}")
            expect(other.get_by_role("heading", name=heading).first).to_be_visible()
        other.goto(f"{site.address}{APP}/cases")
        expect(other.get_by_role("heading", name="No cases yet")).to_be_visible()
