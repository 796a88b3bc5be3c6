"""Which two people are compared: names that share a word, as spelt or as it sounds, in one city, and no more than pay.

The plain path; `candidates_numpy` gives the same pairs. Where many share a word, another word of theirs must begin or
end with the same sound or be forms of one name; where many share even that, another word must sound the same. What is
many is counted in names and records, whatever joins them, so that it follows from who holds a word and nothing else.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from minerva.linking.blocks import pairs_within
from minerva.linking.held import fast
from minerva.linking.people.people_names import NONE_TOLD, Names, Told

FEW = 8
"""Records of up to so many names that share a word in a city are all compared, where they are not CROWDED."""
CROWDED = 60
"""So many records that share a word, or a word and a part of another, in a city are too many to compare them all."""
MOST = 200
"""Above so many records that share two words in a city, nothing tells them apart but their contacts."""
ALIKE = (2, 2, 2, 2, 2, 2, 3, 3, 4)
"""By pairs of neighboring letters in the words of one name that the other does not share: how many of them the other
may lack, in one direction. A wrong letter takes two, two letters swapped three; of longer words two may be wrong."""
COMPARED = 4
"""Names of more words are always compared."""


class People(NamedTuple):
    """What is known of each record beside its name. group: what it is joined to; kinds: a bit per kind of contact that
    it holds; own: 1 where the record is compared by more than its name and contacts, and always counts.

    most: [bits of `kinds` in both] -> the most bits that equal names reach, and that other names reach, beyond what is
    needed to join; see `people.margins`. spread: name number (`Names.plain`) -> bits that equal
    names lose as the name occurs in many cities.
    """

    group: Sequence[int]
    kinds: Sequence[int]
    own: Sequence[int]
    equal: Sequence[float]
    other: Sequence[float]
    spread: Sequence[float]


def candidate_people(
    names: Names, people: People, crowded: Iterable[str] = (), decided: Sequence[int] = ()
) -> Iterator[tuple[int, int]]:
    """Yields each pair of positions (a < b) of two groups once that is worth comparing. Of records that differ in
    nothing counted here, the first stands for all. crowded: see `Beyond`; decided: see `pairs_within`."""
    told = names.told(crowded)
    if fast(len(names.of)):
        from minerva.linking.people.candidates_numpy import candidate_people_numpy

        return iter(candidate_people_numpy(names, people, told, decided))
    return candidate_people_plainly(names, people, told, decided)


def candidate_people_plainly(
    names: Names, people: People, told: Told = NONE_TOLD, decided: Sequence[int] = ()
) -> Iterator[tuple[int, int]]:
    """`candidate_people` without numpy; the reference of the fast path. told: what is too full though few are given."""
    blocks: dict[tuple[int, int], list[int]] = defaultdict(list)
    first: dict[tuple[int, ...], int] = {}
    standing: dict[int, int] = {}  # position -> records that it stands for
    for position, name in enumerate(names.of):
        if name < 0:
            continue
        key = (people.group[position], name, names.city[position], people.kinds[position],
               position if people.own[position] else -1)  # fmt: skip
        place = first.setdefault(key, position)
        standing[place] = standing.get(place, 0) + 1
        if place == position:
            for number in names.sounds[name]:
                blocks[(number, names.city[position])].append(position)
    for a, b in pairs_within(_divided(blocks, names, standing, told), people.group, decided):
        if _may_join(a, b, names, people):
            yield a, b


def _divided(
    blocks: dict[tuple[int, int], list[int]], names: Names, standing: Mapping[int, int], told: Told
) -> Iterator[Sequence[int]]:
    def count(positions: Iterable[int]) -> int:
        return sum(map(standing.__getitem__, positions))

    for (number, city), members in blocks.items():
        written = {names.written[names.of[position]] for position in members}
        if len(written) <= FEW and (number, city) not in told.blocks and count(members) < CROWDED:
            yield members
            continue
        parts: dict[int, list[int]] = defaultdict(list)
        wholes: dict[int, list[int]] = defaultdict(list)
        for position in members:
            others = [other for other in names.sounds[names.of[position]] if other != number]
            for part in {part for other in others for part in names.parts[other]}:
                parts[part].append(position)
            for other in others:
                wholes[other].append(position)
        crowded = {
            part for part, shared in parts.items()
            if (number, city, part) in told.parts or count(shared) >= CROWDED
        }  # fmt: skip
        yield from (shared for part, shared in parts.items() if part not in crowded)
        for other, whole in wholes.items():
            pair = (min(number, other), max(number, other), city)
            if crowded.issuperset(names.parts[other]) and pair not in told.wholes and count(whole) <= MOST:
                yield whole


def _may_join(a: int, b: int, names: Names, people: People) -> bool:
    """False for two records whose names are too unlike, or whose contacts contradict too much for such names."""
    if people.own[a] and people.own[b]:
        return True
    one, other = names.of[a], names.of[b]
    both = people.kinds[a] & people.kinds[b]
    if names.plain[one] == names.plain[other]:
        return people.equal[both] >= people.spread[names.plain[one]]
    if people.other[both] < 0:
        return False
    return _alike(names.sounds[one], names.sounds[other], names)


def _alike(one: Sequence[int], other: Sequence[int], names: Names) -> bool:
    """True when the words that two names do not share may be spellings or forms of each other."""
    left, right = [each for each in one if each not in other], [each for each in other if each not in one]
    if not left or not right or max(len(one), len(other)) > COMPARED:
        return True
    signs, forms, other_signs, other_forms = 0, 0, 0, 0
    for each in left:
        signs, forms = signs | names.signs[each], forms | names.forms[each]
    for each in right:
        other_signs, other_forms = other_signs | names.signs[each], other_forms | names.forms[each]
    if forms & other_forms:
        return True
    return _lacks_little(signs, other_signs) or _lacks_little(other_signs, signs)


def _lacks_little(signs: int, others: int) -> bool:
    return bin(signs & ~others).count("1") <= ALIKE[min(bin(signs).count("1"), len(ALIKE) - 1)]


def spread_of(names: Names) -> array[int]:
    """Returns for each `Names.plain` number in how many cities it occurs."""
    found = array("q", bytes(8 * (max(names.plain, default=-1) + 1)))
    seen: set[tuple[int, int]] = set()
    for name, city in zip(names.of, names.city):
        if name >= 0 and (names.plain[name], city) not in seen:
            seen.add((names.plain[name], city))
            found[names.plain[name]] += 1
    return found


def name_company(names: Names) -> list[int]:
    """Returns for each record the number of its name with its city where two records or more have it, else -1."""
    first: dict[tuple[int, int], int] = {}
    found = [-1] * len(names.of)
    made = 0
    for position, (name, city) in enumerate(zip(names.of, names.city)):
        if name < 0:
            continue
        before = first.setdefault((names.plain[name], city), position)
        if before != position:
            if found[before] < 0:
                found[before] = made
                made += 1
            found[position] = found[before]
    return found
