"""What records that are not one are to each other, kept beside the joins: others of one site, what was there before and
after, others of one name, two that hold one contact, and a building that many names share. A relation joins nothing;
each entity's document tells its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

SAME_SITE, SAME_NAME = "same site", "same name, other address"
"""An equal name is no proof of one firm: the second may be a branch of it, or where it moved."""
ONE_CONTACT = "one contact"
"""Two places that share nothing but a phone or the like, which few others hold."""
NAMESAKE = "same name and street name, other town"
PREDECESSOR, SUCCESSOR = "predecessor", "successor"
"""At one site the first ended before the second began; a relation says which of the two its `a` is."""
_TURNED = {PREDECESSOR: SUCCESSOR, SUCCESSOR: PREDECESSOR}
_BEFORE_OTHER = {PREDECESSOR: "of", SUCCESSOR: "of", ONE_CONTACT: "with"}
MOST_RELATED = 1000
"""Relations that a document lists; an entity with more is linked again with everything."""


class Relation(NamedTuple):
    """What two records of two entities are to each other; kind: one of those above, or what `a` is to `b`; why: one
    sentence."""

    a: str
    b: str
    kind: str
    why: str

    def to_document(self) -> dict[str, str]:
        """Returns the relation as stored."""
        return self._asdict()


def seen_from(relation: Relation, record_id: str) -> str:
    """Returns what a record of a relation is to the other one."""
    return relation.kind if record_id == relation.a else turned(relation.kind)


def turned(kind: str) -> str:
    """Returns a kind of relation as the other side says it."""
    return _TURNED.get(kind, kind)


def worded(kind: str, other: str) -> str:
    """Returns e.g. "same site as b7", "predecessor of b7"."""
    return f"{kind} {_BEFORE_OTHER.get(kind, 'as')} {other}"


class Building(NamedTuple):
    """An address that so many names share at least that it joins none of them by itself."""

    names: int
    address: str

    def to_document(self) -> dict[str, Any]:
        """Returns the building as stored."""
        return self._asdict()


class Placed(NamedTuple):
    """A relation with the positions of its records."""

    a: int
    b: int
    relation: Relation


def once_each(found: Iterable[Placed], owner: Callable[[int], object]) -> list[Placed]:
    """Returns of each two entities the first relation of a kind. owner: position -> what tells its entity."""
    kept: dict[tuple[frozenset[object], str], Placed] = {}
    for placed in sorted(found):
        ends = frozenset((owner(placed.a), owner(placed.b)))
        if len(ends) == 2:
            kept.setdefault((ends, placed.relation.kind), placed)
    return list(kept.values())


def by_group(found: Iterable[Placed], group_of: Sequence[int]) -> dict[int, list[Relation]]:
    """Returns the relations of each group, sorted."""
    filed: dict[int, list[Relation]] = {}
    for placed in found:
        for group in {group_of[placed.a], group_of[placed.b]}:
            filed.setdefault(group, []).append(placed.relation)
    return {group: sorted(relations) for group, relations in filed.items()}


def of_document(document: Mapping[str, Any]) -> list[Relation]:
    """Returns the relations of a stored entity."""
    return [Relation(each["a"], each["b"], each["kind"], each["why"]) for each in document.get("related", ())]


def largest(buildings: Iterable[Building]) -> Building | None:
    """Returns the building of an entity, that with the most names of several."""
    return max(buildings, key=lambda each: (each.names, each.address), default=None)
