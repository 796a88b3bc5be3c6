"""What leaves questions about schools when something is erased: words that name it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minerva.documents import Document, find_all
from minerva.tenancy.asking import Store
from minerva.tenancy.tombstones import ERASED_TEXT


def naming(store: Store, tenant: str, is_named_in: Callable[[str], bool]) -> list[Document]:
    """Questions whose words or notes name what is erased, as they are to be stored: without them."""
    found = []
    for row in find_all(store.collections["school_queries"], {"tenant_id": tenant}):
        verdicts = row.get("verdicts", ())
        notes = [is_named_in(str(each.get("note", ""))) for each in verdicts]
        told = " ".join((str(row.get("described", "")), *map(str, row.get("legible", ())), *_reasons(row)))
        if is_named_in(told):
            # Schools that were found for a name, and what was said of them, tell of whom it was.
            found.append(
                {**row, "described": ERASED_TEXT, "understood": {}, "legible": [], "schools": [], "verdicts": []}
            )
        elif any(notes):
            left = [{**each, "note": ERASED_TEXT} if hit else each for each, hit in zip(verdicts, notes)]
            found.append({**row, "verdicts": left})
    return found


def _reasons(row: Document) -> Iterator[str]:
    """Why schools were found: words of the question stand in it."""
    for school in row.get("schools", ()):
        for signal in school.get("signals", ()):
            yield from map(str, signal.get("reasons", ()))
