"""What entities are to others that are not one with them, as far as the asker may read both sides: others of one site,
branches of one firm. What an institution's linking told, looked up by record, so that no merge in between misleads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minerva.documents import PAGE, Document
from minerva.linking.relations import Relation, of_document, seen_from, worded
from minerva.policy import Action
from minerva.tenancy.asking import Store

MOST_TOLD = 20
"""Relations told of one entity; the rest is counted."""

Told = dict[str, Any]


def told_of(documents: Sequence[Document], store: Store) -> dict[str, tuple[list[Told], int]]:
    """Returns entity id -> ([{"kind", "why", "entity_id", "name", "a", "b"}], how many more), by kind and name.

    a: the record of the entity itself, b: that of the other. What is not there for the asker is neither told nor
    counted.
    """
    asked = [(document, own, other, each) for document in documents for own, other, each in _ends(document)]
    rows = _read(store, "members", [(str(document["tenant_id"]), other) for document, _, other, _ in asked])
    owner = {key: str(row["entity_id"]) for key, row in rows.items()}
    found = [
        (document, own, other, each, (str(document["tenant_id"]), owner[str(document["tenant_id"]), other]))
        for document, own, other, each in asked
        if (str(document["tenant_id"]), other) in owner
    ]
    entities = _read(store, "entities", [key for *_, key in found])
    told: dict[str, dict[tuple[str, str], Told]] = {}
    for document, own, other, each, key in found:
        if key in entities and key[1] != document["entity_id"]:
            kept = told.setdefault(str(document["entity_id"]), {})
            kind = seen_from(each, own)
            kept.setdefault((kind, key[1]), {
                "kind": kind, "why": each.why, "entity_id": key[1], "name": _name_of(entities[key]),
                "a": own, "b": other,
            })  # fmt: skip
    return {entity_id: _some(list(kept.values())) for entity_id, kept in told.items()}


def with_related(document: Document, store: Store) -> Document:
    """Returns an entity's document with its relations as `told_of` tells them, in place of those that are stored."""
    plain = {key: value for key, value in document.items() if key != "related"}
    told, more = told_of([document], store).get(str(document["entity_id"]), ([], 0))
    return {**plain, **({"related": told} if told else {}), **({"related_left_out": more} if more else {})}


def sentences(document: Mapping[str, Any]) -> list[str]:
    """Returns what an entity's document, `with_related`, says of others and of its building, in words."""
    told = [f"{worded(each['kind'], each['name'])} ({each['entity_id']}): {each['why'] or 'no more is told'}"
            for each in document.get("related", ())]  # fmt: skip
    more = document.get("related_left_out", 0)
    return [*told, *([f"and {more} more"] if more else []), *filter(None, [building_words(document)])]


def building_words(document: Mapping[str, Any]) -> str:
    """Returns "shared building held by N names or more" of an entity at one, else ""."""
    held = document.get("shared_building")
    return f"shared building held by {held['names']} names or more" if held else ""


def _ends(document: Document) -> list[tuple[str, str, Relation]]:
    """Returns (own record, the other's record, relation) of each relation of a stored entity."""
    own = {str(each) for each in document.get("records", ())}
    found = []
    for each in of_document(document):
        a, b = (each.a, each.b) if each.a in own else (each.b, each.a)
        found.append((a, b, each))
    return found


def _read(store: Store, collection: str, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Document]:
    """(Institution, key) -> document, as far as the asker may read it; each is read once."""
    keys = list(dict.fromkeys(wanted))
    held = store.collections[collection]
    found: dict[tuple[str, str], Document] = {}
    for at in range(0, len(keys), PAGE):
        page = keys[at : at + PAGE]
        for key, row in zip(page, held.get_many([f"{tenant}:{name}" for tenant, name in page])):
            if row is not None and store.may(Action.READ, str(row.get("tenant_id", ""))):
                found[key] = row
    return found


def _name_of(document: Mapping[str, Any]) -> str:
    names = document.get("names") or [document["entity_id"]]
    return str(names[0])


def _some(found: list[Told]) -> tuple[list[Told], int]:
    found.sort(key=lambda each: (each["kind"], each["name"], each["entity_id"]))
    return found[:MOST_TOLD], max(0, len(found) - MOST_TOLD)
