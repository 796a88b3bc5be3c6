"""Fixtures: the staged apps (once), and one installation whose inputs, linking and alerts have run over a world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assembly.stage import stage_apps
from assembly.tenants import emit_tenants_app
from demo import summary
from demo.run import ANALYSTS, Run, run_inputs, watch, world_sources
from demo.world import World, build
from tests.integration.installation import TENANTS_FILE, installed, schedule
from understudy.jobs.job import Request


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both apps as they are installed in Splunk, and the tenants' own."""
    folder = tmp_path_factory.mktemp("staged")
    return [*stage_apps(folder), emit_tenants_app(TENANTS_FILE, folder)]


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


@pytest.fixture(scope="session")
def shown(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Every source of the world read through the add-on's own handlers, linked, with one watched phone per tenant."""
    home = tmp_path_factory.mktemp("shown")
    world = build(records=300)
    with installed(home / "splunk", apps) as run:
        with world_sources(run, world, home):
            run_inputs(run)
        found = Shown(run, world, {}, {}, {}, {}, {})
        for tenant in run.collecting:
            top = f"| tstats count where index={tenant.index} identifier=phone:* by identifier | sort - count | head 1"
            watch(run, tenant, str(run.ask(top)[0]["identifier"]))
        schedule(run)
        for tenant in run.collecting:
            _note(found, tenant.id, tenant.index)
        yield found


def _note(found: Shown, tenant: str, index: str) -> None:
    run, largest = found.run, None
    foreign = [item for other in run.collecting if other.id != tenant for item in summary.entities(run, other.id)]
    shared = {identifier for item in foreign for identifier in item["identifiers"]}
    listed = summary.entities(run, tenant)
    for item in listed:
        document = run.call_handler(ANALYSTS[tenant], "get", {"entity_id": item["entity_id"]})
        alone = [identifier for identifier in document["identifiers"] if identifier not in shared]
        if alone and document["size"] > 1:
            largest, found.identifier[tenant] = document, alone[0]
            break
    assert largest is not None
    found.entity[tenant] = largest["entity_id"]
    found.entities[tenant] = {item["entity_id"] for item in listed}
    found.records[tenant] = set(summary.members(run, tenant))
    request = Request(f"search index={index} | head 5", ANALYSTS[tenant], "minerva_app")
    found.sid[tenant] = run.stage.jobs.dispatch(request, wait=True).sid
