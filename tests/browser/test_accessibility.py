"""axe-core on every page: no serious or critical violation of WCAG 2.1 A and AA."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from demo.run import ADMINS, ROOT
from tests.browser import chromium
from tests.browser.conftest import TENANT, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
EXCEPTED = {"label-content-name-mismatch"}
"""The paginator of Splunk's tables shows "Prev" and is named "Go to previous page"; its code is not ours."""
OWN = ("search", "dashboards", "found_in_text", "investigate", "cases", "shared", "schools", "business_risk", "images",
       "movement")  # fmt: skip
PAGES = ("overview", *OWN)


@pytest.fixture(scope="module")
def open_browser(site: Site, chrome: Browser) -> Iterator[BrowserContext]:
    """Yields a logged-in browser that lets axe-core into pages which allow no foreign script."""
    with chromium.opened(chrome, bypass_policy=True) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        yield page.context


def serious(context: BrowserContext, address: str, dashboard: bool) -> list[str]:
    """Returns the serious violations of a page, each with its rule and the elements."""
    page = context.new_page()
    page.goto(address)
    if dashboard:
        chromium.wait_for_panels(page)
    page.get_by_role("main").or_(page.locator(".login")).first.wait_for()
    found = judged(page)
    page.close()
    return found


def judged(page: Page) -> list[str]:
    """Returns the serious violations of a page as it stands, once nothing on it fades in any more."""
    page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then((result) => result.violations)")
    return [
        f"{item['id']}: {[node['html'][:120] for node in item['nodes'][:5]]}"
        for item in found
        if item["impact"] in ("serious", "critical") and item["id"] not in EXCEPTED
    ]


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_serious_accessibility_violation(site: Site, open_browser: BrowserContext, name: str) -> None:
    dashboard = name not in OWN
    assert serious(open_browser, f"{site.address}/en-US/app/minerva_app/{name}", dashboard) == []


def test_an_administrators_page_has_no_serious_accessibility_violation(site: Site, chrome: Browser) -> None:
    user = ADMINS[TENANT]
    with chromium.opened(chrome, bypass_policy=True) as page:
        chromium.log_in(page, site.address, user, site.run.passwords[user])
        page.goto(f"{site.address}/en-US/app/minerva_app/administration")
        for tab in ("Institution", "People", "Approvals", "Sharing", "Audit"):
            page.get_by_role("tab", name=tab, exact=True).click()
            page.get_by_role("heading", level=3).first.wait_for()
            assert judged(page) == [], tab


@pytest.mark.parametrize(
    ("search", "opens"),
    [("`minerva_records`", "Job"), ("`minerva_records` | stats count by source", "Export")],
    ids=["events", "statistics"],
)
def test_search_results_have_no_serious_accessibility_violation(
    site: Site, open_browser: BrowserContext, search: str, opens: str
) -> None:
    page = open_browser.new_page()
    page.goto(f"{site.address}/en-US/app/minerva_app/search")
    page.get_by_label("Search (SPL)").fill(search)
    page.keyboard.press("Enter")
    page.get_by_role("region").locator("tbody tr").first.wait_for()
    page.get_by_role("button", name=opens, exact=True).click()
    assert judged(page) == []
    page.close()


def test_login_page_has_no_serious_accessibility_violation(site: Site, open_browser: BrowserContext) -> None:
    assert serious(open_browser, f"{site.address}/en-US/account/login", False) == []
