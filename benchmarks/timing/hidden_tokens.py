"""Whether the work of an answer tells a match that the holder's rules hide from one that nobody holds.

    .venv/bin/python -m benchmarks.timing.hidden_tokens [--rounds 2000] [--seed 1]

One institution releases an entity to a group, then allows no blind match; another asks for its phone ("hidden"), twice
for phones that nobody holds ("absent", "absent again"), and once for such a phone with three documents read more that
are not there ("three reads more"). Each round asks all of them once, in random order. The handler's code runs over the
stand-in's KV store (SQLite, in memory) within this process: an answer's processor time is that of both, without HTTP.

The AUC is how often an answer of the first kind takes longer than one of the second: .5 says nothing; 95 % intervals
after DeLong. "absent again" shows the noise of the machine, "three reads more" what the measure sees: so much more
a hidden match once took. Exit code 1 where the interval of the hidden one lies outside of .45 to .55
altogether, and where three reads more are not seen, so that nothing is proved.
"""

from __future__ import annotations

import argparse
import bisect
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assembly.paths import ROOT
from minerva import services
from minerva.audit import Ledger, Trail
from minerva.documents import Document
from minerva.policy import Context, Group, Subject, Tenant
from minerva.tenancy.asking import Store
from understudy.conf.files import read
from understudy.storage.kv import Collection, KeyExists, KVStore

LEAST, MOST = 0.45, 0.55
HIDDEN, ABSENT, AGAIN, MORE = "hidden", "absent", "absent again", "three reads more"
APP, KEY = "minerva_app", bytes(32)
HELD = "phone:+14155550123"
STATED = {"purpose": "investigation", "case": "timing"}
ENTITY: Document = {
    "entity_id": "e_1", "tenant_id": "holder", "size": 2, "records": ["a" * 32, "b" * 32],
    "identifiers": ["email:jen@mail.example", HELD], "kinds": {"email": 1, "phone": 1}, "names": [], "cities": [],
    "record_types": {"ad": 2}, "sources": {"ads": 2}, "explanation": "one phone", "joins": [], "first_time": 10,
    "last_time": 20,
}  # fmt: skip


class Kept:
    """A collection of the app in the stand-in's KV store; documents pass as JSON, as they do over REST."""

    def __init__(self, held: Collection) -> None:
        self._held = held

    def get(self, key: str) -> Document | None:
        return self.get_many([key])[0]

    def get_many(self, keys: Sequence[str]) -> list[Document | None]:
        found = self._held.batch_find([{"query": {"_key": key}, "limit": 1} for key in keys])
        return [rows[0] if rows else None for rows in _passed(found)]

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        found: list[Document] = _passed(self._held.find(query, ",".join(fields), sort, limit, skip))
        return found

    def insert(self, document: Document) -> bool:
        try:
            self._held.insert(_passed(document))
        except KeyExists:
            return False
        return True

    def batch_save(self, documents: Sequence[Document]) -> None:
        self._held.batch_save(_passed(documents))

    def delete(self, query: Mapping[str, Any]) -> None:
        self._held.delete_matching(query)

    discard = delete


def _passed(value: Any) -> Any:  # Any: JSON
    return json.loads(json.dumps(value))


class Installation:
    """Two institutions of one group; the holder's release is hidden by its rule."""

    def __init__(self, store: KVStore) -> None:
        settings, _ = read(ROOT / APP / "default" / "collections.conf")
        self.collections: dict[str, Any] = {
            name: Kept(store.collection(APP, f"minerva_{name}", settings=settings[f"minerva_{name}"]))
            for name in services.COLLECTIONS
        }
        self.now = 1_700_000_000.0
        group = Group("ring", frozenset(["asker", "holder"]), index="mnv_g_ring")
        self.context = Context({name: _tenant(name) for name in ("asker", "holder")}, {"ring": group})
        service = Subject("minerva_service", frozenset(["minerva_service"]), frozenset(["minerva_write"]))
        analyst = _analyst("holder")
        self.asked(service, "save", tenant_id="holder", entities=[ENTITY])
        self.asked(analyst, "mark", entity_id="e_1", level="L6")
        terms = {"entity_id": "e_1", "to": "ring", "level": "L3", "fields": ["infrastructure"]}
        proposal = self.asked(analyst, "propose", **terms)["proposal"]
        self.asked(analyst, "release", proposal_id=proposal["proposal_id"])
        if not self.asked(ASKER, "deconflict", identifier=HELD)["hit"]:
            raise RuntimeError("the release is met by nobody")
        self.context = replace(self.context, tenants={**self.context.tenants, "holder": _tenant("holder", "none")})

    def store(self, subject: Subject) -> Store:
        """What a request of somebody may touch."""
        return Store(
            subject, self.context, self.collections, lambda: self.now, lambda *_: None,
            Trail(Ledger(self.collections["audit"], KEY), KEY), secret=lambda name: KEY,
        )  # fmt: skip

    def asked(self, subject: Subject, operation: str, **body: Any) -> dict[str, Any]:
        """The answer to a request that has to be permitted."""
        found = services.answer(operation, {**body, **STATED}, self.store(subject))
        if found.status != 200:
            raise RuntimeError(f"{operation}: {found.payload}")
        return found.payload


def _tenant(name: str, match: str = "community") -> Tenant:
    return Tenant(name, f"t_{name}", f"{name}_analyst", f"{name}_admin", match=match, summary_index=f"s_{name}")


def _analyst(name: str) -> Subject:
    return Subject(name, frozenset([f"{name}_analyst"]), frozenset(["minerva_query"]))


def answered_ms(desk: Installation, kind: str, absent: str) -> float:
    """Processor milliseconds of one answer."""
    body = {"identifier": HELD if kind == HIDDEN else absent, **STATED}
    asked = desk.store(ASKER)
    begun = time.process_time_ns()
    found = services.answer("deconflict", body, asked)
    if kind == MORE:
        for number in range(3):
            desk.collections["grants"].get(f"nobody:{number}")
    spent = time.process_time_ns() - begun
    if found.status != 200 or found.payload["hit"]:
        raise RuntimeError(f"{kind}: {found.status} {found.payload}")
    return spent / 1e6


ASKER = _analyst("asker")


def measured(desk: Installation, rounds: int, chance: random.Random) -> dict[str, list[float]]:
    """Milliseconds by kind of question; each round asks each once, from an empty budget."""
    times: dict[str, list[float]] = {kind: [] for kind in (HIDDEN, ABSENT, AGAIN, MORE)}
    for _ in range(rounds):
        desk.now += 1
        for kind in chance.sample([*times], len(times)):
            desk.collections["budgets"].discard({})
            gc.collect(0)
            times[kind].append(answered_ms(desk, kind, f"phone:+1415555{chance.randrange(200, 10_000):04d}"))
    return times


def auc(longer: Sequence[float], than: Sequence[float]) -> tuple[float, float]:
    """How often the first is the longer one, and half of its 95 % interval (DeLong 1988)."""

    def placements(values: Sequence[float], among: Sequence[float]) -> list[float]:
        ordered = sorted(among)
        return [
            (bisect.bisect_left(ordered, value) + bisect.bisect_right(ordered, value)) / (2 * len(ordered))
            for value in values
        ]

    above, below = placements(longer, than), placements(than, longer)
    error = (statistics.variance(above) / len(above) + statistics.variance(below) / len(below)) ** 0.5
    return statistics.fmean(above), 1.96 * error


def main(arguments: list[str]) -> int:
    """Returns 1 where the work tells the hidden match, or the measure sees nothing."""
    parser = argparse.ArgumentParser(prog="benchmarks.timing.hidden_tokens")
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    chance = random.Random(given.seed)
    desk = Installation(KVStore(Path(":memory:")))
    measured(desk, 20, chance)
    times = measured(desk, given.rounds, chance)
    print(f"{given.rounds} questions of each kind, seed {given.seed}; medians of both, AUC (95 % interval)")
    bounds = {}
    for kind in (AGAIN, HIDDEN, MORE):
        found, half = auc(times[kind], times[ABSENT])
        bounds[kind] = found - half, found + half
        medians = (statistics.median(times[name]) for name in (kind, ABSENT))
        print(f"{kind + ' beside ' + ABSENT:29s}" + "".join(f"{ms:7.3f} ms" for ms in medians)
              + f"  {found:.3f} ({found - half:.3f} to {found + half:.3f})")  # fmt: skip
    told = bounds[HIDDEN][0] > MOST or bounds[HIDDEN][1] < LEAST
    return 1 if told or bounds[MORE][0] <= 0.5 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
