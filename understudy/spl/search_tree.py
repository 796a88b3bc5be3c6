"""The tree of a search expression (`index=a (b OR c) NOT d=1`): plain data, read by the row matcher and the store.

`field IN (a, b)` is lowered to Or of Compare. Position is the offset in the search text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class Everything:
    """Matches each event: an empty expression, or a lone `*`."""


@dataclass(frozen=True)
class And:
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    item: Node


@dataclass(frozen=True)
class Compare:
    """field OP value; OP is one of = != < <= > >=. In the value `*` is a wildcard (also inside quotes).

    case: value was given as CASE(...); term: as TERM(...). value keeps its text; numbers are told apart when matching.
    """

    field: str
    op: str
    value: str
    quoted: bool = False
    case: bool = False
    term: bool = False
    position: int = 0


@dataclass(frozen=True)
class Term:
    """A bare word or a quoted phrase, to be found in _raw between breakers. `*` is a wildcard."""

    text: str
    quoted: bool = False
    case: bool = False
    term: bool = False
    position: int = 0


@dataclass(frozen=True)
class TimeBound:
    """An in-search time modifier. side: earliest, latest, _index_earliest or _index_latest; value: epoch seconds."""

    side: str
    value: float
    position: int = 0


Node = Union[Everything, And, Or, Not, Compare, Term, TimeBound]
