"""One question with everything that a text, a list or a name means: the entities that hold any of it, best first."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import Any

from minerva.documents import PAGE, Document
from minerva.identifiers.platforms import PLATFORMS
from minerva.places import Asked, folded, spot_of, towns_of
from minerva.policy import PROFILES, Action
from minerva.policy.vocabulary import CEILINGS, PURPOSES
from minerva.tenancy import related
from minerva.tenancy.asking import (
    Absent,
    BadRequest,
    Body,
    Store,
    entities_of,
    entity_of,
    member_of,
    number_of,
    text_of,
)
from minerva.tenancy.committed import FIRST
from minerva.tenancy.neighborhood import best_identifier
from minerva.tenancy.rebuild.refresh import standing_at

MOST_ASKED, MOST_SHOWN, MOST_HOLDERS, MOST_RECORDS, MOST_PLACES = 300, 100, 50, 500, 2000
MOST_WORDS, MOST_NEWS, MOST_READ = 200, 1000, 2000
_HANDLE = re.compile(r"@?[\w.\-]{3,40}")
_ROW_KEYS = (
    "entity_id", "tenant_id", "size", "kinds", "record_types", "sources", "first_time", "last_time", "explanation",
    "shared_building",
)  # fmt: skip


def investigate(body: Body, store: Store) -> dict[str, Any]:
    """{"identifiers", "record_ids", "entity_ids", "names", "only"}
    -> {"entities", "asked", "left_out", "linked_until"}.

    Each entity is its row with `matched` (what of the question it holds), `names`, `cities`, `identifiers` (some),
    `records` (ids, at most MOST_RECORDS), `best` (see `best_identifier`), `weakest`, the strength of its weakest
    join (none of one record), `related` and `related_left_out` (see related.py), and `shared_building` where many names
    share its address. `asked` says of each part of the question how many entities hold it: a contact of many
    joins nobody. `left_out` counts entities beyond MOST_SHOWN. `linked_until`: epoch seconds at which the newest
    record that linking has read was stored, the earliest of the institutions'; 0 where one has linked nothing. With
    "only": "asked" no entity is read: it counts, and that time is left out.
    """
    if body.get("only", "asked") != "asked":
        raise BadRequest("only: expected asked")
    tenants = store.readable(body)
    asked: list[dict[str, Any]] = []
    matched: dict[str, list[str]] = {}
    questions = _questions(body)
    holders = _holders(questions, tenants, store)
    for kind, value in questions:
        ids = [value] if kind == "entity_id" else _named(value, tenants, store) if kind == "name" else holders[value]
        asked.append({"kind": kind, "value": value, "entities": len(ids)})
        for entity_id in ids[:MOST_HOLDERS]:
            matched.setdefault(entity_id, []).append(value)
    if "only" in body:
        return {"entities": [], "asked": asked, "left_out": 0}
    documents: dict[str, tuple[Document, list[str]]] = {}
    best = sorted(matched, key=lambda each: -len(matched[each]))[:MOST_READ]
    for entity_id, document in _documents(best, tenants, store).items():
        documents.setdefault(str(document["entity_id"]), (document, []))[1].extend(matched[entity_id])
    found = sorted(
        documents.values(), key=lambda each: (-len(set(each[1])), -int(each[0]["size"]), str(each[0]["entity_id"]))
    )
    told = related.told_of([document for document, _ in found[:MOST_SHOWN]], store)
    return {
        "entities": [_card(document, sorted(set(values)), told) for document, values in found[:MOST_SHOWN]],
        "asked": asked,
        "left_out": max(0, len(found) - MOST_SHOWN) + sum(max(0, each["entities"] - MOST_HOLDERS) for each in asked),
        "linked_until": _linked_until(tenants, store),
    }


def _linked_until(tenants: list[str], store: Store) -> int:
    held = store.collections["refresh"].get_many([f"{tenant}:state" for tenant in tenants])
    return min((int((row or {}).get("indexed_until", 0)) for row in held), default=0)


def news(body: Body, store: Store) -> dict[str, Any]:
    """{"since": {tenant: refresh number} | "days", "limit", "offset"} -> {"entities", "refresh", "left_out", "from"}.

    Entities that are new or that refreshes have changed since, newest first, as `investigate` gives them, each with
    `change` (new, grown, or other: its records hold together for other reasons, or some left) and `added`, the ids of
    records that have come since. `refresh` is what to ask with next time; a tenant that is not named has no news.
    "days" asks for the last 1 to 31 days, to three hours; `from` says since when changes are told (seconds), later than
    asked for where times of refreshes were not noted so long; 0 without "days". `left_out` counts those after the
    answer's; `uncounted` says that there are more still: of each institution MOST_NEWS are looked at.
    """
    days, since = number_of(body, "days", 0, 0, 31), body.get("since", {})
    if not isinstance(since, dict) or not all(type(number) is int and number >= 0 for number in since.values()):
        raise BadRequest("since: expected an object of tenants and numbers of refreshes")
    limit, now, told_from = number_of(body, "limit", 50, 1, MOST_SHOWN), {}, 0.0
    offset, uncounted = number_of(body, "offset", 0, 0, 10_000_000), False
    found: list[Document] = []
    for tenant in store.readable(body):
        state = store.collections["refresh"].get(f"{tenant}:state") or {}
        now[tenant] = int(state.get("number", 0))
        if days:
            number, begun = standing_at(state, store.context.now - days * 86400)
            since, told_from = {**since, tenant: number}, max(told_from, min(begun, store.context.now))
        if tenant in since and since[tenant] < now[tenant]:
            query = {"tenant_id": tenant, "refresh": {"$gt": since[tenant]}}
            rows = store.collections["entities"].find(query, sort="last_time:-1,entity_id:1", limit=MOST_NEWS)
            uncounted = uncounted or len(rows) == MOST_NEWS
            found += rows
    found = [row for row in found if store.may(Action.READ, str(row.get("tenant_id", "")))]
    found.sort(key=lambda row: (-int(row.get("last_time", 0)), str(row["entity_id"])))
    page = found[offset : offset + limit]
    told = related.told_of(page, store)
    cards = [{**_card(row, [], told), **_change(row, since, store)} for row in page]
    left_out = max(0, len(found) - offset - limit)
    return {"entities": cards, "refresh": now, "left_out": left_out, "uncounted": uncounted, "from": told_from}


def _change(entity: Document, since: Mapping[str, int], store: Store) -> dict[str, Any]:
    """{"change", "added"} of an entity that refreshes have written since."""
    tenant, entity_id = str(entity["tenant_id"]), str(entity["entity_id"])
    later = {"tenant_id": tenant, "entity_id": entity_id, FIRST: {"$gt": since[tenant]}}
    rows = store.collections["members"].find({**later, "kind": "record"}, sort="member:1", limit=MOST_RECORDS)
    is_new = bool(store.collections["entities"].find(later, limit=1))
    change = "new" if is_new else "grown" if rows else "other"
    return {"change": change, "added": [str(row["member"]) for row in rows]}


def places(body: Body, store: Store) -> dict[str, Any]:
    """{"places": [{"city", "region", "postcode", "country", "latitude", "longitude"}]} -> {"places": [{"latitude",
    "longitude", "precision", "label"}], "towns": [label]}, precision one of point, postcode, town, region and country.

    In the order asked; null where the place is unknown or several are meant equally. Reads no stored data. A place
    without a country is looked for in the region of the asker's institutions, if they have one in common. `towns` are
    what the towns are called where all that is asked is of one holder, as the page Movement counts them; null of none.
    """
    asked = body.get("places", [])
    if not isinstance(asked, list) or len(asked) > MOST_PLACES or not all(isinstance(each, dict) for each in asked):
        raise BadRequest(f"places: expected a list of at most {MOST_PLACES} objects with {', '.join(Asked._fields)}")
    regions = {region for name in store.readable(body) if (region := store.context.tenants[name].region)}
    default = regions.pop() if len(regions) == 1 else ""
    named = [Asked(*(str(each.get(key) or "")[:200] for key in Asked._fields)) for each in asked]
    spots = [spot_of(each, default) for each in named]
    towns = [town.label if town else None for town in towns_of(named)]
    return {"places": [spot._asdict() if spot else None for spot in spots], "towns": towns}


def workplace(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"user", "institutions", "groups", "purposes", "field_classes"}: what a page needs to know of its user.

    Institutions are the user's own, with the standings that the user has there and whether a legal basis has to be
    stated; groups are theirs, with the labels of the members.
    """
    context = store.context
    own = store.readable({})
    labels = {name: tenant.name for name, tenant in context.tenants.items()}
    return {
        "user": store.subject.user,
        "institutions": [
            {
                "tenant_id": name, "label": labels[name], "region": context.tenants[name].region,
                "match": context.tenants[name].match, "needs_legal_basis": _needs_basis(context.tenants[name].profile),
                "is_analyst": store.may(Action.JUDGE, name),
            }
            for name in own
        ],
        "groups": [
            {"group_id": name, "members": [labels[each] for each in sorted(group.members) if each in labels]}
            for name, group in sorted(context.groups.items())
            if group.active and group.members & set(own)
        ],
        "purposes": sorted(PURPOSES),
        "field_classes": {name: f"L{int(level)}" for name, level in CEILINGS.items()},
    }  # fmt: skip


def _needs_basis(profile: str) -> bool:
    return profile in PROFILES and PROFILES[profile].legal_basis


def _questions(body: Body) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, kind in (("entity_ids", "entity_id"), ("record_ids", "record_id"), ("identifiers", "identifier")):
        values = body.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            raise BadRequest(f"{key}: expected a list of texts")
        found += [(kind, value) for value in dict.fromkeys(values)]
    if "names" in body:
        found.append(("name", text_of(body, "names", 200)))
    if not found:
        raise BadRequest("expected identifiers, record_ids, entity_ids or names")
    if len(found) > MOST_ASKED:
        raise BadRequest(f"expected at most {MOST_ASKED} identifiers and ids at once, not {len(found)}")
    return found


def _holders(questions: list[tuple[str, str]], tenants: list[str], store: Store) -> dict[str, list[str]]:
    """Identifier or record id -> the entities that hold it, read together."""
    members: dict[str, str] = {}
    for kind, value in questions:
        if kind in ("identifier", "record_id"):
            with contextlib.suppress(Absent):
                members[value] = member_of({kind: value})
    found: dict[str, list[str]] = {value: [] for kind, value in questions}
    pairs = [(value, f"{tenant}:{member}") for value, member in members.items() for tenant in tenants]
    for (value, _), row in zip(pairs, _read(store, "members", [key for _, key in pairs])):
        if row is not None:
            found[value] += [each for each in entities_of(row) if each not in found[value]]
    return found


def _documents(ids: list[str], tenants: list[str], store: Store) -> dict[str, Document]:
    """Id asked for -> the entity's document, read together; an id that was merged away gives what took its place."""
    pairs = [(entity_id, f"{tenant}:{entity_id}") for entity_id in ids for tenant in tenants]
    found: dict[str, Document] = {}
    for (entity_id, _), row in zip(pairs, _read(store, "entities", [key for _, key in pairs])):
        if row is not None:
            found.setdefault(entity_id, row)
    for entity_id in ids:
        if entity_id not in found and (document := entity_of(store, tenants, entity_id)) is not None:
            found[entity_id] = document
    return {entity_id: found[entity_id] for entity_id in ids if entity_id in found}


def _read(store: Store, collection: str, keys: list[str]) -> list[Document | None]:
    """The document of each key as far as the asker may read it."""
    held = store.collections[collection]
    rows = [row for at in range(0, len(keys), PAGE) for row in held.get_many(keys[at : at + PAGE])]
    return [row if row is not None and store.may(Action.READ, str(row.get("tenant_id", ""))) else None for row in rows]


def words_of(document: Mapping[str, Any]) -> list[str]:
    """The words under which an entity is found by name: those of its names and towns, folded, each once."""
    texts = [*document.get("names", ()), *document.get("cities", ())]
    return sorted({word for text in texts for word in _words(str(text))})[:MOST_WORDS]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))


def _named(value: str, tenants: list[str], store: Store) -> list[str]:
    """Entities whose names and towns hold every word that was asked for, the largest first. One word that is a user
    name on any platform is taken for that."""
    words = list(dict.fromkeys(_words(value)))[:12]
    if not words:
        return []
    if _HANDLE.fullmatch(value.strip()):
        bare = value.strip().lstrip("@").lower()
        keys = [f"{tenant}:username:{platform.name}/{bare}" for platform in PLATFORMS for tenant in tenants]
        held = [each for row in _read(store, "members", keys) if row is not None for each in entities_of(row)]
        if held:
            return list(dict.fromkeys(held))
    query = {"$or": [{"tenant_id": name} for name in tenants], "$and": [{"words": word} for word in words]}
    rows = store.collections["entities"].find(query, sort="size:-1,entity_id:1", limit=MOST_HOLDERS) if tenants else []
    return [str(row["entity_id"]) for row in rows if store.may(Action.READ, str(row.get("tenant_id", "")))]


def _card(document: Document, matched: list[str], told: Mapping[str, tuple[list[related.Told], int]]) -> dict[str, Any]:
    others, more = told.get(str(document["entity_id"]), ([], 0))
    strengths = [float(join["strength"]) for join in document.get("joins", ())]
    return {
        **{key: document[key] for key in _ROW_KEYS if key in document},
        **{key: list(document.get(key, ()))[:12] for key in ("names", "cities", "identifiers")},
        "records": list(document.get("records", ()))[:MOST_RECORDS],
        "matched": matched,
        "best": best_identifier(document),
        "weakest": min(strengths) if strengths else None,
        "related": others,
        "related_left_out": more,
    }
