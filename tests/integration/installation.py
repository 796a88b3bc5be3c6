"""An installation for tests: both apps as staged and the tenants' app on a stage, with users of two tenants.

Users and roles: admin, the service, the collector whose token inputs have, an analyst and an administrator per tenant
(demo.run names them), and olga, who may search but has no tenant and no right to ask the entity handler.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
import yaml

from assembly.tenants import Tenant, read_tenants
from demo.inputs import ADDON, REST_ROOT, VAULT_ACCOUNT
from demo.run import ADMIN, ADMINS, ANALYSTS, COLLECTOR, ROOT, SERVICE, Run
from minerva.records import Record
from minerva.records.signing import digest_of, with_mark
from tests.integration.made_once import TENANTS_FILE, copy_tree
from understudy.conf import SYSTEM
from understudy.stage import Stage

NORTHFIELD, RIVERBANK, HARBOR = read_tenants(TENANTS_FILE)
BYSTANDER = "olga"
APP = "minerva_app"
COLLECTIONS = tuple(
    str(row["name"]) for row in yaml.safe_load((ROOT / APP / "facts" / "collections.yml").read_text(encoding="utf-8"))
)
"""All of the app, from its facts: one that is new is looked at from its first day."""
RECORDS = "sourcetype=minerva:* record_id=*"


@contextmanager
def installed(
    home: Path,
    apps: Sequence[Path] = (),
    *,
    clock: Callable[[], float] = time.time,
    python: Path | None = None,
    tenants_file: Path = TENANTS_FILE,
) -> Iterator[Run]:
    """Yields a serving stage over `home`. Without apps the home is taken as it was left: a restart."""
    for app in apps:  # unpacked before the start, as `build.py deploy` does
        copy_tree(app, home / "etc" / "apps" / app.name)
    stage = Stage(home, rest_port=0, clock=clock, python=python)
    try:
        tenants = read_tenants(tenants_file)
        passwords = _make_users(stage, tenants)
        stage.start()
        yield Run(stage, tenants, passwords)
    finally:
        stage.stop()


def _make_users(stage: Stage, tenants: Sequence[Tenant]) -> dict[str, str]:
    plain = {"search": "enabled", "srchIndexesAllowed": "main", "srchIndexesDefault": "main"}
    stage.conf.write("authorize", "role_bystander", plain, SYSTEM)
    roles = {ADMIN: ["admin"], SERVICE: [SERVICE], BYSTANDER: ["bystander"]}
    roles[COLLECTOR] = [tenant.intake_role for tenant in tenants]
    for tenant in tenants:
        roles |= {ANALYSTS[tenant.id]: [tenant.analyst_role], ADMINS[tenant.id]: [tenant.admin_role]}
    passwords = {user: f"a test password of {user}" for user in roles}
    for user, held in roles.items():
        if stage.accounts.user(user) is None:  # else the home is one that was left
            stage.create_user(user, passwords[user], held)
    return passwords


def add_register(run: Run, tenant: Tenant, folder: Path, mode: str = "auto", source: str = "massage_licenses") -> None:
    """Adds a file input as an administrator who edits inputs.conf would (the REST handlers are shown elsewhere)."""
    settings = {
        "source_id": source,
        "tenant_id": tenant.id,
        "index": tenant.index,
        "interval": "300",
        "path": str(folder.resolve()),
        "mode": mode,
        "disabled": "0",
    }
    name_vault_account(run.stage)
    run.stage.conf.write("inputs", f"minerva_file://{tenant.id}_{source}", settings, ADDON)


def name_vault_account(stage: Stage) -> None:
    """Lets inputs ask the vault, if they may not yet: demo.run does it through the handlers, which takes longer."""
    if stage.conf.stanzas(f"{REST_ROOT}_settings", ADDON).get("vault", {}).get("account"):
        return
    _, token = stage.accounts.create_token(COLLECTOR, "inputs of the add-on")
    stage.conf.write(f"{REST_ROOT}_account", VAULT_ACCOUNT, {"api_key": token}, ADDON)
    stage.conf.write(f"{REST_ROOT}_settings", "vault", {"account": VAULT_ACCOUNT}, ADDON)


def signed(run: Run, tenant: Tenant, record: Record) -> Record:
    """A record with the signature that the handler gives an input."""
    told = run.call_handler(
        SERVICE, "intake_sign", {"tenant_id": tenant.id, "index": tenant.index, "digests": [digest_of(record)]}
    )
    return with_mark(record, told["marks"][0])


def schedule(run: Run, moment: float = 0.0) -> list[str]:
    """Runs what is due at `moment` (0 = the next five-minute mark); returns the names. Fails if a search fails."""
    now = moment or (int(time.time()) // 300 + 1) * 300
    jobs = run.stage.run_schedules(float(now))
    assert [job.request.saved_search for job in jobs if job.failed] == []
    return [job.request.saved_search for job in jobs]


def documents(run: Run, tenant: str, collection: str) -> dict[str, str]:
    """Returns key -> the raw stored document of one tenant, as JSON text with sorted keys.

    Without the numbers of the refreshes that wrote it first and last, which count those that were killed too.
    """
    found = run.stage.kv.collection(APP, collection).all()
    return {
        str(item["_key"]): json.dumps(
            {name: value for name, value in item.items() if name not in ("refresh", "first_refresh")}, sort_keys=True
        )
        for item in found
        if str(item["_key"]).startswith(f"{tenant}:")
    }


def copies(run: Run, tenant: Tenant) -> dict[str, int]:
    """Returns record_id -> how many events of the tenant's index hold it."""
    rows = run.ask(f"| tstats count where index={tenant.index} sourcetype=minerva:* by minerva_record_id")
    return {str(row["minerva_record_id"]): int(row["count"]) for row in rows}


def source_keys(run: Run, tenant: Tenant, source: str = "*") -> list[str]:
    """Returns the source's own keys of a tenant's stored events, sorted, one per event."""
    rows = run.ask(f"search index={tenant.index} source={source} {RECORDS} | table source_key")
    return sorted(str(row["source_key"]) for row in rows)


def own_log(run: Run) -> str:
    """Returns the text of splunkd.log."""
    return (run.stage.home / "var" / "log" / "splunkd.log").read_text(encoding="utf-8")


class Browser:
    """A user's HTTP connection, by session key or, if given, by password; answers are (status, content type, body)."""

    def __init__(self, run: Run, user: str, password: str | None = None) -> None:
        self._base = run.admin.base
        self._session = requests.Session()
        self._session.trust_env = False
        if password is None:
            self._session.headers["Authorization"] = f"Splunk {run.stage.session_key(user)}"
        else:
            self._session.auth = (user, password)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def ask(self, method: str, path: str, /, body: Any = None, **values: str) -> tuple[int, str, str]:
        """`body` is sent as JSON; `values` as a form with POST, else in the query."""
        query = {"output_mode": "json", **({} if method == "POST" else values)}
        form = values if method == "POST" else None
        reply = self._session.request(method, self._base + path, json=body, data=form, params=query, timeout=60)
        return reply.status_code, reply.headers.get("Content-Type", ""), reply.text

    def entities(self, action: str, body: Any) -> tuple[int, str, str]:
        """Asks the entity handler."""
        return self.ask("POST", f"/services/minerva/app/v1/entities/{action}", body)

    def send(self, path: str, event: str) -> int:
        """Posts the text of an event; returns the status."""
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        reply = self._session.post(self._base + path, data=event.encode("utf-8"), headers=headers, timeout=60)
        return reply.status_code
