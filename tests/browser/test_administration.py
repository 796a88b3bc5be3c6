"""The page where an institution administers itself: two people take somebody in, one is removed, the audit answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from demo.run import ADMINS, ANALYSTS
from minerva.administration.standing import UNASSIGNED
from minerva.partner.registry import BASE
from tests.browser import chromium
from tests.browser.conftest import TENANT, Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

PAGE = "/en-US/app/minerva_app/administration"
NEWCOMER, LEAVING, PARTNER = "ines", "liam", "second_admin"


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    """A site of this module's own, since its tests change what it shows."""
    return own_site


@pytest.fixture(scope="module")
def people(site: Site) -> None:
    """A second administrator, one who leaves, and one who belongs to nobody yet."""
    tenant = next(item for item in site.run.tenants if item.id == TENANT)
    for user, role in ((NEWCOMER, UNASSIGNED), (LEAVING, tenant.analyst_role), (PARTNER, tenant.admin_role)):
        site.run.stage.create_user(user, f"a test password of {user}", [role])


@pytest.fixture
def admin(site: Site, chrome: Browser, people: None) -> Iterator[Page]:
    user = ADMINS[TENANT]
    yield from opened(site, chrome, user, site.run.passwords[user])


@pytest.fixture
def second(site: Site, chrome: Browser, people: None) -> Iterator[Page]:
    yield from opened(site, chrome, PARTNER, f"a test password of {PARTNER}")


def opened(site: Site, chrome: Browser, user: str, password: str) -> Iterator[Page]:
    with chromium.opened(chrome) as page:
        seen = Watched(page)
        chromium.log_in(page, site.address, user, password)
        page.goto(f"{site.address}{PAGE}")
        yield page
        assert seen.errors == []


def show(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab, exact=True).click()


def test_the_institution_is_shown_with_its_groups_and_roles(admin: Page) -> None:
    expect(admin.get_by_text("Northfield police unit").first).to_be_visible()
    expect(admin.get_by_role("row").filter(has_text="Lead exchange")).to_contain_text("Riverbank shelter network")
    expect(admin.get_by_role("row").filter(has_text="minerva_northfield_admin")).to_be_visible()


def test_two_people_take_somebody_in(site: Site, admin: Page, second: Page) -> None:
    show(admin, "People")
    admin.get_by_role("textbox", name="User name").fill(NEWCOMER)
    admin.get_by_role("textbox", name="Why").fill("joins the unit")
    admin.get_by_role("button", name="Propose", exact=True).click()
    waiting = admin.get_by_role("row").filter(has_text="joins the unit")
    expect(waiting).to_contain_text("nobody yet")
    show(second, "Approvals")  # where whoever approves looks, with what waits to be released
    second.get_by_role("row").filter(has_text="joins the unit").get_by_role("button", name="Agree").click()
    second.get_by_role("dialog").get_by_role("button", name="Agree").click()
    expect(second.get_by_role("row").filter(has_text="joins the unit")).to_contain_text(PARTNER)
    show(admin, "Institution")
    show(admin, "People")
    waiting.get_by_role("button", name="Carry out").click()
    admin.get_by_role("dialog").get_by_role("button", name="Carry out").click()
    expect(admin.get_by_text("Nothing waits for agreement.")).to_be_visible()
    expect(admin.get_by_role("row").filter(has_text=NEWCOMER)).to_contain_text("analyst")
    account = site.run.stage.accounts.user(NEWCOMER)
    assert account is not None
    assert list(account.roles) == ["minerva_northfield_analyst"]


def test_one_who_leaves_is_out_at_once(site: Site, admin: Page) -> None:
    show(admin, "People")
    admin.get_by_role("button", name=f"Remove {LEAVING}").click()
    admin.get_by_role("button", name=f"End roles, tokens and searches of {LEAVING}").click()
    expect(admin.get_by_role("row").filter(has_text=LEAVING)).to_have_count(0)
    account = site.run.stage.accounts.user(LEAVING)
    assert account is not None
    assert list(account.roles) == [UNASSIGNED]


def test_audit_says_who_looked_at_a_case(site: Site, admin: Page) -> None:
    show(admin, "Audit")
    admin.get_by_role("textbox", name="User who asked").fill(ADMINS[TENANT])
    admin.get_by_role("button", name="Look", exact=True).click()
    row = admin.get_by_role("row").filter(has_text="institution").first
    expect(row).to_contain_text("permit")
    expect(row).to_contain_text(ADMINS[TENANT])
    expect(admin.get_by_text("searches in SPL")).to_contain_text("_audit")
    admin.get_by_role("textbox", name="Case").fill("no such case")
    admin.get_by_role("button", name="Look", exact=True).click()
    expect(admin.get_by_text("No entry fits among those looked at.")).to_be_visible()
    assert "case" not in admin.url


@pytest.mark.parametrize(
    ("tab", "shows"),
    [
        ("Approvals", "Nothing waits for approval."),
        ("Approvals", "Nothing waits for agreement."),
        ("Sharing", "Nothing was released."),
        ("Tokens", "No token of your people is out."),
        ("Limits and retention", "The vault holds 0 people"),
    ],
)
def test_each_part_is_filled_from_the_handler(admin: Page, tab: str, shows: str) -> None:
    show(admin, tab)
    expect(admin.get_by_text(shows)).to_be_visible()


def test_an_analyst_has_no_entry_for_it_and_finds_no_page(site: Site, watched: Watched, admin: Page) -> None:
    watched.page.goto(f"{site.address}/en-US/app/minerva_app/overview")
    expect(watched.page.get_by_role("link", name="Text check")).to_be_visible()
    expect(watched.page.locator(f"a[href='{PAGE}']")).to_have_count(0)  # not in a folded group either
    watched.page.goto(f"{site.address}{PAGE}")
    expect(watched.page.get_by_text("There is no such page, or your roles may not read it.")).to_be_visible()
    watched.errors.clear()  # the refusal itself is an answer of 404
    admin.locator("summary", has_text="Manage").click()
    expect(admin.get_by_role("link", name="Administration", exact=True)).to_be_visible()


def test_a_recall_asks_for_a_reason_and_whether_it_is_meant(site: Site, admin: Page) -> None:
    grant = released(site)
    show(admin, "Sharing")
    row = admin.get_by_role("row").filter(has_text="live")
    row.get_by_role("button", name="Recall", exact=True).click()
    question = admin.get_by_role("dialog")
    meant = question.get_by_role("button", name="Recall from Lead exchange for good")
    expect(meant).to_be_disabled()
    question.get_by_label("Why is it recalled?").fill("an error in it")
    meant.click()
    expect(admin.get_by_role("button", name="Recall")).to_have_count(0)
    expect(admin.get_by_role("cell", name="recalled: an error in it", exact=True).first).to_be_visible()
    (told,) = site.run.call_handler(ADMINS[TENANT], "grants", {})["grants"]
    assert (told["grant_id"], told["ended"]["why"]) == (grant, "an error in it")


def released(site: Site) -> str:
    """A release of the institution's largest entity to its group; the grant's id."""
    stated = {"purpose": "investigation", "case": "NF-2026-17"}

    def ask(operation: str, **body: Any) -> Any:
        return site.run.call_handler(ANALYSTS[TENANT], operation, {**stated, **body})

    entity = ask("list", limit=1)["entities"][0]["entity_id"]
    ask("mark", entity_id=entity, level="L3")
    terms = {"to": "lead_exchange", "level": "L3", "fields": ["infrastructure"]}
    proposal = ask("propose", entity_id=entity, **terms)["proposal"]["proposal_id"]
    return str(ask("release", proposal_id=proposal)["grant"]["grant_id"])


def test_an_export_that_waits_is_agreed_to_on_the_page(site: Site, admin: Page) -> None:
    run = site.run
    headers = {"Authorization": f"Splunk {run.stage.session_key(ANALYSTS[TENANT])}"}
    headers |= {"Minerva-Purpose": "investigation", "Minerva-Case": "NF-2026-17"}
    with requests.Session() as session:
        session.trust_env = False
        body = {"format": "csv", "min_size": 1}
        answer = session.post(f"{run.admin.base}{BASE}/exports/proposals", json=body, headers=headers, timeout=60)
    assert answer.status_code == 201
    show(admin, "Approvals")
    row = admin.get_by_role("row").filter(has_text="Hand out")
    expect(row).to_contain_text(f"{TENANT.capitalize()}: {answer.json()['terms']['entities']} entities")
    row.get_by_role("button", name="Approve…").click()
    question = admin.get_by_role("dialog")
    expect(question).to_contain_text("What left in a file cannot be called back.")
    question.get_by_label("Why you agree").fill("the receiver was asked")
    question.get_by_role("button", name="Approve", exact=True).click()
    expect(row).to_contain_text("You agreed.")
    expect(row.get_by_role("button", name="Approve…")).to_have_count(0)


def test_a_proposal_is_refused_with_a_reason_that_its_author_reads(site: Site, watched: Watched, admin: Page) -> None:
    run, stated = site.run, {"purpose": "investigation", "case": "NF-2026-17"}
    entity = run.call_handler(ANALYSTS[TENANT], "list", {"limit": 2})["entities"][1]["entity_id"]
    run.call_handler(ANALYSTS[TENANT], "mark", {"entity_id": entity, "level": "L4", **stated})
    terms = {"to": "lead_exchange", "level": "L4", "fields": ["infrastructure"], "why": "one network", **stated}
    run.call_handler(ANALYSTS[TENANT], "propose", {"entity_id": entity, **terms})
    show(admin, "Approvals")
    row = admin.get_by_role("row").filter(has_text="one network")
    row.get_by_role("button", name="Refuse…").click()
    question = admin.get_by_role("dialog")
    expect(question.get_by_role("button", name="Refuse", exact=True)).to_be_disabled()
    question.get_by_label("Why you refuse").fill("a hotel's phone")
    question.get_by_role("button", name="Refuse", exact=True).click()
    expect(row).to_have_count(0)
    watched.page.goto(f"{site.address}/en-US/app/minerva_app/shared?t=notices")
    notice = watched.page.get_by_role("table", name="Notices")
    expect(notice).to_contain_text(f"{ADMINS[TENANT]} refused what {ANALYSTS[TENANT]} had proposed: “a hotel's phone”")
