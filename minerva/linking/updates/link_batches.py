"""Batches of links between nodes, and what one does to the ids of clusters (see incremental.py)."""

from __future__ import annotations

from typing import NamedTuple

Link = tuple[int, int]


class Changes(NamedTuple):
    """What a batch did to ids: ended -> the id that took its place, and ids that began (or came back) by a split."""

    ended: dict[int, int]
    begun: list[int]


class UnknownNodeError(ValueError):
    """A link names a node that was never added."""
