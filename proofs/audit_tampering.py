"""Whatever is done to a stored audit is found: entries edited, deleted, added, moved, cut off, hashes made anew."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from minerva.audit import verify
from minerva.audit.chain import PLATFORM, START, digest, entry_text
from proofs.model import Outcome, Proof
from tests.audit.chains import KEY, audit

Rows = list[dict[str, Any]]


def _entries(rows: Rows) -> list[int]:
    return [place for place, row in enumerate(rows) if row["kind"] == "entry"]


def edit(rows: Rows, chance: random.Random) -> None:
    """Changes one character of one entry."""
    row = rows[chance.choice(_entries(rows))]
    place = chance.randrange(len(row["entry"]))
    new = chance.choice([letter for letter in "0123456789abcdef" if letter != row["entry"][place]])
    row["entry"] = row["entry"][:place] + new + row["entry"][place + 1 :]


def edit_and_hash(rows: Rows, chance: random.Random) -> None:
    """Changes an entry's outcome and makes its own hash anew."""
    row = rows[chance.choice(_entries(rows))]
    row["entry"] = json.dumps({**json.loads(row["entry"]), "outcome": "forged"}, sort_keys=True, separators=(",", ":"))
    row["hash"] = digest(row["entry"])


def remake(rows: Rows, chance: random.Random) -> None:
    """Changes an entry and makes every hash after it anew, and the seal's hash, without the key."""
    chosen = chance.choice(_entries(rows))
    chain, previous = rows[chosen]["chain"], START
    for place in [place for place in _entries(rows) if rows[place]["chain"] == chain]:
        fields = json.loads(rows[place]["entry"])
        if place == chosen:
            fields["time"] = -1
        rows[place]["entry"] = entry_text(fields, chain, fields["number"], previous)
        previous = rows[place]["hash"] = digest(rows[place]["entry"])
    next(row for row in rows if row["kind"] == "end" and row["chain"] == chain)["hash"] = previous


def delete(rows: Rows, chance: random.Random) -> None:
    """Takes out one row: an entry anywhere, or a seal."""
    del rows[chance.randrange(len(rows))]


def cut(rows: Rows, chance: random.Random) -> None:
    """Takes away the last entries of a chain."""
    chain = rows[chance.randrange(len(rows))]["chain"]
    own = [place for place in _entries(rows) if rows[place]["chain"] == chain]
    for place in reversed(own[-chance.randrange(1, len(own) + 1) :]):
        del rows[place]


def swap(rows: Rows, chance: random.Random) -> None:
    """Exchanges the content of two entries."""
    a, b = chance.sample(_entries(rows), 2)
    for key in ("entry", "hash"):
        rows[a][key], rows[b][key] = rows[b][key], rows[a][key]


def move(rows: Rows, chance: random.Random) -> None:
    """Exchanges two whole rows of one chain."""
    chain = rows[chance.choice(_entries(rows))]["chain"]
    own = [place for place in _entries(rows) if rows[place]["chain"] == chain]
    if len(own) < 2:
        return delete(rows, chance)
    a, b = chance.sample(own, 2)
    rows[a], rows[b] = rows[b], rows[a]
    return None


def repeat(rows: Rows, chance: random.Random) -> None:
    """Adds a copy of an entry behind it."""
    place = chance.choice(_entries(rows))
    rows.insert(place + 1, dict(rows[place]))


def append(rows: Rows, chance: random.Random) -> None:
    """Adds a well-formed entry at a chain's end and moves the seal, without the key."""
    chain = rows[chance.randrange(len(rows))]["chain"]
    last = [place for place in _entries(rows) if rows[place]["chain"] == chain][-1]
    number = rows[last]["number"] + 1
    text = entry_text({"operation": "get", "outcome": "permit"}, chain, number, rows[last]["hash"])
    rows.insert(last + 1, {"kind": "entry", "chain": chain, "number": number, "entry": text, "hash": digest(text)})
    end = next(row for row in rows if row["kind"] == "end" and row["chain"] == chain)
    end.update(number=number, hash=digest(text))


def drop_chain(rows: Rows, chance: random.Random) -> None:
    """Takes away an institution's whole chain with its seal."""
    chain = chance.choice([row["chain"] for row in rows if row["chain"] != PLATFORM])
    rows[:] = [row for row in rows if row["chain"] != chain]


def blank(rows: Rows, chance: random.Random) -> None:
    """Makes a row into something that is neither entry nor seal."""
    row = rows[chance.randrange(len(rows))]
    row[chance.choice(("kind", "chain", "hash"))] = chance.choice((None, 7, "", []))


KINDS: tuple[Callable[[Rows, random.Random], None], ...] = (
    edit, edit_and_hash, remake, delete, cut, swap, move, repeat, append, drop_chain, blank,
)  # fmt: skip


def run(seed: int, batch: int, size: int) -> Outcome:
    """`size` audits, each tampered with once; each must be whole before and broken afterwards."""
    chance = random.Random(f"{seed}:{batch}")
    failures = []
    for number in range(size):
        rows = audit(chance, chance.randrange(4, 40))
        if verify(rows, KEY).broken is not None:
            failures.append(f"{number}: an audit that nobody touched is broken: {verify(rows, KEY).broken}")
        tamper = KINDS[number % len(KINDS)]
        before = json.dumps(rows)
        tamper(rows, chance)
        if json.dumps(rows) != before and verify(rows, KEY).broken is None:
            failures.append(f"{number}: {tamper.__name__} was not found")
    return Outcome(size, failures)


PROOF = Proof(
    name="audit_tampering",
    claim="an audit that was edited, cut, reordered, added to or made anew without the key is told from a whole one",
    unit="tamperings",
    target=10_000,
    batch=2_000,
    slice=1_000,
    run=run,
)
