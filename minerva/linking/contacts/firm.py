"""Firm components of records: what finding hubs takes as belonging together (see hubs.py)."""

from __future__ import annotations

from collections.abc import Sequence

from minerva.components import DisjointSets


class Firm(DisjointSets):
    """Components of records that belong together for sure. company: 1 for each record that was ever united."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.company = bytearray(size)

    def unite(self, records: Sequence[int]) -> None:
        """Makes records one component."""
        if len(records) > 1:
            for record in records:
                self.company[record] = 1
                self.union(records[0], record)
