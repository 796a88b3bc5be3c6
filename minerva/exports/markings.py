"""What a level of Minerva is called elsewhere: TLP 2.0, and how strict it is. One table for every format."""

from __future__ import annotations

from minerva.exports.errors import ExportError, MarkingRefused
from minerva.records.model import LEVELS

BY_STRICTNESS = ("L6", "L5", "L3", "L4", "L2", "L1", "L0")
"""From open to closed. L4 (group, no resharing) binds its reader more than L3 (redacted, may go to who needs it)."""

TLP = {
    "L0": "RED",
    "L1": "RED",
    "L2": "RED",
    "L3": "AMBER",
    "L4": "AMBER+STRICT",
    "L5": "GREEN",
    "L6": "CLEAR",
}
"""TLP 2.0 of a level. L1 and L2 let others learn a match or a count, never the content, so content stays RED."""

HANDLING = {
    "H1": "no use as evidence without permission of the owner",
    "H2": "no onward sharing without permission of the owner",
    "H3": "other restrictions, as agreed with the owner",
}
"""Europol's handling codes, in our words."""


def require_level(key: str, level: str) -> str:
    """Returns `level`. Raises ExportError if it is none."""
    if level not in LEVELS:
        raise ExportError(key, f"expected one of {', '.join(LEVELS)}")
    return level


def check_fits(key: str, level: str, export_level: str) -> None:
    """Raises MarkingRefused if an item of `level` is stricter than an export of `export_level`."""
    if BY_STRICTNESS.index(level) > BY_STRICTNESS.index(export_level):
        raise MarkingRefused(key, f"is marked {level}, stricter than this export ({export_level}): mark the export so")
