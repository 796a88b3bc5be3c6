"""What an analyst sees: login, each dashboard with the demo's numbers, the way from a table to an entity, search."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from demo.run import ANALYSTS
from tests.browser import chromium
from tests.browser.conftest import JOB, Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STAND_IN = "Understudy: a stand-in for Splunk, not Splunk"
APP = "/en-US/app/minerva_app"
SEARCHED = "Identifier, or a text that holds one"
PHONES = "`minerva_records` minerva_identifier=phone:* by minerva_identifier"


def counted(site: Site, spl: str, name: str) -> str:
    """Returns a number of a search as the pages write it."""
    rows = [dict(row) for row in site.run.stage.search(spl, site.user, app="minerva_app").rows]
    return f"{int(rows[0][name]):,}"  # type: ignore[arg-type]  # a count, never a list


def test_wrong_password_is_refused_in_words(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        page.goto(f"{site.address}/")
        expect(page.get_by_role("heading", name=STAND_IN)).to_be_visible()
        page.get_by_label("User name").fill(site.user)
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("alert")).to_contain_text("Login failed")


def test_login_opens_the_default_view_and_logout_ends_the_session(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        assert page.url == f"{site.address}{APP}/overview"
        page.get_by_role("button", name="Log out").click()
        page.goto(f"{site.address}{APP}/overview")
        expect(page.get_by_label("User name")).to_be_visible()


def test_a_session_that_ends_while_a_dashboard_is_open_leads_to_the_login(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        page.goto(f"{site.address}{APP}/identifier_search")
        chromium.wait_for_panels(page)
        page.context.clear_cookies()
        box = page.get_by_role("textbox", name=SEARCHED)
        box.fill("phone:+14155550123")
        box.press("Enter")
        expect(page.get_by_label("User name")).to_be_visible()
        assert "return_to=" in page.url


def test_overview_shows_the_numbers_of_the_store(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/overview")
    chromium.wait_for_panels(page)
    expect(page.get_by_text(STAND_IN)).to_be_visible()
    records = counted(site, "| tstats dc(minerva_record_id) as records where `minerva_records`", "records")
    assert records != "0"
    expect(page.get_by_text(records, exact=True).first).to_be_visible()
    expect(page.get_by_text("demo watch list").first).to_be_visible()


def test_a_row_of_the_largest_entities_opens_the_entity(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/overview")
    chromium.wait_for_panels(page)
    cell = page.locator("td", has_text=re.compile(r"^e_[0-9a-f]{16}$")).first
    entity_id = cell.inner_text()
    cell.click()
    page.wait_for_url(f"**{APP}/entity?form.entity_id={entity_id}")
    chromium.wait_for_panels(page)
    expect(page.get_by_text("A lead, not a verdict.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"These \d+ records")).first).to_be_visible()
    expect(page.get_by_text("No entity to show")).to_have_count(0)


def test_entity_page_without_an_entity_says_what_to_do(site: Site, watched: Watched) -> None:
    watched.page.goto(f"{site.address}{APP}/entity")
    chromium.wait_for_panels(watched.page)
    expect(watched.page.get_by_text("No entity to show")).to_be_visible()


def test_identifier_search_finds_the_records_of_an_identifier(site: Site, watched: Watched) -> None:
    page = watched.page
    top = f"| tstats dc(minerva_record_id) as records where {PHONES} | sort - records"
    rows = [dict(row) for row in site.run.stage.search(top, site.user, app="minerva_app").rows]
    identifier, records = str(rows[0]["minerva_identifier"]), str(rows[0]["records"])
    page.goto(f"{site.address}{APP}/identifier_search")
    chromium.wait_for_panels(page)
    expect(page.get_by_text("No identifier chosen")).to_be_visible()
    box = page.get_by_role("textbox", name=SEARCHED)
    box.fill(identifier)
    box.press("Enter")
    expect(
        page.get_by_text(re.compile(rf"^{records} records? from \d+ sources? holds? {re.escape(identifier)}"))
    ).to_be_visible()


def us_phone(site: Site) -> str:
    """Returns a phone of North America that a record holds, as an identifier."""
    top = f"| tstats dc(minerva_record_id) as records where {PHONES}"
    top += ' | search minerva_identifier="phone:+1*" | head 1'
    (row,) = (dict(row) for row in site.run.stage.search(top, site.user, app="minerva_app").rows)
    return str(row["minerva_identifier"])


def look_for(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name=SEARCHED)
    box.fill(text)
    box.press("Enter")


def test_every_spelling_of_a_phone_finds_its_records_and_its_entity(site: Site, watched: Watched) -> None:
    page = watched.page
    identifier = us_phone(site)
    digits = identifier.removeprefix("phone:+1")
    asked = f"| minervaexpand identifier={identifier} output=entity"
    (entity, *_) = map(dict, site.run.stage.search(asked, site.user, app="minerva_app").rows)
    page.goto(f"{site.address}{APP}/identifier_search")
    chromium.wait_for_panels(page)
    for text in (f"({digits[:3]}) {digits[3:6]}-{digits[6:]}", f"phone:{digits[:3]}-{digits[3:6]}-{digits[6:]}"):
        look_for(page, text)
        told = re.compile(rf"sources? holds? {re.escape(identifier)} \(as dialed in US\)")
        expect(page.get_by_text(told)).to_be_visible()
        expect(page.locator("td", has_text=str(entity["entity_id"]))).to_be_visible()
        look_for(page, "nobody's text")
        expect(page.get_by_text(told)).to_have_count(0)


def test_what_cannot_be_read_says_so_and_leaves_no_earlier_reading(site: Site, watched: Watched) -> None:
    page = watched.page
    identifier = us_phone(site)
    page.goto(f"{site.address}{APP}/identifier_search")
    chromium.wait_for_panels(page)
    look_for(page, identifier)
    expect(page.get_by_text(re.compile(rf"sources? holds? {re.escape(identifier)}"))).to_be_visible()
    look_for(page, "phone:020 7946 0958")
    expect(page.get_by_text("Not an identifier: not a valid phone").first).to_be_visible()
    chromium.wait_for_panels(page)
    expect(page.get_by_text(identifier)).to_have_count(0)
    expect(page.get_by_text("No record that you may see")).to_have_count(0)
    expect(page.get_by_text("never", exact=True)).to_have_count(0)


def test_the_panels_of_an_entity_are_exported_and_searched_as_they_are_shown(site: Site, watched: Watched) -> None:
    page = watched.page
    rows = site.run.stage.search("| minervaexpand output=list limit=1", site.user, app="minerva_app").rows
    entity = dict(next(iter(rows)))
    page.goto(f"{site.address}{APP}/entity?form.entity_id={entity['entity_id']}")
    chromium.wait_for_panels(page)
    title = "Records of this entity"
    page.locator('[data-test="viz-title"]', has_text=title).hover()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Export the rows of {title} as CSV").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert len(lines) == 1 + int(str(entity["size"]))
    page.get_by_role("button", name=f"Open the search of {title}").click()
    page.wait_for_url(f"**{APP}/search**")
    expect(page.get_by_role("tab", name=f"Statistics ({entity['size']})")).to_be_visible()


def test_an_institution_that_holds_no_record_is_not_promised_links(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, ANALYSTS["harbor"], site.run.passwords[ANALYSTS["harbor"]])
        page.goto(f"{site.address}{APP}/overview")
        chromium.wait_for_panels(page)
        expect(page.get_by_text("No record of your institution is stored")).to_be_visible()
        expect(page.get_by_text("every five minutes")).to_have_count(0)
        expect(page.get_by_text("No data!")).to_have_count(0)


def test_a_typed_identifier_never_stands_in_an_address(site: Site, watched: Watched) -> None:
    page = watched.page
    top = f"| tstats count where {PHONES} | sort - count | head 1"
    rows = [dict(row) for row in site.run.stage.search(top, site.user, app="minerva_app").rows]
    identifier = str(rows[0]["minerva_identifier"])
    bodies: list[str] = []
    page.on("request", lambda request: bodies.append(request.post_data or ""))
    page.goto(f"{site.address}{APP}/identifier_search")
    chromium.wait_for_panels(page)
    box = page.get_by_role("textbox", name=SEARCHED)
    box.fill(identifier)
    box.press("Enter")
    expect(page.get_by_text(re.compile(rf"sources? holds? {re.escape(identifier)}"))).to_be_visible()
    page.locator("td", has_text=re.compile(r"^email:|^phone:|^username:")).first.click()  # sets the token, too
    page.wait_for_timeout(2_000)
    digits = identifier.removeprefix("phone:+")
    assert any(digits in body for body in bodies)  # the search went out, in a body
    assert [url for url in [*watched.requests, page.url] if digits in url or "%40" in url or "identifier=" in url] == []


def test_what_was_asked_of_a_job_before_it_was_cancelled_is_no_fault_of_the_page(site: Site, watched: Watched) -> None:
    page = watched.page
    held: list[Route] = []
    page.goto(f"{site.address}{APP}/identifier_search")
    chromium.wait_for_panels(page)
    page.route("**/results_preview?*", lambda route: held.append(route))  # a builtin takes no mark
    box = page.get_by_role("textbox", name=SEARCHED)
    for identifier in ("phone:+14155550123", "phone:+14155550124"):
        box.fill(identifier)
        box.press("Enter")
        page.wait_for_timeout(1_500)  # the first job's preview waits in `held` when the second value cancels the job
    for route in held:
        route.continue_()
    page.unroute("**/results_preview?*")
    chromium.wait_for_panels(page)
    late = [answer.url for route in held if (answer := route.request.response()) and answer.status == 404]
    assert late != []
    assert {JOB.search(url)["sid"] for url in late} <= watched.cancelled  # type: ignore[index]


def test_an_identifier_in_an_address_is_refused_in_words_and_taken_out(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(
        f"{site.address}{APP}/identifier_search?form.identifier=phone:%2B14155550123&form.global_time.earliest=-7d"
    )
    expect(page.get_by_text("do not belong in an address (form.identifier)")).to_be_visible()
    chromium.wait_for_panels(page)
    expect(page.get_by_text("No identifier chosen")).to_be_visible()
    assert "5550123" not in page.url
    assert "form.global_time.earliest=-7d" in page.url


def test_a_search_in_an_address_does_not_run(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/search?q=search%20index%3D*")
    expect(page.get_by_text("do not belong in an address (q)")).to_be_visible()
    expect(page.get_by_label("Search (SPL)")).to_have_value("")
    assert [url for url in watched.requests if url.endswith("/search/jobs")] == []


def test_dashboards_page_lists_the_three_dashboards(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/dashboards")
    for title in ("Overview", "Identifier search", "Entity"):
        expect(page.get_by_role("main").get_by_role("link", name=title, exact=True)).to_be_visible()


def test_search_page_runs_a_search_typed_and_confirmed_by_keyboard(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{APP}/search")
    page.get_by_label("Search (SPL)").fill("`minerva_records` | stats dc(record_id) as records by source | sort source")
    page.keyboard.press("Enter")
    expect(page.locator('[data-test="job-counts"]')).to_contain_text("results")
    expect(page.get_by_role("cell", name="classified_ads", exact=True)).to_be_visible()


def test_a_view_that_is_not_there_is_a_page_that_says_so(site: Site, watched: Watched) -> None:
    answer = watched.page.goto(f"{site.address}{APP}/nothing_here")
    assert answer is not None
    assert answer.status == 404
    expect(watched.page.get_by_role("heading", name="Not found")).to_be_visible()
    watched.errors.clear()  # Chromium reports the page's own status as a console error
