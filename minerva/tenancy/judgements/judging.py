"""Operations on judgements (same, not same, unsure), the whole answer about one identifier, record or entity, and what
a person may have meant by what was typed.

A judgement is stored apart from records, under its pair of records, with who, why, when and what stood there before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.documents import Document, find_all
from minerva.linking.judgements import VERDICTS, Judgement, contradiction_of, judgement, read_judgement, settle
from minerva.policy import Action
from minerva.tenancy import typed
from minerva.tenancy.asking import (
    MOST_ASKED,
    Absent,
    BadRequest,
    Body,
    Contradicts,
    Store,
    entity_of,
    holders_of,
    member_of,
    number_of,
    regions_of,
    text_of,
)
from minerva.tenancy.judgements.judged import in_effect
from minerva.tenancy.related import with_related

TAKEN_BACK = "taken_back"
MAX_WHY = 500
MAX_ENTITIES = 50
_ROW_KEYS = ("tenant_id", "a", "b", "verdict", "by", "why", "time")
_HISTORY_KEYS = ("verdict", "by", "why", "time")


def judgements(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "add" | "take_back" | "history", "a", "b", "verdict", "why"} -> {"judgements", "contradictions"}.

    The judgements of the tenant that hold afterwards, and a sentence for each contradiction among them. `add` refuses
    what contradicts judgements already made and names them; a verdict is changed by taking it back first. `in_effect`
    says whether the links that readers see follow it: they do from the next refresh on. `history` gives those of the
    entity that "entity_id" names in place of all, those taken back too, each with what stood there before.
    """
    operation = body.get("op", "list")
    if operation not in ("list", "add", "take_back", "history"):
        raise BadRequest("op: expected list, add, take_back or history")
    tenant = store.tenant_for(Action.JUDGE if operation in ("add", "take_back") else Action.READ, body)
    if operation == "history":
        return {"judgements": _past(body, store, tenant), "contradictions": []}
    if operation == "add":
        _add(body, store, tenant)
    elif operation == "take_back":
        _take_back(body, store, tenant)
    rows = _standing(store, tenant)
    found = settle(_read(row) for row in rows).contradictions
    noted = noted_of(store, tenant)
    return {
        "judgements": [_told(row, noted) for row in rows],
        "contradictions": [each.sentence() for each in found],
    }


def reading(body: Body, store: Store) -> dict[str, Any]:
    """{"text"} -> {"readings": [{"identifier", "how"}], "problem"}: what was typed, as the identifiers it may mean.

    Reads no stored data. A number without a country code is read as dialed in the region of the asker's institutions.
    """
    text = text_of(body, "text", MOST_ASKED).strip()
    regions = regions_of(store, store.readable(body))
    found = typed.readings(text, regions)
    return {
        "readings": [{"identifier": identifier, "how": how} for identifier, how in found.items()],
        "problem": "" if found else typed.problem_of(text, regions),
    }


def resolve(body: Body, store: Store) -> dict[str, Any]:
    """{"identifier" | "record_id" | "entity_id", "limit"} -> {"entities", "judgements", "left_out"}.

    Whole documents of the entities that hold what is asked for (an identifier that joins nothing may stand in several),
    redirects followed (`requested_id` is then the id asked for), what they are to others (`related`, see related.py),
    and the judgements on their records, as in `judgements`.
    """
    limit = number_of(body, "limit", 10, 1, MAX_ENTITIES)
    tenants = store.readable(body)
    asked = text_of(body, "entity_id") if "entity_id" in body else ""
    ids = [asked] if asked else holders_of(store, tenants, member_of(body, regions_of(store, tenants)))
    entities = [document for entity_id in ids[:limit] if (document := entity_of(store, tenants, entity_id))]
    if not entities:
        raise Absent
    if asked and entities[0]["entity_id"] != asked:
        entities[0]["requested_id"] = asked
    records = {record_id for document in entities for record_id in document.get("records", ())}
    noted = {tenant: noted_of(store, tenant) for tenant in sorted({str(each["tenant_id"]) for each in entities})}
    rows = [
        _told(row, noted[tenant])
        for tenant in noted
        for row in _standing(store, tenant)
        if row["a"] in records or row["b"] in records
    ]
    entities = [with_related(document, store) for document in entities]
    return {"entities": entities, "judgements": rows, "left_out": max(0, len(ids) - limit)}


def _past(body: Body, store: Store, tenant: str) -> list[dict[str, Any]]:
    document = entity_of(store, [tenant], text_of(body, "entity_id"))
    if document is None:
        raise Absent
    records, noted = set(document.get("records", ())), noted_of(store, tenant)
    rows = find_all(store.collections["judgements"], {"tenant_id": tenant})
    rows = [row for row in rows if row["a"] in records or row["b"] in records]
    rows.sort(key=lambda row: -int(row.get("time") or 0))
    return [{**_told(row, noted), "history": list(row.get("history", ()))} for row in rows]


def noted_of(store: Store, tenant: str) -> dict[str, Any]:
    """What the last committed refresh noted; {} before the first."""
    return dict((store.collections["refresh"].get(f"{tenant}:state") or {}).get("linked") or {})


def _told(row: Mapping[str, Any], noted: Mapping[str, Any]) -> dict[str, Any]:
    return {**{key: row.get(key) for key in _ROW_KEYS}, "in_effect": in_effect(row, noted)}


def _add(body: Body, store: Store, tenant: str) -> None:
    new = asked_of(body, store, tenant, str(body.get("verdict", "")))
    rows = _standing(store, tenant)
    key = f"{tenant}:{new.a}|{new.b}"
    held = next((row for row in rows if (row["a"], row["b"]) == (new.a, new.b)), None)
    if held is not None and held["verdict"] != new.verdict:
        raise Contradicts(f"{_read(held).sentence()}; take that back first", "judged_otherwise")
    found = contradiction_of(new, [_read(row) for row in rows])
    if found is not None:
        raise Contradicts(f"{found.sentence()}: take one of them back first", "contradicts_judgements")
    before = store.collections["judgements"].get(key)
    row: Document = {"_key": key, "tenant_id": tenant, "history": _history(before)}
    row.update(a=new.a, b=new.b, verdict=new.verdict, by=new.by, why=new.why, time=new.time)
    store.trail.permit()
    store.collections["judgements"].batch_save([row])


def _take_back(body: Body, store: Store, tenant: str) -> None:
    asked = asked_of(body, store, tenant, VERDICTS[0])
    key = f"{tenant}:{asked.a}|{asked.b}"
    before = store.collections["judgements"].get(key)
    if before is None or before.get("verdict") not in VERDICTS:
        raise BadRequest("there is no judgement on these two records to take back")
    row: Document = {"_key": key, "tenant_id": tenant, "history": _history(before)}
    row.update(a=asked.a, b=asked.b, verdict=TAKEN_BACK, by=asked.by, why=asked.why, time=asked.time)
    store.trail.permit()
    store.collections["judgements"].batch_save([row])


def asked_of(body: Body, store: Store, tenant: str, verdict: str) -> Judgement:
    """The judgement that a body states, on records of the tenant. Raises BadRequest, Absent."""
    a, b = text_of(body, "a"), text_of(body, "b")
    why = body.get("why", "")
    if not isinstance(why, str) or len(why) > MAX_WHY:
        raise BadRequest(f"why: expected text of at most {MAX_WHY} characters")
    try:
        made = judgement(a, b, verdict, store.subject.user, why, int(store.clock()))
    except ValueError as error:
        raise BadRequest(str(error)) from None
    for record_id in (a, b):
        rows = store.load("members", [tenant], record_id)
        if not any(row.get("kind") == "record" for row in rows):
            raise Absent
    return made


def _standing(store: Store, tenant: str) -> list[Document]:
    rows = find_all(store.collections["judgements"], {"tenant_id": tenant})
    return [row for row in rows if row.get("verdict") in VERDICTS and store.may(Action.READ, str(row["tenant_id"]))]


def _history(before: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    if before is None:
        return []
    return [*before.get("history", ()), {key: before.get(key) for key in _HISTORY_KEYS}]


def _read(row: Mapping[str, Any]) -> Judgement:
    return read_judgement(row)
