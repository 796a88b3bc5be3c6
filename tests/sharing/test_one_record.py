"""One record is shared without the rest of its entity: previewed, read under pseudonyms, recalled, erased with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.deconfliction import cubes
from minerva.linking.model import LinkRecord
from minerva.tenancy.rebuild.entity_changes import record_member
from tests.sharing.desk import DAY, EMAIL, PHONE, SERVICE, STATED, Desk, who

RECORD, OTHER = "a" * 32, "b" * 32
BODY = {"record_id": RECORD, "to": "ring", "level": "L3", "fields": ["infrastructure", "statistics"], **STATED}


def two_records() -> Desk:
    """river's entity of two records: one with a phone in Springfield, the other with an e-mail address."""
    made = Desk()
    made.entity()
    linked(made, RECORD, PHONE)
    linked(made, OTHER, EMAIL)
    return made


@pytest.fixture
def desk() -> Desk:
    return two_records()


def linked(desk: Desk, record_id: str, identifier: str, name: str = "river") -> None:
    record = LinkRecord(
        record_id, "ads", "ad", ("age:19", identifier), "Jen Example", "1 Elm Street", "Springfield", "IL", "62701", 10,
        "",
    )  # fmt: skip
    member, _ = record_member(record_id, "e_1", record)
    desk.got(SERVICE, "save", tenant_id=name, members=[member])


def marked(desk: Desk, **changes: Any) -> None:
    desk.got(who("river"), "mark", record_id=RECORD, level="L6", **STATED, **changes)


def released(desk: Desk, **changes: Any) -> str:
    proposal = desk.got(who("river"), "propose", **{**BODY, **changes})["proposal"]
    for number in range(proposal["preview"]["needs_approvals"]):
        yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
        desk.got(who("river", "admin", f"second{number}"), "approve", **yes)
    return str(desk.got(who("river"), "release", proposal_id=proposal["proposal_id"])["grant"]["grant_id"])


def test_a_preview_shows_who_sees_what_of_the_record_alone(desk: Desk) -> None:
    marked(desk)
    preview = desk.got(who("river"), "preview", **BODY)["preview"]
    assert preview["content"] == {
        "infrastructure": {"identifiers": [PHONE]},
        "statistics": {"size": 1, "record_types": {"ad": 1}, "first_time": 10, "last_time": 10},
    }
    assert [row["tenant_id"] for row in preview["recipients"] if row["sees"]] == ["north"]


def test_readers_see_the_record_under_their_own_pseudonyms_and_nothing_of_its_entity(desk: Desk) -> None:
    marked(desk)
    released(desk)
    (seen,) = desk.seen("north")
    assert (seen["what"], seen["content"]["identifiers"]) == ("record", [PHONE])
    (copy,) = desk.standing("s_north")
    for told in (json.dumps(seen), json.dumps(copy)):
        for trace in (RECORD, "e_1", EMAIL, "Jen", "Elm", "age:19"):
            assert trace not in told
    assert desk.got(who("north"), "deconflict", identifier=PHONE, **STATED)["hit"]
    assert not desk.got(who("north"), "deconflict", identifier=EMAIL, **STATED)["hit"]
    assert desk.seen("bank") == []


def test_a_marking_of_the_entity_is_none_of_the_record(desk: Desk) -> None:
    desk.got(who("river"), "mark", entity_id="e_1", level="L6", **STATED)
    assert desk.got(who("river"), "preview", **BODY)["preview"]["refused"][0]["field_class"] == "infrastructure"
    assert desk.ask(who("river"), "propose", **BODY)[0] == 409


def test_a_lowered_marking_and_a_recall_take_the_record_back(desk: Desk) -> None:
    marked(desk)
    grant = released(desk)
    desk.got(who("river"), "mark", record_id=RECORD, level="L0", **STATED)
    assert (desk.seen("north"), desk.standing("s_north")) == ([], [])
    desk.got(who("river"), "mark", record_id=RECORD, level="L6", **STATED)
    assert len(desk.seen("north")) == 1
    assert desk.got(who("river"), "recall", grant_id=grant)["tombstones"] == 1
    assert (desk.seen("north"), desk.standing("s_north")) == ([], [])


def test_a_record_that_changed_is_proposed_again(desk: Desk) -> None:
    marked(desk)
    proposal = desk.got(who("river"), "propose", **BODY)["proposal"]
    linked(desk, RECORD, EMAIL)
    assert desk.ask(who("river"), "release", proposal_id=proposal["proposal_id"])[0] == 409


def test_names_need_a_second_person_from_group_level_on(desk: Desk) -> None:
    marked(desk, names_are="perpetrator")
    released(desk, level="L4", fields=["perpetrator"], legal_basis="statute")
    (seen,) = desk.seen("north")
    assert seen["content"] == {"names": ["Jen Example"]}


def test_erasing_the_entity_takes_the_releases_of_its_records(desk: Desk) -> None:
    marked(desk, why="a tip of Mara")
    released(desk)
    certificate = desk.got(who("river", "admin"), "erase", entity_id="e_1", why="wrong person")["certificate"]
    assert (certificate["deleted"]["grants"], certificate["deleted"]["markings"]) == (1, 1)
    assert (desk.seen("north"), desk.standing("s_north")) == ([], [])
    assert not desk.got(who("north"), "deconflict", identifier=PHONE, **STATED)["hit"]
    left = json.dumps([list(desk.rows(name).values()) for name in ("grants", "proposals", "markings", "members")])
    for trace in (PHONE, "Mara", "Jen"):
        assert trace not in left
    assert desk.ask(who("river"), "preview", **BODY)[0] == 404
    linked(desk, RECORD, PHONE)  # it comes again, and is not stored
    assert desk.ask(who("river"), "mark", record_id=RECORD, level="L6", **STATED)[0] == 404


@pytest.mark.parametrize(
    "body", [{"record_id": "f" * 32}, {"record_id": "e_1"}, {"record_id": PHONE}],
    ids=["unknown", "an entity's id", "an identifier"],
)  # fmt: skip
def test_what_is_no_record_of_the_institution_is_absent(desk: Desk, body: dict[str, str]) -> None:
    assert desk.ask(who("river"), "mark", **body, level="L6", **STATED) == (404, {"error": "not found"})
    assert desk.ask(who("north"), "mark", record_id=RECORD, level="L6", **STATED) == (404, {"error": "not found"})


def test_a_record_that_was_not_linked_with_its_row_cannot_be_shared_yet(desk: Desk) -> None:
    member = {"member": OTHER, "entity_id": "e_1", "kind": "record"}
    desk.got(SERVICE, "save", tenant_id="river", members=[member])
    assert desk.ask(who("river"), "mark", record_id=OTHER, level="L6", **STATED)[0] == 404


@pytest.mark.parametrize(
    ("operation", "body"),
    [("erase", {}), ("hold", {}), ("propose", {"act": "erase"}), ("erase", {"entity_id": "e_1"}),
     ("mark", {"entity_id": "e_1", "level": "L1", **STATED})],
    ids=["erase", "hold", "propose an erasure", "erase with entity", "two objects"],
)  # fmt: skip
def test_a_record_is_erased_and_held_with_its_entity_alone(desk: Desk, operation: str, body: dict[str, Any]) -> None:
    asker = who("river") if operation == "mark" else who("river", "admin")
    assert desk.ask(asker, operation, record_id=RECORD, **body)[0] == 400


def test_released_records_are_not_counted_as_people(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        record_id = f"{number:032x}"
        linked(desk, record_id, f"phone:+1415555{number:04d}")
        desk.got(who("river"), "mark", record_id=record_id, level="L6", **STATED)
        released(desk, record_id=record_id, level="L2", to="*community")
    assert desk.got(SERVICE, "publish_counts")["cubes"] == 0
    desk.now += 7 * DAY
    monkeypatch.setattr(cubes, "RECORD", "nothing")
    assert desk.got(SERVICE, "publish_counts")["cubes"] > 0  # so many entities would be
