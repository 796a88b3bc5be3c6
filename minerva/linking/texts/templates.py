"""Which records share a template, and how many holders it has: bands of sketches as blocks, crowds left out.

A holder is a set of contacts that join by themselves, or a record that has none: an operation that posts one text a
hundred times with one phone is one holder of it. What a block says depends on the records that hold its key alone, so
that a change of few records (changes.py) sees what a link of everything sees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from minerva.linking.blocks import pairs_within
from minerva.linking.held import fast
from minerva.linking.model import SKETCH, LinkRecord, Options
from minerva.linking.strength import joins_alone
from minerva.linking.texts.sketches import BAND, BANDS, CROWDED_BANDS, agreement, band_keys, sketch_of
from minerva.text.sketch import SIGNS

LEAST_AGREEMENT = 0.42
"""Share of equal bins from which two texts are of one template. Where the texts are at hand 0.36 is enough (see
minerva/text/options.py); here nothing but the sketches can say no."""
_CROWD = 1 << 30
_PARTS = [(band, slice(BAND * band, BAND * band + BAND)) for band in range(BANDS)]


class Templates(NamedTuple):
    """places: positions of the records that have a sketch; sketches: theirs; holders: for each band and place how many
    holders the band's key has, 0 for a crowd; blocks: positions of the records of each key that is no crowd, without
    those whose text is a crowd's. Of records around (see `Beyond`) that may not be known: what is then compared too
    much makes them records that are decided, of which it is."""

    places: Mapping[int, int]
    sketches: Sequence[str]
    holders: Sequence[Sequence[int]]
    blocks: Sequence[Sequence[int]]


def holder_of(record: LinkRecord) -> tuple[str, ...]:
    """Returns whose text a record's text is, as far as the record itself says."""
    return tuple([value for value in record.identifiers if joins_alone(value)]) or (f"record:{record.record_id}",)


def count_holders(records: Sequence[LinkRecord], positions: Iterable[int]) -> int:
    """Returns of how many holders the records at those positions are."""
    return len({holder_of(records[position]) for position in positions})


def holder_mark(record: LinkRecord) -> str:
    """Returns 8 hex digits of `holder_of`."""
    return hashlib.sha256("\n".join(holder_of(record)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def step(holders: int) -> int:
    """Returns the power of two that so many holders reach at most; a score looks at that alone."""
    return 1 << max(0, holders - 1).bit_length()


def find_templates(records: Sequence[LinkRecord], options: Options, crowded: Collection[str] = ()) -> Templates:
    """Returns the templates of records. crowded: keys that are crowds though few are given."""
    places: dict[int, int] = {}
    sketches: list[str] = []
    numbers: dict[tuple[str, ...], int] = {}
    owners: list[int] = []
    for position, record in enumerate(records):
        # One search of all is cheaper than one of each identifier.
        sketch = sketch_of(record) if SKETCH in "\n".join(record.identifiers) else ""
        if sketch:
            places[position] = len(sketches)
            sketches.append(sketch)
            owners.append(numbers.setdefault(holder_of(record), len(numbers)))
    told = frozenset(key for key in crowded if key.startswith("t:"))
    if sketches and not told and fast(len(sketches)):
        from minerva.linking.texts.templates_numpy import blocks_numpy

        holders, blocks = blocks_numpy(sketches, owners, list(places), options)
    else:
        holders, blocks = blocks_plainly(sketches, owners, list(places), options, told)
    return Templates(places, sketches, holders, blocks)


def blocks_plainly(
    sketches: Sequence[str], owners: Sequence[int], positions: Sequence[int], options: Options, told: Collection[str]
) -> tuple[list[list[int]], list[list[int]]]:
    """Returns (holders, blocks) of `Templates`, without numpy; the reference of the fast path."""
    holders = [[0] * len(sketches) for _ in range(BANDS)]
    members: dict[str, list[int]] = {}
    for place, sketch in enumerate(sketches):
        for key in band_keys(sketch):
            members.setdefault(key, []).append(place)
    crowds = [0] * len(sketches)
    kept = []
    for key, found in members.items():
        count = len({owners[place] for place in found})
        if len(found) > options.block_size or count >= options.text_crowd or key in told:
            for place in found:
                crowds[place] += 1
            continue
        band = holders[SIGNS.index(key[2])]
        for place in found:
            band[place] = count
        kept.append(found)
    blocks = ([positions[place] for place in found if crowds[place] < CROWDED_BANDS] for found in kept)
    return holders, [block for block in blocks if len(block) > 1]


def candidate_texts(
    found: Templates, groups: Sequence[int] = (), decided: Sequence[int] = ()
) -> Iterator[tuple[int, int, int]]:
    """Yields (position, position, holders of the template) of each two records of one template that is no crowd, once.

    Holders are those of the key at the upper quartile of the keys that both share: a stock phrase makes one key common,
    and a slot that has the same words in both makes some rare. groups, decided: see `pairs_within`.
    """
    sketches, holders, places = found.sketches, found.holders, found.places
    for a, b in pairs_within(found.blocks, groups, decided):
        one = places[a]
        left, right = sketches[one], sketches[places[b]]
        # Crowds of changed slots meet here by the thousand: what they share is looked at before their likeness.
        counts = [holders[band][one] or _CROWD for band, part in _PARTS if left[part] == right[part]]
        counts.sort()
        upper = counts[3 * len(counts) // 4]
        if upper != _CROWD and agreement(left, right) >= LEAST_AGREEMENT:
            yield a, b, upper


def keys_of_template(record: LinkRecord) -> Iterable[str]:
    """Returns the keys of a record's text, none where it has no sketch."""
    sketch = sketch_of(record)
    return band_keys(sketch) if sketch else ()
