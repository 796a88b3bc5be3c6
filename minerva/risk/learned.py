"""The learned model: log-odds by bins of each feature, read from a file that a person can read, and added up.

A model is made of labels outside Splunk (build.py train risk), and is used only where an institution has activated
one. A bin further in the feature's direction never has lower log-odds, and what is missing has the lowest: knowing less
never raises a score.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from minerva.risk.features import FEATURES
from minerva.risk.sectors import Sector

VERSION = 1
OWN_LABELS, INVENTED = TRAINED_ON = ("labels of an institution", "an invented world")
UP, DOWN = DIRECTIONS = ("up", "down")
"""Whether a higher or a lower value of a feature speaks for the sign that compares it."""
MOST_LOG_ODDS, MOST_CUTS, MOST_FEATURES, MOST_TEXT = 20.0, 20, 100, 2000
MOVED, SHIFTED = 0.1, 0.25
"""Population stability from which a feature is called moved a little, and shifted: the usual marks of the measure."""
_LEAST_SHARE = 0.001


class ModelError(ValueError):
    """A model's file is refused; the message says which part and what to do."""


class LearnedFeature(NamedTuple):
    """cuts: where bins begin, rising; log_odds: thousandths of each bin, one more than cuts; shares: of the businesses
    it was trained on, in each bin and, last, without a value."""

    name: str
    direction: str
    cuts: tuple[float, ...]
    log_odds: tuple[int, ...]
    shares: tuple[float, ...]

    @property
    def missing(self) -> int:
        return min(self.log_odds)

    def bin_of(self, value: float | None) -> int:
        """The bin of a value; the last one is that of businesses without it."""
        if value is None:
            return len(self.log_odds)
        return bisect_right(self.cuts, value)


class Model(NamedTuple):
    """base: log-odds in thousandths of a business of which nothing is known. calibration: (lowest log-odds in
    thousandths, chance), rising. facts: what the file says of how it was made, to be shown."""

    sector: str
    base: int
    features: tuple[LearnedFeature, ...]
    calibration: tuple[tuple[int, float], ...]
    trained_on: str
    statement: str
    facts: Mapping[str, Any]


class Part(NamedTuple):
    """What one feature adds, in thousandths of log-odds."""

    feature: str
    value: float | None
    log_odds: int


class Learned(NamedTuple):
    """log_odds: exactly the base and the parts, in thousandths; chance: by the model's table of calibration."""

    log_odds: int
    chance: float
    base: int
    parts: tuple[Part, ...]


def applied(model: Model, values: Mapping[str, float | None]) -> Learned:
    """What the model says of a business with these features."""
    parts = []
    for feature in model.features:
        value = values.get(feature.name)
        at = feature.bin_of(value)
        parts.append(Part(feature.name, value, feature.missing if value is None else feature.log_odds[at]))
    whole = model.base + sum(part.log_odds for part in parts)
    return Learned(whole, _chance(model, whole), model.base, tuple(parts))


def _chance(model: Model, log_odds: int) -> float:
    at = bisect_right([low for low, _ in model.calibration], log_odds)
    return model.calibration[max(0, at - 1)][1]


def directions(sector: Sector) -> dict[str, str]:
    """Feature -> the direction in which the sector's signs read it; a feature that is read both ways has none."""
    found: dict[str, set[str]] = {}
    for sign in sector.indicators:
        for name, lower in sign.when.directions if sign.when is not None else ():
            found.setdefault(name, set()).add(DOWN if lower else UP)
    return {name: ways.pop() for name, ways in sorted(found.items()) if len(ways) == 1}


def shares_of(feature: LearnedFeature, values: Sequence[float | None]) -> list[float]:
    """The share of values in each bin and, last, of those that are missing."""
    counts = Counter(feature.bin_of(value) for value in values)
    return [counts[at] / len(values) if values else 0.0 for at in range(len(feature.log_odds) + 1)]


def drift(model: Model, rows: Sequence[Mapping[str, float | None]]) -> list[dict[str, Any]]:
    """{"feature", "stability", "words"} of each feature, the most moved first: how far today's businesses differ from
    those that the model was trained on (population stability index)."""
    found = []
    for feature in model.features:
        now = shares_of(feature, [row.get(feature.name) for row in rows])
        pairs = [(max(_LEAST_SHARE, a), max(_LEAST_SHARE, b)) for a, b in zip(now, feature.shares)]
        value = sum((a - b) * math.log(a / b) for a, b in pairs)
        word = "shifted" if value >= SHIFTED else "moved a little" if value >= MOVED else "as in training"
        found.append({"feature": feature.name, "stability": round(value, 3), "words": word})
    return sorted(found, key=lambda each: (-each["stability"], each["feature"]))


def read_model(document: Any, sectors: Mapping[str, Sector]) -> Model:
    """The model of a file's document. Raises ModelError, which says in words what is wrong with it."""
    if not isinstance(document, Mapping):
        raise ModelError("not a model: expected an object of JSON, as build.py train risk writes it")
    version = document.get("version")
    if type(version) is not int or version != VERSION:
        told = f"version {version}" if type(version) is int else "no version"
        raise ModelError(f"the file has {told} and this app reads version {VERSION}: train the model again")
    sector = document.get("sector")
    if not isinstance(sector, str) or sector not in sectors:
        raise ModelError(f"sector: expected one of {', '.join(sectors)}")
    if document.get("trained_on") not in TRAINED_ON:
        raise ModelError(f"trained_on: expected one of {', '.join(TRAINED_ON)}")
    statement = document.get("statement")
    if not isinstance(statement, str) or not 0 < len(statement) <= MOST_TEXT:
        raise ModelError("statement: expected a text that says what it was trained on")
    known = directions(sectors[sector])
    given = document.get("features")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_FEATURES:
        raise ModelError("features: expected a list of features with their bins")
    features = tuple(_feature(each, known) for each in given)
    if len({each.name for each in features}) < len(features):
        raise ModelError("features: one stands twice")
    facts = {key: document.get(key) for key in ("seed", "made", "recipe", "held_back")}
    return Model(sector, _thousandths(document.get("base"), "base"), features, _calibration(document),
                 str(document["trained_on"]), statement, facts)  # fmt: skip


def _feature(given: Any, known: Mapping[str, str]) -> LearnedFeature:
    name = given.get("feature") if isinstance(given, Mapping) else None
    if not isinstance(name, str) or name not in FEATURES:
        raise ModelError("features: one has a name that this app does not compute: train the model again")
    if known.get(name) != given.get("direction"):
        raise ModelError(f"{name}: its direction is not that of the sector's signs: train the model again")
    cuts, weights, shares = (given.get(key) for key in ("cuts", "log_odds", "shares"))
    if not _numbers(cuts) or len(cuts) > MOST_CUTS or any(a >= b for a, b in zip(cuts, cuts[1:])):
        raise ModelError(f"{name}: cuts: expected at most {MOST_CUTS} numbers, each above the one before")
    if not isinstance(weights, list) or len(weights) != len(cuts) + 1:
        raise ModelError(f"{name}: log_odds: expected {len(cuts) + 1} numbers, one for each bin")
    odds = tuple(_thousandths(each, f"{name}: log_odds") for each in weights)
    ordered = odds if given["direction"] == UP else odds[::-1]
    if any(a > b for a, b in zip(ordered, ordered[1:])):
        raise ModelError(f"{name}: log_odds: a bin that says more has less, so that missing data could raise a score")
    if _thousandths(given.get("missing"), f"{name}: missing") != min(odds):
        raise ModelError(f"{name}: missing: must be the lowest of its bins, so that missing data never raises a score")
    if not _numbers(shares) or len(shares) != len(odds) + 1 or not 0.98 <= sum(shares) <= 1.02 or min(shares) < 0:
        raise ModelError(f"{name}: shares: expected a share for each bin and one for what is missing, 1 in sum")
    return LearnedFeature(name, given["direction"], tuple(map(float, cuts)), odds, tuple(map(float, shares)))


def _calibration(document: Mapping[str, Any]) -> tuple[tuple[int, float], ...]:
    rows = document.get("calibration")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_FEATURES:
        raise ModelError("calibration: expected a table of log-odds and chances")
    table = []
    for row in rows:
        low, chance = (row.get(key) if isinstance(row, Mapping) else None for key in ("from", "chance"))
        if not _numbers([chance]) or not 0 <= float(str(chance)) <= 1:
            raise ModelError("calibration: a chance is a number from 0 to 1")
        table.append((_thousandths(low, "calibration"), float(str(chance))))
    if any(a[0] >= b[0] or a[1] > b[1] for a, b in zip(table, table[1:])):
        raise ModelError("calibration: log-odds must rise from row to row, and chances may not fall")
    return tuple(table)


def _numbers(given: Any) -> bool:
    return isinstance(given, list) and all(type(each) in (int, float) and math.isfinite(each) for each in given)


def _thousandths(given: Any, where: str) -> int:
    """Log-odds as whole thousandths: sums of them are exact."""
    if not _numbers([given]) or abs(given) > MOST_LOG_ODDS * 5:
        raise ModelError(f"{where}: expected log-odds, a number from {-MOST_LOG_ODDS * 5:g} to {MOST_LOG_ODDS * 5:g}")
    whole = round(float(given) * 1000)
    if abs(given * 1000 - whole) > 1e-6:
        raise ModelError(f"{where}: expected log-odds with three decimals at most")
    return whole


def written(model: Model) -> dict[str, Any]:
    """The document of a model, as a file holds it."""
    return {
        "version": VERSION, "sector": model.sector, "trained_on": model.trained_on, "statement": model.statement,
        **model.facts, "base": model.base / 1000,
        "features": [
            {"feature": each.name, "direction": each.direction, "cuts": list(each.cuts),
             "log_odds": [odds / 1000 for odds in each.log_odds], "missing": each.missing / 1000,
             "shares": [round(share, 4) for share in each.shares]}
            for each in model.features
        ],
        "calibration": [{"from": low / 1000, "chance": round(chance, 4)} for low, chance in model.calibration],
    }  # fmt: skip
