"""Whether the true next town is among three named: minerva.routes beside the most visited towns, on an invented world.

    .venv/bin/python -m benchmarks.routes [--movers 300] [--seed 7]

Movers of four habits, drawn by the seed: rounds in one order with towns left out and side trips, back and forth around
a home, favorites without an order, and wanderers. Visits go unseen as records do. Each visit from the fifth on is
foretold from those before it; a mover counts once, whatever it did.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from minerva.routes.forecast import forecast, shares_of
from minerva.routes.visits import Visit

HABITS = {"round": 0.6, "home": 0.2, "favorites": 0.1, "wanderer": 0.1}
"""Habit -> its share of the movers: an assumption, since nobody has published one. What is drawn without an order
cannot be foretold, so the figure of all rises and falls with the share of rounds; each habit's is printed."""
NAMED, BEFORE = 3, 5
UNSEEN = 0.15
Guess = Callable[[Sequence[str]], list[str]]


def mover(draw: random.Random, habit: str, visits: int) -> list[str]:
    """Returns the towns of a mover's records, none of them twice in a row."""
    towns = [f"t{each}" for each in draw.sample(range(400), draw.randint(5, 11))]
    found: list[str] = []
    for town in _true(draw, habit, towns, visits):
        if draw.random() >= UNSEEN and (not found or found[-1] != town):
            found.append(town)
    return found


def _true(draw: random.Random, habit: str, towns: Sequence[str], visits: int) -> Iterator[str]:
    at, weights = 0, [1 / (place + 1) for place in range(len(towns))]
    for step in range(visits):
        if habit == "round":
            if draw.random() < 0.12:
                yield f"t{draw.randrange(400)}" if draw.random() < 0.5 else draw.choice(towns)
                continue
            at = (at + (2 if draw.random() < 0.15 else 1)) % len(towns)
            yield towns[at]
        elif habit == "home":
            yield towns[0] if step % 2 == 0 else draw.choices(towns[1:], weights[1:])[0]
        elif habit == "favorites":
            yield draw.choices(towns, weights)[0]
        else:
            yield f"t{draw.randrange(400)}" if draw.random() < 0.5 else draw.choice(towns)


def most_visited(places: Sequence[str]) -> list[str]:
    """The baseline: the towns visited most so far, but that of the last visit."""
    counts = Counter(place for place in places if place != places[-1])
    return [place for place, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:NAMED]]


def foretold(places: Sequence[str]) -> list[str]:
    """Ours."""
    shares = shares_of(places)
    return sorted(shares, key=lambda place: (-shares[place], place))[:NAMED]


def rate(movers: Sequence[Sequence[str]], guess: Guess) -> float:
    """Returns the share of visits whose town is among those named, each mover counted once."""
    rates = []
    for places in movers:
        hits = [places[at] in guess(places[:at]) for at in range(BEFORE, len(places))]
        if hits:
            rates.append(sum(hits) / len(hits))
    return sum(rates) / len(rates)


def world(movers: int, seed: int) -> dict[str, list[list[str]]]:
    """Returns habit -> movers."""
    draw = random.Random(seed)
    return {habit: [mover(draw, habit, draw.randint(12, 60)) for _ in range(round(movers * share))]
            for habit, share in HABITS.items()}  # fmt: skip


def figures(movers: int = 300, seed: int = 7) -> dict[str, float]:
    """Returns the rates of both, and by how much ours is above, in points."""
    every = [each for found in world(movers, seed).values() for each in found]
    ours, baseline = rate(every, foretold), rate(every, most_visited)
    return {"ours": ours, "most_visited": baseline, "points_above": 100 * (ours - baseline)}


class Told(NamedTuple):
    """Of likeliest towns with shares that are near each other, after so many moves: how many there are, their mean
    share, how often the town came, and their mean band."""

    moves: str
    towns: int
    share: float
    came: float
    low: float
    high: float


def calibration(movers: int = 300, seed: int = 7) -> list[Told]:
    """Returns what shares are worth, by moves and fifths of the share; fewer than 30 towns are left out."""
    held: dict[tuple[str, int], list[tuple[float, bool, float, float]]] = {}
    for places in (each for found in world(movers, seed).values() for each in found):
        visits = [Visit(place, place, None, float(at), float(at), ()) for at, place in enumerate(places)]
        for at in range(2, len(places)):
            towns = forecast(visits[:at]).towns
            moves = "under 8" if at < 9 else "8 to 19" if at < 21 else "20 and more"
            if towns:
                first = towns[0]
                row = (first.share, first.place == places[at], first.low, first.high)
                held.setdefault((moves, min(4, int(first.share * 5))), []).append(row)
    return [
        Told(moves, len(rows), *(sum(row[part] for row in rows) / len(rows) for part in range(4)))
        for (moves, _), rows in sorted(held.items()) if len(rows) >= 30
    ]  # fmt: skip


def main() -> None:
    """Prints one line per habit, and of all together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--movers", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for habit, movers in world(options.movers, options.seed).items():
        print(f"  {habit:10s} ours {rate(movers, foretold):.3f}, most visited {rate(movers, most_visited):.3f}")
    for told in calibration(options.movers, options.seed):
        print(f"  after {told.moves:11s} moves: share {told.share:.2f}, came {told.came:.2f}, "
              f"band {told.low:.2f} to {told.high:.2f} ({told.towns})")  # fmt: skip
    found = figures(options.movers, options.seed)
    print(f"next town among {NAMED}: ours {found['ours']:.3f}, most visited {found['most_visited']:.3f}, "
          f"{found['points_above']:.1f} points above (10)")  # fmt: skip


if __name__ == "__main__":
    main()
