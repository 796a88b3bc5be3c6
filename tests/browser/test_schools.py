"""The page Schools: an analyst describes a uniform, gives a crop that is cut from a photo, and finds the school."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from demo import schools
from tests.browser.conftest import Site, Watched
from tests.connectors.source_samples import SOURCES
from tests.integration.installation import NORTHFIELD, add_register

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

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
    page.get_by_role("button", name="Find the school").click()
    expect(page.get_by_role("heading", name=f"likeliest of {PICTURED} schools")).to_be_visible()
    first = cards.first
    expect(first).to_contain_text(meant["name"])
    expect(first).to_contain_text("by garment, words")
    expect(first).to_contain_text("likely · estimated over 95 %")
    expect(first.get_by_role("img", name=f"Crest of {meant['name']}")).to_be_visible()
    first.get_by_role("button", name="Right").click()
    expect(first).to_contain_text(f"{site.user}: right")
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
    row = page.get_by_role("table", name="Registers").get_by_role("row").filter(has_text=register)
    row.get_by_role("button", name="Take its schools").click()
    expect(row.get_by_role("status")).to_have_text("2 schools taken")  # before that: "0 schools taken so far"
    expect(page.get_by_role("table", name="Schools held")).to_be_visible()
    expect(row.get_by_role("status")).to_have_text("2 schools taken")
    (found,) = site.run.ask('| minervaschool describe="Sample Academy in Aberdeenshire" top=1', site.user)
    assert (found["name"], found["county"]) == ("Sample Academy", "Aberdeenshire")
