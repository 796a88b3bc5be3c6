"""Sets up the add-on's inputs as an administrator would: settings, accounts, one input per tenant and source.

Everything goes through the add-on's own REST handlers; keys end in storage/passwords.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from openpyxl import Workbook

ADDON = "TA-gen-connectors"
REST_ROOT = "ta_gen_connectors"
HTTP_PATHS = ("classified_ads", "user_profiles", "business_reviews", "missing_person_notices")
ACCOUNTS = {"classified_ads": "ads", "user_profiles": "profiles"}
VAULT_ACCOUNT = "vault"


@dataclass(frozen=True)
class Admin:
    """An administrator's connection to splunkd."""

    base: str
    session_key: str

    def post(self, path: str, values: Mapping[str, str]) -> None:
        """Posts a form; raises RuntimeError with splunkd's message (values are not repeated) when it is refused."""
        with requests.Session() as session:
            session.trust_env = False
            reply = session.post(
                f"{self.base}/servicesNS/nobody/{ADDON}/{path}",
                headers={"Authorization": f"Splunk {self.session_key}"},
                data=dict(values),
                params={"output_mode": "json"},
                timeout=300,
            )
        if not reply.ok:
            raise RuntimeError(f"{path} '{values.get('name', '')}': {reply.status_code} {reply.text[:300]}")


def set_network(admin: Admin, allowed_hosts: str, ca_file: str = "") -> None:
    """Lets inputs reach the demo's own sites on loopback, and trust what `ca_file` holds."""
    values = {"allowed_hosts": allowed_hosts, "stop_fetching": "0", **({"ca_file": ca_file} if ca_file else {})}
    admin.post(f"{REST_ROOT}_settings/network", values)


def offer_demo_sources(admin: Admin) -> None:
    """Lets inputs be made of the invented sources, which an installation hides."""
    admin.post(f"{REST_ROOT}_settings/sources", {"show_demo": "1"})


def add_account(admin: Admin, name: str, key: str, user: str = "") -> None:
    """Stores a source's key, or the vault's token; it is encrypted by splunkd."""
    admin.post(f"{REST_ROOT}_account", {"name": name, "api_key": key, **({"username": user} if user else {})})


def set_vault(admin: Admin, account: str) -> None:
    """Names the account with which inputs ask the vault; the handler tries it first."""
    admin.post(f"{REST_ROOT}_settings/vault", {"account": account, "address": ""})


def _settings(tenant: str, index: str, source_id: str) -> dict[str, str]:
    return {
        "name": f"{tenant}_{source_id}",
        "source_id": source_id,
        "tenant_id": tenant,
        "index": index,
        "interval": "300",
    }


def add_http_input(admin: Admin, tenant: str, index: str, source_id: str, site: str) -> None:
    """Adds one web source of one tenant."""
    values = {**_settings(tenant, index, source_id), "base_url": f"{site}/{tenant}"}
    if source_id in ACCOUNTS:
        values["account"] = ACCOUNTS[source_id]
    admin.post(f"{REST_ROOT}_minerva_http", values)


def add_file_input(admin: Admin, tenant: str, index: str, source_id: str, folder: Path) -> None:
    """Adds one file source of one tenant."""
    values = {**_settings(tenant, index, source_id), "path": str(folder.resolve()), "mode": "auto"}
    admin.post(f"{REST_ROOT}_minerva_file", values)


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes a register extract with a header line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_workbook(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes a register extract as XLSX."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("companies")
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.save(path)
