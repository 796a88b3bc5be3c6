"""A session that ends and a server that stops while somebody works: asked again in place, in words, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.run import ANALYSTS
from tests.browser import chromium
from tests.browser.conftest import TENANT, Site
from understudy.web.serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
OTHER = "riverbank"


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture
def page(site: Site, chrome: Browser) -> Iterator[Page]:
    with chromium.opened(chrome) as made:
        chromium.log_in(made, site.address, site.user, site.password)
        yield made


def end_session(page: Page) -> None:
    """Takes the session from the browser, as one that splunkd has ended, from a page that waits for nothing."""
    page.wait_for_load_state("networkidle")  # else an answer to what it asked first asks for the login
    page.context.clear_cookies()


def log_in_again(page: Page, password: str) -> None:
    dialog = page.get_by_role("dialog", name="Your session has ended")
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Log in").click()


def test_investigate_asks_for_the_login_in_place_and_asks_again(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/investigate")
    page.get_by_role("heading", name="Largest").wait_for()
    end_session(page)
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(site.shown.identifier[TENANT])
    box.press("Enter")
    log_in_again(page, "not the password")
    expect(page.get_by_text("The password was not accepted.")).to_be_visible()
    bodies: list[str] = []
    page.on("request", lambda request: bodies.append(f"{request.url} {request.post_data or ''}"))
    log_in_again(page, site.password)
    expect(page.locator("[data-test=entity-card]").first).to_be_visible()
    expect(box).to_have_value(site.shown.identifier[TENANT])
    assert [text.split()[0] for text in bodies if "password=" in text] == [f"{site.address}/en-US/account/login"]
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}]) + document.documentElement.outerHTML"
    )
    assert site.password not in kept


def test_a_part_that_is_first_opened_after_the_session_ended_is_loaded_after_the_login(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[TENANT]}&v=records")
    page.get_by_role("table", name="Records").wait_for()
    end_session(page)
    page.get_by_role("tab", name="Timeline").click()
    log_in_again(page, site.password)
    expect(page.locator("[data-test=timeline] .vis-timeline")).to_be_visible()


def test_a_note_that_was_refused_is_added_after_the_login(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/cases")
    page.get_by_role("button", name="Open a case").click()
    page.get_by_label("What the case is called").fill("Session")
    page.get_by_role("dialog").get_by_role("button", name="Open", exact=True).click()
    note = page.get_by_placeholder("Write a note")
    note.fill("half a thought")
    end_session(page)
    page.locator("section").filter(has_text="Notes").get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("dialog", name="Your session has ended").get_by_role("button", name="Not now").click()
    expect(page.get_by_role("alert")).to_contain_text("log in again")
    expect(note).to_have_value("half a thought")
    page.locator("section").filter(has_text="Notes").get_by_role("button", name="Add", exact=True).click()
    log_in_again(page, site.password)
    expect(page.locator("[data-test=case-note]")).to_have_count(1)


def test_somebody_else_who_logs_in_meanwhile_does_not_go_on_with_what_was_typed(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/shared")
    end_session(page)
    page.get_by_role("tab", name="By us").click()
    dialog = page.get_by_role("dialog", name="Your session has ended")
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Log in in another tab").click()
    tab = opened.value
    user = ANALYSTS[OTHER]
    for name, word, answer in (
        (user, site.run.passwords[user], "Another user is logged in now."),
        (site.user, site.password, ""),
    ):
        tab.goto(f"{site.address}/en-US/account/login")
        tab.get_by_label("User name").fill(name)
        tab.get_by_label("Password").fill(word)
        tab.get_by_role("button", name="Log in").click()
        tab.wait_for_url("**/en-US/app/**")
        dialog.get_by_role("button", name="go on here").click()
        if answer:
            expect(dialog.get_by_text(answer)).to_be_visible()
    expect(page.get_by_role("heading", name="Shared by us")).to_be_visible()


def test_nothing_that_was_stated_or_typed_in_a_tab_is_there_for_the_next_user_of_it(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/investigate")
    page.get_by_role("heading", name="Largest").wait_for()
    page.locator("[data-test=circumstances]").get_by_label("Case number").fill("Case of the first 17")
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(site.shown.identifier[TENANT])
    box.press("Enter")
    expect(page.locator("[data-test=entity-card]").first).to_be_visible()
    typed = page.url
    left = page.context.new_page()
    left.goto(f"{site.address}{APP}/investigate")
    case = left.locator("[data-test=circumstances]").get_by_label("Case number")
    expect(case).to_have_value("Case of the first 17")  # another tab of the same user goes on with it
    end_session(page)
    user = ANALYSTS[OTHER]
    chromium.log_in(page, site.address, user, site.run.passwords[user])
    page.goto(typed)
    expect(page.locator("[data-test=circumstances]").get_by_label("Case number")).to_have_value("")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "first 17" not in kept
    assert site.shown.identifier[TENANT].partition(":")[2] not in kept


@pytest.mark.parametrize("view", ["investigate", "cases", "shared"])
def test_a_server_that_stops_is_told_in_words_and_asked_again(site: Site, chrome: Browser, view: str) -> None:
    with Serving(site.run.stage) as first, chromium.opened(chrome) as page:
        port = int(first.address.rpartition(":")[2])
        chromium.log_in(page, first.address, site.user, site.password)
        page.goto(f"{first.address}{APP}/{view}")
        page.get_by_role("main").or_(page.get_by_role("heading", name="Largest")).first.wait_for()
        page.wait_for_load_state("networkidle")
        first.__exit__()
        if view == "investigate":
            box = page.get_by_role("textbox", name="What to investigate")
            box.fill(site.shown.identifier[TENANT])
            box.press("Enter")
        elif view == "cases":
            page.get_by_role("button", name="Open a case").click()
            page.get_by_label("What the case is called").fill("Kept")
            page.get_by_role("dialog").get_by_role("button", name="Open", exact=True).click()
        else:
            page.get_by_role("tab", name="Requests").click()
        expect(page.get_by_text("The server does not answer.").first).to_be_visible()
        with Serving(site.run.stage, port):
            if view == "cases":
                expect(page.get_by_label("What the case is called")).to_have_value("Kept")
                page.get_by_role("dialog").get_by_role("button", name="Open", exact=True).click()
                expect(page.get_by_role("heading", name="Kept")).to_be_visible()
                return
            page.get_by_role("button", name="Try again").first.click()
            shown = page.locator("[data-test=entity-card]").or_(page.get_by_text("No request is open."))
            expect(shown.first).to_be_visible()
