"""Which record ids a run has read, in eight bytes each: a set of texts would hold half a gigabyte of five millions."""

from __future__ import annotations

from hashlib import blake2b

_WIDTH = 8


class Seen:
    """A set that only grows. Two ids count as one where 80 bits of their hashes agree."""

    def __init__(self) -> None:
        self._held: dict[int, bytearray] = {}

    def add(self, record_id: str) -> bool:
        """Whether the id is new."""
        digest = blake2b(record_id.encode("utf-8", "replace"), digest_size=10).digest()
        bucket = self._held.setdefault(digest[0] * 256 + digest[1], bytearray())
        own = digest[2:]
        at = bucket.find(own)
        while at >= 0 and at % _WIDTH:  # a match across two neighbors is none
            at = bucket.find(own, at + 1)
        if at < 0:
            bucket += own
        return at < 0
