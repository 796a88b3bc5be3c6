"""What leaves cases when something is erased or grows old: pins of it, and texts that name it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from minerva.cases.cases import CASE, CLOSED
from minerva.cases.items import ENTITY, ITEM, JOIN, LEAD, PIN, RECORD, VIEW
from minerva.documents import Document, find_all
from minerva.identifiers import extract
from minerva.places import folded
from minerva.records.model import format_time
from minerva.tenancy.asking import Store
from minerva.tenancy.tombstones import ERASED_TEXT

SHORTEST = 4
"""Characters of a name or number that is looked for as it stands; a shorter one stands in many words."""


_NO_VIEW: Mapping[str, object] = {"address": "", "asked": "", "filters": {}}


@dataclass(frozen=True)
class Erased:
    """What is erased: its ids, identifiers, and the names and numbers that people may have written down."""

    entities: Collection[str] = ()
    records: Collection[str] = ()
    identifiers: Collection[str] = ()
    words: Collection[str] = ()
    regions: Sequence[str] = ()
    """Countries in which the institution's people write numbers without a country code."""

    def is_named_in(self, text: str) -> bool:
        """Whether a text holds an id, a name, a number, or an identifier in any form that is read."""
        if not text:
            return False
        plain = folded(text)
        held = [*self.entities, *self.records, *(word for word in self.words if len(word) >= SHORTEST)]
        if any(folded(each) in plain for each in held):
            return True
        found = (item for region in (None, *self.regions) for item in extract(text, region=region))
        return any(each in self.identifiers for item in found for each in (item.identifier, *item.alternatives))


def naming(store: Store, tenant: str, erased: Erased) -> tuple[list[Document], list[Document]]:
    """(pins and leads to be deleted, cases and items whose texts are to be emptied): what cases hold of what is
    erased."""
    pins, texts = [], []
    for row in find_all(store.collections["cases"], {"tenant_id": tenant}):
        if row["kind"] == CASE and _case_names(row, erased):
            texts.append({**row, "title": ERASED_TEXT, "number": "", "history": []})
        elif row["kind"] == ITEM and row["what"] in (PIN, LEAD) and _is_of(row, erased):
            pins.append(row)
        elif row["kind"] == ITEM and any(erased.is_named_in(text) for text in _texts(row)):
            texts.append({**row, "text": ERASED_TEXT, "history": [], **(_NO_VIEW if row["what"] == VIEW else {})})
    return pins, texts


def old(store: Store, tenant: str, before: float) -> list[Document]:
    """Cases that were closed and last changed before a moment, with all that stands in them; and imported leads whose
    owner had them deleted by now."""
    query = {"tenant_id": tenant, "kind": CASE, "state": CLOSED, "changed": {"$lt": before}}
    today = format_time(datetime.fromtimestamp(store.context.now, timezone.utc))
    leads = find_all(store.collections["cases"], {"tenant_id": tenant, "kind": ITEM, "what": LEAD})
    found = [row for row in leads if row.get("expires") and str(row["expires"]) <= today[: len(str(row["expires"]))]]
    for row in find_all(store.collections["cases"], query):
        found += find_all(store.collections["cases"], {"tenant_id": tenant, "case_id": row["case_id"]})
    return found


def _case_names(row: Document, erased: Erased) -> bool:
    told = [str(row.get(key, "")) for key in ("title", "number")]
    before = [str(value) for step in row.get("history", ()) for value in step["before"].values()]
    return any(erased.is_named_in(text) for text in (*told, *before))


def _texts(row: Document) -> Iterable[str]:
    yield from (str(row.get(key, "")) for key in ("text", "address", "asked"))
    yield json.dumps(row.get("filters") or {}, ensure_ascii=False)
    for step in row.get("history", ()):
        yield str(step["before"].get("text", ""))


def _leads_to(row: Document, erased: Erased) -> bool:
    """Whether an imported lead holds an identifier, a name or an id of what is erased."""
    if any(each in erased.identifiers for each in row.get("identifiers", ())):
        return True
    told = (row.get("text", ""), row.get("ref", ""), *row.get("names", ()), *row.get("places", ()))
    return any(erased.is_named_in(str(text)) for text in told)


def _is_of(row: Document, erased: Erased) -> bool:
    if row["what"] == LEAD:
        return _leads_to(row, erased)
    if row["object"] == ENTITY:
        return row["object_id"] in erased.entities
    if row["object"] in (RECORD, JOIN):
        return any(each in erased.records for each in str(row["object_id"]).split())
    return False
