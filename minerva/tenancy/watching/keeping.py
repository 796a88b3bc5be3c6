"""Who keeps an item of the watch list: who put it there, and who added it too. Nobody's add touches another's stand.

`until` of an item is the last day of all stands; `also` holds those of others, `history` what stood there before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.documents import Document
from minerva.tenancy.asking import BadRequest

NO_NOTE = "on the watch list"
"""Never empty: the scheduled search tells by the note that an identifier is watched."""
MOST_KEEPERS, MOST_STEPS = 50, 20
"""People who keep one item, and steps of its history of what each of them said."""


def keepers_of(row: Mapping[str, Any]) -> list[str]:
    """Who keeps an item, who put it there first."""
    return [each["by"] for each in _stands(row)]


def added(row: Document, user: str, said: Mapping[str, Any], now: int) -> Document:
    """The item after somebody added it again. said: note and until, as far as stated."""
    stands = _stands(row)
    for at, stand in enumerate(stands):
        if stand["by"] == user:
            return _after(row, [*stands[:at], {**stand, **said}, *stands[at + 1 :]], user, now)
    if len(stands) >= MOST_KEEPERS:
        raise BadRequest(f"{MOST_KEEPERS} people keep it on the list, as many as may: expected one of them to leave it")
    return _after(row, [*stands, {"by": user, "note": NO_NOTE, "until": 0, **said, "time": now}], user, now)


def changed(row: Document, user: str, said: Mapping[str, Any], now: int) -> Document:
    """The item after a change: of one's own stand, or by an administrator who has none, whose end holds for all."""
    stands = _stands(row)
    if user in keepers_of(row):
        return added(row, user, said, now)
    ends = {key: value for key, value in said.items() if key == "until"}
    return _after(row, [{**stands[0], **said}, *({**each, **ends} for each in stands[1:])], user, now)


def left(row: Document, user: str, now: int) -> Document | None:
    """The item without one's own stand; None where nobody else keeps it, or the user is none of its keepers."""
    stands = [each for each in _stands(row) if each["by"] != user]
    return _after(row, stands, user, now) if stands and user in keepers_of(row) else None


def passed(row: Document, user: str, heir: str, by: str, now: int) -> Document:
    """The item with another's stand as that of who takes over; who keeps it already keeps the own one."""
    stands = _stands(row)
    known = any(each["by"] == heir for each in stands)
    kept = [each for each in stands if not (known and each["by"] == user)]
    return _after(row, [{**each, "by": heir} if each["by"] == user else each for each in kept], by, now)


def _stands(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    until = row.get("own_until", row.get("until")) or 0
    first = {"by": str(row["added_by"]), "note": row["note"], "until": until, "time": row["added_time"]}
    return [first, *row.get("also", ())]


def _after(row: Document, stands: list[dict[str, Any]], user: str, now: int) -> Document:
    """The item with other stands, and a step of its history for each that is not as it was."""
    now_said = {each["by"]: each for each in stands}
    history = list(row.get("history", ()))
    for stand in _stands(row):
        after = now_said.get(stand["by"], {})
        before = {key: stand[key] for key in ("note", "until") if after.get(key) != stand[key]}
        if before:
            history.append({"by": user, "time": now, "of": stand["by"], "before": before})
    first, also = stands[0], stands[1:]
    ends = [int(each["until"]) for each in stands]
    made: Document = {key: value for key, value in row.items() if key not in ("also", "own_until")}
    made.update(added_by=first["by"], note=first["note"], added_time=first["time"])
    made["until"] = max(ends) if all(ends) else 0
    if also:
        made.update(also=also, own_until=first["until"])
    if history:
        made["history"] = _latest(history)
    return made


def _latest(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last steps of each keeper: nobody's many changes push out what another said."""
    counts: dict[str, int] = {}
    kept = []
    for step in reversed(history):
        counts[step["of"]] = counts.get(step["of"], 0) + 1
        if counts[step["of"]] <= MOST_STEPS:
            kept.append(step)
    return kept[::-1]
