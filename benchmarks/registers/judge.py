"""What is wrong with entities of a register: pairs against the truth, groups left apart, names that share little."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from benchmarks.link_worlds import LinkSet
from minerva.addresses.postcodes import normal_postcode
from minerva.components import DisjointSets
from minerva.names.compare import words_of
from minerva.names.romanize import latin_words

COMMON = 20
"""A word that so many different names of a register hold is a trade word of it: it says what they are, not which."""
MOST_UNLIKE = 4
"""Different names of one entity of which no two share another word; more are a fault."""


def describe(chosen: LinkSet, found: Mapping[str, str]) -> str:
    """Returns the size of the largest entity and the most different names of one."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in chosen.rows:
        names[found[row["record_id"]]].append(" ".join(latin_words(row["name"])))
    return f"largest {max(map(len, names.values()))}, most names {max(len(set(each)) for each in names.values())}"


def split_groups(chosen: LinkSet, found: Mapping[str, str]) -> int:
    """Returns how many groups of equal name and address are not one entity."""
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in chosen.rows:
        name, address = (" ".join(latin_words(row[each])) for each in ("name", "address"))
        if name and address:
            groups[name, address, normal_postcode(row.get("postcode", ""))].add(found[row["record_id"]])
    return sum(len(each) > 1 for each in groups.values())


def faults(chosen: LinkSet, found: Mapping[str, str], most: int) -> Iterator[str]:
    """Yields pairs that are wrong, joined ones first."""
    row = {each["record_id"]: each for each in chosen.rows}
    for title, by, against in (("joined", found, chosen.truth), ("missed", chosen.truth, found)):
        groups: dict[str, list[str]] = defaultdict(list)
        for record in chosen.truth:
            groups[by[record]].append(record)
        wrong = [(a, b) for members in groups.values() for a, b in combinations(members, 2) if against[a] != against[b]]
        yield f"  {title}: {len(wrong)}"
        for pair in wrong[:most]:
            yield "    " + "  ~  ".join(
                " | ".join(str(row[each].get(field, "")) for field in ("name", "address", "city", "postcode", "phone"))
                for each in pair
            )


def unlike_names(chosen: LinkSet, found: Mapping[str, str]) -> dict[str, list[str]]:
    """Returns entity -> its names, of entities with more than MOST_UNLIKE names that share only trade words."""
    held = Counter(word for name in {row["name"] for row in chosen.rows} for word in words_of(name)[0])
    names: dict[str, set[str]] = defaultdict(set)
    for row in chosen.rows:
        names[found[row["record_id"]]].add(row["name"])
    return {entity: sorted(some) for entity, some in names.items()
            if len(some) > MOST_UNLIKE and _parts(sorted(some), held) > MOST_UNLIKE}  # fmt: skip


def _parts(names: list[str], held: Counter[str]) -> int:
    """Returns in how many parts names fall that telling words hold together."""
    sets, first = DisjointSets(len(names)), dict[str, int]()
    for place, name in enumerate(names):
        for word in words_of(name)[0]:
            if held[word] < COMMON:
                sets.union(first.setdefault(word, place), place)
    return len({sets.find(place) for place in range(len(names))})


def sample(chosen: LinkSet, found: Mapping[str, str], size: int, seed: int) -> Iterator[str]:
    """Yields drawn entities of two records or more, to be read by eye: one line a record, of equal ones one."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in chosen.rows:
        told = " | ".join(str(row.get(field, "")) for field in ("name", "address", "city", "postcode", "phone"))
        members[found[row["record_id"]]].append(told)
    several = sorted(entity for entity, rows in members.items() if len(rows) > 1)
    for number, entity in enumerate(random.Random(seed).sample(several, min(size, len(several))), 1):
        for told, count in sorted(Counter(members[entity]).items()):
            yield f"{number:4d}  {count} x  {told}"
