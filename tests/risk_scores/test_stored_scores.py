"""Stored scores: who reads them, what rose, labels, and what leaves with an erasure or by age."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest

from assembly.paths import ROOT
from minerva.policy import Subject
from minerva.risk.registry import Registry, shipped
from minerva.risk_scores import exporting
from minerva.risk_scores.command import Chosen, OptionError, Scoring, read_options
from minerva.risk_scores.rows import HIDDEN
from minerva.tenancy import signing
from tests.risk.events import held, parlor
from tests.sharing.desk import DAY, SERVICE, STATED, Desk, who

NORA = who("north")
RECORDS = parlor()
HELD = held(RECORDS)
NOW = 1_793_491_200.0
EVENTS = [{"_raw": signing.signed(Desk().store(SERVICE), "north", each).to_json()} for each in RECORDS.values()]


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.now = NOW
    own = [record_id for record_id, entity_id in HELD.items() if entity_id == "e_parlor"]
    made.entity("north", "e_parlor", records=own, identifiers=[], names=["Amber Leaf Spa"])
    members = [{"member": name, "entity_id": entity_id, "kind": "record"} for name, entity_id in HELD.items()]
    made.got(SERVICE, "save", tenant_id="north", members=members)
    return made


def chosen(**options: str) -> Chosen:
    return read_options({"sector": "massage", **options})


def run(desk: Desk, subject: Subject = SERVICE, events: Any = None, **options: str) -> list[dict[str, Any]]:
    """Runs the command as a search would; the rows that it gives."""

    def ask(operation: str, body: Any) -> Any:
        if operation == "records_check" and desk.ask(subject, operation, **body)[0] == 404:  # as the command's door
            return {"untrusted": [*range(len(body["signed"]))]}
        return desk.got(subject, operation, **body)

    scoring = Scoring(chosen(**options), desk.now, ask)
    scoring.take(EVENTS if events is None else events)
    return list(scoring.rows())


def stored(desk: Desk) -> dict[str, Any]:
    run(desk, tenant="north", store="true")
    return dict(desk.got(NORA, "risk_scores", sector="massage")["scores"][0])


def test_an_analyst_reads_the_work_list_and_every_reason_of_a_score(desk: Desk) -> None:
    first = stored(desk)
    assert (first["name"], first["state"], first["city"]) == ("Amber Leaf Spa", "look first", "Springfield")
    assert sum(each["points"] for each in first["reasons"]) == first["score"]
    whole = desk.got(NORA, "risk_score", establishment_id=first["establishment_id"])
    assert sum(each["points"] for each in whole["signs"]) == first["score"]
    assert len(whole["signs"]) == 17
    assert {each["state"] for each in whole["signs"]} == {"holds", "does not hold", "missing", "waits"}
    reopened = next(each for each in whole["signs"] if each["id"] == "reopened")
    assert set(reopened["records"]) == {RECORDS["revoked"].record_id, RECORDS["license"].record_id}
    assert whole["label"] == "not evidence by itself"
    assert whole["base_rate"]
    massage = desk.got(NORA, "risk_scores")["sectors"][0]
    assert (massage["businesses"], massage["look_first"]) == (7, 1)


@pytest.mark.parametrize("standing", ["analyst", "admin", "partner"])
@pytest.mark.parametrize("name", ["river", "bank"])
def test_nobody_else_sees_that_a_score_is_there(desk: Desk, name: str, standing: str) -> None:
    first, other = stored(desk), who(name, standing)
    for tenant in ({}, {"tenant_id": "north"}):
        status, payload = desk.ask(other, "risk_scores", **tenant)
        assert status == 404 or payload["scores"] == []
        assert "Amber" not in json.dumps(payload)
        assert desk.ask(other, "risk_score", establishment_id=first["establishment_id"], **tenant)[0] == 404
        body = {"establishment_id": first["establishment_id"], "outcome": "confirmed", "why": "x", **tenant}
        assert desk.ask(other, "risk_label", **body)[0] == 404
        status, payload = desk.ask(other, "risk_holding", ids=list(HELD), **tenant)
        assert status == 404 or payload["held"] == {}
    assert run(desk, other) == []


def test_only_the_service_stores_and_sums_must_be_exact(desk: Desk) -> None:
    document = run(desk, NORA)[0]
    body = {"tenant_id": "north", "run": 1, "scores": [], "sectors": ["massage"], "last": True}
    for subject in (NORA, who("north", "admin"), who("river")):
        assert desk.ask(subject, "risk_save", **body)[0] == 404
    wrong = {"tenant_id": "north", "establishment_id": "b_1", "sector": "massage", "score": 5, "state": "look at",
             "reasons": [{"id": "reopened", "points": 4, "records": []}]}  # fmt: skip
    assert desk.ask(SERVICE, "risk_save", **{**body, "scores": [wrong]})[0] == 400
    assert document["risk_score"] == document["score"]
    assert document["risk_object"] == document["establishment_id"]
    assert "not evidence by itself" in document["risk_message"]


def test_a_score_that_rose_is_told_once_with_its_reasons(desk: Desk) -> None:
    quiet = [
        each
        for name, each in zip(RECORDS, EVENTS, strict=True)
        if name not in ("ad", "review", "case", "map", "revoked")
    ]
    assert run(desk, events=quiet, tenant="north", store="true") == []
    desk.now += DAY
    (row,) = run(desk, tenant="north", store="true")
    assert row["name"] == "Amber Leaf Spa"
    (alert,) = desk.got(NORA, "alerts")["alerts"]
    assert alert["alert"] == "risk_rose"
    assert alert["note"].startswith("rose from 10 to 104. Amber Leaf Spa: 104 points, look first.")
    assert [event["alert"] for _, kind, event in desk.events if kind == "minerva:alert"] == ["risk_rose"]
    desk.now += DAY
    assert run(desk, tenant="north", store="true") == []
    assert desk.got(NORA, "risk_scores", sector="massage")["scores"][0]["before"] == 104


def of_the_install_page() -> dict[str, str]:
    """The options of the command in the search that the page gives for Enterprise Security."""
    page = (ROOT / "docs" / "install-on-splunk.md").read_text(encoding="utf-8")
    (search,) = re.findall(
        r"^ *```spl\n(.*?)^ *```$", page.partition("## Enterprise Security")[2], re.DOTALL | re.MULTILINE
    )
    (options,) = re.findall(r"\| minervarisk (.*)", search)
    return {**dict(each.split("=") for each in options.split()), "tenant": "north"}


def test_the_search_for_enterprise_security_gives_what_rose_since_yesterday_and_stores_nothing(desk: Desk) -> None:
    asked = of_the_install_page()
    quiet = [
        each
        for name, each in zip(RECORDS, EVENTS, strict=True)
        if name not in ("ad", "review", "case", "map", "revoked")
    ]
    run(desk, events=quiet, tenant="north", store="true")
    assert run(desk, NORA, **asked) == []  # scores stand, none rose
    desk.now += DAY
    run(desk, tenant="north", store="true")
    desk.now += DAY / 8
    before = desk.rows("risk")
    (row,) = run(desk, NORA, **asked)
    assert (row["risk_object"], row["state"], row["risk_score"]) == (
        row["establishment_id"],
        "look first",
        row["score"],
    )
    assert desk.rows("risk") == before
    desk.now += DAY * 7 / 8
    run(desk, tenant="north", store="true")
    assert run(desk, NORA, **asked) == []
    (again,) = run(desk, NORA, tenant="north", rose="2")
    assert again["risk_object"] == row["risk_object"]


def test_what_rose_is_told_to_the_institution_alone(desk: Desk) -> None:
    for name, standing in (("river", "analyst"), ("river", "admin"), ("river", "partner")):
        assert desk.ask(who(name, standing), "risk_rose", tenant_id="north")[0] == 404
    assert desk.got(NORA, "risk_rose") == {"rose": []}


def test_a_new_business_to_look_at_first_is_told_and_the_first_night_in_one_alert(desk: Desk) -> None:
    rest = [each for name, each in zip(RECORDS, EVENTS, strict=True) if name.startswith("other")]
    assert run(desk, events=rest, tenant="north", store="true") == []
    assert desk.got(NORA, "alerts")["alerts"] == []
    desk.now += DAY
    (row,) = run(desk, tenant="north", store="true")
    assert (row["name"], row["state"]) == ("Amber Leaf Spa", "look first")
    (alert,) = desk.got(NORA, "alerts")["alerts"]
    assert alert["note"].startswith("new, with 104. Amber Leaf Spa: 104 points, look first.")
    desk.now += DAY
    assert run(desk, tenant="north", store="true") == []


def test_the_first_scoring_of_a_sector_is_one_alert_of_counts(desk: Desk) -> None:
    assert run(desk, tenant="north", store="true") == []
    (alert,) = desk.got(NORA, "alerts")["alerts"]
    assert (alert["alert"], alert["label"]) == ("risk_first_scoring", "first scoring")
    assert "massage 1." in alert["note"]
    assert "Amber" not in json.dumps(alert)
    desk.now += DAY
    assert run(desk, tenant="north", store="true") == []
    assert len(desk.got(NORA, "alerts")["alerts"]) == 1


def test_pages_of_one_first_run_are_one_first_scoring(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minerva.risk_scores.command.MOST_SAVED", 1)
    for _ in range(2):
        assert run(desk, tenant="north", store="true") == []
        desk.now += DAY
    assert len(desk.got(NORA, "alerts")["alerts"]) == 1


def test_what_a_run_does_not_find_any_more_is_gone(desk: Desk) -> None:
    stored(desk)
    desk.now += DAY
    rest = [each for name, each in zip(RECORDS, EVENTS, strict=True) if name.startswith("other")]
    run(desk, events=rest, tenant="north", store="true")
    assert {each["name"][:5] for each in desk.got(NORA, "risk_scores", sector="massage")["scores"]} == {"Cedar"}


def test_a_label_is_kept_with_who_and_why_and_changes_no_score(desk: Desk) -> None:
    first = stored(desk)
    body = {"establishment_id": first["establishment_id"], "outcome": "confirmed", "why": "convicted, NF-12"}
    desk.got(NORA, "risk_label", **body)
    after = desk.got(NORA, "risk_scores", sector="massage")
    assert (after["scores"][0]["outcome"], after["scores"][0]["score"]) == ("confirmed", first["score"])
    assert (after["sectors"][0]["labelled"], after["sectors"][0]["confirmed"]) == (1, 1)
    desk.got(NORA, "risk_label", **{**body, "outcome": "open"})
    assert desk.got(NORA, "risk_scores")["sectors"][0]["labelled"] == 0
    for wrong in ({**body, "outcome": "guilty"}, {**body, "why": ""}, {**body, "establishment_id": "b_0"}):
        assert desk.ask(NORA, "risk_label", **wrong)[0] in (400, 404)
    assert desk.ask(who("north", "admin"), "risk_label", **body)[0] == 404


def test_a_program_does_not_overwrite_what_a_person_found_out_and_all_that_was_said_is_shown(desk: Desk) -> None:
    first = stored(desk)["establishment_id"]
    program = who("north", "partner")
    desk.got(program, "risk_label", establishment_id=first, outcome="cleared", why="by list")
    desk.got(NORA, "risk_label", establishment_id=first, outcome="confirmed", why="seen")
    assert desk.ask(program, "risk_label", establishment_id=first, outcome="cleared", why="by list")[0] == 409
    desk.got(NORA, "risk_label", establishment_id=first, outcome="open", why="retried")
    assert desk.ask(program, "risk_label", establishment_id=first, outcome="cleared", why="by list")[0] == 409
    said = desk.got(NORA, "risk_score", establishment_id=first)["labels"]
    assert [(each["outcome"], each["by_program"]) for each in said] == [
        ("open", False), ("confirmed", False), ("cleared", True),
    ]  # fmt: skip
    for absent in (f"{first}:label", "b_0000000000000000", "../x"):
        assert desk.ask(NORA, "risk_label", establishment_id=absent, outcome="cleared", why="x")[0] == 404


def test_an_erased_entity_leaves_no_score_and_is_not_scored_again(desk: Desk) -> None:
    first = stored(desk)
    desk.got(NORA, "risk_label", establishment_id=first["establishment_id"], outcome="cleared", why="a mistake")
    desk.now += DAY
    desk.got(who("north", "admin"), "erase", entity_id="e_parlor", why="court order", **STATED)
    text = json.dumps(list(desk.rows("risk").values()))
    assert "Amber" not in text
    assert not any(RECORDS[name].record_id in text for name in ("revoked", "license", "ad"))
    run(desk, tenant="north", store="true")
    assert "Amber" not in json.dumps(list(desk.rows("risk").values()))


def test_scores_and_labels_leave_by_age(desk: Desk) -> None:
    first = stored(desk)
    desk.got(NORA, "risk_label", establishment_id=first["establishment_id"], outcome="cleared", why="nothing there")
    desk.now += 31 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["risk"] == 7
    desk.now += 1800 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["risk_labels"] == 1
    assert desk.rows("risk") == {}


def test_each_request_stands_in_the_audit(desk: Desk) -> None:
    first = stored(desk)
    desk.got(NORA, "risk_score", establishment_id=first["establishment_id"])
    shown = {each["operation"] for each in desk.got(who("north", "admin"), "audit", limit=100)["entries"]}
    assert {"risk_scores", "risk_score"} <= shown
    kept = "".join(str(row.get("entry", "")) for row in desk.rows("audit").values())
    assert all(f'"{name}"' in kept for name in ("risk_save", "risk_holding", "risk_scores", "risk_score"))
    assert "Amber" not in kept


def test_regions_years_and_clusters_are_compared_for_the_institution_alone(desk: Desk) -> None:
    first = stored(desk)
    assert first["cluster"] is None
    found = desk.got(NORA, "risk_compare", sector="massage")
    ((region, businesses),) = [(each["region"], each["businesses"]) for each in found["regions"]]
    assert (region, businesses, found["label"]) == ("IL", 7, "not evidence by itself")
    assert {"region": "IL", "year": "2024", "began": 1, "ended": 1, "closed": 1, "renamed": 1, "cases": 0} in found[
        "years"
    ]
    assert desk.got(who("river"), "risk_compare", sector="massage")["regions"] == []
    assert desk.ask(NORA, "risk_compare", sector="bakery")[0] == 400


def test_premises_that_share_a_phone_stand_together_on_the_work_list(desk: Desk) -> None:
    stored(desk)
    keys = [key for key, row in desk.rows("risk").items() if row["kind"] == "score"][:2]
    one, other = (desk.rows("risk")[key] for key in keys)
    for mine, theirs in ((one, other), (other, one)):
        ids = [theirs["establishment_id"], "b_0000000000000000"]
        desk.rows("risk")[mine["_key"]]["shares"] = [{"by": "phone", "value": "+12175550111", "ids": ids}]
    (cluster,) = desk.got(NORA, "risk_compare", sector="massage")["clusters"]
    assert (cluster["businesses"], cluster["by"]) == (2, ["phone"])
    shown = desk.got(NORA, "risk_scores", cluster=cluster["cluster"])["scores"]
    assert {each["establishment_id"] for each in shown} == set(cluster["ids"])
    assert {each["cluster"]["businesses"] for each in shown} == {2}
    whole = desk.got(NORA, "risk_score", establishment_id=one["establishment_id"])
    (share,) = whole["shares"]
    assert [each["establishment_id"] for each in share["with"]] == [other["establishment_id"]]


def exported(desk: Desk, **body: Any) -> list[dict[str, str]]:
    file = desk.got(NORA, "risk_export", sector="massage", **body, **STATED)["file"]
    data = base64.b64decode(file["base64"])
    assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_work_list_leaves_as_a_file_that_runs_no_formula(desk: Desk) -> None:
    first = stored(desk)
    desk.rows("risk")[f"north:{first['establishment_id']}"].update(name="=cmd|' /C calc'!A0", city="-1+1;@x")
    row, *others = exported(desk)
    assert (row["name"], row["city"]) == ("'=cmd|'' /C calc'!A0", "'-1+1;'@x")
    assert (row["score"], row["state"], row["note"]) == (str(first["score"]), "look first", "not evidence by itself")
    assert row["reasons"].count(" points: ") == len(first["reasons"])
    assert (row["purpose"], row["case"]) == (STATED["purpose"], STATED["case"])
    assert len(others) == 6
    assert [each["state"] for each in exported(desk, state="look first")] == ["look first"]


def test_the_work_list_leaves_for_a_purpose_and_within_the_days_limit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(desk)
    body = {"sector": "massage"}
    assert desk.ask(NORA, "risk_export", **body)[0] == 400
    assert desk.ask(who("river"), "risk_export", **body, **STATED)[0] == 404
    assert desk.ask(who("river"), "risk_export", **body, **STATED, tenant_id="north")[0] == 404
    assert desk.ask(NORA, "risk_export", sector="finance", **STATED)[0] == 404  # nothing is there
    monkeypatch.setattr(exporting, "ROWS_WITHOUT_APPROVAL", 10)
    exported(desk)
    status, problem = desk.ask(NORA, "risk_export", **body, **STATED)
    assert (status, "exported 7 today" in problem["error"]) == (409, True)
    kept = [json.loads(row["entry"]) for row in desk.rows("audit").values() if row["kind"] == "entry"]
    assert [each["rows"] for each in kept if each["operation"] == "risk_export" and "rows" in each] == [7]


def test_clusters_of_two_institutions_stand_in_one_order(desk: Desk) -> None:
    stored(desk)
    held = [row for row in desk.rows("risk").values() if row["kind"] == "score"][:2]
    for tenant, score in (("north", 10), ("river", 90)):
        ids = [f"b_{tenant}_{number}" for number in range(2)]
        for row, one, other in zip(held, ids, reversed(ids), strict=True):
            made = {"tenant_id": tenant, "establishment_id": one, "score": score, "state": "look first",
                    "shares": [{"by": "phone", "value": "+12175550111", "ids": [other]}]}  # fmt: skip
            desk.rows("risk")[f"{tenant}:{one}"] = {**row, **made, "_key": f"{tenant}:{one}"}
    both = Subject("nadia", frozenset(["north_analyst", "river_analyst"]), NORA.capabilities)
    found = desk.got(both, "risk_compare", sector="massage")["clusters"]
    assert [each["score"] for each in found] == [90, 10]
    assert [len(each["ids"]) for each in found] == [2, 2]


@pytest.mark.parametrize(("output", "key"), [("regions", "share"), ("years", "began"), ("clusters", "")])
def test_the_command_compares_too(desk: Desk, output: str, key: str) -> None:
    rows = run(desk, NORA, tenant="north", output=output)
    assert [row["sector"] for row in rows] == ["massage"] * len(rows)
    assert all(key in row for row in rows)
    assert bool(rows) == (output != "clusters")


@pytest.fixture
def _reopened_is_for_analysts(monkeypatch: pytest.MonkeyPatch) -> None:
    sectors = shipped().sectors()
    massage = sectors["massage"]
    signs = tuple(each._replace(audience="analysts") if each.id == "reopened" else each for each in massage.indicators)
    known = {**sectors, "massage": massage._replace(indicators=signs)}
    monkeypatch.setattr(Registry, "sectors", lambda self: known)


@pytest.mark.usefixtures("_reopened_is_for_analysts")
def test_a_sign_for_analysts_alone_is_named_to_them_and_in_no_alert(desk: Desk) -> None:
    statement = next(each.statement for each in shipped().sectors()["massage"].indicators if each.id == "reopened")
    rest = [each for name, each in zip(RECORDS, EVENTS, strict=True) if name.startswith("other")]
    run(desk, events=rest, tenant="north", store="true")
    desk.now += DAY
    (row,) = run(desk, tenant="north", store="true")
    seen = run(desk, NORA, tenant="north")[0]
    admin = run(desk, who("north", "admin"), tenant="north")[0]
    assert statement in str(seen["reasons"])
    assert RECORDS["revoked"].record_id in seen["evidence"]
    for other in (row, admin):
        assert statement not in json.dumps(other)
        assert f"18 {HIDDEN}" in other["reasons"]
        assert len(other["evidence"]) == len(seen["evidence"]) - 2
    assert statement not in seen["risk_message"]
    told = desk.got(who("north", "partner"), "alerts")["alerts"]
    assert told == desk.got(NORA, "alerts")["alerts"]
    assert statement not in json.dumps([told, desk.events])
    assert f"{HIDDEN} (+18)" in told[0]["note"]


def test_records_that_nobody_linked_are_told_and_not_scored(desk: Desk) -> None:
    scoring = Scoring(chosen(), NOW, lambda operation, body: {"held": {}, "untrusted": []})
    scoring.take([*EVENTS, {"_raw": "no record"}])
    assert list(scoring.rows()) == []
    untrusted, unlinked = scoring.warnings()
    assert untrusted.startswith("1 rows are untrusted and were not scored")
    assert unlinked.startswith(f"{len(EVENTS)} records belong to no entity")


def test_a_forged_twin_of_a_record_changes_no_score(desk: Desk) -> None:
    genuine = run(desk, tenant="north")
    place = [*RECORDS].index("revoked")
    twin = {"_raw": EVENTS[place]["_raw"].replace("revoked", "active").replace("Revoked", "Active")}
    assert twin != EVENTS[place]
    assert run(desk, events=[twin, *EVENTS], tenant="north") == genuine
    without = [event for at, event in enumerate(EVENTS) if at != place]
    assert run(desk, events=[twin, *without], tenant="north") == run(desk, events=without, tenant="north") != genuine
    assert run(desk, events=[{"_raw": each.to_json()} for each in RECORDS.values()], tenant="north") == []
    assert run(desk, who("river")) == run(desk, tenant="river") == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"sector": "bakery"}, "unknown sector 'bakery'"), ({"store": "perhaps"}, "store: expected"),
        ({"store": "true"}, "tenant: expected"), ({"tenant": "../x"}, "tenant: expected"),
        ({"establishment": "x"}, "establishment: expected"), ({"limit": "0"}, "limit: expected"),
        ({"output": "map"}, "output: expected"),
        ({"output": "years", "store": "true", "tenant": "north"}, "output: years are of all"),
        ({"rose": "1"}, "rose: .* name it"), ({"rose": "31", "tenant": "north"}, "rose: expected"),
        ({"rose": "1", "tenant": "north", "store": "true"}, "rose: reads what was stored"),
        ({"rose": "1", "tenant": "north", "model": "learned"}, "rose: the states that are stored"),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_used_is_named(options: dict[str, str], words: str) -> None:
    with pytest.raises(OptionError, match=words):
        read_options(options)
