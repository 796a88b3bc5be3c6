"""Recall, expiry and the weekly re-release: what was given ends everywhere, and lives no longer than was meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from minerva import services
from tests.sharing.desk import DAY, SERVICE, STATED, Desk, who


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.marked()
    return made


def test_a_recall_takes_effect_at_once_and_tells_the_recipients(desk: Desk) -> None:
    grant = desk.released()
    share = desk.seen("north")[0]["share_id"]
    assert len(desk.standing("s_north")) == 1
    told = desk.got(who("river"), "recall", grant_id=grant, why="wrong person")
    assert (told["grant"]["state"], told["grant"]["ended"]["why"]) == ("recalled", "wrong person")
    assert told["tombstones"] == 1
    assert desk.seen("north") == []
    assert desk.ask(who("north"), "shared_item", share_id=share, **STATED) == (404, {"error": "not found"})
    assert desk.standing("s_north") == []
    notices = desk.got(who("north"), "notices")["notices"]
    assert [(each["what"], each["share_id"], each["owner"]) for each in reversed(notices)] in (
        [("released", share, "River"), ("recalled", share, "River")],
        [("recalled", share, "River"), ("released", share, "River")],
    )
    assert desk.ask(who("river"), "recall", grant_id=grant)[0] == 409


def test_a_recall_gives_no_notice_to_those_who_read_nothing(desk: Desk) -> None:
    grant = desk.released()
    desk.got(who("river"), "recall", grant_id=grant)
    for name in ("school", "bank", "west", "desk", "river"):
        assert desk.got(who(name), "notices")["notices"] == []


def test_notices_are_marked_seen_by_their_own_institution_only(desk: Desk) -> None:
    desk.released()
    (notice,) = desk.got(who("north"), "notices")["notices"]
    body = {"op": "seen", "notice_id": notice["notice_id"]}
    assert desk.ask(who("west"), "notices", **body)[0] == 404
    assert desk.got(who("north"), "notices", **body)["notices"][0]["seen"]


def test_copies_are_written_again_each_week_and_never_beyond_the_original_expiry(desk: Desk) -> None:
    desk.released(days=30)
    expiry = desk.events[0][2]["expires"]
    weeks = []
    for _ in range(40):
        desk.now += DAY
        weeks.append(desk.got(SERVICE, "rerelease"))
    assert [day for day, found in enumerate(weeks, 1) if found["copies"]] == [7, 14, 21, 28]
    assert [day for day, found in enumerate(weeks, 1) if found["expired"]] == [30]
    copies = [event for _, kind, event in desk.events if kind == "minerva:release"]
    assert {event["expires"] for event in copies} == {expiry}
    assert len({event["copy_id"] for event in copies}) == 1
    assert desk.standing("s_north") == []
    assert desk.got(who("river"), "grants")["grants"][0]["state"] == "expired"


def test_expiry_needs_no_re_release_to_hold(desk: Desk) -> None:
    desk.released(days=1)
    desk.now += DAY
    assert desk.seen("north") == []
    assert desk.standing("s_north") == []


def test_who_leaves_the_group_loses_the_copy_and_who_joins_gets_one(desk: Desk) -> None:
    desk.released()
    desk.regroup("ring", "river", "west")
    assert (len(desk.seen("north")), len(desk.seen("west"))) == (0, 1)
    assert desk.got(SERVICE, "rerelease") == {"copies": 1, "expired": 0}
    assert (len(desk.standing("s_north")), len(desk.standing("s_west"))) == (0, 1)
    desk.regroup("ring", "river", "north")
    desk.now += 1
    desk.got(SERVICE, "rerelease")
    assert (len(desk.standing("s_north")), len(desk.standing("s_west"))) == (1, 0)


@pytest.mark.parametrize("state", ["suspended", "retired"])
def test_a_suspended_owner_shares_nothing_and_a_suspended_reader_reads_nothing(desk: Desk, state: str) -> None:
    desk.released()
    desk.change("river", state=state)
    assert desk.seen("north") == []
    desk.change("river", state="active")
    desk.change("north", state=state)
    assert desk.ask(who("north"), "shared", **STATED) == (200, {"items": [], "limit": 50, "offset": 0})


def test_a_release_cut_short_before_its_copies_is_completed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = desk.got(
        who("river"), "propose", entity_id="e_1", to="ring", level="L3", fields=["infrastructure"], **STATED
    )["proposal"]
    store = desk.store(who("river"))

    def broken(*_: Any) -> None:
        raise OSError("the indexer is gone")

    with pytest.raises(OSError, match="indexer"):
        services.answer("release", {"proposal_id": proposal["proposal_id"]}, replace(store, write_event=broken))
    assert desk.events == []
    assert desk.got(SERVICE, "rerelease")["copies"] == 1


def test_a_recall_cut_short_still_hides_and_is_finished_by_the_next_re_release(desk: Desk) -> None:
    grant = desk.released()

    def broken(*_: Any) -> None:
        raise OSError("the indexer is gone")

    with pytest.raises(OSError, match="indexer"):
        services.answer("recall", {"grant_id": grant}, replace(desk.store(who("river")), write_event=broken))
    assert desk.seen("north") == []
    assert len(desk.standing("s_north")) == 1
    desk.got(SERVICE, "rerelease")
    assert desk.standing("s_north") == []


def test_an_owner_sees_the_state_of_each_grant(desk: Desk) -> None:
    first = desk.released()
    desk.now += 1
    desk.released(days=1)
    desk.got(who("river"), "recall", grant_id=first)
    desk.now += DAY
    desk.now += 1
    desk.released(to="pair")
    states = [grant["state"] for grant in desk.got(who("river"), "grants")["grants"]]
    assert states == ["live", "expired", "recalled"]
    assert len(desk.got(who("river"), "grants", live=True)["grants"]) == 1
    assert desk.got(who("north"), "grants")["grants"] == []


def test_an_end_is_logged_once_however_often_it_is_finished(desk: Desk) -> None:
    recalled = desk.released()
    desk.got(who("river"), "recall", grant_id=recalled)
    desk.now += 1
    desk.released(days=1)
    desk.now += DAY
    assert desk.got(who("river"), "grants")["grants"][0]["state"] == "expired"
    for _ in range(3):
        desk.got(SERVICE, "rerelease")
    changes = [row["change"] for row in desk.got(who("river"), "distribution")["changes"]]
    assert (changes.count("recalled"), changes.count("expired")) == (1, 1)
    assert len([event for _, kind, event in desk.events if kind == "minerva:recall"]) == 2


def test_what_is_no_proposal_to_share_is_not_released(desk: Desk) -> None:
    proposal = desk.got(who("river", "admin"), "propose", act="erase", entity_id="e_1")["proposal"]
    assert desk.ask(who("river", "admin"), "release", proposal_id=proposal["proposal_id"])[0] == 400


def test_who_joins_gets_a_copy_beside_those_that_stand(desk: Desk) -> None:
    desk.released()
    desk.regroup("ring", "river", "north", "west")
    assert desk.got(SERVICE, "rerelease")["copies"] == 1
    assert (len(desk.standing("s_north")), len(desk.standing("s_west"))) == (1, 1)


def test_a_group_that_is_gone_takes_its_copies_with_it(desk: Desk) -> None:
    desk.released(level="L4", legal_basis="statute")
    assert len(desk.standing("g_ring")) == 1
    desk.context = replace(desk.context, groups={})
    desk.got(SERVICE, "rerelease")
    assert desk.standing("g_ring") == []
    assert desk.seen("north") == []


def test_a_colleague_does_not_release_what_another_proposed(desk: Desk) -> None:
    body = {"entity_id": "e_1", "to": "ring", "level": "L3", "fields": ["infrastructure"], **STATED}
    proposal = desk.got(who("river"), "propose", **body)["proposal"]
    assert desk.ask(who("river", user="colleague"), "release", proposal_id=proposal["proposal_id"])[0] == 409
    assert desk.got(who("river"), "release", proposal_id=proposal["proposal_id"])["copies"] == 1


def test_two_handlers_release_a_proposal_once(desk: Desk) -> None:
    body = {"entity_id": "e_1", "to": "ring", "level": "L3", "fields": ["infrastructure"], **STATED}
    proposal = desk.got(who("river"), "propose", **body)["proposal"]["proposal_id"]
    desk.rows("proposals")[f"river:{proposal}\0used"] = {"_key": f"river:{proposal}\0used"}  # the other was first
    assert desk.ask(who("river"), "release", proposal_id=proposal)[0] == 409
    assert desk.events == []


def test_the_release_of_what_is_being_erased_is_ended_by_the_erasure_alone(desk: Desk) -> None:
    grant = desk.released()
    desk.rows("markings")["river:entity:e_1"]["erased"] = True
    assert desk.seen("north") == []
    assert desk.ask(who("river"), "recall", grant_id=grant)[0] == 404


def test_a_reader_whose_index_is_another_now_gets_its_copy_there(desk: Desk) -> None:
    desk.released()
    desk.change("north", summary_index="s_new")
    assert desk.got(SERVICE, "rerelease")["copies"] == 1
    assert len(desk.standing("s_new")) == 1
