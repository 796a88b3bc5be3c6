"""Ranking schools by a description, in plain Python: no picture and no native package is needed."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from minerva.schools.description import Description

UNLISTED = 3.0
"""Logarithm of the weight of "a school that is not held, or whose uniform is not known"."""
TEMPER = 0.6
"""Scores count so much: parts of a description depend on each other, so that their sum is too sure of itself."""


class Ranked(NamedTuple):
    """A school that may be meant. confidence: 0 to 1, the share of it among all schools held and those that are not."""

    school_id: str
    score: float
    confidence: float
    signals: list[dict[str, Any]]


def by_words(described: Description, schools: Mapping[str, Mapping[str, Any]], top: int) -> list[Ranked]:
    """Returns the likeliest schools, the best first; those about which nothing speaks are left out."""
    scores = {school_id: described.score(facts)[0] for school_id, facts in schools.items()}
    best = heapq.nlargest(top, ((score, school_id) for school_id, score in scores.items() if score > 0))
    shares = shares_of(scores)
    return [
        Ranked(school_id, score, shares[school_id], [words_signal(described, schools[school_id])])
        for score, school_id in best
    ]


def words_signal(described: Description, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What of the description fits a school, as one of its signals."""
    score, reasons = described.score(facts)
    return {"signal": "words", "score": round(score, 3), "reasons": reasons}


def shares_of(scores: Mapping[str, float]) -> dict[str, float]:
    """School id -> its share, from scores that are logarithms of how much likelier it is than any other."""
    highest = max([*scores.values(), UNLISTED], default=UNLISTED)
    weights = {school_id: math.exp(TEMPER * (score - highest)) for school_id, score in scores.items()}
    total = sum(weights.values()) + math.exp(TEMPER * (UNLISTED - highest))
    return {school_id: weight / total for school_id, weight in weights.items()}
