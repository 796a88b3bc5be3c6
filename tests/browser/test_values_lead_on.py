"""Every value leads on: an identifier, an entity, a record, a case and a source, from each page that shows one, to the
page about it. What is followed stands in no address but as an opaque id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.conftest import TENANT, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"


@dataclass(frozen=True)
class Place:
    """The analyst's page, with the ways to each value and on."""

    site: Site
    page: Page

    def go(self, view: str) -> None:
        self.page.goto(f"{self.site.address}{APP}/{view}")

    @property
    def entity(self) -> str:
        return self.site.shown.entity[TENANT]

    @property
    def identifier(self) -> str:
        return self.site.shown.identifier[TENANT]

    def chip(self, within: str) -> None:
        chip = self.page.locator(f"{within} [data-test=chip]").first
        chip.locator("a").first.click()

    def ask(self, text: str) -> None:
        self.go("investigate")
        box = self.page.get_by_role("textbox", name="What to investigate")
        box.fill(text)
        box.press("Enter")
        self.page.locator("[data-test=entity-card]").first.wait_for()

    def records(self) -> None:
        self.go(f"investigate?e={self.entity}&v=records")
        self.page.get_by_role("table", name="Records").get_by_role("row").nth(1).click()
        self.page.locator("[data-test=record-view]").wait_for()

    def overview(self, panel: str) -> None:
        self.go("overview")
        chromium.wait_for_panels(self.page)
        self.page.locator('[data-test="grid-item"]').filter(has_text=panel).locator("td").first.click()

    def text(self) -> None:
        self.go("found_in_text")
        self.page.get_by_role("textbox", name="Text", exact=True).fill("mail jen_4u@example.com")
        self.page.get_by_role("button", name="Read the text").click()
        self.chip("main")

    def case(self) -> None:
        self.go("cases")
        self.page.get_by_role("link", name="Harbor road").click()
        self.page.locator("[data-test=case-pin]").first.wait_for()

    def pin(self, what: str) -> None:
        self.case()
        self.page.locator("[data-test=case-pin]").filter(has_text=what).get_by_role("link").first.click()

    def table(self, kind: str) -> None:
        self.go(f"investigate?e={self.entity}&v=graph")
        self.page.get_by_role("button", name="Show as table").click()
        rows = self.page.get_by_role("table", name="Points of the graph").get_by_role("row")
        rows.filter(has=self.page.get_by_role("cell", name=kind, exact=True)).first.get_by_role("button").click()

    def chip_of_a_card(self) -> None:
        self.ask(self.identifier)
        self.chip("[data-test=entity-card]")

    def chip_of_the_entity(self) -> None:
        self.go(f"investigate?e={self.entity}")
        self.chip("[data-test=entity-view]")

    def chip_of_a_record(self) -> None:
        self.records()
        self.chip("[data-test=record-view]")

    def row_of_the_overview(self) -> None:
        self.overview("Largest entities, over all time")

    def card(self) -> None:
        self.ask(self.identifier)
        self.page.locator("[data-test=entity-card] h3 a").first.click()

    def pinned_entity(self) -> None:
        self.pin("records of")

    def entity_of_the_graph(self) -> None:
        self.table("Entity")

    def record_of_the_overview(self) -> None:
        self.overview("Records holding")

    def pinned_record(self) -> None:
        self.pin("a record as evidence")

    def record_of_the_graph(self) -> None:
        self.table("Record")


IDENTIFIERS = (Place.chip_of_a_card, Place.chip_of_the_entity, Place.chip_of_a_record, Place.text)
ENTITIES = (Place.row_of_the_overview, Place.card, Place.pinned_entity, Place.entity_of_the_graph)
RECORDS = (Place.record_of_the_overview, Place.records, Place.pinned_record, Place.record_of_the_graph)
Way = Callable[[Place], None]


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture(scope="module")
def place(site: Site, chrome: Browser) -> Iterator[Place]:
    """Yields the analyst's page; a case holds an entity and a record."""
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        made = Place(site, page)
        made.go(f"investigate?e={made.entity}")
        page.get_by_role("button", name="Add to case").click()
        page.get_by_label("What the case is called").fill("Harbor road")
        page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("link", name="Harbor road").wait_for()
        made.records()
        page.get_by_role("button", name="Add this record to a case").click()
        page.get_by_label("Why it matters").fill("a record as evidence")
        page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("link", name="Harbor road").wait_for()
        yield made


def unseen(page: Page, chosen: str = "") -> None:
    """Nothing but opaque ids, the view, a key and the filter that was chosen stand in the address."""
    query = page.url.partition("?")[2]
    held = [part for part in query.split("&") if part and part != chosen]
    form = re.compile(r"e=e_[0-9a-f]{16}|r=[0-9a-f]{32}|v=\w+|q=[0-9a-f]{12}|c=c_[0-9a-f]{16}")
    assert [part for part in held if not form.fullmatch(part)] == [], query


@pytest.mark.parametrize("follow", IDENTIFIERS, ids=lambda way: way.__name__)
def test_an_identifier_leads_to_who_uses_it(place: Place, follow: Way) -> None:
    follow(place)
    place.page.wait_for_url(f"**{APP}/investigate?q=*")
    shown = place.page.locator("[data-test=entity-card]").or_(place.page.get_by_role("heading", name="Nobody"))
    expect(shown.first).to_be_visible()
    unseen(place.page)


@pytest.mark.parametrize("follow", ENTITIES, ids=lambda way: way.__name__)
def test_an_entity_leads_to_what_is_known_of_it(place: Place, follow: Way) -> None:
    follow(place)
    expect(place.page.locator("[data-test=entity-view]")).to_be_visible()
    unseen(place.page)


@pytest.mark.parametrize("follow", RECORDS, ids=lambda way: way.__name__)
def test_a_record_leads_to_its_text_and_finds(place: Place, follow: Way) -> None:
    follow(place)
    expect(place.page.locator("[data-test=record-view]")).to_be_visible()
    unseen(place.page)


def test_a_case_leads_to_its_page_from_the_list_and_from_what_was_added_to_it(place: Place) -> None:
    page = place.page
    place.case()
    expect(page.get_by_role("heading", name="Harbor road")).to_be_visible()
    place.go(f"investigate?e={place.entity}")
    page.get_by_role("button", name="Add to case").click()
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="Harbor road").click()
    expect(page.get_by_role("heading", name="Harbor road")).to_be_visible()
    unseen(page)


def test_a_source_leads_to_its_records_from_the_entity_and_from_a_record(place: Place) -> None:
    page = place.page
    place.go(f"investigate?e={place.entity}")
    source = page.locator("[data-test=sources] button").first
    name = source.inner_text()
    source.click()
    rows = page.get_by_role("table", name="Records").get_by_role("row")
    expect(rows.nth(1)).to_contain_text(name)
    expect(rows.filter(has_not_text=name)).to_have_count(1)  # the heading
    place.records()
    name = page.locator("[data-test=record-view] [title='Records of this source']").inner_text()
    page.locator("[data-test=record-view] [title='Records of this source']").click()
    expect(page.locator("[data-test=filters]").get_by_label(name)).to_be_checked()
    unseen(page, f"fo={name.replace(' ', '_')}")
