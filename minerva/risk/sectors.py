"""What a sector and an indicator are, and what no score may know. Shapes and bounds alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from minerva.risk.expression import Expression
from minerva.risk.reading import NEVER_READ

PREMISES, OPERATION = UNITS = ("premises", "operation")
STRENGTHS = {"weak": 5, "moderate": 10, "strong": 18}
"""Points of an indicator by the strength of its evidence, where its file says nothing else: at most MOST_POINTS."""
MOST_POINTS = 30
NEVER_SCORED = NEVER_READ | frozenset(["movement", "tattoo", "tattoos", "picture_look", "young", "youth"])
"""Words of which no field of an indicator may consist: what research found not to predict, and what does harm."""


class Indicator(NamedTuple):
    """A sign of a sector. `when` is None where it `waits_for` data that nobody has yet."""

    id: str
    number: int
    statement: str
    fields: tuple[str, ...]
    when: Expression | None
    waits_for: str
    points: int
    strength: str
    source: str
    seen: str
    false_positives: str
    audience: str


class Sector(NamedTuple):
    """A trade. `anchors`: kind of record -> words of its category that say that a business of the trade exists (none:
    every record of the kind); `staff`: the same of licenses of people. Scores from `look_at`, `look_first` on."""

    id: str
    title: str
    unit: str
    anchors: Mapping[str, tuple[str, ...]]
    staff: Mapping[str, tuple[str, ...]]
    base_rate: str
    look_at: int
    look_first: int
    indicators: tuple[Indicator, ...]
