"""What linking keeps of records that were erased: nothing, also where a refresh had read them before."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from minerva.documents import Document
from minerva.linking.model import LinkRecord
from tests.app.test_missing_records import TENANT, Refreshed, ad, linked, phone
from tests.sharing.desk import STATED, who

RITA = who(TENANT, "admin")
KEPT = ("entities", "members", "redirects", "postings", "refresh")


def listed(number: int, name: str, *identifiers: str) -> LinkRecord:
    """A license with a name and an address, whose contacts weigh by how many addresses they are seen at."""
    address = f"{10 + number} Harbor Street"
    return LinkRecord(f"{number:032x}", "register", "license", tuple(sorted(identifiers)), name, address,
                      "springfield", "TX", "77001", 1_699_000_000 + number)  # fmt: skip


def records() -> list[LinkRecord]:
    ads = [ad(100 + number, phone(number // 3)) for number in range(30)]
    return [*ads, *(listed(number, f"Jen Marlow{number % 2}", phone(number % 4), "email:a@b.example")
                    for number in range(12))]  # fmt: skip


def holding(desk: Refreshed, text: str) -> list[str]:
    """The documents of linking in which a text stands."""
    rows: list[tuple[str, Document]] = [each for name in KEPT for each in desk.rows(name).items()]
    return [key for key, row in rows if text in json.dumps(row)]


def posted(desk: Refreshed) -> set[str]:
    """The keys under which linking finds records again, whatever bucket holds them."""
    return {key for row in desk.rows("postings").values() for key in row["keys"]}


def erased(desk: Refreshed) -> list[str]:
    """Erases the entity of the first record; the ids of its records."""
    document = next(row for row in desk.rows("entities").values() if f"{0:032x}" in row["records"])
    desk.got(RITA, "erase", entity_id=document["entity_id"], why="asked for", **STATED)
    return [str(each) for each in document["records"]]


def test_nothing_that_linking_keeps_names_an_erased_record_and_new_ones_are_linked_on() -> None:
    desk = linked(records())
    gone = erased(desk)
    assert [holding(desk, each) for each in gone] == [[]] * len(gone)
    new = [listed(50, "Jen Marlow0", phone(0), "email:a@b.example"), ad(500, phone(0)), ad(501, phone(9))]
    desk.keep_current(new)
    assert all(desk.has(each) for each in new)
    left = [each for each in records() if each.record_id not in gone]
    fresh = linked([*left, *new])
    groups = [sorted(sorted(row["records"]) for row in each.rows("entities").values()) for each in (desk, fresh)]
    assert groups[0] == groups[1]
    assert posted(desk) == posted(fresh)


@pytest.mark.parametrize("operation", ["linked", "save", "commit"])
def test_an_erasure_during_a_refresh_is_not_undone_by_what_it_had_read(
    monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    desk = linked(records())
    ask: Callable[[str, dict[str, Any]], dict[str, Any]] = desk.service
    gone: list[str] = []

    def meanwhile(asked: str, body: dict[str, Any]) -> dict[str, Any]:
        done = ask(asked, body) if operation == "linked" else {}
        named = asked if asked != "refresh" else str(body["op"])
        if named == operation and not gone and (named != "linked" or body["what"] == "postings"):
            gone.extend(erased(desk))
        return done or ask(asked, body)

    monkeypatch.setattr(desk, "service", meanwhile)
    new = [ad(500, phone(0)), ad(501, phone(1)), listed(51, "Jen Marlow0", phone(1))]
    desk.keep_current(new)
    gone = [each for each in gone if each not in {record.record_id for record in new}]
    assert gone
    assert [holding(desk, each) for each in gone] == [[]] * len(gone)
