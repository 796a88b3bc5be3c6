"""Banks shared with others: nothing by default, one bit, tier or label by level, and nothing any more once recalled."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.policy import COMMUNITY, Subject
from minerva.policy.vocabulary import INFRASTRUCTURE
from tests.image_banks.test_banks import NORA, ONE, RUTH, filled, near
from tests.sharing.desk import DAY, STATED, Desk, who

WEST = who("west")
NIL: dict[str, Any] = {"shared": [], "elsewhere": False}


def a_bank(desk: Desk, level: str = "L5", **more: Any) -> str:
    return filled(desk, near(ONE, 4), near(ONE, 40), **{"field_class": INFRASTRUCTURE, "level": level, **more})


def share(desk: Desk, bank_id: str, level: str, group_id: str = "pair", user: Subject = NORA) -> str:
    body = {"op": "share", "bank_id": bank_id, "group_id": group_id, "level": level}
    (row,) = desk.got(user, "image_shares", **body, **STATED)["shares"]
    return str(row["state"])


def asked(desk: Desk, subject: Subject = RUTH, **more: Any) -> dict[str, Any]:
    body = {"hashes": [f"{ONE:064x}"], **STATED, **more}
    told = desk.got(subject, "image_search", **body)
    assert told["matches"] == []
    return {key: told[key] for key in ("shared", "elsewhere")}


def test_nothing_is_shared_unless_somebody_says_so() -> None:
    desk = Desk()
    a_bank(desk)
    assert asked(desk, elsewhere=True) == NIL
    assert desk.got(RUTH, "image_shares")["given"] == []


def test_at_the_lowest_level_one_bit_is_told_to_whoever_asks_for_it() -> None:
    desk = Desk()
    assert share(desk, a_bank(desk), "L1") == "live"
    assert asked(desk) == NIL
    assert asked(desk, elsewhere=True) == {"shared": [], "elsewhere": True}
    assert asked(desk, hashes=[f"{ONE ^ ((1 << 200) - 1):064x}"], elsewhere=True) == NIL
    assert asked(desk, WEST, elsewhere=True) == NIL
    desk.change("river", match="none")
    assert asked(desk, elsewhere=True) == NIL


def test_tier_and_distance_are_told_at_level_three_and_the_label_from_level_four_after_a_colleagues_yes() -> None:
    desk = Desk()
    bank_id = a_bank(desk)
    share(desk, bank_id, "L3")
    first, second = asked(desk)["shared"]
    assert first == {"institution": "North", "level": "L3", "what": "known", "distance": 4, "tier": "same"}
    assert (second["distance"], second["tier"]) == (40, "likely")
    assert desk.got(RUTH, "image_shares")["given"][0]["institution"] == "North"
    assert share(desk, bank_id, "L4") == "waiting"
    assert asked(desk) == NIL
    assert desk.ask(NORA, "image_shares", op="approve", bank_id=bank_id, group_id="pair", **STATED)[0] == 404
    colleague = who("north", user="norbert")
    desk.got(colleague, "image_shares", op="approve", bank_id=bank_id, group_id="pair", **STATED)
    assert share(desk, bank_id, "L4") == "live"
    assert asked(desk)["shared"][0]["bank"] == "Lost pictures"
    assert asked(desk, purpose="") == NIL


def test_whoever_is_not_meant_reads_nothing() -> None:
    desk = Desk()
    share(desk, a_bank(desk), "L3")
    for subject in (WEST, who("river", "admin"), who("school")):
        status, told = desk.ask(subject, "image_search", hashes=[f"{ONE:064x}"], **STATED)
        assert status == 404 or told["shared"] == []
    desk.regroup("pair", "north")
    assert asked(desk) == NIL


@pytest.mark.parametrize("how", ["recalled", "ended", "lowered", "removed", "erased"])
def test_what_is_taken_back_is_told_to_nobody_from_the_next_request_on(how: str) -> None:
    desk = Desk()
    bank_id = a_bank(desk)
    share(desk, bank_id, "L3")
    assert len(asked(desk)["shared"]) == 2
    if how == "recalled":
        told = desk.got(NORA, "image_shares", op="recall", bank_id=bank_id, group_id="pair")
        assert told["shares"] == []
    elif how == "ended":
        desk.now += 91 * DAY
    elif how == "lowered":
        desk.got(NORA, "image_banks", op="change", bank_id=bank_id, level="L0")
    elif how == "removed":
        desk.got(NORA, "image_banks", op="remove", bank_id=bank_id)
        assert [row for row in desk.rows("image_banks").values() if row["kind"] == "share"] == []
    else:
        held = desk.got(NORA, "image_hashes", bank_id=bank_id)["hashes"]
        ids = [each["entry_id"] for each in held]
        desk.got(NORA, "image_hashes", op="remove", bank_id=bank_id, entry_ids=ids)
    assert asked(desk) == NIL


def test_a_list_of_victims_is_never_shared_and_a_bank_no_further_than_its_level() -> None:
    desk = Desk()
    victims = filled(desk, near(ONE, 4), name="Victims")
    desk.got(NORA, "image_banks", op="change", bank_id=victims, level="L1")
    body = {"op": "share", "group_id": "pair", **STATED}
    assert desk.ask(NORA, "image_shares", **body, bank_id=victims, level="L1")[0] == 400
    bank_id = a_bank(desk, level="L3")
    for wrong in ({"level": "L4"}, {"level": "L2"}, {"level": "L0"}, {"group_id": "far"}, {"purpose": ""}):
        status, told = desk.ask(NORA, "image_shares", **{**body, "bank_id": bank_id, "level": "L3", **wrong})
        assert (status, bool(told["error"])) == (400, True)
    for subject in (RUTH, who("north", "admin"), who("north", "partner")):
        assert desk.ask(subject, "image_shares", **body, bank_id=bank_id, level="L3")[0] == 404
    assert asked(desk) == NIL


def test_the_community_gets_one_bit_and_the_audit_names_both_sides_and_no_hash() -> None:
    desk = Desk()
    share(desk, a_bank(desk), "L1", COMMUNITY)
    assert asked(desk, WEST, elsewhere=True)["elsewhere"]
    entries = [json.loads(row["entry"]) for row in desk.rows("audit").values() if row["kind"] == "entry"]
    (search,) = [each for each in entries if each["operation"] == "image_search"]
    assert (search["chain"], search["tenants"]) == ("west", ["north", "west"])
    assert near(ONE, 4) not in json.dumps(entries)
    assert f"{ONE:064x}" not in json.dumps(entries)
