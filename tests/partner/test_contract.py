"""The contract: valid OpenAPI whose schemas are checked as they are shown, and agree with a second implementation."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from assembly.emit.partner_contract import CONTRACT
from assembly.paths import ROOT
from minerva.partner.contract.checking import check, unknown_keywords
from minerva.partner.contract.schemas import SCHEMAS
from minerva.partner.openapi import document, statuses
from minerva.partner.registry import OPERATIONS

COMMITTED = json.loads((ROOT / CONTRACT).read_text(encoding="utf-8"))
_REGISTRY: Any = Registry().with_resource("urn:contract", DRAFT202012.create_resource(document()))
GOOD: dict[str, Any] = {
    "RecordSubmission": {
        "record_type": "ad", "source": "x", "key": "1", "country": "US", "phones": ["1"],
        "usernames": [{"platform": "x", "name": "y"}], "attributes": {"a": "b"}, "marking": {"level": "L1"},
    },
    "NamesToMatch": {"names": ["a"], "list": ["b"], "kind": "name", "cutoff": 0.5, "limit": 3},
    "ExportRequest": {"format": "csv", "entity_ids": ["e_0123456789abcdef"], "recipient": "x"},
    "IdentifierLookup": {"identifiers": ["phone:1"]},
    "JudgementRequest": {"a": "a" * 32, "b": "b" * 32, "verdict": "same", "why": "w"},
    "AuditQuery": {"user": "u", "limit": 7},
}  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.text("ab1:\n\x00", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "key", "level", "Z9"]), inner),
    max_leaves=4,
)


def others(name: str, value: Any) -> bool:
    schema = {"$ref": f"urn:contract#/components/schemas/{name}"}
    return bool(Draft202012Validator(schema, registry=_REGISTRY).is_valid(value))


def test_the_committed_contract_is_what_the_registry_says() -> None:
    assert document() == COMMITTED
    assert COMMITTED["openapi"] == "3.1.0"


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_schema_uses_a_keyword_that_would_be_passed_over(name: str) -> None:
    assert unknown_keywords(SCHEMAS[name]) == set()
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.operation_id)
def test_each_operation_has_its_own_name_and_no_identifier_in_its_url(operation: Any) -> None:
    names = [each.operation_id for each in OPERATIONS]
    assert names.count(operation.operation_id) == 1
    assert not {"identifier", "phone", "email", "name", "user", "case"} & {*operation.query, *operation.variables}
    assert operation.method in ("GET", "POST", "DELETE")
    assert not (operation.method == "GET" and operation.changes)
    assert (operation.body is not None) == (operation.method == "POST")
    shown = COMMITTED["paths"][operation.path][operation.method.lower()]
    assert {str(status) for status in statuses(operation)} <= set(shown["responses"])
    schemas = [operation.answer, *operation.query.values(), *operation.variables.values()]
    assert [unknown_keywords(schema) for schema in schemas if unknown_keywords(schema)] == []


@pytest.mark.parametrize("name", GOOD)
def test_good_examples_fit_by_both_implementations(name: str) -> None:
    assert check(GOOD[name], SCHEMAS[name], SCHEMAS) is None
    assert others(name, GOOD[name])


@given(data=st.data(), name=st.sampled_from(list(GOOD)))
def test_both_implementations_judge_changed_bodies_alike(data: st.DataObject, name: str) -> None:
    value = copy.deepcopy(GOOD[name])
    for _ in range(data.draw(st.integers(1, 2))):
        at: Any = value
        key = data.draw(st.sampled_from([*at, "unknown", "oneOf"]))
        while isinstance(at.get(key) if isinstance(at, dict) else at[key], (dict, list)) and data.draw(st.booleans()):
            at = at[key]
            if not at:
                break
            key = data.draw(st.sampled_from(list(at) if isinstance(at, dict) else list(range(len(at)))))
        if isinstance(at, dict) and data.draw(st.booleans()):
            at.pop(key, None)
        elif at:
            at[key] = data.draw(JSON)
    # A text's `$` is its end here and in JSON Schema; the other implementation lets one line end follow.
    if "\\n" not in json.dumps(value):
        assert (check(value, SCHEMAS[name], SCHEMAS) is None) == others(name, value)


def test_a_line_end_after_an_id_is_not_passed_over() -> None:
    assert check("e_0123456789abcdef\n", {"type": "string", "pattern": "^e_[0-9a-f]{16}$"}, {}) is not None
