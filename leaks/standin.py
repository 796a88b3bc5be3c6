"""The site that the leak check runs on without a Splunk: a stage with both apps, four institutions and their people."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assembly.packages.stage import compile_app, stage_apps
from assembly.paths import ROOT
from assembly.tenant_facts import Group, Tenant, read_tenant_facts
from assembly.tenants import emit_tenants_app
from leaks.model import APP, Institution, Person, Site
from leaks.planting import Patience
from understudy.conf import SYSTEM
from understudy.stage import Stage

TENANTS_FILE = Path(__file__).with_name("tenants.yml")
HOME = ROOT / "build" / "leaks"
_SERVICE = "minerva_service"


PERIOD = 300.0
"""Seconds between two runs of the institutions' searches."""


@dataclass
class StandIn:
    """A serving stage as a Site. Its schedules run when they are told to."""

    stage: Stage
    site: Site
    _mark: float = 0.0

    @property
    def patience(self) -> Patience:
        """The first turn links what was planted before it; one more is for what a busy machine delayed."""
        return Patience(self.settle, 3)

    def settle(self) -> None:
        """Runs what is due at the next five-minute mark that was not run, however short ago the last one was.

        Raises RuntimeError where a search failed.
        """
        self._mark = max(time.time() // PERIOD * PERIOD, self._mark) + PERIOD
        jobs = self.stage.search_schedule.run_due(self._mark, self.stage.started)
        self.stage.own_log.index()
        failed = [f"{job.request.saved_search}: {job.messages}" for job in jobs if job.failed]
        if failed:
            raise RuntimeError(f"scheduled searches failed: {'; '.join(failed)}")


@contextmanager
def standing_in(home: Path = HOME) -> Iterator[StandIn]:
    """Yields the stand-in in an emptied home."""
    shutil.rmtree(home, ignore_errors=True)
    staged = home / "staged"
    staged.mkdir(parents=True)
    stage = Stage(home / "splunk", rest_port=0)
    for app in (*stage_apps(staged), emit_tenants_app(TENANTS_FILE, staged)):
        stage.install(app)
    # The check starts its commands often.
    compile_app(stage.surroundings.apps / APP, stage.surroundings.python)
    try:
        facts = read_tenant_facts(TENANTS_FILE)
        tenants, (group,) = facts.tenants, facts.groups
        working = [tenant for tenant in tenants if tenant.state == "active"]
        closed = next(tenant for tenant in tenants if tenant.state != "active")
        institutions = tuple(_institution(stage, tenant, group) for tenant in working)
        people = _people(stage, working, closed)
        stage.create_user(_SERVICE, secrets.token_urlsafe(12), [_SERVICE])
        platform = _made(stage, Person("platform", (), "admin"), ["admin"])
        stage.start()
        everybody = (*(own for place in institutions for own in place.owners.values()), *people)
        url = f"http://127.0.0.1:{stage.rest_port}"
        yield StandIn(stage, Site(url, institutions, everybody, platform, stand_in=True))
    finally:
        stage.stop()


def _institution(stage: Stage, tenant: Tenant, group: Group) -> Institution:
    roles = {"analyst": tenant.analyst_role, "admin": tenant.admin_role, "program": tenant.partner_role}
    owners = {
        persona: _made(stage, Person(persona, (tenant.id,), f"{tenant.id}_{persona}"), [role])
        for persona, role in roles.items()
    }
    return Institution(tenant.id, tenant.index, tenant.summary_index, owners, group.id, group.index)


def _people(stage: Stage, working: list[Tenant], closed: Tenant) -> list[Person]:
    """People beside the institutions' own: one of each two, accounts of inputs, one of none, one of the suspended."""
    plain = {"search": "enabled", "srchIndexesAllowed": "main", "srchIndexesDefault": "main"}
    stage.conf.write("authorize", "role_bystander", plain, SYSTEM)
    found = []
    for left in working:
        both = [tenant for tenant in working if tenant is not left]
        person = Person("two_tenants", tuple(tenant.id for tenant in both), f"all_but_{left.id}")
        found.append(_made(stage, person, [tenant.analyst_role for tenant in both]))
    for tenant in working:
        found.append(_made(stage, Person("intake", (), f"{tenant.id}_intake"), [tenant.intake_role]))
    found.append(_made(stage, Person("bystander", (), "bystander"), ["bystander"]))
    # A suspended institution's roles are gone; its people keep their names, and a right to search from elsewhere.
    suspended = Person("suspended", (closed.id,), f"{closed.id}_analyst")
    found.append(_made(stage, suspended, [closed.analyst_role, "bystander"]))
    return found


def _made(stage: Stage, person: Person, roles: list[str]) -> Person:
    password = secrets.token_urlsafe(12)
    stage.create_user(person.user, password, roles)
    return Person(person.persona, person.tenants, person.user, password)
