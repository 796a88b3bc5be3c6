"""A proof goes on where it stopped, counts what failed, and writes a result for a commit alone."""

from __future__ import annotations

import dataclasses
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from proofs import command_line, runner
from proofs.model import ROOT, Proof
from proofs.results import digests, read_result
from proofs.runner import Wish, run_to_the_end
from tests.proofs import claims
from tests.proofs.conftest import Git, MakeResult


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
    proof: Proof, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "PROGRESS", tmp_path / "build")
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": proof})
    runner.Progress(7, "now", {0}, 10).save(tmp_path / "build" / "example.json")
    before = (tmp_path / "build" / "example.json").read_bytes()
    with (tmp_path / "build" / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        print(4711, file=lock, flush=True)
        assert command_line.main(["example", "--restart"]) == 2
    said = capsys.readouterr().err
    assert "another run of it is going on" in said
    assert "process 4711" in said
    assert (tmp_path / "build" / "example.json").read_bytes() == before
    assert read_result("example") is None


def test_a_run_to_the_end_writes_a_result_of_the_commit(proof: Proof, git: Git) -> None:
    assert run_to_the_end(proof, Wish(seed=7)) == 0
    written = read_result("example")
    assert written is not None
    assert (written.seed, written.count, written.failures, written.commit) == (7, 25, 0, git("rev-parse", "HEAD"))
    assert written.digest == digests([proof])["example"]
    assert written.command == "python3 build.py prove example --seed 7"


def test_what_failed_is_counted_and_told(proof: Proof, git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = dataclasses.replace(proof, run=claims.every_seventh_fails)
    assert run_to_the_end(wrong, Wish(seed=7)) == 1
    written = read_result("example")
    assert written is not None
    assert written.failures == 4
    assert "batch 2: 7/21" in capsys.readouterr().out


def test_a_work_tree_with_changes_gets_no_result_and_is_told_so_at_once(
    proof: Proof, git: Git, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "minerva" / "new.py").write_text("", encoding="utf-8")
    assert run_to_the_end(proof, Wish()) == 2
    assert "Commit the changes" in capsys.readouterr().err
    assert read_result("example") is None
    assert not (tree / "build" / "prove" / "example.json").exists()


def test_a_dry_run_of_changes_keeps_its_progress_for_the_commit_of_the_same_code(
    proof: Proof, git: Git, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "minerva" / "code.py").write_text("answer = 2\n", encoding="utf-8")
    assert run_to_the_end(proof, Wish(seed=7, dry=True)) == 0
    assert "as --dry was given" in capsys.readouterr().out
    assert read_result("example") is None
    git("commit", "-q", "-a", "-m", "two")
    assert run_to_the_end(proof, Wish()) == 0
    written = read_result("example")
    assert written is not None
    assert (written.seed, written.commit) == (7, git("rev-parse", "HEAD"))
    assert "3 batches done before" in capsys.readouterr().out


CHANGED = [
    pytest.param("minerva/code.py", "the code changed during the run", id="code that it reads"),
    pytest.param("minerva/other.py", "the work tree changed during the run", id="another file"),
]


@pytest.mark.parametrize(("file", "said"), CHANGED)
def test_what_changes_during_a_run_leaves_it_without_a_result(
    proof: Proof, git: Git, tree: Path, file: str, said: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    prove = runner.prove

    def changing(*arguments: Any) -> None:
        prove(*arguments)
        (tree / file).write_text("answer = 3\n", encoding="utf-8")

    monkeypatch.setattr(runner, "prove", changing)
    assert run_to_the_end(proof, Wish()) == 1
    assert said in capsys.readouterr().out
    assert read_result("example") is None
    kept = (runner.PROGRESS / "example.json").exists()
    assert kept == (file == "minerva/other.py"), "no batch that saw other code counts later"


def test_a_part_of_a_run_takes_the_place_of_no_result_that_holds(
    proof: Proof, git: Git, result: MakeResult, capsys: pytest.CaptureFixture[str]
) -> None:
    result().write()
    assert run_to_the_end(proof, Wish(most_s=0, restart=True)) == 0
    assert "the committed result stays" in capsys.readouterr().out
    assert read_result("example") == result()
    result(digest="0").write()
    assert run_to_the_end(proof, Wish(most_s=0, restart=True)) == 0
    written = read_result("example")
    assert written is not None
    assert written.count == 10


def test_renewing_runs_what_is_due_within_the_time(
    proof: Proof, git: Git, result: MakeResult, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {name: dataclasses.replace(proof, name=name) for name in ("holds", "stale")}
    monkeypatch.setattr(command_line, "all_proofs", lambda: known)
    result(name="holds").write()
    result(name="stale", digest="0").write()
    assert command_line.main(["--oldest", "--minutes", "5", "--processes", "2"]) == 0
    said = capsys.readouterr().out
    assert said.index("stale: seed") < said.index("holds: seed")
    first = {name: read_result(name) for name in known}
    assert {each.count for each in first.values() if each} == {25}
    assert command_line.main(["--oldest", "--minutes", "5"]) == 0
    again = {name: read_result(name) for name in known}
    assert all(again[name] != first[name] for name in known)
    assert command_line.main(["--oldest", "--minutes", "0"]) == 0
    assert "not begun: " in capsys.readouterr().out
    assert {name: read_result(name) for name in known} == again


def test_renewing_refuses_a_work_tree_with_changes(
    proof: Proof, git: Git, tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": proof})
    (tree / "minerva" / "new.py").write_text("", encoding="utf-8")
    assert command_line.main(["--oldest", "--minutes", "5"]) == 2
    assert "Commit the changes" in capsys.readouterr().err
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
    proof = Proof("example", "", "cases", target=2, batch=1, slice=1, run=sleeps)
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
