"""Whatever a proof opens while it runs lies in what its result is bound to: nothing that it reads can change unseen."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assembly.closures.import_closure import ImportGraph
from proofs.model import ROOT
from proofs.results import files_of

# Put where every Python of the run takes it up as it starts, children included.
LISTENER = """
import os, sys
told = os.open(os.environ["OPENED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def hear(event, arguments):
    if event == "open" and not isinstance(arguments[0], int):
        os.write(told, os.fsencode(arguments[0]) + b"\\n")
sys.addaudithook(hear)
"""
RUN = "from proofs.{name} import PROOF; print(PROOF.run(1, -(-PROOF.target // PROOF.batch), {size}).count)"
SIZES = {"partner_contract": 80, "pushdown": 60, "identifiers_fuzz": 1_000, "spl_refusal": 150}
OTHERS = 40
LONG = {"identifier_paths", "identifiers_guided", "partner_contract", "policy_mutants", "sharing_mutants"}
"""Those that take more than five seconds to begin."""
NAMES = sorted(path.stem for path in (ROOT / "proofs").glob("*.py") if "\nPROOF = " in path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runs of this module keep what they compiled: each file once, and opened there from then on."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    """The files of the project are read once."""
    return ImportGraph(ROOT)


def opened(name: str, size: int, folder: Path, compiled: Path) -> set[Path]:
    """The files of the project, what is built or hidden aside, that a run of a slice opens, as source or compiled."""
    (folder / "sitecustomize.py").write_text(LISTENER, encoding="utf-8")
    environment = {
        **os.environ, "OPENED": str(folder / "opened"), "PYTHONPATH": str(folder),
        "PYTHONPYCACHEPREFIX": str(compiled),
    }  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", RUN.format(name=name, size=size)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    assert int(done.stdout) == size
    paths = {ROOT / line for line in (folder / "opened").read_text(encoding="utf-8").splitlines()}
    paths = {_source_of(path, compiled) for path in paths}
    return {path for path in paths if path.is_file() and _is_ours(path)}


def _source_of(path: Path, compiled: Path) -> Path:
    """The Python file of which this is the compiled one below `compiled`; any other path as it is."""
    if not path.is_relative_to(compiled):
        return path
    return Path("/") / path.relative_to(compiled).with_name(path.name.partition(".")[0] + ".py")


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts if path.is_relative_to(ROOT) else ()
    return bool(parts) and parts[0] != "build" and not any(part.startswith(".") for part in parts)


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.full if name in LONG else ()) for name in NAMES])
def test_what_a_proof_opens_lies_in_its_closure(name: str, tmp_path: Path, compiled: Path, graph: ImportGraph) -> None:
    proof = importlib.import_module(f"proofs.{name}").PROOF
    if proof.missing:
        pytest.skip("what it needs has no wheel for this machine")
    found = opened(name, min(proof.slice, SIZES.get(name, OTHERS)), tmp_path, compiled)
    assert ROOT / "proofs" / f"{name}.py" in found
    assert len(found) > 5
    assert sorted(found - files_of(proof, graph)) == []


def test_the_long_ones_are_proofs() -> None:
    assert set(NAMES) > LONG
