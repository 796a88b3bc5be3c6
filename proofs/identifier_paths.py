"""The fast paths of extraction find what the plain path finds, with the same spans, methods and confidence, and texts
read in lockstep what each holds alone.

The texts are of two sorts: cuts of a pool of pieces and characters (identifiers_fuzz.py), and rows of a world that no
other run has, with what is hidden in its ads.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from demo.world import LEVELS, Level, build
from minerva.identifiers import extract, extract_each
from proofs.identifiers_fuzz import LONGEST, REGIONS, pool
from proofs.model import Outcome, Proof
from tests.minerva.plain_path import plain_path

IN_POOL = 0.8
"""Share of texts that are cut from the pool; the others are rows of a world."""
RECORDS = 150


def rows_of(level: Level, seed: int, records: int) -> list[str]:
    """The published rows of a world, each as one text."""
    world = build(records=records, seed=seed, level=level, held_back=True)
    return [" | ".join(map(str, item.row.values())) for items in world.published.values() for item in items]


def texts(chance: random.Random, size: int) -> Iterator[tuple[str, str | None]]:
    """Yields `size` texts, each with the hint of its region."""
    source = pool(chance)
    for _ in range(round(size * IN_POOL)):
        start = chance.randrange(len(source))
        yield source[start : start + int(2 * LONGEST * chance.random() ** 2) + 1], chance.choice(REGIONS)
    rows: list[str] = []
    for _ in range(size - round(size * IN_POOL)):
        if not rows:
            rows = rows_of(LEVELS[chance.choice(sorted(LEVELS))], chance.randrange(10**9), RECORDS)
            chance.shuffle(rows)
        yield rows.pop(), "US"


def run(seed: int, batch: int, size: int) -> Outcome:
    """Reads `size` texts by either path and in lockstep."""
    chance = random.Random(f"{seed}:{batch}")
    given = list(texts(chance, size))
    fast = [extract(text, region=region) for text, region in given]
    with plain_path():
        plain = [extract(text, region=region) for text, region in given]
    found = [
        f"{text!r} in {region}: {[item for item in quick if item not in slow]} fast, "
        f"{[item for item in slow if item not in quick]} plainly"
        for (text, region), quick, slow in zip(given, fast, plain, strict=True)
        if quick != slow
    ]
    for kinds in (None, ["phone"], ["email"], ["email", "url", "domain"]):
        together = extract_each([text for text, _ in given], kinds=kinds, regions=[region for _, region in given])
        alone = fast if kinds is None else [extract(text, kinds=kinds, region=region) for text, region in given]
        found += [
            f"{text!r} in {region}: {many} in lockstep, {one} alone, of {kinds}"
            for (text, region), many, one in zip(given, together, alone, strict=True)
            if many != one
        ]
    return Outcome(size, found)


PROOF = Proof(
    name="identifier_paths",
    claim="On every text the fast paths of extraction, alone and in lockstep, give what the plain path gives.",
    unit="texts",
    target=2_000,
    batch=500,
    slice=60,
    run=run,
)
