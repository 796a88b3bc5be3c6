"""Which step would have caught which known outcome, and what is missing at each location.

A step can catch an outcome when it looks for a fact that was on record before it. Of such a step one thing is said, in
this order: it flagged and was acted on; it flagged and nothing came of it; it is not in the policy; it was done after
the fact was on record and did not tell; it was due, before the first day or again later, and not done; it was done
before and the policy asks for no repeat; it is in the policy and did not apply.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Union

from minerva.screening.model import CLEAR, FLAG, Chain, Location, Outcome, Result, Step, Worker

ACTED, IGNORED, MISSED, EARLY, UNDONE, LAPSED, OTHERS, ABSENT = (
    "flagged, acted on", "flagged, nothing came of it", "done, did not tell", "done before it was on record, not again",
    "due before the first day, not done", "due again, not done", "in the policy, not for this role or time",
    "not in the policy",
)  # fmt: skip
FAILURES = (ACTED, IGNORED, MISSED, EARLY, UNDONE, LAPSED, OTHERS, ABSENT)
REMEDIES = {
    ACTED: "none: the outcome came all the same; look at what was done",
    IGNORED: "decide who acts on a flag, by when, and keep what was decided",
    MISSED: "ask the vendor which records it reads, and for which places",
    EARLY: "repeat the step, or have the vendor report news",
    UNDONE: "no first day without the step",
    LAPSED: "list each month whose repeat of the step is due, and see that it is done",
    OTHERS: "extend the step to this role, or repeat it",
    ABSENT: "add the step to the policy",
}
MONTH_DAYS = 30.44
GRACE = timedelta(days=30)
"""After a repeated step is due, until it counts as missing."""


class Catch(NamedTuple):
    """What one step could have done about one outcome. fact: what it looks for; days: from the fact being on record to
    the outcome."""

    outcome: Outcome
    step: str
    failure: str
    fact: str
    days: int


class Gap(NamedTuple):
    """One step at one location, of who works there on the day: how many it applies to, have it done in time, never
    done, overdue, and have a flag that nothing came of."""

    step: str
    due: int
    done: int
    never: int
    overdue: int
    ignored: int


class Place(NamedTuple):
    """A location with its gaps, outcomes, and the share of steps that are done (None where none is due)."""

    location: Location
    staff: int
    outcomes: int
    gaps: tuple[Gap, ...]
    done: Union[float, None]


class StepValue(NamedTuple):
    """A step over all outcomes: by failure how many it could have caught, and how many no other step could have."""

    step: Step
    counts: Mapping[str, int]
    alone: int


class Analysis(NamedTuple):
    """catches: of each outcome and step; uncatchable: outcomes of which no fact was on record that a step looks for;
    steps: those that could have caught most first; places: those with the least done first."""

    catches: tuple[Catch, ...]
    uncatchable: tuple[Outcome, ...]
    steps: tuple[StepValue, ...]
    places: tuple[Place, ...]


def analyze(chain: Chain) -> Analysis:
    """Returns the analysis of a chain. Cost: rows times steps, and sorting."""
    told = _told(chain.results)
    staff: dict[str, list[Worker]] = {}
    here: dict[str, list[Worker]] = {}
    for worker in chain.staff:
        staff.setdefault(worker.key, []).append(worker)
        if worker.left is None or worker.left > chain.as_of:
            here.setdefault(worker.location_id, []).append(worker)
    finds = [frozenset(step.finds) for step in chain.steps]
    catches: list[Catch] = []
    uncatchable: list[Outcome] = []
    counts: dict[str, Counter[str]] = {step.name: Counter() for step in chain.steps}
    alone: Counter[str] = Counter()
    for outcome in sorted(chain.outcomes, key=lambda each: (each.day, each.outcome_id)):
        first = _first_facts(outcome)
        workers = [each for each in staff.get(outcome.key, ()) if each.hired <= outcome.day]
        found = [
            _catch(outcome, step, min((first[kind], kind) for kind in kinds), workers, told)
            for step, wanted in zip(chain.steps, finds) if (kinds := first.keys() & wanted)
        ]  # fmt: skip
        for each in found:
            counts[each.step][each.failure] += 1
        if len({each.step for each in found}) == 1:
            alone[found[0].step] += len(found)
        if not found:
            uncatchable.append(outcome)
        catches += found
    steps = sorted((_value(step, counts[step.name], alone[step.name]) for step in chain.steps),
                   key=lambda each: (-sum(each.counts.values()), each.step.name))  # fmt: skip
    outcomes = Counter(each.location_id for each in chain.outcomes)
    places = [_place(each, here.get(each.location_id, []), chain, told, outcomes[each.location_id])
              for each in chain.locations]  # fmt: skip
    places.sort(key=lambda each: (each.done is None, each.done or 0.0, each.location.location_id))
    return Analysis(tuple(catches), tuple(uncatchable), tuple(steps), tuple(places))


class _Told(NamedTuple):
    """The answers of one worker and step, in order of their days. flags, acted, clear: the days of flags, of flags that
    something came of, and of clear answers; last: the last flag or clear answer, None where there is neither."""

    flags: list[date]
    acted: list[date]
    clear: list[date]
    last: Union[Result, None]


_NOTHING = _Told([], [], [], None)


def _told(results: Iterable[Result]) -> dict[tuple[str, str], _Told]:
    found: dict[tuple[str, str], _Told] = {}
    for each in sorted(results, key=lambda each: each.day):
        if each.answer not in (CLEAR, FLAG):
            continue
        key = (each.key, each.step)
        told = found.get(key) or _Told([], [], [], None)
        (told.flags if each.answer == FLAG else told.clear).append(each.day)
        if each.answer == FLAG and each.acted:
            told.acted.append(each.day)
        found[key] = told._replace(last=each)
    return found


def _first_facts(outcome: Outcome) -> dict[str, date]:
    """Kind -> since when it is on record, of the facts from before the outcome."""
    found: dict[str, date] = {}
    for fact in outcome.facts:
        if fact.since < outcome.day:
            found[fact.kind] = min(fact.since, found.get(fact.kind, fact.since))
    return found


def _catch(
    outcome: Outcome, step: Step, fact: tuple[date, str], workers: Iterable[Worker],
    answers: Mapping[tuple[str, str], _Told],
) -> Catch:  # fmt: skip
    since, kind = fact
    told = answers.get((outcome.key, step.name), _NOTHING)
    cleared = bisect_left(told.clear, outcome.day)  # how many clear answers are from before the outcome
    if told.flags and told.flags[0] < outcome.day:
        failure = ACTED if told.acted and told.acted[0] < outcome.day else IGNORED
    elif not step.in_policy:
        failure = ABSENT
    elif cleared and told.clear[cleared - 1] >= since:
        failure = MISSED
    elif due := {name for worker in workers if (name := _due_between(step, worker, since, outcome.day))}:
        failure = UNDONE if UNDONE in due else LAPSED
    elif cleared:
        failure = EARLY
    else:
        failure = OTHERS
    return Catch(outcome, step.name, failure, kind, (outcome.day - since).days)


def applies(step: Step, worker: Worker) -> bool:
    """True where a step of the policy is for a worker's role."""
    return step.in_policy and (step.before_hire or step.every_months > 0) and (
        not step.roles or worker.role in step.roles)  # fmt: skip


def _due_between(step: Step, worker: Worker, first: date, last: date) -> str:
    """UNDONE or LAPSED where the policy asked for a step of a worker after a fact was on record and before an outcome:
    before the first day, or as a repeat; else ""."""
    if not applies(step, worker):
        return ""
    if step.before_hire and first <= worker.hired <= last:
        return UNDONE
    if not step.every_months:
        return ""
    days = round(step.every_months * MONTH_DAYS)
    worked, until = (first - worker.hired).days, (last - worker.hired).days
    first_repeat = max(1, -(-worked // days)) * days  # the first that is not before `first`
    return LAPSED if first_repeat <= until else ""


def _value(step: Step, counts: Mapping[str, int], alone: int) -> StepValue:
    return StepValue(step, {name: counts[name] for name in FAILURES if counts.get(name)}, alone)


def _place(
    location: Location, staff: Sequence[Worker], chain: Chain, told: Mapping[tuple[str, str], _Told], outcomes: int
) -> Place:  # fmt: skip
    gaps = tuple(gap for step in chain.steps if (gap := _gap(step, staff, told, chain.as_of)).due)
    due = sum(gap.due for gap in gaps)
    done = sum(gap.done for gap in gaps) / due if due else None
    return Place(location, len(staff), outcomes, gaps, done)


def _gap(step: Step, staff: Iterable[Worker], answers: Mapping[tuple[str, str], _Told], as_of: date) -> Gap:
    due = done = never = overdue = ignored = 0
    until = timedelta(days=round(step.every_months * MONTH_DAYS)) + GRACE
    for worker in staff:
        if not applies(step, worker):
            continue
        last = answers.get((worker.key, step.name), _NOTHING).last
        if not step.before_hire and last is None and as_of - worker.hired < until:
            continue  # its first time has not come
        due += 1
        if last is None:
            never += 1
        elif step.every_months and as_of - last.day > until:
            overdue += 1
        else:
            done += 1
        ignored += last is not None and last.answer == FLAG and not last.acted
    return Gap(step.name, due, done, never, overdue, ignored)
