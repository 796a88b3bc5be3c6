"""What is not one and yet related stands on Investigate's cards, in the inspector and on the graph as what it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from minerva.records import Column, Record, identify
from tests.browser.conftest import Site, Watched
from tests.integration.installation import NORTHFIELD, Browser, schedule, signed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PAGE = "/en-US/app/minerva_app/investigate"
ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor", "Faroeby", "Gozofell", "Hydrabek", "Ionastad")
PHONE = "(415) 555-0112"
ROWS = (
    ("Grundvik Infant School", "12 Oak Street", ""),
    ("Elm Tree Playgroup", "12 Oak Street", ""),
    ("Sunny Grebe Day Care 1", "31 Birch Street", ""),
    ("Sunny Grebe Day Care 2", "480 Birch Street", ""),
    ("Quiet Heron Inn", "14 Main Street", PHONE),
    ("Juniper Plover Hall", "990 Oak Avenue", PHONE),
    *((f"{isle} Hair Studio", f"650 Market Road Suite {door}", "") for door, isle in enumerate(ISLES, 1)),
)
"""Name, address and phone of sites of one town."""


def _record(number: int, name: str, address: str, phone: str) -> Record:
    columns = [Column("attributes.phone", "phone", phone)] if phone else []
    return Record.build(
        record_type="site",
        source_id="business_sites",
        tenant_id=NORTHFIELD.id,
        natural_key=f"site-{number}",
        observed_time="2026-10-01T12:00:00Z",
        texts={"name": name, "address": address, "city": "Springfield", "postcode": "70201"},
        attributes={"phone": phone} if phone else {},
        evidence=identify({}, columns, region="US"),
    )


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    """A site of this module's own, with a register of places linked into it."""
    query = f"index={NORTHFIELD.index}&sourcetype=minerva:site&source=business_sites&host=minerva"
    with Browser(own_site.run, "admin") as browser:
        for number, row in enumerate(ROWS):
            event = signed(own_site.run, NORTHFIELD, _record(number, *row)).to_json()
            assert browser.send(f"/services/receivers/simple?{query}", event) == 200
    schedule(own_site.run)
    return own_site


def card(page: Page, site: Site, name: str) -> Locator:
    """Asks for a name and returns the card of who bears it."""
    page.goto(f"{site.address}{PAGE}")
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(name)
    box.press("Enter")
    return page.locator("[data-test=entity-card]").filter(has=page.get_by_role("link", name=name, exact=True)).first


@pytest.mark.parametrize(
    ("name", "said", "why"),
    [
        ("Grundvik Infant School", "Same site as Elm Tree Playgroup", "same house number 12 and street"),
        ("Sunny Grebe Day Care 1", "Same name, other address as Sunny Grebe Day Care 2", "equal but for the number"),
        ("Quiet Heron Inn", "One contact with Juniper Plover Hall", "both hold the phone +14155550112"),
    ],
)
def test_what_it_is_to_another_stands_on_the_card_and_with_its_reason_in_the_inspector(
    site: Site, watched: Watched, name: str, said: str, why: str
) -> None:
    found = card(watched.page, site, name)
    expect(found.locator("[data-test=card-related]")).to_have_text(said)
    found.locator("h3 a").click()
    related = watched.page.locator("[data-test=related]")
    expect(related).to_contain_text("Not one with it, but related")
    expect(related).to_contain_text(why)
    related.get_by_role("link").click()
    expect(watched.page.locator("[data-test=related]").get_by_role("link", name=name, exact=True)).to_be_visible()


def test_a_house_of_many_names_is_told_as_a_shared_building_that_joins_nobody(site: Site, watched: Watched) -> None:
    found = card(watched.page, site, f"{ISLES[0]} Hair Studio")
    expect(found.locator("[data-test=card-related]")).to_have_text("Shared building held by 8 names or more")
    found.locator("h3 a").click()
    related = watched.page.locator("[data-test=related]")
    expect(related).to_contain_text(
        re.compile(r"650 Market Road Suite \d\. An address that so many share joins nobody")
    )
    expect(related.get_by_role("link")).to_have_count(0)


def test_the_graph_draws_a_relation_dashed_and_says_that_it_is_none_of_identity(site: Site, watched: Watched) -> None:
    card(watched.page, site, "Grundvik Infant School").locator("h3 a").click()
    watched.page.get_by_role("tab", name="Graph").click()
    watched.page.locator("[data-laid-out=true]").wait_for()
    expect(watched.page.get_by_text("dashed: related, not one")).to_be_visible()
