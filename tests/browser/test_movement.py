"""Movement as an analyst sees it: an entity of several towns on the map, its rounds, and what a forecast is worth."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PAGE = "/en-US/app/minerva_app/movement"
SHOTS = os.environ.get("MINERVA_SHOTS", "")


def test_an_entity_is_drawn_with_its_way_and_the_doubt_is_told(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(site.address + PAGE)
    movers = page.get_by_role("table", name="Entities in several towns")
    movers.locator("tbody a").first.click()
    told = page.locator("[data-test=forecast]")
    expect(told).to_contain_text("The likeliest next town after")
    expect(told).to_contain_text("one where it never was")
    expect(page.get_by_role("note")).to_contain_text("no prediction of a person")
    drawn = page.locator("[data-test=map]")
    expect(drawn.locator("canvas")).to_be_visible()
    expect(drawn.locator("button[title*=visited]").first).to_be_visible()
    expect(drawn.get_by_role("status")).to_have_count(0, timeout=30_000)  # it has been drawn
    legs = page.get_by_role("table", name="Legs").locator("tbody tr")
    count = page.get_by_role("navigation", name="Pages of Legs")
    expect(count).to_be_visible()
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "movement.png", full_page=True)
    drawn.locator("canvas").evaluate("(canvas) => { canvas.dataset.same = 'yes'; }")
    page.get_by_label("Rounds made twice or more").uncheck()
    expect(drawn.locator("canvas[data-same=yes]")).to_be_visible()  # the same map, which stays where it was moved to
    drawn.locator("button[title*=visited]").first.dispatch_event("click")
    expect(page.get_by_role("button", name="Show all legs")).to_be_visible()
    legs.first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/investigate\?e=e_[0-9a-f]{16}&r="))
