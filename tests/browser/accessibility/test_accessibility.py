"""axe-core on every page, its tabs, views and questions, light and dark: no violation of WCAG 2.1 A and AA.

What a page shows once something was submitted, imported or judged is looked at where that is done, beside this folder.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from demo.run import ADMIN, ADMINS
from tests.browser import chromium
from tests.browser.accessibility import axe
from tests.browser.conftest import TENANT, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
DASHBOARDS = ("overview", "policy_figures", "source_health")
PAGES = (
    "search",
    "dashboards",
    "found_in_text",
    "investigate",
    "cases",
    "shared",
    "schools",
    "business_risk",
    "images",
    "movement",
)


@pytest.fixture(scope="module")
def page(site: Site, chrome: Browser) -> Iterator[Page]:
    """Yields the analyst's page, with purpose and case stated, without which nothing of others is shown."""
    with chromium.opened(chrome) as made:
        chromium.log_in(made, site.address, site.user, site.password)
        made.goto(f"{site.address}{APP}/investigate")
        made.get_by_label("Purpose").select_option("investigation")
        made.get_by_label("Case number").fill("NF-7")
        yield made


def every_tab(page: Page) -> dict[str, dict[str, list[str]]]:
    """Returns the violations of each tab of a page, or of the page itself where it has none."""
    page.get_by_role("main").or_(page.locator(".login")).first.wait_for()
    page.wait_for_load_state("networkidle")
    found = {"": axe.violations(page)}
    for name in page.get_by_role("tab").all_inner_texts():
        page.get_by_role("tab", name=name, exact=True).first.click()
        page.wait_for_load_state("networkidle")
        found[name] = axe.violations(page)
    return {name: told for name, told in found.items() if told}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_and_each_of_its_tabs_has_no_violation(site: Site, page: Page, name: str) -> None:
    page.goto(f"{site.address}{APP}/{name}")
    assert every_tab(page) == {}


@pytest.mark.parametrize("name", DASHBOARDS)
def test_a_dashboard_has_no_violation(site: Site, page: Page, name: str) -> None:
    page.goto(f"{site.address}{APP}/{name}")
    if name == "overview":
        chromium.wait_for_panels(page)
    page.wait_for_load_state("networkidle")
    assert axe.violations(page) == {}


@pytest.mark.parametrize("name", ["investigate", "cases", "shared", "images", "movement", "business_risk"])
def test_the_help_of_a_page_has_no_violation(site: Site, page: Page, name: str) -> None:
    page.goto(f"{site.address}{APP}/{name}")
    page.get_by_role("button", name="Help").first.click()
    page.get_by_role("dialog").wait_for()
    assert axe.violations(page) == {}


def test_cards_and_news_have_no_violation(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/investigate")
    box = page.get_by_role("textbox", name="What to investigate")
    kind, _, value = site.shown.identifier[TENANT].partition(":")
    box.fill(f"who is this?? {value}, jen_4u@example.com" if kind in ("phone", "email") else f"{kind}:{value}")
    box.press("Enter")
    page.locator("[data-test=entity-card]").first.wait_for()
    assert axe.violations(page) == {}
    for view in ("results", "graph", "timeline", "map", "records"):
        page.goto(f"{site.address}{APP}/investigate?n=month&v={view}")
        page.get_by_role("tab").first.wait_for()
        page.wait_for_load_state("networkidle")
        assert axe.violations(page) == {}, view


@pytest.mark.parametrize("view", ["results", "graph", "timeline", "map", "records"])
def test_a_view_of_an_entity_and_what_it_opens_have_no_violation(site: Site, page: Page, view: str) -> None:
    page.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[TENANT]}&v={view}")
    page.locator("[data-test=entity-view]").wait_for()
    if view in ("results", "records"):  # with what a row opens: a join side by side, a record with its finds
        page.locator("main tbody tr").first.click()
        page.locator("[data-test=join-view], [data-test=record-view]").first.wait_for()
    else:
        page.locator(f"[data-test={view}]").wait_for()
    assert axe.violations(page) == {}
    for more in ("Show as table", "History of this record", "History of judgements"):
        if page.get_by_role("button", name=more).count():
            page.get_by_role("button", name=more).first.click()
            page.wait_for_load_state("networkidle")
            assert axe.violations(page) == {}, more


@pytest.mark.parametrize("asked", ["Not the same", "Same as another…", "Watch", "Share", "Add to case"])
def test_what_is_asked_before_something_is_done_has_no_violation(site: Site, page: Page, asked: str) -> None:
    page.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[TENANT]}&v=results")
    page.get_by_role("table", name="Reasons of the joins").get_by_role("row").nth(1).wait_for()
    if asked == "Not the same":
        page.get_by_role("table", name="Reasons of the joins").get_by_role("row").nth(1).click()
    page.get_by_role("button", name=asked, exact=True).first.click()
    page.get_by_role("dialog").wait_for()
    page.wait_for_load_state("networkidle")
    assert axe.violations(page) == {}


def test_a_movement_has_no_violation(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/movement")
    page.get_by_role("table", name="Entities in several towns").locator("tbody a").first.click()
    page.locator("[data-test=map] canvas").wait_for()
    assert axe.violations(page) == {}


@pytest.mark.parametrize("address", ["minerva_app/source_health", "TA-gen-connectors/sources"])
def test_a_page_of_the_operator_has_no_violation(site: Site, chrome: Browser, address: str) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, ADMIN, site.run.passwords[ADMIN])
        page.goto(f"{site.address}/en-US/app/{address}")
        if address.endswith("source_health"):
            chromium.wait_for_panels(page)
        else:
            page.get_by_role("button", name="New source").wait_for()
            page.wait_for_load_state("networkidle")
        assert axe.violations(page) == {}


def test_each_tab_of_the_administration_has_no_violation(site: Site, chrome: Browser) -> None:
    user = ADMINS[TENANT]
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, user, site.run.passwords[user])
        page.goto(f"{site.address}{APP}/administration")
        page.get_by_role("heading", level=3).first.wait_for()
        assert every_tab(page) == {}


@pytest.mark.parametrize(
    ("search", "opens"),
    [("`minerva_records`", "Job"), ("`minerva_records` | stats count by source", "Export")],
    ids=["events", "statistics"],
)
def test_search_results_have_no_violation(site: Site, page: Page, search: str, opens: str) -> None:
    page.goto(f"{site.address}{APP}/search")
    page.get_by_label("Search (SPL)").fill(search)
    page.keyboard.press("Enter")
    page.get_by_role("region").locator("tbody tr").first.wait_for()
    page.get_by_role("button", name=opens, exact=True).click()
    assert axe.violations(page) == {}


def test_the_login_page_has_no_violation(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        page.goto(f"{site.address}/en-US/account/login")
        assert every_tab(page) == {}
