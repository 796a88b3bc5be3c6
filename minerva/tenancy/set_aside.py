"""Which contacts of an entity join nothing: others hold them too, and none of its own joins rests on them.

A reader who is not told takes such a contact for a mark of the entity, and meets dozens of strangers under it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from minerva.documents import PAGE, Document
from minerva.tenancy.asking import Store, entities_of


def set_aside(store: Store, tenant: str, documents: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Of each document the identifiers that several of the institution's entities hold and no join of it rests on.

    The caller has decided that the documents may be read; nothing of the other holders is told.
    """
    asked = sorted({str(each) for document in documents for each in document.get("identifiers", ())})
    shared: set[str] = set()
    for at in range(0, len(asked), PAGE):
        page = asked[at : at + PAGE]
        rows: list[Document | None] = store.collections["members"].get_many([f"{tenant}:{each}" for each in page])
        shared.update(each for each, row in zip(page, rows) if row is not None and len(entities_of(row)) > 1)
    return [sorted(shared & set(map(str, each.get("identifiers", ()))) - _joining(each).keys()) for each in documents]


def best_joining(document: Mapping[str, Any]) -> str:
    """The identifier that most joins of the document rest on; "" where none rests on one."""
    joined = _joining(document)
    return min(joined, key=lambda each: (-joined[each], each)) if joined else ""


def _joining(document: Mapping[str, Any]) -> Counter[str]:
    return Counter(str(join["identifier"]) for join in document.get("joins", ()) if join.get("identifier"))
