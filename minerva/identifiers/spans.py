"""Spans of one text that must not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Found = TypeVar("Found", bound="tuple[Any, ...]")


def without_overlaps(found: Iterable[Found]) -> Iterator[Found]:
    """Yields (start, end, ...) tuples, sorted by start, leaving out each that begins before the last one kept ended."""
    last_end = 0
    for each in found:
        if each[0] >= last_end:
            last_end = each[1]
            yield each
