"""The graph of Investigate: laid out by a worker as the page itself would, by keyboard, large ones, and its table."""

from __future__ import annotations

import random
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import TENANT, Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "/en-US/app/minerva_app/investigate"
BOTH_WAYS = """async ([address, graph]) => {
  const inWorker = await new Promise((resolve, reject) => {
    const worker = new Worker(address);
    worker.onerror = reject;
    worker.onmessage = ({ data }) => { if (data.isDone) resolve([...data.positions]); };
    worker.postMessage({ turn: 1, graph });
  });
  const script = document.createElement('script');
  script.src = address;
  await new Promise((resolve, reject) => {
    Object.assign(script, { onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const plain = await new Promise((resolve) => window.minervaParts.layout.layOut(
    graph, (positions, isDone) => { if (isDone) resolve([...positions]); return true; }, (next) => setTimeout(next),
  ));
  return [inWorker, plain];
}"""


def made(points: int, links: int) -> dict[str, Any]:
    """Returns an answer of the handler with that many points; the same every time."""
    chance = random.Random(7)
    nodes = [{"id": f"e_{place:016x}", "kind": "entity", "label": f"House {place}"} for place in range(points // 10)]
    nodes += [{"id": f"{place:032x}", "kind": "record", "label": ""} for place in range(points - len(nodes))]
    pairs = {(place, chance.randrange(place)) for place in range(1, points)}
    while len(pairs) < links:
        pairs.add((chance.randrange(1, points), 0))
        pairs.add((chance.randrange(points // 2, points), chance.randrange(points // 2)))
    edges = [
        {"source": nodes[a]["id"], "target": nodes[b]["id"], "rule": "seen", "strength": 0.9, "why": "seen"}
        for a, b in sorted(pairs)[:links]
    ]
    return {"nodes": nodes, "edges": edges, "truncated": False}


def drawn(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{PAGE}?e={site.shown.entity[TENANT]}&v=graph")
    page.locator("[data-laid-out=true]").wait_for()


def test_a_worker_and_the_page_lay_a_graph_out_alike(site: Site, watched: Watched) -> None:
    page = watched.page
    drawn(page, site)
    address = next(url for url in watched.requests if url.endswith("/parts/layout.js"))
    graph = {
        "points": [{"size": 5} for _ in range(60)],
        "links": [[place, (place * 7 + 3) % 60] for place in range(60)],
    }
    worker, plain = page.evaluate(BOTH_WAYS, [address, graph])
    assert worker == plain
    assert len(worker) == 120
    assert len({round(place) for place in worker}) > 60  # points stand apart


@pytest.mark.full
def test_without_a_worker_the_page_lays_the_graph_out_itself(site: Site, watched: Watched) -> None:
    watched.page.add_init_script("window.Worker = class { constructor() { throw new Error('none'); } }")
    drawn(watched.page, site)
    expect(watched.page.locator("[data-test=graph] canvas").first).to_be_visible()


@pytest.mark.full
def test_the_keyboard_goes_from_point_to_point_and_chooses_one(site: Site, watched: Watched) -> None:
    page = watched.page
    drawn(page, site)
    page.locator("[data-test=graph]").focus()
    page.keyboard.press("ArrowRight")  # the first one: the point with most links
    said = page.locator("[aria-live=polite]").last
    expect(said).to_contain_text("links")
    first = said.inner_text()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        if said.inner_text() != first:
            break
        page.keyboard.press(key)
    expect(said).not_to_have_text(first)
    page.keyboard.press("Enter")
    inspector = page.locator("[data-test=inspector]")
    shown = inspector.locator("[data-test=record-view], [data-test=entity-view]").or_(
        inspector.get_by_role("button", name="Who else uses it")
    )
    expect(shown.first).to_be_visible()


def test_the_table_holds_what_the_graph_shows_and_kinds_can_be_hidden(site: Site, watched: Watched) -> None:
    page = watched.page
    drawn(page, site)
    graph = page.locator("[data-test=graph]")
    points = int(str(graph.get_attribute("aria-label")).split()[2])
    page.get_by_role("button", name="Record", exact=True).click()
    expect(graph).not_to_have_attribute("aria-label", f"Graph of {points} points", timeout=5_000)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Show as table").click()
    rows = page.get_by_role("table", name="Points of the graph").get_by_role("row")
    expect(rows).to_have_count(min(points, 25) + 1)


@pytest.mark.full
def test_a_graph_of_5000_points_is_shown_in_part_and_as_an_overview(site: Site, watched: Watched) -> None:
    page = watched.page
    answer = made(5000, 15000)

    def given(route: Route) -> None:
        route.fulfill(json=answer)

    page.route("**/neighborhood?*", given)
    drawn(page, site)
    graph = page.locator("[data-test=graph]")
    expect(graph).to_have_attribute("aria-label", f"Graph of 1000 points and {links_among(page)} links. " + KEYS)
    expect(page.get_by_text("1,000 of 5,000 points")).to_be_visible()
    page.get_by_role("button", name="Overview of all points").click()
    expect(graph).to_have_attribute("aria-label", "Graph of 5000 points and 15000 links. " + KEYS)
    page.locator("[data-laid-out=true]").wait_for()


KEYS = "Arrow keys go from point to point, Enter chooses one, plus and minus zoom; the table shows the same."


def links_among(page: Page) -> str:
    """Returns how many links the graph says it draws."""
    return str(page.locator("[data-test=graph]").get_attribute("aria-label")).split()[5]


@pytest.mark.full
def test_entities_that_share_a_contact_leave_an_entity_its_own(site: Site, watched: Watched) -> None:
    page = watched.page
    own, other, record, desk = (site.shown.entity[TENANT], "e_00000000000000aa", "a" * 32, "phone:+12025550143")
    contact = "email:own@mail.example"

    def answer(route: Route) -> None:
        named = {own: "Own House", other: "Other House"}
        nodes = [{"id": key, "kind": "entity", "label": label} for key, label in named.items()]
        nodes += [{"id": each, "kind": each.partition(":")[0], "label": each} for each in (desk, contact)]
        nodes += [{"id": each, "kind": "record", "label": ""} for each in (record, "b" * 32)]
        pairs = [(own, record), (record, contact), (own, desk), (desk, other), (other, "b" * 32)]
        edges = [{"source": a, "target": b, "rule": "seen", "strength": 1, "why": "seen"} for a, b in pairs]
        route.fulfill(json={"nodes": nodes, "edges": edges, "truncated": False})

    page.route("**/neighborhood?*", answer)
    drawn(page, site)
    page.get_by_role("button", name="Show entities that share a contact").click()
    expect(page.locator("[data-test=partial]")).to_contain_text("without 1 points of their own")
    page.get_by_role("button", name="Show as table").click()
    table = page.get_by_role("table", name="Points of the graph")
    for told in ("own@mail.example", "+1 202 555 0143", "Other House"):
        expect(table).to_contain_text(told)
    expect(table.get_by_role("row")).to_have_count(6)
