"""The walks of an analyst once more by a partner who collects nothing and sees what is shared with it: whole pages, in
words, without SPL."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from demo.run import ANALYSTS
from tests.browser import chromium
from tests.browser.conftest import Site, Watched
from tests.browser.test_session import end_session, log_in_again
from tests.browser.test_walks import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
OWNER, PARTNER, GROUP = "riverbank", "harbor", "hotline"
STATED = {"purpose": "victim_safety", "case": "RB-9"}


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture(scope="module")
def grant(site: Site) -> str:
    """The id of a lead that the owner shared with the partner's group."""
    about, owner = {"entity_id": site.shown.entity[OWNER], **STATED}, ANALYSTS[OWNER]
    site.run.call_handler(owner, "mark", {**about, "level": "L3", "why": "for the hotline"})
    terms = {"to": GROUP, "level": "L3", "fields": ["infrastructure", "statistics"], "why": "one operation"}
    proposal = site.run.call_handler(owner, "propose", {**about, **terms})["proposal"]
    released = site.run.call_handler(owner, "release", {"proposal_id": proposal["proposal_id"], **STATED})
    return str(released["grant"]["grant_id"])


@pytest.fixture
def page(site: Site, chrome: Browser, grant: str) -> Iterator[Page]:
    """Yields the partner's analyst, with purpose and case stated."""
    user = ANALYSTS[PARTNER]
    with chromium.opened(chrome) as made:
        chromium.log_in(made, site.address, user, site.run.passwords[user])
        made.goto(f"{site.address}{APP}/investigate")
        made.get_by_label("Purpose").select_option("investigation")
        made.get_by_label("Case number").fill("HF-3")
        made.get_by_role("heading", name="Largest").wait_for()
        yield made


def messy(site: Site) -> str:
    kind, _, value = site.shown.identifier[OWNER].partition(":")
    return f"who is this?? call/write {value} asap" if kind in ("phone", "email") else f"{kind}:{value}"


def ask(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(text)
    box.press("Enter")


def lead(page: Page, site: Site) -> Locator:
    page.goto(f"{site.address}{APP}/shared")
    return page.locator("[data-test=lead]")


def test_a_messy_text_leads_to_what_another_institution_shares(site: Site, page: Page) -> None:
    seen = Watched(page)
    ask(page, messy(site))
    expect(page.get_by_role("heading", name="No entity of your own holds this")).to_be_visible()
    page.locator("[data-test=shared-lead]").get_by_role("link", name="See it under Shared").click()
    shared = page.locator("[data-test=lead]")
    expect(shared).to_contain_text("Riverbank")
    expect(shared).to_contain_text("What may be done with it")
    shared.locator("[data-test=chip] a").first.click()
    expect(page.locator("[data-test=shared-lead]").first).to_be_visible()
    assert seen.errors == []


@pytest.mark.parametrize("view", ["results", "graph", "timeline", "map", "records"])
def test_an_entity_of_others_is_told_in_words_and_cannot_be_judged(site: Site, page: Page, view: str) -> None:
    page.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[OWNER]}&v={view}")
    expect(page.get_by_role("heading", name="No entity stands under this id for you").first).to_be_visible()
    for name in ("Not the same", "Share", "Add to case", "History of judgements"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)


@pytest.mark.parametrize("view", ["results", "timeline", "map"])
def test_news_of_the_week_are_none_and_said_so(site: Site, page: Page, view: str) -> None:
    expect(page.get_by_role("button", name="Last 7 days")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("what others share with it stands under").first).to_be_visible()
    page.goto(f"{site.address}{APP}/investigate?n=week&v={view}")
    expect(page.get_by_role("heading", name="Nothing has changed").first).to_be_visible()


def test_a_contact_of_a_lead_is_watched_and_taken_off(site: Site, page: Page) -> None:
    lead(page, site).get_by_role("button", name="Watch").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Note").fill("asked by the harbor")
    dialog.get_by_label("Last day").fill("2099-01-31")
    dialog.get_by_role("button", name="Watch").click()
    expect(page.get_by_text("On the watch list.")).to_be_visible()
    page.goto(f"{site.address}{APP}/investigate")
    row = page.locator("[data-test=watched]").get_by_role("row").filter(has_text="asked by the harbor")
    expect(row).to_contain_text("until 31 Jan 2099")
    row.get_by_role("button", name="Take off").click()
    dialog.get_by_label("Why").fill("it is theirs")
    dialog.get_by_role("button", name="Take off").click()
    expect(row).to_have_count(0)


def test_a_case_refers_to_a_lead_and_its_export_says_what_it_lacks(site: Site, page: Page) -> None:
    lead(page, site).get_by_role("button", name="Add to case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What the case is called").fill("Night freight")
    dialog.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="Night freight").click()
    expect(page.locator("[data-test=case-note]")).to_contain_text("A lead that Riverbank")
    page.get_by_role("button", name="Export", exact=True).click()
    dialog.get_by_label("Who it is for").fill("the prosecutor's office")
    dialog.get_by_role("button", name="Export").click()
    expect(dialog).to_contain_text("no pinned evidence")


def test_the_lead_is_reached_by_keyboard_alone(site: Site, page: Page) -> None:
    keys = page.keyboard
    page.get_by_label("Case number").blur()
    keys.press("/")
    keys.type(messy(site))
    keys.press("Enter")
    page.locator("[data-test=shared-lead]").wait_for()
    tab_to(page, "[data-test=shared-lead] a")
    keys.press("Enter")
    expect(page.locator("[data-test=lead]")).to_be_visible()


def test_two_tabs_back_reload_and_a_session_that_ends(site: Site, page: Page) -> None:
    ask(page, messy(site))
    hit = page.locator("[data-test=shared-lead]")
    expect(hit).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{site.address}{APP}/shared")
    expect(other).to_have_title(re.compile("Shared"))
    expect(page).to_have_title("Investigate – Minerva")
    page.reload()
    expect(hit).to_be_visible()
    hit.get_by_role("link").click()
    expect(page.locator("[data-test=lead]")).to_be_visible()
    page.go_back()
    expect(hit).to_be_visible()
    end_session(page)
    other.get_by_role("tab", name="Notices").click()
    log_in_again(other, site.run.passwords[ANALYSTS[PARTNER]])
    expect(other.get_by_role("dialog")).to_have_count(0)


def test_a_lead_is_gone_once_its_owner_has_recalled_it(site: Site, page: Page, grant: str) -> None:
    expect(lead(page, site)).to_have_count(1)
    site.run.call_handler(ANALYSTS[OWNER], "recall", {"grant_id": grant, "why": "closed", **STATED})
    page.reload()
    expect(page.get_by_role("heading", name="Nothing is shared with your institution now")).to_be_visible()
    page.get_by_role("tab", name="Notices").click()
    told = page.get_by_role("table", name="Notices")
    for words in ("recalled a lead that you had", "shared a lead with you"):
        expect(told.get_by_role("row").filter(has_text=words).first).to_contain_text(re.compile(rf"\w+ {words}"))
    expect(told).not_to_contain_text("Something")
    page.goto(f"{site.address}{APP}/investigate")
    ask(page, messy(site))
    expect(page.get_by_role("heading", name="Nobody whom you may see holds this")).to_be_visible()
    expect(page.locator("[data-test=shared-lead]")).to_have_count(0)
