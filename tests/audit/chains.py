"""Audits for tests: rows of a few chains as the ledger writes them, sorted as they are exported."""

from __future__ import annotations

import random
from typing import Any

from minerva.audit import Ledger
from minerva.documents import MemoryCollection

KEY = b"an audit key for tests"
CHAINS = ("north", "river", "0service")


def rows_of(collection: MemoryCollection) -> list[dict[str, Any]]:
    """All rows by key."""
    return [dict(collection.rows[key]) for key in sorted(collection.rows)]


def audit(chance: random.Random, entries: int) -> list[dict[str, Any]]:
    """An audit of so many entries over three chains, and the platform's own that opens them."""
    collection = MemoryCollection()
    ledger = Ledger(collection, KEY)
    for number in range(entries):
        outcome = chance.choice(("permit", "absent", "bad_request"))
        fields = {"time": number, "operation": "get", "outcome": outcome, "subject": f"{chance.getrandbits(96):024x}"}
        ledger.append(CHAINS[number] if number < len(CHAINS) else chance.choice(CHAINS), fields)
    return rows_of(collection)
