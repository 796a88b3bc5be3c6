"""Taking somebody in, and changing a standing, need two people; leaving needs one and is at once."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from minerva.administration.standing import UNASSIGNED
from minerva.audit import verify
from tests.administration.house import HOURS, House, who
from tests.sharing.desk import SERVICE

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


def test_who_is_being_refused_is_not_taken_in_at_the_same_moment(house: House) -> None:
    proposal_id = agreed(house)
    begun = f"river:{proposal_id}\0used"  # what a refusal takes before it closes the proposal
    house.rows("proposals")[begun] = {"_key": begun, "kind": "used", "tenant_id": "river"}
    assert house.asked("ada", "people_apply", proposal_id=proposal_id)[0] == 409
    assert house.users.held["nobody"].roles == {UNASSIGNED}
    house.rows("proposals")[begun]["act"] = "joined"  # an earlier request of the same, which was stopped
    assert house.good("ada", "people_apply", proposal_id=proposal_id)["person"]["standings"] == ["analyst"]


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
    assert gone == {"person": "cleo", "tokens": 2, "jobs": 1, "jobs_left": 0}
    assert [step for step, _ in house.users.steps] == ["roles", "token", "token", "jobs"]
    assert house.users.held["cleo"].roles == {UNASSIGNED}
    again = house.good("ada", "people_remove", person="cleo")
    assert again == {"person": "cleo", "tokens": 0, "jobs": 0, "jobs_left": 0}


def outcomes(house: House) -> list[tuple[str, str, int]]:
    """(outcome, reason, rows) of the entries of river's audit, which is whole."""
    rows = house.rows("audit")
    assert verify([rows[key] for key in sorted(rows)], b"audit key").broken is None
    entries = [json.loads(row["entry"]) for row in rows.values() if (row["kind"], row["chain"]) == ("entry", "river")]
    return [(entry["outcome"], entry["reason"], entry.get("rows", 0)) for entry in entries]


def test_searches_that_cannot_be_deleted_are_told_and_stand_in_the_audit(house: House) -> None:
    house.users.kept["cleo"] = 3
    gone = house.good("ada", "people_remove", person="cleo")
    assert gone == {"person": "cleo", "tokens": 2, "jobs": 1, "jobs_left": 3}
    assert outcomes(house) == [("permit", "", 1), ("unfinished", "jobs_left", 3)]
    assert house.users.held["cleo"].roles == {UNASSIGNED}


def test_searches_that_cannot_be_listed_are_no_success(house: House) -> None:
    house.users.kept["cleo"] = -1
    status, answer = house.asked("ada", "people_remove", person="cleo")
    assert (status, "could not be listed" in answer["error"]) == (409, True)
    assert outcomes(house) == [("permit", "", 1), ("unfinished", "jobs_unknown", 0)]
    assert house.users.held["cleo"].roles == {UNASSIGNED}
    assert house.users.given["cleo"] == []
    house.users.kept.clear()
    assert house.good("ada", "people_remove", person="cleo")["jobs"] == 1


def test_who_comes_in_leaves_the_searches_of_elsewhere_behind(house: House) -> None:
    house.users.jobs["nobody"] = 2
    proposal_id = agreed(house)
    house.users.kept["nobody"] = 1
    assert house.asked("ada", "people_apply", proposal_id=proposal_id)[0] == 409
    assert house.users.held["nobody"].roles == {UNASSIGNED}
    house.users.kept.clear()
    house.good("ada", "people_apply", proposal_id=proposal_id)
    assert house.users.steps == [("jobs", "nobody"), ("jobs", "nobody"), ("roles", "nobody")]
    assert "nobody" not in house.users.jobs


def test_a_change_of_standing_leaves_searches_alone(house: House) -> None:
    house.good("ada", "people_apply", proposal_id=agreed(house, person="cleo", standing="partner"))
    assert house.users.held["cleo"].roles == {"river_partner"}
    assert house.users.jobs["cleo"] == 1


def test_two_administrators_who_remove_each_other_leave_one(house: House) -> None:
    met = []
    house.users.beside = lambda: met.append(house.asked("ben", "people_remove", person="ada")[0])
    house.good("ada", "people_remove", person="ben")
    assert met == [409]
    assert [house.users.held[user].roles for user in ("ada", "ben")] == [{"river_admin"}, {UNASSIGNED}]


@pytest.mark.parametrize("operation", ["people_remove", "people_apply"])
def test_one_removed_since_the_request_began_changes_nobody(house: House, operation: str) -> None:
    house.users.add("dora", "river_admin")
    ben, proposal_id = house.as_user("ben"), agreed(house)
    house.good("ada", "people_remove", person="ben")
    assert house.asked(ben, operation, person="ada", proposal_id=proposal_id)[0] == 404
    assert house.users.held["ada"].roles == {"river_admin"}
    assert house.users.held["nobody"].roles == {UNASSIGNED}


def test_a_change_that_died_holds_others_up_for_a_minute(house: House) -> None:
    collection = house.collections["proposals"]
    collection.insert({"_key": "river\0membership", "kind": "claim", "tenant_id": "river", "owner": "dead",
                       "time": house.now, "expires": house.now + 60})  # fmt: skip
    assert house.asked("ada", "people_remove", person="cleo")[0] == 409
    house.now += 61
    house.good("ada", "people_remove", person="cleo")
    assert house.asked("ada", "people_remove", person="nobody")[0] == 200


def test_an_agreement_of_somebody_removed_since_is_none(house: House) -> None:
    house.users.add("dora", "river_admin")
    proposal_id = agreed(house)
    house.good("dora", "people_remove", person="ben")
    assert house.asked("ada", "people_apply", proposal_id=proposal_id)[0] == 409
    assert house.users.held["nobody"].roles == {UNASSIGNED}


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


@pytest.mark.parametrize("standing", ["analyst", "partner"])
def test_the_last_administrator_is_not_demoted(house: House, standing: str) -> None:
    house.good("ada", "people_apply", proposal_id=agreed_by(house, "cleo", person="ben", standing=standing))
    proposal_id = agreed_by(house, "cleo", person="ada", standing=standing)
    status, told = house.asked("ada", "people_apply", proposal_id=proposal_id)
    assert (status, "last administrator" in told["error"]) == (409, True)
    assert house.users.held["ada"].roles == {"river_admin"}


def test_an_administrator_stays_one_by_the_same_way(house: House) -> None:
    house.users.held["ben"] = replace(house.users.held["ben"], roles=frozenset(["river_admin", "river_analyst"]))
    house.good("ada", "people_apply", proposal_id=agreed_by(house, "cleo", person="ben", standing="admin"))
    assert house.users.held["ben"].roles == {"river_admin"}


def agreed_by(house: House, agrees: str, **body: str) -> str:
    proposal = house.proposed(**body)
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    house.good(agrees, "people_approve", **yes)
    return str(proposal["proposal_id"])


@pytest.mark.parametrize("state", ["suspended", "retired"])
def test_the_daily_purge_deletes_searches_of_a_closed_institutions_people(house: House, state: str) -> None:
    house.users.jobs.update(stranger=4, ada=2)
    assert house.good(SERVICE, "purge")["purged"]["jobs"] == 0
    house.change("river", state=state)
    assert house.good(SERVICE, "purge")["purged"]["jobs"] == 3
    assert (house.users.jobs.get("cleo"), house.users.jobs["stranger"]) == (None, 4)


def test_searches_that_the_purge_could_not_delete_stand_in_the_audit(house: House) -> None:
    house.change("river", state="suspended")
    house.users.kept.update(cleo=3, ada=-1)
    house.good(SERVICE, "purge")
    entries = [json.loads(row["entry"]) for row in house.rows("audit").values() if row["kind"] == "entry"]
    told = [(each["reason"], each["rows"]) for each in entries if each.get("outcome") == "unfinished"]
    assert sorted(told) == [("jobs_left", 3), ("jobs_unknown", 0)]


@pytest.mark.parametrize(("kept", "left"), [(0, 0), (2, 2), (-1, None)])
def test_ended_searches_of_the_institutions_people_go_with_what_is_erased(kept: int, left: int | None) -> None:
    house = House()
    house.users.jobs, house.users.kept = {"cleo": 3, "ann": 5}, {"cleo": kept}
    house.entity("river", "e_1")
    found = house.good("ada", "erase", entity_id="e_1", why="asked for", purpose="victim_safety", case="R-1")
    assert found["jobs_left"] == left
    steps = [step for step in house.users.steps if step[0] == "finished jobs"]
    assert ("finished jobs", "cleo") in steps
    assert {user for _, user in steps} <= {"ada", "ben", "cleo"}
    if left == 0:
        assert found["jobs"] == 3
