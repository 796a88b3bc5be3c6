"""Scores what was found against the world's truth: pairwise precision, recall and F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Pairs:
    """Counts of record pairs; counts of several tenants add up."""

    both: int = 0
    found: int = 0
    true: int = 0

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(self.both + other.both, self.found + other.found, self.true + other.true)

    def score(self) -> Score:
        """Returns 1.0 precision where nothing was joined, 1.0 recall where nothing was to be joined."""
        precision = self.both / self.found if self.found else 1.0
        recall = self.both / self.true if self.true else 1.0
        return Score(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def count_pairs(found: Mapping[Hashable, str], truth: Mapping[Hashable, str]) -> Pairs:
    """Returns the pair counts over the records of `truth`; a record not found stands alone."""
    together = [(found.get(key, f"\0missing {key}"), actor) for key, actor in truth.items()]
    return Pairs(
        both=_pairs(together),
        found=_pairs(entity for entity, _ in together),
        true=_pairs(actor for _, actor in together),
    )


def _pairs(values: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(values).values())
