"""What records hold, as whole numbers: which values each record holds, and which records hold each value.

Both directions are flat lists with bounds (compressed rows) in `array`, which numpy reads without copying; a million
records hold three million values in 50 MB.
"""

from __future__ import annotations

import importlib.util
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from minerva.linking.model import PLACE_TYPES, LinkRecord
from minerva.linking.pairs import comparable
from minerva.linking.strength import joins_alone
from minerva.names.kinds import bears_given_name

WORTH_NUMPY = 20_000


class Held(NamedTuple):
    """values: the identifiers that join by themselves, numbered as first seen; company: how many more numbers follow
    them, of what records share without being joined by it (a text, a name in a city).

    flat[bounds[p]:bounds[p + 1]]: numbers that record p holds; records[starts[n]:starts[n + 1]]: positions of the
    records that hold value n, ascending. placed: value -> positions of records that are places, which no contact joins.
    """

    values: list[str]
    company: int
    flat: array[int]
    bounds: array[int]
    records: array[int]
    starts: array[int]
    placed: Mapping[int, list[int]]

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
    numbers: dict[str, int] = {}
    values: list[str] = []
    placed: dict[str, list[int]] = {}
    flat = array("q")
    bounds = array("q", [0])
    append, known = flat.append, numbers.get
    for position, record in enumerate(records):
        kind = record.record_type
        if (kind in PLACE_TYPES or not kind) and is_place(record):
            if kind not in PLACE_TYPES:
                for value in record.identifiers:
                    if joins_alone(value):
                        placed.setdefault(value, []).append(position)
        else:
            for value in record.identifiers:
                number = known(value)
                if number is None:
                    number = numbers[value] = len(values) if joins_alone(value) else -1
                    if number >= 0:
                        values.append(value)
                if number >= 0:
                    append(number)
        bounds.append(len(flat))
    turned, widen = transposed, widened
    if fast(len(records)):
        from minerva.linking import held_numpy

        turned, widen = held_numpy.transposed, held_numpy.widened
    records_of, starts = turned(flat, bounds, len(values))
    around = {numbers[value]: found for value, found in placed.items() if numbers.get(value, -1) >= 0}
    more = 0
    for column in company:
        flat, bounds = widen(flat, bounds, column, len(values) + more)
        more += max(column, default=-1) + 1
    return Held(values, more, flat, bounds, records_of, starts, around)


def widened(flat: array[int], bounds: array[int], column: Sequence[int], base: int) -> tuple[array[int], array[int]]:
    """Returns the rows with one number more for each record that has one in `column`."""
    wide, edges = array("q"), array("q", [0])
    start = 0
    for position, number in enumerate(column):
        end = bounds[position + 1]
        wide.extend(flat[start:end])
        if number >= 0:
            wide.append(base + number)
        edges.append(len(wide))
        start = end
    return wide, edges


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
