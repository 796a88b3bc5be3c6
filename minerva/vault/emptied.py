"""Where people may have written of somebody: every collection with free text, and what is saved without the words.

Cases, questions about schools, the watch list and banks of images have rules of their own beside this.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from minerva.cases.leaving import Erased
from minerva.documents import Document, find_all
from minerva.screening.kept import SCREENING
from minerva.sharing.log import WORDS
from minerva.tenancy.asking import Store
from minerva.tenancy.tombstones import ERASED_TEXT
from minerva.vault.free_text import masked, without

STATED = ("case", "legal_basis")
FREE_TEXT: Mapping[str, tuple[str, ...]] = {
    "judgements": ("why",),
    "risk": ("why",),
    "alerts": ("note", "label"),
    "markings": ("why", "consent", "suspicion"),
    "proposals": ("why", *STATED),
    "grants": ("why", "reasons", *STATED),
    "tombstones": ("why",),
    "notices": ("why",),
    "vault": ("consent",),
}
"""Collection -> keys under which people's own words stand, at any depth of a document."""
_TEXT_NODE = re.compile(r"(?<=>)[^<>]+(?=<)")


def emptied_of(store: Store, tenant: str, erased: Erased) -> tuple[dict[str, list[Document]], int]:
    """(collection -> documents as they are to be saved, without the words that name what is erased; how many of them
    keep words in a hash that they cannot be taken out of, and are not given out any more)."""
    is_named: Callable[[str], bool] = lru_cache(maxsize=100_000)(erased.is_named_in)
    found: dict[str, list[Document]] = {}
    for collection in FREE_TEXT:
        for row in find_all(store.collections[collection], {"tenant_id": tenant}):
            left = cleaned(collection, row, is_named)
            if left != row:
                found.setdefault(collection, []).append(left)
    logged, kept = _log(store, tenant, is_named)
    if logged:
        found["distribution"] = logged
    return found, kept


def cleaned(collection: str, row: Document, is_named: Callable[[str], bool]) -> Document:
    """A document of one of FREE_TEXT without the words."""
    left: Document = masked(row, FREE_TEXT[collection], is_named)
    return _report(left, is_named) if row.get("kind") == SCREENING else left


def _report(row: Document, is_named: Callable[[str], bool]) -> Document:
    """A report of screening: its name, its figures and its page."""

    def node(match: re.Match[str]) -> str:
        return html.escape(ERASED_TEXT) if is_named(html.unescape(match[0])) else match[0]

    page = _TEXT_NODE.sub(node, str(row.get("report") or ""))
    return {**row, "report": page, **{key: without(row.get(key), is_named) for key in ("name", "figures")}}


def _log(store: Store, tenant: str, is_named: Callable[[str], bool]) -> tuple[list[Document], int]:
    """Entries of the log of distribution that name it, and how many of them hold the words in their hash."""
    found, kept = [], 0
    for row in find_all(store.collections["distribution"], {"chain": tenant, "kind": "entry"}):
        beside: Mapping[str, Any] = row.get("words") or {}
        left = without(beside, is_named)
        entry = json.loads(row["entry"])
        sealed = {key for key in WORDS if is_named(str(entry.get(key) or ""))} - set(row.get("withheld", ()))
        change: dict[str, Any] = {"words": left} if left != beside else {}
        if sealed:
            kept += 1
            change["withheld"] = sorted({*row.get("withheld", ()), *sealed})
        if change:
            found.append({**row, **change})
    return found, kept
