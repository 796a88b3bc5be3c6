"""What linking did not compare, by kind of block: a block of too many records tells nobody apart and is left out.

Counts alone, since a block's key holds names. A pair that one block leaves out may be compared in another, so the pairs
are the most that were not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

KINDS = {
    "a": "one house and street", "b": "a word of the name in one postcode", "c": "one contact",
    "d": "one door of a house", "e": "one name at one place", "f": "one name, wherever it is",
    "h": "a word of the name in one house", "n": "a word of the name in one street",
    "r": "a word of a person's name with a place or another word", "z": "one house number and postcode",
}  # fmt: skip
"""First letter of a block's key (see keys.py) -> what its records share."""


class Skipped(NamedTuple):
    """Blocks left out, the records of the largest one, and how many pairs they hold together."""

    blocks: int = 0
    largest: int = 0
    pairs: int = 0

    def with_block(self, records: int) -> Skipped:
        """Returns the counts with one more block of so many records."""
        return Skipped(self.blocks + 1, max(self.largest, records), self.pairs + records * (records - 1) // 2)


def noted(found: Mapping[str, Skipped]) -> dict[str, list[int]]:
    """Returns the counts by what the records share, as JSON."""
    return {KINDS[kind]: list(found[kind]) for kind in sorted(found)}


def sentences(told: Mapping[str, Iterable[int]]) -> list[str]:
    """Returns a sentence for each kind of block of `noted`."""
    return [_sentence(shared, Skipped(*counts)) for shared, counts in sorted(told.items())]


def _sentence(shared: str, counts: Skipped) -> str:
    blocks = "1 block" if counts.blocks == 1 else f"{counts.blocks} blocks"
    return f"{blocks} of records that share {shared}, {counts.largest} in the largest, up to {counts.pairs} pairs"
