"""Joins records into groups: identifiers first, then pairs by name, address and text from the surest down, conflicts
vetoed.

A place (record_type `site`) is the address itself: two places join only when their addresses do not contradict, however
many contacts they share, since one office answers for many sites.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress, count
from math import log2
from operator import attrgetter
from typing import NamedTuple

from minerva.linking.contacts.bridges import find_bridges
from minerva.linking.contacts.handles import candidate_handles, score_handles
from minerva.linking.contacts.hubs import find_hubs
from minerva.linking.contacts.near_values import candidate_values
from minerva.linking.contacts.shared import join_listed, join_shared, listed_apart_by
from minerva.linking.held import Held, hold, is_place
from minerva.linking.judgements import Settled
from minerva.linking.likeness import score_alike
from minerva.linking.model import (
    NOTHING,
    SKETCH,
    Beyond,
    Hub,
    Join,
    LinkRecord,
    Options,
    SharedJoins,
)
from minerva.linking.people.candidates import candidate_people
from minerva.linking.people.people import company_of, people_of, score_people
from minerva.linking.people.people_names import Names
from minerva.linking.places.bearers import names_organization
from minerva.linking.places.commonness import Commonness, house_key
from minerva.linking.places.kept_apart import SetsKeptApart
from minerva.linking.places.once import ONE_EACH, Numbers, numbers_of
from minerva.linking.places.pairs import (
    PairScore,
    address_evidence,
    addressed,
    are_listed_apart,
    candidate_pairs,
    contact_spread,
    score_pair,
)
from minerva.linking.places.reach import Reach
from minerva.linking.places.related import shared_building
from minerva.linking.relations import Building, Placed, Relation, once_each
from minerva.linking.skipped import Skipped
from minerva.linking.strength import joins_alone
from minerva.linking.texts.templates import candidate_texts, find_templates
from minerva.linking.weak import weak_signals
from minerva.linking.weights import probability
from minerva.names.persons import PersonComparison, compare_persons

_UNJUDGED = Settled()
_CHECKED = 12
"""Pairs looked at before two groups of places are joined: enough to show a contradiction, few enough to stay linear."""


class Clustered(NamedTuple):
    """sets: the groups; judged, other: joins made by people's judgements and by comparison, with one position of each;
    shared: joins by identifiers, as numbers; hubs by identifier; near: pairs compared that are good enough to join;
    relations: of pairs compared that are not one; buildings: positions at addresses that many share;
    skipped: kinds of blocks of too many records to compare."""

    sets: SetsKeptApart
    judged: list[tuple[int, Join]]
    shared: SharedJoins
    other: list[tuple[int, Join]]
    held: Held
    hubs: dict[str, Hub]
    near: list[tuple[int, int]]
    relations: list[Placed]
    buildings: dict[int, Building]
    skipped: dict[str, Skipped]


def cluster(
    records: Sequence[LinkRecord], options: Options, judged: Settled = _UNJUDGED, beyond: Beyond = NOTHING
) -> Clustered:
    """Returns the groups of records, the joins that made them, and the hubs. Records must come in a fixed order."""
    names = Names(records)
    held = hold(records, [company_of(names)])
    hubs = find_hubs(held, options, list(map(attrgetter("name"), records)), beyond, names, records)
    bridges = find_bridges(records, held, hubs, names.city, beyond.joining)
    hubs.update((value, bridge.hub) for value, bridge in bridges.items())
    place = (
        {record.record_id: position for position, record in enumerate(records)} if judged.apart or judged.same else {}
    )
    positions = list(addressed(records))
    common = Commonness((records[position] for position in positions), beyond.counts, beyond.once)
    apart = [(place[each.a], place[each.b]) for each in judged.apart if each.a in place and each.b in place]
    sets = SetsKeptApart(len(records), apart)
    by_people = _join_judged(judged, place, sets)
    kept = {value: each.kept for value, each in bridges.items()}
    listed = listed_apart_by(records, held, hubs, common)
    shared = join_shared(records, held, hubs, sets, apart, kept, listed)
    sets.hold(_numbers(records, held))
    named = {**beyond.hubs, **{hub.identifier: hub for hub in hubs.values()}}
    pairs = _Pairs(records, names, held, hubs, named, options, beyond, positions, common)
    joins, near = pairs.join(sets)
    join_listed(records, held, sets, listed, shared)
    relations = pairs.relations(sets)
    return Clustered(sets, by_people, shared, joins, held, named, near, relations, pairs.buildings(), pairs.skipped)


def _numbers(records: Sequence[LinkRecord], held: Held) -> dict[int, Numbers]:
    """Returns position -> numbers of which an organization has one."""
    if ONE_EACH.isdisjoint(held.kind_names):  # as in most links
        return {}
    found = ((position, numbers_of(record)) for position, record in enumerate(records))
    return {position: numbers for position, numbers in found if numbers}


def _join_judged(judged: Settled, place: Mapping[str, int], sets: SetsKeptApart) -> list[tuple[int, Join]]:
    """Joins what people judged the same; returns the joins made."""
    joins: list[tuple[int, Join]] = []
    for each in judged.same:
        a, b = place.get(each.a), place.get(each.b)
        if a is not None and b is not None and sets.union(a, b):
            joins.append((a, Join(each.a, each.b, "judgement", "", 1.0, each.sentence())))
    return joins


class _Pairs:
    """Joins groups by comparing names, addresses and texts."""

    def __init__(
        self,
        records: Sequence[LinkRecord],
        names: Names,
        held: Held,
        hubs: Collection[int],
        named: Mapping[str, Hub],
        options: Options,
        beyond: Beyond,
        positions: Sequence[int],
        common: Commonness,
    ) -> None:
        self._records = records
        self._names = names
        self._held = held
        self._hubs = hubs
        self._named = named
        self._options = options
        self._beyond = beyond
        self._decided = bytearray(record.record_id not in beyond.around for record in records) if beyond.around else b""
        self._addressed = positions
        self._spread = contact_spread([records[position] for position in self._addressed])
        # Of all who hold a contact, not of those seen here: names in between may make one holder of two.
        self._spread.update((value, holders) for value, holders in beyond.spread.items() if holders)
        self._commonness = common
        self._least = options.pair_score
        self._related: list[tuple[int, int, PairScore]] = []
        self.skipped: dict[str, Skipped] = {}

    def join(self, sets: SetsKeptApart) -> tuple[list[tuple[int, Join]], list[tuple[int, int]]]:
        """Joins in `sets` from the surest pair down; returns the joins made, and all pairs that are good enough."""
        options, records = self._options, self._records
        least = {"name_city": options.person_score, "similar_username": options.person_score,
                 "similar_text": options.text_score, "similar_image": options.text_score}  # fmt: skip
        groups = sets.labels()
        scored = sorted(self._scored(groups), key=lambda item: (item[0], -item[3].names, item[1], item[2]))
        if not scored:
            return [], []
        sizes: dict[int, int] = {}
        touched = {groups[each] for item in scored for each in item[1:3]}
        places: dict[int, list[int]] = {root: [] for root in touched}
        for position in compress(count(), map(touched.__contains__, groups)):  # few of all
            root = groups[position]
            sizes[root] = sizes.get(root, 0) + 1
            record = records[position]
            if is_place(record) or names_organization(record) or self._commonness.lists_once(record.source_id):
                places[root].append(position)
        joins: list[tuple[int, Join]] = []
        for _, a, b, score, rule in scored:
            left, right = sets.find(a), sets.find(b)
            if left == right or not sets.may_join(left, right):
                differ = sets.differ(left, right) if rule == "name_address" else ""
                if differ and score.relation:
                    self._related.append((a, b, replace(score, why="; ".join(filter(None, (score.why, differ))))))
                continue
            if self._contradict(places[left], places[right], self._is_operation(a, b, score.contact)):
                if rule == "name_address" and score.relation:
                    self._related.append((a, b, score))
                continue
            # Large groups meet by chance more often, so what joins them must be surer.
            if rule in least and score.score - least[rule] < log2(min(sizes[left], sizes[right])):
                continue
            sets.union(a, b)
            kept, gone = min(left, right), max(left, right)
            sizes[kept] += sizes.pop(gone)
            places[kept] = sorted(places[kept] + places.pop(gone))
            joins.append((a, self._join(a, b, score, rule)))
        return joins, [(a, b) for _, a, b, _, _ in scored]

    def relations(self, sets: SetsKeptApart) -> list[Placed]:
        """Returns what compared records of two groups are to each other, once for two groups and a kind."""
        ids = [record.record_id for record in self._records] if self._related else []
        found = (Placed(a, b, Relation(ids[a], ids[b], each.relation, each.why)) for a, b, each in self._related)
        stands = self._beyond.stands  # of what is not linked again one may not see what holds it together
        return once_each(found, lambda position: stands.get(ids[position]) or sets.find(position))

    def buildings(self) -> dict[int, Building]:
        """Returns for each record at an address that many names share how many they are at least."""
        told = {each: shared_building(self._records[each], self._commonness) for each in self._addressed}
        return {each: Building(names, self._records[each].address) for each, names in told.items() if names}

    def _join(self, a: int, b: int, score: PairScore, rule: str) -> Join:
        one, other = self._records[a], self._records[b]
        if rule == "name_city":
            found = score_people(one, other, self._common(a, b), self._named)
            weak, told = weak_signals(one, other)
            score = replace(found, score=found.score + weak, why="; ".join([found.why, *told]))
        strength = probability(min(score.score, score.most))
        why = score.why or "name and address agree"
        return Join(one.record_id, other.record_id, rule, score.contact, strength, why)

    def _scored(self, groups: Sequence[int]) -> Iterator[tuple[float, int, int, PairScore, str]]:
        """Yields (-score, position, position, score, rule) of every pair of two groups that scores enough to join."""
        records, options = self._records, self._options
        reach = Reach(records, self._spread, options.pair_score)
        crowded, decided = self._beyond.crowded, self._decided
        by_address = candidate_pairs(
            records, options, groups, crowded, decided, self._addressed, self.skipped, self._commonness
        )
        for a, b in by_address:
            if reach.may(a, b):
                yield from self._scored_by_address(a, b)
        yield from self._scored_people(groups, reach)
        handles = candidate_handles(records, options, self._beyond.crowded, groups, self._decided, self._held)
        for a, b, odds in handles:
            score = score_handles(records[a], records[b], odds, self._named)
            if score.score >= options.person_score:
                yield options.person_score - options.pair_score - score.score, a, b, score, "similar_username"
        for a, b, holders, image in self._alike(groups):
            score = score_alike(records[a], records[b], holders, image, self._named)
            if score.score >= options.text_score:
                rule = "similar_text" if holders else "similar_image"
                yield options.text_score - options.pair_score - score.score, a, b, score, rule

    def _alike(self, groups: Sequence[int]) -> Iterator[tuple[int, int, int, float]]:
        """Yields (position, position, holders of the template or 0, likeness of images or 0), each pair once."""
        records, options, crowded = self._records, self._options, self._beyond.crowded
        kinds = set(self._held.kind_names)
        near = candidate_values(records, options, crowded, groups, self._decided, kinds)
        images = {(a, b) if a < b else (b, a): likeness for a, b, likeness in near}
        if SKETCH[:-1] in kinds:
            for a, b, holders in candidate_texts(find_templates(records, options, crowded), groups, self._decided):
                yield a, b, holders, images.pop((a, b) if a < b else (b, a), 0.0)
        for (a, b), image in images.items():
            yield a, b, 0, image

    def _scored_by_address(self, a: int, b: int) -> Iterator[tuple[float, int, int, PairScore, str]]:
        score = score_pair(self._records[a], self._records[b], self._spread, self._commonness, self._least)
        if score.score >= self._options.pair_score:
            yield -score.score, a, b, score, "name_address"
        elif score.relation:
            self._related.append((a, b, score))

    def _scored_people(self, groups: Sequence[int], reach: Reach) -> Iterator[tuple[float, int, int, PairScore, str]]:
        records, options = self._records, self._options
        least = options.person_score
        cities = self._beyond.cities
        self._people = people_of(self._addressed, self._names, self._held, self._hubs, groups, least, cities)
        of, texts = self._names.of, self._names.texts
        seen: dict[int, PersonComparison] = {}
        for a, b in candidate_people(self._names, self._people, self._beyond.crowded, self._decided):
            one, other = records[a], records[b]
            if self._people.own[a] and self._people.own[b]:
                if reach.may(a, b):
                    yield from self._scored_by_address(a, b)
                continue
            key = min(of[a], of[b]) << 32 | max(of[a], of[b])
            name = seen.get(key)
            if name is None:
                name = seen[key] = compare_persons(texts[of[a]], texts[of[b]])
            if name.score < 0.5:
                continue
            score = score_people(one, other, self._common(a, b), self._named, name)
            if score.score >= least:
                yield least - options.pair_score - score.score, a, b, score, "name_city"

    def _common(self, a: int, b: int) -> float:
        """Returns the bits that equal names lose as the name occurs in many cities."""
        plain, of = self._names.plain, self._names.of
        return max(self._people.spread[plain[of[a]]], self._people.spread[plain[of[b]]])

    def _is_operation(self, a: int, b: int, contact: str) -> bool:
        """True for two places of no known type that share a contact which joins alone: they are of an operation, which
        other addresses do not contradict."""
        one, other = self._records[a], self._records[b]
        return not one.record_type and not other.record_type and bool(contact) and joins_alone(contact)

    def _contradict(self, left: Sequence[int], right: Sequence[int], one_operation: bool) -> bool:
        """True when the places of two groups do not fit: taken together, their addresses speak against one place, or
        one register lists two of them apart. one_operation: no matter what the addresses say."""
        records, spread, common = self._records, self._spread, self._commonness
        pairs = [(records[i], records[j]) for i in left[:_CHECKED] for j in right[:_CHECKED]]
        if any(are_listed_apart(a, b, common) and (house_key(a) == house_key(b) or are_places(a, b)) for a, b in pairs):
            return True
        if one_operation:
            return False
        return sum(address_evidence(a, b, spread, common) for a, b in pairs if are_places(a, b)) < 0.0


def are_places(a: LinkRecord, b: LinkRecord) -> bool:
    """True where both records are places, of which one has one address; an organization may have several."""
    return is_place(a) and is_place(b)
