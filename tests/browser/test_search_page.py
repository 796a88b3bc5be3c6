"""The search page as an analyst uses it: events, fields, timeline, tables, charts, jobs, export, history, errors."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "/en-US/app/minerva_app/search"
RECORDS = "`minerva_records`"
BY_SOURCE = f"{RECORDS} | stats count by source"
LONG = "| makeresults count=400000 | eval sum=md5(tostring(random()))"


def rows_of(site: Site, spl: str) -> list[dict[str, object]]:
    return [dict(row) for row in site.run.stage.search(spl, site.user, app="minerva_app").rows]


def run(page: Page, site: Site, search: str) -> None:
    """Opens the page, runs a search by keyboard and waits for its end."""
    page.goto(f"{site.address}{PAGE}")
    again(page, search)
    expect(page.locator('[data-test="job-counts"]')).to_be_visible()


def again(page: Page, search: str) -> None:
    page.get_by_label("Search (SPL)").fill(search)
    page.keyboard.press("Enter")


def counts(page: Page) -> str:
    return page.locator('[data-test="job-counts"]').inner_text()


def test_events_show_their_number_time_and_text(site: Site, watched: Watched) -> None:
    total = len(rows_of(site, RECORDS))
    run(watched.page, site, RECORDS)
    expect(watched.page.get_by_role("tab", name=f"Events ({total})")).to_have_attribute("aria-selected", "true")
    expect(watched.page.locator(".event-table > tbody > tr")).to_have_count(20)
    watched.page.get_by_role("button", name="Next").click()
    expect(watched.page.get_by_role("region", name="Events").get_by_text('"record_id"').first).to_be_visible()


@pytest.mark.full
def test_a_heading_is_whole_however_many_columns_there_are(site: Site, watched: Watched) -> None:
    page = watched.page
    names = [f"identifiers_of_{number}" for number in range(14)]
    made = ", ".join(f'{name}="1"' for name in names)
    run(page, site, f"| makeresults | eval {made} | table {' '.join(names)}")
    head = page.get_by_role("region", name="Statistics").locator("thead")
    expect(head.get_by_text(names[0])).to_be_visible()
    cut = head.evaluate(
        "head => [...head.querySelectorAll('*')].filter(one => one.scrollWidth > one.clientWidth + 1"
        " && getComputedStyle(one).textOverflow === 'ellipsis').map(one => one.textContent)"
    )
    assert cut == []
    lines = head.evaluate(
        "head => [...head.querySelectorAll('th')].filter(one => one.textContent.trim())"
        ".map(one => one.getBoundingClientRect().height)"
    )
    assert max(lines) < 60, "a heading in several lines"


@pytest.mark.full
def test_values_of_one_cell_stand_below_each_other(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, '| makeresults | eval m=split("first,second",",") | table _time m')
    table = page.get_by_role("region", name="Statistics")
    boxes = [table.get_by_role("button", name=name, exact=True).bounding_box() for name in ("first", "second")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1
    assert boxes[1]["x"] == boxes[0]["x"]
    moment = table.locator(".cell-time").first.bounding_box()
    assert moment is not None
    assert moment["height"] < 30  # one line


def test_a_value_of_a_field_narrows_the_search(site: Site, watched: Watched) -> None:
    page = watched.page
    top = rows_of(site, f"{RECORDS} | top limit=1 city")[0]
    run(page, site, f"{RECORDS} | head 1000")
    fields = page.get_by_role("complementary", name="Fields")
    fields.get_by_role("button", name=re.compile(r"^city \d+$|^city\d+$")).click()
    expect(page.get_by_role("cell", name=str(top["count"]), exact=True).first).to_be_visible()
    page.locator(".field-values").get_by_role("button", name=str(top["city"]), exact=True).click()
    expect(page.get_by_label("Search (SPL)")).to_have_value(f'{RECORDS} city="{top["city"]}" | head 1000')
    expect(page.locator('[data-test="job-counts"]')).to_contain_text(f"{top['count']} events")


@pytest.mark.full
def test_dragging_over_the_timeline_selects_events_and_zooms_into_them(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, RECORDS)
    box = page.locator(".timeline-bars").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.998, box["y"] + 20, steps=3)
    page.mouse.up()
    words = page.locator('[data-test="timeline-words"]')
    expect(words).to_contain_text("events from")
    inside = words.inner_text().split(" events")[0]
    assert 0 < int(inside) < len(rows_of(site, RECORDS))
    page.get_by_role("button", name="Zoom to selection").click()
    expect(page.locator('[data-test="job-counts"]')).to_contain_text(f"{inside} events")
    expect(page.get_by_role("button", name="Custom time")).to_be_visible()


@pytest.mark.full
def test_the_timeline_is_used_by_keyboard(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, RECORDS)
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    page.keyboard.press("Shift+ArrowLeft")
    inside = page.locator('[data-test="timeline-words"]').inner_text().split(" events")[0]
    page.keyboard.press("Enter")
    expect(page.locator('[data-test="job-counts"]')).to_contain_text(f"{inside} events")


@pytest.mark.full
def test_an_event_opens_to_its_fields_and_a_value_is_left_out(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, f"{RECORDS} source=classified_ads")
    toggle = page.get_by_role("button", name="All fields of this event").first
    toggle.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.get_by_title("What to do with this value of record_type").first.click()
    page.get_by_role("menuitem", name="Leave out of the search").click()
    expect(page.get_by_label("Search (SPL)")).to_have_value(f'{RECORDS} source=classified_ads record_type!="ad"')
    expect(page.get_by_text("No events match the search in this time range.")).to_be_visible()


@pytest.mark.full
def test_a_selected_field_becomes_a_column_of_the_table_of_events(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, f"{RECORDS} source=classified_ads")
    page.get_by_role("button", name="All fields of this event").first.click()
    page.get_by_role("checkbox", name="Select city", exact=True).check()
    page.get_by_label("Show as").select_option("Table")
    expect(page.get_by_role("columnheader", name="city", exact=True)).to_be_visible()
    page.evaluate("window.localStorage.clear()")


@pytest.mark.full
def test_statistics_are_sorted_by_a_heading(site: Site, watched: Watched) -> None:
    page = watched.page
    most = max(int(str(row["count"])) for row in rows_of(site, BY_SOURCE))
    run(page, site, BY_SOURCE)
    heading = page.get_by_role("columnheader", name="count")
    heading.click()
    heading.click()
    expect(page.get_by_role("region", name="Statistics").locator("tbody tr").first).to_contain_text(str(most))


@pytest.mark.full
def test_a_table_of_its_events_offers_the_events(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, BY_SOURCE)
    page.get_by_role("tab", name="Events").click()
    page.get_by_role("button", name="Show the events it reads").click()
    expect(page.get_by_label("Search (SPL)")).to_have_value(RECORDS)
    expect(page.get_by_role("region", name="Events")).to_be_visible()


@pytest.mark.full
def test_visualization_draws_the_table(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, f"{RECORDS} | timechart count by source")
    page.get_by_role("tab", name="Visualization").click()
    expect(page.locator(".chart-box canvas").first).to_be_visible()
    page.get_by_role("combobox", name="Chart").select_option("Column chart")
    expect(page.get_by_role("group", name=re.compile("column chart of"))).to_be_visible()


@pytest.mark.parametrize(("label", "mode"), [("CSV", "csv"), ("JSON, one row a line", "json")], ids=["csv", "json"])
def test_results_are_exported_whole(site: Site, watched: Watched, label: str, mode: str) -> None:
    page = watched.page
    run(page, site, BY_SOURCE)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=label).click()
    text = Path(download.value.path()).read_text("utf-8")
    lines = text.splitlines()
    found = list(csv.DictReader(lines)) if mode == "csv" else [json.loads(line)["result"] for line in lines]
    assert found == [{name: str(value) for name, value in row.items()} for row in rows_of(site, BY_SOURCE)]


@pytest.mark.full
def test_raw_events_are_exported(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, f"{RECORDS} source=classified_ads | head 3")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Raw events").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert [len(lines), {json.loads(line)["key"]["tenant_id"] for line in lines}] == [3, {"northfield"}]


def test_a_mistake_is_underlined_in_its_line_and_found_in_the_text(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}")
    again(page, f"{RECORDS}\n| stats cout(x) by source")
    expect(page.get_by_label("Line 2, column 9")).to_have_text("| stats cout(x) by source")
    expect(page.locator(".error-line mark")).to_have_text("cout")
    page.get_by_role("button", name="Show in the search").click()
    selected = (
        "() => { const box = document.activeElement; return box.value.slice(box.selectionStart, box.selectionEnd); }"
    )
    page.wait_for_function(f"({selected})() === 'cout'")
    watched.errors.clear()  # the refused search is a 400


@pytest.mark.full
def test_the_column_of_a_mistake_counts_the_typed_text_alone(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}")
    again(page, "index=x | evall y=1")
    expect(page.get_by_label("Line 1, column 11")).to_be_visible()
    expect(page.locator(".error-line mark")).to_have_text("evall")
    watched.errors.clear()  # the refused search is a 400


@pytest.mark.full
def test_a_running_search_is_paused_resumed_and_finalized(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}")
    again(page, LONG)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text(re.compile("^Paused"))).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_role("button", name="Finalize").click()
    expect(page.locator('[data-test="job-counts"]')).to_contain_text("Finalized")


@pytest.mark.full
def test_a_running_search_is_cancelled(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}")
    again(page, LONG)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("The search was cancelled.")).to_be_visible()


@pytest.mark.full
def test_the_address_of_a_job_opens_its_results_without_a_second_job(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, BY_SOURCE)
    address, shown = page.url, counts(page)
    assert re.search(r"/search\?sid=\d+\.\d+$", address)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto(address)
    expect(page.locator('[data-test="job-counts"]')).to_have_text(shown)
    expect(page.get_by_label("Search (SPL)")).to_have_value(BY_SOURCE)
    assert [url for url in posts if url.endswith("/search/jobs")] == []


@pytest.mark.full
def test_the_address_of_a_job_that_is_gone_says_so(site: Site, watched: Watched) -> None:
    watched.page.goto(f"{site.address}{PAGE}?sid=1.1")
    expect(watched.page.get_by_text("The job of this address is gone")).to_be_visible()
    assert "sid" not in watched.page.url
    watched.errors.clear()  # the job's 404


@pytest.mark.full
def test_facts_of_the_job_are_shown(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, BY_SOURCE)
    page.get_by_role("button", name="Job", exact=True).click()
    facts = page.get_by_role("region", name="Job")
    for text in (page.url.split("sid=")[1], "DONE", "nora", "10 minutes", f"search {BY_SOURCE}"):
        expect(facts.get_by_text(text, exact=True)).to_be_visible()


@pytest.mark.full
def test_a_search_of_the_history_is_filled_in_again(site: Site, watched: Watched) -> None:
    page = watched.page
    run(page, site, BY_SOURCE)
    again(page, "| makeresults")
    expect(page.get_by_role("tab", name="Statistics (1)")).to_be_visible()
    page.get_by_text("Search history").click()
    page.locator(".history section").first.get_by_role("button", name=BY_SOURCE).click()
    expect(page.get_by_label("Search (SPL)")).to_have_value(BY_SOURCE)
    page.locator(".history section").last.get_by_role("button", name=BY_SOURCE).first.click()
    expect(page.get_by_role("columnheader", name="source")).to_be_visible()


@pytest.mark.full
def test_a_preset_of_the_time_range_bounds_the_search(site: Site, watched: Watched) -> None:
    page = watched.page
    bodies: list[str] = []
    page.on("request", lambda request: bodies.append(request.post_data or ""))
    page.goto(f"{site.address}{PAGE}")
    page.get_by_role("button", name="All time").click()
    page.get_by_role("button", name="Last 24 hours").click()
    again(page, "index=nothing_here_at_all")
    page.get_by_role("button", name="Search all time").click()
    expect(page.get_by_text("Check the words and fields of the search")).to_be_visible()
    starts = [found.group(1) for body in bodies if (found := re.search(r"earliest_time=([^&]*)", body))]
    assert starts == ["-24h%40h", "0"]
