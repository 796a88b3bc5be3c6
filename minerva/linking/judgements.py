"""What people decided about pairs of records: same, not same, unsure; what holds of it, and what contradicts itself.

Judgements are kept apart from records and always win. Judgements that cannot all be true are named and none of them
counts until one is taken back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SAME, NOT_SAME, UNSURE = "same", "not_same", "unsure"
VERDICTS = (SAME, NOT_SAME, UNSURE)
_WORDS = {SAME: "the same", NOT_SAME: "not the same", UNSURE: "not sure to be the same"}


@dataclass(frozen=True, order=True)
class Judgement:
    """One decision. a < b are record ids; time: epoch seconds."""

    a: str
    b: str
    verdict: str
    by: str = ""
    why: str = ""
    time: int = 0

    def sentence(self) -> str:
        """Returns who decided what, in words."""
        reason = f": {self.why}" if self.why else ""
        return f"{self.by or 'someone'} judged {self.a} and {self.b} {_WORDS[self.verdict]}{reason}"


@dataclass(frozen=True)
class Contradiction:
    """Judgements that cannot all be true: `apart` says not same, `chain` leads from one of its records to the other."""

    apart: Judgement
    chain: tuple[Judgement, ...]

    def sentence(self) -> str:
        """Returns the contradiction in words, with every judgement of it."""
        return "; ".join(each.sentence() for each in (self.apart, *self.chain)) + "; these cannot all be true"


@dataclass(frozen=True)
class Settled:
    """What holds: pairs to join, pairs to keep apart; and what is set aside because it contradicts itself."""

    same: tuple[Judgement, ...] = ()
    apart: tuple[Judgement, ...] = ()
    contradictions: tuple[Contradiction, ...] = field(default=())


def judgement(a: str, b: str, verdict: str, by: str = "", why: str = "", time: int = 0) -> Judgement:
    """Returns the judgement with its records in order. Raises ValueError for one record twice or an unknown verdict."""
    if a == b or not a or not b:
        raise ValueError("a judgement needs two different records")
    if verdict not in VERDICTS:
        raise ValueError(f"verdict: expected one of {', '.join(VERDICTS)}")
    return Judgement(min(a, b), max(a, b), verdict, by, why, time)


def read_judgement(document: Mapping[str, Any]) -> Judgement:
    """Returns the judgement of a stored document. Raises ValueError when it is none."""
    a, b, verdict, by, why = (str(document.get(key) or "") for key in ("a", "b", "verdict", "by", "why"))
    return judgement(a, b, verdict, by, why, int(document.get("time") or 0))


def settle(judgements: Iterable[Judgement]) -> Settled:
    """Returns what holds of all judgements, whatever their order. Cycles of "same" are no contradiction.

    Every judgement of a group joined by "same" is set aside when one "not same" stands within the group.
    """
    ordered = sorted(set(judgements))
    neighbors = _neighbors(ordered)
    group = _groups(neighbors)
    found = [
        Contradiction(each, tuple(_chain(neighbors, each.a, each.b)))
        for each in ordered
        if each.verdict == NOT_SAME and each.a in group and group[each.a] == group.get(each.b)
    ]
    knotted = {group[each.apart.a] for each in found}
    return Settled(
        tuple(each for each in ordered if each.verdict == SAME and group[each.a] not in knotted),
        tuple(
            each
            for each in ordered
            if each.verdict == NOT_SAME and not (each.a in group and group[each.a] == group.get(each.b))
        ),
        tuple(found),
    )


def contradiction_of(new: Judgement, held: Sequence[Judgement]) -> Contradiction | None:
    """Returns the contradiction that `new` would make with the judgements held, or None."""
    others = [each for each in held if (each.a, each.b) != (new.a, new.b)]
    before = {each.apart for each in settle(others).contradictions}
    return next((each for each in settle([*others, new]).contradictions if each.apart not in before), None)


def _neighbors(judgements: Iterable[Judgement]) -> dict[str, list[tuple[str, Judgement]]]:
    found: dict[str, list[tuple[str, Judgement]]] = {}
    for each in judgements:
        if each.verdict == SAME:
            found.setdefault(each.a, []).append((each.b, each))
            found.setdefault(each.b, []).append((each.a, each))
    return found


def _groups(neighbors: Mapping[str, Sequence[tuple[str, Judgement]]]) -> dict[str, str]:
    """Returns record -> smallest record of its group."""
    group: dict[str, str] = {}
    for start in sorted(neighbors):
        waiting = [] if start in group else [start]
        while waiting:
            record = waiting.pop()
            if record not in group:
                group[record] = start
                waiting.extend(other for other, _ in neighbors[record])
    return group


def _chain(neighbors: Mapping[str, Sequence[tuple[str, Judgement]]], a: str, b: str) -> list[Judgement]:
    """Returns a shortest chain of "same" from a to b."""
    came: dict[str, tuple[str, Judgement] | None] = {a: None}
    waiting = deque([a])
    while waiting and b not in came:
        record = waiting.popleft()
        for other, each in neighbors.get(record, ()):
            if other not in came:
                came[other] = (record, each)
                waiting.append(other)
    chain: list[Judgement] = []
    step = came[b]
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return chain[::-1]
