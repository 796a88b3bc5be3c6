"""What people paste by mistake or on purpose: 10 MB, a script, right-to-left text, nonsense: words, no blank page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
SCRIPT = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
RIGHT_TO_LEFT = "\u05e9\u05dc\u05d5\u05dd \u202e gnp.exe"
SET = (
    "(box, text) => { Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, text);"
    " box.dispatchEvent(new Event('input', { bubbles: true })); }"
)
"""Types a text at once, as a paste does."""


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture(scope="module")
def page(site: Site, chrome: Browser) -> Iterator[Page]:
    """Yields the analyst's page; no script that was typed may have run in it, and no page broken."""
    with chromium.opened(chrome) as made:
        broken: list[str] = []
        made.on("pageerror", lambda error: broken.append(str(error)))
        chromium.log_in(made, site.address, site.user, site.password)
        yield made
        assert broken == []
        assert made.evaluate("window.hacked") is None


@pytest.mark.parametrize("size", [1_000_001, 10 * 1024 * 1024])
@pytest.mark.parametrize(
    ("view", "label", "button"),
    [("investigate", "What to investigate", "Investigate"), ("found_in_text", "Text", "Read the text")],
)
def test_a_text_that_is_too_long_is_refused_before_it_is_sent(
    site: Site, page: Page, view: str, label: str, button: str, size: int
) -> None:
    page.goto(f"{site.address}{APP}/{view}")
    page.get_by_role("textbox", name=label).first.evaluate(SET, "a" * size)
    expect(page.get_by_role("alert").first).to_contain_text(f"{size:,} characters; 1,000,000 can be read at once")
    expect(page.get_by_role("button", name=button, exact=True)).to_be_disabled()


@pytest.mark.parametrize(
    "text", [SCRIPT, RIGHT_TO_LEFT, "\x00\x07\ufeff?%s'\"--;{{7*7}}"], ids=["script", "rtl", "signs"]
)
def test_any_text_is_kept_as_text_in_every_field_of_a_case(site: Site, page: Page, text: str) -> None:
    page.goto(f"{site.address}{APP}/cases")
    page.get_by_role("button", name="Open a case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What the case is called").fill(text)
    dialog.get_by_label("Case number").fill(text[:40])
    dialog.get_by_role("button", name="Open", exact=True).click()
    shown = page.get_by_placeholder("Write a note").or_(dialog.get_by_role("alert"))  # kept, or refused in words
    expect(shown.first).to_be_visible()
    if dialog.get_by_role("alert").count():
        dialog.get_by_role("button", name="Cancel").click()
        return
    page.get_by_placeholder("Write a note").fill(text)
    page.locator("section").filter(has_text="Notes").get_by_role("button", name="Add", exact=True).click()
    note = page.locator("[data-test=case-note], [role=alert]").first
    expect(note).to_be_visible()
    assert page.evaluate("window.hacked") is None
    assert page.locator("[data-test=case-note] img, [data-test=case-note] script").count() == 0


@pytest.mark.parametrize("text", [SCRIPT, RIGHT_TO_LEFT, "\u0000\u0007", "%00' OR 1=1 --", "\U0001f338" * 500])
def test_any_text_is_answered_in_words_by_investigate(site: Site, page: Page, text: str) -> None:
    page.goto(f"{site.address}{APP}/investigate")
    page.get_by_role("heading", name="Largest").wait_for()
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(text)
    box.press("Enter")
    answer = page.locator("[data-test=nothing], [data-test=failed], [data-test=entity-card]").first
    expect(answer).to_be_visible()
    expect(page.locator("[data-test=failed]")).to_have_count(0)
    assert page.evaluate("window.hacked") is None
