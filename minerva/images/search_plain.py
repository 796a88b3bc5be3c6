"""Search of a bank in plain Python: every hash is compared. The reference of search_numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_WORD = 2**64 - 1


def columns_of(value: int) -> tuple[int, int, int, int]:
    """A hash as four numbers of 64 bits, the first digits first."""
    return value >> 192, value >> 128 & _WORD, value >> 64 & _WORD, value & _WORD


def near(columns: Sequence[Sequence[int]], queries: Sequence[int], radius: int) -> Iterator[tuple[int, int, int]]:
    """The number of a query, a row and its distance, for all rows within the radius."""
    wanted = [columns_of(query) for query in queries]
    for row, (first, second, third, fourth) in enumerate(zip(*columns)):
        for number, (one, two, three, four) in enumerate(wanted):
            bits = bin(first ^ one).count("1") + bin(second ^ two).count("1")
            if bits <= radius:
                bits += bin(third ^ three).count("1") + bin(fourth ^ four).count("1")
                if bits <= radius:
                    yield number, row, bits
