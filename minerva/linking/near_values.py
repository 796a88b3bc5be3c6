"""Values that may be near each other without being equal, such as perceptual hashes of images: a seam, empty as it is.

Who computes such hashes plugs a function for its kind into PLUGGED before linking, and links with Options.near naming
the kind, so that what is stored without it is linked anew; one without the other is an error. Equal values are
identifiers like others, and hubs like others: a stock picture is held by strangers. Values are hexadecimal; two are
looked at when four digits at one place are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from minerva.linking.blocks import pairs_within
from minerva.linking.model import LinkRecord, Options

Near = Callable[[str, str], float]
"""Two values of one kind, as they stand behind `kind:` -> how sure they are of one picture, 0 to 1; symmetric."""
PLUGGED: dict[str, Near] = {}
"""Kind -> its function, which must be pure: the same values always give the same answer."""
PIECE = 4
"""Digits of a key. Of 64 (256 bits), 15 changed bits leave one of the sixteen pieces whole for sure, and 31 do in nine
of ten cases."""
LEAST = 0.5


def near_keys(record: LinkRecord) -> Iterator[str]:
    """Yields the keys of a record's values of plugged kinds: two records that share one are worth comparing."""
    if not PLUGGED:
        return
    for identifier in record.identifiers:
        kind, _, value = identifier.partition(":")
        if kind in PLUGGED:
            for place in range(0, len(value), PIECE):
                yield f"i:{kind}{place}:{value[place : place + PIECE]}"


def candidate_values(
    records: Sequence[LinkRecord],
    options: Options,
    hubs: Collection[str],
    crowded: Collection[str] = (),
    groups: Sequence[int] = (),
    decided: Sequence[int] = (),
) -> Iterator[tuple[int, int, float]]:
    """Yields (position, position, likeness) of records that hold values near each other, neither a hub, once.

    A key of more than block_size records is passed over. crowded, groups, decided: as in `pairs.candidate_pairs`.
    Raises ValueError where Options.near names other kinds than have a function.
    """
    if {*options.near} != {*PLUGGED}:
        raise ValueError(
            f"Options.near: expected the kinds that have a function in near_values.PLUGGED, {sorted(PLUGGED)}, not "
            f"{sorted(options.near)}: stored state would not show which of them it was linked with"
        )
    if not PLUGGED:
        return
    blocks: dict[str, list[int]] = {}
    for position, record in enumerate(records):
        for key in sorted(set(near_keys(record))):
            blocks.setdefault(key, []).append(position)
    fit = (found for key, found in blocks.items() if 2 <= len(found) <= options.block_size and key not in crowded)
    for a, b in pairs_within(fit, groups, decided):
        likeness = _likeness(records[a], records[b], hubs)
        if likeness >= LEAST:
            yield a, b, likeness


def _likeness(a: LinkRecord, b: LinkRecord, hubs: Collection[str]) -> float:
    found = 0.0
    for kind, near in PLUGGED.items():
        start = f"{kind}:"
        left, right = (
            [value for value in each.identifiers if value.startswith(start) and value not in hubs] for each in (a, b)
        )
        for one in left:
            for other in right:
                found = max(found, near(one[len(start) :], other[len(start) :]))
    return found
