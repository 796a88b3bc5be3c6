"""The shapes of a chain's screening: locations, policy, staff, what vendors answered, known outcomes. No logic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Union

CLEAR, FLAG, NO_ANSWER = "clear", "flag", "no answer"
ANSWERS = (CLEAR, FLAG, NO_ANSWER)


class ChainError(ValueError):
    """A chain cannot be read; the message says where and what is expected, and repeats no value of a person."""


@dataclass(frozen=True)
class Step:
    """One check of the policy. roles: to whom it applies, () for all; before_hire: done by then; every_months: again
    after so many, 0 for never; finds: the facts that it looks for."""

    name: str
    roles: tuple[str, ...]
    before_hire: bool
    every_months: int
    finds: tuple[str, ...]
    in_policy: bool = True


@dataclass(frozen=True)
class Location:
    """signals: customer-side counts by name, such as complaints."""

    location_id: str
    label: str
    region: str
    signals: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Worker:
    """key: opaque, made of what the chain gave; left: None for who still works there."""

    key: str
    location_id: str
    role: str
    hired: date
    left: Union[date, None]


@dataclass(frozen=True)
class Result:
    """What a vendor answered of one worker and step; acted: whether something came of a flag."""

    key: str
    step: str
    day: date
    answer: str
    acted: bool


@dataclass(frozen=True)
class Fact:
    """Something on record that a step could find. since: from when on."""

    kind: str
    since: date


@dataclass(frozen=True)
class Outcome:
    """A known bad outcome of a worker. facts: what was on record before it."""

    outcome_id: str
    key: str
    location_id: str
    day: date
    kind: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Chain:
    """Everything of a chain; as_of: the day that is looked from. problems: rows that were left out, in words."""

    name: str
    as_of: date
    steps: tuple[Step, ...]
    locations: tuple[Location, ...]
    staff: tuple[Worker, ...]
    results: tuple[Result, ...]
    outcomes: tuple[Outcome, ...]
    problems: tuple[str, ...]
