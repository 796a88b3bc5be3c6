"""How hard a world is: three levels, and the four hub regimes of the hard one."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Level:
    """plain: share of contacts written plainly; hub_share: share of records that also carry a hub number;
    operations_per_hub: how many operations share one hub; decoys: numbers per text that are no contact;
    drop: share of records whose contact a reader cannot recover at all; malformed: share of broken rows.
    """

    name: str
    plain: float
    hub_share: float
    operations_per_hub: int
    decoys: float
    drop: float
    malformed: float


LEVELS = {
    "easy": Level("easy", 0.9, 0.1, 200, 0.5, 0.0, 0.001),
    "medium": Level("medium", 0.7, 0.25, 50, 1.0, 0.02, 0.002),
    "hard": Level("hard", 0.35, 0.35, 50, 1.5, 0.05, 0.003),
}

REGIMES = (200, 50, 10, 4)
"""Operations per hub in the four regimes: a few huge hubs to many small ones."""


def hard_regimes() -> list[Level]:
    """Returns the hard level once per regime."""
    return [replace(LEVELS["hard"], operations_per_hub=count) for count in REGIMES]
