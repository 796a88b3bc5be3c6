"""Which step would have caught which known outcome, and what is missing at each location.

A step can catch an outcome when it looks for a fact that was on record before it. Of such a step one thing is said, in
this order: it flagged and was acted on; it flagged and nothing came of it; it is not in the policy; it was done after
the fact was on record and did not tell; it was due and not done; it was done before and the policy asks for no repeat;
it is in the policy and did not apply.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Union

from minerva.screening.model import CLEAR, FLAG, Chain, Location, Outcome, Result, Step, Worker

ACTED, IGNORED, MISSED, EARLY, UNDONE, OTHERS, ABSENT = (
    "flagged, acted on", "flagged, nothing came of it", "done, did not tell", "done before it was on record, not again",
    "due, not done", "in the policy, not for this role or time", "not in the policy",
)  # fmt: skip
FAILURES = (ACTED, IGNORED, MISSED, EARLY, UNDONE, OTHERS, ABSENT)
REMEDIES = {
    ACTED: "none: the outcome came all the same; look at what was done",
    IGNORED: "decide who acts on a flag, by when, and keep what was decided",
    MISSED: "ask the vendor which records it reads, and for which places",
    EARLY: "repeat the step, or have the vendor report news",
    UNDONE: "no first day without the step; list what is due each month",
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
    """Returns the analysis of a chain."""
    results: dict[tuple[str, str], list[Result]] = {}
    for result in sorted(chain.results, key=lambda each: each.day):
        results.setdefault((result.key, result.step), []).append(result)
    staff: dict[str, list[Worker]] = {}
    for worker in chain.staff:
        staff.setdefault(worker.key, []).append(worker)
    catches = [catch for outcome in sorted(chain.outcomes, key=lambda each: (each.day, each.outcome_id))
               for step in chain.steps if (catch := _catch(outcome, step, staff, results))]  # fmt: skip
    caught = {each.outcome for each in catches}
    uncatchable = tuple(each for each in chain.outcomes if each not in caught)
    steps = sorted((_value(step, catches) for step in chain.steps), key=lambda each: (-sum(each.counts.values()),
                                                                                      each.step.name))  # fmt: skip
    outcomes = Counter(each.location_id for each in chain.outcomes)
    places = [_place(location, chain, results, outcomes[location.location_id]) for location in chain.locations]
    places.sort(key=lambda each: (each.done is None, each.done, each.location.location_id))
    return Analysis(tuple(catches), uncatchable, tuple(steps), tuple(places))


def _catch(
    outcome: Outcome, step: Step, staff: Mapping[str, Sequence[Worker]],
    results: Mapping[tuple[str, str], Sequence[Result]],
) -> Union[Catch, None]:  # fmt: skip
    facts = [fact for fact in outcome.facts if fact.kind in step.finds and fact.since < outcome.day]
    if not facts:
        return None
    fact = min(facts, key=lambda each: (each.since, each.kind))
    before = [each for each in results.get((outcome.key, step.name), ()) if each.day < outcome.day]
    flags = [each for each in before if each.answer == FLAG]
    workers = [each for each in staff.get(outcome.key, ()) if each.hired <= outcome.day]
    if flags:
        failure = ACTED if any(each.acted for each in flags) else IGNORED
    elif not step.in_policy:
        failure = ABSENT
    elif any(each.answer == CLEAR and each.day >= fact.since for each in before):
        failure = MISSED
    elif any(_due_between(step, worker, fact.since, outcome.day) for worker in workers):
        failure = UNDONE
    elif any(each.answer == CLEAR for each in before):
        failure = EARLY
    else:
        failure = OTHERS
    return Catch(outcome, step.name, failure, fact.kind, (outcome.day - fact.since).days)


def applies(step: Step, worker: Worker) -> bool:
    """True where a step of the policy is for a worker's role."""
    return step.in_policy and (step.before_hire or step.every_months > 0) and (
        not step.roles or worker.role in step.roles)  # fmt: skip


def _due_between(step: Step, worker: Worker, first: date, last: date) -> bool:
    """True where the policy asked for a step of a worker after a fact was on record and before an outcome."""
    if not applies(step, worker):
        return False
    if step.before_hire and first <= worker.hired <= last:
        return True
    if not step.every_months:
        return False
    day = worker.hired
    while day <= last:
        if day >= first and day > worker.hired:
            return True
        day += timedelta(days=round(step.every_months * MONTH_DAYS))
    return False


def _value(step: Step, catches: Sequence[Catch]) -> StepValue:
    own = [each for each in catches if each.step == step.name]
    others = {each.outcome for each in catches if each.step != step.name}
    counts = Counter(each.failure for each in own)
    return StepValue(step, {name: counts[name] for name in FAILURES if counts[name]},
                     sum(each.outcome not in others for each in own))  # fmt: skip


def _place(
    location: Location, chain: Chain, results: Mapping[tuple[str, str], Sequence[Result]], outcomes: int
) -> Place:
    here = (each for each in chain.staff if each.location_id == location.location_id)
    staff = [each for each in here if each.left is None or each.left > chain.as_of]
    gaps = tuple(gap for step in chain.steps if (gap := _gap(step, staff, results, chain.as_of)).due)
    due = sum(gap.due for gap in gaps)
    done = sum(gap.done for gap in gaps) / due if due else None
    return Place(location, len(staff), outcomes, gaps, done)


def _gap(step: Step, staff: Iterable[Worker], results: Mapping[tuple[str, str], Sequence[Result]], as_of: date) -> Gap:
    due = done = never = overdue = ignored = 0
    for worker in staff:
        if not applies(step, worker):
            continue
        told = [each for each in results.get((worker.key, step.name), ()) if each.answer in (CLEAR, FLAG)]
        again = timedelta(days=round(step.every_months * MONTH_DAYS))
        if not step.before_hire and not told and worker.hired + again + GRACE > as_of:
            continue  # its first time has not come
        due += 1
        if not told:
            never += 1
        elif step.every_months and told[-1].day + again + GRACE < as_of:
            overdue += 1
        else:
            done += 1
        ignored += bool(told) and told[-1].answer == FLAG and not told[-1].acted
    return Gap(step.name, due, done, never, overdue, ignored)
