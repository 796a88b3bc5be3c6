"""Steps run side by side as their needs and the processors allow; one that fails stops no other; the table adds up."""

from __future__ import annotations

import threading

import pytest

from assembly import checks, paths
from assembly.steps import Outcome, Step, Time, hand_over, handed_over, run_steps, table


class Watch:
    """Counts the steps that run at the same time, and keeps the order in which they began."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.most = self._now = 0
        self._lock = threading.Lock()

    def step(self, name: str, after: tuple[str, ...] = (), places: int = 1) -> Step:
        def run() -> Outcome:
            with self._lock:
                self.begun.append(name)
                self._now += places
                self.most = max(self.most, self._now)
            with self._lock:
                self._now -= places
            return Outcome()

        return Step(name, run, after, places)


def silent(_: str) -> None:
    """Prints nothing."""


def test_steps_that_need_nothing_run_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=30)

    def meets() -> Outcome:
        both.wait()  # ends only if the other one runs too
        return Outcome()

    ended = run_steps([Step("one", meets), Step("two", meets)], 2, silent)
    assert [(step.name, outcome.problems) for step, outcome, _ in ended] == [("one", []), ("two", [])]


def test_no_more_places_are_taken_than_there_are() -> None:
    watch = Watch()
    run_steps([watch.step(str(number), places=number % 3 + 1) for number in range(12)], 3, silent)
    assert len(watch.begun) == 12
    assert watch.most <= 3


def test_a_step_that_asks_for_more_places_than_there_are_runs_alone() -> None:
    watch = Watch()
    run_steps([watch.step("wide", places=9), watch.step("narrow")], 2, silent)
    assert sorted(watch.begun) == ["narrow", "wide"]


def test_a_step_waits_for_what_it_needs_and_a_smaller_one_goes_first() -> None:
    watch = Watch()
    steps = [watch.step("inspect", after=("build",)), watch.step("build"), watch.step("lint", after=("not asked for",))]
    ended = run_steps(steps, 1, silent)
    assert watch.begun.index("build") < watch.begun.index("inspect")
    assert "lint" in watch.begun
    assert [step.name for step, _, _ in ended] == ["inspect", "build", "lint"]


@pytest.mark.parametrize("error", [OSError("disk full"), SystemExit(0)], ids=["an error", "an exit that says good"])
def test_what_raises_is_a_problem_of_its_own_step(error: BaseException) -> None:
    def breaks() -> Outcome:
        raise error

    said: list[str] = []
    ended = run_steps([Step("breaks", breaks), Step("holds", Outcome)], 1, said.append)
    assert [outcome.problems for _, outcome, _ in ended] == [[f"{type(error).__name__}: {error}"], []]
    assert f"{type(error).__name__}: {error}\n  FAILED: breaks" in said[0]


def test_a_step_that_needs_what_failed_is_not_run_and_does_not_pass() -> None:
    watch = Watch()
    steps = [Step("build", lambda: Outcome(["no disk"])), watch.step("inspect", after=("build",))]
    ended = run_steps(steps, 2, silent)
    assert watch.begun == []
    assert ended[1][1].problems == ["not run, since this failed: build"]


def test_steps_that_wait_for_each_other_are_refused() -> None:
    steps = [Step("one", Outcome, ("two",)), Step("two", Outcome, ("one",))]
    with pytest.raises(ValueError, match="wait for each other: one, two"):
        run_steps(steps, 2, silent)


def test_what_had_nothing_to_do_says_nothing() -> None:
    said: list[str] = []
    run_steps([Step("there already", lambda: Outcome(idle=True))], 1, said.append)
    assert said == []


def test_the_table_shows_set_up_first_and_counts_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINERVA_SETUP_TIMES", "[]")
    hand_over([Time("Python environment", 0.0, 40.0)])
    ended = [
        (Step("tests", Outcome), Outcome(note="12 passed"), Time("tests", 0.0, 200.0)),
        (Step("types", Outcome), Outcome(["a.py:3"]), Time("types", 5.0, 25.0)),
        (Step("proofs", Outcome), Outcome(warnings=["stale"]), Time("proofs", 25.0, 30.0)),
    ]
    lines = table(ended, handed_over())
    assert lines[1].split() == ["set", "up", "0", "40", "40", "Python", "environment"]
    assert lines[2].split() == ["passed", "40", "240", "200", "tests", "(12", "passed)"]
    assert lines[3].split()[:4] == ["FAILED", "45", "65", "20"]
    assert "1 to see to" in lines[4]
    assert lines[-1] == "2 of 3 steps passed, 240 s in all"


def test_the_longest_steps_of_test_begin_before_short_ones() -> None:
    begun = [step.name for step in checks.test_steps()]
    long = [checks.BUILT, f"AppInspect {paths.ADDON}", f"AppInspect {paths.APP}", checks.SLICES]
    assert begun[0] == "tests"
    assert [name for name in begun if name in long] == long
    short = [name for name in begun if " under Python " in name or name == checks.TENANTS_BUILT]
    assert len(short) == 5
    assert begun.index(checks.SLICES) < min(map(begun.index, short))
