"""What records hold, as whole numbers: which values each record holds, and which records hold each value.

Both directions are flat lists with bounds (compressed rows) in `array`, which numpy reads without copying; a million
records hold three million values in 50 MB.
"""

from __future__ import annotations

import importlib.util
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, compress
from operator import attrgetter
from typing import NamedTuple

from minerva.linking.model import MOST_OF_ONE, PLACE_TYPES, LinkRecord
from minerva.linking.numbering import numbering
from minerva.linking.places.bearers import comparable
from minerva.linking.strength import USERNAME_ANYWHERE, joins_alone, kind_of
from minerva.names.kinds import bears_given_name

WORTH_NUMPY = 20_000


class Held(NamedTuple):
    """values: the identifiers that join by themselves, numbered as first seen; kinds: of each value the place of its
    kind in kind_names, which names every kind told; company: how many more numbers follow those of values, of what
    records share without being joined by it (a text, a name in a city).

    flat[bounds[p]:bounds[p + 1]]: numbers that record p holds; records[starts[n]:starts[n + 1]]: positions of the
    records that hold value n, ascending. placed: value -> positions of records that are places, which no contact joins.
    told: every identifier of every record, joining or not, some perhaps twice. A list (see LinkRecord) holds nothing.
    """

    values: list[str]
    kinds: array[int]
    kind_names: list[str]
    company: int
    flat: array[int]
    bounds: array[int]
    records: array[int]
    starts: array[int]
    placed: Mapping[int, list[int]]
    told: list[str]

    def of(self, position: int) -> array[int]:
        """Returns the numbers that a record holds."""
        return self.flat[self.bounds[position] : self.bounds[position + 1]]

    def holders(self, number: int) -> array[int]:
        """Returns the records that hold a value."""
        return self.records[self.starts[number] : self.starts[number + 1]]

    def degree(self, number: int) -> int:
        """Returns how many records hold a value."""
        return self.starts[number + 1] - self.starts[number]


def fast(size: int) -> bool:
    """True where numpy is at hand and so many records pay for importing it (0.1 s of CPU)."""
    return size >= WORTH_NUMPY and importlib.util.find_spec("numpy") is not None


def is_place(record: LinkRecord) -> bool:
    """True for a place, and for a record of no known type that has an address and a name that is no person's."""
    return record.record_type in PLACE_TYPES or (
        not record.record_type and comparable(record) and not bears_given_name(record.name)
    )


def hold(records: Sequence[LinkRecord], company: Sequence[Sequence[int]] = ()) -> Held:
    """Returns what the records hold. company: columns of one number per record, -1 where it has none; each column's
    numbers are its own."""
    rows, placed, told = _rows(records)
    # Over identifiers go loops of the interpreter's own only, at half the cost of loops written here.
    numbers = numbering()
    flat = array("q", list(map(numbers.__getitem__, chain.from_iterable(rows))))  # a list fills it in half the time
    bounds = array("q", accumulate(map(len, rows), initial=0))
    values = list(numbers)
    kind_numbers = numbering()
    kinds = array("q", [kind_numbers[value.partition(":")[0]] for value in values])
    kind_names = list(dict.fromkeys([*kind_numbers, *map(kind_of, told)]))
    told += values
    joining = [joins_alone(f"{kind}:") for kind in kind_numbers]
    alone = list(map(joining.__getitem__, kinds))
    named = kind_numbers[kind_of(USERNAME_ANYWHERE)]
    for number, kind in enumerate(kinds):
        if kind == named and values[number].startswith(USERNAME_ANYWHERE):
            alone[number] = joins_alone(values[number])
    if not all(alone):
        flat, bounds = _chosen(flat, bounds, alone)
        values, kinds = list(compress(values, alone)), array("q", compress(kinds, alone))
    around = {}
    if placed:
        numbers = {value: number for number, value in enumerate(values)}
        around = {numbers[value]: found for value, found in placed.items() if value in numbers}
    turned, widen = transposed, widened
    if fast(len(records)):
        from minerva.linking import held_numpy

        turned, widen = held_numpy.transposed, held_numpy.widened
    records_of, starts = turned(flat, bounds, len(values))
    more = 0
    for column in company:
        flat, bounds, wide = widen(flat, bounds, column, len(values) + more)
        more += wide
    return Held(values, kinds, kind_names, more, flat, bounds, records_of, starts, around, told)


def _rows(records: Sequence[LinkRecord]) -> tuple[list[tuple[str, ...]], dict[str, list[int]], list[str]]:
    """Returns the identifiers of each record that is no place and no list, those of places with who has them, and all
    of places and lists."""
    rows = list(map(attrgetter("identifiers"), records))
    told: list[str] = []
    placed: dict[str, list[int]] = {}
    lists = {position for position, row in enumerate(rows) if len(row) > MOST_OF_ONE and records[position].is_list}
    for position in lists:
        told += rows[position]
        rows[position] = ()
    types = list(map(attrgetter("record_type"), records))
    if PLACE_TYPES.union({""}).isdisjoint(types):  # no place among them, as in most links
        return rows, placed, told
    for position, kind in enumerate(types):
        if (kind and kind not in PLACE_TYPES) or position in lists or not is_place(records[position]):
            continue
        if not kind:
            for value in rows[position]:
                if joins_alone(value):
                    placed.setdefault(value, []).append(position)
        told += rows[position]
        rows[position] = ()
    return rows, placed, told


def _chosen(flat: array[int], bounds: array[int], chosen: Sequence[bool]) -> tuple[array[int], array[int]]:
    """Returns the rows with the chosen numbers alone, numbered anew."""
    new = [number - 1 if each else -1 for each, number in zip(chosen, accumulate(chosen))]
    numbers = array("q", map(new.__getitem__, flat))
    until = list(accumulate(map((0).__le__, numbers), initial=0))
    return array("q", filter((-1).__ne__, numbers)), array("q", map(until.__getitem__, bounds))


def widened(
    flat: array[int], bounds: array[int], column: Sequence[int], base: int
) -> tuple[array[int], array[int], int]:
    """Returns the rows with one number more for each record that has one in `column`, and how many numbers that has."""
    wide, edges = array("q"), array("q", [0])
    start = 0
    for position, number in enumerate(column):
        end = bounds[position + 1]
        wide.extend(flat[start:end])
        if number >= 0:
            wide.append(base + number)
        edges.append(len(wide))
        start = end
    return wide, edges, max(column, default=-1) + 1


def transposed(flat: array[int], bounds: array[int], size: int) -> tuple[array[int], array[int]]:
    """Returns (positions by number, where each number's begin) of numbers 0 to size - 1."""
    counts = [0] * (size + 1)
    for number in flat:
        counts[number + 1] += 1
    for number in range(size):
        counts[number + 1] += counts[number]
    starts = array("q", counts)
    positions = array("q", bytes(8 * len(flat)))
    at = counts
    for position in range(len(bounds) - 1):
        for place in range(bounds[position], bounds[position + 1]):
            number = flat[place]
            positions[at[number]] = position
            at[number] += 1
    return positions, starts
