"""A MISP feed over a real site: its manifest, events, what changed or is broken, and files that are never kept."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from minerva.intake.facts.source import Source
from minerva.intake.running.spool import MOST, again, entries
from minerva.intake.running.state import State
from tests.connectors.loopback import Site, serving
from tests.connectors.running import World, changed

PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(200)).decode()


def uuid(number: int) -> str:
    return f"5f0c1a2b-0000-4000-8000-{number:012d}"


def attribute(kind: str, value: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "category": "Other", "to_ids": True, **more}


def event(number: int, timestamp: int = 1_775_000_000, *attributes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "uuid": uuid(number),
        "info": f"Operation {number}",
        "date": "2026-03-30",
        "timestamp": str(timestamp),
        "Orgc": {"name": "Community", "uuid": uuid(999)},
        "Tag": [{"name": "tlp:green", "colour": "#00ff00"}],
        "Attribute": [attribute("phone-number", f"+1 202 555 {number:04d}"), *attributes],
        **more,
    }


def serve(site: Site, *events: dict[str, Any]) -> None:
    manifest = {}
    for item in events:
        manifest[item["uuid"]] = {"timestamp": item["timestamp"], "info": item["info"], "Tag": item.get("Tag", [])}
        site.routes[f"/feed/{item['uuid']}.json"] = {"Event": item}
    site.routes["/feed/manifest.json"] = manifest


def source(**more: Any) -> Source:
    return changed("misp_events", http__rate={"per_second": 0}, **more)


def test_events_are_read_once_and_again_when_they_change(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        email = attribute("email-src", "mia@example.org", comment="Sent the ads")
        in_object = {"name": "person", "Attribute": [attribute("url", "https://ads.example.org/7")]}
        serve(site, event(101, 1_775_000_000, email, Object=[in_object]), event(102))
        report = world.fetch(site, source())
        assert (report.emitted, report.failed, dict(report.refused), dict(report.leftovers)) == (2, "", {}, {})
        first = next(record for record in world.index if record.title == "Operation 101")
        assert {"phone:+12025550101", "email:mia@example.org", "url:https://ads.example.org/7"} <= set(
            first.identifiers
        )
        assert (first.text, first.attributes["topics"]) == ("Sent the ads", ("tlp:green",))
        seen = len(site.seen)
        assert world.fetch(site, source()).read == 0
        assert site.paths()[seen:] == ["/feed/manifest.json"]
        serve(site, event(101, 1_775_000_900, email, info="Operation 101, more"), event(102))
        report = world.fetch(site, source())
        assert (report.read, report.emitted, world.index[-1].title) == (1, 1, "Operation 101, more")


def test_a_file_in_an_event_is_dropped_and_the_rest_is_kept(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        serve(site, event(103, 1_775_000_000, attribute("attachment", "ad.png", data=PICTURE, comment="The ad")))
        report = world.fetch(site, source())
        assert (report.emitted, report.met["attachments_dropped"]) == (1, 1)
        assert "ad.png" not in world.index[0].to_json()
        assert PICTURE[:20] not in world.index[0].to_json()


def test_what_the_event_says_is_deleted_is_left_out(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        serve(site, event(104, 1_775_000_000, attribute("email-src", "gone@example.org", deleted=True)))
        world.fetch(site, source())
        assert "gone@example.org" not in world.index[0].to_json()


def test_a_broken_event_waits_in_the_spool_and_is_tried_again_when_asked_for(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        serve(site, event(105), event(106))
        site.routes[f"/feed/{uuid(105)}.json"] = b'{"Event": {"uuid": "cut'
        report = world.fetch(site, source())
        assert (report.emitted, sum(report.refused.values()), report.failed) == (1, 1, "")
        for _ in range(6):
            world.fetch(site, source())
        asked = site.paths().count(f"/feed/{uuid(105)}.json")
        assert asked == 5
        (path,) = tmp_path.glob("*.sqlite")
        state = State(path)
        (refused,) = entries(state.position)
        assert (refused.tries, refused.rests) == (5, True)
        assert again(state.position, "no such place") is None
        position = again(state.position, refused.place)
        assert position is not None
        state.move(position)
        state.close()
        serve(site, event(105), event(106))
        assert world.fetch(site, source()).emitted == 1
        state = State(path)
        assert entries(state.position) == []
        state.close()


def test_only_events_with_a_wanted_tag_are_read(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        serve(site, event(107), event(108, Tag=[{"name": "trafficking"}]))
        assert world.fetch(site, source(http__misp={"tags": ["trafficking"]})).emitted == 1
        assert site.paths() == ["/feed/manifest.json", f"/feed/{uuid(108)}.json"]


def test_a_manifest_that_is_none_ends_the_run(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        site.routes["/feed/manifest.json"] = {"../../etc/passwd": {"timestamp": "1"}}
        assert world.fetch(site, source()).failed == "paging"
        site.routes["/feed/manifest.json"] = json.dumps([1]).encode()
        assert world.fetch(site, source()).failed == "paging"


def forbidden(handler: Any) -> None:
    handler.answer(403)


def test_a_moment_that_is_no_number_and_events_that_are_forbidden_stop_nothing(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        serve(site, *(event(number, 1_775_000_000 + number) for number in (105, 106, 107)))
        site.routes["/feed/manifest.json"][uuid(106)]["timestamp"] = "\u00b2"
        site.routes[f"/feed/{uuid(105)}.json"] = forbidden
        report = world.fetch(site, source())
        assert (report.emitted, report.failed, dict(report.refused)) == (2, "", {"status_403": 1})


def test_events_that_cannot_be_read_never_hold_up_those_behind_them(tmp_path: Path) -> None:
    world = World(tmp_path)
    count = 2 * MOST + 5
    with serving() as site:
        serve(site, *(event(number, 1_775_000_000 + number) for number in range(1, count + 2)))
        for number in range(1, count + 1):
            site.routes[f"/feed/{uuid(number)}.json"] = b"no event"
        report = world.fetch(site, source())
        assert (report.emitted, report.failed, report.met["spool_dropped"]) == (1, "", 5)
        asked = len(site.paths())
        world.fetch(site, source())
        assert len(site.paths()) == asked + 1 + MOST


def test_a_feed_that_forbids_all_its_events_says_so_and_goes_on_from_run_to_run(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        serve(site, *(event(number, 1_775_000_000 + number) for number in range(1, 13)))
        for number in range(1, 12):
            site.routes[f"/feed/{uuid(number)}.json"] = forbidden
        assert world.fetch(site, source()).failed == "status_403"
        for _ in range(4):
            world.fetch(site, source())
        assert [record.title for record in world.index] == []
        world.fetch(site, source())
        assert [record.title for record in world.index] == ["Operation 12"]
