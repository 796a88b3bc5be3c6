"""The transparent model: an indicator that holds adds its points, and nothing ever takes points away.

The score is the exact sum of the contributions. What is not known adds nothing, lowers no other points and widens the
band: `most` is what the score could be if everything unknown held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from minerva.risk.establishments import Establishment
from minerva.risk.features import FEATURES, Feature
from minerva.risk.market import Market
from minerva.risk.sectors import Indicator, Sector

LABEL = "not evidence by itself"
NOTHING, LOOK_AT, LOOK_FIRST = STATES = ("nothing seen", "look at", "look first")
HOLDS, HOLDS_NOT, MISSING, WAITS = ("holds", "does not hold", "missing", "waits")
LITTLE, SOME, MUCH = ("low", "medium", "high")
"""How much of the sector's signs could be looked at: less than a third, less than two thirds, more."""


class Contribution(NamedTuple):
    """What one indicator says of one business. points: 0 unless it holds."""

    indicator: Indicator
    state: str
    points: int
    records: tuple[str, ...]
    words: str


class Score(NamedTuple):
    """A score with its reasons. `most`: what it could be at most, were all known; `missing`: share of the sector's
    points whose indicators could not be looked at; `confidence`: the same in a word; `values`: the features that are
    known, which a learned model reads."""

    establishment: Establishment
    sector: Sector
    score: int
    most: int
    missing: float
    confidence: str
    state: str
    contributions: tuple[Contribution, ...]
    values: Mapping[str, float]

    @property
    def reasons(self) -> list[Contribution]:
        """What holds, the heaviest first."""
        held = [each for each in self.contributions if each.state == HOLDS]
        return sorted(held, key=lambda each: (-each.points, each.indicator.number))


def score(each: Establishment, sector: Sector, market: Market, today: int) -> Score:
    """The score of one business of a sector."""
    features = {
        name: FEATURES[name](each, market, today)
        for sign in sector.indicators if sign.when is not None for name in sign.when.names
    }  # fmt: skip
    return scored(each, sector, features)


def scored(each: Establishment, sector: Sector, features: dict[str, Feature]) -> Score:
    """The score that these features give."""
    values = {name: feature.value for name, feature in features.items()}
    told = []
    for sign in sector.indicators:
        if sign.when is None:
            told.append(Contribution(sign, WAITS, 0, (), f"waits for {sign.waits_for}"))
            continue
        holds = sign.when.test(values)
        behind = [features[name] for name in sorted(sign.when.names) if name in features]
        records = tuple(dict.fromkeys(record_id for feature in behind for record_id in feature.records))
        words = "; ".join(feature.words for feature in behind if feature.words)
        state = MISSING if holds is None else HOLDS if holds else HOLDS_NOT
        told.append(Contribution(sign, state, sign.points if holds else 0, records if holds is not None else (), words))
    known = {name: round(value, 4) for name, value in sorted(values.items()) if value is not None}
    return _summed(each, sector, told, known)


def _summed(each: Establishment, sector: Sector, told: Sequence[Contribution], known: Mapping[str, float]) -> Score:
    points = sum(part.points for part in told)
    whole = sum(sign.points for sign in sector.indicators)
    unknown = sum(part.indicator.points for part in told if part.state in (MISSING, WAITS))
    missing = unknown / whole if whole else 1.0
    confidence = LITTLE if missing > 2 / 3 else SOME if missing > 1 / 3 else MUCH
    state = LOOK_FIRST if points >= sector.look_first else LOOK_AT if points >= sector.look_at else NOTHING
    return Score(each, sector, points, points + unknown, missing, confidence, state, tuple(told), known)
