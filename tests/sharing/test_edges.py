"""Cases at the edges of releasing and reading, each of which one condition of the code decides."""

from __future__ import annotations

import pytest

from tests.sharing.desk import DAY, PHONE, STATED, Desk, who


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
