"""Taking somebody in, and changing a standing, need two people; leaving needs one and is at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minerva.administration.standing import UNASSIGNED
from tests.administration.house import HOURS, House, who

ADMINISTERING = (
    "institution", "people", "people_propose", "people_remove", "tokens", "token_revoke", "budgets", "retention",
)  # fmt: skip


@pytest.fixture
def house() -> House:
    return House()


def agreed(house: House, person: str = "nobody", standing: str = "analyst") -> str:
    proposal = house.proposed(person=person, standing=standing)
    house.good("ben", "people_approve", proposal_id=proposal["proposal_id"], content_hash=proposal["content_hash"])
    return str(proposal["proposal_id"])


def test_a_person_is_taken_in_once_a_second_person_agreed(house: House) -> None:
    done = house.good("ada", "people_apply", proposal_id=agreed(house))
    assert done["person"]["standings"] == ["analyst"]
    assert house.users.held["nobody"].roles == {"river_analyst"}
    assert house.good("ada", "people_proposals")["proposals"] == []


def test_nothing_changes_without_a_second_person(house: House) -> None:
    proposal = house.proposed(person="nobody", standing="admin")
    for asker in ("ada", "ben"):
        assert house.asked(asker, "people_apply", proposal_id=proposal["proposal_id"])[0] == 409
    approval = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    assert house.asked("ada", "people_approve", **approval)[0] == 409
    assert house.users.held["nobody"].roles == {UNASSIGNED}


def test_whoever_is_meant_does_not_approve_it(house: House) -> None:
    proposal = house.proposed(person="cleo", standing="admin")
    approval = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    assert house.asked("cleo", "people_approve", **approval)[0] == 409


def test_the_one_who_approved_does_not_carry_it_out_alone(house: House) -> None:
    proposal_id = agreed(house)
    assert house.asked("ben", "people_apply", proposal_id=proposal_id)[0] == 409
    assert house.asked("ada", "people_apply", proposal_id=proposal_id)[0] == 200


def test_an_agreement_is_void_once_the_roles_changed(house: House) -> None:
    proposal_id = agreed(house)
    house.users.held["nobody"] = replace(house.users.held["nobody"], roles=frozenset(["river_partner"]))
    assert house.asked("ada", "people_apply", proposal_id=proposal_id)[0] == 409


def test_an_agreement_ends_after_three_days(house: House) -> None:
    proposal_id = agreed(house)
    house.now += 72 * HOURS + 1
    assert house.asked("ada", "people_apply", proposal_id=proposal_id)[0] == 409


@pytest.mark.parametrize("person", ["stranger", "root", "unheard_of"])
@pytest.mark.parametrize("operation", ["people_propose", "people_remove", "token_revoke"])
def test_people_of_others_and_of_nobody_are_told_alike(house: House, operation: str, person: str) -> None:
    body = {"person": person, "standing": "analyst", "token_id": "stranger-0"}
    assert house.asked("ada", operation, **body) == (404, {"error": "not found"})
    assert house.users.held["stranger"].roles == {"north_analyst"}
    assert len(house.users.given["stranger"]) == 1


@pytest.mark.parametrize("operation", ADMINISTERING)
@pytest.mark.parametrize("standing", ["analyst", "partner", "stranger"])
def test_only_administrators_administer(house: House, operation: str, standing: str) -> None:
    body = {"person": "cleo", "standing": "admin", "token_id": "cleo-0"}
    assert house.asked(who("river", standing), operation, **body)[0] == 404
    assert house.users.steps == []


def test_one_who_leaves_loses_roles_then_tokens_then_searches(house: House) -> None:
    gone = house.good("ada", "people_remove", person="cleo", why="left the shelter")
    assert gone == {"person": "cleo", "tokens": 2, "jobs": 1}
    assert [step for step, _ in house.users.steps] == ["roles", "token", "token", "jobs"]
    assert house.users.held["cleo"].roles == {UNASSIGNED}
    assert house.good("ada", "people_remove", person="cleo") == {"person": "cleo", "tokens": 0, "jobs": 0}


def test_nobody_removes_themselves_or_the_last_administrator(house: House) -> None:
    assert house.asked("ada", "people_remove", person="ada")[0] == 409
    house.good("ada", "people_remove", person="ben")
    house.users.held["eve"] = replace(house.users.held["cleo"], user="eve", roles=frozenset(["river_admin"]))
    house.good("eve", "people_remove", person="ada")
    assert house.asked(who("river", "admin", "ghost"), "people_remove", person="eve")[0] == 409


def test_an_unknown_standing_is_named_with_what_is_known(house: House) -> None:
    status, answer = house.asked("ada", "people_propose", person="nobody", standing="chief")
    assert (status, answer["error"]) == (400, "standing: expected one of analyst, admin, partner")


def test_changes_of_people_stand_in_the_log(house: House) -> None:
    house.good("ada", "people_apply", proposal_id=agreed(house))
    house.good("ada", "people_remove", person="cleo")
    changes = house.good(who("river"), "distribution")["changes"]
    assert [(row["change"], row["object_id"]) for row in changes] == [("left", "cleo"), ("joined", "nobody")]
