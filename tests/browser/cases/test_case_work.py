"""What an analyst does beside looking, without SPL: judging with a preview, watching entities and areas, taking a
partner's bundle in, and going on in another tab."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.run import ADMINS, ANALYSTS
from tests.browser import chromium
from tests.browser.conftest import TENANT, Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
OTHER = "riverbank"
PHONE = "phone:+14155550147"


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture(scope="module")
def page(site: Site, chrome: Browser) -> Iterator[Page]:
    """Yields the tenant's analyst, with purpose and case stated."""
    with chromium.opened(chrome) as made:
        seen = Watched(made)
        chromium.log_in(made, site.address, site.user, site.password)
        made.goto(f"{site.address}{APP}/investigate")
        made.get_by_label("Purpose").select_option("investigation")
        made.get_by_label("Case number").fill("NF-7")
        yield made
        assert seen.errors == []


def refresh(site: Site, times: int) -> None:
    """Runs what is due some five minutes later: the scheduled searches of linking and of what is watched."""
    moment = (int(time.time()) // 300 + 1 + times) * 300
    for minutes in range(5):
        jobs = site.run.stage.run_schedules(float(moment + 60 * minutes))
        assert [job.request.saved_search for job in jobs if job.failed] == []


def open_entity(site: Site, page: Page, entity_id: str = "") -> None:
    page.goto(f"{site.address}{APP}/investigate?e={entity_id or site.shown.entity[TENANT]}&v=results")
    expect(page.locator("[data-test=entity-view]")).to_be_visible()


def test_a_judgement_says_what_it_changes_waits_for_the_refresh_and_is_taken_back(site: Site, page: Page) -> None:
    open_entity(site, page)
    page.get_by_role("table", name="Reasons of the joins").get_by_role("row").nth(1).click()
    page.get_by_role("button", name="Unsure", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[data-test=foretold]")).to_contain_text("No record moves")
    dialog.get_by_label("Why").fill("two names")
    dialog.get_by_role("button", name="Judge").click()
    expect(page.locator("[data-test=judged]")).to_contain_text("It takes effect at the next refresh.")
    refresh(site, 1)
    open_entity(site, page)
    page.get_by_role("button", name="Judgements (1) and their history").click()
    judgement = page.locator("[data-test=judgement]")
    expect(judgement).to_contain_text("The links follow it.")
    expect(judgement).to_contain_text("two names")
    judgement.get_by_role("button", name="Take it back").click()
    dialog.get_by_label("Why").fill("one name after all")
    dialog.get_by_role("button", name="Take back").click()
    expect(judgement).to_contain_text("one name after all")
    expect(judgement).to_contain_text("It takes effect at the next refresh.")


def test_an_entity_and_a_place_are_watched_changed_and_taken_off(site: Site, page: Page) -> None:
    open_entity(site, page)
    page.get_by_role("button", name="Watch", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Note").fill("seen at the pier")
    dialog.get_by_label("Last day").fill("2099-01-31")
    dialog.get_by_role("button", name="Watch").click()
    expect(page.get_by_text("On the watch list.")).to_be_visible()
    page.get_by_role("tab", name="Map").click()
    page.locator("[data-test=map]").wait_for(timeout=30_000)
    page.get_by_role("button", name="Show as table").click()
    page.get_by_role("table", name="Places").get_by_role("row").nth(1).click()
    page.get_by_role("button", name="Watch this area").click()
    dialog.get_by_label("What to watch").select_option(index=1)  # a circle
    dialog.get_by_label("Kilometers around it").fill("40")
    dialog.get_by_label("Note").fill("the harbor")
    dialog.get_by_role("button", name="Watch").click()
    expect(page.get_by_role("main").last.get_by_text("On the watch list.")).to_be_visible()
    page.goto(f"{site.address}{APP}/investigate")
    watched = page.locator("[data-test=watched]")
    expect(watched.get_by_role("row").filter(has_text="seen at the pier")).to_contain_text("until 31 Jan 2099")
    area = watched.get_by_role("row").filter(has_text="the harbor")
    expect(area).to_contain_text("40 km around")
    area.get_by_role("button", name="Change").click()
    dialog.get_by_label("Note").fill("the old harbor")
    dialog.get_by_role("button", name="Save").click()
    changed = watched.get_by_role("row").filter(has_text="the old harbor")
    changed.get_by_role("button", name="Take off").click()
    dialog.get_by_label("Why").fill("it was torn down")
    dialog.get_by_role("button", name="Take off").click()
    expect(changed).to_have_count(0)
    watched.get_by_role("button", name="Show 1 taken off the list").click()
    expect(watched).to_contain_text("it was torn down")


def test_what_a_colleague_watches_is_not_offered_to_be_taken_off(site: Site, page: Page) -> None:
    admin = ADMINS[TENANT]
    site.run.call_handler(admin, "watchlist", {"op": "add", "identifier": PHONE, "note": "of the night shift"})
    page.goto(f"{site.address}{APP}/investigate")
    row = page.locator("[data-test=watched]").get_by_role("row").filter(has_text="of the night shift")
    expect(row.locator("[data-test=who-may]")).to_have_text(f"{admin} or an administrator may change it")
    expect(row.get_by_role("button", name="Take off")).to_have_count(0)


def test_a_bundle_of_a_partner_is_previewed_and_taken_into_a_case(
    site: Site, page: Page, chrome: Browser, tmp_path: Path
) -> None:
    open_entity(site, page)
    page.get_by_role("button", name="Add to case").click()
    page.get_by_label("What the case is called").fill("Harbor road")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added to the case Harbor road.")).to_be_visible()
    page.goto(f"{site.address}{APP}/cases")
    page.get_by_role("link", name="Harbor road").click()
    page.get_by_role("button", name="Export", exact=True).click()
    page.get_by_label("Format").select_option("stix")
    page.get_by_label("Who it is for").fill("the prosecutor's office")
    with page.expect_download() as taken:
        page.get_by_role("dialog").get_by_role("button", name="Export").click()
    bundle = tmp_path / "minerva.zip"
    taken.value.save_as(bundle)
    exported = page.locator("[data-test=exported]")
    expect(exported).to_contain_text("1 entities and")
    expect(exported).to_contain_text("Withheld: nothing")
    expect(exported).to_contain_text("SHA-256 of bundle.stix.json")
    with chromium.opened(chrome) as other:
        user = ANALYSTS[OTHER]
        seen = Watched(other)
        chromium.log_in(other, site.address, user, site.run.passwords[user])
        other.goto(f"{site.address}{APP}/cases")
        other.get_by_role("button", name="Open a case").click()
        other.get_by_label("What the case is called").fill("From the north")
        other.get_by_role("dialog").get_by_label("Case number").fill("RB-9")
        other.get_by_role("dialog").get_by_role("button", name="Open").click()
        other.get_by_role("button", name="Import").click()
        other.get_by_label("Files").set_input_files(bundle)
        preview = other.locator("[data-test=import-preview]")
        expect(preview).to_contain_text("1 accepted")
        expect(preview).to_contain_text("it is complete. It is genuine: ")
        expect(preview.locator("[data-test=not-for-us]")).to_contain_text("the prosecutor's office")
        expect(other.get_by_role("button", name="Take 1 into the case")).to_be_disabled()
        other.get_by_label("Its owner has said").check()
        other.get_by_role("button", name="Take 1 into the case").click()
        lead = other.locator("[data-test=case-lead]")
        expect(lead).to_contain_text("Northfield")
        expect(lead).to_contain_text("TLP:")
        lead.get_by_role("button", name="Remove").click()
        expect(other.get_by_role("dialog")).to_contain_text("cannot be brought back")
        other.get_by_role("dialog").get_by_role("button", name="Remove").click()
        expect(lead).to_have_count(0)
        assert seen.errors == []


def test_purpose_and_case_go_with_a_new_tab_and_filters_stay_on_reload(site: Site, page: Page) -> None:
    open_entity(site, page)
    with page.context.expect_page() as opened:
        page.evaluate("window.open(location.href, '_blank', 'noopener')")
    tab = opened.value
    expect(tab.get_by_label("Case number")).to_have_value("NF-7")
    assert "NF-7" not in tab.url
    tab.get_by_role("tab", name="Records").click()
    tab.locator("[data-test=filters]").get_by_label("From").fill("2099-01-01")
    expect(tab.get_by_text("No records.")).to_be_visible()
    tab.reload()
    expect(tab.locator("[data-test=filters]").get_by_label("From")).to_have_value("2099-01-01")
    tab.close()


def test_an_approval_says_what_will_happen_and_asks_for_a_reason(site: Site, chrome: Browser) -> None:
    stated = {"purpose": "investigation", "case": "NF-7"}
    held = {"entity_id": site.shown.entity[TENANT], **stated}
    site.run.call_handler(site.user, "mark", {**held, "level": "L4"})
    terms = {"to": "lead_exchange", "level": "L4", "fields": ["infrastructure"], "why": "one operation"}
    site.run.call_handler(site.user, "propose", {**held, **terms})
    with chromium.opened(chrome) as admin:
        user = ADMINS[TENANT]
        chromium.log_in(admin, site.address, user, site.run.passwords[user])
        admin.goto(f"{site.address}{APP}/administration")
        admin.get_by_role("tab", name="Approvals").click()
        row = admin.get_by_role("row").filter(has_text="one operation")
        expect(row.get_by_role("link")).not_to_have_text("")
        row.get_by_role("button", name="Approve…").click()
        dialog = admin.get_by_role("dialog")
        expect(dialog).to_contain_text("They can read it as soon as")
        approve = dialog.get_by_role("button", name="Approve")
        expect(approve).to_be_disabled()
        dialog.get_by_label("Why you agree").fill("it is one operation")
        approve.click()
        expect(row).to_contain_text(user)


def test_a_view_is_saved_in_a_case_and_opens_with_its_question_and_filters(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/investigate")
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill("(415) 555-0199")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Nobody whom you may see holds this")).to_be_visible()
    expect(page.get_by_role("button", name="Save this view in a case")).to_have_count(0)
    box.fill(site.shown.identifier[TENANT])
    box.press("Enter")
    page.locator("[data-test=entity-card]").first.wait_for()
    page.get_by_role("tab", name="Records").click()
    page.locator("[data-test=filters]").get_by_label("From").fill("2026-01-02")
    page.get_by_role("button", name="Save this view in a case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Case", exact=True).select_option("new")
    dialog.get_by_label("What the case is called").fill("Views of the pier")
    add = dialog.get_by_role("button", name="Add", exact=True)
    expect(add).to_be_disabled()
    dialog.get_by_label("What it shows").fill("since the new year")
    add.click()
    expect(page.get_by_text("Added to the case Views of the pier.")).to_be_visible()
    page.evaluate("sessionStorage.clear()")  # as in a browser that never asked it
    page.goto(f"{site.address}{APP}/cases")
    page.get_by_role("link", name="Views of the pier").click()
    saved = page.locator("[data-test=case-view]")
    expect(saved).to_contain_text(f"Asked: {site.shown.identifier[TENANT]}")
    saved.get_by_role("button", name="since the new year").click()
    expect(page.locator("[data-test=filters]").get_by_label("From")).to_have_value("2026-01-02")
    expect(page.get_by_role("tab", name="Records")).to_have_attribute("aria-selected", "true")
    expect(box).to_have_value(site.shown.identifier[TENANT])
    assert site.shown.identifier[TENANT].partition(":")[2] not in page.url


def test_one_record_is_shared_without_its_entity(site: Site, page: Page) -> None:
    page.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[TENANT]}&v=records")
    page.get_by_role("table", name="Records").get_by_role("row").nth(1).click()
    page.get_by_role("button", name="Share this record alone").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("How far").select_option("L3")
    dialog.get_by_label("Why").fill("one ad of it")
    dialog.get_by_role("button", name="Preview").click()
    dialog.get_by_role("button", name="Mark it up to L3").click()
    expect(page.locator("[data-test=share-preview]")).to_contain_text("Riverbank")
    dialog.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_text("It can be recalled under Shared.")).to_be_visible()
