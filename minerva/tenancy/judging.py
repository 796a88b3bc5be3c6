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

TAKEN_BACK = "taken_back"
MAX_WHY = 500
MAX_ENTITIES = 50
_ROW_KEYS = ("tenant_id", "a", "b", "verdict", "by", "why", "time")
_HISTORY_KEYS = ("verdict", "by", "why", "time")


def judgements(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "add" | "take_back", "a", "b", "verdict", "why"} -> {"judgements": [rows], "contradictions"}.

    The judgements of the tenant that hold afterwards, and a sentence for each contradiction among them. `add` refuses
    what contradicts judgements already made and names them; a verdict is changed by taking it back first.
    """
    operation = body.get("op", "list")
    if operation not in ("list", "add", "take_back"):
        raise BadRequest("op: expected list, add or take_back")
    tenant = store.tenant_for(Action.READ if operation == "list" else Action.JUDGE, body)
    if operation == "add":
        _add(body, store, tenant)
    elif operation == "take_back":
        _take_back(body, store, tenant)
    rows = _standing(store, tenant)
    found = settle(_read(row) for row in rows).contradictions
    return {
        "judgements": [{key: row.get(key) for key in _ROW_KEYS} for row in rows],
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
    redirects followed (`requested_id` is then the id asked for), and the judgements on their records.
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
    rows = [
        {key: row.get(key) for key in _ROW_KEYS}
        for tenant in sorted({str(document["tenant_id"]) for document in entities})
        for row in _standing(store, tenant)
        if row["a"] in records or row["b"] in records
    ]
    return {"entities": entities, "judgements": rows, "left_out": max(0, len(ids) - limit)}


def _add(body: Body, store: Store, tenant: str) -> None:
    new = _asked(body, store, tenant, str(body.get("verdict", "")))
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
    asked = _asked(body, store, tenant, VERDICTS[0])
    key = f"{tenant}:{asked.a}|{asked.b}"
    before = store.collections["judgements"].get(key)
    if before is None or before.get("verdict") not in VERDICTS:
        raise BadRequest("there is no judgement on these two records to take back")
    row: Document = {"_key": key, "tenant_id": tenant, "history": _history(before)}
    row.update(a=asked.a, b=asked.b, verdict=TAKEN_BACK, by=asked.by, why=asked.why, time=asked.time)
    store.trail.permit()
    store.collections["judgements"].batch_save([row])


def _asked(body: Body, store: Store, tenant: str, verdict: str) -> Judgement:
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
