"""Who differences, averages and compares published counts learns of a hidden cell no more than who guesses.

The attackers know the code, every published table and all objects but one or a few; they do not know the key. Success
is counted beyond what a guess without the tables would reach.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from minerva.deconfliction.cubes import LEAST, Counted, publish
from proofs.model import Outcome, Proof

MONTHS = ("2026-01", "2026-02", "2026-03")
HIDDEN = "2026-04"
MOST = 0.05
WEEKS = 8


def _world(chance: random.Random) -> tuple[list[Counted], int]:
    """Objects of one type in three months that are shown and one that is not; and how many the hidden month has."""
    objects = []
    for month in MONTHS:
        for number in range(chance.randrange(2 * LEAST, 60)):
            objects.append(Counted("river", f"{month}:{number}", {"record_type": "ad", "month": month}))
    few = chance.randrange(LEAST)
    objects += [Counted("west", f"few:{number}", {"record_type": "ad", "month": HIDDEN}) for number in range(few)]
    return objects, few


def _difference(objects: list[Counted], key: bytes, week: int) -> int | None:
    """The row's total less its visible cells: with exact counts, the hidden cell. None where something is missing."""
    shown = publish(objects, key, "ring", week)
    parts = [shown.get(("record_type*month", f"ad|{month}")) for month in MONTHS]
    total = shown.get(("record_type", "ad"))
    if total is None or not all(parts):
        return None
    return total.count - sum(part.count for part in parts if part is not None)


def differencing(chance: random.Random, key: bytes) -> tuple[bool, float]:
    """One table; the difference as it is. A guess out of all numbers is right as good as never."""
    objects, few = _world(chance)
    return _difference(objects, key, 1) == few, 0.0


def averaging(chance: random.Random, key: bytes) -> tuple[bool, float]:
    """Weeks of tables, in each of which other objects came, averaged and cut to what is possible."""
    objects, few = _world(chance)
    found = []
    for week in range(WEEKS):
        objects = [*objects, Counted("river", f"week:{week}", {"record_type": "ad", "month": chance.choice(MONTHS)})]
        found.append(_difference(objects, key, week))
    known = [each for each in found if each is not None]
    guess = round(sum(known) / len(known)) if known else 0
    return min(max(guess, 0), LEAST - 1) == few, 1 / LEAST


def _two_weeks(chance: random.Random, key: bytes) -> tuple[bool, int, int] | None:
    """Whether an object came to a cell between two weeks, and what was published of it; None where nothing was."""
    objects, _ = _world(chance)
    came = chance.random() < 0.5
    other = Counted("river", "other", {"record_type": "ad", "month": MONTHS[1]})
    later = [*objects, other, *([Counted("west", "target", {"record_type": "ad", "month": MONTHS[0]})] if came else [])]
    cell = ("record_type*month", f"ad|{MONTHS[0]}")
    before, after = (publish(each, key, "ring", week).get(cell) for week, each in enumerate((objects, later)))
    return None if before is None or after is None else (came, before.count, after.count)


def comparing(chance: random.Random, key: bytes) -> tuple[bool, float]:
    """Says that an object came where the number rose."""
    seen = _two_weeks(chance, key)
    return (chance.random() < 0.5 if seen is None else (seen[2] > seen[1]) == seen[0]), 0.5


def noticing(chance: random.Random, key: bytes) -> tuple[bool, float]:
    """Says that an object came where the number is another."""
    seen = _two_weeks(chance, key)
    return (chance.random() < 0.5 if seen is None else (seen[2] != seen[1]) == seen[0]), 0.5


def crowding(chance: random.Random, key: bytes) -> tuple[bool, float]:
    """The attacker adds ten objects of its own to a cell, to see whether an eleventh of somebody else is there."""
    there = chance.random() < 0.5
    objects = [Counted("bank", str(number), {"record_type": "ad"}) for number in range(LEAST - 1)]
    objects += [Counted("west", "target", {"record_type": "ad"})] if there else []
    cell = publish(objects, key, "ring", 1).get(("record_type", "ad"))
    return (cell is not None and cell.may_be_shown("bank")) == there, 0.5


def conspiring(chance: random.Random, key: bytes) -> tuple[bool, float]:
    """Two institutions, one with many objects so that noise hides nothing, look for one object of a third."""
    there = chance.random() < 0.5
    objects = [Counted("bank", str(number), {"record_type": "ad"}) for number in range(100)]
    objects += [Counted("river", str(number), {"record_type": "ad"}) for number in range(LEAST - 1)]
    objects += [Counted("west", "target", {"record_type": "ad"})] if there else []
    cell = publish(objects, key, "ring", 1).get(("record_type", "ad"))
    return (cell is not None and cell.may_be_shown("bank")) == there, 0.5


def conspiring_with_all(chance: random.Random, key: bytes) -> tuple[bool, float]:
    """As before, and what the victim holds already is known but for one object, often none at all."""
    there, known = chance.random() < 0.5, max(0, chance.randrange(-30, 30))
    objects = [Counted("bank", str(number), {"record_type": "ad"}) for number in range(100)]
    objects += [Counted("river", str(number), {"record_type": "ad"}) for number in range(chance.randrange(1, 60))]
    objects += [Counted("west", str(number), {"record_type": "ad"}) for number in range(known + there)]
    cell = publish(objects, key, "ring", 1).get(("record_type", "ad"))
    return (cell is not None and cell.may_be_shown("bank")) == there, 0.5


ATTACKS: tuple[Callable[[random.Random, bytes], tuple[bool, float]], ...] = (
    differencing, averaging, comparing, noticing, crowding, conspiring, conspiring_with_all,
)  # fmt: skip


def rates(seed: str, size: int) -> dict[str, float]:
    """Attack -> how much more often it succeeds than a guess, over `size` tries of each."""
    chance = random.Random(seed)
    right: Counter[str] = Counter()
    guessed: dict[str, float] = {}
    for number in range(size):
        for attack in ATTACKS:
            success, blind = attack(chance, f"{seed}:{number}".encode())
            right[attack.__name__] += success
            guessed[attack.__name__] = blind
    return {name: right[name] / size - blind for name, blind in guessed.items()}


def run(seed: int, batch: int, size: int) -> Outcome:
    """`size` tries, the same number of each attack; none may succeed beyond a guess in more than one of twenty."""
    each = max(1, size // len(ATTACKS))
    # What chance alone adds to a rate of one half over so many tries, four times over.
    slack = 4 * 0.5 / each**0.5 if each < 10_000 else 0.0
    found = rates(f"{seed}:{batch}", each)
    failures = [f"{name} succeeds {rate:.1%} more often than a guess" for name, rate in found.items()
                if rate > MOST + slack]  # fmt: skip
    return Outcome(size, failures)


PROOF = Proof(
    name="count_attacks",
    claim="differencing, averaging, comparing, noticing, crowding and conspiring of two readers of published counts "
    "succeed at most 5 % more often than a guess",
    unit="tries",
    target=40_000,
    batch=40_000,
    slice=2_000,
    run=run,
)
