"""Stored judgements as a refresh takes them: those that stand, whom they touch, and which links follow already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from minerva.linking.judgements import VERDICTS, Judgement, read_judgement


def standing(rows: Iterable[Mapping[str, Any]]) -> list[Judgement]:
    """Judgements of documents, without those that were taken back."""
    return [read_judgement(row) for row in rows if row.get("verdict") in VERDICTS]


def touched_by(rows: Iterable[Mapping[str, Any]], since: int) -> set[str]:
    """Records whose judgements changed since, and all that judgements hold together with them."""
    pairs = [(row["a"], row["b"], int(row.get("time") or 0)) for row in rows]
    found = {each for a, b, time in pairs if time >= since for each in (a, b)}
    while more := {each for a, b, _ in pairs if a in found or b in found for each in (a, b)} - found:
        found |= more
    return found


def note_of(rows: Sequence[Mapping[str, Any]], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a refresh notes of the judgements that it read: the newest time, and which pairs were judged then."""
    until = max([int(before.get("judged_until", 0)), *(int(row.get("time") or 0) for row in rows)])
    return {"judged_until": until, "judged_last": [_pair(row) for row in rows if int(row.get("time") or 0) == until]}


def in_effect(row: Mapping[str, Any], noted: Mapping[str, Any]) -> bool:
    """Whether the links that readers see follow a judgement, of what the last refresh noted."""
    time, until = int(row.get("time") or 0), int(noted.get("judged_until", 0))
    if time != until:
        return time < until
    return _pair(row) in noted.get("judged_last", [_pair(row)])


def _pair(row: Mapping[str, Any]) -> str:
    return f"{row['a']}|{row['b']}"
