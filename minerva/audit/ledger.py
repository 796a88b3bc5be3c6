"""Appends audit entries to a collection, one chain per institution, safely with several writers.

An entry's key is its chain and number, and inserting fails where the key is taken: two writers cannot fork a chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.audit.chain import OPENED, PLATFORM, START, AuditError, digest, entry_text, seal
from minerva.tenancy.collections import Collection

TRIES = 50


class Ledger:
    """The chains of one collection. `ends` remembers where each stood; a stale memory costs one read, nothing else."""

    def __init__(self, collection: Collection, key: bytes, ends: dict[str, tuple[int, str]] | None = None) -> None:
        self._collection = collection
        self._key = key
        self._ends: dict[str, tuple[int, str]] = {} if ends is None else ends

    def append(self, chain: str, fields: Mapping[str, Any]) -> None:
        """Adds an entry to a chain, then moves its seal. Raises AuditError; errors of the store pass through."""
        for _ in range(TRIES):
            number, previous = self._ends.pop(chain) if chain in self._ends else self._end(chain)
            if number == 0 and chain != PLATFORM:
                self.append(PLATFORM, {"operation": OPENED, "opened": chain, "time": fields.get("time", 0)})
            text = entry_text(fields, chain, number, previous)
            last = digest(text)
            row = {"_key": f"{chain}:{number:012d}", "kind": "entry", "chain": chain, "number": number}
            if self._collection.insert({**row, "entry": text, "hash": last}):
                mark = seal(self._key, chain, number, last)
                head = {"_key": f"{chain}:end", "kind": "end", "chain": chain, "number": number}
                self._collection.batch_save([{**head, "hash": last, "seal": mark}])
                self._ends[chain] = (number + 1, last)
                return
        raise AuditError(f"no place for an entry after {TRIES} tries: too many writers at once")

    def _end(self, chain: str) -> tuple[int, str]:
        """The next number of a chain and the hash it has to hold."""
        found = self._collection.find({"chain": chain, "kind": "entry"}, sort="number:-1", limit=1)
        return (int(found[0]["number"]) + 1, str(found[0]["hash"])) if found else (0, START)
