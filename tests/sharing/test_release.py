"""Release: previewed, agreed to, given to exactly those whom the policy names, each with pseudonyms of its own."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from minerva.audit import verify
from minerva.policy import Subject
from minerva.sharing.copies import signature
from minerva.tenancy.directory import Person
from tests.sharing.desk import DAY, EMAIL, PHONE, SERVICE, STATED, Desk, Refusing, who

TERMS = {"to": "ring", "level": "L3", "fields": ["infrastructure", "statistics"], **STATED}


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.marked()
    return made


def test_a_redacted_lead_is_read_by_the_group_and_by_nobody_else(desk: Desk) -> None:
    desk.released()
    (item,) = desk.seen("north")
    assert item["content"]["identifiers"] == [EMAIL, PHONE]
    assert item["owner"] == "River"
    assert {name: len(desk.seen(name)) for name in ("bank", "school", "desk", "west", "river")} == {
        "bank": 0, "school": 0, "desk": 0, "west": 0, "river": 0,
    }  # fmt: skip


def shared_by_two(desk: Desk, identifier: str) -> None:
    desk.entity(entity_id="e_2", records=["c" * 32], identifiers=[identifier], joins=[])
    member = {"member": identifier, "entity_id": "e_1", "entities": ["e_1", "e_2"], "kind": "identifier"}
    desk.got(SERVICE, "save", tenant_id="river", members=[member])


def test_a_contact_that_many_entities_hold_goes_out_marked_and_names_nothing(desk: Desk) -> None:
    # Whoever takes it for a mark of the entity meets strangers under it.
    join = {"a": "a" * 32, "b": "b" * 32, "rule": "shared_identifier", "identifier": EMAIL, "strength": 0.9, "why": ""}
    desk.entity(joins=[join])
    shared_by_two(desk, PHONE)
    preview = desk.got(who("river"), "preview", entity_id="e_1", **TERMS)["preview"]
    assert preview["content"]["infrastructure"]["set_aside"] == [PHONE]
    desk.released()
    (item,) = desk.seen("north")
    assert (item["content"]["set_aside"], item["content"]["best"]) == ([PHONE], EMAIL)
    assert "e_2" not in json.dumps([item, desk.events])
    assert desk.events[-1][2]["content"]["set_aside"] == [PHONE]


def test_a_contact_that_joins_the_entitys_own_records_is_not_set_aside(desk: Desk) -> None:
    join = {"a": "a" * 32, "b": "b" * 32, "rule": "shared_identifier", "identifier": PHONE, "strength": 0.9, "why": ""}
    desk.entity(joins=[join])
    shared_by_two(desk, PHONE)
    desk.released()
    (item,) = desk.seen("north")
    assert "set_aside" not in item["content"]


def test_what_no_class_holds_and_what_was_not_released_stays_at_home(desk: Desk) -> None:
    desk.released()
    given = json.dumps([desk.seen("north"), desk.events])
    for secret in ("Jen Example", "a" * 32, "e_1", "one phone", "ads", "age:19", "Springfield", '"river"'):
        assert secret not in given


def test_each_recipient_has_its_own_names_and_its_own_copy(desk: Desk) -> None:
    desk.regroup("ring", "north", "river", "west")
    desk.released()
    (north,), (west,) = desk.seen("north"), desk.seen("west")
    assert north["content"] == west["content"]
    assert {north["share_id"], north["object"]}.isdisjoint({west["share_id"], west["object"]})
    assert [index for index, _, _ in desk.events] == ["s_north", "s_west"]
    assert [event["share_id"] for _, _, event in desk.events] == [north["share_id"], west["share_id"]]


def test_one_copy_for_the_group_where_all_its_readers_may_read_the_same(desk: Desk) -> None:
    desk.released(level="L4", legal_basis="statute")
    assert [(index, event["level"]) for index, _, event in desk.events] == [("g_ring", "L4")]
    (item,) = desk.seen("north")
    assert item["content"]["cities"] == ["Springfield"]
    assert "no_reshare" in item["obligations"]
    common = desk.events[0][2]["share_id"]
    assert desk.got(who("north"), "shared_item", share_id=common, **STATED)["item"] == item


def test_without_a_legal_basis_each_reader_gets_its_own_copy(desk: Desk) -> None:
    # Whoever joins later may be bound by a profile that asks for one; a common index would show it the copy too.
    desk.released(level="L4")
    assert [index for index, _, _ in desk.events] == ["s_north"]


def test_the_community_reads_indicators_and_a_university_too_but_not_the_operator(desk: Desk) -> None:
    desk.released(level="L5", to="*community", legal_basis="statute")
    assert [index for index, _, _ in desk.events] == ["community"]
    assert {name: len(desk.seen(name)) for name in ("north", "bank", "west", "school", "desk")} == {
        "north": 1, "bank": 1, "west": 1, "school": 1, "desk": 0,
    }  # fmt: skip


def test_the_preview_says_who_will_see_what_and_stores_nothing(desk: Desk) -> None:
    before = {name: dict(desk.rows(name)) for name in desk.collections if name != "audit"}
    preview = desk.got(who("river"), "preview", entity_id="e_1", **TERMS)["preview"]
    assert {row["tenant_id"]: (row["sees"], row["copy"]) for row in preview["recipients"]} == {
        "north": (["first_time", "identifiers", "last_time", "record_types", "size"], "own"),
        "school": ([], "none"),
    }
    assert preview["needs_approvals"] == 0
    assert {name: desk.rows(name) for name in desk.collections if name != "audit"} == before
    desk.released()
    seen = {name: desk.seen(name) for name in ("north", "school", "bank", "west", "desk")}
    assert {name: sorted(items[0]["content"]) for name, items in seen.items() if items} == {
        row["tenant_id"]: row["sees"] for row in preview["recipients"] if row["sees"]
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"fields": ["victim_identity"]}, "field_class_ceiling"),
        ({"level": "L6"}, "field_class_ceiling"),
        ({"fields": ["witness"]}, "nothing_of_this_class"),
    ],
)
def test_what_cannot_be_released_is_named_in_the_preview(desk: Desk, changes: dict[str, Any], reason: str) -> None:
    preview = desk.got(who("river"), "preview", entity_id="e_1", **{**TERMS, **changes})["preview"]
    assert reason in {each["reason"] for each in preview["refused"]}
    assert preview["recipients"] == []
    assert desk.ask(who("river"), "propose", entity_id="e_1", **{**TERMS, **changes})[0] == 409


def test_an_object_that_nobody_marked_is_private() -> None:
    desk = Desk()
    desk.entity()
    preview = desk.got(who("river"), "preview", entity_id="e_1", **TERMS)["preview"]
    assert {each["reason"] for each in preview["refused"]} == {"above_marking"}


def test_lowering_the_marking_hides_at_once(desk: Desk) -> None:
    desk.released()
    assert len(desk.seen("north")) == 1
    desk.got(who("river"), "mark", entity_id="e_1", level="L2", **STATED)
    assert desk.seen("north") == []
    assert desk.standing("s_north") == []
    desk.now += 1
    desk.got(who("river"), "mark", entity_id="e_1", level="L3", **STATED)
    assert (len(desk.seen("north")), len(desk.standing("s_north"))) == (1, 1)


def proposed(desk: Desk, **changes: Any) -> dict[str, Any]:
    body = {"entity_id": "e_1", **TERMS, "level": "L4", **changes}
    found: dict[str, Any] = desk.got(who("river"), "propose", **body)["proposal"]
    return found


def test_from_level_four_on_a_second_person_agrees_first(desk: Desk) -> None:
    proposal = proposed(desk)
    refused = desk.ask(who("river"), "release", proposal_id=proposal["proposal_id"])
    assert (refused[0], refused[1]["error"]) == (409, "infrastructure cannot be released so: approval")
    assert desk.events == []
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    assert desk.ask(who("river"), "approve", **yes)[0] == 409  # one's own
    assert desk.ask(who("north"), "approve", **yes)[0] == 404  # another institution's
    assert desk.ask(who("river", "admin"), "approve", **{**yes, "content_hash": "0" * 64})[0] == 409
    agreed = desk.got(who("river", "admin"), "approve", **yes, why="the houses share a phone")["proposal"]
    assert (agreed["approved_by"], agreed["reasons"]) == (["river_admin"], {"river_admin": "the houses share a phone"})
    (told,) = desk.got(who("river", "admin"), "proposals")["proposals"]
    assert told["reasons"] == agreed["reasons"]
    assert desk.ask(who("river", "admin"), "release", proposal_id=proposal["proposal_id"])[0] == 409
    released = desk.got(who("river"), "release", proposal_id=proposal["proposal_id"])
    assert (released["copies"], released["grant"]["reasons"]) == (1, agreed["reasons"])
    assert len(desk.seen("north")) == 1


@pytest.mark.parametrize("since", ["minerva_unassigned", "north_admin", "river_partner", ""])
def test_an_approval_counts_only_while_its_person_may_approve(desk: Desk, since: str) -> None:
    proposal = proposed(desk)
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    desk.got(who("river", "admin"), "approve", **yes)
    if since:
        desk.askers.held["river_admin"] = Person("river_admin", "", frozenset([since]))
    else:
        del desk.askers.held["river_admin"]
    refused = desk.ask(who("river"), "release", proposal_id=proposal["proposal_id"])
    assert refused == (409, {"error": "infrastructure cannot be released so: approval"})
    assert desk.events == []
    desk.got(who("river", "admin", "second"), "approve", **yes)
    released = desk.got(who("river"), "release", proposal_id=proposal["proposal_id"])
    assert (released["copies"], released["grant"]["approved_by"]) == (1, ["second"])


def test_a_changed_content_voids_proposal_and_approval(desk: Desk) -> None:
    proposal = proposed(desk)
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    desk.got(who("river", "admin"), "approve", **yes)
    desk.entity(identifiers=[PHONE])
    assert desk.ask(who("river"), "release", proposal_id=proposal["proposal_id"])[0] == 409
    assert desk.ask(who("river", "admin"), "approve", **yes)[0] == 409
    assert desk.seen("north") == []


def test_a_proposal_ends_after_three_days_and_is_used_once(desk: Desk) -> None:
    proposal = proposed(desk, level="L3")
    desk.got(who("river"), "release", proposal_id=proposal["proposal_id"])
    assert desk.ask(who("river"), "release", proposal_id=proposal["proposal_id"])[0] == 409
    late = proposed(desk, level="L3")
    desk.now += 3 * DAY
    assert desk.ask(who("river"), "release", proposal_id=late["proposal_id"])[0] == 409
    assert len(desk.got(who("river"), "grants")["grants"]) == 1


def test_a_tampered_snapshot_is_read_by_nobody(desk: Desk) -> None:
    desk.released(level="L4")
    (row,) = [row for row in desk.rows("grants").values() if row["kind"] == "grant"]
    row["content"]["infrastructure"]["identifiers"] = ["phone:+14155550199"]
    assert desk.seen("north") == []


def test_a_release_shows_what_was_previewed_and_nothing_that_came_later(desk: Desk) -> None:
    desk.released()
    desk.entity(identifiers=[PHONE, "phone:+14155550144"])
    assert desk.seen("north")[0]["content"]["identifiers"] == [EMAIL, PHONE]


def test_reading_needs_purpose_and_case_whatever_is_there(desk: Desk) -> None:
    empty = [Desk().ask(who("north"), "shared", **body) for body in ({}, {"purpose": "investigation"}, {"case": "C-1"})]
    desk.released()
    full = [desk.ask(who("north"), "shared", **body) for body in ({}, {"purpose": "investigation"}, {"case": "C-1"})]
    assert empty == full
    assert {status for status, _ in full} == {400}


def test_a_profile_that_asks_for_a_legal_basis_reads_with_it_alone(desk: Desk) -> None:
    desk.change("north", profile="28cfr23")
    desk.released()
    assert desk.events == []  # no copy for those who would have to state one
    assert desk.ask(who("north"), "shared", **STATED)[0] == 400
    assert len(desk.seen("north", legal_basis="statute")) == 1


@pytest.mark.parametrize("operation", ["shared_item", "recall", "release", "approve", "preview", "mark"])
def test_foreign_and_absent_are_the_same_bytes(desk: Desk, operation: str) -> None:
    grant = desk.released(to="pair")
    proposal = proposed(desk)
    share = desk.seen("north")[0]["share_id"]
    yes = {"content_hash": proposal["content_hash"], **TERMS}
    there = {"share_id": share, "grant_id": grant, "proposal_id": proposal["proposal_id"], "entity_id": "e_1", **yes}
    away = {"share_id": "s_0", "grant_id": "g_0", "proposal_id": "p_0", "entity_id": "e_0", **yes}
    for asker in ("bank", "school"):
        changed = {"to": "far" if asker == "bank" else "ring"}
        foreign, absent = (desk.ask(who(asker), operation, **{**body, **changed}) for body in (there, away))
        assert foreign == absent
        assert foreign[0] == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"to": "far"}, "to: expected a group of your institution"),
        ({"to": "moon"}, "to: expected a group of your institution"),
        ({"level": "L0"}, "level: expected L1 to L6"),
        ({"level": "high"}, "level: expected one of L0 to L6"),
        ({"fields": []}, "fields: expected a list of field classes"),
        ({"fields": ["shoe_size"]}, "fields: the field classes are"),
        ({"days": 400}, "days: expected a whole number"),
        ({"no_evidence": "yes"}, "no_evidence, no_reshare"),
        ({"purpose": ""}, "purpose: needed"),
    ],
)
def test_wrong_terms_are_explained(desk: Desk, body: dict[str, Any], words: str) -> None:
    status, payload = desk.ask(who("river"), "preview", entity_id="e_1", **{**TERMS, **body})
    assert status == 400
    assert payload["error"].startswith(words)


def test_copies_are_signed_and_a_forged_one_is_told_apart(desk: Desk) -> None:
    desk.released()
    index, kind, event = desk.events[0]
    key = hashlib.sha256(b"release").digest()
    assert signature(key, index, kind, event) == event["signature"]
    assert signature(key, index, kind, {**event, "owner": "North"}) != event["signature"]


def test_without_audit_or_log_nothing_is_released(desk: Desk) -> None:
    for name in ("distribution", "audit"):
        proposal = proposed(desk, level="L3")
        kept = desk.collections[name]
        desk.collections[name] = Refusing()
        with pytest.raises(OSError, match="no space"):
            desk.ask(who("river"), "release", proposal_id=proposal["proposal_id"])
        desk.collections[name] = kept
        assert desk.events == []
        assert [row for row in desk.rows("grants").values() if row["kind"] == "grant"] == []


def test_the_log_says_who_gave_what_to_whom_and_its_chain_is_whole(desk: Desk) -> None:
    grant = desk.released(why="lead on a front")
    desk.got(who("river"), "recall", grant_id=grant, why="wrong person")
    changes = desk.got(who("river", "admin"), "distribution")["changes"]
    assert [(row["change"], row["by"], row.get("recipients")) for row in changes] == [
        ("recalled", "river_analyst", ["north"]), ("released", "river_analyst", ["north"]),
        ("marked", "river_analyst", None),
    ]  # fmt: skip
    assert (changes[1]["case"], changes[1]["why"], changes[0]["why"]) == ("C-17", "lead on a front", "wrong person")
    rows = [row for _, row in sorted(desk.rows("distribution").items())]
    assert verify(rows, hashlib.sha256(b"distribution").digest()).broken is None
    assert desk.got(who("north"), "distribution")["changes"] == []


def test_what_is_public_is_read_by_users_of_no_institution_too(desk: Desk) -> None:
    desk.released(level="L6", to="*everyone", fields=["statistics"])
    stranger = Subject("stranger", frozenset(), frozenset(["minerva_query"]))
    (item,) = desk.got(stranger, "shared", **STATED)["items"]
    assert item["content"]["size"] == 2
    assert desk.got(stranger, "shared_item", share_id=item["share_id"], **STATED)["item"] == item
    assert desk.ask(stranger, "shared_item", share_id="s_0", **STATED)[0] == 404


def test_a_user_of_two_institutions_says_for_which_one_they_read(desk: Desk) -> None:
    desk.released()
    both = Subject("both", frozenset(["north_analyst", "bank_analyst"]), frozenset(["minerva_query"]))
    assert desk.ask(both, "shared", **STATED)[0] == 400
    assert len(desk.got(both, "shared", tenant_id="north", **STATED)["items"]) == 1
    assert desk.got(both, "shared", tenant_id="bank", **STATED)["items"] == []
    assert desk.ask(both, "shared", tenant_id="west", **STATED) == desk.ask(both, "shared", tenant_id="moon", **STATED)


def test_programs_and_administrators_do_not_share(desk: Desk) -> None:
    for standing in ("admin", "partner"):
        assert desk.ask(who("river", standing), "propose", entity_id="e_1", **TERMS)[0] == 404
    assert desk.ask(who("river", "partner"), "approve", proposal_id="p_0", content_hash="x")[0] == 404


def test_the_service_shares_nothing(desk: Desk) -> None:
    assert desk.ask(SERVICE, "propose", entity_id="e_1", tenant_id="river", **TERMS)[0] == 404
    assert desk.ask(who("river"), "rerelease")[0] == 404
