"""Values that say something where they are equal, and more where a function says that they are near each other:
perceptual hashes of images. No equal hash joins by itself, since a stock picture is in the ads of strangers.

Who computes such hashes plugs a function for its kind into PLUGGED before linking, and links with Options.near naming
the kind, so that what is stored without it is linked anew; one without the other is an error. As shipped there is none,
and only equal values are compared. Values are hexadecimal; two are looked at when four digits at one place are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import log2
from operator import methodcaller

from minerva.linking.blocks import pairs_within
from minerva.linking.model import LinkRecord, Options
from minerva.linking.templates import count_holders, step

Near = Callable[[str, str], float]
"""Two values of one kind, as they stand behind `kind:` -> how sure they are of one picture, 0 to 1; symmetric."""
PLUGGED: dict[str, Near] = {}
"""Kind -> its function, which must be pure: the same values always give the same answer."""
PIECE = 4
"""Digits of a key. Of 64 (256 bits), 15 changed bits leave one of the sixteen pieces whole for sure, and 31 do in nine
of ten cases."""
LEAST = 0.5


COMPARED = frozenset({"image"})
"""Kinds of which equal values are compared, also where no function is plugged in."""
RARER = 0.2
"""Likeness that each doubling of a picture's holders takes: as many bits as of a template (see likeness.py)."""


def near_keys(record: LinkRecord) -> Iterator[str]:
    """Yields the keys of a record's pictures: two records that share one are worth comparing."""
    for identifier in record.identifiers:
        kind, _, value = identifier.partition(":")
        if kind in COMPARED or kind in PLUGGED:
            yield f"i:={identifier}"
        if kind in PLUGGED:
            for place in range(0, len(value), PIECE):
                yield f"i:{kind}{place}:{value[place : place + PIECE]}"


def candidate_values(
    records: Sequence[LinkRecord],
    options: Options,
    crowded: Collection[str] = (),
    groups: Sequence[int] = (),
    decided: Sequence[int] = (),
    kinds: Collection[str] | None = None,
) -> Iterator[tuple[int, int, float]]:
    """Yields (position, position, likeness) of records that hold equal values, or values near each other, once.

    likeness: how sure the two are one picture, 0 to 1, less the more holders it has (see `templates.holder_of`). A key
    of a crowd, of more than block_size records or text_crowd holders, is passed over. crowded, groups, decided: as in
    `pairs.candidate_pairs`. kinds: those of all identifiers of the records, if they are at hand. Raises ValueError
    where Options.near names other kinds than have a function.
    """
    if {*options.near} != {*PLUGGED}:
        raise ValueError(
            f"Options.near: expected the kinds that have a function in near_values.PLUGGED, {sorted(PLUGGED)}, not "
            f"{sorted(options.near)}: stored state would not show which of them it was linked with"
        )
    if kinds is not None and {*COMPARED, *PLUGGED}.isdisjoint(kinds):
        return
    keys: dict[int, frozenset[str]] = {}
    blocks: dict[str, list[int]] = {}
    is_compared = methodcaller("startswith", tuple(f"{kind}:" for kind in {*COMPARED, *PLUGGED}))
    for position, record in enumerate(records):
        if any(map(is_compared, record.identifiers)):
            keys[position] = found = frozenset(near_keys(record))
            for key in sorted(found):
                blocks.setdefault(key, []).append(position)
    holders = {}
    for key, members in blocks.items():
        if 2 <= len(members) <= options.block_size and key not in crowded:
            count = count_holders(records, members)
            if count < options.text_crowd:
                holders[key] = count
    for a, b in pairs_within(map(blocks.__getitem__, holders), groups, decided):
        likeness = _likeness(records[a], records[b]) - _commonness(keys[a] & keys[b], holders)
        if likeness >= LEAST:
            yield a, b, likeness


def _likeness(a: LinkRecord, b: LinkRecord) -> float:
    held = {*b.identifiers}
    found = float(any(value in held and value.partition(":")[0] in COMPARED for value in a.identifiers))
    for kind, near in PLUGGED.items():
        start = f"{kind}:"
        left, right = ([value for value in each.identifiers if value.startswith(start)] for each in (a, b))
        for one in left:
            for other in right:
                found = max(found, near(one[len(start) :], other[len(start) :]))
    return found


def _commonness(shared: Collection[str], holders: Mapping[str, int]) -> float:
    """Returns the likeness that the holders of what two records share take: of the middle one of the keys, of which one
    may be a crowd's by chance."""
    counts = sorted([holders.get(key, 0) for key in shared], key=lambda count: count or float("inf"))
    middle = counts[len(counts) // 2]
    return RARER * (log2(step(max(2, middle))) - 1) if middle else 1.0
