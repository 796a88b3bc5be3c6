"""On the stand-in: an NGO shares a redacted lead, the police see it, a company does not; a deconfliction hit brings two
desks together; a recall takes effect. docs/sharing.md walks through the same steps."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.run import ADMIN, ADMINS, ANALYSTS, SERVICE, Run
from minerva.audit import verify
from minerva.sharing.copies import iso, signed
from minerva.sharing.copy_text import RELEASE
from tests.integration import registers
from tests.integration.installation import (
    APP,
    HARBOR,
    NORTHFIELD,
    RIVERBANK,
    Browser,
    add_register,
    installed,
    schedule,
)
from tests.integration.test_audit import key_of, rows_of
from understudy.conf import SYSTEM

pytestmark = pytest.mark.full

NORA, RUTH, HANA = (ANALYSTS[tenant.id] for tenant in (NORTHFIELD, RIVERBANK, HARBOR))
PHONE = "phone:+14155550123"
STATED = {"purpose": "victim_safety", "case": "RB-2026-118"}
ASKED = {"purpose": "investigation", "case": "NF-4471"}


class Walk:
    """The steps of the walk-through share one installation and go on where the last one stopped."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.found: dict[str, Any] = {}

    def ask(self, user: str, operation: str, **body: Any) -> tuple[int, Any]:
        with Browser(self.run, user) as browser:
            status, _, text = browser.entities(operation, body)
        return status, json.loads(text)

    def got(self, user: str, operation: str, **body: Any) -> Any:
        status, answer = self.ask(user, operation, **body)
        assert status == 200, answer
        return answer

    def search(self, user: str, spl: str = "`minerva_shared`") -> list[dict[str, Any]]:
        return [dict(row) for row in self.run.ask(spl, user)]


@pytest.fixture(scope="module")
def walk(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    home = tmp_path_factory.mktemp("sharing")
    with installed(home / "splunk", apps) as run:
        rows = [registers.row(number, "415-555-0123") for number in (1, 2)]
        add_register(run, RIVERBANK, registers.write(home / "in", rows))
        run.stage.run_inputs()
        schedule(run, (int(time.time()) // 300 + 1) * 300.0)
        yield Walk(run)


def test_1_a_shelter_previews_and_shares_a_redacted_lead(walk: Walk) -> None:
    (entity,) = walk.got(RUTH, "lookup", identifier=PHONE)["entities"]
    walk.got(RUTH, "mark", entity_id=entity["entity_id"], level="L3", why="lead on a front", **STATED)
    terms = {"to": "lead_exchange", "level": "L3", "fields": ["infrastructure", "statistics"], **STATED}
    preview = walk.got(RUTH, "preview", entity_id=entity["entity_id"], **terms)["preview"]
    assert [(row["tenant_id"], row["copy"]) for row in preview["recipients"]] == [("northfield", "own")]
    assert walk.search(NORA) == []
    proposal = walk.got(RUTH, "propose", entity_id=entity["entity_id"], **terms)["proposal"]
    answer = walk.got(RUTH, "release", proposal_id=proposal["proposal_id"])
    assert answer["copies"] == 1
    walk.found.update(
        entity=entity["entity_id"], grant=answer["grant"]["grant_id"], seen=preview["recipients"][0]["sees"]
    )


def test_2_the_police_see_it_in_the_handler_and_in_their_own_search(walk: Walk) -> None:
    (item,) = walk.got(NORA, "shared", **ASKED)["items"]
    assert sorted(item["content"]) == walk.found["seen"]
    assert PHONE in item["content"]["identifiers"]
    (row,) = walk.search(NORA, "`minerva_shared` | spath | table _time index share_id owner content.identifiers{} _raw")
    assert row["share_id"] == item["share_id"]
    assert row["owner"] == "Riverbank shelter network"
    assert PHONE in row["content.identifiers{}"]
    assert abs(float(str(row["_time"])) - item["released"]) < 60
    assert walk.found["entity"] not in json.dumps([item, row], default=str)
    walk.found["share"] = item["share_id"]
    (notice,) = walk.got(NORA, "notices")["notices"]
    assert (notice["what"], notice["share_id"]) == ("released", item["share_id"])


def test_2b_what_others_write_into_the_index_neither_passes_for_a_release_nor_takes_one_back(walk: Walk) -> None:
    (row,) = walk.search(NORA, "`minerva_shared` | table _raw index copy_id")
    written, place = (
        json.loads(str(row["_raw"])),
        f"/services/receivers/simple?index={row['index']}&sourcetype=minerva:",
    )
    later = {"moment": written["moment"] + 60, "copy_id": written["copy_id"]}
    forged = {**written, "copy_id": "c_0000000000000000", "owner": "Somebody else", **{"moment": later["moment"]}}
    with Browser(walk.run, ADMIN) as browser:
        for kind, event in (
            ("recall", later),
            ("recall", {**later, "signature": written["signature"]}),
            ("release", forged),
        ):
            assert browser.send(place + kind, json.dumps(event)) == 200
    assert [each["copy_id"] for each in walk.search(NORA, "`minerva_shared` | table copy_id")] == [written["copy_id"]]
    spl = f"search index={row['index']} | minervaverify | stats count by genuine"
    assert {str(each["genuine"]): int(str(each["count"])) for each in walk.search(NORA, spl)} == {"true": 1, "false": 3}


def test_3_a_company_does_not(walk: Walk) -> None:
    assert walk.got(HANA, "shared", **ASKED)["items"] == []
    assert walk.search(HANA) == []
    assert walk.search(HANA, "search index=* sourcetype=minerva:release") == []
    foreign = walk.ask(HANA, "shared_item", share_id=walk.found["share"], **ASKED)
    assert (
        foreign
        == walk.ask(HANA, "shared_item", share_id="s_0000000000000000", **ASKED)
        == (404, {"error": "not found"})
    )
    assert walk.ask(HANA, "recall", grant_id=walk.found["grant"])[0] == 404


def test_4_administrators_do_not_search_copies(walk: Walk) -> None:
    for user in (ADMINS[NORTHFIELD.id], ADMINS[RIVERBANK.id]):
        assert walk.search(user, "search index=* sourcetype=minerva:release") == []


def test_5_a_hit_brings_two_desks_together(walk: Walk) -> None:
    terms = {"to": "lead_exchange", "level": "L1", "fields": ["infrastructure"], **STATED}
    proposal = walk.got(RUTH, "propose", entity_id=walk.found["entity"], **terms)["proposal"]
    walk.got(RUTH, "release", proposal_id=proposal["proposal_id"])
    for tenant, contact in ((RIVERBANK, "desk@riverbank.example"), (NORTHFIELD, "desk@northfield.example")):
        walk.got(ADMINS[tenant.id], "contact_desk", op="set", contact=contact)
    assert not walk.got(NORA, "deconflict", identifier="phone:+14155550199", **ASKED)["hit"]
    answer = walk.got(NORA, "deconflict", identifier="phone:+1 (415) 555-0123", accept=True, **ASKED)
    assert answer["hit"]
    assert not walk.got(HANA, "deconflict", identifier=PHONE, **ASKED)["hit"]
    (mine,) = walk.got(NORA, "inquiries")["inquiries"]
    assert (mine["role"], mine["desks"]) == ("asker", [])
    told = walk.got(RUTH, "inquiry_answer", inquiry_id=answer["inquiry_id"], accept=True, **STATED)["inquiry"]
    assert [desk["contact"] for desk in told["desks"]] == ["desk@northfield.example"]
    (mine,) = walk.got(NORA, "inquiries")["inquiries"]
    assert [desk["contact"] for desk in mine["desks"]] == ["desk@riverbank.example"]


def test_6_a_recall_takes_effect(walk: Walk) -> None:
    answer = walk.got(RUTH, "recall", grant_id=walk.found["grant"], why="the phone is another's")
    assert answer["tombstones"] == 1
    assert walk.got(NORA, "shared", **ASKED)["items"] == []
    assert walk.ask(NORA, "shared_item", share_id=walk.found["share"], **ASKED)[0] == 404
    assert walk.search(NORA) == []
    # The copy itself leaves the index by age alone: who searches past the macro still finds it.
    found = walk.search(NORA, "search index=mnv_s_* sourcetype=minerva:release | minervaverify | table genuine copy_id")
    assert [row["genuine"] for row in found if row.get("copy_id")] == ["true"]
    assert {notice["what"] for notice in walk.got(NORA, "notices")["notices"]} == {"released", "accepted", "recalled"}
    changes = walk.got(RUTH, "distribution")["changes"]
    assert [row["change"] for row in changes][:1] == ["recalled"]
    assert changes[0]["recipients"] == ["northfield"]


def test_7_the_service_keeps_releases_by_the_clock_and_nobody_else_does(walk: Walk) -> None:
    rows = walk.search(SERVICE, "| minervaupkeep task=rerelease")
    assert [(row["what"], str(row["count"])) for row in rows] == [("copies", "0"), ("expired", "0")]
    for task in ("purge", "publish_counts"):
        assert walk.search(SERVICE, f"| minervaupkeep task={task}")
    with pytest.raises(Exception, match="only the service"):
        walk.search(NORA, "| minervaupkeep task=purge")


def test_8_keys_lie_in_the_password_store_and_the_audit_is_whole(walk: Walk) -> None:
    names = {each.username for each in walk.run.stage.passwords.all(None) if each.realm == "minerva"}
    assert {"audit", "release", "distribution", "match_group_lead_exchange", "match_community"} <= names
    assert verify(rows_of(walk.run), key_of(walk.run)).broken is None
    for collection in ("minerva_grants", "minerva_tokens", "minerva_vault", "minerva_inquiries"):
        for user in (NORA, RUTH, ADMINS[RIVERBANK.id]):
            with Browser(walk.run, user) as browser:
                assert browser.ask("GET", f"/servicesNS/nobody/{APP}/storage/collections/data/{collection}")[0] in (
                    403,
                    404,
                )


def shared_with_the_group(walk: Walk) -> tuple[str, str]:
    """Riverbank's lead in the group's index, and Northfield's analyst with the right to collect: grant and index."""
    terms = {"level": "L4", "why": "lead on a front", **STATED}
    walk.got(RUTH, "mark", entity_id=walk.found["entity"], **terms)
    body = {"to": "lead_exchange", "fields": ["infrastructure"], "legal_basis": "statute", **terms}
    proposal = walk.got(RUTH, "propose", entity_id=walk.found["entity"], **body)["proposal"]
    yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
    walk.got(ADMINS[RIVERBANK.id], "approve", **yes)
    answer = walk.got(RUTH, "release", proposal_id=proposal["proposal_id"])
    walk.run.stage.conf.write("authorize", f"role_{NORTHFIELD.analyst_role}", {"run_collect": "enabled"}, SYSTEM)
    (row,) = walk.search(NORA, "`minerva_shared` | table index")
    assert str(row["index"]).startswith("mnv_g_")
    return str(answer["grant"]["grant_id"]), str(row["index"])


HEC = "collect index=INDEX sourcetype=minerva:release output_format=hec"
RAW = "collect index=INDEX sourcetype=minerva:release"
HIDING = (
    f"eval moment=9999999999, expires=1 | {HEC}",
    f'eval moment=9999999999, owner="Somebody else", level="L6", share_id="s_0" | {HEC}',
    f"eval moment=9999999999 | {HEC.replace('release', 'recall')}",
    r'eval _raw=replace(_raw, "^.", "{\"expires\":1,\"moment\":9999999999,") | ' + RAW,
)
REVIVING = (
    f"eval moment=9999999999, expires=9999999999 | {HEC}",
    f'eval moment=9999999999, copy_id="c_0000000000000000", genuine="true" | {HEC}',
    r'eval _raw=replace(_raw, "^.", "{\"moment\":9999999999,") | ' + RAW,
    r'eval _raw=replace(_raw, "\"moment\":", "\"moment\":9999999999,\"moment\":") | ' + RAW,
)


def test_9_who_may_collect_into_the_groups_index_can_neither_change_a_release_nor_undo_a_recall(walk: Walk) -> None:
    grant, index = shared_with_the_group(walk)
    copy = f"search index={index} sourcetype=minerva:release source=minerva_sharing | "
    shown = "`minerva_shared` | table _raw _time copy_id share_id owner level moment expires"
    before = walk.search(NORA, shown)
    for forging in HIDING:
        assert walk.search(NORA, copy + forging.replace("INDEX", index))
        assert walk.search(NORA, shown) == before, forging
    assert walk.got(RUTH, "recall", grant_id=grant, why="the phone is another's")["tombstones"] == 1
    for forging in REVIVING:
        assert walk.search(NORA, copy + forging.replace("INDEX", index))
        assert walk.search(NORA, shown) == [], forging
    # A day later the copy would be in a search of the last hour, its tombstone not.
    walk.search(NORA, copy + f"eval _time=_time+86400 | {RAW.replace('INDEX', index)}")
    late = [dict(row) for row in walk.run.stage.search(shown, NORA, app=APP, earliest=str(time.time() + 60)).rows]
    assert late == []


def test_9b_a_release_of_50_kb_is_read_whole(walk: Walk) -> None:
    (row, *_) = walk.search(NORA, "search index=mnv_g_* source=minerva_sharing | table index")
    index, now = str(row["index"]), float(int(time.time()))
    addresses = [f"email:lead{number}@mail.example" for number in range(2_000)]
    names = ("copy_id", "share_id", "object", "what", "owner", "level", "tlp")
    event = {
        "released_time": iso(now), "moment": now, **dict.fromkeys(names, "seen 2025-01-01 10:00:00"),
        "expires": int(now) + 3600, "obligations": [], "classes": ["infrastructure"],
        "content": {"identifiers": addresses},
    }  # fmt: skip
    raw = signed(key_of(walk.run, "release"), index, RELEASE, event)
    assert len(raw) > 50_000
    with Browser(walk.run, ADMIN) as browser:
        assert browser.send(f"/services/receivers/simple?index={index}&sourcetype={RELEASE}", raw) == 200
    (found,) = walk.search(NORA, "`minerva_shared` | table _time _raw content.identifiers{}")
    assert (found["_raw"], float(str(found["_time"]))) == (raw, now)
    assert found["content.identifiers{}"] == addresses


def test_9c_an_alert_has_its_own_time_whatever_its_note_says(walk: Walk) -> None:
    hit = {"identifier": PHONE, "records": "1", "last_seen": "1700000000", "note": "seen 2025-01-01 10:00:00"}
    assert walk.got(SERVICE, "alert", tenant_id=NORTHFIELD.id, hits=[hit]) == {"written": 1}
    (row,) = walk.search(NORA, "search index=mnv_t_* sourcetype=minerva:alert | table _time alert_time note")
    assert (row["alert_time"], row["note"]) == (iso(float(str(row["_time"]))), hit["note"])
    assert abs(float(str(row["_time"])) - time.time()) < 60
