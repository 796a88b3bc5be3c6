"""The way of a partner who sees less than the institution beside it: a messy text, who else used it, a case with a
partner's lead, an export that counts what it withholds, and a lead of its own, shared and recalled: without SPL."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.run import ANALYSTS
from tests.browser import chromium
from tests.browser.accessibility import axe
from tests.browser.conftest import Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

APP = "/en-US/app/minerva_app"
OTHER, PARTNER, GROUP = "northfield", "riverbank", "lead_exchange"
LABEL = "Riverbank shelter network"
STATED = {"purpose": "investigation", "case": "NF-7"}


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    """The other institution has shared its entity with the group of both."""
    about, analyst = {"entity_id": own_site.shown.entity[OTHER], **STATED}, ANALYSTS[OTHER]
    own_site.run.call_handler(analyst, "mark", {**about, "level": "L3", "why": "for the group"})
    terms = {"to": GROUP, "level": "L3", "fields": ["infrastructure", "statistics"], "why": "one operation"}
    proposal = own_site.run.call_handler(analyst, "propose", {**about, **terms})["proposal"]
    own_site.run.call_handler(analyst, "release", {"proposal_id": proposal["proposal_id"], **STATED})
    return own_site


@pytest.fixture(scope="module")
def bundle(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the other institution has exported for the partner, of a case of its own."""
    run, analyst = site.run, ANALYSTS[OTHER]
    case_id = run.call_handler(analyst, "cases", {"op": "open", "title": "Harbor road", "number": "NF-7", **STATED})[
        "opened"
    ]
    pin = {"what": "pin", "object": "entity", "object_id": site.shown.entity[OTHER], "text": "the poster"}
    run.call_handler(analyst, "case_item", {"case_id": case_id, **pin, **STATED})
    made = run.call_handler(analyst, "case_export", {"case_id": case_id, "format": "stix", "for": LABEL, **STATED})
    path = tmp_path_factory.mktemp("bundle") / "minerva.zip"
    path.write_bytes(base64.b64decode(made["file"]["base64"]))
    return path


@pytest.fixture(scope="module")
def partner(site: Site, chrome: Browser) -> Iterator[Page]:
    """Yields the partner's analyst, with purpose and case stated."""
    with chromium.opened(chrome) as made:
        seen = Watched(made)
        user = ANALYSTS[PARTNER]
        chromium.log_in(made, site.address, user, site.run.passwords[user])
        made.goto(f"{site.address}{APP}/investigate")
        made.get_by_label("Purpose").select_option("investigation")
        made.get_by_label("Case number").fill("RB-9")
        yield made
        assert seen.errors == []


def contact(site: Site, owner: str, held_by_partner: bool) -> str:
    """A phone or e-mail address of the owner's entity, which the partner's own entities hold or do not."""
    document = site.run.call_handler(ANALYSTS[owner], "get", {"entity_id": site.shown.entity[owner]})
    for identifier in document["identifiers"]:
        if identifier.startswith(("phone:", "email:")):
            found = site.run.call_handler(ANALYSTS[PARTNER], "investigate", {"identifiers": [identifier]})
            if bool(found["entities"]) is held_by_partner:
                return str(identifier).partition(":")[2]
    raise AssertionError(f"the entity of {owner} has no such contact")


def test_a_messy_text_leads_to_who_else_used_it_here_and_at_the_partner(site: Site, partner: Page) -> None:
    partner.goto(f"{site.address}{APP}/investigate")
    box = partner.get_by_role("textbox", name="What to investigate")
    box.fill(f"who is this?? call/write {contact(site, PARTNER, held_by_partner=True)} asap")
    box.press("Enter")
    expect(partner.locator("[data-test=entity-card]").first).to_be_visible()
    assert axe.violations(partner) == {}
    box.fill(f"and this?? call/write {contact(site, OTHER, held_by_partner=False)}")
    box.press("Enter")
    hint = partner.locator("[data-test=shared-lead]")
    expect(hint.first).to_contain_text("Northfield")
    expect(partner.locator("[data-test=entity-card]")).to_have_count(0)  # it is not the partner's to open
    hint.get_by_role("link", name="See it under Shared").first.click()
    expect(partner.locator("[data-test=lead]").first).to_contain_text("Northfield")
    assert axe.violations(partner) == {}


def test_a_case_becomes_an_export_that_counts_the_lead_it_withholds(site: Site, partner: Page, bundle: Path) -> None:
    partner.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[PARTNER]}")
    partner.get_by_role("button", name="Add to case").click()
    dialog = partner.get_by_role("dialog")
    dialog.get_by_label("What the case is called").fill("Two rivers")
    dialog.get_by_label("Its number").fill("RB-9")
    dialog.get_by_label("Why it matters").fill("the number on the poster")
    dialog.get_by_role("button", name="Add", exact=True).click()
    partner.get_by_role("link", name="Two rivers").click()
    partner.get_by_role("button", name="Import").click()
    partner.get_by_label("Files").set_input_files(bundle)
    expect(partner.locator("[data-test=import-preview]")).to_contain_text("1 accepted")
    assert axe.violations(partner) == {}
    partner.get_by_role("button", name="Take 1 into the case").click()
    expect(partner.locator("[data-test=case-lead]")).to_contain_text("Northfield")
    assert axe.violations(partner) == {}
    partner.get_by_role("button", name="Export", exact=True).click()
    dialog.get_by_label("Who it is for").fill("the prosecutor's office")
    assert axe.violations(partner) == {}
    with partner.expect_download() as taken:
        dialog.get_by_role("button", name="Export").click()
    exported = partner.locator("[data-test=exported]")
    expect(exported).to_contain_text("1 entities and")
    expect(exported).to_contain_text("Withheld: 1 leads of partners")
    report = Path(taken.value.path()).read_bytes()
    assert site.shown.identifier[OTHER].partition(":")[2].encode() not in report


def test_what_the_partner_shares_is_seen_by_the_recipient_and_gone_after_the_recall(
    site: Site, partner: Page, chrome: Browser
) -> None:
    partner.goto(f"{site.address}{APP}/investigate?e={site.shown.entity[PARTNER]}&v=results")
    partner.get_by_role("button", name="Share", exact=True).click()
    dialog = partner.get_by_role("dialog")
    dialog.get_by_label("With", exact=True).select_option(GROUP)
    dialog.get_by_label("How far").select_option("L3")
    dialog.get_by_label("Why").fill("both towns")
    dialog.get_by_role("button", name="Preview").click()
    dialog.get_by_role("button", name="Mark it up to L3").click()
    expect(partner.locator("[data-test=share-preview]")).to_contain_text("Northfield")
    assert axe.violations(partner) == {}
    dialog.get_by_role("button", name="Share", exact=True).click()
    expect(partner.get_by_text("It can be recalled under Shared.")).to_be_visible()
    with chromium.opened(chrome) as other:
        chromium.log_in(other, site.address, site.user, site.password)
        other.goto(f"{site.address}{APP}/shared")
        other.get_by_label("Purpose").select_option("investigation")
        other.get_by_label("Case number").fill("NF-7")
        expect(other.locator("[data-test=lead]")).to_contain_text("Riverbank")
        partner.goto(f"{site.address}{APP}/shared?t=given")
        partner.get_by_role("button", name="Recall").click()
        dialog.get_by_label("Why").fill("closed")
        dialog.get_by_role("button", name="Recall").click()
        expect(partner.get_by_role("cell", name="recalled")).to_be_visible()
        other.reload()
        expect(other.get_by_role("heading", name="Nothing is shared with your institution now")).to_be_visible()
