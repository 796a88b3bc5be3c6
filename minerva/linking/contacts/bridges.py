"""Finds bridges: an identifier that alone links groups of records which each hold together without it and contradict.

A recycled number, a desk of two small holders, a contact that somebody quotes. hubs.py judges what many strangers
share; a bridge may stand in two records. Candidates are articulation points (Hopcroft and Tarjan 1973) of the graph of
records and identifiers. What decides are bits: those of the shared value against those of everything else that both
sides say. Sides that follow each other in time are what a move looks like, and stay one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import accumulate, chain, combinations
from operator import sub
from typing import NamedTuple

from minerva.components import DisjointSets
from minerva.linking.held import Held, fast
from minerva.linking.model import Hub, LinkRecord
from minerva.linking.places.residents import CONTACTS, OTHER, UNKNOWN, city_level, names_told
from minerva.linking.strength import joins_alone, kind_of, sharing_odds
from minerva.linking.texts.sketches import agreement, sketch_of
from minerva.linking.weights import bits

_NEAR = 40
"""Records of a side that are looked at, those nearest to the bridge: they are the likeliest to agree with others."""
_NAMES = 6
"""Names, and cities, of a side that are compared."""
_OWNS = 3
"""A side that holds the value in this many times as many records as all others is whose it is: it keeps it."""
_FEW = 3
"""One record of so many of the smaller side may be out of turn where one side follows the other: moves take time."""
_ALIKE_TEXTS = 0.55
_TWO = -2.0
"""Bits below which two sides are two: four times as likely as one, since kinds of contact differ together."""
_DAY = 86_400


class Bridge(NamedTuple):
    """hub: what is not trusted, and why; kept: groups of records that it still joins."""

    hub: Hub
    kept: list[list[int]]


def find_bridges(
    records: Sequence[LinkRecord],
    held: Held,
    hubs: Collection[int],
    cities: array[int],
    trusted: Collection[str] = (),
) -> dict[int, Bridge]:
    """Returns the bridges by number. hubs: values that join nothing; cities: of each record that has a name the number
    of its city, else -1; trusted: values that are no bridge, of which not all records are given.

    Cost: one pass over the neighbors among each value's records. Looked at one by one, linear in their size, are groups
    that hold two firm parts or more; not those whose names stand in one city alone.
    """
    suspicious, firm = _suspicious(held, hubs, cities)
    found: dict[int, Bridge] = {}
    if not suspicious:
        return found
    graph = _Graph(held, hubs, firm)
    seen: set[int] = set()
    for start in suspicious:
        if start in seen:
            continue
        tree = _Tree(graph, start)
        seen.update(node for node in tree.nodes if node >= 0)
        candidates = list(tree.bridges(firm))
        graph.thin = {~value for value, _ in candidates}
        for value, sides in candidates:
            if held.values[value] in trusted or value in held.placed:
                continue
            bridge = _judge(value, sides, records, graph)
            if bridge is not None:
                found[value] = bridge
    return found


def _suspicious(held: Held, hubs: Collection[int], cities: array[int]) -> tuple[list[int], set[int]]:
    """Returns (first record of each group to look at, the firm records of these groups). Firm: two records that share
    two values and follow each other among the holders of both."""
    if fast(len(held.bounds) - 1):
        from minerva.linking.contacts.bridges_numpy import suspicious_numpy

        return suspicious_numpy(held, hubs, cities)
    return suspicious_plainly(held, hubs, cities)


def suspicious_plainly(held: Held, hubs: Collection[int], cities: array[int]) -> tuple[list[int], set[int]]:
    """`_suspicious` without numpy; the reference of the fast path."""
    size = len(held.bounds) - 1
    groups, parts = DisjointSets(size), DisjointSets(size)
    met: set[tuple[int, int]] = set()
    firm: set[int] = set()
    for value in range(len(held.values)):
        if value in hubs:
            continue
        holders = held.holders(value)
        for pair in zip(holders, holders[1:]):
            groups.union(*pair)
            if pair in met:
                firm.update(pair)
                parts.union(*pair)
            met.add(pair)
    group = groups.labels()
    told: dict[int, set[int]] = {}
    for record, city in enumerate(cities):
        if city >= 0:
            told.setdefault(group[record], set()).add(city)
    count: dict[int, int] = {}
    for record in firm:
        if parts.find(record) == record and len(told.get(group[record], ())) != 1:
            count[group[record]] = count.get(group[record], 0) + 1
    chosen = {each for each, found in count.items() if found > 1}
    return sorted(chosen), {record for record in firm if group[record] in chosen}


def _held_by_several(held: Held) -> bytearray:
    """Returns for each value whether two records or more hold it."""
    if fast(len(held.bounds) - 1):
        from minerva.linking.contacts.bridges_numpy import several_numpy

        return several_numpy(held)
    return several_plainly(held)


def several_plainly(held: Held) -> bytearray:
    """`_held_by_several` without numpy; the reference of the fast path."""
    return bytearray(map((1).__lt__, map(sub, held.starts[1:], held.starts)))


class _Graph:
    """Records, and values as ~number, each with what it hangs together with, in a fixed order. firm: records that stand
    in a firm part; thin: values that may be bridges."""

    def __init__(self, held: Held, hubs: Collection[int], firm: Set[int]) -> None:
        self.held, self.firm = held, firm
        self.thin: Set[int] = frozenset()
        self._joins = _held_by_several(held) + bytes(held.company)
        for value in held.placed:
            self._joins[value] = 1
        for value in hubs:
            self._joins[value] = 0
        self._around: dict[int, list[int]] = {}
        for value, places in held.placed.items():
            for place in places:
                self._around.setdefault(place, []).append(value)

    def of(self, node: int) -> Sequence[int]:
        """Returns the neighbors of a record or a value."""
        if node < 0:
            return [*self.held.holders(~node), *self.held.placed.get(~node, ())]
        joins = self._joins
        values = self.held.of(node) if node not in self._around else sorted(self._around[node])
        return [~value for value in values if joins[value]]

    def near(self, value: int, side: Sequence[int]) -> list[int]:
        """Returns up to _NEAR records, the holders of the value in one side and those nearest to them. What lies behind
        another value that may be a bridge counts only where nothing firm lies before it."""
        found, records = {~value, *side}, list(side[: _NEAR // 2])
        waiting = list(side)
        while waiting:
            behind: list[int] = []
            for node in waiting:
                if len(records) >= _NEAR:
                    break
                for other in self.of(node):
                    if other not in found:
                        found.add(other)
                        (behind if other in self.thin else waiting).append(other)
                        records += [other] if other >= 0 else []
            waiting = [] if not self.firm.isdisjoint(records) else behind
        return sorted(records[:_NEAR])


class _Tree:
    """A depth-first tree of one group. nodes: in the order met; around: their neighbors; end: where the nodes below one
    end; low: the first node met that those below one reach without it."""

    def __init__(self, graph: _Graph, start: int) -> None:
        self.nodes, self.around, self.end, self.low = [start], [graph.of(start)], [0], [0]
        place, above = {start: 0}, [-1]
        path = [(0, iter(self.around[0]))]
        while path:
            at, rest = path[-1]
            for other in rest:
                known = place.get(other)
                if known is None:
                    known = place[other] = len(self.nodes)
                    self.nodes.append(other)
                    self.around.append(graph.of(other))
                    self.low.append(known)
                    self.end.append(0)
                    above.append(at)
                    path.append((known, iter(self.around[known])))
                    break
                if known != above[at]:
                    self.low[at] = min(self.low[at], known)
            else:
                path.pop()
                self.end[at] = len(self.nodes)
                if path:
                    self.low[path[-1][0]] = min(self.low[path[-1][0]], self.low[at])
        self._above, self._place = above, place

    def bridges(self, firm: Collection[int]) -> Iterator[tuple[int, list[tuple[list[int], bool]]]]:
        """Yields (value, sides) of each value without which two sides with firm records or more fall apart. A side is
        (the value's holders in it, whether it has firm records)."""
        count = list(accumulate((node >= 0 and node in firm for node in self.nodes), initial=0))
        for at, node in enumerate(self.nodes):
            if node >= 0:
                continue
            below = [self._place[other] for other in self.around[at] if self._above[self._place[other]] == at]
            cut = [(child, self.end[child]) for child in below if self.low[child] >= at]
            inside = [count[end] - count[start] for start, end in cut]
            rest = count[-1] - sum(inside)
            if sum(map(bool, (*inside, rest))) > 1:
                yield ~node, self._sides(at, cut, inside, rest)

    def _sides(
        self, at: int, cut: Sequence[tuple[int, int]], inside: Sequence[int], rest: int
    ) -> list[tuple[list[int], bool]]:
        cut, inside = sorted(cut), [firm for _, firm in sorted(zip(cut, inside))]
        sides: list[tuple[list[int], bool]] = [([], firm > 0) for firm in (*inside, rest)]
        for other in self.around[at]:
            place = self._place[other]
            side = bisect_right(cut, (place, len(self.nodes))) - 1
            sides[side if side >= 0 and place < cut[side][1] else -1][0].append(other)
        return sides


class Side(NamedTuple):
    """What the records of a side near a bridge say. holders: all that hold its value; firm: whether two share two other
    contacts; known_by: whether a third of them hold the value, and two at least; others: those that do not, or all
    where it is the side's own; alone: contacts that join nothing alone, such as pictures."""

    holders: Sequence[int]
    firm: bool
    known_by: bool
    near: list[LinkRecord]
    others: list[LinkRecord]
    alone: frozenset[str]
    names: list[str]
    cities: list[str]


def _judge(
    value: int, sides: Sequence[tuple[list[int], bool]], records: Sequence[LinkRecord], graph: _Graph
) -> Bridge | None:
    """Returns the bridge, or None where its sides are as likely one as several."""
    held = sorted(chain.from_iterable(holders for holders, _ in sides))
    identifier = graph.held.values[value]
    cut = []
    for holders in [holders for holders, firm in sides if firm and (_OWNS + 1) * len(holders) <= len(held)]:
        one = _told(value, holders, records, graph)
        owner = _told(value, sorted({*held}.difference(holders)), records, graph, owned=True)
        if one.firm and owner.firm and odds_of_one(identifier, len(held), one, owner) < _TWO:
            cut.append(holders)
    if cut:
        rest = sorted({*held}.difference(*cut))
        return _bridge(identifier, len(held), len(cut) + bool(rest), [rest])
    several = [told for told in (_told(value, holders, records, graph) for holders, firm in sides if firm) if told.firm]
    sets = DisjointSets(len(several))
    for a, b in combinations(range(len(several)), 2):
        if odds_of_one(identifier, len(held), several[a], several[b]) >= _TWO:
            sets.union(a, b)
    groups = [sorted(each for place in group for each in several[place].holders) for group in sets.groups().values()]
    return _bridge(identifier, len(held), len(groups), groups) if len(groups) > 1 else None


def _bridge(identifier: str, degree: int, groups: int, kept: list[list[int]]) -> Bridge:
    why = f"in {degree} records of {groups} groups that agree in nothing else, each held together by other contacts"
    return Bridge(Hub(identifier, degree, why, bridge=True), sorted(group for group in kept if len(group) > 1))


def _told(
    value: int, holders: Sequence[int], records: Sequence[LinkRecord], graph: _Graph, owned: bool = False
) -> Side:
    """Returns what a side says. owned: the value is the side's own, and speaks for it as its others do."""
    identifier = graph.held.values[value]
    near = [records[each] for each in graph.near(value, holders)]
    others = [record for record in near if identifier not in record.identifiers]
    return Side(
        holders,
        _is_firm(near, "" if owned else identifier),
        2 * (len(near) - len(others)) >= max(4, len(others)),
        near,
        near if owned else others,
        frozenset(each for record in near for each in record.contacts if not joins_alone(each)),
        _first({record.name for record in near}),
        _first({record.city for record in near}),
    )


def _first(texts: set[str]) -> list[str]:
    return sorted(texts - {""})[:_NAMES]


def _is_firm(records: Sequence[LinkRecord], but: str) -> bool:
    """True when two records share two contacts beside the one that links them to others."""
    held: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        for each in record.contacts:
            if each != but and joins_alone(each):
                held.setdefault(each, []).append(place)
    met: set[tuple[int, int]] = set()
    for places in held.values():
        pairs = set(combinations(places, 2))
        if pairs & met:
            return True
        met |= pairs
    return False


def odds_of_one(identifier: str, degree: int, one: Side, other: Side) -> float:
    """Returns log2 of the odds that two sides are one holder's: what the value that both hold says, and, where nothing
    else agrees and both were there at one time, what speaks against it."""
    total = sharing_odds(identifier, degree)
    if one.known_by and other.known_by:  # then it is what they are known by
        return total
    if one.alone & other.alone or not _at_one_time(one, other) or _texts_alike(one, other):
        return total
    name = max((names_told(a, b) for a in one.names for b in other.names), default=0.0)
    city = max((city_level(a, b) for a in one.cities for b in other.cities), default=UNKNOWN)
    if name > 0 or city > OTHER:
        return total
    return total + name + _contacts(one, other) + (bits("resident_city", OTHER) if city == OTHER else 0.0)


def _contacts(one: Side, other: Side) -> float:
    """Returns the bits of the kinds of contact that both sides hold, and differ in."""
    left, right = ({kind_of(each) for record in side.others for each in record.contacts} for side in (one, other))
    return sum(bits(f"{kind}_agrees", OTHER) for kind in CONTACTS if kind in left and kind in right)


def _texts_alike(one: Side, other: Side) -> bool:
    left, right = (sorted(filter(None, set(map(sketch_of, side.near)))) for side in (one, other))
    return any(agreement(a, b) >= _ALIKE_TEXTS for a in left for b in right)


def _at_one_time(one: Side, other: Side) -> bool:
    """True when both sides were there at one time, by the day. A move looks otherwise: there is a day on which the one
    ends and the other begins, but for a few records; and where times do not tell, it cannot be ruled out."""
    left, right = (sorted(record.time // _DAY for record in side.others if record.time) for side in (one, other))
    few = max(1, min(len(left), len(right)) // _FEW)
    return min(_out_of_turn(left, right), _out_of_turn(right, left)) > few


def _out_of_turn(first: Sequence[int], then: Sequence[int]) -> int:
    """Returns how many days lie on the wrong side of the day that parts the two best."""
    return min([len(first), *(len(first) - bisect_right(first, day) + bisect_right(then, day) for day in first)])
