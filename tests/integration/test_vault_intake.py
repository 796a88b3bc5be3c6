"""The vault through the add-on's own input on the stand-in: pseudonyms in the index, the erased stay out, and no vault
or no account that may ask it means no event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assembly.conf_read import read_conf
from demo.inputs import ADDON, REST_ROOT, VAULT_ACCOUNT
from demo.run import ADMINS, ANALYSTS, Run
from minerva.administration.standing import UNASSIGNED
from tests.integration import registers
from tests.integration.installation import NORTHFIELD, RIVERBANK, Browser, add_register, installed, own_log

pytestmark = pytest.mark.full

KEPT, ERASED, OTHER = "415-555-0123", "415-555-0155", "415-555-0188"
REFUSED = "REST Error [400]: Bad Request -- "
"""How UCC's handlers refuse: splunkd answers 500, and the page shows what stands behind this."""
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


def set_vault(run: Run, **settings: str) -> tuple[int, str]:
    """Saves the configuration page's tab as its administrator; status and message."""
    with Browser(run, "admin") as browser:
        path = f"/servicesNS/nobody/{ADDON}/{REST_ROOT}_settings/vault"
        status, _, text = browser.ask("POST", path, **{"account": "", "address": "", **settings})
    return status, text


@contextmanager
def without_an_account(run: Run) -> Iterator[None]:
    """As an add-on is before anybody has configured it."""
    run.stage.conf.write(f"{REST_ROOT}_settings", "vault", {"account": ""}, ADDON)
    try:
        yield
    finally:
        run.stage.conf.write(f"{REST_ROOT}_settings", "vault", {"account": VAULT_ACCOUNT}, ADDON)


def test_an_input_with_defaults_and_no_account_stores_nothing_and_says_once_what_it_lacks(
    kept: tuple[Run, str, Path],
) -> None:
    run, _, _ = kept
    with without_an_account(run):
        run.stage.run_inputs()
    assert events(run) == []
    told = [line for line in own_log(run).splitlines() if "event=run_failed" in line]
    assert [line.partition("event=")[2] for line in told] == [
        'run_failed source_id="massage_licenses" reason="vault" error="name an account under Configuration, Vault, '
        'whose user holds minerva_riverbank_intake"'
    ]


def test_the_input_s_own_session_may_not_ask_the_vault(kept: tuple[Run, str, Path]) -> None:
    run, _, _ = kept
    with Browser(run, "splunk-system-user") as browser:
        status, _, text = browser.entities("intake_check", {"tenant_id": RIVERBANK.id, "records": []})
    assert (status, "minerva_query" in text) == (403, True)


def test_an_input_that_is_to_ask_is_refused_while_no_account_is_named(kept: tuple[Run, str, Path]) -> None:
    run, _, folder = kept
    settings = {
        "name": "second", "source_id": "massage_licenses", "tenant_id": RIVERBANK.id, "index": RIVERBANK.index,
        "interval": "300", "path": str(folder),
    }  # fmt: skip
    run.stage.conf.write(f"{REST_ROOT}_settings", "sources", {"show_demo": "1"}, ADDON)
    path = f"/servicesNS/nobody/{ADDON}/{REST_ROOT}_minerva_file"
    with Browser(run, "admin") as browser, without_an_account(run):
        status, _, text = browser.ask("POST", path, **settings)
        assert (status, REFUSED in text, "name an account under Configuration" in text) == (500, True, True), text
        assert browser.ask("POST", path, **settings, vault="none")[0] == 500  # its records would not be signed
        foreign = {**settings, "tenant_id": "nobody"}
    with Browser(run, "admin") as browser:
        status, _, text = browser.ask("POST", path, **foreign)
    assert (status, REFUSED in text, "minerva_nobody_intake" in text) == (500, True, True), text


def test_no_input_has_an_index_by_default(apps: list[Path]) -> None:
    (addon,) = (app for app in apps if app.name == ADDON)
    stanzas = read_conf(addon / "default" / "inputs.conf")
    assert len(stanzas) == 3
    assert [name for name, settings in stanzas.items() if "index" in settings] == []


@pytest.mark.parametrize("vault", ["ask", "none"])
def test_an_input_of_one_institution_neither_is_saved_nor_writes_with_the_index_of_another(
    kept: tuple[Run, str, Path], vault: str
) -> None:
    run, _, folder = kept
    run.stage.conf.write(f"{REST_ROOT}_settings", "sources", {"show_demo": "1"}, ADDON)
    settings = {
        "source_id": "massage_licenses", "tenant_id": RIVERBANK.id, "index": NORTHFIELD.index, "interval": "300",
        "path": str(folder), "vault": vault,
    }  # fmt: skip
    with Browser(run, "admin") as browser:
        path = f"/servicesNS/nobody/{ADDON}/{REST_ROOT}_minerva_file"
        status, _, text = browser.ask("POST", path, **settings, name="astray")
    assert (status, REFUSED in text, "index: expected the institution's own" in text) == (500, True, True), text
    stanza = f"minerva_file://astray_{vault}"
    run.stage.conf.write("inputs", stanza, settings, ADDON)
    run.stage.run_inputs(names={stanza})
    run.stage.conf.delete("inputs", stanza, ADDON)
    assert run.ask(f"search index={NORTHFIELD.index} OR index=main | table _raw") == []
    assert "index: expected the institution?s own, as minerva_tenants.conf names it" in own_log(run)


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        (None, "name an account that holds a token"),
        ("a key of a source", "the account holds no valid token"),
        ([UNASSIGNED], "holds no role minerva_<tenant>_intake"),
        ([RIVERBANK.analyst_role], "holds no role minerva_<tenant>_intake"),
    ],
    ids=["nothing", "another key", "no right", "analyst"],
)
def test_the_configuration_page_refuses_an_account_that_may_not_ask(
    kept: tuple[Run, str, Path], holds: str | list[str] | None, words: str
) -> None:
    run, _, _ = kept
    stage = run.stage
    token = holds if isinstance(holds, str) else ""
    if isinstance(holds, list):
        stage.create_user("candidate", "a test password", holds)
        token = stage.accounts.create_token("candidate", "inputs")[1]
    stage.conf.write(f"{REST_ROOT}_account", "candidate", {"api_key": token}, ADDON)
    status, text = set_vault(run, account="candidate")
    assert (status, REFUSED in text, words in text) == (500, True, True), text
    assert stage.conf.stanzas(f"{REST_ROOT}_settings", ADDON)["vault"]["account"] == VAULT_ACCOUNT
    assert not token or token not in text


def test_the_configuration_page_takes_an_account_that_may_ask(kept: tuple[Run, str, Path]) -> None:
    run, _, _ = kept
    assert set_vault(run, account=VAULT_ACCOUNT)[0] == 200
    status, text = set_vault(run, account=VAULT_ACCOUNT, address="http://127.0.0.1:8089")
    assert (status, REFUSED in text, "https://host:port" in text) == (500, True, True), text
    assert run.stage.conf.stanzas(f"{REST_ROOT}_settings", ADDON)["vault"].get("address", "") == ""


def test_without_the_vault_nothing_is_stored_and_the_log_says_why(kept: tuple[Run, str, Path]) -> None:
    run, _, _ = kept
    run.stage.conf.write(f"{REST_ROOT}_settings", "vault", {"address": "https://127.0.0.1:1"}, ADDON)
    run.stage.run_inputs()
    assert events(run) == []
    told = 'event=run_failed source_id="massage_licenses" reason="vault" error="the vault?s handler cannot be reached'
    assert told in own_log(run)
    run.stage.conf.write(f"{REST_ROOT}_settings", "vault", {"address": ""}, ADDON)


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


@pytest.mark.parametrize(("level", "logged"), [("ERROR", 0), ("INFO", 1)])
def test_the_level_of_the_configuration_page_holds_for_the_next_run(
    kept: tuple[Run, str, Path], level: str, logged: int
) -> None:
    run, _, _ = kept
    with Browser(run, "admin") as browser:
        path = f"/servicesNS/nobody/{ADDON}/{REST_ROOT}_settings/logging"
        assert browser.ask("POST", path, loglevel=level)[0] == 200
    before = own_log(run).count("event=run_done")
    run.stage.run_inputs()
    assert own_log(run).count("event=run_done") - before == logged
