"""Steps of a run, started side by side as soon as what they need is there; each ends as one line, all as one table.

A step says how many processors it keeps busy, so that a run uses those of the machine and no more. Standard library
only, since the set-up of a fresh machine is made of steps too.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field

SETUP_TIMES = "MINERVA_SETUP_TIMES"
"""Environment variable in which the set-up hands its times to the run that follows in `.venv`, as JSON."""
_printing = threading.Lock()


@dataclass
class Outcome:
    """What a step ended with. `problems` empty = passed; `note` is shown beside the name."""

    problems: list[str] = field(default_factory=list)
    note: str = ""
    warnings: list[str] = field(default_factory=list)
    idle: bool = False
    """There was nothing to do: neither a line nor a row of the table says so."""


@dataclass(frozen=True)
class Step:
    """A piece of work. `after` names the steps that must have passed first, else it is not run; one that is no part of
    the run is passed over. `places` is the number of processors it keeps busy."""

    name: str
    run: Callable[[], Outcome]
    after: tuple[str, ...] = ()
    places: int = 1


@dataclass(frozen=True)
class Time:
    """When a step ran, in seconds from the beginning of its run."""

    name: str
    begun_s: float
    ended_s: float


def run_steps(
    steps: Sequence[Step], places: int, show: Callable[[str], None] | None = None
) -> list[tuple[Step, Outcome, Time]]:
    """Runs every step and returns what each ended with, in the order given.

    Of the steps that are ready the first one starts while the running ones leave enough of `places`; a step that asks
    for more than there are runs alone. An exception of a step is its problem and stops no other.
    """
    say = show or say_line
    start = time.monotonic()
    waiting = list(steps)
    names = {step.name for step in steps}
    running: dict[Future[tuple[Outcome, Time]], Step] = {}
    ended: dict[str, tuple[Outcome, Time]] = {}
    with ThreadPoolExecutor(max(len(steps), 1)) as pool:
        while waiting or running:
            for step in list(waiting):
                busy = sum(min(other.places, places) for other in running.values())
                ready = all(name in ended for name in step.after if name in names)
                if ready and busy + min(step.places, places) <= places:
                    waiting.remove(step)
                    failed = [name for name in step.after if name in ended and ended[name][0].problems]
                    running[pool.submit(_timed, step, start, failed)] = step
            if not running:
                raise ValueError(f"steps wait for each other: {', '.join(step.name for step in waiting)}")
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                step = running.pop(future)
                outcome, spent = ended[step.name] = future.result()
                if not outcome.idle:
                    say("\n".join(_ending(step, outcome, spent)))
    return [(step, *ended[step.name]) for step in steps]


def _timed(step: Step, start: float, failed: Sequence[str]) -> tuple[Outcome, Time]:
    begun = time.monotonic() - start
    try:
        outcome = Outcome([f"not run, since this failed: {', '.join(failed)}"]) if failed else step.run()
    except (Exception, SystemExit) as error:  # the runner's edge: whatever a step raises is that step's problem
        outcome = Outcome([f"{type(error).__name__}: {error}"])
    return outcome, Time(step.name, begun, time.monotonic() - start)


def _ending(step: Step, outcome: Outcome, spent: Time) -> Iterable[str]:
    yield from (f"    {line}" for line in (*outcome.problems, *outcome.warnings))
    yield f"  {_word(outcome)}: {step.name}, {spent.ended_s - spent.begun_s:.0f} s"


def _word(outcome: Outcome) -> str:
    if outcome.problems:
        return "FAILED"
    return f"passed, {len(outcome.warnings)} to see to" if outcome.warnings else "passed"


def say_line(text: str) -> None:
    """Prints lines as a whole, so that those of steps side by side do not mix."""
    with _printing:
        print(text, flush=True)


def hand_over(times: Iterable[Time]) -> None:
    """Leaves the times of the set-up for the run that follows."""
    os.environ[SETUP_TIMES] = json.dumps([asdict(each) for each in times])


def handed_over() -> list[Time]:
    """Returns the times of the set-up before this run; none where it had nothing to do."""
    return [Time(**each) for each in json.loads(os.environ.get(SETUP_TIMES, "[]"))]


def table(ended: Sequence[tuple[Step, Outcome, Time]], before: Sequence[Time]) -> list[str]:
    """Returns the summary: what passed, and where the time went, set-up first."""
    prepared = max((each.ended_s for each in before), default=0.0)
    rows = [("set up", each.name, each, "") for each in before]
    rows += [(_word(outcome), step.name, _later(spent, prepared), outcome.note) for step, outcome, spent in ended]
    width = max((len(word) for word, *_ in rows), default=0)
    lines = [f"{'':{width + 2}}  from     to  seconds"]
    for word, name, spent, note in rows:
        seconds = spent.ended_s - spent.begun_s
        beside = f"  ({note})" if note else ""
        lines.append(f"  {word:<{width}} {spent.begun_s:5.0f}  {spent.ended_s:5.0f}  {seconds:7.0f}  {name}{beside}")
    failed = sum(bool(outcome.problems) for _, outcome, _ in ended)
    whole = max((spent.ended_s for _, _, spent, _ in rows), default=0.0)
    lines.append(f"{len(ended) - failed} of {len(ended)} steps passed, {whole:.0f} s in all")
    return lines


def _later(spent: Time, seconds: float) -> Time:
    return Time(spent.name, spent.begun_s + seconds, spent.ended_s + seconds)
