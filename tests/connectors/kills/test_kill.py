"""A kill at any step loses no record and, where the index can be asked, makes no second copy."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from minerva.intake.errors import StateError
from minerva.intake.running.state import MAX_FRUITLESS, State, reconcile
from proofs import intake_kills
from tests.connectors.kills import kill_child
from tests.connectors.kills.forked import forked
from tests.connectors.kills.kill_child import RECORDS, prepare

STEPS = [*intake_kills.STEPS, "after confirm"]


def run_child(folder: Path, scratch: Path, step: str, count: int, asks: bool) -> int:
    return forked(lambda: kill_child.main(folder, scratch, step, count, asks))


def stratified() -> list[intake_kills.Point]:
    """200 places of a kill: every named step at each batch, the rest spread over the statements of the checkpoint."""
    points = [
        intake_kills.Point(step, count, asks)
        for step in intake_kills.STEPS
        for count in range(1, RECORDS // intake_kills.BATCH + 1)
        for asks in (True, False)
    ]
    for asks, wanted in ((True, 100), (False, 60)):
        most = intake_kills.STATEMENTS[asks]
        numbers = [1 + number * most // wanted for number in range(wanted)]
        points += [intake_kills.Point(kill_child.STATEMENT, number, asks) for number in numbers]
    return points


def test_kills_are_two_hundred_places() -> None:
    assert len(set(stratified())) == 200


@pytest.mark.parametrize("asks", [True, False])
def test_kills_over_steps_and_statements_lose_nothing_and_double_nothing(asks: bool) -> None:
    points = [point for point in stratified() if point.asks is asks]
    assert [problem for problem in map(intake_kills.killed_at, points) if problem] == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("step", STEPS)
def test_kill_then_run_again_loses_nothing_and_doubles_nothing(tmp_path: Path, step: str, count: int) -> None:
    folder = prepare(tmp_path)
    killed = run_child(folder, tmp_path, step, 1 if step == "after confirm" else count, True)
    assert killed == -signal.SIGKILL
    assert run_child(folder, tmp_path, "none", 0, True) == 0
    assert run_child(folder, tmp_path, "none", 0, True) == 0
    index = (tmp_path / "index.txt").read_text().split()
    assert (len(set(index)), len(index)) == (RECORDS, RECORDS)


@pytest.mark.parametrize("step", STEPS[:-1])
def test_kill_without_a_way_to_ask_still_loses_nothing(tmp_path: Path, step: str) -> None:
    folder = prepare(tmp_path)
    assert run_child(folder, tmp_path, step, 2, False) == -signal.SIGKILL
    assert run_child(folder, tmp_path, "none", 0, False) == 0
    index = (tmp_path / "index.txt").read_text().split()
    assert len(set(index)) == RECORDS
    assert len(index) <= RECORDS + 4  # at most the one batch that nobody knows about


def test_killed_indexer_gets_its_lost_records_again(tmp_path: Path) -> None:
    folder = prepare(tmp_path)
    assert run_child(folder, tmp_path, "none", 0, False) == 0
    index = tmp_path / "index.txt"
    kept = index.read_text().split()[:7]
    index.write_text("".join(f"{item}\n" for item in kept))
    for _ in range(2):
        assert run_child(folder, tmp_path, "none", 0, True) == 0
    found = index.read_text().split()
    assert (len(set(found)), len(found)) == (RECORDS, RECORDS)


def test_second_run_of_the_same_input_is_refused(tmp_path: Path) -> None:
    first = State(tmp_path / "s.sqlite")
    first.move({"a": 1})
    with pytest.raises(StateError, match="another run"):
        State(tmp_path / "s.sqlite")
    first.close()
    second = State(tmp_path / "s.sqlite")
    assert second.position == {"a": 1}
    second.close()


def test_index_that_never_shows_anything_does_not_get_everything_again_for_ever(tmp_path: Path) -> None:
    state = State(tmp_path / "s.sqlite")
    missing = []
    for _ in range(MAX_FRUITLESS + 2):
        batch = [f"{number:032x}" for number in range(3)]
        new = [item for item in batch if item not in state.known(batch)]
        if new:
            state.emitted(state.intend(new, {}), {"done": 1})
        missing.append(reconcile(state, lambda _: set(), lambda _: None, again=True).missing)
    state.close()
    assert missing == [3] * MAX_FRUITLESS + [0, 0]


def test_confirmed_records_are_never_asked_for_again(tmp_path: Path) -> None:
    state = State(tmp_path / "s.sqlite")
    state.emitted(state.intend([f"{1:032x}", f"{2:032x}"], {}), {})
    reconcile(state, lambda ids: set(ids), lambda _: None, again=False)
    assert (state.pending(), state.count()) == ([], 2)
    state.close()
