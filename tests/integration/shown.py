"""A world that was read by the real inputs and linked by the real scheduled searches: made once, opened as a copy.

Who opens it may change it: a copy is a home of its own, with its own store, collections, accounts and port.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo import summary
from demo.inputs import ADDON
from demo.run import ANALYSTS, Run, run_inputs, watch, world_sources
from demo.world import World, build
from tests.integration.installation import installed, schedule
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
            top = f"| tstats count where index={tenant.index} identifier=phone:* by identifier | sort - count | head 1"
            watch(run, tenant, str(run.ask(top)[0]["identifier"]))
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
