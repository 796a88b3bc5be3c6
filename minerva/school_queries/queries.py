"""Questions which school a uniform is of: who asked when, in which words, what was found, and what people say of it.

Documents of the collection `school_queries`, key <tenant>:<query_id>. They hold no picture and nothing computed from
one: scores, words that were read on a crest, and ids of schools. Analysts of the institution alone read them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action, Object
from minerva.policy.vocabulary import VICTIM
from minerva.school_queries import gallery
from minerva.school_queries.pictures import emblem_of
from minerva.school_queries.ranking import Ranked
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, number_of, one_of, text_of

QUERY = "school_query"
MOST_KEPT = 100
"""Schools that a stored question names."""
VERDICTS = ("right", "wrong", "unsure")
MOST_NOTE = 500
_SHOWN = ("query_id", "tenant_id", "by", "time", "described", "understood", "given", "legible", "schools", "verdicts")


def school_queries(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "get" | "set" | "remove", ...} -> list: {"queries", "names" of judged schools}; else {"query",
    "found"}.

    get: "query_id"; `found` are the schools with their rows as they are now. set: "query_id", "school_id", "verdict"
    (right, wrong, unsure), "note": what somebody says of a school that was found. remove: "query_id".
    """
    operation = body.get("op", "list")
    if operation not in ("list", "get", "set", "remove"):
        raise BadRequest("op: expected list, get, set or remove")
    tenant = tenant_of(store, body, Action.READ if operation in ("list", "get") else Action.JUDGE)
    if operation == "list":
        limit = number_of(body, "limit", 100, 1, 1000)
        rows = store.collections["school_queries"].find({"tenant_id": tenant}, sort="time:-1,_key:1", limit=limit)
        store.trail.permit(len(rows))
        judged = {str(each["school_id"]) for row in rows for each in row.get("verdicts", ())}
        held = gallery.rows_of(store, tenant) if judged else {}
        names = {school_id: str(held[school_id].get("name", "")) for school_id in judged if school_id in held}
        shown = [{key: row.get(key) for key in _SHOWN if key != "schools"} for row in rows]
        return {"queries": shown, "names": names}
    row = store.collections["school_queries"].get(f"{tenant}:{text_of(body, 'query_id', 40)}")
    if row is None or row.get("tenant_id") != tenant:
        raise Absent
    if operation == "set":
        row = _judge(body, store, row)
    elif operation == "remove":
        store.trail.permit(1)
        store.collections["school_queries"].delete({"_key": row["_key"]})
        return {"query": None, "found": []}
    else:
        store.trail.permit(1)
    answer = told(store, row)
    emblems = emblem_of(store, tenant, [each["school_id"] for each in answer["found"][:20]])
    for each in answer["found"]:
        each["emblem"] = emblems.get(each["school_id"], "")
    return answer


def tenant_of(store: Store, body: Body, action: Action) -> str:
    """The institution whose questions are asked about, by one of its analysts. Raises Absent, BadRequest."""
    tenant = store.tenant_for(action, body)
    if not store.decided(Action.READ, Object(tenant, QUERY), VICTIM).permits:
        raise Absent
    return tenant


def keep(
    store: Store, tenant: str, asked: Mapping[str, Any], ranked: Sequence[Ranked], legible: Sequence[str] = ()
) -> Document:
    """Stores a question; asked: described, understood and given, which names the crops that came and holds none."""
    query_id = "s_" + uuid.uuid4().hex[:16]
    row: Document = {
        "_key": f"{tenant}:{query_id}", "tenant_id": tenant, "query_id": query_id, "by": store.subject.user,
        "time": store.context.now, **asked, "legible": list(legible), "verdicts": [],
        "schools": [
            {"school_id": each.school_id, "score": round(each.score, 3), "confidence": round(each.confidence, 4),
             "signals": each.signals}
            for each in ranked[:MOST_KEPT]
        ],
    }  # fmt: skip
    store.collections["school_queries"].batch_save([row])
    return row


def told(store: Store, row: Document) -> dict[str, Any]:
    """A question with the schools that were found, each with its row of the gallery as it is now."""
    held = gallery.rows_of(store, str(row["tenant_id"]))
    found = [
        {**each, "school": gallery.shown({"school_id": each["school_id"], **held.get(each["school_id"], {})})}
        for each in row["schools"]
    ]
    return {"query": {key: row.get(key) for key in _SHOWN if key != "schools"}, "found": found}


def old(store: Store, tenant: str, before: float) -> list[Document]:
    """Questions asked before a moment."""
    return find_all(store.collections["school_queries"], {"tenant_id": tenant, "time": {"$lt": before}})


def _judge(body: Body, store: Store, row: Document) -> Document:
    school_id, verdict = text_of(body, "school_id", 100), one_of(body, "verdict", VERDICTS)
    if all(each["school_id"] != school_id for each in row["schools"]):
        raise Absent
    note = body.get("note", "")
    if not isinstance(note, str) or len(note) > MOST_NOTE:
        raise BadRequest(f"note: expected text of at most {MOST_NOTE} characters")
    said = {"school_id": school_id, "verdict": verdict, "note": note.strip(), "by": store.subject.user,
            "time": store.context.now}  # fmt: skip
    others = [each for each in row["verdicts"] if (each["school_id"], each["by"]) != (school_id, store.subject.user)]
    changed = {**row, "verdicts": [*others, said]}
    store.trail.permit(1)
    store.collections["school_queries"].batch_save([changed])
    return changed
