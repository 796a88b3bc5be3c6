"""What leaves cases when something is erased or grows old: pins of it, and texts that name it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from minerva.cases.cases import CASE, CLOSED
from minerva.cases.items import ENTITY, ITEM, JOIN, PIN, RECORD
from minerva.documents import Document, find_all
from minerva.identifiers import extract
from minerva.tenancy.asking import Store

ERASED_TEXT = "What stood here named somebody whose data was erased."


def naming(
    store: Store, tenant: str, entities: Collection[str], records: Collection[str], identifiers: Collection[str]
) -> tuple[list[Document], list[Document]]:
    """(pins to be deleted, items whose text is to be emptied): what cases hold of what is erased.

    A text is emptied where it holds one of the identifiers in any form that is read, or the id of an entity or record.
    """
    pins, texts = [], []
    ids = (*entities, *records)
    for row in find_all(store.collections["cases"], {"tenant_id": tenant, "kind": ITEM}):
        if row["what"] == PIN and _is_of(row, entities, records):
            pins.append(row)
        elif _names(str(row.get("text", "")), identifiers, ids):
            texts.append({**row, "text": ERASED_TEXT, "history": []})
    return pins, texts


def old(store: Store, tenant: str, before: float) -> list[Document]:
    """Cases that were closed and last changed before a moment, with all that stands in them."""
    query = {"tenant_id": tenant, "kind": CASE, "state": CLOSED, "changed": {"$lt": before}}
    found = find_all(store.collections["cases"], query)
    for row in list(found):
        found += find_all(store.collections["cases"], {"tenant_id": tenant, "case_id": row["case_id"], "kind": ITEM})
    return found


def _is_of(row: Document, entities: Collection[str], records: Collection[str]) -> bool:
    if row["object"] == ENTITY:
        return row["object_id"] in entities
    if row["object"] in (RECORD, JOIN):
        return any(each in records for each in str(row["object_id"]).split())
    return False


def _names(text: str, identifiers: Collection[str], ids: Iterable[str]) -> bool:
    if not text:
        return False
    return any(each in text for each in ids) or any(item.identifier in identifiers for item in extract(text))
