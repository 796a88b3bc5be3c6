"""Told, found and right values under labels, as the benchmarks of extractors print them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set


class Tally:
    """Counts of values that a text holds, that were found in it, and that are both."""

    def __init__(self) -> None:
        self.told, self.found, self.right = Counter[str](), Counter[str](), Counter[str]()

    def add(self, label: str, wanted: Set[str], given: Set[str]) -> None:
        """Counts the values of one text under a label."""
        self.told[label] += len(wanted)
        self.found[label] += len(given)
        self.right[label] += len(wanted & given)

    def add_kinds(self, wanted: Set[str], given: Set[str]) -> None:
        """Counts values written `kind:value` under their kinds."""
        for kind in {value.partition(":")[0] for value in wanted | given}:
            self.add(kind, *({value for value in side if value.startswith(f"{kind}:")} for side in (wanted, given)))

    def recall(self, label: str) -> float | None:
        """Returns the share of the told values that was found, None where none was told."""
        return self.right[label] / self.told[label] if self.told[label] else None

    def precision(self, label: str) -> float | None:
        """Returns the share of the found values that is right, None where none was found."""
        return self.right[label] / self.found[label] if self.found[label] else None

    def show(self, title: str, width: int) -> None:
        """Prints recall and precision of each label, the labels `width` characters wide."""
        print(f"{title:{width}s} recall precision  told found right")
        for label in sorted(self.told | self.found):
            told, found, right = self.told[label], self.found[label], self.right[label]
            recall = "     -" if (share := self.recall(label)) is None else f"{share:6.3f}"
            precision = "        -" if (share := self.precision(label)) is None else f"{share:9.3f}"
            print(f"{label:{width}s} {recall} {precision} {told:5d} {found:5d} {right:5d}")


def show_miss(row: Mapping[str, object], wanted: Set[str], given: Set[str]) -> None:
    """Prints what of a case was missed and what was found that it does not hold."""
    print(f"  {row['id']} {row['text']!r}: missed {sorted(wanted - given)}, wrong {sorted(given - wanted)}")
