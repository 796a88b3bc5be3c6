"""Operations on records: submitted ones are mapped, cleaned and searched as intake does it, then indexed.

Before that the vault is asked: who was erased stays out, and who is kept there stands in the index under a pseudonym.
A record's id follows from source, key and content: what was stored before is `known` and not written again.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from minerva.documents import Collection, Document
from minerva.intake.errors import MappingError
from minerva.intake.facts.field_map import CodedRule, FieldMap, PhoneRule, Rule
from minerva.intake.facts.source import Legal, Source
from minerva.intake.mapping.mapper import Mapper
from minerva.partner.contract.checking import check
from minerva.partner.contract.schemas import SCHEMAS
from minerva.partner.contract.shapes import RECORD_ID, ref
from minerva.partner.entities import shown_row
from minerva.partner.operation import Call, Operation
from minerva.partner.problem import Problem
from minerva.policy import Action, Tenant
from minerva.records import Column, Record, RecordError, why_unread
from minerva.records.model import TEXT_KEYS
from minerva.records.retention import PAST_RETENTION
from minerva.tenancy.claims import SECONDS
from minerva.tenancy.rebuild import entity_store
from minerva.tenancy.signing import signed
from minerva.vault.intake import ERASED, NOT_HIDDEN, received

_LISTS = {"phones": "phone", "emails": "email", "urls": "url"}
_KEPT_OUT = {
    ERASED: "the record, or somebody whom it names, was erased: nothing of them is stored again",
    NOT_HIDDEN: "the record names somebody of your vault in a way that no pseudonym can replace",
    PAST_RETENTION: "the record is older than your institution's index keeps records",
}


@dataclass
class _Item:
    """One submitted record on its way: `record` when it could be mapped, else `fault`."""

    key: str | None
    record: Record | None = None
    region: str = ""
    fault: Problem | None = None
    outcome: str = "refused"
    unread: Sequence[dict[str, str]] = ()
    """{"field", "reason"} of each listed value that is not what its list is for."""


def submit(call: Call) -> dict[str, Any]:
    """One record; a refused one is a problem of the whole request."""
    item = _stored([call.body], call)[0]
    if item.fault is not None:
        raise item.fault
    return _told(item)


def submit_batch(call: Call) -> dict[str, Any]:
    """Several records, each with its own outcome: one bad record never stops the rest."""
    items = _stored(call.body["records"], call)
    counts = {name: sum(item.outcome == name for item in items) for name in ("stored", "known", "refused")}
    return {**counts, "outcomes": [_told(item) for item in items]}


def entity_of_record(call: Call) -> dict[str, Any]:
    """The entities that hold a record."""
    body = {"record_id": call.path["record_id"], **call.tenant}
    rows = entity_store.lookup(body, call.store)["entities"]
    return {"entities": [shown_row(row) for row in rows], "next_cursor": None}


def _stored(given: Sequence[Any], call: Call) -> list[_Item]:
    tenant = call.store.tenant_for(Action.SUBMIT, call.tenant)
    institution = call.store.context.tenants[tenant]
    items = [read_submission(each, institution, call.store.clock()) for each in given]
    call.store.trail.permit(sum(item.record is not None for item in items))
    _ask_the_vault(items, tenant, call)
    marks = call.desk.collections["submissions"]
    mapped = [item for item in items if item.record is not None]
    owner, now = uuid.uuid4().hex, call.store.clock()
    marks.discard({"tenant_id": tenant, "expires": {"$lt": now}})  # of requests that died
    held = marks.get_many([f"{tenant}:{_record(item).record_id}" for item in mapped])
    fresh: dict[str, Record] = {}
    for item, mark in zip(mapped, held):
        record = _record(item)
        row: Document = {
            "_key": f"{tenant}:{record.record_id}", "tenant_id": tenant, "level": record.marking.level,
            "time": int(now),
        }  # fmt: skip
        if record.record_id in fresh:
            item.outcome = "known"
        elif mark is not None and not _open(mark):
            _as_marked(item, mark)
        elif _claim(marks, {**row, "owner": owner, "expires": now + SECONDS}):
            fresh[record.record_id] = record
            item.outcome = "stored"
        else:
            _as_marked(item, marks.get(row["_key"]))
    if fresh:
        try:
            call.desk.write_records(institution.index, [signed(call.store, tenant, each) for each in fresh.values()])
        except BaseException:
            marks.discard({"tenant_id": tenant, "owner": owner})
            raise
        # After the events: a stop in between writes them again, and readers count records by id.
        marks.batch_save(
            [
                {"_key": f"{tenant}:{record_id}", "tenant_id": tenant, "level": record.marking.level,
                 "time": int(call.store.clock())}
                for record_id, record in fresh.items()
            ]
        )  # fmt: skip
    return items


def _claim(marks: Collection, row: Document) -> bool:
    """Whether this request writes the record; else an earlier one has or does."""
    return marks.insert(row)


def _open(mark: Document) -> bool:
    """Whether the mark is of a request that is still writing the record."""
    return "expires" in mark


def _as_marked(item: _Item, mark: Document | None) -> None:
    """What becomes of a record that an earlier request has stored or is storing."""
    if mark is None or _open(mark):
        item.fault = Problem(
            409, "in_progress", "another request is storing the same record just now: send it again",
            headers={"Retry-After": "1"},
        )  # fmt: skip
    elif mark.get("level") == _record(item).marking.level:
        item.outcome = "known"
    else:
        item.fault = Problem(
            409, "marked_otherwise", "the same record is stored under another level: submitting does not change it",
            "marking.level",
        )  # fmt: skip


def _ask_the_vault(items: Sequence[_Item], tenant: str, call: Call) -> None:
    """Puts what the vault lets through in place of each record, or the fault."""
    mapped = [item for item in items if item.record is not None]
    found = received(call.store, tenant, [(_record(item), item.region) for item in mapped])
    for item, kept in zip(mapped, found):
        item.record = kept.record
        if kept.record is None:
            item.fault = Problem(409, kept.refused, _KEPT_OUT[kept.refused])


def read_submission(given: Any, tenant: Tenant, now: float) -> _Item:
    """What a submission is to the institution: its record, or its fault."""
    fault = check(given, SCHEMAS["RecordSubmission"], SCHEMAS)
    key = given.get("key") if isinstance(given, dict) else None
    item = _Item(key if isinstance(key, str) and len(key) <= 200 else None)
    if fault is not None:
        item.fault = Problem(400, "invalid_record", fault[1], ".".join(map(str, fault[0])))
        return item
    try:
        mapper = Mapper(source_of(given, tenant.region), tenant.tenant_id)
        draft = mapper.map_row(_row(given), datetime.fromtimestamp(now, timezone.utc))
        item.record, item.region = draft.finish(), draft.region
        item.unread = _unread(given, draft.region)
    except MappingError as error:
        item.fault = Problem(
            400, "invalid_record", f"cannot be mapped: {error.code}", error.code.replace("record_", "")
        )
    except RecordError as error:
        item.fault = Problem(400, "invalid_record", error.expected, error.key)
    return item


def source_of(given: Mapping[str, Any], region: str = "") -> Source:
    """The facts of a submission, as a source of the add-on has them: its field map, marking and class of data.

    `region` is where phones without a country code are dialed, for a record that names no country.
    """
    marking = given.get("marking", {})
    legal = Legal(
        owner="the institution that submits", licence="", terms="", terms_allow=True, robots="not_applicable",
        personal_data=marking.get("personal", "contact"), retention_days=1, marking=marking.get("level", "L0"),
    )  # fmt: skip
    mapping = _field_map(given, "" if "country" in given else region)
    return Source(
        source_id=f"api_{given['source']}", title="", description="", legal=legal, record_type=given["record_type"],
        mapping=mapping, http=None, file=None, expect_min=0, expect_max=None, enabled=True, fingerprint="",
    )  # fmt: skip


def _field_map(given: Mapping[str, Any], region: str) -> FieldMap:
    names = given.get("usernames", ())
    return FieldMap(
        key=("key",),
        fields={name: Rule((name,)) for name in TEXT_KEYS if name in given},
        attributes={name: Rule((f"attributes.{name}",)) for name in given.get("attributes", {})},
        observed_columns=("observed_time",), observed_formats=("iso",), observed_constant="", observed_zone_minutes=0,
        phones=(PhoneRule("phones", region, "country"),), emails=("emails",), urls=("urls",),
        usernames=tuple(
            CodedRule(f"usernames.{place}.name", label_column=f"usernames.{place}.platform")
            for place in range(len(names))
        ),
        licenses=(), company_numbers=(), extract=("title", "text"), extract_region=region,
        extract_region_column="country",
        ignore=frozenset({"record_type", "source", "marking.level", "marking.personal"}), mojibake=(), city="",
        region="", towns=(), snippet_chars=200_000,
    )  # fmt: skip


def _unread(given: Mapping[str, Any], region: str) -> list[dict[str, str]]:
    """The listed values in which nothing of what they should be is found, by place, with the reason."""
    listed = [
        (f"{name}.{place}", Column(name, kind, value))
        for name, kind in _LISTS.items()
        for place, value in enumerate(given.get(name, ()))
    ]
    listed += [
        (f"usernames.{place}", Column("username", "username", each["name"], each["platform"]))
        for place, each in enumerate(given.get("usernames", ()))
    ]
    found = ((place, why_unread(column, region=region or None)) for place, column in listed)
    return [{"field": place, "reason": reason} for place, reason in found if reason]


def _row(given: Mapping[str, Any]) -> dict[str, Any]:
    """The submission as a row of a source: user names by place, everything else as it is."""
    return {**given, "usernames": {str(place): each for place, each in enumerate(given.get("usernames", ()))}}


def _record(item: _Item) -> Record:
    assert item.record is not None
    return item.record


def _told(item: _Item) -> dict[str, Any]:
    told: dict[str, Any] = {"key": item.key, "outcome": item.outcome}
    if item.fault is not None:
        told.update(outcome="refused", code=item.fault.code, detail=item.fault.detail)
        return {**told, "field": item.fault.field} if item.fault.field else told
    record = _record(item)
    told.update(record_id=record.record_id, identifiers=record.identifiers)
    return {**told, "unread": list(item.unread)} if item.unread else told


OPERATIONS = (
    Operation(
        "submitRecord", "POST", "/records", "Submit one record",
        "Stored in the index of your institution; it joins entities at the next linking run.",
        submit, ref("RecordOutcome"), ref("RecordSubmission"), changes=True, status=201, statuses=(409,),
    ),
    Operation(
        "submitRecords", "POST", "/records/bulk", "Submit up to 500 records",
        "Each record has its own outcome. Items are checked one by one against RecordSubmission.",
        submit_batch, ref("BatchOutcome"), ref("RecordBatch"), changes=True, statuses=(409,), cost=5,
    ),
    Operation(
        "getEntitiesOfRecord", "GET", "/records/{record_id}/entities", "The entities that hold a record", "",
        entity_of_record, ref("EntityPage"), variables={"record_id": RECORD_ID},
    ),
)  # fmt: skip
