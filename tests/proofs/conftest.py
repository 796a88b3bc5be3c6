"""A proof over a small tree of its own, under version control."""

from __future__ import annotations

import dataclasses
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from proofs import provenance, results, runner
from proofs.model import Proof
from proofs.results import Result, digests
from tests.proofs.claims import holds

FILES = {
    ".gitignore": "build/\n",
    "tests/__init__.py": "",
    "tests/proofs/__init__.py": "",
    "tests/proofs/claims.py": "from minerva.code import answer\n",
    "minerva/__init__.py": "",
    "minerva/code.py": "import json\nfrom pathlib import Path\nanswer = 1\n",
    "minerva/table.json": "[1]\n",
    "minerva/other.py": "answer = 1\n",
    "minerva_app/default/macros.conf": "[one]\n",
    "assembly/requirements/run.txt": "requests==1\n",
}
Git = Callable[..., str]
MakeResult = Callable[..., Result]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a project of a few files, which the runner takes for its own."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(results, "ROOT", tmp_path)
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    monkeypatch.setattr(runner, "PROGRESS", tmp_path / "build" / "prove")
    return tmp_path


@pytest.fixture
def git(tree: Path) -> Git:
    """Runs git in the tree, all of which is committed once."""
    identity = ("-c", "user.name=A Tester", "-c", "user.email=tester@mail.example")

    def run(*arguments: str) -> str:
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=tree, check=True, capture_output=True, text=True).stdout.strip()

    run("init", "-q")
    run("add", "-A")
    run("commit", "-q", "-m", "all")
    return run


@pytest.fixture
def proof(tree: Path) -> Proof:
    """A proof whose module is tests/proofs/claims.py of the tree."""
    return Proof("example", "the claim", "cases", target=25, batch=10, slice=5, run=holds)


@pytest.fixture
def result(proof: Proof) -> MakeResult:
    """Makes a result that holds, but for what is changed."""

    def make(**changes: object) -> Result:
        digest = digests([proof])[proof.name]
        full = Result(proof.name, proof.claim, "", 1, "abc", digest, proof.unit, proof.target, 0, 1)
        return dataclasses.replace(full, **changes)  # type: ignore[arg-type]

    return make
