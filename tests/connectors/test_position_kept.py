"""A position is gone on from only by the source and the way of reading that left it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from minerva.intake.facts.source import source_from_document
from minerva.intake.inputs import checkpoint_path
from minerva.intake.running.state import State
from tests.connectors.loopback import Handler, Site
from tests.connectors.running import World, changed
from tests.connectors.web.making import csv_text, document, rows, web_source

PAGES = {"kind": "page", "param": "page"}
CURSOR = {"kind": "cursor", "param": "cursor", "field": "next"}
STANZA = "minerva_http://t"


def cut_off_at_page_three(handler: Handler) -> None:
    """Pages of ten, of which the third fails."""
    page = int(handler.query.get("page", "0"))
    found = json.dumps({"items": rows(range(page * 10, page * 10 + 10))}).encode()
    handler.answer(*((403,) if page == 3 else (200, found)))


def by_cursor(handler: Handler) -> None:
    """The same rows by cursors of letters; a number is none."""
    at = handler.query.get("cursor", "a")
    found = {"items": rows({"a": range(10, 20), "b": range(20, 40)}.get(at, [])), "next": {"a": "b"}.get(at)}
    handler.answer(200, json.dumps(found).encode())


def test_a_source_whose_paging_was_edited_is_read_from_its_start(site: Site, tmp_path: Path) -> None:
    world = World(tmp_path)
    site.routes["/list"] = cut_off_at_page_three
    first = world.fetch(site, web_source(items="items", paging=PAGES))
    assert (first.emitted, first.failed) == (20, "status_403")
    site.routes["/list"] = by_cursor
    again = world.fetch(site, web_source(items="items", paging=CURSOR))
    assert (again.failed, len(set(world.ids())), len(world.ids())) == ("", 30, 30)
    assert "reading_changed" in world.codes()


def test_what_does_not_bear_on_reading_may_be_edited_in_between(site: Site, tmp_path: Path) -> None:
    world = World(tmp_path)
    site.routes["/list"] = cut_off_at_page_three
    world.fetch(site, web_source(items="items", paging=PAGES))
    seen = len(site.seen)
    edited = {**document(items="items", paging={**PAGES, "max_pages": 9}), "title": "A register, renamed"}
    world.fetch(site, source_from_document(edited))
    assert site.paths()[seen] == "/list?page=3"


def test_an_input_that_is_given_another_source_reads_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_bytes(b"license_number,business_name,city\nM1,Spa,X\n")
    world, source = World(tmp_path / "store"), changed("massage_licenses")
    emitted = world.read(source, tmp_path / "in").emitted
    assert world.read(source, tmp_path / "in").emitted == 0
    assert world.read(changed("massage_licenses", id="other_register"), tmp_path / "in").emitted == emitted > 0


def test_a_position_of_an_earlier_edition_does_not_stop_an_input(site: Site, tmp_path: Path) -> None:
    positions: list[dict[str, Any]] = [{"next": "2026-03-01"}, {"next": 7, "late": ["x"]}, {"token": {"a": 1}}]
    for number, position in enumerate(positions):
        world = World(tmp_path / str(number))
        state = State(checkpoint_path(world.folder, STANZA))
        state.write("fingerprint", "0123456789abcdef")
        state.move(position)
        state.close()
        site.routes["/f/1.csv"] = lambda handler: handler.answer(200, csv_text([1]), "text/csv")
        numbered = web_source(format="csv", path="/f/{number}.csv", paging={"kind": "sequence"})
        report = world.fetch(site, numbered)
        assert (report.failed, report.emitted) == ("", 1)
