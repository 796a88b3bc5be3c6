"""Any text given to the search language is answered, or refused with a message and a place: in time and in memory.

Texts are derived from the syntax lines of the registry (spl_grammar.py), or are searches of the case files changed at
random. Only an answer or an SplError may come out.
"""

from __future__ import annotations

import itertools
import random
import re
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

from proofs.model import Outcome, Proof
from proofs.spl_grammar import FIELDS, NUMBERS, TEXTS, Maker
from tests.understudy.spl.core.conftest import NamedKnowledge, context_of
from tests.understudy.spl.documents.test_cases import ROWS, searches
from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.spl.model import LookupDefinition, Macro, Row, SavedSearch
from understudy.spl.row_events import NoTables, RowEvents

TIME_LIMIT_S = 10.0
MAX_ROWS_READ = 20_000
HEADROOM = 2 * 2**30
"""Bytes of address space that a batch may take beyond what the process held before; more is a MemoryError."""
PEAK = 2**30
"""Bytes of resident memory that a batch may take beyond what the process held before."""
MARKS = (
    *("|", "[", "]", "(", ")", '"', "'", "`", "```", "\\", ",", "=", "*", "$a$", "<<FIELD>>", "{", "}", "\x00", "\n"),
    *("%", "?", "`plus(1)`", "`gone`", "`loop`", "é", "\ud800", "\u2028", "[search a=1 | return $a]"),
)

WHOLE = re.compile(r"\d+")
HUGE = ("0", "-1", "1e9", "1e308", "99999999999999999999", "50001", "100000", "2147483648", "0.0000001", "١٢", "1e-9")
"""Stand for a number of a search: limits of counts, spans, widths and places, and digits of another script."""
AROUND = (
    *("search * | append [@]", "search * | appendpipe [@]", "search [@] | stats count", "search * | join a [@]"),
    *('search * | map search="@"', "| union [@] [@]", "| multisearch [@] [@]", "search * | foreach a b [@]", "@ | @"),
    *("search * | where a=[@]", "search * | appendcols [@] | @", "```@``` @", "`@`", "@ ```", "search * | map [@]"),
)


class Slow(BaseException):
    """A search took longer than TIME_LIMIT_S. Not an Exception, so that no handler swallows it."""


class People(NoTables):
    """One lookup of three rows, by name and by file; writing changes nothing."""

    def definition(self, name: str) -> LookupDefinition:
        if name in {"people", "people.csv"}:
            return LookupDefinition(name, ["name", "city", "a"])
        return super().definition(name)

    def rows(self, name: str) -> Iterator[Row]:
        if name in {"people", "people.csv"}:
            return iter([{"name": "x", "city": "A"}, {"name": "y", "city": "B", "a": "1"}, {"name": "x", "city": "C"}])
        return super().rows(name)

    def write(self, name: str, rows: Any, **options: Any) -> int:
        return sum(1 for _ in rows)


KNOWLEDGE = NamedKnowledge(
    macros={
        ("plus", 1): Macro("eval n=a+$x$", ("x",)),
        ("loop", 0): Macro("search `loop`"),
        ("checked", 1): Macro("$x$", ("x",), validation="isnum(x)", errormsg="no number"),
    },
    saved={
        "saved": SavedSearch("saved", "search * | stats count"),
        "itself": SavedSearch("itself", "| savedsearch itself"),
    },
    event_types={"error": "status>=500", "itself": "eventtype=itself"},
    jobs={"1700000000.1": [{"a": 1}, {"a": "x", "b": 2}]},
)


@lru_cache(maxsize=1)
def corpus() -> tuple[str, ...]:
    """Returns the searches of the case files."""
    return tuple(searches())


def mutated(chance: random.Random, maker: Maker) -> str:
    """Returns a search of the case files with a few changes: cut, doubled, joined, or with marks put in."""
    known = corpus()
    text = chance.choice(known)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        other = min(len(text), at + chance.randint(1, 8))
        kind = chance.randrange(13)
        if kind == 0:
            text = text[:at] + text[other:]
        elif kind == 1:
            text = text[:at] + chance.choice(MARKS + NUMBERS + TEXTS + FIELDS) + text[at:]
        elif kind == 2:
            text = text[:at] + text[at:other] * chance.choice((2, 3, 50)) + text[other:]
        elif kind == 3:
            text = text + " | " + chance.choice(known).removeprefix("search * | ")
        elif kind == 4:
            text = text[:at] + chance.choice(known)[at:]
        elif kind == 5:
            text = text[:at] + chance.choice((maker.expression, maker.search, maker.statistic))(1) + text[at:]
        elif kind == 6:
            text = WHOLE.sub(lambda found: chance.choice((found[0], chance.choice(HUGE))), text)
        elif kind == 7:
            stages = text.split(" | ")
            stages.insert(chance.randrange(len(stages) + 1), stages.pop(chance.randrange(len(stages))))
            text = " | ".join(stages)
        elif kind == 8:
            text = chance.choice((str.upper, str.lower, str.swapcase))(text)
        elif kind == 9:
            text = chance.choice(AROUND).replace("@", text.removeprefix("search * | "))
        elif kind == 10:
            words = text.split(" ")
            one, two = chance.randrange(len(words)), chance.randrange(len(words))
            words[one], words[two] = words[two], words[one]
            text = " ".join(words)
        else:
            text = f"{text} | {maker.stages(1, 2)}"
    return text[:5000]


def inputs(chance: random.Random) -> Iterator[str]:
    """Yields texts without end, the same ones for the same chance."""
    maker = Maker(chance)
    while True:
        yield maker.pipeline() if chance.random() < 0.5 else mutated(chance, maker)


def judge(search: str, events: RowEvents) -> str | None:
    """Returns what is wrong with a search's behavior, or None. Uses the process's alarm clock."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Slow

    context = context_of([], KNOWLEDGE)
    context.events, context.tables = events, TABLES
    previous: Callable[[int, FrameType | None], Any] | int | None = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT_S)
    try:
        for _ in itertools.islice(engine.run(search, context).rows, MAX_ROWS_READ):
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
    except Exception as error:  # what the proof looks for: anything that is no SplError
        return f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    return None


TABLES = People()


def run(seed: int, batch: int, size: int) -> Outcome:
    """Tries `size` texts under the limits of time and memory."""
    chance = random.Random(f"{seed}:{batch}")
    corpus()
    events = RowEvents(ROWS)
    failures = []
    with bounded_memory() as peak:
        for search in itertools.islice(inputs(chance), size):
            what = judge(search, events)
            if what is not None:
                failures.append(f"{what}: {search!r}")
    if peak() > PEAK:
        failures.append(f"the batch took {peak() / 2**20:,.0f} MiB of memory")
    return Outcome(size, failures)


@contextmanager
def bounded_memory() -> Iterator[Callable[[], int]]:
    """Limits the address space to HEADROOM more than now; gives a function that tells the growth of the peak, bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _status("VmSize") + HEADROOM
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # starts the high-water mark anew: proc(5)
    before = _status("VmHWM")
    try:
        yield lambda: _status("VmHWM") - before
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"/proc/self/status has no {name}: this proof needs Linux")


PROOF = Proof(
    name="spl_refusal",
    claim="Any search text is answered, or refused with a message and a place, in 10 s and 1 GiB.",
    unit="search texts",
    target=100_000,
    batch=10_000,
    slice=4_000,
    run=run,
)
