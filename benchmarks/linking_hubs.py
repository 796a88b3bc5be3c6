"""Linking under hubs: pairwise F1 of plain components, a degree cut, weighted Leiden and `resolve` in four regimes.

    python3 build.py bench linking_hubs [--clusters 50000] [--seed 4]

Records of true clusters share the clusters' own identifiers; a third of them also carries one hub (a switchboard).
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from benchmarks import link_leiden
from minerva.components import DisjointSets
from minerva.linking import DEFAULT, resolve
from minerva.linking.model import LinkRecord

CLUSTERS_PER_HUB = (200, 50, 10, 4)
KINDS = ("phone", "email", "username")


def regime(clusters: int, hubs: int, seed: int) -> tuple[list[LinkRecord], list[int]]:
    """Returns records and their true cluster. Sizes: Pareto (1.3), 3 to 60 records, a quarter as many identifiers."""
    chance = random.Random(seed)
    records: list[LinkRecord] = []
    truth: list[int] = []
    for cluster in range(clusters):
        size = min(60, 3 + int((chance.paretovariate(1.3) - 1) * 3))
        own = [f"{KINDS[n % 3]}:{cluster}-{n}" for n in range(max(2, size // 4))]
        for _ in range(size):
            held = chance.sample(own, min(len(own), 1 + chance.randrange(3)))
            if chance.random() < 0.35:
                held.append(f"phone:hub-{chance.randrange(hubs)}")
            number = len(records)
            records.append(LinkRecord(f"{number:032x}", "bench", "ad", tuple(sorted(held)), "", "", "", "", "", number))
            truth.append(cluster)
    return records, truth


def pairwise(found: Sequence[object], truth: Sequence[object]) -> tuple[float, float, float]:
    """Returns precision, recall and F1 over record pairs."""

    def pairs(values: Iterable[object]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(values).values())

    both = pairs(zip(found, truth, strict=True))
    precision, recall = both / max(1, pairs(found)), both / max(1, pairs(truth))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def components(records: Sequence[LinkRecord], most: int) -> list[int]:
    """Returns the component of each record, ignoring identifiers found in more than `most` records."""
    degree = Counter(value for record in records for value in record.identifiers)
    sets = DisjointSets(len(records))
    first: dict[str, int] = {}
    for position, record in enumerate(records):
        for value in record.identifiers:
            if degree[value] <= most:
                sets.union(first.setdefault(value, position), position)
    return [sets.find(position) for position in range(len(records))]


def by_resolve(records: Sequence[LinkRecord]) -> list[str]:
    """Returns the entity of each record."""
    members = resolve(records, {}, "bench", DEFAULT).members
    return [members[record.record_id] for record in records]


def main() -> None:
    """Prints one line per regime and method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clusters", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    for per_hub in CLUSTERS_PER_HUB:
        records, truth = regime(options.clusters, max(3, options.clusters // per_hub), options.seed)
        degree = Counter(value for record in records for value in record.identifiers if ":hub-" in value)
        print(f"records {len(records)} hubs {len(degree)} of degree ~{sum(degree.values()) // len(degree)}")
        contenders: dict[str, Callable[[list[LinkRecord]], Sequence[object]]] = {
            "plain components": lambda given: components(given, len(given)),
            "degree cut 20": lambda given: components(given, 20),
            "resolve": by_resolve,
        }
        if link_leiden.is_here():
            contenders["weighted Leiden"] = link_leiden.communities
        else:
            print("  igraph is not installed: no weighted Leiden")
        for name, contender in contenders.items():
            started = time.process_time()
            found = contender(records)
            seconds = time.process_time() - started
            precision, recall, f1 = pairwise(found, truth)
            told = f"F1 {f1:.3f} precision {precision:.3f} recall {recall:.3f} cpu-s {seconds:.1f}"
            print(f"  {name:18s} {told}", flush=True)


if __name__ == "__main__":
    main()
