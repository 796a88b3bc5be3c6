"""How often illicit and benign businesses do what, and how three difficulties blur the two."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Difficulty:
    """blur: how far the habits of illicit businesses move toward those of benign ones; clean: share of illicit ones
    that live like benign ones; odd: share of benign ones with odd habits; missing: share of fields and of records that
    the sources leave out."""

    name: str
    blur: float
    clean: float
    odd: float
    missing: float


DIFFICULTIES = {
    "easy": Difficulty("easy", 0.0, 0.02, 0.02, 0.05),
    "medium": Difficulty("medium", 0.12, 0.05, 0.04, 0.12),
    "hard": Difficulty("hard", 0.2, 0.08, 0.06, 0.2),
}
BASE_RATE = 0.04
"""Illicit businesses of all."""

Table = dict[str, tuple[float, float]]
"""Habit -> how many of an illicit and of a benign business have it."""
MASSAGE: Table = {
    "license_lapsed": (0.5, 0.06),
    "staff_unlicensed": (0.6, 0.12),
    "adult_ads": (0.65, 0.015),
    "tells": (0.6, 0.012),
    "late": (0.65, 0.12),
    "cheap": (0.4, 0.08),
    "windows": (0.4, 0.1),
    "locked": (0.45, 0.05),
    "living": (0.35, 0.01),
    "reopened": (0.3, 0.015),
    "staff_moves": (0.35, 0.08),
    "court": (0.45, 0.08),
    "inspected": (0.7, 0.5),
}
HOTEL: Table = {
    "adult_ads": (0.75, 0.06),
    "tells": (0.6, 0.04),
    "cash": (0.6, 0.08),
    "several_rooms": (0.6, 0.08),
    "odd_stays": (0.55, 0.1),
    "crowded": (0.45, 0.06),
    "no_id": (0.55, 0.08),
    "court": (0.5, 0.1),
}
RECRUITER: Table = {
    "fee": (0.65, 0.03),
    "papers": (0.5, 0.01),
    "tied": (0.5, 0.2),
    "unlicensed": (0.5, 0.06),
    "debarred": (0.35, 0.01),
    "shared": (0.45, 0.04),
    "overpaid": (0.45, 0.05),
    "no_case": (0.45, 0.06),
    "new": (0.5, 0.1),
    "copied": (0.45, 0.05),
    "too_many": (0.4, 0.06),
}
MAILBOX: Table = {"ads": (0.5, 0.03), "many": (0.6, 0.25), "risky": (0.5, 0.04)}
PROPERTY: Table = {"locked": (0.4, 0.02), "crowded": (0.5, 0.06), "risky": (0.5, 0.04)}
SCHOOL: Table = {"goes_on": (0.5, 0.03), "parlor": (0.6, 0.06)}
ADVERTISER: Table = {
    "names": (0.5, 0.06),
    "tour": (0.5, 0.1),
    "copied": (0.5, 0.06),
    "obscured": (0.6, 0.2),
    "cheap": (0.4, 0.06),
    "trust": (0.5, 0.12),
}


class Habits:
    """What one business does, drawn once."""

    def __init__(self, illicit: bool, table: Table, level: Difficulty, chance: random.Random):
        self.illicit = illicit
        self.clean = illicit and chance.random() < level.clean
        self.odd = not illicit and chance.random() < level.odd
        self.does = {}
        for name, (bad, good) in table.items():
            share = good
            if illicit and not self.clean:
                share = bad - (bad - good) * level.blur
            elif self.odd:
                share = good + (bad - good) * 0.4
            self.does[name] = chance.random() < share

    def __getitem__(self, name: str) -> bool:
        return self.does[name]
