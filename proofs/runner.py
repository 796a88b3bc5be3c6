"""Runs a proof in batches over processes, keeps its progress, and writes the result when the target is reached.

`python -m proofs NAME [--seed N] [--processes N] [--restart]`; `--slice`, `--list` and `--stale` for one or all.
"""

from __future__ import annotations

import argparse
import fcntl
import importlib
import itertools
import json
import math
import os
import pkgutil
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from pathlib import Path

import proofs
from proofs.model import ROOT, Outcome, Proof, Result, commit, complaint, digest, left
from understudy.conf.files import write_atomic

PROGRESS = ROOT / "build" / "prove"
SHOWN_FAILURES = 20
SAVE_EVERY_S = 5.0


def all_proofs() -> dict[str, Proof]:
    """Returns every proof of the package by name. Raises ValueError on two of one name."""
    found: dict[str, Proof] = {}
    for module in pkgutil.iter_modules(proofs.__path__):
        proof = getattr(importlib.import_module(f"proofs.{module.name}"), "PROOF", None)
        if isinstance(proof, Proof):
            if proof.name in found:
                raise ValueError(f"proofs/{module.name}.py: the name {proof.name} is taken; give it its own")
            found[proof.name] = proof
    return found


@dataclass
class Progress:
    """How far a run has come; kept in build/prove/NAME.json so that a stopped run goes on where it was."""

    seed: int
    digest: str
    done: set[int] = field(default_factory=set)
    count: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def save(self, path: Path) -> None:
        """Writes the file as a whole."""
        write_atomic(path, json.dumps({**vars(self), "done": sorted(self.done)}).encode())


def read_progress(path: Path, covered: str, seed: int | None) -> Progress | None:
    """Returns the kept progress if it belongs to the same code and, when one is asked for, the same seed."""
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept["digest"] != covered or seed not in (None, kept["seed"]):
        return None
    return Progress(**{**kept, "done": set(kept["done"])})


def _end_with_parent() -> None:
    """Makes a worker end when the run does, also where that is killed and tells nobody."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    run = parent_process()
    if run is not None:
        run.join()
    os._exit(1)


def prove(
    proof: Proof, progress: Progress, path: Path, processes: int, show: Callable[[str], None], most_s: float = math.inf
) -> None:
    """Runs the batches that are missing, starting none after `most_s` seconds.

    A batch that raises is a failure of that batch; the others go on.
    """
    missing = iter(number for number in range(-(-proof.target // proof.batch)) if number not in progress.done)
    started = saved = time.monotonic()
    before = progress.seconds
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        running: dict[Future[Outcome], int] = {}

        def feed(places: int) -> None:
            for number in itertools.islice(missing, places):
                size = min(proof.batch, proof.target - number * proof.batch)  # the last one holds what is left
                running[pool.submit(proof.run, progress.seed, number, size)] = number

        feed(processes)
        while running:
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                number = running.pop(future)
                error = future.exception()
                outcome = future.result() if error is None else Outcome(0, [f"the batch ended with {error!r}"])
                progress.done.add(number)
                progress.count += outcome.count
                progress.failures += [f"batch {number}: {line}" for line in outcome.failures]
            progress.seconds = before + time.monotonic() - started
            if time.monotonic() - saved > SAVE_EVERY_S:
                saved = time.monotonic()
                progress.save(path)
                rate = progress.count / max(progress.seconds, 1e-9)
                show(f"{proof.name}: {progress.count:,} of {proof.target:,} {proof.unit}, {rate:,.0f}/s")
            if time.monotonic() - started < most_s:
                feed(len(finished))
    progress.save(path)


def run_slices(chosen: dict[str, Proof], seed: int) -> Iterator[str]:
    """Yields a line per failure of the proofs' slices; a slice's batch number lies beyond those of a full run."""
    for proof in chosen.values():
        number = proof.target // proof.batch + 1
        outcome = proof.run(seed, number, proof.slice)
        print(f"  {proof.name}: {outcome.count:,} {proof.unit}, seed {seed}", flush=True)
        if outcome.count < proof.slice:
            yield f"{proof.name}: only {outcome.count} of {proof.slice} {proof.unit} were tried (seed {seed})"
        yield from (f"{proof.name} (seed {seed}): {line}" for line in outcome.failures[:SHOWN_FAILURES])


def main(arguments: list[str]) -> int:
    """Returns 0 when what was asked for holds, 1 when a case failed, 2 on wrong use."""
    known = all_proofs()
    parser = argparse.ArgumentParser(
        prog="build.py prove", description="Runs a proof to its end and writes its result."
    )
    parser.add_argument("name", nargs="?", help="one of: " + ", ".join(known))
    parser.add_argument("--seed", type=int, help="the seed; without it a new one, or that of the run to go on with")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="stop then, and write how far it came; a later run goes on")
    parser.add_argument("--restart", action="store_true", help="forget the progress of an earlier run")
    parser.add_argument("--slice", action="store_true", help="the slice that CI runs, of one proof or of all")
    parser.add_argument("--list", action="store_true", help="every proof and whether its result holds")
    parser.add_argument("--stale", action="store_true", help="only the results that do not hold; 1 if there are any")
    options = parser.parse_args(arguments)
    if options.name is not None and options.name not in known:
        parser.error(f"no proof is named {options.name}; there are: {', '.join(known)}")
    chosen = {options.name: known[options.name]} if options.name else known
    if options.list:
        for proof in chosen.values():
            print(complaint(proof) or left(proof) or f"{proof.name}: {proof.target:,} {proof.unit}: {proof.claim}")
        return 0
    if options.stale:
        stale = [line for line in map(complaint, chosen.values()) if line]
        print("\n".join([*stale, *(line for line in map(left, chosen.values()) if line)]))
        return 1 if stale else 0
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(2**32)
    if options.slice:
        failures = list(run_slices(chosen, seed))
        print("\n".join(failures))
        return 1 if failures else 0
    if options.name is None:
        parser.error("name a proof, or use --slice or --list")
    most_s = options.minutes * 60 if options.minutes else math.inf
    return _to_the_end(known[options.name], options.seed, seed, options.processes, options.restart, most_s)


def _to_the_end(proof: Proof, asked: int | None, seed: int, processes: int, restart: bool, most_s: float) -> int:
    path = PROGRESS / f"{proof.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            print(
                f"{proof.name}: another run of it is going on in this tree (process {holder}), and two would write "
                "over each other's progress; wait for it or end it",
                file=sys.stderr,
            )
            return 2
        lock.truncate(0)
        print(os.getpid(), file=lock, flush=True)
        return _alone(proof, path, asked, seed, processes, restart, most_s)


def _alone(
    proof: Proof, path: Path, asked: int | None, seed: int, processes: int, restart: bool, most_s: float
) -> int:
    covered = digest(proof.covers)
    kept = None if restart else read_progress(path, covered, asked)
    progress = kept or Progress(seed, covered)
    state = commit()
    print(f"{proof.name}: seed {progress.seed}, {len(progress.done)} batches done before", flush=True)
    prove(proof, progress, path, processes, lambda line: print(line, flush=True), most_s)
    if digest(proof.covers) != covered:
        print(
            "the covered code changed during the run: its result would vouch for code it did not see", file=sys.stderr
        )
        return 1
    for line in progress.failures[:SHOWN_FAILURES]:
        print(f"  {line}")
    command = f"python3 build.py prove {proof.name} --seed {progress.seed}"
    written = Result(
        proof.name, proof.claim, command, progress.seed, state, covered, proof.unit,
        progress.count, len(progress.failures), round(progress.seconds),
    ).write()  # fmt: skip
    print(f"{progress.count:,} {proof.unit}, {len(progress.failures)} failures: {written.relative_to(ROOT)}")
    return 1 if progress.failures else 0
