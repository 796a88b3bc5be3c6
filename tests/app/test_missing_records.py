"""Rebuilds that are not given all known records: which stay, which leave, and when a rebuild stops."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from minerva.documents import Document
from minerva.linking import DEFAULT
from minerva.linking.model import LinkRecord, Options
from minerva.policy import Subject
from minerva.tenancy.asking import Store
from minerva.tenancy.directory import NoDirectory
from minerva.tenancy.errors import Unanswered
from minerva.tenancy.rebuild.link_run import link_all, link_new
from minerva.tenancy.rebuild.missing_records import TooManyMissing
from minerva.tenancy.tombstones import IDENTIFIER, RECORD, bury
from tests.minerva_linking.updates.test_changes import TIGHT
from tests.sharing.desk import DAY, SERVICE, Desk

TENANT = "river"


class Indexes(NoDirectory):
    def retention_s(self, index: str) -> int | None:
        return {"t_river": 365 * int(DAY)}.get(index)


class Refreshed(Desk):
    """An installation whose index keeps events for a year. `warned` is what rebuilds told."""

    def __init__(self) -> None:
        super().__init__()
        self.warned: list[str] = []

    def store(self, subject: Subject) -> Store:
        return replace(super().store(subject), directory=Indexes())

    def service(self, operation: str, body: dict[str, Any]) -> dict[str, Any]:
        status, payload = self.ask(SERVICE, operation, **json.loads(json.dumps(body)))
        if status != 200:
            raise Unanswered(payload["error"])
        return payload

    def rebuild(self, records: Iterable[LinkRecord], force: bool = False) -> None:
        link_all(TENANT, "nightly", self.service, records, DEFAULT, force=force, warn=self.warned.append)

    def keep_current(self, records: Iterable[LinkRecord], options: Options = DEFAULT) -> None:
        link_new(TENANT, "current", self.service, records, options)

    def stored(self) -> dict[str, dict[str, Document]]:
        names = ("entities", "members", "postings", "redirects")
        return {name: copy.deepcopy(self.rows(name)) for name in names}

    def sizes(self) -> list[int]:
        return sorted(row["size"] for row in self.rows("entities").values())

    def mark(self, record: LinkRecord) -> tuple[int, int] | None:
        """Returns how a stored record is marked as missing: (since, rebuilds); None without a mark."""
        row = self.rows("members")[f"{TENANT}:{record.record_id}"]
        return (row["missing_since"], row["missing_rebuilds"]) if "missing_since" in row else None

    def has(self, record: LinkRecord) -> bool:
        return f"{TENANT}:{record.record_id}" in self.rows("members")


def phone(number: int) -> str:
    return f"phone:+1415555{number:04d}"


def ad(number: int, *identifiers: str, days_ago: float = 30) -> LinkRecord:
    time = int(1_700_000_000 - days_ago * DAY) + number
    return LinkRecord(f"{number:032x}", "ads", "ad", tuple(sorted(identifiers)), "", "", "", "", "", time)


def ads(count: int) -> list[LinkRecord]:
    """Advertisements of which three each share a phone."""
    return [ad(number, phone(number // 3)) for number in range(count)]


def linked(records: Iterable[LinkRecord]) -> Refreshed:
    desk = Refreshed()
    desk.rebuild(records)
    return desk


def test_a_rebuild_that_is_given_300_of_900_records_stops_and_changes_nothing() -> None:
    records = ads(900)
    desk = linked(records)
    before = desk.stored()
    with pytest.raises(TooManyMissing, match="600 of 900 known records were not found") as stopped:
        desk.rebuild(records[:300])
    assert desk.stored() == before
    assert desk.sizes() == [3] * 300
    for advice in ("search peers", "time range", "the tenant's index", "force=true"):
        assert advice in str(stopped.value)


def test_a_rebuild_that_stopped_stands_in_nobodys_way() -> None:
    records = ads(90)
    desk = linked(records)
    with pytest.raises(TooManyMissing):
        desk.rebuild([])
    desk.keep_current([ad(500, phone(0))])
    assert desk.sizes() == [3] * 29 + [4]


@pytest.mark.parametrize("rebuilds", [1, 2])
def test_a_record_that_is_not_found_stays_in_its_entity_and_is_marked(rebuilds: int) -> None:
    records = ads(9)
    desk = linked(records)
    before = desk.stored()["entities"]
    for _ in range(rebuilds):
        desk.rebuild(records[1:])
    assert desk.rows("entities") == before
    assert desk.mark(records[0]) == (2, rebuilds)
    assert [desk.mark(each) for each in records[1:]] == [None] * 8
    told = "1 known records were not found; each stays until 3 rebuilds in a row have not found it"
    assert desk.warned == [told] * rebuilds


def test_a_record_that_three_rebuilds_in_a_row_do_not_find_leaves() -> None:
    records = ads(9)
    desk = linked(records)
    for _ in range(3):
        desk.rebuild(records[1:])
    assert not desk.has(records[0])
    assert desk.sizes() == [2, 3, 3]


@pytest.mark.parametrize("see", [Refreshed.rebuild, Refreshed.keep_current], ids=["rebuild", "what is new"])
def test_a_record_that_is_seen_again_loses_its_mark(see: Callable[[Refreshed, list[LinkRecord]], None]) -> None:
    records = ads(9)
    desk = linked(records)
    before = desk.stored()["entities"]
    for _ in range(2):
        desk.rebuild(records[1:])
    see(desk, records)
    assert desk.mark(records[0]) is None
    for _ in range(2):
        desk.rebuild(records[1:])
    assert desk.has(records[0])
    assert desk.rows("entities") == before


@pytest.mark.parametrize(("kind", "text"), [(RECORD, f"{0:032x}"), (IDENTIFIER, phone(0))], ids=["record", "phone"])
def test_a_record_that_was_erased_leaves_at_once(kind: str, text: str) -> None:
    records = ads(900)
    desk = linked(records)
    bury(desk.store(SERVICE), TENANT, kind, [text])
    desk.rebuild(records[1:])
    assert not desk.has(records[0])
    assert desk.warned == []


def test_records_older_than_the_index_keeps_events_leave_at_once_however_many() -> None:
    old = [ad(1000 + number, phone(number), days_ago=366) for number in range(30)]
    young = [ad(2000 + number, phone(number), days_ago=364) for number in range(30)]
    desk = linked([*old, *young])
    desk.rebuild(young)
    assert [desk.has(each) for each in old] == [False] * 30
    assert desk.sizes() == [1] * 30


def test_a_forced_rebuild_marks_and_the_next_ones_do_not_stop() -> None:
    records = ads(900)
    desk = linked(records)
    desk.rebuild(records[:300], force=True)
    assert desk.sizes() == [3] * 300
    assert {desk.mark(each) for each in records[300:]} == {(2, 1)}
    desk.rebuild(records[:300])
    assert desk.sizes() == [3] * 300
    desk.rebuild(records[:300])
    assert desk.sizes() == [3] * 100


@pytest.mark.parametrize(
    ("known", "given", "stops"),
    [(19, 0, False), (20, 19, False), (20, 18, True), (100, 95, False), (100, 94, True)],
    ids=["19, all missing", "20, one missing", "20, two missing", "5 %", "6 %"],
)
def test_a_rebuild_stops_from_20_known_records_and_over_5_percent_up(known: int, given: int, stops: bool) -> None:
    records = ads(known)
    desk = linked(records)
    before = desk.stored()
    if stops:
        with pytest.raises(TooManyMissing):
            desk.rebuild(records[:given])
        assert desk.stored() == before
    else:
        desk.rebuild(records[:given])
        assert [desk.mark(each) for each in records] == [None] * given + [(2, 1)] * (known - given)


def test_what_is_new_keeps_the_marks_of_what_it_links_again() -> None:
    records = ads(9)
    desk = linked(records)
    desk.rebuild([each for each in records if each is not records[4]])
    before = desk.rows("members")[f"{TENANT}:{records[4].record_id}"]["entity_id"]
    desk.keep_current([ad(500, phone(0), phone(1))])
    assert desk.sizes() == [3, 7]
    assert desk.rows("members")[f"{TENANT}:{records[4].record_id}"]["entity_id"] != before
    assert desk.mark(records[4]) == (2, 1)


def test_linking_all_that_is_stored_keeps_the_marks_of_what_is_not_given() -> None:
    records = ads(9)
    desk = linked(records)
    desk.rebuild(records[2:])
    desk.keep_current([records[1], ad(500, phone(0))], TIGHT)
    assert (desk.mark(records[0]), desk.mark(records[1])) == ((2, 1), None)
    assert desk.sizes() == [3, 3, 4]
