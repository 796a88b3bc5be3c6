"""Shows that the hard world is as hard as the field: components under hubs, the standard phone matcher on ads.

    .venv/bin/python -m benchmarks.world_difficulty [--operations 3000] [--seed 7]

Bars: plain connected components at pairwise F1 0.05 or less in each hub regime; PhoneNumberMatcher recall 0.30 to 0.65.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import phonenumbers

from demo.world import World, build
from demo.world.levels import hard_regimes
from demo.world.publish import Published
from demo.world.truth import Score, count_pairs
from minerva.components import DisjointSets


def components_score(world: World) -> Score:
    """Returns the score of plain components over the true contacts (a perfect reader, no hub rule)."""
    total = None
    for tenant, rows in world.published.items():
        told = [item for item in rows if item.phones or item.emails]
        pairs = count_pairs(
            dict(zip(map(_key, told), _components(told), strict=True)), {_key(i): i.actor_id for i in told}
        )
        total = pairs if total is None else total + pairs
        assert tenant
    assert total is not None
    return total.score()


def _key(item: Published) -> tuple[str, str]:
    return (item.source_id, item.key)


def _components(rows: Sequence[Published]) -> list[str]:
    sets, first = DisjointSets(len(rows)), dict[str, int]()
    for position, item in enumerate(rows):
        for value in (*item.phones, *item.emails):
            sets.union(first.setdefault(value, position), position)
    return [str(sets.find(position)) for position in range(len(rows))]


def matcher_recall(world: World, most: int) -> float:
    """Returns the share of phones in the first ads that the matcher of phonenumbers finds, told the right region."""
    found = told = 0
    ads = [item for rows in world.published.values() for item in rows if item.source_id == "classified_ads"][:most]
    for item in ads:
        matches = phonenumbers.PhoneNumberMatcher(item.row["body"], item.row["country"])  # type: ignore[no-untyped-call]
        seen = {f"+{match.number.country_code}{match.number.national_number}" for match in matches}
        told += len(set(item.phones))
        found += len(set(item.phones) & seen)
    return found / told


def main() -> None:
    """Prints one line per regime."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for level in hard_regimes():
        world = build(operations=options.operations, seed=options.seed, level=level, held_back=True)
        count = sum(map(len, world.published.values()))
        print(
            f"operations per hub {level.operations_per_hub:3d}: {count} records, "
            f"components F1 {components_score(world).f1:.3f}, matcher recall {matcher_recall(world, 4000):.3f}"
        )


if __name__ == "__main__":
    main()
