"""Inheritance between sources: `like: ID` takes over what the other source says, and a document says what differs.

Maps are merged key by key, lists and single values are replaced, and an empty value (null) takes an inherited key away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minerva.intake.errors import FactsError

Document = Mapping[str, Any]

OWN = frozenset(["id", "like", "abstract", "family", "title", "evidence", "needs", "dataset"])
"""What a source says for itself: two sources share no name, and what was read of one is no evidence of the other."""


def merge(base: Document, over: Document) -> dict[str, Any]:
    """`base` with what `over` says; neither is changed."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        if value is None and key in result:
            del result[key]
        elif isinstance(value, Mapping) and isinstance(below, Mapping):
            result[key] = merge(below, value)
        else:
            result[key] = value
    return result


def chain(layers: Sequence[Mapping[str, Document]], source_id: str) -> list[Document]:
    """A source's document and those it is like, nearest first. Later layers hide what earlier ones say of an id.

    A source that is like its own id changes the one that it hides. Raises FactsError for a circle or a missing parent.
    """
    documents: list[Document] = []
    seen: set[tuple[int, str]] = set()
    level, wanted = len(layers), source_id
    while True:
        held = next((index for index in range(level - 1, -1, -1) if wanted in layers[index]), None)
        if held is None:
            raise FactsError(f"like: there is no source {wanted!r}{_below(wanted, documents)}")
        if (held, wanted) in seen:
            names = [str(document.get("id")) for document in documents]
            raise FactsError(f"like: the sources are like each other in a circle: {', '.join([*names, wanted])}")
        seen.add((held, wanted))
        document = layers[held][wanted]
        documents.append(document)
        parent = document.get("like")
        if parent is None:
            return documents
        if not isinstance(parent, str):
            raise FactsError("like: expected the id of a source")
        level, wanted = (held if parent == wanted else len(layers)), parent


def resolve(documents: Sequence[Document]) -> dict[str, Any]:
    """The one document that a chain (nearest first) amounts to; it is like nothing any more.

    A source that changes the one it hides keeps that one's name, family and evidence too.
    """
    *nearer, furthest = documents
    merged = dict(furthest)
    for document in reversed(nearer):
        own = {"like", "abstract"} if document.get("like") == document.get("id") else OWN
        merged = merge({key: value for key, value in merged.items() if key not in own}, document)
    merged.pop("like", None)
    return merged


def _below(wanted: str, documents: Sequence[Document]) -> str:
    hidden = bool(documents) and documents[-1].get("id") == wanted
    return " that this one could change: a source may be like its own id where it hides another" if hidden else ""
