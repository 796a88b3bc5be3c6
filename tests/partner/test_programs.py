"""What a program must be able to tell: refusals with codes of their own, one type for times and levels, no oneOf."""

from __future__ import annotations

import re
from typing import Any

import pytest

from minerva.partner.contract.checking import check
from minerva.partner.contract.examples import EXAMPLES
from minerva.partner.contract.schemas import SCHEMAS
from minerva.partner.openapi import document
from minerva.partner.registry import OPERATIONS
from minerva.policy import Subject
from tests.partner.world import EMAIL, PHONE, STATED, World, person, tenant

PARTNER, ANALYST, ADMIN = (person("northfield", standing) for standing in ("partner", "analyst", "admin"))
OTHER = person("riverbank")
CONTRACT = document()
SHOWN = {
    each["operationId"]: each for methods in CONTRACT["paths"].values() for each in methods.values()
}  # fmt: skip
NEEDS_PURPOSE = {"makeExport", "proposeExport", "mark", "previewShare", "proposeShare", "listShared", "getShared",
                 "deconflict", "answerInquiry"}  # fmt: skip


@pytest.fixture
def world() -> World:
    made = World()
    made.link("northfield")
    return made


def parameters(operation_id: str) -> dict[str, dict[str, Any]]:
    """The parameters of an operation by name, references resolved."""
    found = []
    for each in SHOWN[operation_id]["parameters"]:
        name = each.get("$ref", "").rpartition("/")[2]
        found.append(CONTRACT["components"]["parameters"][name] if name else each)
    return {each["name"]: each for each in found}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.operation_id)
def test_purpose_and_case_are_required_where_an_operation_refuses_without(world: World, operation: Any) -> None:
    needed = operation.operation_id in NEEDS_PURPOSE
    shown = parameters(operation.operation_id)
    assert [shown[name].get("required", False) for name in ("Minerva-Purpose", "Minerva-Case")] == [needed, needed]
    ids = {"entity_id": "e_" + "0" * 16, "record_id": "a" * 32, "watch_id": "0" * 24, "proposal_id": "p_" + "0" * 16,
           "grant_id": "g_" + "0" * 16, "share_id": "s_" + "0" * 16, "notice_id": "0" * 16,
           "inquiry_id": "q_" + "0" * 16, "establishment_id": "b_" + "0" * 16, "sector": "massage"}  # fmt: skip
    name = operation.body["$ref"].rpartition("/")[2] if operation.body else ""
    body = EXAMPLES.get(name)
    for asker in (PARTNER, ANALYST):
        for stated in ({}, {"minerva-purpose": "investigation"}):
            path = operation.path.format(**ids)
            problem = world.ask(asker, operation.method, path, body, headers=stated)[1]
            assert (problem.get("code") == "circumstances_missing") == needed


def test_splunkd_answers_before_the_api_in_xml_and_the_contract_says_so() -> None:
    for each in SHOWN.values():
        for status in ("401", "403"):
            assert {"application/json", "text/xml"} <= set(each["responses"][status]["content"])
        mode = next(shown for shown in parameters(each["operationId"]).values() if shown["name"] == "output_mode")
        assert (mode["in"], mode["schema"]["enum"], mode["schema"]["default"]) == ("query", ["json"], "json")


def test_an_output_mode_that_the_api_does_not_speak_is_refused(world: World) -> None:
    assert world.ask(PARTNER, "GET", "/entities", query={"output_mode": "json"})[0] == 200
    assert world.ask(PARTNER, "GET", "/entities", query={"output_mode": "xml"})[1]["field"] == "output_mode"


@pytest.mark.parametrize("name", ["riverbank", "nowhere", "northfeild"])
@pytest.mark.parametrize("path", ["/entities", "/watch-list", "/health"])
def test_a_wrong_institution_is_refused_in_words_and_never_an_empty_list(world: World, name: str, path: str) -> None:
    status, problem = world.ask(PARTNER, "GET", path, headers={"minerva-tenant": name})
    assert (status, problem["code"], problem["field"]) == (403, "not_your_institution", "Minerva-Tenant")
    nowhere = world.reply(PARTNER, "GET", path, headers={"minerva-tenant": "nobodys"}).payload
    assert world.reply(PARTNER, "GET", path, headers={"minerva-tenant": name}).payload == nowhere


def test_each_contradiction_has_a_code_of_its_own(world: World) -> None:
    pair = {"a": "a" * 32, "b": "b" * 32, "why": "w"}
    world.ask(ANALYST, "POST", "/judgements", {**pair, "verdict": "same"})
    codes = [world.ask(ANALYST, "POST", "/judgements", {**pair, "verdict": "not_same"})[1]["code"]]
    world.ask(ANALYST, "POST", "/judgements", {**pair, "b": "c" * 32, "verdict": "same"})
    against = {"a": "b" * 32, "b": "c" * 32, "why": "w", "verdict": "not_same"}
    codes.append(world.ask(ANALYST, "POST", "/judgements", against)[1]["code"])
    entity = world.lead()
    proposal = world.proposed(entity, level="L4")
    path = f"/proposals/{proposal['proposal_id']}"
    codes.append(world.ask(ANALYST, "POST", f"{path}/approve", {"content_hash": proposal["content_hash"]})[1]["code"])
    codes.append(world.ask(ADMIN, "POST", f"{path}/approve", {"content_hash": "0" * 64})[1]["code"])
    codes.append(world.ask(ANALYST, "POST", f"{path}/release", {})[1]["code"])
    codes.append(world.ask(ADMIN, "POST", f"{path}/release", {})[1]["code"])
    grant = world.released(entity)
    world.ask(ADMIN, "POST", f"/grants/{grant}/recall", {})
    codes.append(world.ask(ADMIN, "POST", f"/grants/{grant}/recall", {})[1]["code"])
    victim = {"entity_id": entity, "to": "ring", "level": "L3", "fields": ["victim_identity"]}
    codes.append(world.ask(ANALYST, "POST", "/proposals", victim, headers=STATED)[1]["code"])
    world.now += 73 * 3600
    codes.append(world.ask(ANALYST, "POST", f"{path}/release", {})[1]["code"])
    assert codes == [
        "judged_otherwise", "contradicts_judgements", "own_proposal", "content_changed", "approval_needed",
        "not_the_author", "release_ended", "not_releasable", "proposal_closed",
    ]  # fmt: skip


def schemas_in(schema: Any) -> list[dict[str, Any]]:
    """A schema and all inside it."""
    if isinstance(schema, list):
        return [each for one in schema for each in schemas_in(one)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(each for value in schema.values() for each in schemas_in(value))]


def test_every_time_and_every_level_has_one_type() -> None:
    times, levels = set(), set()
    for name, schema in SCHEMAS.items():
        for each in schemas_in(schema):
            for key, value in (each.get("properties") or {}).items():
                if re.search(r"(^|_)time$|^expires$|^released$|^published$|^last_seen$|^since$", key):
                    times.add((key, value.get("format"), str(value.get("type"))))
                if key == "level":
                    levels.add(value.get("$ref", f"inline in {name}").rpartition("/")[2])
    assert {form for _, form, _ in times} == {"date-time"}
    assert {kind for _, _, kind in times} <= {"string", "['string', 'null']"}
    assert levels <= {"Level", "ReleaseLevel"}
    given = {each["schema"].get("format") for each in parameters("listAlerts").values() if each["name"] == "since"}
    assert given == {"date-time"}


def test_times_are_told_and_taken_in_one_form(world: World) -> None:
    assert world.ask(PARTNER, "GET", "/health")[1]["time"] == "2023-11-14T22:13:20Z"
    row = world.ask(PARTNER, "GET", "/entities")[1]["entities"][0]
    assert (row["first_time"], row["last_time"]) == ("1970-01-01T00:00:10Z", "1970-01-01T00:00:20Z")
    assert world.proposed(world.lead())["expires"] == "2023-11-17T22:13:20Z"
    assert world.ask(PARTNER, "GET", "/alerts", query={"since": "2023-11-14T22:13:20Z"})[0] == 200
    assert world.ask(PARTNER, "GET", "/alerts", query={"since": "1700000000"})[0] == 400
    assert world.ask(PARTNER, "GET", "/alerts", query={"since": "2023-99-14T22:13:20Z"})[1]["field"] == "since"


def test_no_schema_is_one_that_generators_turn_into_any() -> None:
    for name, schema in CONTRACT["components"]["schemas"].items():
        assert len(name) <= 20, name
        for each in schemas_in({key: value for key, value in schema.items() if key != "examples"}):
            assert not {"oneOf", "anyOf", "allOf"} & set(each), name
            assert not isinstance(each.get("title"), str), f"{name}: generators call a class by its title"
        inner = [each for value in schema.get("properties", {}).values() for each in schemas_in(value)]
        assert [each for each in inner if "properties" in each and each.get("type") == "object"] == [], name


def test_one_purpose_enum_tags_and_an_example_for_each_body() -> None:
    enums = [each["enum"] for each in schemas_in(CONTRACT) if "investigation" in each.get("enum", ())]
    assert len(enums) == 1
    tags = {tag["name"] for tag in CONTRACT["tags"]}
    assert all(len(each["tags"]) == 1 and each["tags"][0] in tags for each in SHOWN.values())
    for operation in OPERATIONS:
        if operation.body is None:
            continue
        name = operation.body["$ref"].rpartition("/")[2]
        (example,) = CONTRACT["components"]["schemas"][name]["examples"]
        assert check(example, operation.body, SCHEMAS) is None, name
        assert not operation.one_of or sum(key in example for key in operation.one_of) == 1


@pytest.mark.parametrize("given", [{}, {"entity_id": "e_" + "0" * 16, "record_id": "a" * 32}], ids=["none", "two"])
def test_exactly_one_object_is_asked_for_and_the_refusal_names_the_keys(world: World, given: dict[str, Any]) -> None:
    problem = world.ask(ANALYST, "POST", "/markings", {**given, "level": "L3"}, headers=STATED)[1]
    assert problem["code"] == "invalid_body"
    assert "entity_id, record_id, subject_id" in problem["detail"]


def test_a_user_of_two_institutions_speaks_for_either(world: World) -> None:
    both = Subject("two", PARTNER.roles | OTHER.roles, PARTNER.capabilities)
    assert world.ask(both, "GET", "/entities", headers={"minerva-tenant": "riverbank"})[1]["entities"] == []
    assert world.ask(both, "GET", "/entities", headers={"minerva-tenant": "northfield"})[1]["entities"]
    world.tenants["riverbank"] = tenant("riverbank", state="suspended")
    assert world.ask(both, "GET", "/entities", headers={"minerva-tenant": "riverbank"})[0] == 403


def test_watching_and_lookups_keep_their_types(world: World) -> None:
    made = world.ask(PARTNER, "POST", "/watch-list", {"identifier": EMAIL})[1]
    assert made["added_time"] == "2023-11-14T22:13:20Z"
    assert world.ask(PARTNER, "POST", "/identifiers/lookup", {"identifiers": [PHONE]})[0] == 200
