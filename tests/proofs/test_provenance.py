"""A result is refused when its digest is not that of the code at the commit that it names."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from proofs import command_line
from proofs.model import Proof
from proofs.provenance import misattributed
from proofs.results import digests
from tests.proofs.conftest import Git, MakeResult


def test_a_result_of_the_commit_that_it_names_is_believed_also_after_later_commits(
    proof: Proof, result: MakeResult, git: Git, tree: Path
) -> None:
    result(commit=git("rev-parse", "HEAD")).write()
    (tree / "minerva" / "code.py").write_text("answer = 2\n", encoding="utf-8")
    git("commit", "-qam", "later")
    assert list(misattributed([proof])) == []


def test_a_digest_of_other_code_than_the_commit_held_is_told(
    proof: Proof, result: MakeResult, git: Git, tree: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    first = git("rev-parse", "HEAD")
    (tree / "minerva" / "code.py").write_text("answer = 2\n", encoding="utf-8")
    git("commit", "-qam", "later")
    result(commit=first, digest=digests([proof])[proof.name]).write()
    assert [line.partition(";")[0] for line in misattributed([proof])] == [
        f"example: its digest is not that of the commit it names, {first[:12]}"
    ]
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": proof})
    assert command_line.main(["--stale", "--strict"]) == 1
    assert "not that of the commit" in capsys.readouterr().out


def test_a_commit_that_is_no_part_of_the_history_is_told(
    proof: Proof, result: MakeResult, git: Git, tree: Path
) -> None:
    git("checkout", "-qb", "aside")
    (tree / "minerva" / "new.py").write_text("", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "aside")
    aside = git("rev-parse", "HEAD")
    git("checkout", "-q", "-")
    for commit in (aside, "0" * 40):
        result(commit=commit).write()
        assert "no part of this history" in next(misattributed([proof]))


def test_what_a_proof_read_then_and_is_gone_now_is_told(proof: Proof, result: MakeResult, git: Git) -> None:
    result(commit=git("rev-parse", "HEAD")).write()
    reads = dataclasses.replace(proof, reads=("minerva_app/new.conf",))
    assert "not that of the commit" in next(misattributed([reads]))
