"""The policy against the oracle's tables: every cell without a condition, and a share of every condition."""

from __future__ import annotations

import random

import pytest

from minerva.policy import Level, decide
from minerva.policy.vocabulary import POLICY_VERSION, PROFILES
from tests.policy.cast import question
from tests.policy.oracle import ACTIONS, CELLS, CONDITIONS, PLAIN, SUBJECTS, Cell, cell, permitted
from tests.policy.reasons import ROWS


def differences(numbers: range | list[int]) -> list[Cell]:
    asked = [cell(number) for number in numbers]
    return [each for each in asked if decide(*question(each)).permits != permitted(each)]


@pytest.mark.parametrize("number", range(len(SUBJECTS)), ids=SUBJECTS)
def test_plain_cells_are_decided_as_the_tables_say(number: int) -> None:
    share = PLAIN // len(SUBJECTS)
    assert differences(range(number * share, (number + 1) * share)) == []


@pytest.mark.parametrize("number", range(1, len(CONDITIONS)), ids=CONDITIONS[1:])
def test_a_condition_takes_away_what_the_tables_say(number: int) -> None:
    chance = random.Random(number)
    assert differences([number * PLAIN + chance.randrange(PLAIN) for _ in range(300)]) == []


def test_the_matrix_is_large_and_says_both() -> None:
    answers = [permitted(cell(number)) for number in range(0, PLAIN, 11)]
    assert PLAIN >= 20_160
    assert PLAIN * len(CONDITIONS) == CELLS
    assert 0.05 < sum(answers) / len(answers) < 0.5
    assert set(ACTIONS) == {cell(number).action for number in range(0, PLAIN, 11) if permitted(cell(number))}


@pytest.mark.parametrize(("asked", "reason", "obligations"), ROWS, ids=[" ".join(map(str, row[0])) for row in ROWS])
def test_reason_and_obligations(asked: Cell, reason: str, obligations: tuple[str, ...]) -> None:
    given = decide(*question(asked))
    assert (given.reason_code, given.obligations, given.policy_version) == (reason, obligations, POLICY_VERSION)
    assert given.permits == permitted(asked)


@pytest.mark.parametrize(("text", "level"), [("L0", 0), ("L6", 6), ("L7", 0), ("", 0), ("6", 0), ("L66", 0), ("l3", 0)])
def test_a_marking_that_says_nothing_is_private(text: str, level: int) -> None:
    assert Level.read(text) == level


def test_no_profile_raises_a_ceiling() -> None:
    for profile in PROFILES.values():
        for field_class, level in profile.ceilings.items():
            assert level <= {"victim_identity": 1, "perpetrator": 4}[field_class]
