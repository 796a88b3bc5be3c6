"""Fuzzing of the search language: texts from a grammar and changed searches of the case files.

Only an answer or an SplError may come out, within TIME_LIMIT_S each. Longer runs:
`python -m tests.understudy.spl.fuzz --count 1000000 [--seed N]`.
"""

from __future__ import annotations

import argparse
import itertools
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from tests.understudy.spl.core.conftest import context_of
from tests.understudy.spl.documents.test_cases import ROWS, searches
from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.spl.eval import functions
from understudy.spl.registry import commands
from understudy.spl.statistics.functions import FUNCTIONS

TIME_LIMIT_S = 5.0
MAX_ROWS_READ = 20_000
FIELDS = (
    *("a", "b", "host", "status", "tags", "tags{}", "items{}.name", "_time", "_raw", "csv", "js", "nope", "'x y'"),
    *("*", "h*"),
)
VALUES = (
    *("1", "0", "-1", "2.5", "1e9", "1e308", "99999999999999999999", '""', '"a"', '"%Y-%m-%d"', '"é\\n"', "t", "f"),
    *("*", "-1d@d", "1h", "2log3", "now", '"(?<x>a+)"', '"(a+)+$"', '"a{1,999}"', "[search a=1 | return $a]", "top5"),
)
OPERATORS = ("=", "!=", "<", ">=", "+", "-", "*", "/", "%", ".", " AND ", " OR ", " XOR ", " LIKE ", " IN ", ",")
MARKS = (
    *("|", "[", "]", "(", ")", '"', "'", "`", "```", "\\", ",", "=", "*", "$a$", "<<FIELD>>", "{", "}", "\x00", "\n"),
    *("%", "?"),
)
WORDS = (
    *("by", "as", "where", "over", "OUTPUT", "with", "in", "NOT", "limit=5", "span=1h", "max=0", "count=3", "bins=7"),
    *("mode=sed", "0.1us"),
)


class Slow(BaseException):
    """A search took longer than TIME_LIMIT_S. Not an Exception, so that no handler swallows it."""


@dataclass(frozen=True)
class Fault:
    search: str
    what: str


def expression(chance: random.Random, depth: int = 0) -> str:
    """Returns an eval expression, sometimes with wrong types."""
    kind = chance.random()
    if depth > 3 or kind < 0.3:
        return chance.choice(FIELDS[:-2] + VALUES[:12])
    if kind < 0.6:
        return f"{expression(chance, depth + 1)}{chance.choice(OPERATORS)}{expression(chance, depth + 1)}"
    if kind < 0.65:
        return f"({expression(chance, depth + 1)})"
    name = chance.choice(sorted(functions()))
    arguments = ",".join(expression(chance, depth + 1) for _ in range(chance.randint(0, 4)))
    return f"{name}({arguments})"


def statistic(chance: random.Random) -> str:
    name = chance.choice([*sorted(FUNCTIONS), "perc95", "c", "sparkline"])
    inside = chance.choice([*FIELDS, f"eval({expression(chance, 2)})", ""])
    return f"{name}({inside})" + (f" as {chance.choice(FIELDS)}" if chance.random() < 0.3 else "")


def argument(chance: random.Random, depth: int) -> str:
    """Returns one piece of a command's arguments."""
    kind = chance.random()
    if kind < 0.25:
        return chance.choice(FIELDS)
    if kind < 0.4:
        return chance.choice(VALUES)
    if kind < 0.5:
        return chance.choice(WORDS)
    if kind < 0.65:
        return f"{chance.choice(FIELDS)}={expression(chance, 1)}"
    if kind < 0.8:
        return statistic(chance)
    if kind < 0.9 and depth < 2:
        return f"[{pipeline(chance, depth + 1)}]"
    return expression(chance, 1)


def pipeline(chance: random.Random, depth: int = 0) -> str:
    """Returns a pipeline of up to four commands with arguments that often do not fit."""
    stages = [chance.choice(("search *", "search a>1 OR host=w*", "| makeresults count=5", "| gentimes start=-2"))]
    names = sorted(commands())
    for _ in range(chance.randint(1, 4)):
        count = chance.choice((0, 1, 1, 2, 2, 3, 5))
        stages.append(" ".join([chance.choice(names), *(argument(chance, depth) for _ in range(count))]))
    return " | ".join(stages)


def mutated(chance: random.Random, corpus: list[str]) -> str:
    """Returns a search of the corpus with a few changes: cut, doubled, joined, or with marks put in."""
    text = chance.choice(corpus)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        other = min(len(text), at + chance.randint(1, 8))
        kind = chance.randrange(6)
        if kind == 0:
            text = text[:at] + text[other:]
        elif kind == 1:
            text = text[:at] + chance.choice(MARKS + VALUES + FIELDS) + text[at:]
        elif kind == 2:
            text = text[:at] + text[at:other] * chance.choice((2, 3, 50)) + text[other:]
        elif kind == 3:
            text = text + " | " + chance.choice(corpus).removeprefix("search * | ")
        elif kind == 4:
            text = text[:at] + chance.choice(corpus)[at:]
        else:
            text = text[:at] + argument(chance, 1) + text[at:]
    return text[:5000]


def run_one(search: str) -> str | None:
    """Returns what is wrong with a search's behavior, or None."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Slow

    previous: Callable[[int, FrameType | None], Any] | int | None = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT_S)
    try:
        for _ in itertools.islice(engine.run(search, context_of(ROWS)).rows, MAX_ROWS_READ):
            pass
    except SplError as error:
        if not error.message:
            return "an error without a message"
        if error.position is None:
            return f"an error without a place: {error.message}"
        if not 0 <= error.position <= len(search):
            return f"the error's place {error.position} is outside the search"
    except Slow:
        return f"over {TIME_LIMIT_S:g} s"
    except Exception as error:  # what the fuzz looks for: anything that is no SplError
        return f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    return None


def inputs(seed: int) -> Iterator[str]:
    """Yields texts without end, the same ones for the same seed."""
    chance = random.Random(seed)
    corpus = searches()
    while True:
        yield pipeline(chance) if chance.random() < 0.5 else mutated(chance, corpus)


def faults(seed: int, *, count: int | None = None, seconds: float | None = None) -> Iterator[Fault]:
    """Yields the searches that misbehave among the first `count`, or within about `seconds`."""
    end = None if seconds is None else time.monotonic() + seconds
    for number, search in enumerate(inputs(seed)):
        if (count is not None and number >= count) or (end is not None and time.monotonic() > end):
            return
        what = run_one(search)
        if what is not None:
            yield Fault(search, what)


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz the search language.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    found = 0
    for fault in faults(options.seed, count=options.count):
        found += 1
        print(f"{fault.what}\n  {fault.search!r}", flush=True)
    print(f"{options.count} inputs, {found} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
