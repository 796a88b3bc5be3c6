"""Appends audit entries to a collection, one chain per institution, safely with several writers.

An entry's key is its chain and number, and inserting fails where the key is taken: two writers cannot fork a chain.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from minerva.audit.chain import OPENED, PLATFORM, START, AuditError, digest, entry_text, seal, token
from minerva.documents import Collection

TRIES = 50
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.2
"""Seconds between tries: another writer may be faster, or this member of a search head cluster may be behind."""


class Ledger:
    """The chains of one collection. `ends` remembers where each stood; a stale memory costs one read, nothing else."""

    def __init__(
        self, collection: Collection, key: bytes, ends: dict[str, tuple[int, str]] | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._wait = wait
        self._collection = collection
        self._key = key
        self._ends: dict[str, tuple[int, str]] = {} if ends is None else ends

    def append(self, chain: str, fields: Mapping[str, Any], words: Mapping[str, str] | None = None) -> None:
        """Adds an entry to a chain, then moves its seal. Raises AuditError; errors of the store pass through.

        words: people's own, kept beside the entry, which holds a keyed token of them: an erasure may take them away,
        and the chain still hangs together.
        """
        if words:
            fields = {**fields, "words": token(self._key, "words", json.dumps(dict(words), sort_keys=True))}
        beside = {"words": dict(words)} if words else {}
        opened = chain == PLATFORM
        for tried in range(TRIES):
            if tried:
                self._wait(min(FIRST_PAUSE * 2.0 ** (tried - 1), LONGEST_PAUSE))
            number, previous = self._ends.pop(chain) if chain in self._ends else self._end(chain)
            if number == 0 and not opened:
                opened = True  # once: a member that is behind shows no beginning of a chain that has begun
                self.append(PLATFORM, {"operation": OPENED, "opened": chain, "time": fields.get("time", 0)})
            text = entry_text(fields, chain, number, previous)
            last = digest(text)
            row = {"_key": f"{chain}:{number:012d}", "kind": "entry", "chain": chain, "number": number}
            if self._collection.insert({**row, "entry": text, "hash": last, **beside}):
                mark = seal(self._key, chain, number, last)
                head = {"_key": f"{chain}:end", "kind": "end", "chain": chain, "number": number}
                self._collection.batch_save([{**head, "hash": last, "seal": mark}])
                self._ends[chain] = (number + 1, last)
                return
        raise AuditError(f"no place for an entry after {TRIES} tries: too many writers at once")

    def _end(self, chain: str) -> tuple[int, str]:
        """The next number of a chain and the hash it has to hold. Reads two documents, however long the chain is.

        The entries are searched only where a chain has no sealed end yet or one that somebody changed.
        """
        end = self._collection.get(f"{chain}:end")
        if end is None or not self._sealed(end, chain):
            found = self._collection.find({"chain": chain, "kind": "entry"}, sort="number:-1", limit=1)
            if not found:
                return 0, START
            end = found[0]
        number, last = int(end["number"]), str(end["hash"])
        # An end is sealed after its entry was inserted, so entries of other writers may stand behind it.
        while (further := self._collection.get(f"{chain}:{number + 1:012d}")) is not None:
            number, last = number + 1, str(further["hash"])
        return number + 1, last

    def _sealed(self, end: Mapping[str, Any], chain: str) -> bool:
        number, last, mark = end.get("number"), end.get("hash"), end.get("seal")
        # KV stores may give a whole number back as 3.0.
        if not isinstance(number, (int, float)) or not isinstance(last, str) or not isinstance(mark, str):
            return False
        return hmac.compare_digest(seal(self._key, chain, int(number), last).encode(), mark.encode("utf-8", "replace"))
