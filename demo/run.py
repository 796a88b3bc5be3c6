"""The demo from an empty home to a running stand-in: apps staged, tenants and users made, sources set up and read."""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import requests

from assembly.packages.stage import stage_apps
from assembly.tenants import Tenant, emit_tenants_app, read_tenants
from demo import inputs
from demo.fake_site import FakeSite
from demo.progress import step
from demo.world import World
from demo.world.build import SOURCES
from understudy.stage import Stage

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "build" / "demo"
SERVICE = "minerva_service"
ADMIN = "admin"
COLLECTOR = "minerva_collector"
"""In whose name inputs ask the vaults of all institutions."""
ANALYSTS = {"northfield": "nora", "riverbank": "ruth", "harbor": "hana", "chicago": "carla"}
ADMINS = {"northfield": "nina", "riverbank": "rita", "harbor": "hugo", "chicago": "cleo"}
PROGRAMS = {name: f"{name}_program" for name in ANALYSTS}
COLLECTS_NOTHING = frozenset({"harbor"})
"""Institutions of the demo without sources of their own."""


@dataclass
class Run:
    """One run. passwords: user -> password, made for this run; failures: what makes the exit code 1."""

    stage: Stage
    tenants: Sequence[Tenant]
    passwords: dict[str, str]
    scheduled: list[tuple[str, bool, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def collecting(self) -> list[Tenant]:
        """Returns the tenants that have sources."""
        return [tenant for tenant in self.tenants if tenant.id not in COLLECTS_NOTHING]

    @property
    def admin(self) -> inputs.Admin:
        """Returns the administrator's connection."""
        return inputs.Admin(f"http://127.0.0.1:{self.stage.rest_port}", self.stage.session_key(ADMIN))

    def ask(self, spl: str, user: str = ADMIN) -> list[dict[str, Any]]:
        """Runs a search in a user's name over all time and returns its rows."""
        return [dict(row) for row in self.stage.search(spl, user, app="minerva_app").rows]

    def call_handler(self, user: str, action: str, body: Mapping[str, Any], door: str = "entities") -> Any:
        """Returns the answer of one of the app's handlers to a user; raises RuntimeError when it refuses."""
        with requests.Session() as session:
            session.trust_env = False
            reply = session.post(
                f"{self.admin.base}/services/minerva/app/v1/{door}/{action}",
                headers={"Authorization": f"Splunk {self.stage.session_key(user)}"},
                json=dict(body),
                timeout=60,
            )
        if not reply.ok:
            raise RuntimeError(f"handler of {door}, {action}: {reply.status_code} {reply.text[:200]}")
        return json.loads(reply.text) if reply.text else None


@contextmanager
def opened(home: Path, tenants_file: Path, *, rest_port: int = 0, web_port: int | None = None) -> Iterator[Run]:
    """Yields a started stage in an emptied home, with both apps as they are installed in Splunk, tenants and users."""
    shutil.rmtree(home, ignore_errors=True)
    staged = home / "staged"
    staged.mkdir(parents=True)
    with step("staging both apps as they are installed in Splunk"):
        apps = [*stage_apps(staged), emit_tenants_app(tenants_file, staged)]
    with step("starting the stand-in on 127.0.0.1"):
        stage = Stage(home / "splunk", rest_port=rest_port, web_port=web_port)
        for app in apps:
            stage.install(app)
        stage.start()
    try:
        tenants = read_tenants(tenants_file)
        yield Run(stage, tenants, _make_users(stage, tenants))
    finally:
        stage.stop()


def _make_users(stage: Stage, tenants: Sequence[Tenant]) -> dict[str, str]:
    """Creates the platform's administrator, service and collector, and per tenant an analyst, an administrator and a
    program."""
    roles = {ADMIN: ["admin"], SERVICE: [SERVICE], COLLECTOR: [tenant.intake_role for tenant in tenants]}
    for tenant in tenants:
        roles[ANALYSTS[tenant.id]] = [tenant.analyst_role]
        roles[ADMINS[tenant.id]] = [tenant.admin_role]
        roles[PROGRAMS[tenant.id]] = [tenant.partner_role]
    passwords = {user: secrets.token_urlsafe(9) for user in roles}
    for user, held in roles.items():
        stage.create_user(user, passwords[user], held)
    return passwords


def name_vault_account(run: Run) -> None:
    """Gives the add-on an account that asks the vault: a token of the collector, named and tried on its settings."""
    _, token = run.stage.accounts.create_token(COLLECTOR, "inputs of the add-on")
    inputs.add_account(run.admin, inputs.VAULT_ACCOUNT, token)
    inputs.set_vault(run.admin, inputs.VAULT_ACCOUNT)


@contextmanager
def world_sources(run: Run, world: World, home: Path) -> Iterator[FakeSite]:
    """Serves and writes the world's sources and sets up one input for each of them and each tenant."""
    rows = {(tenant.id, source): world.rows(tenant.id, source) for tenant in run.collecting for source in SOURCES}
    key, token = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
    site = FakeSite(rows, api_key=key, token=token)
    site.start()
    try:
        with step("setting up accounts and inputs through the add-on's own handlers"):
            _set_up(run, rows, site, key, token, home)
        yield site
    finally:
        site.stop()


def _set_up(
    run: Run, rows: Mapping[tuple[str, str], list[Any]], site: FakeSite, key: str, token: str, home: Path
) -> None:
    address = f"127.0.0.1:{site.port}"
    inputs.set_network(run.admin, address)
    inputs.offer_demo_sources(run.admin)
    inputs.add_account(run.admin, inputs.ACCOUNTS["classified_ads"], key)
    inputs.add_account(run.admin, inputs.ACCOUNTS["user_profiles"], token)
    name_vault_account(run)
    tasks: list[Callable[[], None]] = []
    for tenant in run.collecting:
        folder = home / "registers" / tenant.id
        inputs.write_csv(folder / "licenses" / "licenses.csv", rows[tenant.id, "massage_licenses"])
        inputs.write_workbook(folder / "companies" / "companies.xlsx", rows[tenant.id, "company_register"])
        who = (run.admin, tenant.id, tenant.index)
        tasks += [partial(inputs.add_http_input, *who, source, f"http://{address}") for source in inputs.HTTP_PATHS]
        tasks.append(partial(inputs.add_file_input, *who, "massage_licenses", folder / "licenses"))
        tasks.append(partial(inputs.add_file_input, *who, "company_register", folder / "companies"))
    # Each call starts a handler process of the add-on, which mostly waits for its own start.
    with ThreadPoolExecutor(max_workers=4) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()


def run_inputs(run: Run) -> None:
    """Runs every input once, to its end."""
    with step("running the inputs over their sources"):
        run.stage.run_inputs()


def run_schedules(run: Run) -> None:
    """Runs the scheduled searches that are due at the next five-minute mark, and their alerts."""
    with step("running the scheduled searches and alerts"):
        now = (int(time.time()) // 300 + 1) * 300
        for job in run.stage.run_schedules(float(now)):
            name = job.request.saved_search or job.sid
            text = next((message.text for message in reversed(job.messages)), "")
            run.scheduled.append((name, not job.failed, text))
            if job.failed:
                run.failures.append(f"scheduled search '{name}' failed: {text}")


def watch(run: Run, tenant: Tenant, identifier: str) -> None:
    """Puts an identifier on a tenant's watch list, as its administrator."""
    note = "shared phone of an operation: demo watch list"
    run.call_handler(ADMINS[tenant.id], "watchlist", {"op": "add", "identifier": identifier, "note": note})
