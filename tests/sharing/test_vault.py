"""The vault: pseudonyms outside, identities inside for analysts of the owner alone; erasure, holds, retention."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from minerva import services
from minerva.records.ages import band_of, band_of_birth
from minerva.tenancy.committed import before_key
from tests.sharing.desk import DAY, EMAIL, PHONE, SERVICE, STATED, Desk, who

IDENTITY = {"names": ["Mara Example"], "identifiers": [PHONE, EMAIL], "date_of_birth": "2008-03-01", "passport": "X1"}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def added(desk: Desk, name: str = "river", **identity: Any) -> str:
    found = desk.got(who(name), "vault_add", identity={**IDENTITY, **identity}, consent="form 7")
    return str(found["subject_id"])


def test_a_person_gets_a_pseudonym_and_what_has_no_place_is_dropped(desk: Desk) -> None:
    found = desk.got(who("river"), "vault_add", identity=IDENTITY)
    assert (found["new"], found["dropped"]) == (True, ["passport"])
    subject = desk.got(who("river"), "vault_get", subject_id=found["subject_id"], **STATED)["subject"]
    assert (subject["names"], subject["age_band"], subject["identifiers"]) == (
        ["Mara Example"],
        "13-15",
        [EMAIL, PHONE],
    )
    assert "2008" not in json.dumps(list(desk.rows("vault").values()))
    assert "X1" not in json.dumps(list(desk.rows("vault").values()))


def test_the_same_person_keeps_the_pseudonym_and_another_institutions_is_another(desk: Desk) -> None:
    first = added(desk)
    again = desk.got(who("river"), "vault_add", identity={"identifiers": ["phone:+1 (415) 555-0123"]})
    assert (again["subject_id"], again["new"]) == (first, False)
    assert added(desk, "north") != first
    assert desk.got(who("river"), "vault_find", identifier="email:JEN@mail.example", **STATED)["subjects"] == [first]


def test_identifiers_of_two_people_are_not_thrown_together(desk: Desk) -> None:
    added(desk, identifiers=[PHONE])
    added(desk, identifiers=[EMAIL])
    assert desk.ask(who("river"), "vault_add", identity=IDENTITY)[0] == 409


@pytest.mark.parametrize(
    "asker", [who("river", "admin"), who("river", "partner"), who("north"), who("desk", "admin"), SERVICE],
    ids=["administrator", "program", "other institution", "operator", "service"],
)  # fmt: skip
def test_identities_are_for_analysts_of_the_owner(desk: Desk, asker: Any) -> None:
    subject = added(desk)
    there = desk.ask(asker, "vault_get", subject_id=subject, tenant_id="river", **STATED)
    assert there == desk.ask(asker, "vault_get", subject_id="v_0", tenant_id="river", **STATED)
    assert there == (404, {"error": "not found"})
    assert desk.ask(asker, "vault_find", identifier=PHONE, tenant_id="river", **STATED)[0] == 404


def test_reading_an_identity_needs_purpose_and_case(desk: Desk) -> None:
    assert desk.ask(who("river"), "vault_get", subject_id=added(desk))[0] == 400


def test_an_identity_is_never_released_and_matched_only_with_consent_and_approval(desk: Desk) -> None:
    subject = added(desk)
    body = {"subject_id": subject, "to": "ring", "level": "L1", "fields": ["victim_identity"], **STATED}
    desk.got(who("river"), "mark", subject_id=subject, level="L6", **STATED)
    assert desk.got(who("river"), "preview", **body)["preview"]["refused"][0]["reason"] == "field_class_ceiling"
    desk.got(who("river"), "mark", subject_id=subject, consent="form 7", **STATED)
    for level in ("L2", "L3", "L4", "L5", "L6"):
        assert desk.got(who("river"), "preview", **{**body, "level": level})["preview"]["refused"]
    assert desk.got(who("river"), "preview", **body)["preview"]["needs_approvals"] == 1
    proposal = desk.got(who("river"), "propose", **body)["proposal"]
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    shown = desk.got(who("river", "admin"), "approve", **yes)["proposal"]
    assert shown["preview"]["content"] == {}  # an administrator agrees without seeing who it is
    desk.got(who("river"), "release", proposal_id=proposal["proposal_id"])
    assert desk.got(who("north"), "deconflict", identifier=PHONE, **STATED)["hit"]
    desk.change("river", profile="vawa_voca")
    assert not desk.got(who("north"), "deconflict", identifier=PHONE, **STATED)["hit"]


def test_erasing_deletes_certifies_and_keeps_the_person_away(desk: Desk) -> None:
    subject = added(desk)
    certificate = desk.got(who("river", "admin"), "erase", subject_id=subject, why="asked for it")["certificate"]
    assert certificate["deleted"] == {"vault": 3}
    assert certificate["tombstones"] == 2
    left = json.dumps([list(rows.rows.values()) for rows in desk.collections.values() if hasattr(rows, "rows")])
    for trace in ("Mara", PHONE, EMAIL, "jen@", "0123"):
        assert trace not in left
    assert desk.ask(who("river"), "vault_get", subject_id=subject, **STATED)[0] == 404
    for identity in (IDENTITY, {"identifiers": ["email:JEN@mail.example"], "names": ["Mara Example"]}):
        assert desk.ask(who("river"), "vault_add", identity=identity)[0] == 409
    assert desk.got(who("river", "admin"), "erasures")["certificates"] == [certificate]
    assert added(desk, "north")  # another institution's own knowledge is its own


def test_an_erased_entity_is_not_linked_back_from_records_that_come_again(desk: Desk) -> None:
    desk.marked()
    grant = desk.released()
    assert len(desk.seen("north")) == 1
    certificate = desk.got(who("river", "admin"), "erase", entity_id="e_1", why="wrong person")["certificate"]
    assert (certificate["deleted"]["entities"], certificate["deleted"]["grants"]) == (1, 1)
    assert desk.seen("north") == []
    assert desk.standing("s_north") == []
    assert desk.ask(who("river"), "recall", grant_id=grant)[0] == 404
    desk.entity(entity_id="e_9")  # the same records, linked again
    member = {"member": "a" * 32, "entity_id": "e_9", "kind": "record"}
    found = desk.got(SERVICE, "save", tenant_id="river", members=[member, {**member, "member": "c" * 32}])
    assert found["members"] == 1
    assert desk.rows("entities") == {}
    desk.entity(entity_id="e_2", records=["c" * 32])
    assert list(desk.rows("entities")) == ["river:e_2"]
    desk.entity("north", "e_3")
    assert "north:e_3" in desk.rows("entities")  # the same ids in another institution


def test_what_was_recalled_before_its_erasure_is_not_logged_again(desk: Desk) -> None:
    desk.marked()
    desk.got(who("river"), "recall", grant_id=desk.released())
    desk.got(who("river", "admin"), "erase", entity_id="e_1")
    changes = desk.got(who("river"), "distribution")["changes"]
    assert [row["change"] for row in changes if row.get("grant_id")] == ["recalled", "released"]


def test_an_unfinished_refresh_does_not_bring_it_back(desk: Desk) -> None:
    desk.entity()
    number = desk.got(SERVICE, "refresh", tenant_id="river", op="take", owner="x")["refresh"]
    document = {"entity_id": "e_1", "tenant_id": "river", "size": 3, "records": ["a" * 32]}
    desk.got(SERVICE, "save", tenant_id="river", refresh=number, entities=[document])
    assert before_key("river", "entities", "river:e_1") in desk.rows("refresh")
    desk.got(who("river", "admin"), "erase", entity_id="e_1")
    desk.now += 3600
    desk.got(SERVICE, "refresh", tenant_id="river", op="take", owner="y")
    assert desk.rows("entities") == {}
    assert "555" not in json.dumps(list(desk.rows("refresh").values()))


def test_what_another_entity_holds_too_stays_with_that_one(desk: Desk) -> None:
    desk.entity()
    desk.entity(entity_id="e_2", records=["c" * 32])
    shared = {"member": PHONE, "entity_id": "e_1", "kind": "identifier", "entities": ["e_1", "e_2"]}
    desk.got(SERVICE, "save", tenant_id="river", members=[shared])
    desk.got(who("river", "admin"), "erase", entity_id="e_1")
    (found,) = desk.got(who("river"), "lookup", identifier=PHONE)["entities"]
    assert found["entity_id"] == "e_2"


def test_only_administrators_of_the_owner_erase(desk: Desk) -> None:
    subject = added(desk)
    for asker in (who("river"), who("river", "partner"), who("north", "admin"), SERVICE):
        assert desk.ask(asker, "erase", subject_id=subject, tenant_id="river")[0] == 404
    assert desk.ask(who("river", "admin"), "erase", subject_id="v_0")[0] == 404


def test_a_legal_hold_keeps_until_a_second_person_agrees(desk: Desk) -> None:
    subject, admin = added(desk), who("river", "admin")
    desk.got(admin, "hold", subject_id=subject, why="court order 4")
    assert desk.ask(admin, "erase", subject_id=subject)[0] == 409
    assert desk.ask(admin, "hold", subject_id=subject, op="release")[0] == 409
    desk.now += 400 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["vault"] == 0
    proposal = desk.got(admin, "propose", act="release_hold", subject_id=subject)["proposal"]
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    assert desk.ask(admin, "approve", **yes)[0] == 409
    assert desk.ask(admin, "erase", subject_id=subject, proposal_id=proposal["proposal_id"])[0] == 400
    desk.got(who("river", "admin", "second"), "approve", **yes)
    body = {"subject_id": subject, "op": "release", "proposal_id": proposal["proposal_id"]}
    assert desk.ask(who("river", "admin", "second"), "hold", **body)[0] == 409
    assert not desk.got(admin, "hold", **body)["marking"]["legal_hold"]
    assert desk.got(SERVICE, "purge")["purged"]["vault"] == 1


def test_erasing_under_a_hold_with_a_second_persons_yes(desk: Desk) -> None:
    subject, admin = added(desk), who("river", "admin")
    desk.got(admin, "hold", subject_id=subject)
    proposal = desk.got(admin, "propose", act="erase", subject_id=subject)["proposal"]
    body = {"subject_id": subject, "proposal_id": proposal["proposal_id"]}
    assert desk.ask(admin, "erase", **body)[0] == 409
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    desk.got(who("river"), "approve", **yes)
    approver = desk.askers.held.pop("river_analyst")
    assert desk.ask(admin, "erase", **body)[0] == 409  # whoever agreed is not of the institution any more
    desk.askers.held["river_analyst"] = approver
    assert desk.got(admin, "erase", **body)["certificate"]["deleted"]["vault"] == 3


def test_people_leave_at_their_day_and_ended_releases_lose_their_content(desk: Desk) -> None:
    subject = desk.got(who("river"), "vault_add", identity=IDENTITY, keep_days=10)["subject_id"]
    desk.marked()
    desk.released(days=1)
    desk.now += 9 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["vault"] == 0
    desk.now += DAY
    assert desk.got(SERVICE, "purge")["purged"]["vault"] == 1
    assert desk.ask(who("river"), "vault_get", subject_id=subject, **STATED)[0] == 404
    assert added(desk)  # retention is no erasure: a new consent may bring the person back
    desk.now += 40 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["snapshots"] == 1
    assert PHONE not in json.dumps(list(desk.rows("grants").values()))
    assert desk.got(who("river"), "grants")["grants"][0]["state"] == "expired"
    assert desk.ask(who("river"), "purge")[0] == 404


class Breaking:
    """A collection whose deletions fail."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def delete(self, query: Any) -> None:
        raise OSError("the store is gone")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def test_an_erasure_cut_short_is_finished_by_the_daily_purge(desk: Desk) -> None:
    subject = added(desk)
    whole = desk.collections["vault"]
    desk.collections["vault"] = Breaking(whole)
    with pytest.raises(OSError, match="store is gone"):
        services.answer("erase", {"subject_id": subject}, desk.store(who("river", "admin")))
    desk.collections["vault"] = whole
    assert desk.ask(who("river"), "vault_add", identity=IDENTITY)[0] == 409
    assert desk.rows("vault") != {}
    desk.got(SERVICE, "purge")
    assert desk.rows("vault") == {}
    assert "pending" not in json.dumps(list(desk.rows("tombstones").values()))


def test_the_daily_purge_deletes_proposals_of_what_was_erased(desk: Desk) -> None:
    desk.marked()
    desk.got(who("river"), "propose", entity_id="e_1", to="ring", level="L3", fields=["infrastructure"], **STATED)
    (missed,) = [row for row in desk.rows("proposals").values() if row["kind"] == "proposal"]
    desk.got(who("river", "admin"), "erase", entity_id="e_1")
    desk.collections["proposals"].batch_save([missed])  # by one who was slower than the erasure and then died
    assert desk.got(SERVICE, "purge")["purged"]["proposals"] == 1
    assert PHONE not in json.dumps(list(desk.rows("proposals").values()))


def test_the_daily_re_release_ends_what_an_erasure_has_missed(desk: Desk) -> None:
    desk.marked()
    desk.released()
    missed = [dict(row) for row in desk.rows("grants").values()]
    desk.got(who("river", "admin"), "erase", entity_id="e_1")
    copy = next(row for row in missed if row["kind"] == "copy")
    desk.rows("grants").clear()
    desk.collections["grants"].batch_save(missed)
    desk.events[:] = [each for each in desk.events if each[1] == "minerva:release"]
    assert len(desk.standing("s_north")) == 1
    desk.got(SERVICE, "rerelease")
    assert desk.standing("s_north") == []
    assert [row["kind"] for row in desk.rows("grants").values() if row["kind"] == "grant"] == []
    assert PHONE not in json.dumps(list(desk.rows("grants").values()))
    assert desk.rows("grants")[f"{copy['_key']}:gone"]["kind"] == "gone"


def test_the_daily_re_release_takes_copies_of_no_grant_back(desk: Desk) -> None:
    desk.marked()
    grant = desk.released()
    del desk.rows("grants")[f"river:{grant}"]
    desk.got(SERVICE, "rerelease")
    assert desk.standing("s_north") == []
    events = len(desk.events)
    desk.got(SERVICE, "rerelease")
    assert len(desk.events) == events


@pytest.mark.parametrize(
    ("age", "band"), [(0, "under 13"), (12, "under 13"), (13, "13-15"), (17, "16-17"), (18, "18-20"), (99, "over 50")]
)
def test_ages_are_bands(age: int, band: str) -> None:
    assert band_of(age) == band


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2008-11-25", "16-17"), ("2008-11-24", "18-20"), ("2008", "18-20"), ("2030-01-01", ""), ("x", ""),
        ("2008-99-01", ""),
    ],
)  # fmt: skip
def test_a_birthday_counts_on_its_day(born: str, band: str) -> None:
    assert band_of_birth(born, date(2026, 11, 24)) == band
