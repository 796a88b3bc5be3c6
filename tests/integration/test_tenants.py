"""A tenant's entities do not depend on what another tenant holds, whatever the two share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assembly.tenants import Tenant
from demo.run import ANALYSTS, Run
from tests.integration import registers
from tests.integration.installation import (
    NORTHFIELD,
    RIVERBANK,
    Browser,
    add_register,
    documents,
    installed,
    schedule,
)
from tests.integration.shown import Shown

SHARED = "415-555-0123"
PHONE = "phone:+14155550123"
ROWS = {
    NORTHFIELD: [registers.row(1, SHARED), registers.row(2, SHARED), registers.row(3, "415-555-0144")],
    RIVERBANK: [registers.row(1, SHARED), registers.row(12, SHARED), registers.row(13, SHARED)],
}
"""The phone and a whole row (same record id) stand in both."""

Answers = dict[str, dict[str, str]]


def answers_with(apps: list[Path], folder: Path, holders: list[Tenant]) -> dict[str, Answers]:
    """Returns tenant -> stored documents and handler answers, where only `holders` have data."""
    with installed(folder / "splunk", apps) as run:
        for tenant in holders:
            add_register(run, tenant, registers.write(folder / tenant.id, ROWS[tenant]))
        run.stage.run_inputs()
        schedule(run)
        return {tenant.id: _answers(run, tenant) for tenant in holders}


def _answers(run: Run, tenant: Tenant) -> Answers:
    entities = documents(run, tenant.id, "minerva_entities")
    bodies = {"list": {}, "summary": {}, "by shared phone": {"identifier": PHONE}}
    bodies |= {key: {"entity_id": key.partition(":")[2]} for key in entities}
    with Browser(run, ANALYSTS[tenant.id]) as browser:
        said = {}
        for name, body in bodies.items():
            action = name if name in ("list", "summary") else "get" if "entity_id" in body else "lookup"
            status, _, text = browser.entities(action, body)
            assert status == 200
            said[name] = text
    return {"entities": entities, "members": documents(run, tenant.id, "minerva_members"), "handler": said}


@pytest.fixture(scope="module")
def together(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answers]:
    return answers_with(apps, tmp_path_factory.mktemp("together"), [NORTHFIELD, RIVERBANK])


@pytest.mark.parametrize("tenant", [NORTHFIELD, RIVERBANK], ids=lambda tenant: tenant.id)
@pytest.mark.full
def test_entities_are_the_same_bytes_with_and_without_the_other_tenant(
    tenant: Tenant, together: dict[str, Answers], apps: list[Path], tmp_path: Path
) -> None:
    alone = answers_with(apps, tmp_path, [tenant])[tenant.id]
    assert alone["entities"]
    assert alone == together[tenant.id]


@pytest.mark.full
def test_a_phone_held_by_both_tenants_joins_only_records_of_one(together: dict[str, Answers]) -> None:
    sizes = {
        tenant: sorted(json.loads(text)["size"] for text in answers["entities"].values())
        for tenant, answers in together.items()
    }
    assert sizes == {"northfield": [1, 2], "riverbank": [3]}


@pytest.mark.full
def test_entity_ids_are_keyed_by_tenant_even_for_the_same_record(together: dict[str, Answers]) -> None:
    ids = [{json.loads(text)["entity_id"] for text in together[name]["entities"].values()} for name in together]
    records = [
        {record for text in together[name]["entities"].values() for record in json.loads(text)["records"]}
        for name in together
    ]
    assert records[0] & records[1]
    assert not ids[0] & ids[1]


def test_no_entity_of_the_world_holds_records_of_two_tenants(shown: Shown) -> None:
    owner = {
        str(row["minerva_record_id"]): tenant.id
        for tenant in shown.run.collecting
        for row in shown.run.ask(f"| tstats count where index={tenant.index} sourcetype=minerva:* by minerva_record_id")
    }
    for tenant in shown.run.collecting:
        stored = documents(shown.run, tenant.id, "minerva_entities")
        assert stored
        for text in stored.values():
            document = json.loads(text)
            assert document["tenant_id"] == tenant.id
            assert {owner[record] for record in document["records"]} == {tenant.id}
