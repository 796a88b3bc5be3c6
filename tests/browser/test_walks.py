"""Walks of an analyst and of a partner's: by keyboard alone, in two tabs, with a server that is away."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from demo.run import ANALYSTS
from tests.browser import chromium
from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
ASKED = re.compile("/splunkd/__raw/")
PAGES = ("investigate", "movement", "cases", "shared", "business_risk", "images", "schools")


@pytest.fixture(params=["northfield", "riverbank"])
def tenant(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(site: Site, chrome: Browser, tenant: str) -> Iterator[Page]:
    with chromium.opened(chrome) as made:
        user = ANALYSTS[tenant]
        chromium.log_in(made, site.address, user, site.run.passwords[user])
        yield made


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until what a selector names has the focus. Raises AssertionError when it never has."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab reaches {selector}")


def test_a_messy_text_leads_to_a_record_and_back_without_a_mouse(site: Site, page: Page, tenant: str) -> None:
    page.goto(f"{site.address}{APP}/investigate")
    page.get_by_role("heading", name="Largest").wait_for()
    keys = page.keyboard
    keys.press("/")
    kind, _, value = site.shown.identifier[tenant].partition(":")
    keys.type(f"who is this?? call/write {value} asap" if kind in ("phone", "email") else f"{kind}:{value}")
    keys.press("Enter")
    page.locator("[data-test=entity-card]").first.wait_for()
    tab_to(page, "[data-test=entity-card] h3 a")
    keys.press("Enter")
    expect(page.locator("[data-test=entity-view]")).to_be_visible()
    expect(page.get_by_role("tab", name="Reasons")).to_be_focused()
    title = page.title()
    assert title.endswith(" – Investigate")
    for _ in range(4):
        keys.press("ArrowRight")
    expect(page.get_by_role("tab", name="Records")).to_be_focused()
    page.get_by_role("table", name="Records").wait_for()
    tab_to(page, "main tbody tr")
    keys.press("Enter")
    expect(page.locator("[data-test=record-view]")).to_be_visible()
    expect(page.locator("[data-test=inspector]")).to_be_focused()
    keys.press("Escape")
    expect(page.locator("main tr[aria-selected=true]")).to_be_focused()
    other = page.context.new_page()
    other.goto(page.url)
    expect(other).to_have_title(title)
    for _ in range(9):  # each view that the arrows passed is a step of its own, and so is what was chosen
        if re.search("[?&]e=", page.url):
            page.go_back()
    expect(page.locator("[data-test=entity-card]").first).to_be_visible()
    expect(page).to_have_title("Investigate – Minerva")
    expect(other).to_have_title(title)


def test_no_page_is_blank_while_the_server_is_away_or_the_session_has_ended(site: Site, page: Page) -> None:
    def refused(route: Route) -> None:
        route.fulfill(status=401, content_type="application/json", body='{"messages": []}')

    for view in PAGES:
        page.route(ASKED, lambda route: route.abort())
        page.goto(f"{site.address}{APP}/{view}")
        for name in ("By us", "Banks", "Schools held"):  # pages that ask for nothing before a tab is chosen
            if view in ("shared", "images", "schools") and page.get_by_role("tab", name=name).count():
                page.get_by_role("tab", name=name).click()
        expect(page.get_by_text("The server does not answer.").first).to_be_visible()
        page.unroute(ASKED)
        page.route(ASKED, refused)
        page.goto(f"{site.address}{APP}/{view}")
        expect(page.get_by_role("dialog", name="Your session has ended")).to_be_visible()
        page.unroute(ASKED)
