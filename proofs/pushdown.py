"""Whatever the store answers in SQL, or reads less of, equals the row core on random events and random searches.

A pair is one search over one set of events, run with `Store.pushdown` on and off. Rows, their order, the order of their
columns and the types of their values must be the same.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from proofs.model import Outcome, Proof
from proofs.pushdown_chance import NOW, ZONES, Chance, OverJson
from understudy import access
from understudy.conf import Conf
from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.spl.model import Context
from understudy.spl.row_events import NoKnowledge, NoTables
from understudy.storage.events import RawEvent
from understudy.storage.store import Store

SEARCHES_PER_STORE = 20
PROPS = """
[plain]
KV_MODE = none
TRUNCATE = 0
[deep]
KV_MODE = json
FIELDALIAS-a = name AS person
[auto]
KV_MODE = auto
[doubled]
INDEXED_EXTRACTIONS = json
KV_MODE = json
[rich]
KV_MODE = none
EXTRACT-a = (?<who>v\\w+)
FIELDALIAS-a = name AS person
EVAL-size = len(_raw)
"""
FIELDS_CONF = "[name]\nINDEXED = true\n[size]\nINDEXED = true\n"


@dataclass(frozen=True)
class View:
    """Whose search it is, where, and over which time."""

    zone: str = "UTC"
    filtered: bool = False
    earliest: float | None = None
    latest: float | None = NOW

    def rights(self, conf: Conf) -> access.AccessContext:
        """Returns every right, or those of a role with a list of indexes and search filters."""
        every = access.system(conf)
        if not self.filtered:
            return every
        return replace(
            every,
            allowed=("*",),
            default=("main", "other"),
            selecting=("host=h1", "name=a"),
            eliminating=("NOT kind=z",),
        )


EVERYTHING = View()


def answer(store: Store, search: str, *, pushdown: bool, view: View = EVERYTHING) -> str:
    """Returns rows, columns, types and messages of a search's answer as text, or its error."""
    store.pushdown = pushdown
    events = store.events_for(view.rights(store.conf))
    zone = ZoneInfo(view.zone) if view.zone != "UTC" else UTC
    context = Context(events, NoTables(), NoKnowledge(), NOW, zone, view.earliest, view.latest, user="u", app="a")
    try:
        stream = engine.run(search, context)
        return f"{stream.fields} {[dict(row) for row in stream.rows]!r} {context.messages!r}"
    except SplError as error:
        return f"{error.message} at {error.position}"


class Clock:
    """The store's clock: two batches of events are indexed two seconds apart."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def view_of(chance: random.Random) -> View:
    """Returns how a search is looked at: mostly everything, as the system."""
    return View(
        chance.choice(ZONES),
        chance.random() < 0.15,
        chance.choice((None, None, None, NOW - 3600, NOW - 10)),
        chance.choice((NOW, NOW, NOW, None, NOW - 1)),
    )


def write_configuration(home: Path) -> Conf:
    """Returns the configuration of the sourcetypes above."""
    folder = home / "etc" / "system" / "local"
    folder.mkdir(parents=True)
    for name, text in (("props", PROPS), ("fields", FIELDS_CONF), ("indexes", "[main]\n[other]\n")):
        (folder / f"{name}.conf").write_text(text, encoding="utf-8")
    return Conf.load(home / "etc")


def pairs(
    chance: random.Random, size: int, kinds: Sequence[type[Chance]] = (Chance, Chance, OverJson)
) -> Iterator[Callable[[], str | None]]:
    """Yields `size` tests of one search over one set of events; each gives what differs, or None."""
    choices = tuple(kind(chance) for kind in kinds)
    with tempfile.TemporaryDirectory() as folder:
        conf = write_configuration(Path(folder))
        for first in range(0, size, SEARCHES_PER_STORE):
            clock = Clock()
            store = Store(Path(folder) / f"{first}.duckdb", conf, clock)
            made = chance.choice(choices)
            events = made.events()
            early = chance.choice((len(events), len(events) // 2))
            store.ingest(events[:early])
            clock.now += 2
            store.ingest(events[early:])
            for _ in range(min(SEARCHES_PER_STORE, size - first)):
                search, view = made.search(), view_of(chance)

                def test(
                    store: Store = store, search: str = search, view: View = view, events: list[RawEvent] = events
                ) -> str | None:
                    left = answer(store, search, pushdown=True, view=view)
                    right = answer(store, search, pushdown=False, view=view)
                    if left == right:
                        return None
                    return f"{search!r} for {view} over {events!r}: {left[:300]} but by rows {right[:300]}"

                yield test
            store.close()
            store.path.unlink()


def run(seed: int, batch: int, size: int) -> Outcome:
    """Tries `size` pairs."""
    chance = random.Random(f"{seed}:{batch}")
    found = [test() for test in pairs(chance, size)]
    return Outcome(len(found), [text for text in found if text is not None])


PROOF = Proof(
    name="pushdown",
    claim="Every search gives the same rows whether the store answers in SQL and reads less, or row by row.",
    unit="pairs of events and search",
    target=10_000,
    batch=1_000,
    slice=300,
    run=run,
)

__all__ = ["NOW", "PROOF", "Chance", "OverJson", "View", "answer", "pairs", "run", "write_configuration"]
