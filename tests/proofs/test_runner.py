"""A proof goes on where it stopped, counts what failed, and its result stops holding when the code changes."""

from __future__ import annotations

import dataclasses
import fcntl
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import proofs.model
from proofs import runner
from proofs.model import ROOT, Outcome, Proof, complaint, digest, left, read_result


def every_seventh_fails(seed: int, batch: int, size: int) -> Outcome:
    """Stands for a claim that is wrong for one case in seven."""
    numbers = range(batch * 10, batch * 10 + size)
    return Outcome(size, [f"{seed}/{number}" for number in numbers if number % 7 == 0])


def holds(seed: int, batch: int, size: int) -> Outcome:
    """Stands for a claim that holds."""
    return Outcome(size)


@pytest.fixture
def proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proof:
    """A proof over one file of a tree of its own."""
    (tmp_path / "code.py").write_text("answer = 1\n", encoding="utf-8")
    for module in (proofs.model, runner):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(proofs.model, "RESULTS", tmp_path / "docs" / "proof")
    return Proof("example", "the claim", ("code.py",), "cases", target=25, batch=10, slice=5, run=holds)


def result(proof: Proof, **changes: object) -> proofs.model.Result:
    full = proofs.model.Result(
        proof.name, proof.claim, "", 1, "abc", digest(proof.covers), proof.unit, proof.target, 0, 1
    )
    return dataclasses.replace(full, **changes)  # type: ignore[arg-type]


CHANGES = [
    pytest.param({}, None, id="whole and current"),
    pytest.param({"failures": 2}, "2 failures", id="failed"),
    pytest.param({"digest": "0"}, "newer than its result", id="older than the code"),
]


@pytest.mark.parametrize(("changes", "said"), CHANGES)
def test_a_result_holds_only_if_clean_and_current(proof: Proof, changes: dict[str, object], said: str | None) -> None:
    result(proof, **changes).write()
    found = complaint(proof)
    assert found is None if said is None else said in str(found)


@pytest.mark.parametrize(("count", "said"), [(None, "0 of 25"), (24, "24 of 25"), (25, None)])
def test_what_was_not_tried_to_the_end_is_not_proved(proof: Proof, count: int | None, said: str | None) -> None:
    if count is not None:
        result(proof, count=count).write()
    found = left(proof)
    assert found is None if said is None else said in str(found)


def test_changed_code_makes_the_result_out_of_date(proof: Proof, tmp_path: Path) -> None:
    result(proof).write()
    assert complaint(proof) is None
    (tmp_path / "code.py").write_text("answer = 2\n", encoding="utf-8")
    assert "newer than its result" in str(complaint(proof))


def test_a_proof_without_a_result_says_what_to_run(proof: Proof) -> None:
    assert read_result("example") is None
    assert "build.py prove example" in str(left(proof))


def test_progress_is_kept_for_the_same_code_and_seed_only(proof: Proof, tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    runner.Progress(7, "now", {0, 2}, 20, ["batch 0: 7/0"], 3.5).save(path)
    kept = runner.read_progress(path, "now", None)
    assert kept == runner.Progress(7, "now", {0, 2}, 20, ["batch 0: 7/0"], 3.5)
    assert runner.read_progress(path, "now", 7) is not None
    assert runner.read_progress(path, "now", 8) is None
    assert runner.read_progress(path, "later", None) is None


def test_every_batch_is_run_once_and_a_stopped_run_goes_on_with_the_rest(proof: Proof, tmp_path: Path) -> None:
    progress = runner.Progress(7, "now")
    said: list[str] = []
    runner.prove(proof, progress, tmp_path / "progress.json", 2, said.append)
    assert (progress.done, progress.count, progress.failures) == ({0, 1, 2}, 25, [])
    again = runner.Progress(7, "now", {0, 2}, 15)
    runner.prove(proof, again, tmp_path / "progress.json", 1, said.append)
    assert (again.done, again.count) == ({0, 1, 2}, 25)


def test_a_second_run_at_the_same_time_is_refused_and_leaves_the_progress_of_the_first(
    proof: Proof, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "PROGRESS", tmp_path)
    monkeypatch.setattr(runner, "all_proofs", lambda: {"example": proof})
    runner.Progress(7, "now", {0}, 10).save(tmp_path / "example.json")
    before = (tmp_path / "example.json").read_bytes()
    with (tmp_path / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        print(4711, file=lock, flush=True)
        assert runner.main(["example", "--restart"]) == 2
    said = capsys.readouterr().err
    assert "another run of it is going on" in said
    assert "process 4711" in said
    assert (tmp_path / "example.json").read_bytes() == before
    assert read_result("example") is None


RUN = """
import os, sys, time
from pathlib import Path
from proofs import runner
from proofs.model import ROOT, Outcome, Proof

def sleeps(seed, batch, size):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(60)
    return Outcome(size)

if __name__ == "__main__":
    proof = Proof("example", "", (), "cases", target=2, batch=1, slice=1, run=sleeps)
    runner.prove(proof, runner.Progress(1, ""), Path(sys.argv[1], "progress.json"), 2, print)
"""


def _wait_until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def test_the_workers_of_a_run_that_is_killed_end_too(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    started = tmp_path / "started"
    started.mkdir()
    run = subprocess.Popen([sys.executable, str(script), str(started)], env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        assert _wait_until(lambda: len(list(started.iterdir())) == 2)
    finally:
        run.kill()
        run.wait()
    workers = [int(path.name) for path in started.iterdir()]
    assert _wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_a_slice_reports_each_failure_with_its_seed(proof: Proof, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = dataclasses.replace(proof, run=every_seventh_fails, slice=10)
    found = list(runner.run_slices({"example": wrong}, seed=11))
    assert found == ["example (seed 11): 11/35"]
    assert "seed 11" in capsys.readouterr().out


def test_a_slice_that_tries_too_little_is_a_failure(proof: Proof) -> None:
    lazy = dataclasses.replace(proof, run=lambda seed, batch, size: Outcome(size - 1))
    assert "only 4 of 5" in next(runner.run_slices({"example": lazy}, seed=1))


def test_every_proof_of_the_tree_covers_what_exists() -> None:
    for name, found in runner.all_proofs().items():
        assert re.fullmatch(r"[a-z0-9_]+", name)
        assert digest(found.covers)
