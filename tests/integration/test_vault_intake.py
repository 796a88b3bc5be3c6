"""The vault through the add-on's own input on the stand-in: pseudonyms in the index, the erased stay out, and no vault
means no event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.inputs import ADDON
from demo.run import ADMINS, ANALYSTS, Run
from tests.integration import registers
from tests.integration.installation import RIVERBANK, Browser, add_register, installed, own_log

KEPT, ERASED, OTHER = "415-555-0123", "415-555-0155", "415-555-0188"
ANALYST, ADMIN = ANALYSTS[RIVERBANK.id], ADMINS[RIVERBANK.id]


def got(run: Run, user: str, operation: str, **body: Any) -> dict[str, Any]:
    with Browser(run, user) as browser:
        status, _, text = browser.entities(operation, body)
    assert status == 200, text
    found: dict[str, Any] = json.loads(text)
    return found


def add(run: Run, phone: str, name: str) -> str:
    identity = {"identifiers": [f"phone:+1 {phone}"], "names": [name]}
    return str(got(run, ANALYST, "vault_add", identity=identity)["subject_id"])


def events(run: Run) -> list[dict[str, Any]]:
    rows = run.ask(f"search index={RIVERBANK.index} sourcetype=minerva:license | table source_key identifier _raw")
    return sorted((dict(row) for row in rows), key=lambda row: str(row["source_key"]))


@pytest.fixture(scope="module")
def kept(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, str, Path]]:
    """(run, pseudonym of who is kept, folder): the input has not run yet."""
    home = tmp_path_factory.mktemp("vault")
    rows = [
        registers.row(1, KEPT, name="Mara Example Studio"),
        registers.row(2, ERASED, name="Studio Two"),
        registers.row(3, OTHER, name="Studio Three"),
    ]
    folder = registers.write(home / "in", rows)
    with installed(home / "splunk", apps) as run:
        add_register(run, RIVERBANK, folder)
        subject = add(run, KEPT, "Mara Example")
        got(run, ADMIN, "erase", subject_id=add(run, ERASED, "Nobody Example"), why="asked for it")
        yield run, subject, folder


def test_without_the_vault_nothing_is_stored_and_the_log_says_why(kept: tuple[Run, str, Path]) -> None:
    run, _, _ = kept
    run.stage.conf.write("ta_gen_connectors_settings", "network", {"vault_address": "http://127.0.0.1:1"}, ADDON)
    run.stage.run_inputs()
    assert events(run) == []
    log = own_log(run)
    assert 'event=run_failed source_id="massage_licenses" reason="vault"' in log
    run.stage.conf.write("ta_gen_connectors_settings", "network", {"vault_address": ""}, ADDON)


def test_who_is_kept_is_indexed_under_a_pseudonym_and_who_was_erased_is_not(kept: tuple[Run, str, Path]) -> None:
    run, subject, _ = kept
    run.stage.run_inputs()
    found = events(run)
    assert [row["source_key"] for row in found] == ["MT-1", "MT-3"]
    assert subject in str(found[0]["_raw"])
    assert f"{subject} Studio" in str(found[0]["_raw"])
    assert "phone:+14155550188" in str(found[1]["identifier"])
    everything = json.dumps([dict(row) for row in run.ask("search index=* OR index=_* | table _raw")])
    for trace in ("5550123", "555-0123", "Mara", "5550155", "555-0155", "Nobody"):
        assert trace not in everything
    log = own_log(run)
    assert 'event=kept_out source_id="massage_licenses" reason="erased" records=1' in log
    for trace in ("5550155", "555-0155", "MT-2"):
        assert trace not in log


def test_a_second_run_brings_nobody_back(kept: tuple[Run, str, Path]) -> None:
    run, _, folder = kept
    path = folder / "licenses.csv"
    path.write_bytes(path.read_bytes() + b"\r\n")
    run.stage.run_inputs()
    assert [row["source_key"] for row in events(run)] == ["MT-1", "MT-3"]
