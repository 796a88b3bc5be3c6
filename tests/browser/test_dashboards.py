"""A dashboard of every kind of source, input and drilldown (the app in panels/), its panels' buttons and its errors."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser import chromium
from tests.browser.conftest import JOB, Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

APP = "/en-US/app/panels"
BROKEN = "Unknown search command 'evall'. Did you mean 'eval'? (line 2, column 3, at 'evall x=1')"


@pytest.fixture
def board(site: Site, watched: Watched) -> Watched:
    """Returns the page with the dashboard drawn; its broken panel's refusal is not an error of the page."""
    watched.page.goto(f"{site.address}{APP}/board")
    for title, text in (("Chained", "plain"), ("Saved search", "9"), ("Own page", "odd"), ("Broken", BROKEN)):
        expect(panel(watched.page, title).get_by_text(text, exact=True).first).to_be_visible(timeout=30_000)
    watched.errors.clear()
    return watched


def panel(page: Page, title: str) -> Locator:
    return page.locator('[data-test="grid-item"]').filter(has=page.get_by_text(title, exact=True))


def test_chained_and_saved_searches_fill_their_panels(board: Watched) -> None:
    expect(panel(board.page, "Chained").locator("tbody tr")).to_have_count(3)
    expect(panel(board.page, "Saved search").get_by_text("9", exact=True)).to_be_visible()
    expect(panel(board.page, "Chained").get_by_text("-24h@h").first).to_be_visible()


def test_inputs_set_tokens_and_stay_out_of_the_address(board: Watched) -> None:
    page = board.page
    word = page.get_by_role("textbox", name="Word")
    word.fill('say "hello"')
    word.press("Enter")
    word.blur()
    expect(panel(page, "Chained").get_by_text('say "hello"').first).to_be_visible()
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Odd").click()
    page.keyboard.press("Escape")
    expect(panel(page, "Chained").get_by_text("odd", exact=True).first).to_be_visible()
    assert [url for url in [*board.requests, page.url] if "hello" in url] == []
    board.errors.clear()  # jobs of the tokens before are cancelled; the broken panel


@pytest.mark.full
def test_a_click_sets_a_token(board: Watched) -> None:
    panel(board.page, "Chained").get_by_text("4", exact=True).click()
    expect(board.page.get_by_text("Chosen number: 4")).to_be_visible()


@pytest.mark.full
def test_a_broken_panel_says_what_is_wrong_and_an_empty_one_that_there_is_nothing(board: Watched) -> None:
    expect(panel(board.page, "Broken").get_by_text(BROKEN)).to_be_visible()
    expect(panel(board.page, "No rows").get_by_text("No search results returned")).to_be_visible()


def test_a_drilldown_to_a_script_is_refused_in_words(board: Watched) -> None:
    panel(board.page, "Script address").get_by_text("odd").click()
    expect(board.page.get_by_text('address begins with "javascript:"')).to_be_visible()


@pytest.mark.full
def test_a_drilldown_to_another_host_is_asked_about_first(board: Watched) -> None:
    panel(board.page, "Other host").get_by_text("odd").click()
    dialog = board.page.get_by_role("dialog")
    expect(dialog.get_by_text("https://www.example.org/?q=odd")).to_be_visible()
    dialog.get_by_role("button", name="Stay here").click()
    expect(dialog).to_have_count(0)
    assert [url for url in board.requests if "example.org" in url] == []


@pytest.mark.full
def test_a_drilldown_to_an_own_page_hands_its_value_over_unseen(board: Watched) -> None:
    with board.page.context.expect_page() as opened:
        panel(board.page, "Own page").get_by_text("odd").click()
    page = opened.value
    expect(page.get_by_role("cell", name="odd", exact=True)).to_be_visible()
    assert "odd" not in page.url
    page.close()


@pytest.mark.full
def test_a_drilldown_to_a_search_runs_it(board: Watched) -> None:
    page = board.page
    panel(page, "Saved search").get_by_text("9", exact=True).click()
    page.wait_for_url(f"**{APP}/search**")
    expect(page.get_by_label("Search (SPL)")).to_have_value("| makeresults | eval number=3")
    expect(page.get_by_role("tab", name="Statistics (1)")).to_be_visible()


@pytest.mark.full
def test_the_buttons_of_a_panel_export_refresh_and_open_its_search(board: Watched) -> None:
    page = board.page
    panel(page, "Chained").locator('[data-test="viz-title"]').hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export the rows of Chained as CSV").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert lines == ["number,kind,note,from", *(f"{number},even,plain,-24h@h" for number in (2, 4, 6))]
    panel(page, "Chained").locator('[data-test="viz-title"]').hover()
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/search/jobs")):
        page.get_by_role("button", name="Run Chained again").click()
    with page.expect_request(
        lambda request: "%7C%20search%20kind" in (request.post_data or "").replace("+", "%20")
    ) as asked:
        page.get_by_role("button", name="Open the search of Chained").click()
        page.wait_for_url(f"**{APP}/search**")
    expect(page.get_by_role("tab", name="Statistics (3)")).to_be_visible()
    form = parse_qs(asked.value.post_data)
    assert (form["earliest_time"], form["latest_time"]) == (["-24h@h"], ["now"]), "the panel's own time range"


@pytest.mark.full
def test_the_buttons_of_a_panel_are_reached_by_keyboard(board: Watched) -> None:
    page = board.page
    wrapper = panel(page, "Chained").locator('[data-test="action-menu-wrapper"]')
    expect(wrapper).to_have_css("opacity", "0")
    panel(page, "Chained").get_by_role("cell").last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Open the search of Chained")).to_be_focused()
    expect(wrapper).to_have_css("opacity", "1")


@pytest.mark.full
def test_a_session_that_ends_while_a_dashboard_is_open_leads_to_the_login(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        page.goto(f"{site.address}{APP}/board")
        expect(panel(page, "Chained").get_by_text("plain", exact=True).first).to_be_visible()
        page.context.clear_cookies()
        word = page.get_by_role("textbox", name="Word")
        word.fill("another")
        word.press("Enter")
        expect(page.get_by_label("User name")).to_be_visible()
        assert "return_to=" in page.url


@pytest.mark.full
def test_what_was_asked_of_a_job_before_it_was_cancelled_is_no_fault_of_the_page(board: Watched) -> None:
    page = board.page
    held: list[Route] = []
    page.route("**/results_preview?*", lambda route: held.append(route))  # a builtin takes no mark
    word = page.get_by_role("textbox", name="Word")
    for text in ("first", "second"):
        word.fill(text)
        word.press("Enter")
        page.wait_for_timeout(1_500)  # the first job's preview waits in `held` when the second value cancels the job
    for route in held:
        route.continue_()
    page.unroute("**/results_preview?*")
    expect(panel(page, "Chained").get_by_text("second", exact=True).first).to_be_visible()
    late = [answer.url for route in held if (answer := route.request.response()) and answer.status == 404]
    assert late != []
    assert {JOB.search(url)["sid"] for url in late} <= board.cancelled  # type: ignore[index]


@pytest.mark.full
def test_a_value_in_an_address_is_refused_in_words_and_taken_out(site: Site, board: Watched) -> None:
    page = board.page
    page.goto(f"{site.address}{APP}/board?form.word=phone:%2B14155550123&form.span.earliest=-7d")
    expect(page.get_by_text("do not belong in an address (form.word)")).to_be_visible()
    expect(panel(page, "Chained").get_by_text("plain", exact=True).first).to_be_visible()
    assert "5550123" not in page.url
    assert "form.span.earliest=-7d" in page.url
    expect(panel(page, "Broken").get_by_text(BROKEN)).to_be_visible()
    board.errors.clear()  # the broken panel


@pytest.mark.full
def test_a_chart_says_none_only_when_its_answer_has_come(site: Site, watched: Watched) -> None:
    page = watched.page
    held: list[Route] = []
    rows = re.compile(r"/search/(v2/)?jobs/[^/]+/results(_preview)?(\?|$)")
    page.route(rows, lambda route: held.append(route))
    page.goto(f"{site.address}/en-US/app/minerva_app/overview")
    charts = page.locator(".no-rows")
    expect(charts.first).to_have_text("Reading…", timeout=30_000)
    page.wait_for_timeout(3_000)  # the jobs end meanwhile, their rows are held back
    assert held != []
    assert set(charts.all_inner_texts()) == {"Reading…"}
    for route in held:
        route.continue_()
    page.unroute(rows)
    expect(page.get_by_text("Reading…")).to_have_count(0, timeout=30_000)
