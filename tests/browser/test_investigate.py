"""Investigate as an analyst uses it: from a messy text to who else uses it, why, where and when, without SPL."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import chromium
from tests.browser.conftest import TENANT, Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "/en-US/app/minerva_app/investigate"


@pytest.fixture
def held(site: Site) -> str:
    """An identifier that records of one entity share."""
    return site.shown.identifier[TENANT]


def ask(page: Page, site: Site, text: str) -> None:
    page.goto(f"{site.address}{PAGE}")
    box = page.get_by_role("textbox", name="What to investigate")
    box.fill(text)
    box.press("Enter")


def opened(page: Page, site: Site, held: str) -> None:
    kind, _, value = held.partition(":")
    ask(page, site, f"who is this?? call/write {value} asap" if kind in ("phone", "email") else held)
    page.locator("[data-test=entity-card]").first.locator("h3 a").click()
    expect(page.get_by_role("tab", name="Reasons")).to_have_attribute("aria-selected", "true")


def test_a_messy_text_leads_to_who_else_uses_it_and_why(site: Site, watched: Watched, held: str) -> None:
    page = watched.page
    opened(page, site, held)
    assert site.shown.entity[TENANT] in page.url
    page.get_by_role("row").nth(1).click()
    inspector = page.locator("[data-test=inspector]")
    expect(inspector.get_by_role("heading", name="Why these two stand together")).to_be_visible()
    for label in ("Same", "Not the same", "Unsure"):
        expect(inspector.get_by_role("button", name=label, exact=True)).to_be_visible()
    page.locator("[data-test=join-view] .mv-link").nth(1).click()  # the first one leads back to the entity
    expect(page.locator("[data-test=record-view]")).to_be_visible()


def test_what_was_typed_stands_in_no_address_and_no_search(site: Site, watched: Watched, held: str) -> None:
    page = watched.page
    opened(page, site, held)
    for view in ("Graph", "Records"):
        page.get_by_role("tab", name=view).click()
        expect(page.get_by_role("tab", name=view)).to_have_attribute("aria-selected", "true")
    page.get_by_role("table", name="Records").wait_for()
    value = re.sub(r"^\+", "", held.partition(":")[2])
    assert not [address for address in watched.requests if value in address]
    assert value not in page.url


@pytest.mark.full
@pytest.mark.parametrize(("view", "part"), [("Graph", "graph"), ("Timeline", "timeline"), ("Map", "map")])
def test_every_view_of_an_entity_is_drawn(site: Site, watched: Watched, held: str, view: str, part: str) -> None:
    page = watched.page
    opened(page, site, held)
    page.get_by_role("tab", name=view).click()
    expect(page.locator(f"[data-test={part}]")).to_be_visible(timeout=30_000)
    if part != "graph":
        expect(page.locator("[data-test=filters]")).to_be_visible()


@pytest.mark.full
def test_an_alert_stands_as_a_flag_on_the_timeline_and_leads_to_a_record(site: Site, watched: Watched) -> None:
    page = watched.page
    alerts = site.run.call_handler(site.user, "alerts", {"limit": 1})["alerts"]
    ask(page, site, alerts[0]["identifier"])
    page.locator("[data-test=entity-card]").first.wait_for()
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator("[data-test=flags]")).to_contain_text(re.compile(r"\d+ alerts? of what is watched"))
    page.locator(".vis-item.vis-box.mv-alert").first.click()
    expect(page.locator("[data-test=record-view]")).to_be_visible()


@pytest.mark.full
@pytest.mark.parametrize("view", ["Timeline", "Map", "Records"])
def test_what_nobody_holds_is_said_so_in_every_view(site: Site, watched: Watched, view: str) -> None:
    page = watched.page
    ask(page, site, "nobody.holds.this@example.org")
    page.get_by_role("heading", name="Nobody").wait_for()
    page.get_by_role("tab", name=view).click()
    expect(page.locator("main").last).to_contain_text("Nobody whom you may see holds this")
    page.get_by_role("tab", name="Results").click()
    expect(page.locator("[data-test=nothing]")).to_contain_text(
        re.compile(r"newest record that is linked was stored \d")
    )


@pytest.mark.full
def test_back_reload_and_a_bookmark_bring_the_same_again(site: Site, watched: Watched, held: str) -> None:
    page = watched.page
    opened(page, site, held)
    page.get_by_role("tab", name="Records").click()
    page.get_by_role("table", name="Records").wait_for()
    page.reload()
    page.get_by_role("table", name="Records").wait_for()
    page.go_back()
    expect(page.get_by_role("tab", name="Reasons")).to_have_attribute("aria-selected", "true")
    page.goto(f"{site.address}{PAGE}?e={site.shown.entity[TENANT]}&v=results")
    expect(page.get_by_role("table", name="Reasons of the joins")).to_be_visible()


@pytest.mark.full
def test_an_open_record_a_join_and_the_wider_graph_have_an_address(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}?e={site.shown.entity[TENANT]}&v=results")
    page.get_by_role("table", name="Reasons of the joins").get_by_role("row").nth(1).click()
    for _ in ("as chosen", "as loaded again"):
        expect(page.locator("[data-test=join-view]")).to_be_visible()
        expect(page.locator("[data-test=compare]")).to_contain_text("agrees")
        page.reload()
    page.get_by_role("tab", name="Records").click()
    page.get_by_role("table", name="Records").get_by_role("row").nth(1).click()
    page.locator("[data-test=record-view]").wait_for()
    page.reload()
    expect(page.locator("[data-test=record-view]")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-test=join-view]")).to_be_visible()
    page.get_by_role("tab", name="Graph").click()
    page.get_by_role("button", name="Show entities that share a contact").click()
    expect(page.get_by_role("button", name="Only what was found")).to_be_visible()
    page.get_by_role("tab", name="Records").click()
    page.get_by_role("tab", name="Graph").click()
    page.reload()
    expect(page.get_by_role("button", name="Only what was found")).to_be_visible()
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("button", name="Show entities that share a contact")).to_be_visible()


@pytest.mark.full
def test_a_part_of_a_text_that_nobody_holds_is_said(site: Site, watched: Watched) -> None:
    page = watched.page
    phones = "index=* minerva_identifier=phone:* | stats count by minerva_identifier | sort - count | head 1"
    (top,) = site.run.ask(f"search {phones}", site.user)
    ask(page, site, f"{top['minerva_identifier'].partition(':')[2]} or nobody.holds.this@example.org")
    expect(page.locator("[data-test=unheld]")).to_contain_text("nobody.holds.this@example.org")
    expect(page.locator("[data-test=entity-card]").first).to_be_visible()


@pytest.mark.full
def test_filters_narrow_what_is_listed(site: Site, watched: Watched, held: str) -> None:
    page = watched.page
    opened(page, site, held)
    page.get_by_role("tab", name="Records").click()
    table = page.get_by_role("table", name="Records")
    table.wait_for()
    every = table.get_by_role("row").count()
    filters = page.locator("[data-test=filters]")
    filters.get_by_label("From").fill("2099-01-01")
    expect(page.get_by_text("No records.")).to_be_visible()
    filters.get_by_role("button", name="Show all").click()
    expect(table.get_by_role("row")).to_have_count(every)


@pytest.mark.full
def test_filters_stand_in_the_address_and_come_again_where_they_are_no_text(
    site: Site, watched: Watched, chrome: Browser
) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}?e={site.shown.entity[TENANT]}&v=records")
    filters = page.locator("[data-test=filters]")
    kind = filters.get_by_role("group", name="Kinds").get_by_role("checkbox").first
    town = filters.get_by_role("group", name="Places").get_by_role("checkbox").first
    kind.check()
    expect(page).to_have_url(re.compile("ft=[a-z]"))
    filters.get_by_label("From").fill("2020-01-02")
    bookmark = page.url
    written = town.locator("xpath=following-sibling::span[1]").inner_text()
    town.check()
    page.get_by_role("tab", name="Timeline").click()
    page.reload()
    for choice in (kind, town):
        expect(choice).to_be_checked()
    expect(filters.get_by_label("From")).to_have_value("2020-01-02")
    assert written not in page.url.replace("+", " ")
    page.go_back()
    page.go_back()
    expect(kind).to_be_checked()
    expect(town).not_to_be_checked()
    page.go_back()
    expect(kind).not_to_be_checked()
    page.go_forward()
    expect(kind).to_be_checked()
    page.goto(f"{site.address}{PAGE}?e={site.shown.entity[TENANT]}&v=records")  # a link from another page
    expect(kind).not_to_be_checked()
    with chromium.opened(chrome) as other:
        chromium.log_in(other, site.address, site.user, site.password)
        other.goto(bookmark)
        expect(other.locator("[data-test=filters]").get_by_label("From")).to_have_value("2020-01-02")


@pytest.mark.full
def test_every_spelling_of_a_phone_finds_its_entity(site: Site, watched: Watched) -> None:
    page = watched.page
    top = "| tstats count where `minerva_records` minerva_identifier=phone:* by minerva_identifier"
    top += ' | search minerva_identifier="phone:+1*" | head 1'
    (row,) = (dict(row) for row in site.run.stage.search(top, site.user, app="minerva_app").rows)
    digits = str(row["minerva_identifier"]).removeprefix("phone:+1")
    asked = f"| minervaexpand identifier=phone:+1{digits} output=entity"
    (entity, *_) = map(dict, site.run.stage.search(asked, site.user, app="minerva_app").rows)
    parts = digits[:3], digits[3:6], digits[6:]
    for text in ("({}) {}-{}", "phone:{}-{}-{}", "+1 {} {} {}", "{}.{}.{}"):
        ask(page, site, text.format(*parts))
        expect(page.locator(f"[data-entity={entity['entity_id']}]")).to_be_visible()
        ask(page, site, "nobody's text")
        expect(page.locator("[data-test=entity-card]")).to_have_count(0)


@pytest.mark.full
def test_the_reading_of_an_earlier_text_is_not_offered_for_the_one_typed_now(site: Site, watched: Watched) -> None:
    page = watched.page
    held: list[Route] = []
    page.goto(f"{site.address}{PAGE}")
    page.route("**/minerva/app/v1/text*", lambda route: held.append(route), times=1)
    box = page.get_by_role("textbox", name="What to investigate")
    for text in ("first.text@example.org", "second.text@example.org"):
        box.fill(text)
        box.press("Enter")
        page.wait_for_timeout(300)
    page.get_by_role("heading", name="Nobody").wait_for()
    with page.expect_response("**/minerva/app/v1/text*"):
        held[0].continue_()
    page.wait_for_timeout(500)
    expect(page.locator("main").last).to_contain_text("second.text@example.org")
    expect(page.locator("main").last).not_to_contain_text("first.text@example.org")


NOTHING = [
    pytest.param("+1 415 555 0100", "Nobody whom you may see holds this", id="an identifier that nobody holds"),
    pytest.param("qwertz asdf", "Nobody whom you may see holds this", id="a name that nobody bears"),
    pytest.param("lorem " * 60, "Nothing was read in this text", id="a long text without identifiers"),
    pytest.param("<script>alert(1)</script>", "Nobody whom you may see holds this", id="a script"),
    pytest.param("שלום עולם", "Nobody whom you may see holds this", id="right to left"),
    pytest.param("e_0000000000000000", "Nobody whom you may see holds this", id="an id of nothing"),
]


@pytest.mark.full
@pytest.mark.parametrize(("text", "said"), NOTHING)
def test_what_is_not_found_is_said_in_words(site: Site, watched: Watched, text: str, said: str) -> None:
    page = watched.page
    ask(page, site, text)
    expect(page.get_by_role("heading", name=said)).to_be_visible()


@pytest.mark.full
def test_the_page_loads_within_its_size(site: Site, watched: Watched) -> None:
    sizes: dict[str, int] = {}
    page = watched.page
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}) if ".js" in answer.url else None)
    page.goto(f"{site.address}{PAGE}")
    page.get_by_role("heading", name="Largest").wait_for()
    assert not [address for address in sizes if "/parts/" in address], json.dumps(sizes)


@pytest.mark.full
def test_news_are_told_on_the_timeline_and_the_map_and_marked(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}")
    page.locator("[data-test=entity-card]").first.wait_for()
    page.wait_for_function("sessionStorage.getItem('minerva visit')")
    page.evaluate(  # as one whose last visit was before the first refresh
        "() => { const visit = JSON.parse(sessionStorage.getItem('minerva visit')); visit.time -= 86400;"
        " Object.keys(visit.refresh).forEach((tenant) => { visit.refresh[tenant] = 0; });"
        " sessionStorage.setItem('minerva visit', JSON.stringify(visit)); }"
    )
    page.reload()
    page.get_by_role("button", name="Since my last visit").click()
    expect(page.locator("[data-test=entity-card]").first.get_by_text("new", exact=True)).to_be_visible()
    page.get_by_role("button", name="On the timeline").click()
    expect(page.locator("[data-test=timeline] .mv-new").first).to_be_visible()
    page.reload()
    expect(page.locator("[data-test=timeline] .mv-new").first).to_be_visible()
    page.get_by_role("tab", name="Map").click()
    expect(page.locator("[data-test=map]")).to_be_visible()
    expect(page.locator("[data-test=map] button[title*='of them new']").first).to_be_attached()


@pytest.mark.full
def test_what_is_cut_of_the_news_is_said_in_every_view_and_read_on(site: Site, watched: Watched) -> None:
    page = watched.page

    def ask_for_few(route: Route) -> None:
        route.continue_(post_data=json.dumps({**json.loads(route.request.post_data or "{}"), "limit": 5}))

    page.route("**/entities/news*", ask_for_few)
    page.goto(f"{site.address}{PAGE}?n=week&v=timeline")
    cut = page.locator("[data-test=partial]").filter(has_text="newest entities are shown")
    expect(cut).to_contain_text("The records of the 5 newest entities are shown")
    few = page.locator("[data-test=timeline] .vis-item.vis-dot").count()
    cut.get_by_role("button").click()
    expect(cut).to_contain_text("The records of the 10 newest entities are shown")
    expect(page.locator("[data-test=timeline]")).to_be_visible()
    assert page.locator("[data-test=timeline] .vis-item.vis-dot").count() >= few
    for view, words in (("Map", "The records of the 10"), ("Graph", "The 10"), ("Results", "The 10")):
        page.get_by_role("tab", name=view).click()
        expect(cut).to_contain_text(f"{words} newest entities are shown")
    expect(page.locator("[data-test=entity-card]")).to_have_count(10)


@pytest.mark.full
def test_the_graph_says_of_how_many_entities_it_draws_the_first(site: Site, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site.address}{PAGE}?n=month&v=graph")
    cut = page.locator("[data-test=partial]").filter(has_text="entities are drawn")
    expect(cut).to_contain_text("The first 12 of", timeout=30_000)
    cut.get_by_role("button", name="Draw 12 more").click()
    expect(cut).to_contain_text("The first 24 of", timeout=30_000)


@pytest.mark.full
def test_a_first_visit_tells_what_came_this_week_on_timeline_and_map(site: Site, chrome: Browser) -> None:
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        page.goto(f"{site.address}{PAGE}")
        expect(page.get_by_role("button", name="Last 7 days")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[data-test=entity-card]").first.get_by_text("new", exact=True)).to_be_visible()
        page.get_by_role("button", name="On the map").click()
        expect(page.locator("[data-test=map] button[title*='of them new']").first).to_be_attached()
        bookmark = page.url
    with chromium.opened(chrome) as page:  # another computer, with the bookmark
        chromium.log_in(page, site.address, site.user, site.password)
        page.goto(bookmark.replace("v=map", "v=timeline"))
        expect(page.locator("[data-test=timeline] .mv-new").first).to_be_visible()
        page.get_by_role("button", name="Last 30 days").click()
        expect(page).to_have_url(re.compile("n=month"))
        page.go_back()
        expect(page.get_by_role("button", name="Last 7 days")).to_have_attribute("aria-pressed", "true")


@pytest.mark.full
def test_cards_chips_and_towns_lead_on_in_a_tab_of_their_own(site: Site, watched: Watched, held: str) -> None:
    page = watched.page
    ask(page, site, held)
    card = page.locator("[data-test=entity-card]").first
    with page.context.expect_page() as opening:
        card.locator("h3 a").click(button="middle")
    expect(opening.value.locator("[data-test=entity-view]")).to_be_visible()
    opening.value.close()
    with page.context.expect_page() as opening:
        card.locator("[data-test=chip] a").first.click(modifiers=["ControlOrMeta"])
    other = opening.value
    expect(other.locator("[data-test=entity-card]").first).to_be_visible()
    assert re.search(r"\?q=[0-9a-f]{12}(?:&|$)", other.url)
    other.reload()  # the text is this tab's own now
    expect(other.locator("[data-test=entity-card]").first).to_be_visible()
    other.close()
    page.goto(f"{site.address}{PAGE}?e={site.shown.entity[TENANT]}")
    page.locator("[data-test=entity-view] [title='Who has records of it']").first.click()
    expect(page.locator("[data-test=understood]")).to_contain_text("the name or address")
    expect(page.locator("[data-test=entity-card]").first).to_be_visible()


@pytest.mark.full
@pytest.mark.parametrize("view", ["timeline", "map", "records"])
def test_a_view_says_none_only_when_its_answer_has_come(site: Site, watched: Watched, view: str) -> None:
    page = watched.page
    held: list[Route] = []
    page.route("**/entities/news*", lambda route: held.append(route))
    page.goto(f"{site.address}{PAGE}?n=week&v={view}")
    main = page.locator("main").last
    expect(main.locator("[data-test=waiting]")).to_contain_text("Reading the records …")  # said after two seconds
    expect(main.locator("[data-test=nothing]")).to_have_count(0)
    assert "No record" not in main.inner_text()
    assert held != []
    for route in held:
        route.continue_()
    expect(main.locator("[data-test=waiting]")).to_have_count(0)
    shown = main.get_by_role("table", name="Records") if view == "records" else main.locator(f"[data-test={view}]")
    expect(shown).to_be_visible()
