"""The guided inputs: bytes make texts of every part, what fails is told, and a process that dies is a failure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from proofs import identifiers_guided
from proofs.identifiers_guided import PROOF, described, run

needs_atheris = pytest.mark.skipif(bool(PROOF.missing), reason="atheris has no wheel for this machine")


def test_bytes_make_texts_of_pieces_numbers_and_every_plane() -> None:
    texts: list[str] = []

    def keep(text: str, region: str | None, kinds: Sequence[str] | None) -> str | None:
        texts.append(text)
        return None

    told: list[str | None] = []
    made = described(keep, told.append)
    chance = random.Random(9)
    for _ in range(400):
        made(chance.randbytes(200))
    assert len(told) == len(texts) > 100
    characters = set("".join(texts))
    assert {"0", "9", "@", " "} < characters
    assert any("\ud800" <= character <= "\udfff" for character in characters)
    assert any(character > "\uffff" for character in characters)


def test_what_fails_is_told_with_its_input_and_the_rest_goes_on() -> None:
    told: list[str | None] = []
    made = described(lambda text, region, kinds: "wrong here" if len(told) % 2 else None, told.append)
    chance = random.Random(9)
    for _ in range(50):
        made(chance.randbytes(200))
    failed = [line for line in told if line is not None]
    assert len(failed) == len(told) // 2 > 5
    assert all(line.endswith("'wrong here'") and " for " in line for line in failed)


@pytest.mark.full
@needs_atheris
def test_a_batch_tries_as_many_inputs_as_asked() -> None:
    outcome = run(3, 0, 150)
    assert (outcome.count, outcome.failures) == (150, [])


def test_a_process_that_dies_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(identifiers_guided, "ROOT", tmp_path)
    outcome = run(3, 0, 10)
    assert outcome.count == 0
    assert "before its inputs were tried" in outcome.failures[0]
