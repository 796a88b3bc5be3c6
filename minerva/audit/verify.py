"""Finds the first break in audit chains: an entry edited, gone, added, moved or cut off, or a chain that went away."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from minerva.audit.chain import OPENED, PLATFORM, START, digest, seal


@dataclass(frozen=True)
class Break:
    """Where the first thing that does not fit stands: `row` counts from 1; 0 = the file as a whole."""

    row: int
    chain: str
    what: str

    def sentence(self) -> str:
        """For a person."""
        return f"row {self.row}, chain {self.chain}: {self.what}" if self.row else f"chain {self.chain}: {self.what}"


@dataclass(frozen=True)
class Verdict:
    """`entries` by chain, counted up to the break if there is one; `sealed`: the seals were checked with the key."""

    entries: Mapping[str, int]
    sealed: bool
    broken: Break | None = None


@dataclass
class _State:
    ends: dict[str, list[str]] = field(default_factory=dict)
    """chain -> hashes of its entries in order"""
    sealed: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """chain -> (row, number, hash) of its seal"""
    opened: list[str] = field(default_factory=list)


def verify(rows: Iterable[Mapping[str, Any]], key: bytes | None = None) -> Verdict:
    """Reads rows of the collection sorted by key (as `export` of the audit gives them) and judges every chain."""
    state = _State()
    broken: Break | None = None
    for place, row in enumerate(rows, 1):
        kind, chain = row.get("kind"), row.get("chain")
        if kind == "entry" and isinstance(chain, str):
            what = _entry(row, chain, state)
        elif kind == "end" and isinstance(chain, str):
            what = _seal(row, chain, place, state, key)
        else:
            what = "neither an entry nor a seal"
        if what:
            broken = Break(place, str(chain), what)
            break
    broken = broken or _whole(state)
    return Verdict({chain: len(hashes) for chain, hashes in state.ends.items()}, key is not None, broken)


def _entry(row: Mapping[str, Any], chain: str, state: _State) -> str:
    text, claimed = row.get("entry"), row.get("hash")
    if not isinstance(text, str) or digest(text) != claimed:
        return "the entry was changed: its hash does not fit"
    entry = _json(text)
    if entry is None:
        return "the entry is not JSON"
    hashes = state.ends.setdefault(chain, [])
    if entry.get("chain") != chain or row.get("number") != entry.get("number"):
        return "the entry belongs to another place"
    if entry.get("number") != len(hashes):
        return f"expected entry {len(hashes)}, found {entry.get('number')}: entries are gone, added or moved"
    if entry.get("previous") != (hashes[-1] if hashes else START):
        return "the entry does not follow the one before it"
    hashes.append(str(claimed))
    if chain == PLATFORM and entry.get("operation") == OPENED:
        state.opened.append(str(entry.get("opened")))
    return ""


def _seal(row: Mapping[str, Any], chain: str, place: int, state: _State, key: bytes | None) -> str:
    number, last, mark = row.get("number"), row.get("hash"), row.get("seal")
    if not isinstance(number, int) or not isinstance(last, str) or not isinstance(mark, str):
        return "the seal cannot be read"
    if chain in state.sealed:
        return "a second seal"
    if key is not None and not hmac.compare_digest(mark, seal(key, chain, number, last)):
        return "the seal was not made with this key"
    state.sealed[chain] = (place, number, last)
    return ""


def _whole(state: _State) -> Break | None:
    """What only shows when every row was read."""
    for chain, hashes in state.ends.items():
        if chain not in state.sealed:
            return Break(0, chain, "its seal is gone")
        if chain != PLATFORM and chain not in state.opened:
            return Break(0, chain, "no entry of the platform opens it")
        place, number, last = state.sealed[chain]
        if number >= len(hashes):
            return Break(
                place, chain, f"{number + 1} entries were sealed, {len(hashes)} are there: its end was cut off"
            )
        if hashes[number] != last:
            return Break(place, chain, "the seal is of another entry")
    for chain in (PLATFORM, *state.opened, *state.sealed):
        if chain not in state.ends:
            return Break(0, chain, "the whole chain is gone")
    return None


def _json(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
