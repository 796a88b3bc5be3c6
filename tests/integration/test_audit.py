"""On a whole installation: the audit of everything that ran is whole, and a suspension holds from the next request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assembly.paths import TENANTS_APP
from demo.run import ADMINS, ANALYSTS, SERVICE, Run
from minerva.audit import verify
from tests.integration.installation import APP, NORTHFIELD, RIVERBANK, Browser, installed
from tests.integration.shown import Shown

PHONE = "phone:+14155550123"


def rows_of(run: Run) -> list[dict[str, Any]]:
    """The stored audit, sorted by key as it is exported."""
    rows = [dict(row) for row in run.stage.kv.collection(APP, "minerva_audit").all()]
    return sorted(rows, key=lambda row: str(row["_key"]))


def key_of(run: Run, name: str = "audit") -> bytes:
    """A key of the installation."""
    found = next(each for each in run.stage.passwords.all(None) if (each.realm, each.username) == ("minerva", name))
    return bytes.fromhex(found.password)


@pytest.fixture(scope="module")
def run(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with installed(tmp_path_factory.mktemp("audited") / "splunk", apps) as made:
        yield made


def test_the_audit_of_a_whole_run_is_whole_and_names_nobody(shown: Shown) -> None:
    rows = rows_of(shown.run)
    verdict = verify(rows, key_of(shown.run))
    assert verdict.broken is None
    assert {"0service", "0platform"} <= set(verdict.entries)
    text = json.dumps(rows)
    people = {*ANALYSTS.values(), *ADMINS.values(), SERVICE}
    told = {*shown.entity.values(), *(value.partition(":")[2] for value in shown.identifier.values())}
    assert [word for word in sorted(people | told) if word in text] == []


@pytest.mark.full
def test_administrators_see_what_their_analysts_asked(run: Run) -> None:
    with Browser(run, ANALYSTS["northfield"]) as analyst:
        analyst.entities("lookup", {"identifier": PHONE, "case": "C-7", "purpose": "investigation"})
        assert analyst.entities("audit", {})[0] == 404
    with Browser(run, ADMINS["northfield"]) as admin:
        entries = json.loads(admin.entities("audit", {"about_case": "C-7"})[2])["entries"]
        assert json.loads(admin.entities("audit", {"identifier": "phone:+1 415 555 0123"})[2])["entries"] == entries
    with Browser(run, ADMINS["riverbank"]) as other:
        assert json.loads(other.entities("audit", {"about_case": "C-7"})[2])["entries"] == []
    assert [(entry["operation"], entry["outcome"], entry["purpose"]) for entry in entries] == [
        ("lookup", "absent", "investigation")
    ]


@pytest.mark.full
def test_a_suspension_holds_from_the_next_request(run: Run) -> None:
    body = {"op": "add", "identifier": PHONE}
    with Browser(run, ADMINS["riverbank"]) as admin, Browser(run, ANALYSTS["northfield"]) as other:
        assert admin.entities("watchlist", body)[0] == 200
        run.stage.conf.write("minerva_tenants", RIVERBANK.id, {"state": "suspended"}, TENANTS_APP)
        assert admin.entities("watchlist", {})[0] == 404
        assert json.loads(admin.entities("list", {})[2])["entities"] == []
        assert other.entities("watchlist", {})[0] == 200
        run.stage.conf.write("minerva_tenants", RIVERBANK.id, {"state": "active"}, TENANTS_APP)
        assert len(json.loads(admin.entities("watchlist", {})[2])["watchlist"]) == 1


@pytest.mark.full
def test_nobody_reads_the_collection_but_the_service_and_platform_administrators(run: Run) -> None:
    path = f"/servicesNS/nobody/{APP}/storage/collections/data/minerva_audit"
    for user in (ANALYSTS[NORTHFIELD.id], ADMINS[NORTHFIELD.id]):
        with Browser(run, user) as browser:
            assert browser.ask("GET", path)[0] in (403, 404)
