"""Reference data are lookups of both apps alike; lookups of collections are closed to all but the service."""

from __future__ import annotations

import csv

import pytest

from assembly.conf_read import read_conf
from assembly.emit.lookup_tables import TABLES
from assembly.paths import ADDON, APP, ROOT


@pytest.mark.parametrize("name", TABLES)
def test_both_apps_ship_a_lookup_with_its_columns_and_rows(name: str) -> None:
    texts = [(ROOT / app / "lookups" / f"{name}.csv").read_text(encoding="utf-8") for app in (APP, ADDON)]
    assert texts[0] == texts[1]
    rows = list(csv.reader(texts[0].splitlines()))
    assert rows[0] == list(TABLES[name])
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(TABLES[name])}
    for app in (APP, ADDON):
        assert read_conf(ROOT / app / "default" / "transforms.conf")[name]["filename"] == f"{name}.csv"


def test_lookups_of_collections_are_closed_one_by_one() -> None:
    permissions = read_conf(ROOT / APP / "metadata" / "default.meta")
    stored = {
        name
        for name, settings in read_conf(ROOT / APP / "default" / "transforms.conf").items()
        if settings.get("external_type") == "kvstore"
    }
    assert stored
    for name in stored:
        assert permissions[f"transforms/{name}"]["access"].startswith("read : [ minerva_service, admin, sc_admin ]")
    assert permissions["collections"]["access"].startswith("read : [ minerva_service, admin, sc_admin ]")
