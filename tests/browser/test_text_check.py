"""The page where an analyst pastes a text: what is found is marked and explained, and the text goes nowhere else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from minerva.administration.standing import UNASSIGNED
from tests.browser import chromium
from tests.browser.conftest import Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "/en-US/app/minerva_app/found_in_text"
TEXT = "🌸 New here! Call four 1 five 555 oh 1 two 3, mail jen_4u (at) example [dot] com, snap: jen 4 u"


def read(watched: Watched, site: Site, text: str, region: str = "US") -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}")
    page.get_by_role("textbox", name="Text", exact=True).fill(text)
    page.get_by_role("textbox", name="Country of numbers").fill(region)
    page.get_by_role("button", name="Read the text").click()


def test_a_pasted_text_is_marked_and_each_find_explained(site: Site, watched: Watched) -> None:
    read(watched, site, TEXT)
    page = watched.page
    expect(page.get_by_role("heading", name="3 found")).to_be_visible()
    marks = page.locator("mark")
    expect(marks).to_have_text(["four 1 five 555 oh 1 two 3", "jen_4u (at) example [dot] com", "snap: jen 4 u"])
    row = page.get_by_role("row").filter(has_text="+1 415 555 0123")
    expect(row).to_contain_text("Signs or digits are written in words.")
    expect(page.get_by_role("row").filter(has_text="snapchat jen4u")).to_contain_text("snapchat jen")


def test_the_text_stands_in_no_address_and_no_search(site: Site, watched: Watched) -> None:
    read(watched, site, TEXT)
    page = watched.page
    expect(page.get_by_role("heading", name="3 found")).to_be_visible()
    sent = [address for address in watched.requests if "minerva/app/v1/text" in address]
    assert sent
    # A port and the digest in a file's address may hold any three digits.
    asked = [re.sub("/static/@[0-9a-f-]+/", "/", address.removeprefix(site.address)) for address in watched.requests]
    assert not [address for address in asked if "jen" in address or "555" in address]
    assert not any("/search/jobs" in address for address in watched.requests)
    assert page.url == f"{site.address}{PAGE}"
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])").count("jen") == 0


@pytest.mark.full
def test_a_text_without_identifiers_is_told_as_no_proof(site: Site, watched: Watched) -> None:
    read(watched, site, "A warm room close to the market.")
    expect(watched.page.get_by_role("heading", name="Nothing found")).to_be_visible()
    expect(watched.page.get_by_text("That is no proof that it holds none.")).to_be_visible()


@pytest.mark.full
def test_prices_and_addresses_are_shown_when_asked_for(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}")
    page.get_by_role("textbox", name="Text", exact=True).fill("$120/hr at 123 N. Main Street, Dallas, TX 75201")
    page.get_by_text("Prices, addresses, postcodes, opening hours and plates too").click()
    page.get_by_role("button", name="Read the text").click()
    expect(page.get_by_role("row").filter(has_text="USD 120 / 60 min")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="123 n main st 75201")).to_be_visible()


@pytest.mark.full
def test_a_wrong_country_is_refused_in_words(site: Site, watched: Watched) -> None:
    read(watched, site, TEXT, "1")
    expect(watched.page.get_by_text("Country: expected two letters such as US, or nothing.")).to_be_visible()


@pytest.mark.full
def test_one_who_may_not_read_texts_is_told_what_it_takes(site: Site, chrome: Browser) -> None:
    user, password = "reads_no_texts", "a test password of one who reads no texts"
    site.run.stage.create_user(user, password, [UNASSIGNED])
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, user, password)
        page.goto(f"{site.address}{PAGE}")
        page.get_by_role("textbox", name="Text", exact=True).fill(TEXT)
        with page.expect_response(lambda answer: "minerva/app/v1/text" in answer.url) as refused:
            page.get_by_role("button", name="Read the text").click()
        assert refused.value.status == 403
        assert "requires capability: minerva_query" in refused.value.json()["messages"][0]["text"]
        expect(page.get_by_text("Your role may not read texts")).to_be_visible()
