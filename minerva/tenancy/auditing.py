"""The operation `audit`: an institution's administrators read who asked for what, page by page, newest first."""

from __future__ import annotations

import json
from typing import Any

from minerva.policy import Action
from minerva.tenancy.asking import Body, Store, number_of, objects_of, text_of

MAX_ENTRIES = 1000
_KEYS = ("number", "time", "operation", "step", "outcome", "reason", "subject", "member_of", "tenants", "objects",
         "purpose", "case", "rows", "policy_version")  # fmt: skip


def audit(body: Body, store: Store) -> dict[str, Any]:
    """{"before", "limit", "user", "about_case", "identifier" | "entity_id" | "record_id"} -> {"entries", "next"}.

    Entries of the institution's own chain with a number below `before`, newest first; `limit` is how many are looked
    at, `next` the `before` of the following page or null. Users, cases and objects are given as text and found by their
    tokens: entries hold nothing else.
    """
    tenant = store.tenant_for(Action.AUDIT, body)
    limit = number_of(body, "limit", 200, 1, MAX_ENTRIES)
    wanted = _wanted(body, store)
    query: dict[str, Any] = {"chain": tenant, "kind": "entry"}
    if "before" in body:
        query["number"] = {"$lt": number_of(body, "before", 0, 0, 10**12)}
    rows = store.collections["audit"].find(query, sort="number:-1", limit=limit)
    entries = [json.loads(row["entry"]) for row in rows]
    return {
        "entries": [{key: entry[key] for key in _KEYS if key in entry} for entry in entries if _fits(entry, wanted)],
        "next": rows[-1]["number"] if len(rows) == limit else None,
    }


def _wanted(body: Body, store: Store) -> list[tuple[str, str]]:
    """(key of an entry, token that it must hold) of what the body asks for."""
    texts = [("subject", "user", text_of(body, "user"))] if "user" in body else []
    if "about_case" in body:
        texts.append(("case", "case", text_of(body, "about_case")))
    texts += [("objects", "object", text) for text in objects_of(body)]
    return [(key, store.trail.token(kind, text)) for key, kind, text in texts]


def _fits(entry: dict[str, Any], wanted: list[tuple[str, str]]) -> bool:
    return all(token in entry[key] if isinstance(entry[key], list) else token == entry[key] for key, token in wanted)
