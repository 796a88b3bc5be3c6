"""A record says whose it is, how it is marked and what has become of it, and records are listed by both."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.run import ANALYSTS
from minerva.records import Column, Marking, Record, identify
from tests.browser import chromium
from tests.browser.conftest import Site, Watched
from tests.integration import installation
from tests.integration.installation import NORTHFIELD, RIVERBANK, schedule, signed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PAGE = "/en-US/app/minerva_app/investigate"
PHONE = "(415) 555-0118"
BOTH = "bea"
STATED = {"purpose": "investigation", "case": "NF-7"}


def _record(tenant: str, number: int, level: str) -> Record:
    columns = [Column("attributes.phone", "phone", PHONE)]
    return Record.build(
        record_type="site",
        source_id="business_sites",
        tenant_id=tenant,
        natural_key=f"house-{number}",
        observed_time="2026-10-01T12:00:00Z",
        texts={"name": "Violet Bittern House", "address": "9 Elm Street", "city": "Springfield", "postcode": "70201"},
        attributes={"phone": PHONE, "seats": str(number)},
        marking=Marking(level),
        evidence=identify({}, columns, region="US"),
    )


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    """A site of this module's own: one house in the records of two institutions, under three markings."""
    with installation.Browser(own_site.run, "admin") as browser:
        for number, (tenant, level) in enumerate([(NORTHFIELD, "L0"), (NORTHFIELD, "L3"), (RIVERBANK, "L4")]):
            event = signed(own_site.run, tenant, _record(tenant.id, number, level)).to_json()
            query = f"index={tenant.index}&sourcetype=minerva:site&source=business_sites&host=minerva"
            assert browser.send(f"/services/receivers/simple?{query}", event) == 200
    schedule(own_site.run, moment=(int(time.time()) // 300 + 2) * 300)  # after the run that made the world
    own_site.run.stage.create_user(
        BOTH, "a test password of bea", [tenant.analyst_role for tenant in (NORTHFIELD, RIVERBANK)]
    )
    return own_site


def records(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{PAGE}")
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(PHONE)
    box.press("Enter")
    page.locator("[data-test=entity-card]").first.wait_for()
    page.get_by_role("tab", name="Records").click()


def test_records_of_two_institutions_are_listed_by_institution_and_by_marking(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, BOTH, "a test password of bea")
        records(page, site)
        rows = page.get_by_role("table", name="Records").locator("tbody tr")
        expect(rows).to_have_count(3)
        filters = page.locator("[data-test=filters]")
        filters.get_by_label("Northfield").check()
        expect(rows).to_have_count(2)
        filters.get_by_label("L3").check()
        expect(rows).to_have_count(1)
        filters.get_by_role("button", name="Show all").click()
        filters.get_by_label("L4").check()
        rows.first.click()
        expect(page.locator("[data-test=record-marking]")).to_contain_text("Riverbank")
        expect(page.locator("[data-test=record-marking]")).to_contain_text("L4: shown to the group")


def test_who_belongs_to_two_institutions_says_for_which_one_something_is_done(site: Site, chrome: Browser) -> None:
    found = site.run.call_handler(ANALYSTS[NORTHFIELD.id], "investigate", {"identifiers": ["phone:+14155550118"]})
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, BOTH, "a test password of bea")
        page.goto(f"{site.address}{PAGE}?e={found['entities'][0]['entity_id']}&v=results")
        page.get_by_role("button", name="History of judgements").click()
        expect(page.get_by_role("alert").first).to_contain_text("choose in the head of the page for which one")
        page.get_by_label("For", exact=True).select_option(label="Northfield police unit")
        page.get_by_role("button", name="History of judgements").click()
        expect(page.get_by_text("Nobody has judged these records.")).to_be_visible()
        page.goto(f"{site.address}/en-US/app/minerva_app/cases")
        expect(page.get_by_label("For", exact=True)).to_have_value(NORTHFIELD.id)
        page.get_by_role("button", name="Open a case").click()
        page.get_by_label("What the case is called").fill("Two houses")
        page.get_by_role("dialog").get_by_role("button", name="Open", exact=True).click()
        expect(page.get_by_role("heading", name="Two houses")).to_be_visible()


def test_movement_is_of_the_institution_that_was_chosen(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, BOTH, "a test password of bea")
        page.goto(f"{site.address}/en-US/app/minerva_app/movement")
        assert movers(page) & site.shown.entities[RIVERBANK.id]
        with page.expect_navigation():
            page.get_by_label("For", exact=True).select_option(label="Northfield police unit")
        assert movers(page) <= site.shown.entities[NORTHFIELD.id]


def movers(page: Page) -> set[str]:
    """The ids of the entities that the page of movement lists first."""
    rows = page.get_by_role("table", name="Entities in several towns").locator("tbody a")
    rows.first.wait_for()
    return {str(row.get_attribute("href")).rpartition("e=")[2] for row in rows.all()}


def test_a_record_tells_its_history_and_leads_to_the_record_that_it_was_compared_with(
    site: Site, watched: Watched
) -> None:
    page = watched.page
    found = site.run.call_handler(site.user, "investigate", {"identifiers": ["phone:+14155550118"]})
    (entity,) = found["entities"]
    one, other = sorted(entity["records"])
    pair = {"op": "add", "a": one, "b": other, "verdict": "unsure", "why": "two doors"}
    site.run.call_handler(site.user, "judgements", pair)
    site.run.call_handler(site.user, "mark", {"record_id": one, "level": "L3", "why": "for the ring", **STATED})
    site.run.call_handler(
        site.user, "mark", {"entity_id": entity["entity_id"], "level": "L2", "why": "counted", **STATED}
    )
    page.goto(f"{site.address}{PAGE}?e={entity['entity_id']}&v=records&r={one}")
    page.get_by_role("button", name="History of this record").click()
    history = page.locator("[data-test=record-history]")
    for said in (
        "1 Oct 2026 12:00 UTC Published or last seen, as the source says",
        "Read by Minerva and stored",
        f"Judged unsure with another record, by {site.user}: “two doors”",
        f"The record was marked L3: shown without precise places, by {site.user}: “for the ring”",
        "Its entity was marked L2",
    ):
        expect(history).to_contain_text(said)
    history.get_by_role("button", name="The other record").click()
    page.wait_for_url(f"**r={other}*")
    expect(page.locator("[data-test=record-view]")).to_be_visible()
    expect(page.get_by_role("button", name="History of this record")).to_be_visible()
