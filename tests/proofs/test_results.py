"""A committed result holds for the code and data that its proof may read, and says when it does not."""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path

import pytest

from proofs import command_line
from proofs.command_line import all_proofs
from proofs.model import Proof
from proofs.results import commit, committed_at, complaint, digests, left, read_result, renewal_order
from tests.proofs.conftest import Git, MakeResult


def complaint_of(proof: Proof) -> str | None:
    return complaint(proof, digests([proof])[proof.name])


CHANGES = [
    pytest.param({}, None, id="whole and current"),
    pytest.param({"failures": 2}, "2 failures", id="failed"),
    pytest.param({"digest": "0"}, "newer than its result", id="older than the code"),
    pytest.param({"commit": "abc+changes"}, "no commit holds", id="of a work tree with changes"),
    pytest.param({"claim": "anything"}, "of another claim", id="of another claim"),
]


@pytest.mark.parametrize(("changes", "said"), CHANGES)
def test_a_result_holds_only_if_clean_and_current(
    proof: Proof, result: MakeResult, changes: dict[str, object], said: str | None
) -> None:
    result(**changes).write()
    found = complaint_of(proof)
    assert found is None if said is None else said in str(found)


@pytest.mark.parametrize(("count", "said"), [(None, "0 of 25"), (24, "24 of 25"), (25, None)])
def test_what_was_not_tried_to_the_end_is_not_proved(
    proof: Proof, result: MakeResult, count: int | None, said: str | None
) -> None:
    if count is not None:
        result(count=count).write()
    found = left(proof)
    assert found is None if said is None else said in str(found)


EDITS = {
    "code": ("minerva/code.py", "import json\nfrom pathlib import Path\nanswer = 2\n", True),
    "a data byte": ("minerva/table.json", "[2]\n", True),
    "what the proof reads outside of packages": ("minerva_app/default/macros.conf", "[two]\n", True),
    "the lock of the libraries": ("assembly/requirements/run.txt", "requests==2\n", True),
    "a comment and a docstring": (
        "minerva/code.py", '"""Code."""\nimport json\nfrom pathlib import Path\nanswer = 1  # one\n', False,
    ),
    "code that it does not import": ("minerva/other.py", "answer = 2\n", False),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_result_is_out_of_date_after_a_change_of(name: str, proof: Proof, result: MakeResult, tree: Path) -> None:
    proof = dataclasses.replace(proof, reads=("minerva_app/default",))
    result(digest=digests([proof])[proof.name]).write()
    assert complaint_of(proof) is None
    file, text, stale = EDITS[name]
    (tree / file).write_text(text, encoding="utf-8")
    found = complaint_of(proof)
    assert "newer than its result" in str(found) if stale else found is None


def test_a_proof_that_reads_what_is_not_there_is_told(proof: Proof) -> None:
    with pytest.raises(FileNotFoundError, match="correct its `reads`"):
        digests([dataclasses.replace(proof, reads=("minerva_app/gone.conf",))])


def test_a_proof_without_a_result_says_what_to_run(proof: Proof) -> None:
    assert read_result("example") is None
    assert "build.py prove example" in str(left(proof))


STANDINGS = [
    pytest.param({}, 0, "all 1 results hold", id="holds"),
    pytest.param({"digest": "0"}, 1, "STALE", id="stale"),
    pytest.param({"failures": 1}, 1, "1 failures", id="failed"),
    pytest.param({"count": 24}, 1, "24 of 25", id="short"),
    pytest.param(None, 1, "0 of 25", id="missing"),
]


@pytest.mark.parametrize(("changes", "code", "said"), STANDINGS)
def test_what_does_not_hold_is_a_warning_and_when_strict_an_error(
    proof: Proof, result: MakeResult, changes: dict[str, object] | None, code: int, said: str,
    git: Git, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": proof})
    if changes is not None:
        result(**{"commit": git("rev-parse", "HEAD"), **changes}).write()
    assert command_line.main(["--stale"]) == 0
    warned = capsys.readouterr().out
    assert said in warned
    assert ("warning: 1 of 1 results" in warned) is bool(code)
    assert command_line.main(["--stale", "--strict"]) == code
    assert ("error: 1 of 1 results" in capsys.readouterr().out) is bool(code)


def test_the_commit_says_when_the_tree_has_changes_but_for_results(tree: Path, git: Git, result: MakeResult) -> None:
    head = git("rev-parse", "HEAD")
    result().write()
    assert commit() == head
    (tree / "minerva" / "new.py").write_text("", encoding="utf-8")
    assert commit() == f"{head}+changes"


def test_a_commit_that_is_not_known_is_the_oldest(git: Git) -> None:
    head = git("rev-parse", "HEAD")
    assert committed_at(head) == committed_at(f"{head}+changes") == int(git("log", "-1", "--format=%ct"))
    assert committed_at("0" * 40) == 0


def test_what_does_not_hold_is_renewed_first_the_shortest_first_then_the_oldest(
    proof: Proof, result: MakeResult, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = git("rev-parse", "HEAD")
    monkeypatch.setitem(os.environ, "GIT_COMMITTER_DATE", "2040-01-01T00:00:00Z")
    git("commit", "-q", "--allow-empty", "-m", "later")
    new = git("rev-parse", "HEAD")
    states: dict[str, dict[str, object] | None] = {
        "newest": {"commit": new}, "missing": None, "oldest": {"commit": old},
        "long": {"commit": new, "digest": "0", "seconds": 90},
        "short": {"commit": new, "digest": "0", "seconds": 4},
        "half": {"commit": new, "count": 5, "seconds": 4},
    }  # fmt: skip
    for name, changes in states.items():
        if changes is not None:
            result(name=name, **changes).write()
    chosen = {name: dataclasses.replace(proof, name=name) for name in states}
    assert list(renewal_order(chosen)) == ["short", "half", "long", "missing", "oldest", "newest"]


def test_every_proof_of_the_tree_has_files_to_read() -> None:
    known = all_proofs()
    found = digests(known.values())
    for name in known:
        assert re.fullmatch(r"[a-z0-9_]+", name)
        assert found[name]
