"""The committed results in docs/proof/: what each vouches for, and whether it still holds for the code as it is."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from assembly.closures.import_closure import ImportGraph
from assembly.environments import lock_of
from assembly.hashing import tree_files
from proofs.model import ROOT, Proof
from understudy.conf.files import write_atomic

FOLDER = Path("docs") / "proof"
CHANGES = "+changes"


@dataclass(frozen=True)
class Result:
    """The content of docs/proof/NAME.json. `digest` is that of the code that was run, `commit` where it was read."""

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
        path = ROOT / FOLDER / f"{self.name}.json"
        write_atomic(path, (json.dumps(asdict(self), indent=2) + "\n").encode())
        return path


def read_result(name: str) -> Result | None:
    """Returns the committed result of a proof, or None if there is none."""
    path = ROOT / FOLDER / f"{name}.json"
    return Result(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def digests(chosen: Iterable[Proof]) -> dict[str, str]:
    """Returns the hash of the code and data that each proof may read, by its name. Raises FileNotFoundError."""
    graph = ImportGraph(ROOT)
    return {proof.name: graph.digest(files_of(proof, graph)) for proof in chosen}


def files_of(proof: Proof, graph: ImportGraph) -> set[Path]:
    """Returns the files that a run of a proof may read: the import closure of its module, its `reads`, and the lock of
    the libraries that it runs with."""
    files = set(graph.closure([graph.root / f"{proof.module.replace('.', '/')}.py"]))
    files.add(lock_of("run", graph.root))
    for name in proof.reads:
        path = graph.root / name
        if not path.exists():
            raise FileNotFoundError(f"{proof.name} reads {name}, which does not exist: correct its `reads`")
        files.update([path] if path.is_file() else tree_files(path))
    return files


def commit() -> str:
    """Returns the commit checked out, with CHANGES when the work tree, but for the results, differs from it."""
    head = _git("rev-parse", "HEAD").strip()
    return head + (CHANGES if _git("status", "--porcelain", "--", ".", f":(exclude){FOLDER}").strip() else "")


def committed_at(name: str) -> int:
    """Returns when a commit was made, in seconds since 1970; 0 for one that this repository does not have."""
    try:
        return int(_git("show", "--no-patch", "--format=%ct", name.removesuffix(CHANGES)).split()[-1])
    except subprocess.CalledProcessError:
        return 0


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def complaint(proof: Proof, digest: str) -> str | None:
    """Returns why the committed result does not vouch for the code as it is, or None: it holds, or there is none."""
    result = read_result(proof.name)
    if result is None:
        return None
    if result.failures:
        return f"{proof.name}: the committed result has {result.failures} failures; mend them, then {_again(proof)}"
    if result.digest != digest:
        return f"{proof.name}: STALE, code or data that it reads is newer than its result; {_again(proof)}"
    if result.commit.endswith(CHANGES):
        return f"{proof.name}: its result is of code that no commit holds; {_again(proof)}"
    if (result.claim, result.unit) != (proof.claim, proof.unit):
        return f"{proof.name}: its result is of another claim; {_again(proof)}"
    return None


def left(proof: Proof) -> str | None:
    """Returns what is still to be run before the claim is proved, or None if its whole target was."""
    result = read_result(proof.name)
    count = result.count if result else 0
    if count >= proof.target:
        return None
    return f"{proof.name}: NOT PROVED, {count:,} of {proof.target:,} {proof.unit} were tried; {_again(proof)}"


def shortfalls(chosen: Mapping[str, Proof]) -> dict[str, str]:
    """Returns, by proof, why its claim is not proved for the code as it is."""
    codes = digests(chosen.values())
    found = {name: complaint(proof, codes[name]) or left(proof) for name, proof in chosen.items()}
    return {name: line for name, line in found.items() if line}


def expected_s(proof: Proof, count: int) -> float:
    """Returns how long `count` cases take by the committed result, in seconds; without one to go by, infinity."""
    result = read_result(proof.name)
    return result.seconds * count / result.count if result and result.count else math.inf


def renewal_order(chosen: Mapping[str, Proof]) -> Iterator[str]:
    """Yields names: first what does not hold, the shortest first; then the others, the oldest first."""
    broken = shortfalls(chosen)

    def place(name: str) -> tuple[bool, float]:
        if name in broken:
            return False, expected_s(chosen[name], chosen[name].target)
        result = read_result(name)
        return True, committed_at(result.commit) if result else 0

    yield from sorted(chosen, key=place)


def _again(proof: Proof) -> str:
    return f"run `python3 build.py prove {proof.name}` and commit {FOLDER}/{proof.name}.json"
