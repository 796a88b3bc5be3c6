"""What a proof is, and the result file that vouches for the code it covered."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

from assembly.hashing import file_hash, text_hash, tree_files
from understudy.conf.files import write_atomic

Case = TypeVar("Case")
ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "docs" / "proof"


@dataclass(frozen=True)
class Outcome:
    """What one batch did: how many units were tried, and a line for each that failed, enough to run it again."""

    count: int
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Proof:
    """One claim about many cases.

    `run(seed, batch, size)` tries `size` cases and depends on nothing but its arguments and the code. `covers` are
    paths in the repository, files or folders: when a byte of them changes, a result is out of date.
    """

    name: str
    claim: str
    covers: tuple[str, ...]
    unit: str
    target: int
    batch: int
    slice: int
    run: Callable[[int, int, int], Outcome]


@dataclass(frozen=True)
class Result:
    """The content of docs/proof/NAME.json. `digest` is that of the covered files, `commit` where they were read."""

    name: str
    claim: str
    command: str
    seed: int
    commit: str
    digest: str
    unit: str
    count: int
    failures: int
    seconds: int

    def write(self) -> Path:
        """Writes the file as a whole and returns its path."""
        path = RESULTS / f"{self.name}.json"
        write_atomic(path, (json.dumps(asdict(self), indent=2) + "\n").encode())
        return path


def drawn(known: Sequence[Case], seed: int, batch: int, size: int, batch_size: int) -> Sequence[Case]:
    """Returns a batch of the known cases; a full run goes through all, the batch beyond draws some by the seed."""
    first = batch * batch_size
    return known[first : first + size] if first < len(known) else random.Random(f"{seed}").sample(known, size)


def read_result(name: str) -> Result | None:
    """Returns the committed result of a proof, or None if there is none."""
    path = RESULTS / f"{name}.json"
    return Result(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def digest(covers: tuple[str, ...]) -> str:
    """Returns the SHA-256 over names and bytes of the files under the covered paths. Raises FileNotFoundError."""
    files: dict[Path, None] = {}
    for cover in covers:
        start = ROOT / cover
        if not start.exists():
            raise FileNotFoundError(f"a proof covers {cover}, which does not exist: correct its `covers`")
        files.update(dict.fromkeys([start] if start.is_file() else tree_files(start)))
    return text_hash(part for path in files for part in (path.relative_to(ROOT).as_posix(), file_hash(path)))


def commit() -> str:
    """Returns the commit checked out, with `+changes` when the work tree differs from it."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True)
    state = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, check=True, capture_output=True, text=True)
    return head.stdout.strip() + ("+changes" if state.stdout.strip() else "")


def complaint(proof: Proof) -> str | None:
    """Returns why the committed result contradicts the code as it is, or None: it failed, or the code is newer."""
    result = read_result(proof.name)
    if result is None:
        return None
    if result.failures:
        return f"{proof.name}: the committed result has {result.failures} failures; mend them, then {_again(proof)}"
    if result.digest != digest(proof.covers):
        return f"{proof.name}: the code it covers ({', '.join(proof.covers)}) is newer than its result; {_again(proof)}"
    return None


def left(proof: Proof) -> str | None:
    """Returns what is still to be run before the claim is proved, or None if its whole target was."""
    result = read_result(proof.name)
    count = result.count if result else 0
    if count >= proof.target:
        return None
    return f"{proof.name}: NOT PROVED, {count:,} of {proof.target:,} {proof.unit} were tried; {_again(proof)}"


def _again(proof: Proof) -> str:
    return f"run `python3 build.py prove {proof.name}` and commit docs/proof/{proof.name}.json"
