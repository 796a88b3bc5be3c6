"""Cases at the edges of releasing and reading, each of which one condition of the code decides."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from minerva.deconfliction import budget
from tests.sharing.desk import DAY, PHONE, SERVICE, STATED, Desk, Refusing, who


def marked_desk() -> Desk:
    """river's entity, marked L6."""
    made = Desk()
    made.marked()
    return made


@pytest.fixture
def desk() -> Desk:
    return marked_desk()


def indexes(desk: Desk) -> list[str]:
    return sorted({index for index, kind, _ in desk.events if kind == "minerva:release"})


def test_an_identifier_of_a_kind_that_is_not_known_any_more_is_not_shared(desk: Desk) -> None:
    desk.entity(identifiers=["bygone:x", PHONE])
    body = {"entity_id": "e_1", "to": "ring", "level": "L3", "fields": ["infrastructure"], **STATED}
    assert desk.got(who("river"), "preview", **body)["preview"]["content"]["infrastructure"]["identifiers"] == [PHONE]


def test_what_is_for_everyone_is_not_copied_to_a_suspended_institution(desk: Desk) -> None:
    desk.change("bank", state="suspended")
    desk.released(level="L6", to="*everyone", fields=["statistics"])
    assert "s_north" in indexes(desk)
    assert "s_bank" not in indexes(desk)
    desk.change("bank", state="active")
    assert desk.got(who("bank"), "notices")["notices"] == []


def test_an_institution_without_an_index_for_copies_gets_none(desk: Desk) -> None:
    desk.change("north", summary_index="")
    desk.released()
    assert indexes(desk) == []
    assert len(desk.seen("north")) == 1


def test_a_redacted_release_has_a_copy_of_its_own_for_each_reader(desk: Desk) -> None:
    desk.regroup("pair", "river", "north", "west")
    desk.released(to="pair", legal_basis="statute")
    assert indexes(desk) == ["s_north", "s_west"]
    desk.released(to="pair", level="L4", legal_basis="statute")
    assert indexes(desk) == ["g_pair", "s_north", "s_west"]


def test_a_group_without_an_index_has_copies_for_each_reader(desk: Desk) -> None:
    groups = {**desk.context.groups, "pair": type(desk.context.groups["pair"])("pair", frozenset(["river", "north"]))}
    desk.context = type(desk.context)(desk.context.tenants, groups, community_index="community")
    desk.released(to="pair", level="L4", legal_basis="statute")
    assert indexes(desk) == ["s_north"]


def test_the_end_of_a_release_is_no_release(desk: Desk) -> None:
    grant = desk.released()
    desk.got(who("river"), "recall", grant_id=grant)
    assert desk.ask(who("river"), "recall", grant_id=f"{grant}:end") == (404, {"error": "not found"})


def test_what_was_released_last_is_read_first(desk: Desk) -> None:
    times = []
    for _ in range(3):
        desk.now += DAY
        desk.released()
        times.append(int(desk.now))
    assert [item["released"] for item in desk.seen("north")] == times[::-1]


def test_one_release_is_read_with_purpose_and_case_alone(desk: Desk) -> None:
    desk.released()
    (item,) = desk.seen("north")
    assert desk.ask(who("north"), "shared_item", share_id=item["share_id"])[0] == 400
    assert desk.got(who("north"), "shared_item", share_id=item["share_id"], **STATED)["item"] == item


def test_whoever_has_no_institution_reads_what_is_for_everyone_and_finds_it_again(desk: Desk) -> None:
    desk.released(level="L6", to="*everyone", fields=["statistics"])
    (item,) = desk.got(who("nobody"), "shared", **STATED)["items"]
    assert desk.got(who("nobody"), "shared_item", share_id=item["share_id"], **STATED)["item"] == item


def test_an_owner_without_a_label_is_named_by_its_id(desk: Desk) -> None:
    desk.change("river", label="")
    desk.released()
    assert desk.seen("north")[0]["owner"] == "river"
    assert desk.standing("s_north")[0]["owner"] == "river"
    assert desk.got(who("north"), "notices")["notices"][0]["owner"] == "river"


def test_a_proposal_that_was_released_is_open_no_more_and_keeps_no_content(desk: Desk) -> None:
    desk.released()
    assert desk.got(who("river"), "proposals")["proposals"] == []
    rows = [row for row in desk.rows("proposals").values() if row["kind"] == "proposal"]
    assert [(row["state"], row["content"], row["preview"]) for row in rows] == [("done", {}, {})]


def test_the_owner_is_told_what_was_given_to_whom_who_agreed_and_how_it_ended(desk: Desk) -> None:
    grant = desk.released(level="L4", days=5)
    (told,) = desk.got(who("river"), "grants")["grants"]
    assert {key: told[key] for key in ("to", "level", "fields", "approved_by", "state", "what", "author", "case")} == {
        "to": "ring", "level": "L4", "fields": ["infrastructure", "statistics"], "approved_by": ["second0"],
        "state": "live", "what": "entity", "author": "river_analyst", "case": "C-17",
    }  # fmt: skip
    assert (told["expires"] - told["time"], "content" in told, "ended" in told) == (5 * DAY, False, False)
    desk.now += DAY
    ended = desk.got(who("river"), "recall", grant_id=grant, why="a mistake")["grant"]
    assert (ended["state"], ended["ended"]) == (
        "recalled", {"time": desk.now, "by": "river_analyst", "why": "a mistake"},
    )  # fmt: skip


def everything(desk: Desk) -> str:
    rows = {name: desk.rows(name) for name in sorted(desk.collections) if name != "audit"}
    return json.dumps([rows, desk.events])


@pytest.mark.parametrize("operation", ["recall", "rerelease", "deconflict", "inquiry_answer", "contact_desk", "mark"])
def test_without_its_audit_entry_nothing_is_changed(desk: Desk, operation: str) -> None:
    desk.released(level="L1", fields=["infrastructure"])
    grant = desk.released(days=1)
    hit = desk.got(who("north"), "deconflict", identifier=PHONE, **STATED)
    desk.now += 2 * DAY if operation == "rerelease" else 1
    asker, body = {
        "recall": (who("river"), {"grant_id": grant}),
        "rerelease": (SERVICE, {}),
        "deconflict": (who("north"), {"identifier": PHONE, **STATED}),
        "inquiry_answer": (who("north"), {"inquiry_id": hit["inquiry_id"], "accept": True, **STATED}),
        "contact_desk": (who("north", "admin"), {"op": "set", "contact": "desk@north.example"}),
        "mark": (who("river"), {"entity_id": "e_1", "level": "L0", **STATED}),
    }[operation]
    before, kept = everything(desk), desk.collections["audit"]
    desk.collections["audit"] = Refusing()
    with pytest.raises(OSError, match="no space"):
        desk.ask(asker, operation, **body)
    desk.collections["audit"] = kept
    assert everything(desk) == before
    desk.got(asker, operation, **body)
    assert everything(desk) != before


def test_a_release_without_its_tokens_is_matched_again_after_the_next_re_release(desk: Desk) -> None:
    desk.released(level="L1", fields=["infrastructure"])
    desk.rows("tokens").clear()
    assert not desk.got(who("north"), "deconflict", identifier=PHONE, **STATED)["hit"]
    desk.got(SERVICE, "rerelease")
    assert desk.got(who("north"), "deconflict", identifier=PHONE, **STATED)["hit"]


class CutShort(list[Any]):
    """Events of which the first is written, and nothing after it."""

    def append(self, event: Any) -> None:
        super().append(event)
        raise OSError("cut short")


def test_a_copy_that_was_written_and_not_noted_is_taken_back_too(desk: Desk) -> None:
    desk.events = CutShort()
    with pytest.raises(OSError, match="cut short"):
        desk.released()
    desk.events = list(desk.events)
    assert len(desk.standing("s_north")) == 1
    grant = next(row["grant_id"] for row in desk.rows("grants").values() if row["kind"] == "grant")
    assert desk.got(who("river"), "recall", grant_id=grant)["tombstones"] == 1
    assert desk.standing("s_north") == []


class NotWritten(list[Any]):
    """Events of which none is written."""

    def append(self, event: Any) -> None:
        raise OSError("cut short")


def test_a_copy_that_was_noted_and_not_written_is_written_by_the_next_re_release(desk: Desk) -> None:
    desk.events = NotWritten()
    with pytest.raises(OSError, match="cut short"):
        desk.released()
    desk.events = []
    assert desk.got(SERVICE, "rerelease")["copies"] == 1
    assert len(desk.standing("s_north")) == 1
    assert desk.got(SERVICE, "rerelease")["copies"] == 0


def test_a_copy_is_taken_back_once(desk: Desk) -> None:
    desk.released()
    desk.regroup("ring", "river")
    for _ in range(3):
        desk.now += DAY
        desk.got(SERVICE, "rerelease")
    assert [kind for _, kind, _ in desk.events].count("minerva:recall") == 1


def test_copies_follow_when_the_index_for_them_changes(desk: Desk) -> None:
    desk.released()
    desk.change("north", summary_index="s_new")
    desk.got(SERVICE, "rerelease")
    assert indexes(desk) == ["s_new", "s_north"]


def test_desks_and_alarms_name_an_institution_without_a_label_by_its_id(desk: Desk) -> None:
    for name in ("river", "north"):
        desk.change(name, label="")
    desk.released(level="L1", fields=["infrastructure"])
    found = desk.got(who("north"), "deconflict", identifier=PHONE, accept=True, **STATED)["inquiry_id"]
    desk.got(who("river"), "inquiry_answer", inquiry_id=found, accept=True, **STATED)
    (told,) = desk.got(who("north"), "inquiries")["inquiries"]
    assert told["desks"] == [{"tenant_id": "river", "label": "river", "contact": ""}]
    for number in range(budget.BURST + 1):
        desk.ask(who("north"), "deconflict", identifier=f"phone:+1415555{number:04d}", **STATED)
    (notice,) = [each for each in desk.got(who("desk"), "notices")["notices"] if each["what"] == "alarm"]
    assert notice["institution"] == "north"


def test_an_alarm_stands_in_the_audit_before_anybody_is_told(desk: Desk) -> None:
    for number in range(budget.BURST):
        desk.got(who("north"), "deconflict", identifier=f"phone:+1415555{number:04d}", **STATED)
    kept, desk.collections["audit"] = desk.collections["audit"], Refusing()
    with pytest.raises(OSError, match="no space"):
        desk.ask(who("north"), "deconflict", identifier=PHONE, **STATED)
    desk.collections["audit"] = kept
    assert [row for row in desk.rows("notices").values() if row["what"] == "alarm"] == []


def test_questions_of_today_are_counted_for_the_institution_and_for_each_user(desk: Desk) -> None:
    desk.released(level="L1", fields=["infrastructure"])
    for user, questions in (("ann", 1), ("ben", 2)):
        for _ in range(questions):
            desk.got(who("north", user=user), "deconflict", identifier=PHONE, **STATED)
    store = desk.store(who("north"))
    today, tomorrow = (replace(store, context=replace(store.context, now=now)) for now in (desk.now, desk.now + DAY))
    assert [budget.used_today(today, "north", user) for user in ("", "ann", "ben", "eve")] == [3, 1, 2, 0]
    assert budget.used_today(tomorrow, "north") == 0
