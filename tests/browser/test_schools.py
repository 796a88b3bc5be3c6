"""The page Schools: an analyst describes a uniform, gives a crop that is cut from a photo, and finds the school;
and marks of the map where several would hide each other."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from demo import schools
from demo.run import ROOT
from tests.browser import chromium
from tests.browser.accessibility import axe
from tests.browser.conftest import Site, Watched
from tests.connectors.source_samples import SOURCES
from tests.integration.installation import NORTHFIELD, add_register

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PARTS = ROOT / "minerva_app" / "appserver" / "static" / "pages" / "parts"
HOST = "http://map.example.org"
DRAW = """(places) => minervaParts.map.draw(document.getElementById('map'), places,
  { scheme: 'light', workerUrl: '/map_worker.js', onSelect: (id) => { window.chosen = id; } })"""
MARKS = "(marks) => marks.map((mark) => [mark.textContent, mark.title])"

PAGE = "/en-US/app/minerva_app/schools"
MEANT, PICTURED = 7, 9


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture(scope="module")
def crop(site: Site) -> Path:
    """Gives the institution schools, and its search head pictures of some; gives the cloth of one."""
    schools.hold(site.run, 200)
    pictures = schools.offer_pictures(site.run, PICTURED)
    return pictures / f"demo-{100000 + MEANT}" / "garment.png"


def test_a_described_school_is_found_a_box_is_cut_and_both_stand_as_reasons(
    site: Site, watched: Watched, crop: Path
) -> None:
    meant, page = schools.rows(MEANT + 1)[MEANT], watched.page
    page.goto(f"{site.address}{PAGE}")
    page.get_by_role("textbox", name="The uniform in plain words").fill(schools.described(meant))
    page.get_by_role("button", name="Find the school").click()
    expect(page.get_by_role("heading", name="likeliest of 200 schools")).to_be_visible()
    cards = page.locator("[data-test=school]")
    names = [text.partition(". ")[2] for text in cards.locator("h3").all_inner_texts()]
    assert meant["name"] in names[:10]
    # A photo is opened in the browser, and a box of it is taken.
    page.get_by_label("Photo to cut from: choose a file").first.set_input_files(crop)
    page.locator("[data-test=photo]").press("Shift+ArrowRight")
    page.get_by_role("button", name="Take as garment").click()
    expect(page.locator("[data-test=crop-garment]")).to_be_visible()
    assert axe.violations(page) == {}
    page.get_by_role("button", name="Find the school").click()
    expect(page.get_by_role("heading", name=f"likeliest of {PICTURED} schools")).to_be_visible()
    first = cards.first
    expect(first).to_contain_text(meant["name"])
    expect(first).to_contain_text("by garment, words")
    # over 95 % among those with a picture, 9 of the 200 that it may be
    expect(first).to_contain_text(re.compile("weak · estimated [45] % of the schools held"))
    expect(
        page.get_by_text(f"{200 - PICTURED} of the 200 schools that your institution holds have no picture")
    ).to_be_visible()
    expect(first.get_by_role("img", name=f"Crest of {meant['name']}")).to_be_visible()
    first.get_by_role("button", name="Right").click()
    expect(first).to_contain_text(f"{site.user}: right")
    page.get_by_role("button", name="Show on a map").click()
    page.locator("canvas").first.wait_for()
    assert axe.violations(page) == {}
    page.get_by_role("tab", name="Asked before").click()
    expect(page.get_by_role("row").filter(has_text=f"right ({site.user})")).to_contain_text("words, garment")
    assert not [address for address in watched.requests if meant["county"] in address or "/search/jobs" in address]


def test_the_schools_of_a_register_among_the_records_are_taken_into_the_list(site: Site, watched: Watched) -> None:
    register = "gb_scotland_schools"
    add_register(site.run, NORTHFIELD, SOURCES / "schools" / register, source=register)
    site.run.stage.run_inputs()
    page = watched.page
    page.goto(f"{site.address}{PAGE}")
    page.get_by_role("tab", name="Schools held").click()
    row = page.get_by_role("table", name="Registers").get_by_role("row").filter(has=page.get_by_title(register))
    row.get_by_role("button", name="Take its schools").click()
    expect(row.get_by_role("status")).to_have_text("2 schools taken")  # before that: "0 schools taken so far"
    expect(page.get_by_role("table", name="Schools held")).to_be_visible()
    expect(row.get_by_role("status")).to_have_text("2 schools taken")
    (found,) = site.run.ask('| minervaschool describe="Sample Academy in Aberdeenshire" top=1', site.user)
    assert (found["name"], found["county"]) == ("Sample Academy", "Aberdeenshire")


def drawn(page: Page, places: list[dict[str, Any]]) -> list[list[str]]:
    """Returns [text, title] of each mark, in the order in which they are drawn."""

    def serve(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            kind = mimetypes.guess_type(name)[0] or ""
            route.fulfill(body=(PARTS / name).read_bytes(), content_type=kind)
        else:
            body = '<div id="map" style="width: 900px; height: 420px"></div><script src="/map.js"></script>'
            route.fulfill(body=body, content_type="text/html")

    page.route(f"{HOST}/*", serve)
    page.goto(f"{HOST}/")
    page.evaluate(DRAW, places)
    found: list[list[str]] = page.locator("#map .maplibregl-marker").evaluate_all(MARKS)
    return found


def place(name: str, longitude: float, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name, "longitude": longitude, "latitude": 50.0, "radius": 6, "count": 1, **more}


def test_places_that_hide_each_other_are_one_mark_with_their_sum(chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        marks = drawn(page, [place("a", 0.0, count=2), place("b", 0.0, count=5), place("c", 9.0)])
    assert marks == [["7", "b; a"], ["1", "c"]]


def test_large_marks_that_hide_each_others_numbers_are_one(chrome: Browser) -> None:
    near = 0.35  # 30 pixels: the marks of one row stand apart there, those of many are 44 wide
    with chromium.opened(chrome) as page:
        many = drawn(page, [place("a", 0.0, count=400), place("b", near, count=300), place("c", 9.0)])
    with chromium.opened(chrome) as page:
        few = drawn(page, [place("a", 0.0), place("b", near), place("c", 9.0)])
    assert many == [["700", "a; b"], ["1", "c"]]
    assert len(few) == 3


def test_schools_that_hide_each_other_are_one_mark_with_the_number_of_the_likeliest(chrome: Browser) -> None:
    spots = ((1, 0.0), (2, 9.0), (3, 0.0))
    numbered = [place(f"{at}. school", longitude, number=at, size=26) for at, longitude in spots]
    with chromium.opened(chrome) as page:
        marks = drawn(page, numbered)
    assert marks == [["2", "2. school"], ["1+", "1. school; 3. school"]]
