"""Whether committed results are of the commits they name: a digest that was written by hand is of no run.

What each commit held is read from version control and hashed again. Nobody can show in this way that a run took place;
only that it could have, on code that is part of this history.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from assembly.closures.import_closure import ImportGraph
from proofs.model import ROOT, Proof
from proofs.results import CHANGES, Result, files_of, read_result

AGAIN = "run the proof and commit what it writes"


def misattributed(chosen: Iterable[Proof]) -> Iterator[str]:
    """Yields a line for each committed result whose digest is not that of the code at the commit that it names."""
    by_commit: dict[str, list[tuple[Proof, Result]]] = {}
    for proof in chosen:
        result = read_result(proof.name)
        if result is not None and not result.commit.endswith(CHANGES):
            by_commit.setdefault(result.commit, []).append((proof, result))
    for commit, found in by_commit.items():
        if not _is_in_history(commit):
            for proof, _ in found:
                yield f"{proof.name}: its result names commit {commit[:12]}, which is no part of this history; {AGAIN}"
            continue
        with tempfile.TemporaryDirectory() as folder:
            _check_out(commit, Path(folder))
            graph = ImportGraph(Path(folder))
            for proof, result in found:
                if _digest(proof, graph) != result.digest:
                    yield f"{proof.name}: its digest is not that of the commit it names, {commit[:12]}; {AGAIN}"


def _digest(proof: Proof, graph: ImportGraph) -> str | None:
    try:
        return graph.digest(files_of(proof, graph))
    except FileNotFoundError:
        return None


def _is_in_history(commit: str) -> bool:
    command = ["git", "merge-base", "--is-ancestor", commit, "HEAD"]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0


def _check_out(commit: str, folder: Path) -> None:
    """Writes the files of a commit into a folder."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
