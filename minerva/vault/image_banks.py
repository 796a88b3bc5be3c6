"""What leaves banks of image hashes when something is erased or grows old."""

from __future__ import annotations

from functools import lru_cache

from minerva.cases.leaving import Erased
from minerva.documents import Document, find_all
from minerva.image_banks.banks import BANK, FEEDBACK, OWN, forget
from minerva.image_banks.files import IMAGE
from minerva.tenancy.asking import Store
from minerva.tenancy.tombstones import ERASED_TEXT


def held_of(store: Store, tenant: str, erased: Erased) -> tuple[list[Document], list[Document], list[Document]]:
    """(hashes to be deleted, what was said that is to be deleted, banks as they are to be saved).

    Hashes of the erased person's own pictures leave the banks that the institution put together itself; lists of other
    bodies stay. What was said of those pictures goes, and so do labels and notes that name what is erased.
    """
    images = {each[len(IMAGE) :] for each in erased.identifiers if each.startswith(IMAGE)}
    is_named = lru_cache(maxsize=10_000)(erased.is_named_in)
    banks = {
        row["bank_id"]: row for row in find_all(store.collections["image_banks"], {"tenant_id": tenant, "kind": BANK})
    }
    hashes = []
    for row in find_all(store.collections["image_hashes"], {"tenant_id": tenant}):
        bank = banks.get(row["bank_id"])
        is_own = bank is not None and bank["what"] == OWN and row.get("pdq") in images
        if is_own or is_named(str(row.get("label") or "")) or str(row.get("ref") or "") in erased.records:
            hashes.append(row)
    said = [
        row for row in find_all(store.collections["image_banks"], {"tenant_id": tenant, "kind": FEEDBACK})
        if row.get("pdq") in images or _names(row, erased)
    ]  # fmt: skip
    changed = []
    for bank_id, bank in banks.items():
        gone = sum(1 for row in hashes if row["bank_id"] == bank_id)
        told = {key: ERASED_TEXT for key in ("name", "note") if is_named(str(bank.get(key) or ""))}
        if gone:  # every search head makes its file anew
            told.update(generation=bank["generation"] + 1, hashes=max(0, bank["hashes"] - gone))
        if told:
            changed.append({**bank, **told})
    return hashes, said, changed


def purge_ended(store: Store, tenant: str, before: float) -> int:
    """Deletes banks that ended before a moment, with all that stands in them; how many."""
    rows = find_all(store.collections["image_banks"], {"tenant_id": tenant, "kind": BANK})
    ended = [row for row in rows if 0 < (row.get("until") or 0) < before]
    for row in ended:
        forget(store, row)
    return len(ended)


def _names(row: Document, erased: Erased) -> bool:
    notes = [row.get("note"), *(step.get("note") for step in row.get("history", ()))]
    return any(erased.is_named_in(str(note or "")) for note in notes)
