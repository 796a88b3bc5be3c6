"""What people wrote of somebody whose data is erased: in no collection is the name or number left."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.audit import Ledger, verify
from tests.sharing.desk import PHONE, SERVICE, STATED, Desk, who

RUTH, RITA, SECOND = who("river"), who("river", "admin"), who("river", "admin", "second")
A, B, C, D = (letter * 32 for letter in "abcd")
ERASED, OTHER = "e_00000000000000aa", "e_00000000000000bb"
NAME = "Mara Quist"
WORDS = f"{NAME} said so on (415) 555-0123"
CHAIN = {
    "name": WORDS, "as_of": "2026-01-01", "policy": [{"name": "a check", "finds": ["x"], "before_hire": True}],
    "locations": [{"location": "one", "label": WORDS}, {"location": "two", "label": "Harbor road"}],
}  # fmt: skip
SCORE: dict[str, Any] = {
    "tenant_id": "river", "kind": "score", "establishment_id": "b_1", "sector": "massage", "entity_ids": [OTHER],
    "reasons": [], "unknown": [], "score": 10, "run": 1,
}  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.change("river", region="US")
    made.entity("river", ERASED, names=[NAME], identifiers=[PHONE])
    made.entity("river", OTHER, names=["Harbor Spa"], records=[C, D], joins=[],
                identifiers=["email:spa@mail.example"])  # fmt: skip
    members = [{"member": name, "entity_id": OTHER, "kind": "record"} for name in (C, D)]
    made.got(SERVICE, "save", tenant_id="river", members=members)
    made.collections["risk"].batch_save([{"_key": "river:b_1", **SCORE}])
    return made


def written(desk: Desk) -> None:
    """Says it everywhere where a person may say something, of others than the one who is erased."""
    desk.got(RUTH, "judgements", op="add", a=C, b=D, verdict="same", why=WORDS)
    desk.got(RUTH, "judgements", op="take_back", a=C, b=D, why="not so")
    desk.got(RUTH, "screening", op="add", chain=CHAIN)
    desk.got(RUTH, "risk_label", establishment_id="b_1", outcome="cleared", why=WORDS)
    desk.got(RUTH, "risk_label", establishment_id="b_1", outcome="open", why="look again")
    desk.got(RUTH, "mark", entity_id=OTHER, level="L6", why=WORDS, consent=WORDS, **STATED)
    desk.got(RUTH, "mark", entity_id=OTHER, level="L5", why="less", **STATED)
    desk.got(RUTH, "vault_add", identity={"names": ["Ann Other"], "identifiers": ["phone:+14155550177"]}, consent=WORDS,
             **STATED)  # fmt: skip
    told = {"entity_id": OTHER, "to": "ring", "level": "L3", "fields": ["infrastructure", "statistics"], **STATED}
    proposal = desk.got(RUTH, "propose", **told, why=WORDS)["proposal"]
    for number in range(proposal["preview"]["needs_approvals"]):
        yes = {key: proposal[key] for key in ("proposal_id", "content_hash")}
        desk.got(who("river", "admin", f"second{number}"), "approve", **yes, why=WORDS)
    desk.got(RUTH, "release", proposal_id=proposal["proposal_id"])
    desk.got(RITA, "hold", entity_id=OTHER, why=WORDS)
    again = desk.got(RUTH, "propose", **told, why=WORDS)["proposal"]
    desk.got(RITA, "refuse", proposal_id=again["proposal_id"], why=WORDS)
    hit = {"identifier": "email:spa@mail.example", "records": 1, "note": WORDS}
    desk.got(SERVICE, "alert", tenant_id="river", hits=[hit])


def left(desk: Desk) -> list[str]:
    """Collections that hold the name or the number."""
    texts = {name: json.dumps(list(desk.rows(name).values()), ensure_ascii=False) for name in desk.collections}
    return sorted(name for name, text in texts.items() if NAME in text or "555-0123" in text or PHONE in text)


def test_nothing_that_people_wrote_names_who_was_erased(desk: Desk) -> None:
    written(desk)
    assert {"judgements", "risk", "markings", "grants", "proposals", "alerts", "vault", "notices"} <= set(left(desk))
    certificate = desk.got(RITA, "erase", entity_id=ERASED, why=f"asked by {NAME}", **STATED)["certificate"]
    assert left(desk) == []
    assert NAME not in json.dumps(certificate)
    assert {
        "judgements",
        "risk",
        "markings",
        "grants",
        "proposals",
        "alerts",
        "vault",
        "notices",
        "distribution",
    } <= set(certificate["emptied"])
    assert NAME not in json.dumps(desk.got(RITA, "erasures"))


def test_a_report_of_screening_stays_but_for_the_words(desk: Desk) -> None:
    desk.got(RUTH, "screening", op="add", chain=CHAIN)
    desk.got(RITA, "erase", entity_id=ERASED, why="asked for", **STATED)
    (row,) = desk.got(RUTH, "screening")["screenings"]
    whole = desk.got(RUTH, "screening", op="get", screening_id=row["screening_id"])["screening"]
    assert NAME not in json.dumps(whole)
    assert "Harbor road" in whole["report"]
    assert whole["figures"]["steps"][0]["step"] == "a check"


def test_the_log_of_distribution_still_hangs_together_and_words_of_old_entries_are_not_given_out(desk: Desk) -> None:
    written(desk)
    rows = desk.rows("distribution")
    old = [row for _, row in sorted(rows.items()) if row["kind"] == "entry"]
    desk.got(RITA, "erase", entity_id=ERASED, why="asked for", **STATED)
    changes = desk.got(RUTH, "distribution")["changes"]
    assert {"proposal", "marked", "released"} & {each["change"] for each in changes}
    assert NAME not in json.dumps(changes)
    assert "less" in {each.get("why") for each in changes}
    after = [row for _, row in sorted(desk.rows("distribution").items())]
    assert verify(after).broken is None
    assert [row["hash"] for row in after if row["kind"] == "entry"][: len(old)] == [row["hash"] for row in old]


def test_an_entry_that_holds_words_in_its_hash_is_counted_and_not_given_out(desk: Desk) -> None:
    store = desk.store(RUTH)
    Ledger(desk.collections["distribution"], store.secret("distribution")).append(
        "river", {"time": 1, "operation": "distribution", "change": "marked", "why": WORDS, "by": "ruth"}
    )
    certificate = desk.got(RITA, "erase", entity_id=ERASED, why="asked for", **STATED)["certificate"]
    assert certificate["kept"] == {"distribution": 1}
    assert NAME not in json.dumps(desk.got(RUTH, "distribution"))


def test_what_others_hold_too_forgets_whose_it_was(desk: Desk) -> None:
    shared = {"_key": f"river:{PHONE}", "tenant_id": "river", "member": PHONE, "kind": "identifier",
              "entity_id": OTHER, "entities": [OTHER, ERASED]}  # fmt: skip
    desk.collections["members"].batch_save([shared])
    desk.got(RITA, "erase", entity_id=ERASED, why="asked for", **STATED)
    assert desk.rows("members")[f"river:{PHONE}"]["entities"] == [OTHER]
