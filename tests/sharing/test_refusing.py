"""The no to a proposal: by whom, with which reason, what the proposer hears, and that nothing of it can happen then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sharing.desk import STATED, Desk, who

TERMS = {"to": "pair", "level": "L4", "fields": ["infrastructure", "statistics"], **STATED}
RUTH, RITA = who("river"), who("river", "admin")


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.entity()
    made.got(RUTH, "mark", entity_id="e_1", level="L5", **STATED)
    return made


def proposed(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = desk.got(RUTH, "propose", entity_id="e_1", **TERMS)["proposal"]
    return found


def test_a_second_person_refuses_with_a_reason_that_the_proposer_hears(desk: Desk) -> None:
    proposal = proposed(desk)
    named = {"proposal_id": proposal["proposal_id"]}
    assert desk.ask(RITA, "refuse", **named)[0] == 400
    told = desk.got(RITA, "refuse", **named, why="the phone is a hotel's")["proposal"]
    assert (told["state"], told["ended"]["by"], told["ended"]["why"]) == (
        "refused",
        "river_admin",
        "the phone is a hotel's",
    )
    assert desk.got(RITA, "proposals")["proposals"] == []
    (notice,) = desk.got(RUTH, "notices")["notices"]
    assert {key: notice[key] for key in ("what", "user", "by", "why")} == {
        "what": "refused", "user": RUTH.user, "by": "river_admin", "why": "the phone is a hotel's",
    }  # fmt: skip
    yes = {**named, "content_hash": proposal["content_hash"]}
    assert desk.ask(RITA, "approve", **yes)[0] == 409
    assert desk.ask(RUTH, "release", **named)[0] == 409
    assert desk.ask(who("river", "admin", "second"), "refuse", **named, why="too")[0] == 409


def test_its_author_withdraws_it_and_nobody_is_told(desk: Desk) -> None:
    proposal = proposed(desk)
    told = desk.got(RUTH, "refuse", proposal_id=proposal["proposal_id"])["proposal"]
    assert told["state"] == "withdrawn"
    assert desk.got(RUTH, "notices")["notices"] == []
    assert desk.got(RUTH, "proposals")["proposals"] == []


def test_what_has_changed_since_can_still_be_refused(desk: Desk) -> None:
    proposal = proposed(desk)
    desk.entity(identifiers=["email:other@mail.example"])
    assert desk.got(RITA, "refuse", proposal_id=proposal["proposal_id"], why="old")["proposal"]["state"] == "refused"


@pytest.mark.parametrize(
    "asker", [who("north"), who("north", "admin"), who("river", "partner")], ids=lambda who: who.user
)
def test_who_may_not_approve_learns_nothing_and_refuses_nothing(desk: Desk, asker: Any) -> None:
    proposal = proposed(desk)
    there, absent = (desk.ask(asker, "refuse", proposal_id=each, why="no") for each in (proposal["proposal_id"], "p_0"))
    assert there == absent
    assert there[0] in (403, 404)
    assert len(desk.got(RITA, "proposals")["proposals"]) == 1


def test_a_refusal_stands_in_the_audit(desk: Desk) -> None:
    desk.got(RITA, "refuse", proposal_id=proposed(desk)["proposal_id"], why="no")
    assert "refuse" in [entry["operation"] for entry in desk.got(RITA, "audit")["entries"]]


@pytest.mark.parametrize(
    ("act", "operation", "changed"),
    [("erase", "erase", {}), ("release_hold", "hold", {"op": "release"})],
    ids=["an erasure", "the release of a hold"],
)
def test_what_is_being_refused_is_not_carried_out_at_the_same_moment(
    desk: Desk, act: str, operation: str, changed: dict[str, str]
) -> None:
    desk.got(RITA, "hold", entity_id="e_1", why="a court asks")
    proposal = desk.got(RITA, "propose", act=act, entity_id="e_1")["proposal"]
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    desk.got(who("river", "admin", "second"), "approve", **yes)
    begun = f"river:{proposal['proposal_id']}\0used"  # what a refusal takes before it closes the proposal
    desk.rows("proposals")[begun] = {"_key": begun, "kind": "used", "tenant_id": "river"}

    asked = {"entity_id": "e_1", "why": "w", "proposal_id": proposal["proposal_id"], **changed}

    assert desk.ask(RITA, operation, **asked)[0] == 409
    assert desk.rows("markings")["river:entity:e_1"]["legal_hold"]
    assert not desk.rows("markings")["river:entity:e_1"].get("erased")
    del desk.rows("proposals")[begun]
    desk.got(RITA, operation, **asked)
