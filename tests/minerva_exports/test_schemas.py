"""The JSON schemas of docs/schemas: what the code writes fits, what it refuses does not, no list drifts from code."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from minerva.audit import Ledger, Trail
from minerva.documents import MemoryCollection
from minerva.exports import FORMATS, ExportError, ExportRequest
from minerva.exports.markings import HANDLING, TLP
from minerva.identifiers.evidence import Evidence
from minerva.linking.judgements import VERDICTS
from minerva.policy import Approval, Context, Decision, Grant, Subject
from minerva.policy.vocabulary import CEILINGS
from minerva.records import Record, RecordError
from minerva.records.kinds import RECORD_TYPES
from minerva.records.model import INDEXED_KEYS, LEVELS, PERSONAL
from tests.minerva_exports.sample import RECORDS, entity, files, lines

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schemas"
SCHEMAS: dict[str, dict[str, Any]] = {
    path.name.partition(".")[0]: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
_REGISTRY: Any = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)


def fits(name: str, value: object) -> bool:
    return bool(Draft202012Validator(SCHEMAS[name], registry=_REGISTRY).is_valid(value))


def paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of every value within a JSON value, outermost first."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from paths(each, (*at, key))


def refused_key(event: object) -> str:
    """The key for which the record model refuses an event, empty if it takes it."""
    try:
        Record.from_json(json.dumps(event))
    except RecordError as error:
        return error.key
    return ""


def changed(value: Any, at: tuple[Any, ...], new: object) -> Any:
    """A copy with another value at one place."""
    copied = copy.deepcopy(value)
    holder = copied
    for key in at[:-1]:
        holder = holder[key]
    holder[at[-1]] = new
    return copied


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_named_by_its_file_and_version(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    kind, _, version = name.rpartition("-")
    assert SCHEMAS[name]["$id"] == f"urn:minerva:schema:{kind}:{version}"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: str(record.source_key))
def test_every_record_event_fits(record: Record) -> None:
    assert fits("record-1", record.to_dict())
    assert all(fits("evidence-1", item.to_dict()) for item in record.evidence)


def test_whatever_change_the_record_schema_takes_the_model_takes_too() -> None:
    event = json.loads(RECORDS[0].to_json())
    taken = refused = 0
    for at in paths(event):
        for new in (None, 7, "", "L9", [], {}, ["x"], {"x": "y"}) if at else ():
            other = changed(event, at, new)
            if fits("record-1", other):
                taken += 1
                # JSON Schema cannot say that a span encloses its text.
                assert refused_key(other) in ("", "evidence.end")
            else:
                refused += 1
    assert taken > 10
    assert refused > 100


def test_entities_and_judgements_fit_and_unknown_keys_do_not() -> None:
    assert fits("entity-1", entity())
    assert not fits("entity-1", {**entity(), "victim_name": "x"})
    row = {"tenant_id": "northfield", "a": "1", "b": "2", "verdict": "same", "by": "ann", "why": "", "time": 0}
    assert fits("judgement-1", row)
    assert not fits("judgement-1", {**row, "verdict": "maybe"})


@pytest.mark.parametrize("name", FORMATS)
def test_every_manifest_fits(name: str) -> None:
    manifest = json.loads(files(name)["manifest.json"])
    assert fits("export-manifest-1", manifest)
    assert fits("export-manifest-1", {**manifest, "signature": f"1.{'0' * 32}"})
    assert not fits("export-manifest-1", {**manifest, "signature": ""})
    assert not fits("export-manifest-1", {**manifest, "files": []})


def test_the_request_schema_and_the_reader_agree_on_every_single_change() -> None:
    head = json.loads(lines("csv").splitlines()[0])["export"]
    given = {**head, "handling": ["H1"], "query": {}, "withheld": {"records": 1}, "max_items": 5, "expires": ""}
    assert fits("export-request-1", given)
    for key in given:
        for new in (7, True, "", "L9", "two words", [], {}, ["H9"], {"x": -1}, 10**9):
            other = {**given, key: new}
            try:
                ExportRequest.read("csv", other)
                read = True
            except ExportError:
                read = False
            assert fits("export-request-1", other) == read, (key, new)


def test_audit_entries_fit_as_they_are_written() -> None:
    collection = MemoryCollection()
    trail = Trail(Ledger(collection, b"k" * 32), b"k" * 32)
    subject = Subject("ann", frozenset({"northfield_analyst"}), frozenset())
    context = Context({}, now=1772366400.5, purpose="deconfliction", case="NF-1")
    trail.begin(("get", ""), ["entity_id:e_0123456789abcdef"], subject, ["northfield"], context)
    trail.decided("northfield", Decision(True, "own_tenant"))
    trail.permit(rows=1)
    entries = [json.loads(row["entry"]) for row in collection.find({"kind": "entry"})]
    assert len(entries) == 2
    assert all(fits("audit-entry-1", entry) for entry in entries)
    assert not fits("audit-entry-1", {**entries[0], "user": "ann"})


def test_lists_in_schemas_are_those_of_the_code() -> None:
    record, share = SCHEMAS["record-1"]["properties"], SCHEMAS["share-1"]["properties"]
    assert record["key"]["properties"]["record_type"]["enum"] == list(RECORD_TYPES)
    assert set(record["key"]["properties"]) == set(INDEXED_KEYS)
    assert record["marking"]["properties"]["level"]["enum"] == list(LEVELS)
    assert record["marking"]["properties"]["personal"]["enum"] == list(PERSONAL)
    assert set(SCHEMAS["evidence-1"]["properties"]) == set(Evidence._fields)
    assert SCHEMAS["judgement-1"]["properties"]["verdict"]["enum"] == list(VERDICTS)
    assert set(share) == {each.name for each in dataclasses.fields(Grant)}
    assert set(share["approvals"]["items"]["properties"]) == {each.name for each in dataclasses.fields(Approval)}
    assert set(share["fields"]["items"]["enum"]) == set(CEILINGS)
    manifest = SCHEMAS["export-manifest-1"]["properties"]
    assert manifest["format"]["enum"] == list(FORMATS)
    assert set(manifest["marking"]["properties"]["tlp"]["enum"]) == {f"TLP:{word}" for word in TLP.values()}
    request = SCHEMAS["export-request-1"]["properties"]
    assert request["handling"]["items"]["enum"] == list(HANDLING)
    assert {*request, "format"} == {each.name for each in dataclasses.fields(ExportRequest)}


def test_the_error_shape_is_one_sentence_and_nothing_else() -> None:
    assert fits("error-1", {"error": "not found"})
    assert not fits("error-1", {"error": "not found", "entity_id": "e_0123456789abcdef"})
