"""Shares, grants and deconfliction over the API: who may, what is told, pages, budgets, keys."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.deconfliction.budget import BURST
from tests.partner.world import PHONE, STATED, World, person

PARTNER, ANALYST, ADMIN = person("northfield"), person("northfield", "analyst"), person("northfield", "admin")
READER, READERS_PROGRAM = person("riverbank", "analyst"), person("riverbank")
NOBODY = "0" * 16


@pytest.fixture
def world() -> World:
    made = World()
    made.link("northfield")
    return made


def test_a_lead_is_proposed_approved_released_read_and_recalled(world: World) -> None:
    entity = world.lead()
    proposal = world.proposed(entity, level="L4")
    assert proposal["preview"]["needs_approvals"] == 1
    path, yes = f"/proposals/{proposal['proposal_id']}", {"content_hash": proposal["content_hash"]}
    assert world.ask(ANALYST, "POST", f"{path}/release", {}, headers=STATED)[1]["code"] == "approval_needed"
    assert world.ask(ANALYST, "POST", f"{path}/approve", yes)[0] == 409
    assert world.ask(ADMIN, "POST", f"{path}/approve", {"content_hash": "0" * 64})[0] == 409
    assert world.ask(ADMIN, "POST", f"{path}/approve", yes)[1]["approved_by"] == ["northfield_admin"]
    grant = world.ask(ANALYST, "POST", f"{path}/release", {})[1]["grant"]["grant_id"]
    for reader in (READER, READERS_PROGRAM):
        (item,) = world.ask(reader, "GET", "/shared", headers=STATED)[1]["items"]
        assert PHONE in item["content"]["identifiers"]
        assert world.ask(reader, "GET", f"/shared/{item['share_id']}", headers=STATED) == (200, item)
    assert world.ask(person("harbor", "analyst"), "GET", "/shared", headers=STATED)[1]["items"] == []
    assert world.ask(ANALYST, "POST", f"/grants/{grant}/recall", {})[1]["grant"]["state"] == "recalled"
    assert world.ask(ANALYST, "POST", f"/grants/{grant}/recall", {})[0] == 409
    assert world.ask(READER, "GET", "/shared", headers=STATED)[1]["items"] == []
    assert world.ask(READER, "GET", f"/shared/{item['share_id']}", headers=STATED)[0] == 404
    assert [row["what"] for row in world.ask(READER, "GET", "/notices")[1]["notices"]].count("recalled") == 1
    assert world.ask(PARTNER, "GET", "/grants", query={"state": "live"})[1]["grants"] == []
    changes = world.ask(ADMIN, "GET", "/distribution")[1]["changes"]
    assert [row["change"] for row in changes] == ["recalled", "released", "marked"]


@pytest.mark.parametrize("place", [0, 1])
def test_a_recall_takes_away_its_own_share_alone(world: World, place: int) -> None:
    """Two releases of one moment: which is listed first is the chance of their ids."""
    grants = [world.released(entity) for entity in [world.lead()] * 2]
    before = world.ask(READER, "GET", "/shared", headers=STATED)[1]["items"]
    assert world.ask(ANALYST, "POST", f"/grants/{grants[place]}/recall", {})[0] == 200
    after = world.ask(READER, "GET", "/shared", headers=STATED)[1]["items"]
    assert (len(before), len(after), [item for item in after if item not in before]) == (2, 1, [])
    kept = after[0]["share_id"]
    found = {
        item["share_id"]: world.ask(READER, "GET", f"/shared/{item['share_id']}", headers=STATED)[0] for item in before
    }
    assert found == {**dict.fromkeys(found, 404), kept: 200}


def test_what_a_program_may_not_do_answers_as_absent(world: World) -> None:
    entity = world.lead()
    proposal, grant = world.proposed(entity, level="L4"), world.released(entity)
    terms = {"entity_id": entity, "to": "ring", "level": "L3", "fields": ["infrastructure"]}
    nobodys = world.reply(PARTNER, "GET", f"/entities/e_{NOBODY}", headers=STATED)
    for method, path, body in (
        ("POST", "/markings", {"entity_id": entity, "level": "L6"}), ("POST", "/proposals/preview", terms),
        ("POST", "/proposals", terms), ("GET", "/proposals", None), ("POST", f"/grants/{grant}/recall", {}),
        ("POST", f"/proposals/{proposal['proposal_id']}/approve", {"content_hash": proposal["content_hash"]}),
        ("POST", f"/proposals/{proposal['proposal_id']}/release", {}),
        ("POST", "/deconfliction/contact-desk", {"contact": "x"}),
    ):  # fmt: skip
        assert world.reply(PARTNER, method, path, body, headers=STATED) == nobodys, path


def test_a_recipient_reaches_nothing_that_is_the_owners(world: World) -> None:
    entity = world.lead()
    proposal, grant = world.proposed(entity, level="L4"), world.released(entity)
    notice = world.ask(READER, "GET", "/notices")[1]["notices"][0]["notice_id"]
    for standing in ("partner", "analyst", "admin"):
        asker = person("riverbank", standing)
        for path, owners, kind, body in (
            ("/proposals/{}/approve", proposal["proposal_id"], "p_", {"content_hash": proposal["content_hash"]}),
            ("/proposals/{}/release", proposal["proposal_id"], "p_", {}), ("/grants/{}/recall", grant, "g_", {}),
        ):  # fmt: skip
            here, nowhere = (
                world.reply(asker, "POST", path.format(name), body, headers=STATED) for name in (owners, kind + NOBODY)
            )
            assert (here, here.status) == (nowhere, 404)
        for path, name in (("/grants", "grants"), ("/distribution", "changes")):
            assert world.ask(asker, "GET", path)[1][name] == []
    assert world.ask(ANALYST, "POST", f"/notices/{notice}/seen", {})[0] == 404


@pytest.mark.parametrize("kind", ["grants", "shared", "proposals", "notices", "distribution", "inquiries"])
def test_pages_give_every_row_once_in_order(world: World, kind: str) -> None:
    entity = world.lead()
    phones = ["phone:+14155550123", "email:jen@mail.example"]
    for number in range(5):
        world.now += number % 2  # some of one moment
        world.released(entity)
        world.proposed(entity)
    for phone in phones:
        world.ask(READER, "POST", "/deconfliction", {"identifier": phone}, headers=STATED)
    paths = {"inquiries": "/deconfliction/inquiries"}
    names = {"shared": "items", "distribution": "changes"}
    asker = READER if kind in ("shared", "notices", "inquiries") else ANALYST

    def page(limit: int, cursor: str | None = None) -> dict[str, Any]:
        query = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        status, found = world.ask(asker, "GET", paths.get(kind, f"/{kind}"), query=query, headers=STATED)
        assert status == 200
        return dict(found)

    whole, name = page(1000), names.get(kind, kind)
    seen, cursor = [], None
    while True:
        part = page(1 if kind == "inquiries" else 2, cursor)
        seen += part[name]
        cursor = part["next_cursor"]
        if cursor is None:
            break
        assert "northfield" not in cursor
    assert whole["next_cursor"] is None
    assert seen == whole[name]
    assert len(seen) >= (2 if kind == "inquiries" else 5)


def test_a_match_puts_two_desks_in_touch_once_both_say_yes(world: World) -> None:
    world.released(world.lead())
    world.ask(ADMIN, "POST", "/deconfliction/contact-desk", {"contact": "desk@northfield.example"})
    asked = world.ask(READERS_PROGRAM, "POST", "/deconfliction", {"identifier": PHONE}, headers=STATED)[1]
    assert (asked["hit"], asked["left_today"]) == (True, 199)
    path = f"/deconfliction/inquiries/{asked['inquiry_id']}/answer"
    assert world.ask(READERS_PROGRAM, "POST", path, {"accept": True}, headers=STATED)[0] == 404
    assert world.ask(READER, "POST", path, {"accept": True}, headers=STATED)[1]["desks"] == []
    assert world.ask(ANALYST, "POST", path, {"accept": True}, headers=STATED)[0] == 200
    (inquiry,) = world.ask(READER, "GET", "/deconfliction/inquiries")[1]["inquiries"]
    assert [desk["contact"] for desk in inquiry["desks"]] == ["desk@northfield.example"]


def test_a_used_up_budget_says_when_to_ask_again(world: World) -> None:
    replies = [
        world.reply(READER, "POST", "/deconfliction", {"identifier": f"phone:+141555501{number:02d}"}, headers=STATED)
        for number in range(BURST + 1)
    ]
    assert [reply.status for reply in replies] == [200] * BURST + [429]
    assert (json.loads(replies[-1].payload)["code"], replies[-1].headers["Retry-After"]) == ("over_budget", "60")
    assert world.entries()[-1]["outcome"] == "over_budget"


def test_a_question_sent_again_under_its_key_is_not_counted_twice(world: World) -> None:
    headers = {**STATED, "idempotency-key": "question-0001"}
    first = world.ask(READER, "POST", "/deconfliction", {"identifier": PHONE}, headers=headers)
    assert world.ask(READER, "POST", "/deconfliction", {"identifier": PHONE}, headers=headers) == first
    other = world.ask(READER, "POST", "/deconfliction", {"identifier": PHONE}, headers=STATED)[1]
    assert (first[1]["left_today"], other["left_today"]) == (199, 198)


def test_an_answer_that_is_kept_holds_nothing_of_the_object(world: World) -> None:
    entity = world.lead()
    headers = {**STATED, "idempotency-key": "proposal-0001"}
    body = {"entity_id": entity, "to": "ring", "level": "L3", "fields": ["infrastructure"]}
    made = world.ask(ANALYST, "POST", "/proposals", body, headers=headers)[1]
    yes = {"content_hash": made["content_hash"]}
    key = {"idempotency-key": "approval-0001"}
    assert world.ask(ADMIN, "POST", f"/proposals/{made['proposal_id']}/approve", yes, headers=key)[0] == 200
    assert len(world.own["api_answers"].rows) == 2
    kept = json.dumps(list(world.own["api_answers"].rows.values()))
    assert [word for word in (PHONE, "jen@mail", "Jen Doe") if word in kept] == []
    listed = world.ask(ADMIN, "GET", "/proposals")[1]["proposals"][0]
    assert PHONE in json.dumps(listed["preview"]["content"])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", "/shared", None), ("POST", "/deconfliction", {"identifier": PHONE})], ids=["read", "ask"],
)  # fmt: skip
def test_what_concerns_others_needs_purpose_and_case(world: World, method: str, path: str, body: Any) -> None:
    status, problem = world.ask(READER, method, path, body)
    assert (status, problem["code"], problem["field"]) == (400, "circumstances_missing", "Minerva-Purpose")
    only = {"minerva-purpose": "investigation"}
    assert world.ask(READER, method, path, body, headers=only)[1]["field"] == "Minerva-Case"
