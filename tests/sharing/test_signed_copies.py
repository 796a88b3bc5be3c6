"""Copies and tombstones carry a signature that holds for their index, and the handler tells what is genuine."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from assembly.conf_read import read_conf
from assembly.paths import APP, ROOT
from tests.sharing.desk import PHONE, SERVICE, Desk, who


def taken_back() -> Desk:
    """river's lead, released to north and taken back: a copy and a tombstone lie in north's index."""
    made = Desk()
    made.marked()
    made.got(who("river"), "recall", grant_id=made.released())
    return made


@pytest.fixture
def desk() -> Desk:
    return taken_back()


def text(event: dict[str, Any]) -> str:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def check(desk: Desk, *copies: tuple[str, str, str], asker: Any = None) -> list[bool]:
    found: list[bool] = desk.got(asker or who("north"), "copies_check", copies=[list(each) for each in copies])[
        "genuine"
    ]
    return found


def test_what_the_service_wrote_is_genuine(desk: Desk) -> None:
    kinds = [kind for _, kind, _ in desk.events]
    assert kinds == ["minerva:release", "minerva:recall"]
    assert check(desk, *((index, kind, text(event)) for index, kind, event in desk.events)) == [True, True]


def test_props_read_the_time_that_each_event_begins_with(desk: Desk) -> None:
    hit = {"identifier": PHONE, "records": "1", "last_seen": "1700000000", "note": "seen 2025-01-01 10:00:00"}
    desk.got(SERVICE, "alert", tenant_id="north", hits=[hit])
    props = read_conf(ROOT / APP / "default" / "props.conf")
    assert {kind for _, kind, _ in desk.events} == set(props)
    for _, kind, event in desk.events:
        settings, line = props[kind], text(event)
        assert (settings["SHOULD_LINEMERGE"], settings["KV_MODE"], settings["TZ"]) == ("false", "json", "UTC")
        prefix = re.match(settings["TIME_PREFIX"], line)
        assert prefix is not None, kind
        told = line[prefix.end() :][: int(settings["MAX_TIMESTAMP_LOOKAHEAD"])]
        moment = datetime.strptime(told, settings["TIME_FORMAT"]).replace(tzinfo=UTC)
        assert moment.timestamp() == int(desk.now), kind


@pytest.mark.parametrize("place", [0, 1], ids=["copy", "tombstone"])
def test_each_change_of_an_event_is_noticed(desk: Desk, place: int) -> None:
    index, kind, event = desk.events[place]
    for name, value in event.items():
        changed = {**event, name: f"{value}1" if isinstance(value, str) else [] if isinstance(value, list) else 0}
        assert check(desk, (index, kind, text(changed))) == [False], name
        missing = {key: each for key, each in event.items() if key != name}
        assert check(desk, (index, kind, text(missing))) == [False], name
    assert check(desk, (index, kind, text({**event, "more": 1}))) == [False]


def test_an_event_counts_only_in_its_index_and_as_what_it_is(desk: Desk) -> None:
    index, kind, event = desk.events[0]
    assert check(desk, ("s_bank", kind, text(event)), (index, "minerva:recall", text(event))) == [False, False]


@pytest.mark.parametrize("raw", ["", "x", "[]", "7", '{"signature": 7}', '{"signature": ""}', "[" * 9000])
def test_what_is_no_copy_is_not_genuine(desk: Desk, raw: str) -> None:
    assert check(desk, ("s_north", "minerva:release", raw)) == [False]


def test_who_belongs_to_no_institution_is_told_nothing(desk: Desk) -> None:
    nobody = who("nobody")
    assert desk.ask(nobody, "copies_check", copies=[]) == (404, {"error": "not found"})
    assert desk.ask(SERVICE, "copies_check", copies=[])[0] == 404
    assert desk.ask(who("north"), "copies_check", copies=["abc"])[0] == 400
    assert desk.ask(who("north"), "copies_check", copies=[["a", "b"]])[0] == 400
    assert desk.ask(who("north"), "copies_check", copies=[["a", "b", 1]])[0] == 400
