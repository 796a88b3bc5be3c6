"""One doubt from end to end in the search page: an identifier gives entity, records, reasons; a join is undone there,
the next refresh keeps to it, and taken back the records join again."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
SEARCH = f"{APP}/search"
REASON = "two businesses at one desk"


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    """A site of this module's own, since its tests change what it shows."""
    return own_site


def rows_of(site: Site, spl: str) -> list[dict[str, Any]]:
    return [dict(row) for row in site.run.stage.search(spl, site.user, app="minerva_app").rows]


def joined_by_phone(site: Site) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Returns a small entity, a join of it by a phone that no other entity holds, and the phone as people write it."""
    listed = rows_of(site, "| minervaexpand output=list limit=1000 | sort num(size) | where size>1 AND size<9")
    for each in listed:
        for join in rows_of(site, f"| minervaresolve entity={each['entity_id']} output=joins"):
            digits = re.fullmatch(r"phone:\+1(\d{3})(\d{3})(\d{4})", str(join.get("identifier")))
            if digits:
                phone = f"({digits[1]}) {digits[2]}-{digits[3]}"
                found = rows_of(site, f'| minervaresolve identifier="{phone}"')
                if len(found) == 1:
                    return found[0], join, phone
    raise AssertionError(f"none of {len(listed)} small entities has a phone of its own that joins")


def ask(page: Page, search: str) -> Locator:
    """Types a search, runs it by keyboard and returns the table of its rows."""
    before = page.url
    page.get_by_label("Search (SPL)").fill(search)
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(before, timeout=30_000)  # the new job's id
    expect(page.locator('[data-test="job-counts"]')).to_be_visible()
    return page.get_by_role("region", name="Statistics")


def refresh(site: Site, times: int) -> None:
    """Runs what is due some five minutes later: the scheduled searches that keep entities current."""
    moment = (int(time.time()) // 300 + 1 + times) * 300
    jobs = site.run.stage.run_schedules(float(moment))
    assert any("keep entities current" in str(job.request.saved_search) for job in jobs)
    assert [job.request.saved_search for job in jobs if job.failed] == []


def cell(table: Locator, text: str) -> Locator:
    return table.get_by_role("button", name=text, exact=True).first


def test_a_join_is_doubted_undone_and_joined_again_in_the_search_page(site: Site, watched: Watched) -> None:
    page = watched.page
    entity, join, phone = joined_by_phone(site)
    records = entity["records"]
    question = f'| minervaresolve identifier="{phone}"'
    page.goto(f"{site.address}{SEARCH}")

    table = ask(page, question)
    for text in (str(entity["entity_id"]), *records, str(entity["explanation"])):
        expect(cell(table, text)).to_be_visible()
    expect(table.get_by_text(re.compile(r"both hold the phone \+1\d{10}, found in \d+ records")).first).to_be_visible()

    table = ask(page, f"| minervaresolve entity={entity['entity_id']} output=joins")
    undo = f'| minervajudge a={min(join["a"], join["b"])} b={max(join["a"], join["b"])} verdict=not_same why="..."'
    expect(cell(table, undo)).to_be_visible()
    table = ask(page, undo.replace("...", REASON))
    expect(cell(table, "not_same")).to_be_visible()
    expect(cell(table, site.user)).to_be_visible()

    refresh(site, 1)
    table = ask(page, question)
    expect(table.get_by_text(re.compile(r"^\d entities hold it; it joins none of them")).first).to_be_visible()
    expect(table.get_by_text("kept apart from others by 1 judgement").first).to_be_visible()
    expect(table.get_by_text(REASON).first).to_be_visible()
    expect(cell(table, str(entity["entity_id"]))).to_be_visible()  # one part keeps the id
    parts = [rows_of(site, f"| minervaresolve record_id={join[end]}")[0]["entity_id"] for end in "ab"]
    assert parts[0] != parts[1]

    table = ask(page, f"| minervaresolve record_id={join['b']} output=judgements")
    back = table.get_by_role("button", name=re.compile(r"^\| minervajudge")).first.inner_text()
    ask(page, back.replace("...", "one business after all"))
    refresh(site, 2)
    table = ask(page, question)
    expect(table.locator("tbody tr")).to_have_count(1)
    for text in (str(entity["entity_id"]), *records):
        expect(cell(table, text)).to_be_visible()


def test_a_join_is_undone_by_a_click_and_a_reason(site: Site, watched: Watched) -> None:
    page = watched.page
    listed = site.run.stage.search("| minervaexpand output=list limit=50", site.user, app="minerva_app").rows
    entity_id = next(str(row["entity_id"]) for row in map(dict, listed) if str(row["size"]) == "3")
    page.goto(f"{site.address}{APP}/investigate?e={entity_id}&v=results")
    page.get_by_role("table", name="Reasons of the joins").get_by_role("row").nth(1).click()
    page.get_by_role("button", name="Not the same", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why").fill(REASON)
    dialog.get_by_role("button", name="Judge", exact=True).click()
    judged = page.locator("[data-test=judged]").first
    expect(judged).to_contain_text(REASON)
    expect(judged).to_contain_text("not the same")
    asked = f"| minervaresolve entity={entity_id} output=judgements"
    (row,) = map(dict, site.run.stage.search(asked, site.user, app="minerva_app").rows)
    assert (row["verdict"], row["by"], row["why"]) == ("not_same", site.user, REASON)
