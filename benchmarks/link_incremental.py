"""A batch of new links on a large base: CPU beside the full rebuild, partitions compared, and what a split costs.

    python3 build.py bench link_incremental [--links 10000000] [--batch 10000] [--batches 20] [--seed 5] [--plain N]

The rebuild is the components of all links at once, by the same hooking and pointer jumping (and, with `--plain`, by
union-find on a smaller base). Records link to identifiers; cluster sizes are skewed, one link in a hundred crosses.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from typing import Any

import numpy as np

from minerva.components import components
from minerva.components.with_numpy import components_numpy
from minerva.linking.updates.incremental import PlainClusters
from minerva.linking.updates.incremental_numpy import NumpyClusters

Array = Any


def world(links: int, seed: int) -> tuple[int, Array, Array]:
    """Returns (nodes, first ends, second ends) in random order: records and the identifiers of their cluster."""
    draw = np.random.default_rng(seed)
    sizes = np.minimum(60, 2 + draw.pareto(1.3, links // 3) * 2).astype(np.int64)
    sizes = sizes[: np.searchsorted(np.cumsum(sizes * 2), links)]
    own = np.maximum(2, sizes // 3)
    total = sizes + own
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(total)[:-1]])
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(len(cluster)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    record = np.repeat(starts[cluster] + within, 2)
    target = np.repeat(cluster, 2)
    crossing = draw.random(len(target)) < 0.01
    target[crossing] = draw.integers(0, len(sizes), int(crossing.sum()))
    identifier = starts[target] + sizes[target] + draw.integers(0, 2**40, len(target)) % own[target]
    order = draw.permutation(len(record))
    return int(total.sum()), record[order], identifier[order]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description="Incremental clusters beside the full rebuild.")
    parser.add_argument("--links", type=int, default=10_000_000)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--plain", type=int, default=0, metavar="LINKS")
    options = parser.parse_args()
    nodes, first, second = world(options.links, options.seed)
    cut = len(first) - options.batch * options.batches
    print(f"{nodes:,} nodes, {len(first):,} links, batches of {options.batch:,}, seed {options.seed}")
    start = time.process_time()
    clusters = NumpyClusters(nodes, first[:cut], second[:cut])
    before = clusters.all_ids()
    print(f"base of {cut:,} links: {time.process_time() - start:.2f} CPU-s")
    spent, changed = [], 0
    for number in range(options.batches):
        at = cut + number * options.batch
        links = np.stack([first[at : at + options.batch], second[at : at + options.batch]], axis=1)
        start = time.process_time()
        changed += len(clusters.link(links).ended)
        spent.append(time.process_time() - start)
    start = time.process_time()
    rebuilt = components_numpy(nodes, first, second)
    full = time.process_time() - start
    batch = statistics.median(spent)
    print(f"batch: median {batch * 1e3:.2f} ms CPU, {changed / options.batches:,.0f} ids end per batch")
    print(f"full rebuild: {full:.2f} CPU-s = {full / batch:,.0f} x a batch")
    now = clusters.all_ids()
    print(f"partition and ids equal to the rebuild: {bool(np.array_equal(now, rebuilt))}")
    print(f"nodes whose id changed over all batches: {np.mean(now != before):.4f}")
    gone = np.stack([first[cut : cut + options.batch], second[cut : cut + options.batch]], axis=1)
    start = time.process_time()
    clusters.unlink(gone[:1])
    print(f"first link taken away (the base is filed by cluster once): {time.process_time() - start:.2f} CPU-s")
    start = time.process_time()
    begun = clusters.unlink(gone[1:101]).begun
    few = time.process_time() - start
    start = time.process_time()
    begun += clusters.unlink(gone[101:]).begun
    took = time.process_time() - start
    print(f"more taken away: 100 in {few * 1e3:.1f} ms, {len(gone) - 101:,} in {took:.2f} CPU-s", end="")
    held = ~_held(first, second, gone, nodes)
    same = np.array_equal(clusters.all_ids(), components_numpy(nodes, first[held], second[held]))
    print(f", {len(begun):,} ids begin; equal to the rebuild without them: {bool(same)}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")
    if options.plain:
        _plain(options.plain, options.batch, options.seed)


def _held(first: Array, second: Array, gone: Array, nodes: int) -> Array:
    return np.isin(first * nodes + second, gone[:, 0] * nodes + gone[:, 1])


def _plain(size: int, batch: int, seed: int) -> None:
    nodes, first, second = world(size, seed)
    links = list(zip(first.tolist(), second.tolist(), strict=True))
    clusters = PlainClusters(nodes, links[:-batch])
    start = time.process_time()
    clusters.link(links[-batch:])
    spent = time.process_time() - start
    start = time.process_time()
    rebuilt = components(nodes, links)
    full = time.process_time() - start
    print(f"\nplain path, {len(links):,} links: batch {spent * 1e3:.1f} ms, rebuild {full:.2f} CPU-s", end="")
    print(f" = {full / spent:,.0f} x; equal: {clusters.ids(range(nodes)) == rebuilt}")


if __name__ == "__main__":
    main()
