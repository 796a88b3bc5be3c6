"""How fast the pages are, in Chromium without a graphics card, over a demo that runs: `python -m benchmarks.pages URL
USER` (password from stdin). `--fill HOME --records N` first fills the entities of a home that does not run."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response, Route, sync_playwright

from understudy.storage.kv import KVStore

APP = "/en-US/app/minerva_app"
READY = {
    "investigate": "[data-test=entity-card]", "cases": "main h3, main table", "shared": "[role=tablist]",
    "found_in_text": "#text-to-read", "schools": "#school-words",
}  # fmt: skip
"""Own pages and what each shows once it can be worked with."""
PATIENCE = 120_000
TURNS = 3
FRAMES = """() => {
  window.counted = 0;
  const count = () => { window.counted += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);
}"""


def seconds(turns: int, do: Callable[[], None]) -> float:
    """Returns the median time of a deed."""
    taken = []
    for _ in range(turns):
        start = time.perf_counter()
        do()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def told(what: str, value: float, unit: str, bar: str) -> None:
    print(f"  {what:<58} {value:8.2f} {unit:<9} bar {bar}", flush=True)


def open_page(page: Page, address: str, view: str, shows: str) -> None:
    page.goto(f"{address}{APP}/{view}")
    page.locator(shows).first.wait_for(timeout=PATIENCE)


def first_load(page: Page, address: str) -> None:
    """Prints what Investigate loads before anything is opened, compressed as a server does."""
    sizes: list[int] = []

    def came(answer: Response) -> None:
        if re.search(r"\.(?:js|css)(?:\?|$)", answer.url):
            sizes.append(len(gzip.compress(answer.body(), 6)))

    page.on("response", came)
    open_page(page, address, "investigate", READY["investigate"])
    page.remove_listener("response", came)
    told("first load of Investigate, scripts and styles, gzip", sum(sizes) / 1000, "kB", "450")


def card_of(page: Page, address: str, identifier: str) -> float:
    """Returns how long it takes from Enter to the first card, on a page that stands open."""
    open_page(page, address, "investigate", READY["investigate"])
    box = page.get_by_role("textbox", name="What to investigate")

    def ask() -> None:
        box.press("Enter")
        page.locator("[data-test=understood]").wait_for(timeout=PATIENCE)
        page.locator(f'[data-test=entity-card] [data-identifier="{identifier}"]').first.wait_for(timeout=PATIENCE)

    taken = []
    for _ in range(TURNS):
        open_page(page, address, "investigate", READY["investigate"])
        box.fill(identifier)
        taken.append(seconds(1, ask))
    return statistics.median(taken)


def graph(points: int, links: int) -> dict[str, Any]:
    """Returns an answer of the handler with so many points, in groups as entities are."""
    chance = random.Random(1)
    nodes = [{"id": f"e_{place:016x}", "kind": "entity", "label": f"House {place}"} for place in range(points // 20)]
    nodes += [{"id": f"phone:+1202555{place:04d}", "kind": "phone", "label": ""} for place in range(points // 4)]
    nodes += [{"id": f"{place:032x}", "kind": "record", "label": ""} for place in range(points - len(nodes))]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < links:
        one = chance.randrange(points)
        near = (one + chance.randrange(1, 40)) % points
        pairs.add((one, near if chance.random() < 0.9 else chance.randrange(points)))
    edges = [
        {"source": nodes[a]["id"], "target": nodes[b]["id"], "rule": "seen", "strength": chance.random(), "why": "seen"}
        for a, b in sorted(pairs)
    ]
    return {"nodes": nodes, "edges": edges, "truncated": False}


def frames(page: Page, move: Callable[[], None], least: float = 4.0) -> float:
    """Returns the frames of the page in a second, while something is moved."""
    before, start = page.evaluate("window.counted"), time.perf_counter()
    while time.perf_counter() - start < least:
        move()
    return float((page.evaluate("window.counted") - before) / (time.perf_counter() - start))


def graph_frames(page: Page, address: str, points: int, links: int, bar: str) -> None:
    answer = graph(points, links)

    def given(route: Route) -> None:
        route.fulfill(json=answer)

    page.route("**/neighborhood?*", given)
    open_page(page, address, "investigate", READY["investigate"])
    page.evaluate(FRAMES)
    page.locator("[data-test=entity-card] h3 a").first.click()
    page.get_by_role("tab", name="Graph").click()
    overview = page.get_by_role("button", name="Overview of all points")
    page.locator("[data-test=graph]").wait_for(timeout=PATIENCE)
    if overview.count():
        overview.click()
    start = time.perf_counter()
    while page.locator("[data-laid-out=true]").count() == 0:
        laying = frames(page, lambda: page.wait_for_timeout(100), 1.0)
    name = f"graph of {points:,} points and {links:,} links"
    told(f"{name}: laid out after", time.perf_counter() - start, "s", "-")
    told(f"{name}: while it is laid out", laying, "frames/s", bar)
    box = page.locator("[data-test=graph]").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x + 220, y - 220)
    page.mouse.down()
    places: Iterator[int] = iter(range(10**9))

    def drag() -> None:
        at = next(places) % 80
        page.mouse.move(x + 220 - 5 * min(at, 80 - at), y - 220 + 5 * min(at, 80 - at))

    told(f"{name}: moved by hand", frames(page, drag), "frames/s", bar)
    page.mouse.up()
    page.unroute("**/neighborhood?*")


def views(page: Page, address: str, identifier: str) -> None:
    """Prints when map and timeline stand, whose scripts come when they are first opened."""
    for name, shows in (
        ("Timeline", "[data-test=timeline] .vis-item"),
        ("Map", "[data-test=map] button[title*=record]"),
    ):
        card_of(page, address, identifier)
        page.locator("[data-test=entity-card] h3 a").first.click()
        page.locator("[data-test=entity-view]").wait_for()
        start = time.perf_counter()
        page.get_by_role("tab", name=name).click()
        page.locator(shows).first.wait_for(timeout=PATIENCE)
        told(f"{name} of an entity, first opened", time.perf_counter() - start, "s", "-")


def standing(page: Page) -> None:
    """Waits until every panel of a dashboard shows a value or a row."""
    page.wait_for_function(
        "() => document.querySelectorAll('[data-test=\"grid-item\"]').length > 5"
        " && document.querySelectorAll('tbody tr').length > 4"
        " && ![...document.querySelectorAll('[data-test*=\"progress\"], [role=progressbar]')]"
        ".some((one) => one.offsetParent)",
        timeout=PATIENCE,
    )


def measure(address: str, user: str, password: str, identifier: str, executable: str) -> None:
    print(f"  load of the machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=executable, args=["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        )
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{address}/")
        page.get_by_label("User name").fill(user)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/en-US/app/**")
        first_load(page, address)
        for view, shows in READY.items():
            told(f"page {view} ready", seconds(TURNS, lambda v=view, s=shows: open_page(page, address, v, s)), "s", "2")  # type: ignore[misc]

        def overview() -> None:
            page.goto(f"{address}{APP}/overview")
            standing(page)

        told("dashboard Overview ready", seconds(TURNS, overview), "s", "4")
        told("identifier to card", card_of(page, address, identifier), "s", "1")
        views(page, address, identifier)
        graph_frames(page, address, 1000, 4000, "30")
        graph_frames(page, address, 5000, 15000, "-")
        browser.close()
    print(f"  load of the machine at the end: {os.getloadavg()[0]:.1f}")


def fill(home: Path, records: int) -> int:
    """Copies the entities of a home under other ids until they hold so many records; returns how many they hold."""
    store = KVStore(home / "var" / "lib" / "understudy" / "kv.sqlite")
    entities, members = (store.collection("minerva_app", f"minerva_{name}") for name in ("entities", "members"))
    rows, known = list(entities.all()), list(members.all())
    held = each = sum(int(row["size"]) for row in rows)
    turn = 0
    while held < records:
        turn += 1
        entities.save_all([json.loads(_renamed(json.dumps(row), turn)) for row in rows])
        members.save_all([json.loads(_renamed(json.dumps(row), turn)) for row in known])
        held += each
    store.close()
    return held


NAMES = re.compile(
    r"(?<![0-9a-f])(?:e_[0-9a-f]{16}|[0-9a-f]{32})(?![0-9a-f])|(?<=\"|:)(?:phone|email|username|url|domain|company_number|license):[^\"]+"
)


def _renamed(text: str, turn: int) -> str:
    """The document with other ids, and other identifiers of the same length about."""

    def other(found: re.Match[str]) -> str:
        name = found[0]
        digest = hashlib.blake2b(f"{turn} {name}".encode(), digest_size=16).hexdigest()
        if ":" in name:
            return f"{name}~{turn}"
        return f"e_{digest[:16]}" if name.startswith("e_") else digest

    return NAMES.sub(other, text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("user", nargs="?", default="nora")
    parser.add_argument("--identifier", default="", help="one that an entity of the world holds")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    parser.add_argument("--fill", type=Path, help="a home that is not running: fill it and end")
    parser.add_argument("--records", type=int, default=1_000_000)
    given = parser.parse_args()
    if given.fill:
        begun = time.perf_counter()
        print(f"  {fill(given.fill, given.records):,} records in entities, {time.perf_counter() - begun:.0f} s")
    else:
        measure(given.address.rstrip("/"), given.user, sys.stdin.readline().strip(), given.identifier, given.chromium)
