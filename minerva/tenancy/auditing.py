"""The operation `audit`: an institution's administrators read who asked for what, page by page, newest first."""

from __future__ import annotations

import json
from typing import Any

from minerva.policy import Action
from minerva.tenancy import typed
from minerva.tenancy.asking import (
    OBJECT_KEYS,
    Body,
    Store,
    normal_identifier,
    number_of,
    objects_of,
    regions_of,
    text_of,
)
from minerva.tenancy.audit_names import named

MAX_ENTRIES = 1000
MOST_LOOKED_AT = 50_000
"""Entries that one request looks at: a page with fewer than it asked for may still have a next one."""
VIEW_S = 20
ABOUT = tuple(key for key in OBJECT_KEYS if key not in ("identifier", "a", "b"))
"""Kinds of objects that a text which is no identifier may name."""
_KEYS = ("number", "time", "operation", "step", "outcome", "reason", "subject", "member_of", "tenants", "objects",
         "purpose", "case", "rows", "policy_version")  # fmt: skip


def audit(body: Body, store: Store) -> dict[str, Any]:
    """{"before", "limit", "user", "about_case", "about" | "identifier" | "entity_id" | "record_id"} -> {"entries",
    "next"}.

    about: what was asked about as a person writes it: an identifier in any spelling, a name, a user, or an id of any
    kind; an entry fits that names any reading of it.

    Entries of the institution's own chain with a number below `before`, newest first; `limit` is how many are given,
    `next` the `before` of the following page or null. Users, cases and objects are given as text and found by their
    tokens: entries hold nothing else. With "views": true, what one person asks about the
    same things within VIEW_S is one entry with `operations` and `requests`: a page asks once for each panel. With
    "names": true, each has `subject_name` and `object_names` as far as the
    institution's own people and things tell them.
    """
    tenant = store.tenant_for(Action.AUDIT, body)
    limit = number_of(body, "limit", 200, 1, MAX_ENTRIES)
    wanted = _wanted(body, store, tenant)
    before = number_of(body, "before", 0, 0, 10**12) if "before" in body else None
    found, following = _found(store, tenant, wanted, limit, before)
    asked = [*objects_of(body, regions_of(store, [tenant])), *_readings(body, store, tenant)]
    entries = [{key: entry[key] for key in _KEYS if key in entry} for entry in found]
    if body.get("views") is True:
        entries = _views(entries)
    if body.get("names") is True:
        entries = named(store, tenant, entries, asked)
    return {"entries": entries, "next": following}


def _views(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries of the same person, outcome and things as one, in place of the newest of them."""
    found: list[dict[str, Any]] = []
    latest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        key = (entry["subject"], tuple(entry["objects"]), entry["case"], entry["outcome"])
        view = latest.get(key)
        if view is None or view["time"] - entry["time"] > VIEW_S:
            view = latest[key] = {**entry, "operations": [], "requests": 0}
            found.append(view)
        view["requests"] += 1
        if entry["operation"] not in view["operations"]:
            view["operations"].append(entry["operation"])
    return found


def _found(
    store: Store, tenant: str, wanted: list[tuple[str, frozenset[str]]], limit: int, before: int | None
) -> tuple[list[dict[str, Any]], int | None]:
    """At most `limit` entries that fit, newest first, and below which number to go on; None at the end of the chain."""
    found: list[dict[str, Any]] = []
    at_once = MAX_ENTRIES if wanted else limit + 1
    for _ in range(0, MOST_LOOKED_AT, at_once):
        query: dict[str, Any] = {"chain": tenant, "kind": "entry"}
        if before is not None:
            query["number"] = {"$lt": before}
        rows = store.collections["audit"].find(query, sort="number:-1", limit=at_once)
        for row in rows:
            entry = json.loads(row["entry"])
            if _fits(entry, wanted):
                if len(found) == limit:
                    return found, before
                found.append(entry)
            before = int(row["number"])
        if len(rows) < at_once:
            return found, None
    return found, before


def _wanted(body: Body, store: Store, tenant: str) -> list[tuple[str, frozenset[str]]]:
    """(key of an entry, tokens of which it must hold one) of what the body asks for."""
    texts = [("subject", "user", text_of(body, "user"))] if "user" in body else []
    if "about_case" in body:
        texts.append(("case", "case", text_of(body, "about_case")))
    regions = regions_of(store, [tenant])
    if "identifier" in body:
        normal_identifier(text_of(body, "identifier"), regions)
    texts += [("objects", "object", text) for text in objects_of(body, regions)]
    found = [(key, frozenset([store.trail.token(kind, text)])) for key, kind, text in texts]
    if "about" in body:
        tokens = frozenset(store.trail.token("object", text) for text in _readings(body, store, tenant))
        found.append(("objects", tokens))
    return found


def _readings(body: Body, store: Store, tenant: str) -> list[str]:
    """What `about` may mean, as objects of entries."""
    if "about" not in body:
        return []
    text = text_of(body, "about").strip()
    read = typed.readings(text, regions_of(store, [tenant]))
    return [*(f"identifier:{each}" for each in read), *(f"{key}:{text}" for key in ABOUT)]


def _fits(entry: dict[str, Any], wanted: list[tuple[str, frozenset[str]]]) -> bool:
    return all(
        not tokens.isdisjoint(entry[key]) if isinstance(entry[key], list) else entry[key] in tokens
        for key, tokens in wanted
    )
