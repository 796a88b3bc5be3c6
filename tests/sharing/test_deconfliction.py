"""Deconfliction: one bit by the rules of both sides, desks once both accept, budgets, counts that tell of nobody."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from dataclasses import replace
from typing import Any

import pytest

from minerva.deconfliction import budget
from minerva.sharing.tokens import DECOY
from minerva.tenancy.asking import OverBudget
from tests.sharing.desk import DAY, EMAIL, PHONE, SERVICE, STATED, Desk, who

OTHER = "phone:+14155550199"


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.marked()
    made.released(level="L1", fields=["infrastructure"])
    return made


def asked(desk: Desk, identifier: str = PHONE, name: str = "north", **body: Any) -> tuple[int, dict[str, Any]]:
    return desk.ask(who(name), "deconflict", identifier=identifier, **{**STATED, **body})


def test_a_blind_match_is_one_bit_and_no_copy(desk: Desk) -> None:
    hit, miss = asked(desk)[1], asked(desk, OTHER)[1]
    assert (hit["hit"], miss["hit"], miss["inquiry_id"]) == (True, False, None)
    assert set(hit) == set(miss) == {"hit", "inquiry_id", "left_today"}
    assert desk.events == []
    assert desk.seen("north") == []


@pytest.mark.parametrize("identifier", ["phone:+1 (415) 555-0123", "email:JEN@mail.example", PHONE, EMAIL])
def test_every_spelling_is_the_same_question(desk: Desk, identifier: str) -> None:
    assert asked(desk, identifier)[1]["hit"]


def rows_of_tokens(desk: Desk) -> list[Any]:
    """The rows of what was released, without the decoys."""
    return [row for key, row in desk.rows("tokens").items() if not key.startswith(DECOY)]


def test_tokens_of_two_groups_have_nothing_in_common_and_hold_no_identifier(desk: Desk) -> None:
    desk.released(level="L1", to="pair", fields=["infrastructure"])
    tokens = [(row["audience"], row["token"]) for row in rows_of_tokens(desk)]
    assert len({token for _, token in tokens}) == len(tokens) == 4
    assert "0123" not in json.dumps(list(desk.rows("tokens").items()))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"match": "none"}, "river"), ({"state": "suspended"}, "river"), ({"profile": "unheard of"}, "river"),
    ],
    ids=["match off at holder", "holder suspended", "holder of an unknown profile"],
)  # fmt: skip
def test_the_holders_rule_turns_a_hit_into_a_miss(desk: Desk, change: dict[str, Any], name: str) -> None:
    miss = asked(desk, OTHER)[1]
    desk.change(name, **change)
    assert asked(desk)[1] == {**miss, "left_today": miss["left_today"] - 1}


def test_an_institution_that_allows_no_match_may_not_ask(desk: Desk) -> None:
    desk.change("north", match="none")
    assert asked(desk) == asked(desk, OTHER)
    assert asked(desk)[0] == 400


@pytest.mark.parametrize("name", ["bank", "west", "school", "desk"])
def test_outside_the_group_there_is_never_a_hit(desk: Desk, name: str) -> None:
    foreign, absent = asked(desk, name=name)[1], asked(desk, OTHER, name=name)[1]
    assert (foreign["hit"], absent["hit"]) == (False, False)
    assert foreign["inquiry_id"] == absent["inquiry_id"]


def test_own_releases_are_no_hit(desk: Desk) -> None:
    assert not asked(desk, name="river")[1]["hit"]


def test_a_recall_an_expiry_and_a_lower_marking_end_it(desk: Desk) -> None:
    desk.got(who("river"), "mark", entity_id="e_1", level="L0", **STATED)
    assert not asked(desk)[1]["hit"]
    desk.got(who("river"), "mark", entity_id="e_1", level="L6", **STATED)
    assert asked(desk)[1]["hit"]
    (grant,) = desk.got(who("river"), "grants")["grants"]
    desk.got(who("river"), "recall", grant_id=grant["grant_id"])
    assert not asked(desk)[1]["hit"]
    assert {row["tenant_id"] for row in desk.rows("tokens").values()} == {""}  # decoys
    desk.released(level="L1", fields=["infrastructure"], days=1)
    assert asked(desk)[1]["hit"]
    desk.now += DAY
    assert not asked(desk)[1]["hit"]


@pytest.mark.parametrize(
    "identifier", ["age:19", "postcode:12345", "domain:mail.example", "price:100 USD", "fax:1", "x"]
)
def test_weak_identifiers_are_refused_and_cost_nothing(desk: Desk, identifier: str) -> None:
    status, payload = asked(desk, identifier)
    assert status == 400
    assert payload["error"].startswith("identifier: too many people share one of this kind")
    assert desk.rows("budgets") == {}


def test_the_hash_of_an_image_is_matched_however_it_is_written(desk: Desk) -> None:
    desk.entity(entity_id="e_2", identifiers=["image:" + "ab" * 16])
    desk.got(who("river"), "mark", entity_id="e_2", level="L1", **STATED)
    desk.released(entity_id="e_2", level="L1", fields=["infrastructure"])
    assert asked(desk, "image:" + "AB" * 16)[1]["hit"]


def test_desks_are_told_once_both_sides_accepted(desk: Desk) -> None:
    desk.got(who("river", "admin"), "contact_desk", op="set", contact="desk@river.example")
    desk.got(who("north", "admin"), "contact_desk", op="set", contact="desk@north.example")
    inquiry = asked(desk)[1]["inquiry_id"]
    (notice,) = desk.got(who("river"), "notices")["notices"]
    assert (notice["what"], notice["inquiry_id"], notice["object_id"]) == ("match", inquiry, "e_1")
    assert "north" not in json.dumps(notice).lower()
    yes = {"inquiry_id": inquiry, "accept": True, **STATED}
    assert desk.got(who("river"), "inquiry_answer", **yes)["inquiry"]["desks"] == []
    (mine,) = desk.got(who("north"), "inquiries")["inquiries"]
    assert (mine["role"], mine["desks"]) == ("asker", [])
    assert "river" not in json.dumps(mine).lower()
    told = desk.got(who("north"), "inquiry_answer", **yes)["inquiry"]
    assert told["desks"] == [{"tenant_id": "river", "label": "River", "contact": "desk@river.example"}]
    (theirs,) = desk.got(who("river"), "inquiries")["inquiries"]
    assert theirs["desks"] == [{"tenant_id": "north", "label": "North", "contact": "desk@north.example"}]
    assert {notice["what"] for notice in desk.got(who("north"), "notices")["notices"]} == {"accepted"}


def test_saying_yes_at_once_and_again_tells_once_and_stands_in_both_logs(desk: Desk) -> None:
    inquiry = asked(desk, accept=True)[1]["inquiry_id"]
    for accept in (False, True, True):
        told = desk.got(who("river"), "inquiry_answer", inquiry_id=inquiry, accept=accept, **STATED)["inquiry"]
        assert [each["label"] for each in told["desks"]] == (["North"] if accept else [])
    for name in ("north", "river"):
        notices = [each["what"] for each in desk.got(who(name), "notices")["notices"]]
        assert notices.count("accepted") == 1
    changes = [row["change"] for row in desk.got(who("river"), "distribution")["changes"]][:3]
    assert changes == ["match_accepted", "match_accepted", "match_declined"]


def test_an_inquiry_ends_after_two_weeks(desk: Desk) -> None:
    inquiry = asked(desk)[1]["inquiry_id"]
    desk.now += 14 * DAY - 1
    yes = {"inquiry_id": inquiry, "accept": True, **STATED}
    assert desk.ask(who("river"), "inquiry_answer", **yes)[0] == 200
    desk.now += 1
    assert desk.ask(who("river"), "inquiry_answer", **yes)[0] == 409
    del desk.rows("inquiries")[inquiry]
    assert desk.got(who("river"), "inquiries")["inquiries"][0]["desks"] == []


def test_a_question_over_budget_is_refused_in_the_audit_too(desk: Desk) -> None:
    for number in range(budget.USER_DAY + 1):
        desk.now += 10
        asked(desk, f"phone:+1415555{number:04d}")
    entries = desk.got(who("north", "admin"), "audit", limit=2)["entries"]
    assert [entry["outcome"] for entry in entries if entry["operation"] == "deconflict"] == ["over_budget", "permit"]


@pytest.mark.parametrize(
    ("operation", "body", "words"),
    [
        ("contact_desk", {"op": "set", "contact": "x" * 301}, "contact: expected text of at most 300"),
        ("inquiry_answer", {"inquiry_id": "INQUIRY", "accept": "yes", **STATED}, "accept: expected true or false"),
        ("contact_desk", {"op": "remove"}, "op: expected get or set"),
        ("deconflict", {"identifier": PHONE, "accept": "yes", **STATED}, "accept: expected true or false"),
        ("deconflict", {"identifier": PHONE, "group_id": "far", **STATED}, "group_id: expected a group of your"),
        ("deconflict", {"identifier": PHONE}, "purpose, case: needed"),
        ("inquiries", {"limit": 0}, "limit: expected a whole number"),
    ],
)
def test_wrong_questions_are_explained(desk: Desk, operation: str, body: dict[str, Any], words: str) -> None:
    asker = who("north", "admin") if body.get("op") == "set" else who("north")
    body = {**body, "inquiry_id": asked(desk)[1]["inquiry_id"]} if "inquiry_id" in body else body
    status, payload = desk.ask(asker, operation, **body)
    assert (status, payload["error"][: len(words)]) == (400, words)


def test_a_question_in_one_group_stays_in_it(desk: Desk) -> None:
    assert asked(desk, group_id="ring")[1]["hit"]
    assert not asked(desk, group_id="pair")[1]["hit"]
    assert not asked(desk, group_id="*community")[1]["hit"]


def test_the_contact_desk_is_read_by_all_of_an_institution_and_set_by_its_administrators(desk: Desk) -> None:
    assert desk.ask(who("north"), "contact_desk", op="set", contact="desk@north.example")[0] == 404
    assert desk.got(who("north"), "contact_desk")["contact"] == ""
    desk.got(who("north", "admin"), "contact_desk", op="set", contact="x" * 300)
    desk.got(who("north", "admin"), "contact_desk", op="set", contact="desk@north.example")
    for standing in ("analyst", "partner", "admin"):
        assert desk.got(who("north", standing), "contact_desk") == {"contact": "desk@north.example"}


def test_a_holder_sees_which_release_was_met(desk: Desk) -> None:
    asked(desk)
    (theirs,) = desk.got(who("river"), "inquiries")["inquiries"]
    (grant,) = desk.got(who("river"), "grants")["grants"]
    assert (theirs["role"], theirs["object_id"], theirs["grant_id"]) == ("holder", "e_1", grant["grant_id"])
    (mine,) = desk.got(who("north"), "inquiries")["inquiries"]
    assert {"object_id", "grant_id", "what"}.isdisjoint(mine)


@pytest.mark.parametrize("used", [budget.USER_DAY - 1, budget.USER_DAY])
def test_the_last_place_is_given_once_whoever_looked_before(desk: Desk, used: int) -> None:
    store = desk.store(who("north"))
    name = budget._names(store, "north")[0]
    desk.rows("budgets")["x"] = {"_key": "x", "who": name, "day": 0, "number": used - 1, "time": 0.0}
    if used < budget.USER_DAY:
        assert budget.spend(store, "north") == 0
    else:
        with pytest.raises(OverBudget):
            budget.spend(store, "north")


def test_tokens_are_made_where_somebody_may_match_and_with_the_audiences_key() -> None:
    desk = Desk()
    desk.marked()
    desk.released(level="L2", fields=["infrastructure"])
    assert desk.rows("tokens") == {}
    desk.released(level="L5", to="*everyone", fields=["infrastructure"])
    assert {row["audience"] for row in rows_of_tokens(desk)} == {"*community"}
    key = hashlib.sha256(b"match_community").digest()
    made = {hmac.new(key, name.encode(), "sha256").hexdigest()[:32] for name in (PHONE, EMAIL)}
    assert {row["token"] for row in rows_of_tokens(desk)} == made
    assert asked(desk, name="bank")[1]["hit"]


def test_who_holds_it_too_learns_of_the_other(desk: Desk) -> None:
    desk.marked("north")
    desk.released("north", level="L1", fields=["infrastructure"])
    assert asked(desk)[1]["hit"]
    assert asked(desk, name="river")[1]["hit"]
    (mine, theirs) = desk.got(who("north"), "inquiries")["inquiries"]
    assert {mine["role"], theirs["role"]} == {"asker", "holder"}


def test_a_desk_of_an_institution_that_is_gone_has_its_id_for_a_name(desk: Desk) -> None:
    inquiry = asked(desk, accept=True)[1]["inquiry_id"]
    desk.got(who("river"), "inquiry_answer", inquiry_id=inquiry, accept=True, **STATED)
    tenants = {name: tenant for name, tenant in desk.context.tenants.items() if name != "river"}
    desk.context = replace(desk.context, tenants=tenants)
    assert desk.got(who("north"), "inquiries")["inquiries"][0]["desks"][0]["label"] == "river"


def test_the_audit_tells_a_hit_from_a_miss_and_whose_it_was(desk: Desk) -> None:
    asked(desk)
    asked(desk, OTHER)
    miss, hit = (
        entry for entry in desk.got(who("north", "admin"), "audit")["entries"] if entry["operation"] == "deconflict"
    )
    assert (hit["rows"], miss["rows"]) == (1, 0)
    assert (hit["tenants"], miss["tenants"]) == (["north", "river"], ["north"])


def test_a_token_whose_release_is_gone_is_a_miss(desk: Desk) -> None:
    desk.rows("grants").clear()
    assert not asked(desk)[1]["hit"]


def test_a_program_asks_but_does_not_accept(desk: Desk) -> None:
    body = {"identifier": PHONE, **STATED}
    assert desk.ask(who("north", "partner"), "deconflict", **body)[0] == 200
    assert desk.ask(who("north", "partner"), "deconflict", accept=True, **body)[0] == 400
    assert desk.ask(who("north", "admin"), "deconflict", **body)[0] == 404


def test_a_no_keeps_both_apart(desk: Desk) -> None:
    inquiry = asked(desk, accept=True)[1]["inquiry_id"]
    desk.got(who("river"), "inquiry_answer", inquiry_id=inquiry, accept=False, **STATED)
    assert [each["desks"] for name in ("north", "river") for each in desk.got(who(name), "inquiries")["inquiries"]] == [
        [], [],
    ]  # fmt: skip


def test_nobody_answers_for_others_and_a_strangers_inquiry_is_absent(desk: Desk) -> None:
    inquiry = asked(desk)[1]["inquiry_id"]
    body = {"accept": True, **STATED}
    foreign = desk.ask(who("west"), "inquiry_answer", inquiry_id=inquiry, **body)
    assert foreign == desk.ask(who("west"), "inquiry_answer", inquiry_id="q_0", **body) == (404, {"error": "not found"})
    assert desk.got(who("west"), "inquiries")["inquiries"] == []
    assert desk.ask(who("river", "partner"), "inquiry_answer", inquiry_id=inquiry, **body)[0] == 404


def test_a_recall_takes_the_holders_side_out(desk: Desk) -> None:
    inquiry = asked(desk, accept=True)[1]["inquiry_id"]
    (grant,) = desk.got(who("river"), "grants")["grants"]
    desk.got(who("river"), "recall", grant_id=grant["grant_id"])
    assert desk.ask(who("river"), "inquiry_answer", inquiry_id=inquiry, accept=True, **STATED)[0] == 404
    assert desk.got(who("north"), "inquiries")["inquiries"][0]["desks"] == []


def test_one_inquiry_hides_how_many_hold_it(desk: Desk) -> None:
    before = asked(desk)[1]
    desk.regroup("ring", "north", "river", "west")
    desk.marked("west")
    desk.released("west", level="L1", fields=["infrastructure"])
    after = asked(desk)[1]
    assert after == {**before, "left_today": before["left_today"] - 1}
    (inquiry,) = desk.got(who("north"), "inquiries")["inquiries"]
    assert "desks" in inquiry
    assert set(inquiry) == {"inquiry_id", "time", "expires", "of", "role", "accepted", "desks"}


def test_questions_stop_at_the_days_budget_and_start_again_the_next(desk: Desk) -> None:
    for number in range(budget.USER_DAY):
        desk.now += 10
        status, payload = asked(desk, f"phone:+1415555{number:04d}")
        assert (status, payload["left_today"]) == (200, budget.USER_DAY - number - 1)
    assert asked(desk)[0] == 429
    assert asked(desk)[1]["retry_after_s"] > 0
    other = desk.ask(who("north", user="nils"), "deconflict", identifier=PHONE, **STATED)
    assert other[0] == 200
    desk.now += DAY
    assert asked(desk)[0] == 200


def test_an_institutions_budget_is_for_all_of_its_users(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "TENANT_DAY", 5)
    found = [
        desk.ask(who("north", user=f"user{number}"), "deconflict", identifier=PHONE, **STATED)[0] for number in range(7)
    ]
    assert found == [200] * 5 + [429] * 2


def test_a_burst_is_stopped_and_both_institution_and_operator_are_told_once(desk: Desk) -> None:
    found = [asked(desk, f"phone:+1415555{number:04d}")[0] for number in range(budget.BURST + 5)]
    assert found == [200] * budget.BURST + [429] * 5
    for name, key in (("north", "user"), ("desk", "institution")):
        notices = [each for each in desk.got(who(name), "notices")["notices"] if each["what"] == "alarm"]
        assert [each[key] for each in notices] == ["north_analyst" if key == "user" else "North"]
    for name in ("river", "west", "bank", "school"):
        assert "alarm" not in [each["what"] for each in desk.got(who(name), "notices")["notices"]]
    desk.now += budget.BURST_S + 1
    assert asked(desk)[0] == 200


def test_two_handlers_cannot_take_the_same_place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = budget._used  # a handler that read before the other wrote
    answers = iter([0, 0])
    asked(desk)
    monkeypatch.setattr(budget, "_used", lambda store, who: next(answers, None) or stale(store, who))
    assert asked(desk)[1]["left_today"] == budget.USER_DAY - 2
    assert len([row for row in desk.rows("budgets").values() if row["who"].startswith("t:")]) == 2


def counted(desk: Desk, how_many: int, name: str = "river", **changes: Any) -> None:
    for number in range(how_many):
        entity_id = desk.entity(name, f"e_{name}{number}", **changes)
        desk.got(who(name), "mark", entity_id=entity_id, level="L2", **STATED)
        desk.released(name, level="L2", to="*community", entity_id=entity_id)


def test_counts_come_from_eleven_on_and_are_not_exact() -> None:
    desk = Desk()
    counted(desk, 10)
    desk.got(SERVICE, "publish_counts")
    assert desk.got(who("north"), "counts")["cubes"] == {}
    desk.now += 7 * DAY
    counted(desk, 60)
    desk.got(SERVICE, "publish_counts")
    cubes = desk.got(who("north"), "counts")["cubes"]
    assert set(cubes) >= {"record_type", "size"}
    assert all(count >= 11 for cells in cubes.values() for count in cells.values())
    assert desk.got(who("bank"), "counts")["cubes"] == cubes
    assert desk.got(who("river"), "counts")["cubes"] == {}  # nothing in it is others'


def test_counts_are_published_once_a_week_by_the_service() -> None:
    desk = Desk()
    assert desk.ask(who("north"), "publish_counts")[0] == 404
    counted(desk, 60)
    first = desk.got(SERVICE, "publish_counts")
    before = desk.got(who("north"), "counts")["cubes"]
    counted(desk, 20, "west")
    assert desk.got(SERVICE, "publish_counts") == first
    assert desk.got(who("north"), "counts")["cubes"] == before
    desk.now += 7 * DAY
    desk.got(SERVICE, "publish_counts")
    assert desk.got(who("north"), "counts")["cubes"] != before


def test_a_group_of_others_is_as_unknown_as_any() -> None:
    desk = Desk()
    assert desk.ask(who("north"), "counts", group_id="far") == desk.ask(who("north"), "counts", group_id="moon")
    assert desk.ask(who("north"), "counts", group_id="far")[0] == 400


class Counting:
    """A collection that writes down what it is asked, for how many documents, and the signs that it gives back."""

    def __init__(self, inner: Any, name: str, asked: list[tuple[str, ...]], given: list[int]) -> None:
        self._inner, self._name, self._asked, self._given = inner, name, asked, given

    def __getattr__(self, method: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            size = len(given[0]) if method == "get_many" else ""
            self._asked.append((self._name, method, str(size)))
            back = getattr(self._inner, method)(*given, **named)
            self._given.append(len(json.dumps(back)))
            return back

        return call


def requests_of(desk: Desk, identifier: str, given: list[int] | None = None) -> list[tuple[str, ...]]:
    """What a question asks of the store; `given` takes the signs of each answer."""
    plain, found, back = desk.collections, list[tuple[str, ...]](), [] if given is None else given
    desk.collections = {name: Counting(each, name, found, back) for name, each in plain.items()}
    try:
        assert asked(desk, identifier)[0] == 200
    finally:
        desk.collections = plain
    return found


HIDDEN = {
    "match off at holder": {"match": "none"}, "holder suspended": {"state": "suspended"},
    "holder of an unknown profile": {"profile": "unheard of"}, "expired": {}, "gone": {}, "marked down": {},
}  # fmt: skip


@pytest.mark.parametrize("why", HIDDEN)
def test_what_the_rules_hide_costs_and_leaves_what_nobody_holds_does(desk: Desk, why: str) -> None:
    if why == "gone":
        desk.rows("grants").clear()
    made_to_hide(desk, why)
    asked(desk, OTHER)
    assert requests_of(desk, PHONE) == requests_of(desk, OTHER)
    hidden, absent = desk.got(who("north", "admin"), "audit")["entries"][1::-1]
    told = ("operation", "outcome", "reason", "tenants", "rows")
    assert [hidden[key] for key in told] == [absent[key] for key in told] == ["deconflict", "permit", "", ["north"], 0]


def made_to_hide(desk: Desk, why: str) -> None:
    desk.change("river", **HIDDEN[why])
    if why == "expired":
        desk.now += 400 * DAY
    elif why == "marked down":
        desk.got(who("river"), "mark", entity_id="e_1", level="L0", **STATED)


def calls_of(desk: Desk, identifier: str) -> int:
    """How many functions of Minerva a question calls: work, without a clock."""
    count = 0

    def counted(frame: Any, event: str, _: Any) -> None:
        nonlocal count
        count += event == "call" and "minerva" in frame.f_code.co_filename

    sys.setprofile(counted)
    try:
        assert asked(desk, identifier)[1]["hit"] is False
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("why", sorted({*HIDDEN} - {"gone"}))
def test_what_the_rules_hide_is_as_much_work_as_what_nobody_holds(why: str) -> None:
    desk, numbers = Desk(), [f"phone:+1415555{number}" for number in range(1000, 1400)]
    desk.entity(identifiers=[PHONE, *numbers])
    desk.got(who("river"), "mark", entity_id="e_1", level="L6", **STATED)
    desk.released(level="L1", fields=["infrastructure"])
    made_to_hide(desk, why)
    asked(desk, OTHER)
    hidden, absent = list[int](), list[int]()
    assert requests_of(desk, PHONE, hidden) == requests_of(desk, OTHER, absent)
    assert sum(hidden) == pytest.approx(sum(absent), rel=0.1)
    assert calls_of(desk, PHONE) == pytest.approx(calls_of(desk, OTHER), rel=0.05)


def test_one_holder_costs_the_requests_that_two_do(desk: Desk) -> None:
    asked(desk, OTHER)
    alone = requests_of(desk, PHONE)
    desk.rows("inquiries").clear()
    desk.regroup("ring", "north", "river", "west")
    desk.marked("west")
    desk.released("west", level="L1", fields=["infrastructure"])
    both = requests_of(desk, PHONE)
    plain = [(name, method) for name, method, size in both if name != "audit"]
    assert [(name, method) for name, method, size in alone if name != "audit"] == plain
