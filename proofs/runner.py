"""Runs one proof in batches over processes, keeps its progress, and writes the result when the target is reached."""

from __future__ import annotations

import fcntl
import itertools
import json
import math
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from pathlib import Path

from proofs.model import ROOT, Outcome, Proof, attempt
from proofs.results import CHANGES, Result, commit, complaint, digests, left
from understudy.conf.files import write_atomic

PROGRESS = ROOT / "build" / "prove"
SHOWN_FAILURES = 20
SAVE_EVERY_S = 5.0


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


@dataclass(frozen=True)
class Wish:
    """How a proof is to be run. `seed` None: a new one, or that of the run to go on with."""

    seed: int | None = None
    processes: int = 1
    restart: bool = False
    most_s: float = math.inf
    dry: bool = False
    """Keeps the progress but writes no result."""
    renew: bool = False
    """Where the result holds already and all was run: runs all again, with a new seed."""


def read_progress(path: Path, digest: str, seed: int | None) -> Progress | None:
    """Returns the kept progress if it belongs to the same code and, when one is asked for, the same seed."""
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept["digest"] != digest or seed not in (None, kept["seed"]):
        return None
    return Progress(**{**kept, "done": set(kept["done"])})


@contextmanager
def same_hashes() -> Iterator[None]:
    """Has the processes that are started within go through sets of strings in the same order each time."""
    before = os.environ.get("PYTHONHASHSEED")
    os.environ["PYTHONHASHSEED"] = "0"
    try:
        yield
    finally:
        del os.environ["PYTHONHASHSEED"]
        if before is not None:
            os.environ["PYTHONHASHSEED"] = before


def workers(processes: int) -> ProcessPoolExecutor:
    """Returns processes that end when this one does."""
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Makes a worker end when the run does, also where that is killed and tells nobody."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    run = parent_process()
    if run is not None:
        run.join()
    os._exit(1)


def batches(proof: Proof) -> int:
    """Returns into how many batches a proof's target is cut."""
    return -(-proof.target // proof.batch)


def prove(
    proof: Proof, progress: Progress, path: Path, processes: int, show: Callable[[str], None], most_s: float = math.inf
) -> None:
    """Runs the batches that are missing, starting none after `most_s` seconds.

    A batch that raises is a failure of that batch; the others go on.
    """
    missing = iter(number for number in range(batches(proof)) if number not in progress.done)
    started = saved = time.monotonic()
    before = progress.seconds
    with same_hashes(), workers(processes) as pool:
        running: dict[Future[Outcome], int] = {}

        def feed(places: int) -> None:
            for number in itertools.islice(missing, places):
                size = min(proof.batch, proof.target - number * proof.batch)  # the last one holds what is left
                running[pool.submit(attempt, proof.run, progress.seed, number, size)] = number

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


def is_refused(wish: Wish) -> bool:
    """Says whether there could be no result, as the work tree is not that of a commit, and prints what to do."""
    refused = not wish.dry and commit().endswith(CHANGES)
    if refused:
        print(
            "The work tree has changes, and a result vouches for a commit: none would be written. Commit the changes, "
            "or add --dry to run without a result; progress is kept for the same code.",
            file=sys.stderr,
        )
    return refused


def run_to_the_end(proof: Proof, wish: Wish) -> int:
    """Runs what is missing of a proof and writes its result.

    Returns 0 if no case failed, 1 if one did or the code changed meanwhile, 2 if the proof must not be run now.
    """
    if is_refused(wish):
        return 2
    if proof.missing:
        print(f"{proof.name}: not run, {proof.missing} is not installed; run it where it is (CONTRIBUTING.md)",
              file=sys.stderr)  # fmt: skip
        return 2
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
        return _alone(proof, path, wish)


def _alone(proof: Proof, path: Path, wish: Wish) -> int:
    digest, state = digests([proof])[proof.name], commit()
    holds = complaint(proof, digest) is None and left(proof) is None
    kept = None if wish.restart else read_progress(path, digest, wish.seed)
    if kept is not None and wish.renew and holds and len(kept.done) == batches(proof):
        kept = None
    seed = wish.seed if wish.seed is not None else random.SystemRandom().randrange(2**32)
    progress = kept or Progress(seed, digest)
    print(f"{proof.name}: seed {progress.seed}, {len(progress.done)} batches done before", flush=True)
    prove(proof, progress, path, wish.processes, lambda line: print(line, flush=True), wish.most_s)
    for line in progress.failures[:SHOWN_FAILURES]:
        print(f"  {line}")
    done = f"{proof.name}: {progress.count:,} of {proof.target:,} {proof.unit}, {len(progress.failures)} failures"
    if digests([proof])[proof.name] != digest:
        # Nobody knows which batches saw which code.
        path.unlink(missing_ok=True)
        print(f"{done}; no result: the code changed during the run, which would vouch for what it did not see")
        return 1
    if wish.dry:
        print(f"{done}; no result, as --dry was given")
    elif commit().endswith(CHANGES):
        print(f"{done}; no result: the work tree changed during the run; commit, and run this again to write it")
        return 1
    elif progress.count < proof.target and not progress.failures and holds:
        print(f"{done}; the committed result stays, as it holds and went further; a later run goes on from here")
    else:
        print(f"{done}: {_written(proof, progress, state).relative_to(ROOT)}")
    return 1 if progress.failures else 0


def _written(proof: Proof, progress: Progress, state: str) -> Path:
    return Result(
        proof.name, proof.claim, f"python3 build.py prove {proof.name} --seed {progress.seed}", progress.seed, state,
        progress.digest, proof.unit, progress.count, len(progress.failures), round(progress.seconds),
    ).write()  # fmt: skip
