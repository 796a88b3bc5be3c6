"""Sets the catalogue's sources up for one institution, reads them through the add-on's inputs, and says what came."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import certifi

from demo import inputs
from demo.progress import note, step
from demo.run import ROOT, Run
from demo.transports import drops
from demo.transports.imap_server import serving_mail
from demo.transports.plan import CONFIRMED, FOLDERS, MAIL, PDF, SFTP, WEB
from demo.transports.shapes import USER, Shaped
from demo.transports.site import serving
from minerva.intake.facts.catalogue import Catalogue, read_catalogue
from minerva.intake.facts.source import DEMO, Source

LEAST = 20
"""Sources of the catalogue that the demo reads at least, those that it invents not counted."""
ACCOUNT = "catalogue"
AT_ONCE = 7
"""Inputs in one process. Splunk gives each its own; most of what a process needs is its start."""
_INTERVAL = "86400"

Taken = Callable[[Source, Path, Path], str]


@dataclass(frozen=True)
class Came:
    """What one source gave. `left_out` says why it was not read."""

    transport: str
    source: str
    invented: bool
    read: int = 0
    stored: int = 0
    refused: int = 0
    left_out: str = ""


@contextmanager
def catalogue_sources(run: Run, allowed: str, home: Path) -> Iterator[list[Came]]:
    """Reads the sources for the first institution that collects, and serves them until the block ends.

    `allowed` are the addresses that inputs may reach already.
    """
    addon = home / "splunk" / "etc" / "apps" / inputs.ADDON
    catalogue = _confirmed(addon)
    tenant, key = run.collecting[0], secrets.token_urlsafe(12)
    left_out: dict[str, str] = {}
    with ExitStack() as servers:
        with step("serving sources of the catalogue, each from its own sample"):
            shaped = {name: Shaped(catalogue.sources[name], _sample(name), key) for _, name in WEB}
            sites = servers.enter_context(serving(shaped))
            mail = home / "mail"
            mail.mkdir()
            box, certificate = servers.enter_context(serving_mail(mail))
            box.user, box.password = f"{USER}@example.org", key
            box.messages = {1: _sample(MAIL[0][1]).read_bytes()}
            trusted = mail / "trusted.pem"
            trusted.write_bytes(Path(certifi.where()).read_bytes() + certificate.read_bytes())
            reached = ",".join([allowed, *sites.values(), f"127.0.0.1:{box.port}"])
            inputs.set_network(run.admin, reached, ca_file=str(trusted))
            for name, user in ((ACCOUNT, USER), (f"{ACCOUNT}_mail", box.user)):
                inputs.add_account(run.admin, name, key, user)
            stanzas = {
                **{f"minerva_http://{name}": _web(catalogue.sources[name], sites[name]) for _, name in WEB},
                **{f"minerva_mail://{name}": _mailbox(name, box.port) for _, name in MAIL},
            }
            ways: tuple[tuple[Sequence[tuple[str, str]], Taken], ...] = (
                (FOLDERS, drops.save), (SFTP, drops.fetch_by_sftp), (PDF, drops.take_from_pdf),
            )  # fmt: skip
            for planned, taken in ways:
                for _, name in planned:
                    folder = (home / "registers" / tenant.id / "catalogue" / name).resolve()
                    left_out[name] = taken(catalogue.sources[name], _sample(name), folder)
                    if not left_out[name]:
                        stanzas[f"minerva_file://{name}"] = {"path": str(folder), "mode": "auto", "source_id": name}
            common = {"tenant_id": tenant.id, "index": tenant.index, "interval": _INTERVAL}
            for stanza, settings in stanzas.items():
                run.admin.post("configs/conf-inputs", {"name": stanza, **common, **settings})
        with step("reading them through the add-on's inputs"):
            run.stage.run_inputs(names=set(stanzas), at_once=AT_ONCE)
        yield _came(run, catalogue, left_out)


def show(run: Run, came: Sequence[Came]) -> None:
    """Prints what each source gave; one that was read and gave nothing is a failure, and so are too few."""
    before = len(run.failures)
    print("\nSources of the catalogue, each in its own shape, from this machine")
    print("  transport                           source                            read  stored  refused")
    for each in came:
        counts = f"left out: {each.left_out}" if each.left_out else _counts(each)
        print(f"  {each.transport:35s} {each.source:32s} {counts}")
        if not each.left_out and not each.stored:
            run.failures.append(f"source {each.source} of the catalogue stored nothing")
    with_records = [each for each in came if each.stored]
    own = [each for each in with_records if not each.invented]
    ways, invented = len({each.transport for each in with_records}), len(with_records) - len(own)
    kinds = f"{len(own)} are folders of the catalogue, {invented} are invented"
    print(f"  {len(with_records)} sources gave records over {ways} transports; {kinds}\n", flush=True)
    if len(own) < LEAST:
        run.failures.append(f"only {len(own)} sources of the catalogue gave records, {LEAST} are wanted")
    for failure in run.failures[before:]:
        note(f"FAILED: {failure}")


def _counts(each: Came) -> str:
    return f"{each.read:5d}   {each.stored:5d}    {each.refused:5d}"


def _confirmed(addon: Path) -> Catalogue:
    """The catalogue, once the demo's administrator has said in local/ that the terms of some sources allow it."""
    packaged = read_catalogue(addon, {})
    said = {
        name: {"like": name, "title": packaged.sources[name].title, "legal": {"terms_allow": True},
               "evidence": packaged.documents[name]["evidence"]}
        for name in CONFIRMED
    }  # fmt: skip
    (addon / "local").mkdir(exist_ok=True)
    (addon / "local" / "sources.json").write_text(json.dumps(said), encoding="utf-8")
    return read_catalogue(addon, {})


def _sample(name: str) -> Path:
    folder = next((ROOT / inputs.ADDON / "sources").glob(f"*/{name}"))
    return next(path for path in folder.iterdir() if path.stem == "sample")


def _web(source: Source, address: str) -> dict[str, str]:
    assert source.http is not None
    account = {} if source.http.auth.kind == "none" else {"account": ACCOUNT}
    return {"source_id": source.source_id, "base_url": f"http://{address}", **account}


def _mailbox(name: str, port: int) -> dict[str, str]:
    return {"source_id": name, "address": f"127.0.0.1:{port}", "account": f"{ACCOUNT}_mail"}


def _came(run: Run, catalogue: Catalogue, left_out: Mapping[str, str]) -> list[Came]:
    tenant = run.collecting[0]
    logged: dict[str, dict[str, Any]] = {}
    for row in run.ask(
        "search index=_internal sourcetype=splunkd event=run_done | table source_id read refused failed"
    ):
        logged[str(row["source_id"])] = row
        if str(row.get("failed", "none")) != "none":
            run.failures.append(f"source {row['source_id']} of the catalogue failed: {row['failed']}")
    where = f"index={tenant.index} sourcetype=minerva:* minerva_record_id=*"
    rows = run.ask(f"| tstats dc(minerva_record_id) as records where {where} by source")
    stored = {str(row["source"]): int(row["records"]) for row in rows}
    return [
        Came(
            transport, name, catalogue.sources[name].family == DEMO, int(logged.get(name, {}).get("read", 0)),
            stored.get(name, 0), int(logged.get(name, {}).get("refused", 0)), left_out.get(name, ""),
        )
        for transport, name in (*WEB, *MAIL, *FOLDERS, *SFTP, *PDF)
    ]  # fmt: skip
