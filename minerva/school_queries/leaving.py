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
        notes = [is_named_in(str(each.get("note", ""))) for each in row.get("verdicts", ())]
        told = " ".join((str(row.get("described", "")), *map(str, row.get("legible", ())), *_reasons(row)))
        named = is_named_in(told)
        if named or any(notes):
            verdicts = [
                {**each, "note": ERASED_TEXT} if hit else each for each, hit in zip(row.get("verdicts", ()), notes)
            ]
            # Schools that were found for a name, and what was said of them, tell of whom it was.
            words = {"described": ERASED_TEXT, "understood": {}, "legible": [], "schools": []} if named else {}
            verdicts = [] if named else verdicts
            found.append({**row, **words, "verdicts": verdicts})
    return found


def _reasons(row: Document) -> Iterator[str]:
    """Why schools were found: words of the question stand in it."""
    for school in row.get("schools", ()):
        for signal in school.get("signals", ()):
            yield from map(str, signal.get("reasons", ()))
