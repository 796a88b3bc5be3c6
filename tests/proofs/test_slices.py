"""Slices run side by side, the same ones for the same code, and one that fails or crashes does not stop the others."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from proofs import command_line
from proofs.model import Proof
from proofs.slices import run_slices, seeds_of_code
from tests.proofs import claims


def test_a_slice_reports_each_failure_with_its_seed(
    proof: Proof, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = dataclasses.replace(proof, run=claims.every_seventh_fails, slice=10)
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": wrong})
    found = [line for each in run_slices({"example": wrong}, {"example": [11]}, 1) for line in each.failures]
    assert found == ["example (seed 11): 11/35"]
    assert command_line.main(["--slice", "--seed", "11"]) == 1
    said = capsys.readouterr().out
    assert "seed 11" in said
    assert "example (seed 11): 11/35" in said
    assert "make the input a committed case" in said


def test_a_slice_that_tries_too_little_is_a_failure(proof: Proof) -> None:
    lazy = dataclasses.replace(proof, run=claims.tries_too_little)
    assert "only 4 of 5" in next(run_slices({"example": lazy}, {"example": [1]}, 1)).failures[0]


def test_slices_are_told_in_order_and_none_stops_the_others(proof: Proof) -> None:
    runs = {"a": claims.crashes, "b": claims.holds, "c": claims.raises, "d": claims.holds}
    chosen = {name: dataclasses.replace(proof, name=name, run=run) for name, run in runs.items()}
    done = list(run_slices(chosen, {name: [1] for name in chosen}, 2))
    assert [each.proof.name for each in done] == ["a", "b", "c", "d"]
    assert [bool(each.failures) for each in done] == [True, False, True, False]
    assert "BrokenProcessPool" in done[0].failures[0]
    assert "the proof is at fault" in done[2].failures[0]


def test_the_seed_of_a_slice_follows_from_the_code(
    proof: Proof, tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": proof})
    before = seeds_of_code({"example": proof})
    assert command_line.main(["--slice"]) == 0
    assert f"seed {before['example'][0]}," in capsys.readouterr().out
    (tree / "minerva" / "other.py").write_text("answer = 2\n", encoding="utf-8")
    assert seeds_of_code({"example": proof}) == before
    (tree / "minerva" / "code.py").write_text("answer = 2\n", encoding="utf-8")
    assert seeds_of_code({"example": proof}) != before


def test_new_seeds_are_new_each_time_and_told(
    proof: Proof, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": proof})
    assert command_line.main(["--slice", "--new-seeds", "3", "--processes", "2"]) == 0
    said = capsys.readouterr().out
    seeds = {line.split("seed ")[1].split(",")[0] for line in said.splitlines() if "seed " in line}
    assert len(seeds) == 3
    assert "3 slices, 0 failures" in said


def test_a_slice_with_the_same_seed_has_the_same_ids_sets_and_chance(
    proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling = {"example": dataclasses.replace(proof, run=claims.tells_chance)}
    told = []
    for seed, hash_seed in ((1, "77"), (1, "78"), (2, "77")):
        monkeypatch.setenv("PYTHONHASHSEED", hash_seed)
        line = next(run_slices(telling, {"example": [seed]}, 1)).failures[0]
        told.append(line.removeprefix(f"example (seed {seed}): "))
    assert told[0] == told[1]
    assert told[0] != told[2]
    assert os.environ["PYTHONHASHSEED"] == "77"


def test_a_slice_that_cannot_run_here_is_told_and_in_ci_a_failure(
    proof: Proof, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    unable = dataclasses.replace(proof, name="unable", needs=("no_such_library",))
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": proof, "unable": unable})
    for nothing_left_out, code in (("", 0), ("1", 1)):
        monkeypatch.setenv("CI", nothing_left_out)
        assert command_line.main(["--slice"]) == code
        said = capsys.readouterr().out
        assert "unable: no slice was run, no_such_library is not installed" in said
        assert "  example: 5 cases" in said


def test_a_slice_is_left_out_by_name(
    proof: Proof, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = dataclasses.replace(proof, name="other")
    monkeypatch.setattr(command_line, "all_proofs", lambda: {"example": proof, "other": other})
    assert command_line.main(["--slice", "--without", "other"]) == 0
    said = capsys.readouterr().out
    assert "1 slices, 0 failures" in said
    assert "other" not in said
    with pytest.raises(SystemExit):
        command_line.main(["--slice", "--without", "another"])
    assert "no proof is named another" in capsys.readouterr().err
