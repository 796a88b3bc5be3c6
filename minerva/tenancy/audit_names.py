"""What tokens of the audit stand for, as far as the institution's own people and things tell: made anew, never stored.

A token cannot be read back. It is known where the same token comes out of something that the institution still has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minerva.documents import find_all
from minerva.tenancy.asking import Store

MOST_ENTITIES = 1000
"""Entities whose ids, records and identifiers are tried, the most recently seen first."""
_IDS = {"proposals": "proposal_id", "grants": "grant_id", "inquiries": "inquiry_id", "watchlist": "identifier",
        "image_banks": "bank_id"}  # fmt: skip


def named(
    store: Store, tenant: str, entries: Iterable[Mapping[str, Any]], asked: Iterable[str]
) -> list[dict[str, Any]]:
    """The entries with `subject_name` and `object_names`, where they are known. `asked`: objects asked for."""
    people = {store.trail.token("user", user): user for user in _people(store, tenant)}
    things = {store.trail.token("object", text): _told(text) for text in (*_things(store, tenant), *asked)}
    found = []
    for entry in entries:
        told = dict(entry)
        if entry["subject"] in people:
            told["subject_name"] = people[entry["subject"]]
        told["object_names"] = [things.get(each, "") for each in entry["objects"]]
        found.append(told)
    return found


def _people(store: Store, tenant: str) -> list[str]:
    institution = store.context.tenants[tenant]
    found = [each.user for each in store.directory.people() if institution.standings(each.roles)]
    return [*found, store.subject.user]


def _things(store: Store, tenant: str) -> Iterable[str]:
    yield from (f"person:{user}" for user in _people(store, tenant))
    for name, key in _IDS.items():
        rows = find_all(store.collections[name], {"tenant_id": tenant}) if name in store.collections else []
        yield from {f"{key}:{row[key]}" for row in rows if row.get(key)}
    rows = store.collections["entities"].find({"tenant_id": tenant}, sort="last_time:-1", limit=MOST_ENTITIES)
    for row in rows:
        yield f"entity_id:{row['entity_id']}"
        yield from (f"record_id:{each}" for each in row.get("records", ()))
        yield from (f"identifier:{each}" for each in row.get("identifiers", ()))


def _told(text: str) -> str:
    """An object as a person reads it."""
    key, _, value = text.partition(":")
    return value if key in ("identifier", "entity_id") else f"{key.replace('_id', '').replace('_', ' ')} {value}"
