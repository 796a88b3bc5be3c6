"""Spool: pages, events and messages that could not be read, each kept in the position with how often it was tried.

A run tries each again until it failed MAX_TRIES times; then it rests until somebody asks for it by name. Neither those
that are tried nor those that rest are ever more than MOST, so that what cannot be read never holds up what comes after
it. An entry holds what leads to the page, a place and a code, and nothing of its content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_TRIES = 5
MOST = 100
KEY = "retry"
"""Where a position keeps it."""


@dataclass(frozen=True)
class Refused:
    """One entry for people: its place, why it was refused last, how often, and whether runs still try it."""

    place: str
    code: str
    tries: int

    @property
    def rests(self) -> bool:
        """True if no run tries it by itself."""
        return self.tries >= MAX_TRIES


def is_due(item: Mapping[str, Any]) -> bool:
    """Whether a run tries this entry."""
    return int(item.get("tries", 1)) < MAX_TRIES


def failed(item: Mapping[str, Any], place: str, code: str) -> dict[str, Any]:
    """The entry after one more failure."""
    return {**item, "place": place, "code": code, "tries": int(item.get("tries", 0)) + 1}


def bounded(items: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The entries (oldest failure first) as they are kept, and those let go. Of more than MOST that runs would try, the
    oldest rest at once; of more than MOST that rest, the oldest are let go."""
    excess = max(sum(map(is_due, items)) - MOST, 0)
    held: list[Mapping[str, Any]] = []
    for item in items:
        resting = excess > 0 and is_due(item)
        excess -= resting
        held.append({**item, "tries": MAX_TRIES} if resting else item)
    at_rest = [item for item in held if not is_due(item)]
    dropped = at_rest[: max(len(at_rest) - MOST, 0)]
    return [item for item in held if item not in dropped], dropped


def entries(position: Mapping[str, Any]) -> list[Refused]:
    """What a position holds, in order."""
    return [
        Refused(str(item.get("place", "page")), str(item.get("code", "")), int(item.get("tries", 1)))
        for item in _held(position)
    ]


def again(position: Mapping[str, Any], place: str) -> dict[str, Any] | None:
    """The position in which the next run tries the entry of a place; None if there is no such entry."""
    held = _held(position)
    if not any(item.get("place") == place for item in held):
        return None
    return {**position, KEY: [{**item, "tries": 0} if item.get("place") == place else item for item in held]}


def without(position: Mapping[str, Any], place: str) -> dict[str, Any] | None:
    """The position in which the entry of a place is let go and never tried again; None if there is no such entry."""
    held = _held(position)
    gone = [item for item in held if item.get("place") == place]
    if not gone:
        return None
    kept = {**position, KEY: [item for item in held if item not in gone]}
    # A feed asks again for events that its position does not know.
    marks = {str(item["token"]): item["mark"] for item in gone if "mark" in item and "token" in item}
    return {**kept, "events": {**position.get("events", {}), **marks}} if marks else kept


def _held(position: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found = position.get(KEY, [])
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
