"""Slices: a small share of every proof, run with each test run, each in a process of its own.

A slice that is given no seed takes one from the code that it reads: the same code always gives the same verdict, and
changed code is tried with new inputs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from proofs.model import Outcome, Proof, attempt
from proofs.results import digests, expected_s
from proofs.runner import SHOWN_FAILURES, batches, same_hashes, workers


@dataclass(frozen=True)
class Slice:
    """What one slice did. `failures` are lines for people."""

    proof: Proof
    seed: int
    count: int
    seconds: float
    failures: list[str]


def seeds_of_code(chosen: Mapping[str, Proof]) -> dict[str, list[int]]:
    """Returns, by proof, the one seed that follows from the code it reads: 32 bits."""
    return {name: [int(digest[:8], 16)] for name, digest in digests(chosen.values()).items()}


def run_slices(chosen: Mapping[str, Proof], seeds: Mapping[str, Sequence[int]], processes: int) -> Iterator[Slice]:
    """Yields each slice in the order of `chosen`, as soon as those before it are done; the longest start first.

    A slice that raises or whose process ends is a failure of that slice; the others go on.
    """
    wanted = [(proof, seed) for name, proof in chosen.items() for seed in seeds[name]]
    longest_first = sorted(wanted, key=lambda each: -expected_s(each[0], each[0].slice))
    with same_hashes(), ThreadPoolExecutor(processes) as pool:
        running = {(proof.name, seed): pool.submit(_run, proof, seed) for proof, seed in longest_first}
        for proof, seed in wanted:
            yield running[proof.name, seed].result()


def _run(proof: Proof, seed: int) -> Slice:
    started = time.monotonic()
    with workers(1) as pool:
        future = pool.submit(attempt, proof.run, seed, batches(proof), proof.slice)  # a batch beyond a full run's
        error = future.exception()
    outcome = future.result() if error is None else Outcome(proof.slice, [f"the slice ended with {error!r}"])
    failures = outcome.failures[:SHOWN_FAILURES]
    if outcome.count < proof.slice:
        failures = [f"only {outcome.count} of {proof.slice} {proof.unit} were tried", *failures]
    told = [f"{proof.name} (seed {seed}): {line}" for line in failures]
    return Slice(proof, seed, outcome.count, time.monotonic() - started, told)
