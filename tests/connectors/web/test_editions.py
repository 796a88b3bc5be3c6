"""A whole list compared with its last edition: what is told, what is not, and that a kill changes neither."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.loopback import Handler, Site
from tests.connectors.running import World
from tests.connectors.web.making import csv_text, web_source

ROOT = Path(__file__).resolve().parents[3]
SOURCE = web_source(format="csv", whole=True)


def publish(site: Site, body: bytes) -> None:
    site.routes["/list"] = lambda handler: handler.answer(200, body, "text/csv")


def told(world: World, since: int = 0) -> list[tuple[str, str, str]]:
    """(change, key, revision) of the records that were emitted after the first `since`."""
    return sorted(
        (str(record.attributes["change"]), record.source_key, str(record.attributes.get("revision", "1")))
        for record in world.index[since:]
    )


def test_added_changed_and_removed_rows_become_records(site: Site, tmp_path: Path) -> None:
    world = World(tmp_path)
    publish(site, csv_text(range(20)))
    assert world.fetch(site, SOURCE).emitted == 20
    assert {change for change, _, _ in told(world)} == {"listed"}
    publish(site, csv_text([*range(1, 20), 30], n7="Other"))
    report = world.fetch(site, SOURCE)
    assert (report.emitted, report.met["added"], report.met["changed"], report.met["removed"]) == (3, 1, 1, 1)
    assert told(world, 20) == [("added", "30", "1"), ("changed", "7", "2"), ("removed", "0", "2")]
    assert (world.index[-1].name, world.index[-1].source_key) == ("", "0")
    assert world.fetch(site, SOURCE).emitted == 0


@pytest.mark.parametrize("sites", [[{"town": "A"}, {"town": "B"}], {"town": "A"}], ids=["list", "list of one"])
def test_change_inside_a_list_is_a_change(site: Site, tmp_path: Path, sites: Any) -> None:
    world = World(tmp_path)
    source = web_source(
        format="json", whole=True, mapping={"key": ["id"], "fields": {"city": {"columns": ["s[].town"]}}}
    )
    for town in ("A", "C", "C"):
        (sites[0] if isinstance(sites, list) else sites)["town"] = town
        body = json.dumps([{"id": 1, "s": sites}]).encode()
        site.routes["/list"] = lambda handler, body=body: handler.answer(200, body, "application/json")
        world.fetch(site, source)
    assert [change for change, _, _ in told(world)] == ["changed", "listed"]


def test_state_that_comes_back_is_news_again(site: Site, tmp_path: Path) -> None:
    world = World(tmp_path)
    seen = 0
    for edition, expected in (
        (csv_text(range(9)), None),
        (csv_text(range(1, 9), n5="Other"), [("changed", "5", "2"), ("removed", "0", "2")]),
        (csv_text(range(9)), [("added", "0", "3"), ("changed", "5", "3")]),
        (csv_text(range(1, 9), n5="Other"), [("changed", "5", "4"), ("removed", "0", "4")]),
    ):
        publish(site, edition)
        world.fetch(site, SOURCE)
        assert expected is None or told(world, seen) == expected
        seen = len(world.index)
    assert len(set(world.ids())) == len(world.ids())


def cut(handler: Handler) -> None:
    """An answer without a length that ends in the middle: nothing but its end says that it has ended."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/csv")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(csv_text(range(19)))
    handler.close_connection = True


WITHHELD: dict[str, tuple[Any, str]] = {
    "cut": (cut, "cut_short"),
    "short": (csv_text(range(12)), "much_shorter"),
    "nothing": (b"id,name,city\n", "much_shorter"),
    "unreadable": (
        csv_text(range(19)) + b"77,Name,Riverton,more,cells,than,it,may,have\n",
        "unreadable_rows",
    ),
    "without-key": (csv_text(range(19)) + b",Nameless,Riverton\n", "unreadable_rows"),
}


@pytest.mark.parametrize(("reply", "reason"), WITHHELD.values(), ids=WITHHELD.keys())
def test_doubtful_edition_removes_nothing_and_says_so(site: Site, tmp_path: Path, reply: Any, reason: str) -> None:
    world = World(tmp_path)
    publish(site, csv_text(range(20)))
    world.fetch(site, SOURCE)
    if callable(reply):
        site.routes["/list"] = reply
    else:
        publish(site, reply)
    assert world.fetch(site, SOURCE).emitted == 0
    notices = [words for level, code, words in world.lines if code == "removals_withheld" and level == "WARN"]
    assert [(words["reason"], words["expected"]) for words in notices] == [(reason, 20)]
    publish(site, csv_text(range(19)))
    world.fetch(site, SOURCE)
    assert told(world, 20) == [("removed", "19", "2")]


def test_key_that_is_there_twice_makes_no_false_news(site: Site, tmp_path: Path) -> None:
    world = World(tmp_path)
    twice = csv_text([1, 2, 3]) + b"2,Second of the key,Riverton\n1,Name 1,Riverton\n"
    publish(site, twice)
    first = world.fetch(site, SOURCE)
    assert (first.emitted, first.met["keys_repeated"]) == (4, 2)
    publish(site, twice + b"4,Name 4,Riverton\n")
    world.fetch(site, SOURCE)
    assert told(world, 4) == [("added", "4", "1")]


def test_row_that_cannot_be_mapped_is_tried_again_by_each_edition(site: Site, tmp_path: Path) -> None:
    mapping = {"observed": {"columns": ["city"], "formats": ["iso"]}, "fields": {"name": "name"}}
    source = web_source(mapping, format="csv", whole=True)
    world = World(tmp_path)
    publish(site, b"id,name,city\n1,A,2026-01-01\n2,B,soon\n")
    assert (world.fetch(site, source).emitted, world.fetch(site, source).emitted) == (1, 0)
    publish(site, b"id,name,city\n1,A,2026-01-01\n2,B,soon\n3,C,2026-01-02\n")
    report = world.fetch(site, source)
    assert (report.emitted, report.refused["observed_time"]) == (1, 1)


def test_lost_events_take_the_edition_back_with_them(site: Site, tmp_path: Path) -> None:
    world = World(tmp_path)
    world.confirm = world.present
    publish(site, csv_text(range(5)))
    world.fetch(site, SOURCE)
    world.confirm = lambda _: None
    publish(site, csv_text(range(1, 5), n3="Other"))
    assert world.fetch(site, SOURCE).emitted == 2
    lost, world.index[5:] = world.ids()[5:], []
    world.confirm = world.present
    assert world.fetch(site, SOURCE).emitted == 2
    assert sorted(world.ids()[5:]) == sorted(lost)


STEPS = ["before intent", "after intent", "inside emit", "after emit", "after position"]


@pytest.mark.parametrize("edition", [1, 2])
@pytest.mark.parametrize("step", STEPS)
def test_kill_loses_nothing_and_doubles_nothing(site: Site, tmp_path: Path, step: str, edition: int) -> None:
    first, second = csv_text(range(9)), csv_text([*range(2, 9), 20, 21], n4="Other", n5="Other")

    def run(at: str, count: int) -> int:
        command = [sys.executable, "-m", "tests.connectors.web.edition_child", site.url, str(tmp_path), at, str(count)]
        return subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode

    publish(site, first)
    if edition == 2:
        assert run("none", 0) == 0
        publish(site, second)
    assert run(step, 2) == -signal.SIGKILL
    publish(site, second)
    assert run("none", 0) == 0
    lines = (tmp_path / "index.txt").read_text().splitlines()
    assert len(set(lines)) == len(lines)
    latest: dict[str, str] = {}
    for line in lines:
        _, key, change, name = line.split("|")
        latest[key] = f"{change}|{name}"
    expected = {str(number): f"Name {number}" for number in (*range(2, 9), 20, 21)} | {"4": "Other", "5": "Other"}
    assert {key: text.partition("|")[2] for key, text in latest.items() if not text.startswith("removed")} == expected
    assert len(lines) <= len(first.splitlines()) - 1 + 6
