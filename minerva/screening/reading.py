"""A chain from its JSON document: what cannot be read is left out and named by its place, never by its content.

Staff keys may be plain (a number, a name) or hashed already; either becomes a short hash under the salt of this run, so
that no report names a person and two reports cannot be laid side by side.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar, Union

from minerva.screening.model import ANSWERS, Chain, ChainError, Fact, Location, Outcome, Result, Step, Worker

MOST_ROWS, MOST_STEPS, MOST_WORDS, MOST_FACTS, MOST_JOBS = 2_000_000, 100, 50, 100, 100
"""Rows of a list; steps of a policy; words of one row's list; facts of one outcome; employments of one worker."""
_EARLIEST = date(1950, 1, 1)
Row = Mapping[str, Any]
Read = TypeVar("Read")


def read_chain(document: Any, salt: bytes) -> Chain:
    """Returns the chain of a document: {"name", "as_of", "policy", "locations", "staff", "results", "outcomes"}, the
    last five lists of objects. Raises ChainError where the whole cannot be read."""
    if not isinstance(document, dict):
        raise ChainError("expected one JSON object: name, as_of, policy, locations, staff, results, outcomes")
    as_of = _day(document.get("as_of"))
    if as_of is None:
        raise ChainError("as_of: expected a date as in 2026-12-01")
    read = _Reader(salt, as_of)
    steps = read.rows(document, "policy", read.step)
    if len(steps) > MOST_STEPS:
        raise ChainError(f"policy: expected at most {MOST_STEPS} steps")
    if not steps:
        raise ChainError("policy: expected at least one step with name, finds, before_hire or every_months")
    locations = read.rows(document, "locations", read.location)
    read.known = {each.location_id for each in locations}
    read.steps = {each.name for each in steps}
    return Chain(
        _text(document.get("name")) or "The chain", as_of, steps, locations, read.rows(document, "staff", read.worker),
        read.rows(document, "results", read.result), read.rows(document, "outcomes", read.outcome),
        tuple(read.problems),
    )  # fmt: skip


class _Reader:
    """Reads rows one by one and keeps what was wrong with others."""

    def __init__(self, salt: bytes, as_of: date) -> None:
        self.salt, self.as_of = salt, as_of
        self.problems: list[str] = []
        self.known: set[str] = set()
        self.steps: set[str] = set()
        self.jobs: Counter[str] = Counter()

    def rows(self, document: Row, name: str, read: Callable[[Row], Read]) -> tuple[Read, ...]:
        """Returns the rows of a list that can be read."""
        given = document.get(name, [])
        if not isinstance(given, list) or len(given) > MOST_ROWS:
            raise ChainError(f"{name}: expected a list of at most {MOST_ROWS:,} objects")
        return tuple(self._each(given, name, read))

    def _each(self, given: list[Any], name: str, read: Callable[[Row], Read]) -> Iterator[Read]:
        for number, row in enumerate(given, 1):
            try:
                if not isinstance(row, dict):
                    raise ChainError("expected an object")
                yield read(row)
            except ChainError as error:
                self.problems.append(f"{name}, row {number}: {error}")

    def key(self, row: Row) -> str:
        """Returns the opaque key of a row's worker."""
        given = _needed(row, "staff")
        return hmac.new(self.salt, given.casefold().encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:10]

    def step(self, row: Row) -> Step:
        months = row.get("every_months", 0)
        if not isinstance(months, int) or isinstance(months, bool) or not 0 <= months <= 120:
            raise ChainError("every_months: expected a whole number from 0 to 120")
        return Step(_needed(row, "name"), _texts(row, "roles"), row.get("before_hire") is True, months,
                    _texts(row, "finds"), row.get("in_policy", True) is not False)  # fmt: skip

    def location(self, row: Row) -> Location:
        signals = row.get("signals") or {}
        if not isinstance(signals, dict) or len(signals) > MOST_WORDS or not all(
            isinstance(each, int) and each >= 0 for each in signals.values()
        ):  # fmt: skip
            raise ChainError(f"signals: expected at most {MOST_WORDS} names with whole numbers from 0 on")
        location_id = _needed(row, "location")
        told = tuple(sorted((str(name), count) for name, count in signals.items()))
        return Location(location_id, _text(row.get("label")) or location_id, _text(row.get("region")), told)

    def worker(self, row: Row) -> Worker:
        hired, left = self._dated(row, "hired"), _day(row.get("left"))
        if left is not None and left < hired:
            raise ChainError("left: expected a date after hired")
        found = Worker(self.key(row), self._at(row), _text(row.get("role")), hired, left)
        self.jobs[found.key] += 1
        if self.jobs[found.key] > MOST_JOBS:
            raise ChainError(f"staff: one worker has more than {MOST_JOBS} employments")
        return found

    def result(self, row: Row) -> Result:
        answer, step = _needed(row, "answer"), _needed(row, "step")
        if answer not in ANSWERS:
            raise ChainError(f"answer: expected one of {', '.join(ANSWERS)}")
        if step not in self.steps:
            raise ChainError("step: expected the name of a step of the policy")
        return Result(self.key(row), step, self._dated(row, "day"), answer, row.get("acted") is True)

    def outcome(self, row: Row) -> Outcome:
        given = row.get("facts") or []
        if not isinstance(given, list) or len(given) > MOST_FACTS:
            raise ChainError(f"facts: expected a list of at most {MOST_FACTS} objects")
        facts = [each for each in given if isinstance(each, dict)]
        told = tuple(Fact(_needed(each, "kind"), self._dated(each, "since")) for each in facts)
        return Outcome(_needed(row, "outcome"), self.key(row), self._at(row), self._dated(row, "day"),
                       _text(row.get("kind")) or "not said", told)  # fmt: skip

    def _at(self, row: Row) -> str:
        location = _needed(row, "location")
        if location not in self.known:
            raise ChainError("location: expected one of locations")
        return location

    def _dated(self, row: Row, name: str) -> date:
        day = _day(row.get(name))
        if day is None or day < _EARLIEST or day > self.as_of:
            raise ChainError(f"{name}: expected a date as in 2026-03-01, from 1950 on and not after as_of")
        return day


def _day(value: Any) -> Union[date, None]:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(value: Any) -> str:
    return " ".join(str(value).split())[:200] if isinstance(value, (str, int)) else ""


def _needed(row: Row, name: str) -> str:
    text = _text(row.get(name))
    if not text:
        raise ChainError(f"{name}: expected a text")
    return text


def _texts(row: Row, name: str) -> tuple[str, ...]:
    given = row.get(name) or []
    listed = given if isinstance(given, list) else [given]
    if len(listed) > MOST_WORDS:
        raise ChainError(f"{name}: expected at most {MOST_WORDS} texts")
    return tuple(filter(None, map(_text, listed)))
