"""A world that was read by the real inputs and linked by the real scheduled searches: made once, opened as a copy.

Tests that only read share one copy per worker, which must end as it began. Who changes something opens a copy of its
own: a home with its own store, collections, accounts and port.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo import summary
from demo.inputs import ADDON
from demo.run import ANALYSTS, Run, run_inputs, watch, world_sources
from demo.world import World, build
from tests.integration.installation import APP, COLLECTIONS, installed, schedule
from tests.integration.made_once import copy_tree, made_once, staged_apps
from understudy.jobs.job import Request

RECORDS = 400


@dataclass(frozen=True)
class Shown:
    """A run over a world. Per tenant: an entity of several records, its identifier, its records, a finished job."""

    run: Run
    world: World
    entity: dict[str, str]
    identifier: dict[str, str]
    records: dict[str, set[str]]
    entities: dict[str, set[str]]
    sid: dict[str, str]


@contextmanager
def opened_world(factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Yields the world in a copy of its home, which is taken away afterwards."""
    made = made_once(factory, "world_of_all", lambda folder: _make(folder, staged_apps(factory)))
    home = factory.mktemp("world")
    copy_tree(made, home)
    _move_paths(home, made)
    told = json.loads((home / "told.json").read_text(encoding="utf-8"))
    sets = {name: {tenant: set(ids) for tenant, ids in told[name].items()} for name in ("records", "entities")}
    with installed(home / "splunk") as run:
        jobs = {tenant.id: _finished_job(run, tenant.id, tenant.index) for tenant in run.collecting}
        yield Shown(run, build(records=RECORDS), told["entity"], told["identifier"], **sets, sid=jobs)
    shutil.rmtree(home)


class SharedWorld:
    """The one open copy of a worker, for tests that only read; closed when the last of its holders lets go."""

    def __init__(self) -> None:
        self._holders = 0
        self._open = ExitStack()
        self._shown: Shown | None = None
        self._before: dict[str, str] = {}

    @contextmanager
    def held(self, factory: pytest.TempPathFactory) -> Iterator[Shown]:
        """Yields the copy. Raises AssertionError at the end if what the world holds was changed."""
        if self._shown is None:
            self._shown = self._open.enter_context(opened_world(factory))
            self._before = held_by(self._shown.run)
        self._holders += 1
        try:
            yield self._shown
        finally:
            self._holders -= 1
            if not self._holders:
                after, before, self._shown = held_by(self._shown.run), self._before, None
                self._open.close()
                changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
                assert changed == [], f"a test that shares the world changed it: {changed[:20]}"


SHARED = SharedWorld()
READ_ONLY = tuple(name for name in COLLECTIONS if name not in ("minerva_audit", "minerva_api_limits"))
"""Collections that reading leaves as they are: not the audit, which grows, nor the counts of requests."""


def held_by(run: Run) -> dict[str, str]:
    """Returns what a world holds: a count of events for each index, and each stored document as text."""
    rows = run.ask("| tstats count where index=mnv_* by index")
    held = {f"index {row['index']}": str(row["count"]) for row in rows}
    for name in READ_ONLY:
        for item in run.stage.kv.collection(APP, name).all():
            if str(item["_key"]).startswith("asked:"):  # every question of a person is counted, also one that reads
                continue
            held[f"{name} {item['_key']}"] = json.dumps(item, sort_keys=True)
    return held


def _move_paths(home: Path, made: Path) -> None:
    """Lets the file inputs of a copy read the copy's own registers; nothing else in a home names its place."""
    inputs = home / "splunk" / "etc" / "apps" / ADDON / "local" / "inputs.conf"
    text = inputs.read_text(encoding="utf-8")
    inputs.write_text(text.replace(f"{made}/", f"{home}/"), encoding="utf-8")


def _make(folder: Path, apps: list[Path]) -> None:
    """Every source of the world read through the add-on's own handlers, linked, with one watched phone per tenant."""
    with installed(folder / "splunk", apps) as run:
        with world_sources(run, build(records=RECORDS), folder):
            run_inputs(run)
        for tenant in run.collecting:
            phones = f"index={tenant.index} minerva_identifier=phone:*"
            top = f"| tstats count where {phones} by minerva_identifier | sort - count | head 1"
            watch(run, tenant, str(run.ask(top)[0]["minerva_identifier"]))
        schedule(run)
        tenants = [tenant.id for tenant in run.collecting]
        largest = {tenant: _largest(run, tenant) for tenant in tenants}
        told = {
            "entity": {tenant: entity for tenant, (entity, _) in largest.items()},
            "identifier": {tenant: identifier for tenant, (_, identifier) in largest.items()},
            "records": {tenant: sorted(summary.members(run, tenant)) for tenant in tenants},
            "entities": {tenant: [item["entity_id"] for item in summary.entities(run, tenant)] for tenant in tenants},
        }
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")


def _largest(run: Run, tenant: str) -> tuple[str, str]:
    """Returns the first listed entity of several records, with an identifier of it that no other tenant holds."""
    foreign = [item for other in run.collecting if other.id != tenant for item in summary.entities(run, other.id)]
    shared = {identifier for item in foreign for identifier in item["identifiers"]}
    for item in summary.entities(run, tenant):
        document = run.call_handler(ANALYSTS[tenant], "get", {"entity_id": item["entity_id"]})
        alone = [identifier for identifier in document["identifiers"] if identifier not in shared]
        if alone and document["size"] > 1:
            return str(document["entity_id"]), str(alone[0])
    raise AssertionError(f"no entity of {tenant} has several records and an identifier of its own")


def _finished_job(run: Run, tenant: str, index: str) -> str:
    request = Request(f"search index={index} | head 5", ANALYSTS[tenant], "minerva_app")
    return run.stage.jobs.dispatch(request, wait=True).sid
