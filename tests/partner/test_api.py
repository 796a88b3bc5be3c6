"""One request to the partner API: route, body, limits, repeats, audit, and the answers of each operation."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from minerva.exports import FORMATS
from minerva.partner.contract.checking import check
from minerva.partner.contract.schemas import SCHEMAS
from minerva.partner.limits import Limits
from minerva.partner.registry import OPERATIONS
from minerva.policy import Subject
from tests.partner.world import ALONE, EMAIL, PHONE, ROWS, STATED, Broken, World, person

PARTNER, ANALYST, ADMIN = person("northfield"), person("northfield", "analyst"), person("northfield", "admin")
OTHER, GUEST = person("riverbank"), person("riverbank", "analyst")
AD = {
    "record_type": "ad", "source": "hotline", "key": "17", "title": "Call 415 555 0123", "country": "US",
    "observed_time": "2026-11-01T10:00:00Z", "emails": ["jen@mail.example"],
    "usernames": [{"platform": "instagram", "name": "@jen.doe"}], "phones": ["(415) 555-0199"],
    "attributes": {"rate": "80"}, "marking": {"level": "L4"},
}  # fmt: skip


@pytest.fixture
def world() -> World:
    made = World()
    made.link("northfield")
    return made


def entity_of(world: World, identifier: str = PHONE) -> str:
    found = world.ask(PARTNER, "POST", "/identifiers/lookup", {"identifiers": [identifier]})[1]
    return str(found["results"][0]["entities"][0]["entity_id"])


SCORE = {
    "_key": "northfield:b_0123456789abcdef", "tenant_id": "northfield", "establishment_id": "b_0123456789abcdef",
    "kind": "score", "sector": "massage", "name": "Amber Leaf Spa", "address": "12 Harbor Street", "region": "IL",
    "city": "Springfield", "postcode": "62701", "score": 18, "most": 60, "missing": 0.4, "confidence": "medium",
    "run": 1, "state": "nothing seen", "records": 3, "entity_ids": [], "names": ["Amber Leaf Spa"], "problems": [],
    "reasons": [{"id": "reopened", "points": 18, "words": "closed 2024-02-01", "records": ["a" * 32]}], "history": [],
    "unknown": ["price_low"], "looked_at": ["license_gap"], "waits": [], "label": "not evidence by itself",
}  # fmt: skip


def shares(world: World) -> set[str]:
    """Ids of what the guest's institution is shown at this moment."""
    status, page = world.ask(GUEST, "GET", "/shared", headers=STATED)
    assert status == 200
    return {item["share_id"] for item in page["items"]}


def test_answers_fit_the_schema_that_the_contract_shows(world: World) -> None:
    entity, pair = entity_of(world), {"a": "a" * 32, "b": "c" * 32}
    world.stored["risk"].batch_save([SCORE])
    watched = world.ask(PARTNER, "POST", "/watch-list", {"identifier": PHONE})[1]["watch_id"]
    world.lead()
    proposal, recalled = world.proposed(entity, level="L4"), world.released(entity)
    # Two releases at one moment are listed in the order of their ids, which are random: `share` is of the second.
    to_be_recalled = shares(world)
    world.released(entity)
    (share,) = shares(world) - to_be_recalled
    terms = {"entity_id": entity, "to": "ring", "level": "L3", "fields": ["infrastructure"]}
    notice = world.ask(GUEST, "GET", "/notices")[1]["notices"][0]["notice_id"]
    inquiry = world.ask(GUEST, "POST", "/deconfliction", {"identifier": PHONE}, headers=STATED)[1]["inquiry_id"]
    decided = f"/proposals/{proposal['proposal_id']}"
    whole = {"format": "csv", "min_size": 1}
    export = world.ask(PARTNER, "POST", "/exports/proposals", whole, headers=STATED)[1]["proposal_id"]
    asked: dict[str, tuple[Any, ...]] = {
        "health": (PARTNER, "/health"), "getContract": (PARTNER, "/openapi.json"),
        "submitRecord": (PARTNER, "/records", AD), "submitRecords": (PARTNER, "/records/bulk", {"records": [AD, {}]}),
        "getEntitiesOfRecord": (PARTNER, f"/records/{'a' * 32}/entities"), "listEntities": (PARTNER, "/entities"),
        "getEntity": (PARTNER, f"/entities/{entity}"),
        "getEntityNeighborhood": (PARTNER, f"/entities/{entity}/neighborhood"),
        "lookUpIdentifiers": (PARTNER, "/identifiers/lookup", {"identifiers": [PHONE, ALONE]}),
        "getIdentifierNeighborhood": (PARTNER, "/identifiers/neighborhood", {"identifier": PHONE, "depth": 2}),
        "matchTexts": (PARTNER, "/texts/match", {"texts": [{"id": "1", "text": "call me"}]}),
        "matchNames": (PARTNER, "/names/match", {"names": ["jen do"], "cutoff": 0.6}),
        "listJudgements": (PARTNER, "/judgements"),
        "judge": (PARTNER, "/judgements", {**pair, "verdict": "not_same", "why": "two people"}),
        "takeJudgementBack": (PARTNER, "/judgements/take-back", {**pair, "why": "an error"}),
        "listWatched": (PARTNER, "/watch-list"), "watch": (PARTNER, "/watch-list", {"identifier": EMAIL}),
        "unwatch": (ADMIN, f"/watch-list/{watched}"), "listAlerts": (PARTNER, "/alerts"),
        "makeExport": (PARTNER, "/exports", {"format": "csv", "min_size": 1}),
        "proposeExport": (PARTNER, "/exports/proposals", {"format": "csv", "min_size": 1}),
        "makeProposedExport": (PARTNER, f"/exports/proposals/{export}/export", {}),
        "mark": (ANALYST, "/markings", {"entity_id": entity, "level": "L5", "names_are": "perpetrator"}),
        "previewShare": (ANALYST, "/proposals/preview", terms), "listProposals": (ANALYST, "/proposals"),
        "proposeShare": (ANALYST, "/proposals", {**terms, "why": "a lead"}),
        "approveShare": (ADMIN, f"{decided}/approve", {"content_hash": proposal["content_hash"]}),
        "releaseShare": (ANALYST, f"{decided}/release", {}), "listGrants": (PARTNER, "/grants"),
        "recallGrant": (ADMIN, f"/grants/{recalled}/recall", {"why": "an error"}), "listShared": (OTHER, "/shared"),
        "getShared": (OTHER, f"/shared/{share}"), "listDistribution": (PARTNER, "/distribution"),
        "listNotices": (OTHER, "/notices"), "seeNotice": (GUEST, f"/notices/{notice}/seen", {}),
        "deconflict": (OTHER, "/deconfliction", {"identifier": PHONE}),
        "listInquiries": (PARTNER, "/deconfliction/inquiries"),
        "answerInquiry": (ANALYST, f"/deconfliction/inquiries/{inquiry}/answer", {"accept": True}),
        "getContactDesk": (PARTNER, "/deconfliction/contact-desk"),
        "setContactDesk": (ADMIN, "/deconfliction/contact-desk", {"contact": "desk@northfield.example"}),
        "getCounts": (PARTNER, "/deconfliction/counts"),
        "listRiskScores": (PARTNER, "/risk/scores"), "compareRisk": (PARTNER, "/risk/comparison/massage"),
        "getRiskScore": (PARTNER, "/risk/scores/b_0123456789abcdef"),
        "searchAudit": (ADMIN, "/audit/search", {}),
    }  # fmt: skip
    assert list(asked) == [operation.operation_id for operation in OPERATIONS]
    for operation in OPERATIONS:
        subject, path, *body = asked[operation.operation_id]
        status, payload = world.ask(subject, operation.method, path, *body, headers=STATED)
        assert (operation.operation_id, status) == (operation.operation_id, operation.status)
        assert check(payload, operation.answer, SCHEMAS) is None, operation.operation_id


def test_a_submitted_record_is_mapped_as_intake_maps(world: World) -> None:
    status, told = world.ask(PARTNER, "POST", "/records", AD)
    ((index, record),) = world.written
    assert (status, told["outcome"], index, told["record_id"]) == (201, "stored", "mnv_t_northfield", record.record_id)
    assert told["identifiers"] == [
        "phone:+14155550199", "email:jen@mail.example", "username:instagram/jen.doe", "phone:+14155550123",
    ]  # fmt: skip
    assert (record.source_id, record.marking.level, record.marking.personal) == ("api_hotline", "L4", "contact")
    assert record.attributes["rate"] == "80"
    assert json.loads(record.to_json())["key"]["tenant_id"] == "northfield"


def test_a_record_sent_again_is_known_and_not_written_again(world: World) -> None:
    first = world.ask(PARTNER, "POST", "/records", AD)[1]
    again = world.ask(PARTNER, "POST", "/records", {**AD, "observed_time": "2026-11-02T10:00:00Z"})[1]
    assert (again["outcome"], again["record_id"], len(world.written)) == ("known", first["record_id"], 1)
    assert world.ask(PARTNER, "POST", "/records", {**AD, "marking": {"level": "L6"}})[0] == 409
    assert world.ask(OTHER, "POST", "/records", AD)[1]["outcome"] == "stored"


def test_one_bad_record_never_stops_the_rest(world: World) -> None:
    bad = [{**AD, "record_type": "spell"}, 7, {**AD, "key": " "}, {**AD, "observed_time": "2026-13-01T10:00:00Z"}]
    told = world.ask(PARTNER, "POST", "/records/bulk", {"records": [AD, *bad, {**AD, "key": "18"}, AD]})[1]
    assert [item["outcome"] for item in told["outcomes"]] == [
        "stored", "refused", "refused", "refused", "refused", "stored", "known",
    ]  # fmt: skip
    assert [item.get("field") for item in told["outcomes"][1:5]] == ["record_type", None, "key", "observed_time"]
    assert (told["stored"], told["known"], told["refused"]) == (2, 1, 4)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"identifiers": ["phone:1"], "identifiers": []}', "invalid_json"), ('{"identifiers": NaN}', "invalid_json"),
        ("[" * 5000, "invalid_json"), ('{"x": ' + "[" * 20 + "]" * 20 + "}", "invalid_json"),
        ('{"identifiers": ["phone:\\ud800"]}', "invalid_json"), ("", "invalid_json"), ("[]", "invalid_body"),
        ('{"identifiers": [1e999]}', "invalid_json"), ("9" * 200, "invalid_json"),
        ({"identifiers": []}, "invalid_body"), ({"identifiers": ["phone:1"], "tenant_id": "x"}, "invalid_body"),
        ({"identifiers": ["a:b"] * 51}, "invalid_body"),
    ],
    ids=["twice", "NaN", "endless", "deep", "half a pair", "empty", "list", "infinite", "long number", "none", "more",
         "many"],
)  # fmt: skip
def test_a_body_that_is_not_strict_json_of_the_schema_is_refused(world: World, body: Any, code: str) -> None:
    status, problem = world.ask(PARTNER, "POST", "/identifiers/lookup", body)
    assert (status, problem["code"]) == (400, code)
    assert check(problem, SCHEMAS["Problem"], SCHEMAS) is None


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("POST", "/identifiers/lookup", {"headers": {"content-type": "text/plain"}}, 415),
        ("POST", "/identifiers/lookup", {"body": '"' + "x" * 5_000_001 + '"'}, 413),
        ("PUT", "/entities", {}, 405), ("GET", "/watch-list/" + "0" * 24, {}, 405), ("GET", "/nothing", {}, 404),
        ("GET", "/entities", {"query": {"limit": "0"}}, 400), ("GET", "/entities", {"query": {"limit": "ten"}}, 400),
        ("GET", "/entities", {"query": {"phone": "1"}}, 400), ("GET", "/entities", {"query": {"cursor": "x"}}, 400),
        ("GET", "/entities", {"headers": {"minerva-purpose": "fun"}}, 400), ("GET", "/entities/e_1", {}, 404),
        ("GET", "/entities", {"query": {"output_mode": "json"}}, 200),
    ],
    ids=str,
)  # fmt: skip
def test_what_the_edge_refuses(world: World, method: str, path: str, given: dict[str, Any], status: int) -> None:
    found = world.reply(PARTNER, method, path, given.pop("body", None), **given)
    assert found.status == status
    if status == 405:
        assert found.headers["Allow"]


Asked = tuple[str, str, Any]


def foreign(world: World) -> list[tuple[Asked, Asked]]:
    """Requests for what northfield has, each with the same request for what nobody has."""
    entity, absent = entity_of(world), "e_0000000000000000"
    watch = str(world.ask(PARTNER, "POST", "/watch-list", {"identifier": PHONE})[1]["watch_id"])
    nobodys = "phone:+14155550188"
    proposal, grant = world.proposed(world.lead(), level="L4"), world.released(entity)
    guest = person("riverbank", "analyst")
    share = world.ask(guest, "GET", "/shared", headers=STATED)[1]["items"][0]["share_id"]
    inquiry = world.ask(guest, "POST", "/deconfliction", {"identifier": PHONE}, headers=STATED)[1]["inquiry_id"]
    notice = world.ask(PARTNER, "GET", "/notices")[1]["notices"][0]["notice_id"]
    whole = {"format": "csv", "entity_ids": [entity]}
    export = world.ask(PARTNER, "POST", "/exports/proposals", whole, headers=STATED)[1]["proposal_id"]
    terms = {"to": "*community", "level": "L3", "fields": ["infrastructure"]}

    def post(path: str, here: Any, nowhere: Any) -> tuple[Asked, Asked]:
        return ("POST", path, here), ("POST", path, nowhere)

    def decided(path: str, name: str, kind: str, body: Any) -> tuple[Asked, Asked]:
        return ("POST", path.format(name), body), ("POST", path.format(f"{kind}{'0' * 16}"), body)

    def judged(path: str, **more: str) -> tuple[Asked, Asked]:
        body = {"why": "w", "b": "b" * 32, **more}
        return post(path, {**body, "a": "a" * 32}, {**body, "a": "e" * 32})

    return [
        (("GET", f"/entities/{entity}", None), ("GET", f"/entities/{absent}", None)),
        (("GET", f"/entities/{entity}/neighborhood", None), ("GET", f"/entities/{absent}/neighborhood", None)),
        (("GET", f"/records/{'a' * 32}/entities", None), ("GET", f"/records/{'f' * 32}/entities", None)),
        (("DELETE", f"/watch-list/{watch}", None), ("DELETE", f"/watch-list/{'0' * 24}", None)),
        post("/identifiers/neighborhood", {"identifier": PHONE}, {"identifier": nobodys}),
        post("/exports", {"format": "stix", "entity_ids": [entity]}, {"format": "stix", "entity_ids": [absent]}),
        post("/exports/proposals", whole, {**whole, "entity_ids": [absent]}),
        post("/exports", {"format": "csv", "identifiers": [PHONE]}, {"format": "csv", "identifiers": [nobodys]}),
        post("/markings", {"entity_id": entity, "level": "L1"}, {"entity_id": absent, "level": "L1"}),
        post("/proposals/preview", {**terms, "entity_id": entity}, {**terms, "entity_id": absent}),
        post("/proposals", {**terms, "entity_id": entity}, {**terms, "entity_id": absent}),
        decided("/proposals/{}/approve", proposal["proposal_id"], "p_", {"content_hash": proposal["content_hash"]}),
        decided("/proposals/{}/release", proposal["proposal_id"], "p_", {}),
        decided("/exports/proposals/{}/export", export, "p_", {}),
        decided("/grants/{}/recall", grant, "g_", {"why": "w"}),
        decided("/notices/{}/seen", notice, "", {}),
        decided("/deconfliction/inquiries/{}/answer", inquiry, "q_", {"accept": True}),
        (("GET", f"/shared/{share}", None), ("GET", f"/shared/s_{'0' * 16}", None)),
        judged("/judgements", verdict="same"),
        judged("/judgements/take-back"),
    ]


@pytest.mark.parametrize("standing", ["partner", "analyst", "admin"])
def test_absent_and_foreign_are_the_same_bytes(world: World, standing: str) -> None:
    world.link("harbor", [ROWS[2]])
    asker = person("harbor", standing)
    for here, nowhere in foreign(world):
        first, second = (world.reply(asker, *asked, headers=STATED) for asked in (here, nowhere))
        assert first == second
        assert first.status == 404
        assert "northfield" not in first.payload


def test_an_identifier_that_nobody_may_see_is_looked_up_like_one_that_nobody_has(world: World) -> None:
    asked = [PHONE, "phone:+14155550188"]
    payloads = [world.reply(OTHER, "POST", "/identifiers/lookup", {"identifiers": [one]}).payload for one in asked]
    assert payloads[0].replace(asked[0], "X") == payloads[1].replace(asked[1], "X")


def test_lists_and_lookups_hold_nothing_foreign(world: World) -> None:
    world.ask(PARTNER, "POST", "/watch-list", {"identifier": PHONE})
    found = world.ask(OTHER, "POST", "/identifiers/lookup", {"identifiers": [PHONE, "phone:+14155550188"]})[1]
    assert [item["entities"] for item in found["results"]] == [[], []]
    for named in ({}, {"minerva-tenant": "northfield"}, {"minerva-tenant": "nowhere"}):
        for path in ("/entities", "/judgements", "/watch-list", "/alerts"):
            status, payload = world.ask(OTHER, "GET", path, headers=named)
            if named:
                assert status == 403
            else:
                assert status == 404 or all(not value for value in payload.values())
            assert "northfield" not in json.dumps(payload)


def test_another_institutions_name_answers_like_none(world: World) -> None:
    for method, path, body in (("GET", "/entities", None), ("GET", "/watch-list", None), ("POST", "/records", AD)):
        answers = {
            world.reply(OTHER, method, path, body, headers={"minerva-tenant": name}).payload
            for name in ("northfield", "nowhere")
        }
        assert len(answers) == 1
    assert world.written == []


def test_pages_give_every_entity_once_whatever_their_sizes(world: World) -> None:
    rows = [
        {"record_id": f"{n:032x}", "source_id": "s", "identifier": [f"phone:+1415555{n // 2:04d}"]} for n in range(9)
    ]
    world.link("riverbank", rows)
    for sort in ("-size", "size", "entity_id"):
        seen, cursor = [], ""
        while True:
            query = {"limit": 2, "sort": sort, **({"cursor": cursor} if cursor else {})}
            payload = world.ask(OTHER, "GET", "/entities", query=query)[1]
            seen += [row["entity_id"] for row in payload["entities"]]
            cursor = payload["next_cursor"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 5
    assert len(world.ask(OTHER, "GET", "/entities", query={"min_size": 2})[1]["entities"]) == 4


def test_a_cursor_is_of_one_caller_list_and_filter(world: World) -> None:
    query = {"limit": 1, "sort": "size"}
    cursor = world.ask(PARTNER, "GET", "/entities", query=query)[1]["next_cursor"]
    assert PHONE not in cursor
    for subject, path, changed in (
        (OTHER, "/entities", query), (ANALYST, "/entities", query), (PARTNER, "/judgements", {"limit": 1}),
        (PARTNER, "/entities", {**query, "sort": "-size"}),
    ):  # fmt: skip
        assert world.ask(subject, "GET", path, query={**changed, "cursor": cursor})[1]["code"] == "invalid_cursor"
    assert world.ask(PARTNER, "GET", "/entities", query={**query, "cursor": cursor})[0] == 200


def test_watch_list_pages_by_ids_and_names_entries_without_the_identifier(world: World) -> None:
    for number in range(5):
        world.ask(PARTNER, "POST", "/watch-list", {"identifier": f"phone:+1415555010{number}", "note": "n"})
    first = world.ask(PARTNER, "GET", "/watch-list", query={"limit": 3})[1]
    rest = world.ask(PARTNER, "GET", "/watch-list", query={"limit": 3, "cursor": first["next_cursor"]})[1]
    assert len({row["identifier"] for row in first["watch_list"] + rest["watch_list"]}) == 5
    assert "5550" not in base64.urlsafe_b64decode(first["next_cursor"] + "==").decode("latin-1")
    entry = first["watch_list"][0]["watch_id"]
    assert world.ask(PARTNER, "DELETE", f"/watch-list/{entry}")[1]["code"] == "not_permitted"
    assert world.ask(ADMIN, "DELETE", f"/watch-list/{entry}") == (200, {"watch_id": entry, "removed": True})
    assert world.ask(ADMIN, "DELETE", f"/watch-list/{entry}")[0] == 404


def test_a_judgement_that_contradicts_is_a_conflict(world: World) -> None:
    pair = {"a": "a" * 32, "b": "b" * 32, "why": "seen together"}
    status, row = world.ask(PARTNER, "POST", "/judgements", {**pair, "verdict": "same"})
    assert (status, row["by"], row["verdict"]) == (201, "northfield_partner", "same")
    assert world.ask(PARTNER, "POST", "/judgements", {**pair, "verdict": "not_same"})[1]["code"] == "judged_otherwise"
    assert world.ask(PARTNER, "POST", "/judgements/take-back", pair)[1]["taken_back"] is True
    assert world.ask(PARTNER, "GET", "/judgements")[1]["judgements"] == []


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_a_zip_whose_manifest_names_case_and_purpose(world: World, form: str) -> None:
    body = {"format": form, "identifiers": [PHONE], "hash_key": "ab" * 32}
    status, made = world.ask(PARTNER, "POST", "/exports", body, headers=STATED)
    data = base64.b64decode(made["file"]["base64"])
    assert (status, hashlib.sha256(data).hexdigest()) == (200, made["file"]["sha256"])
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    told = made["manifest"]
    assert (told["case_number"], told["purpose"], told["recipient"]) == ("NF-7", "investigation", "northfield")
    assert told["counts"] == {"entities": 1, "records": 2}


def test_rows_of_exports_are_counted_for_a_person_and_a_day(world: World) -> None:
    body = {"format": "csv", "min_size": 1}
    many = [{"record_id": f"{n:032x}", "source_id": "s", "identifier": [f"phone:+1415555{n:04d}"]} for n in range(40)]
    world.link("riverbank", many)
    assert world.ask(OTHER, "POST", "/exports", body, headers=STATED)[0] == 200
    other_form = {**body, "format": "ftm"}  # the same content, which counts once
    assert world.ask(OTHER, "POST", "/exports", other_form, headers=STATED)[0] == 200
    world.link("riverbank", [*many, {"record_id": "f" * 32, "source_id": "s", "identifier": ["phone:+14155550999"]}])
    status, problem = world.ask(OTHER, "POST", "/exports", body, headers=STATED)
    assert (status, problem["code"]) == (403, "approval_needed")
    assert "you have exported 80 today" in problem["detail"]
    assert world.entries()[-1]["outcome"] == "approval_needed"
    assert world.ask(GUEST, "POST", "/exports", body, headers=STATED)[0] == 200
    world.now += 86_400
    assert world.ask(OTHER, "POST", "/exports", body, headers=STATED)[0] == 200


def test_an_export_needs_its_circumstances_and_for_many_rows_a_second_person(world: World) -> None:
    body = {"format": "csv", "min_size": 1}
    assert world.ask(PARTNER, "POST", "/exports", body)[1]["field"] == "Minerva-Purpose"
    many = [{"record_id": f"{n:032x}", "source_id": "s", "identifier": [f"phone:+1415555{n:04d}"]} for n in range(101)]
    world.link("riverbank", many)
    assert world.ask(OTHER, "POST", "/exports", body, headers=STATED)[1]["code"] == "approval_needed"
    assert world.ask(ADMIN, "POST", "/exports", body, headers=STATED)[0] == 404
    both = {**body, "entity_ids": ["e_0000000000000000"]}
    assert world.ask(PARTNER, "POST", "/exports", both, headers=STATED)[1]["code"] == "invalid_body"


def test_alerts_are_read_newest_first(world: World) -> None:
    from minerva.tenancy.rebuild.entity_store import answer as ask_store
    from tests.partner.world import SERVICE

    for moment in range(3):
        world.now += 60
        hits = [{"identifier": PHONE, "records": str(moment + 1), "last_seen": "1700000000.5", "note": "ring"}]
        ask_store("alert", {"tenant_id": "northfield", "hits": hits}, world.store(SERVICE))
    first = world.ask(PARTNER, "GET", "/alerts", query={"limit": 2})[1]
    rest = world.ask(PARTNER, "GET", "/alerts", query={"limit": 2, "cursor": first["next_cursor"]})[1]
    assert [row["records"] for row in first["alerts"] + rest["alerts"]] == [3, 2, 1]
    assert first["alerts"][0]["last_seen"] == "2023-11-14T22:13:20Z"
    assert world.ask(OTHER, "GET", "/alerts")[1]["alerts"] == []


def test_who_looked_at_a_case(world: World) -> None:
    world.ask(PARTNER, "POST", "/identifiers/lookup", {"identifiers": [PHONE]}, headers=STATED)
    world.ask(ANALYST, "POST", "/identifiers/lookup", {"identifiers": [ALONE]}, headers={"minerva-case": "NF-8"})
    by_case = world.ask(ADMIN, "POST", "/audit/search", {"about_case": "NF-7"})[1]["entries"]
    by_phone = world.ask(ADMIN, "POST", "/audit/search", {"identifier": "phone:+1 415 555 0123"})[1]["entries"]
    assert [entry["operation"] for entry in by_case] == ["partner.lookUpIdentifiers"]
    assert by_case[0] in by_phone
    assert world.ask(ANALYST, "POST", "/audit/search", {})[0] == 404
    paged = world.ask(ADMIN, "POST", "/audit/search", {"limit": 1})[1]
    after = world.ask(ADMIN, "POST", "/audit/search", {"limit": 1, "cursor": paged["next_cursor"]})[1]
    assert paged["entries"][0]["number"] > after["entries"][0]["number"]


def test_of_a_program_of_two_institutions_each_that_is_asked_keeps_the_entry(world: World) -> None:
    both = Subject("two", person("northfield").roles | person("riverbank").roles, PARTNER.capabilities)
    asked: dict[str, Any] = {"identifiers": [PHONE]}
    world.ask(both, "POST", "/identifiers/lookup", asked)
    world.ask(both, "POST", "/identifiers/lookup", asked, headers={"minerva-tenant": "riverbank"})
    world.ask(both, "POST", "/identifiers/lookup", {}, headers={"minerva-tenant": "riverbank"})
    outcomes: dict[str, list[str]] = {}
    for entry in world.entries():
        if entry.get("member_of") == ["northfield", "riverbank"]:
            outcomes.setdefault(entry["chain"], []).append(entry["outcome"])
    assert outcomes == {"northfield": ["permit"], "riverbank": ["permit", "permit", "invalid_body"]}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.operation_id)
def test_without_an_audit_nothing_is_answered_and_nothing_changes(operation: Any) -> None:
    world = World()
    world.link("northfield")
    entity = world.lead()
    world.proposed(entity)
    world.stored["audit"] = Broken()
    names = dict.fromkeys(("proposal_id", "grant_id", "share_id", "notice_id", "inquiry_id"), "0" * 16)
    path = operation.path.format(
        entity_id="e_0000000000000000",
        record_id="a" * 32,
        watch_id="0" * 24,
        establishment_id="b_0123456789abcdef",
        sector="massage",
        **names,
    )
    terms = {"entity_id": entity, "to": "ring", "level": "L3", "fields": ["infrastructure"]}
    bodies = {"mark": {"entity_id": entity, "level": "L1"}, "proposeShare": terms, "previewShare": terms,
              "deconflict": {"identifier": PHONE}, "setContactDesk": {"contact": "desk@northfield.example"},
              "submitRecord": AD, "submitRecords": {"records": [AD]}, "watch": {"identifier": PHONE},
              "judge": {"a": "a" * 32, "b": "b" * 32, "verdict": "same", "why": "w"}}  # fmt: skip
    before = json.dumps([collection.rows for collection in world.stored.values()])
    asker = {"searchAudit": ADMIN, "setContactDesk": ADMIN, "mark": ANALYST, "proposeShare": ANALYST}.get(
        operation.operation_id, PARTNER
    )
    status, problem = world.ask(asker, operation.method, path,
                                bodies.get(operation.operation_id, {}), headers=STATED)  # fmt: skip
    assert (status, problem["code"]) == (503, "no_audit")
    assert json.dumps([collection.rows for collection in world.stored.values()]) == before
    assert world.written == []


def test_a_request_that_fails_leaves_its_entry(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(world.entries())

    def broken(*_: object, **__: object) -> None:
        raise OSError("the store is gone")

    monkeypatch.setattr(world.stored["entities"], "find", broken)
    with pytest.raises(OSError, match="gone"):
        world.ask(PARTNER, "GET", "/entities", headers=STATED)
    entry = world.entries()[-1]
    assert len(world.entries()) > before
    assert (entry["outcome"], entry["operation"], entry["chain"]) == ("failed", "partner.listEntities", "northfield")


def test_every_request_leaves_one_entry_without_a_name(world: World) -> None:
    before = len(world.entries())
    for method, path, body in (
        ("GET", "/entities", None), ("GET", "/nothing", None), ("POST", "/identifiers/lookup", "{"),
        ("POST", "/records", AD), ("GET", f"/entities/{'e_' + '0' * 16}", None), ("PUT", "/entities", None),
    ):  # fmt: skip
        world.reply(PARTNER, method, path, body, headers=STATED)
    added = world.entries()[before:] if before else world.entries()
    own = [entry for entry in world.entries() if entry["operation"].startswith("partner.")]
    assert [entry["outcome"] for entry in own] == ["permit", "absent", "invalid_json", "permit", "absent",
                                                   "method_not_served"]  # fmt: skip
    text = json.dumps(added)
    assert [word for word in ("northfield_partner", "5550123", "NF-7", "jen@") if word in text] == []


def test_a_key_gives_the_first_answer_again_and_refuses_another_request(world: World) -> None:
    headers = {"idempotency-key": "key-0001-abcd"}
    first = world.reply(PARTNER, "POST", "/records", AD, headers=headers)
    again = world.reply(PARTNER, "POST", "/records", AD, headers=headers)
    assert (first.status, first.payload) == (again.status, again.payload)
    assert ("Idempotent-Replayed" in first.headers, again.headers["Idempotent-Replayed"]) == (False, "true")
    assert json.loads(again.payload)["outcome"] == "stored"
    other = world.ask(PARTNER, "POST", "/records", {**AD, "key": "18"}, headers=headers)
    assert (other[0], other[1]["code"]) == (409, "idempotency_conflict")
    assert world.ask(ANALYST, "POST", "/records", {**AD, "key": "18"}, headers=headers)[0] == 201
    world.now += 86_401
    assert world.ask(PARTNER, "POST", "/records", {**AD, "key": "19"}, headers=headers)[0] == 201
    assert world.ask(PARTNER, "POST", "/records", AD, headers={"idempotency-key": "short"})[1]["field"] == (
        "Idempotency-Key"
    )


def test_a_record_that_another_request_is_writing_is_not_written_twice(world: World) -> None:
    world.ask(PARTNER, "POST", "/records", AD)
    ((key, mark),) = world.own["submissions"].rows.items()
    assert "owner" not in mark
    world.own["submissions"].rows[key] = {**mark, "owner": "another", "expires": world.now + 60}
    found = world.reply(PARTNER, "POST", "/records", AD)
    assert (found.status, json.loads(found.payload)["code"]) == (409, "in_progress")
    assert found.headers["Retry-After"] == "1"
    batch = world.ask(PARTNER, "POST", "/records/bulk", {"records": [AD, {**AD, "key": "18"}]})[1]
    assert [each["outcome"] for each in batch["outcomes"]] == ["refused", "stored"]
    assert len(world.written) == 2
    world.now += 61
    assert world.ask(PARTNER, "POST", "/records", AD)[1]["outcome"] == "stored"
    assert world.ask(PARTNER, "POST", "/records", AD)[1]["outcome"] == "known"


def test_a_record_whose_writing_failed_can_be_sent_again_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError("the indexer is gone")

    with monkeypatch.context() as patch:
        patch.setattr(World, "_write", broken)
        with pytest.raises(OSError, match="indexer"):
            world.ask(PARTNER, "POST", "/records", AD)
    assert world.ask(PARTNER, "POST", "/records", AD)[1]["outcome"] == "stored"


def test_the_place_of_a_request_that_died_is_taken_after_a_minute(world: World) -> None:
    headers = {"idempotency-key": "key-0001-abcd"}
    world.ask(PARTNER, "POST", "/records", AD, headers=headers)
    rows = world.own["api_answers"].rows
    (key,) = rows
    rows[key] = {**rows[key], "state": "running", "expires": world.now + 60}
    assert world.ask(PARTNER, "POST", "/records", AD, headers=headers)[1]["code"] == "in_progress"
    world.now += 61
    assert world.ask(PARTNER, "POST", "/records", AD, headers=headers)[1]["outcome"] == "known"


def test_an_empty_key_is_refused_and_not_taken_for_none(world: World) -> None:
    status, problem = world.ask(PARTNER, "POST", "/records/bulk", {"records": [AD]}, headers={"idempotency-key": ""})
    assert (status, problem["field"], world.written) == (400, "Idempotency-Key", [])


def test_a_refused_request_does_not_use_its_key_up(world: World) -> None:
    headers = {"idempotency-key": "key-0001-abcd"}
    assert world.ask(PARTNER, "POST", "/records", {**AD, "key": " "}, headers=headers)[0] == 400
    assert world.ask(PARTNER, "POST", "/records", AD, headers=headers)[0] == 201


def test_kept_answers_are_not_given_to_a_suspended_institution(world: World) -> None:
    headers = {"idempotency-key": "key-0001-abcd"}
    world.ask(PARTNER, "POST", "/watch-list", {"identifier": PHONE}, headers=headers)
    from tests.partner.world import tenant

    world.tenants["northfield"] = tenant("northfield", state="suspended")
    assert world.ask(PARTNER, "POST", "/watch-list", {"identifier": PHONE}, headers=headers)[0] == 404


def test_limits_hold_over_all_processes_and_end_with_the_minute() -> None:
    world = World(Limits(user=10, tenant=25))
    memories: list[Any] = [{}, {}, {}]
    passed = [world.reply(PARTNER, "GET", "/health", claims=memories[n % 3]).status for n in range(40)]
    assert (passed.count(200), set(passed)) == (10, {200, 429})
    late = world.reply(PARTNER, "GET", "/health", claims=memories[0])
    assert 1 <= int(late.headers["Retry-After"]) <= 60
    users = [person("northfield", "analyst"), person("northfield", "admin")]
    assert [world.reply(user, "GET", "/health").status for user in users * 10].count(200) == 15
    assert world.reply(OTHER, "GET", "/health").status == 200
    world.now += 60
    assert world.reply(PARTNER, "GET", "/health", claims=memories[0]).status == 200


def test_a_bulk_request_counts_as_several() -> None:
    world = World(Limits(user=10, tenant=100))
    statuses = [world.reply(PARTNER, "POST", "/records/bulk", {"records": [AD]}).status for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_names_are_matched_with_a_list_or_with_own_entities(world: World) -> None:
    listed = world.ask(PARTNER, "POST", "/names/match", {"names": ["Doe, Jen"], "list": ["Jen Doe", "Al Roe"]})[1]
    (match,) = listed["results"][0]["matches"]
    assert (match["value"], match["score"]) == ("Jen Doe", 1.0)
    own = world.ask(PARTNER, "POST", "/names/match", {"names": ["Doe, Jen"]})[1]["results"][0]["matches"]
    assert own[0]["entity_ids"] == [entity_of(world)]
    assert world.ask(OTHER, "POST", "/names/match", {"names": ["Doe, Jen"]})[1]["results"][0]["matches"] == []
