"""Takes the README's pictures of a running demo: `python -m tests.browser.screenshots URL USER` (password from stdin).

Writes docs/images/{overview,search,investigate,graph,map,case}.png, 1440 pixels wide.
"""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
APP = "/en-US/app/minerva_app"


def save(page: Page, path: Path) -> None:
    """Waits until the panels stand and saves the whole page."""
    chromium.wait_for_panels(page)
    page.wait_for_timeout(4_000)
    page.screenshot(path=path, full_page=True)
    print(path)


def take(address: str, user: str, password: str, folder: Path = IMAGES) -> None:
    """Writes the pictures of dashboards, a search, Investigate and a case, for what is largest and most shared."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver, chromium.launched(driver) as browser, chromium.opened(browser) as page:
        page.set_default_timeout(chromium.PATIENCE)
        chromium.log_in(page, address, user, password)
        page.goto(f"{address}{APP}/overview")
        save(page, folder / "overview.png")
        identifier = page.locator("td", has_text=re.compile(r"^phone:")).first.inner_text()
        page.locator('[data-test="grid-item"]').filter(has_text="Largest entities").locator("td").first.click()
        page.wait_for_url("**/investigate?e=*")
        entity_id = str(re.findall(r"e_[0-9a-f]{16}", page.url)[0])
        page.goto(f"{address}{APP}/search")
        page.get_by_label("Search (SPL)").fill("`minerva_records` source=classified_ads")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="All fields of this event").first.wait_for()
        for words in ("Searching", "Reading…"):
            page.get_by_text(words).first.wait_for(state="hidden")
        page.wait_for_timeout(2_000)
        page.screenshot(path=folder / "search.png")  # what a window shows: the page goes on for many events
        investigate(page, address, entity_id, identifier, folder)


def investigate(page: Page, address: str, entity_id: str, identifier: str, folder: Path) -> None:
    """Writes the pictures of a text that was asked for, of an entity's graph and map, and of a case made for it."""
    page.goto(f"{address}{APP}/investigate")
    page.get_by_label("Purpose").select_option("investigation")
    page.get_by_label("Case number").fill("NF-7")
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(f"seen on a poster: call {identifier.partition(':')[2]} tonight")
    box.press("Enter")
    page.locator("[data-test=entity-card] h3 a").first.click()
    page.locator("[data-test=entity-view]").wait_for()
    window(page, folder / "investigate.png")
    page.goto(f"{address}{APP}/investigate?e={entity_id}&v=graph")
    page.locator("[data-test=graph]").wait_for()
    window(page, folder / "graph.png")
    page.get_by_role("tab", name="Map").click()
    page.locator("[data-test=map]").wait_for()
    window(page, folder / "map.png")
    page.get_by_role("button", name="Add to case").click()
    page.get_by_role("dialog").get_by_label("Case", exact=True).select_option("new")
    page.get_by_label("What the case is called").fill("Two towns, one operation")
    page.get_by_label("Why it matters").fill("The number on the poster")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Added to the case").wait_for()
    page.goto(f"{address}{APP}/cases")
    page.get_by_role("link", name="Two towns").first.click()
    for label, text in (
        ("Write a note", "Seen twice near the station."), ("What may be so", "One operator runs both houses."),
        ("What is to be done", "Ask the licensing office who signed."),
    ):  # fmt: skip
        part = page.locator("section").filter(has=page.get_by_label(label))
        part.get_by_label(label).fill(text)
        part.get_by_role("button", name="Add", exact=True).click()
        page.get_by_text(text).first.wait_for()
    window(page, folder / "case.png")


def window(page: Page, path: Path) -> None:
    """Saves what a window shows, once it stands still."""
    page.wait_for_timeout(5_000)
    page.screenshot(path=path)
    print(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="for example http://127.0.0.1:8000")
    parser.add_argument("user")
    given = parser.parse_args()
    secret = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    take(given.address.rstrip("/"), given.user, secret)
