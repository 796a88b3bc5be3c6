"""An operator's tenants file becomes the installation's own app minerva_tenants: indexes, roles, searches, table.

The app is never inside the two packages. For Splunk Cloud the same facts become a list of ACS requests for the indexes.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from assembly import paths
from assembly.conf_text import ConfFile, Stanza
from assembly.emit.app_endpoints import RoleTemplate, read_roles
from assembly.emit.app_searches import read_searches, search_stanza
from assembly.facts import FactError, read_facts
from assembly.version import version

SERVICE = "minerva_service"
# Tenant roles never read these, whatever another role of the same user would allow.
DISALLOWED = "_*;main"
DAY_S = 86_400


@dataclass(frozen=True)
class Tenant:
    """One institution. `retention_days`: records older than this leave the index."""

    id: str
    label: str
    retention_days: int = 1826

    @property
    def index(self) -> str:
        """The index that holds the tenant's records; its name says nothing of the tenant."""
        return "mnv_t_" + hashlib.sha256(f"tenant:{self.id}".encode()).hexdigest()[:8]

    @property
    def analyst_role(self) -> str:
        """Role of those who read."""
        return f"minerva_{self.id}_analyst"

    @property
    def admin_role(self) -> str:
        """Role of the institution's administrators; in this version they may do what analysts may."""
        return f"minerva_{self.id}_admin"

    def problem(self) -> str | None:
        """Ids become role names and keys: Splunk takes lower case only."""
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,40}", self.id):
            return f"id {self.id!r}: a letter, then at most 40 lower-case letters, digits, '_' or '-'"
        return "retention_days must be at least 1" if self.retention_days < 1 else None


@dataclass(frozen=True)
class TenantFacts:
    """All of a tenants file."""

    tenants: list[Tenant]


def read_tenants(tenants_file: Path) -> list[Tenant]:
    """Returns the tenants in the file's order. Raises FactError, also for an id or index that occurs twice."""
    tenants = read_facts(tenants_file, TenantFacts).tenants
    for what in ("id", "index"):
        twice = [value for value, count in Counter(getattr(tenant, what) for tenant in tenants).items() if count > 1]
        if twice:
            raise FactError(tenants_file, 1, f"tenants.{what}", f"{twice[0]} occurs twice")
    return tenants


def emit_tenants_app(tenants_file: Path, destination: Path, root: Path = paths.ROOT) -> Path:
    """Writes the app below `destination` (replacing it) and minerva_tenants.acs.json beside it; returns its folder."""
    tenants = read_tenants(tenants_file)
    app = destination / paths.TENANTS_APP
    shutil.rmtree(app, ignore_errors=True)
    for file in _conf_files(tenants, tenants_file.name, root):
        target = app / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text(), encoding="utf-8")
    requests = json.dumps(acs_requests(tenants), indent=2) + "\n"
    (destination / f"{paths.TENANTS_APP}.acs.json").write_text(requests, encoding="utf-8")
    return app


def acs_requests(tenants: list[Tenant]) -> list[dict[str, object]]:
    """Returns the Admin Config Service requests that make the indexes on Splunk Cloud; {stack} is the operator's."""
    return [
        {
            "method": "POST",
            "path": "/{stack}/adminconfig/v2/indexes",
            "body": {"name": tenant.index, "datatype": "event", "searchableDays": tenant.retention_days},
        }
        for tenant in tenants
    ]


def _conf_files(tenants: list[Tenant], facts: str, root: Path) -> list[ConfFile]:
    stanzas = {
        "default/app.conf": _app(root),
        "default/indexes.conf": [_index(tenant) for tenant in tenants],
        "default/authorize.conf": _roles(tenants, root),
        "default/savedsearches.conf": _searches(tenants, root),
        "default/minerva_tenants.conf": [_entry(tenant) for tenant in tenants],
        "metadata/default.meta": _metadata(tenants, root),
    }
    return [ConfFile(path, [facts], items) for path, items in stanzas.items()]


def _app(root: Path) -> list[Stanza]:
    release = version(root)
    return [
        Stanza("id", {"name": paths.TENANTS_APP, "version": release}),
        Stanza("launcher", {"author": "Minerva", "version": release, "description": "Tenants of this installation."}),
        Stanza("package", {"id": paths.TENANTS_APP, "check_for_updates": False}),
        Stanza("install", {"is_configured": True, "state": "enabled", "build": 1}),
        Stanza("ui", {"is_visible": False, "label": "Minerva tenants"}),
        Stanza("triggers", {"reload.minerva_tenants": "simple"}),
    ]


def _index(tenant: Tenant) -> Stanza:
    return Stanza(
        tenant.index,
        {
            "homePath": f"$SPLUNK_DB/{tenant.index}/db",
            "coldPath": f"$SPLUNK_DB/{tenant.index}/colddb",
            "thawedPath": f"$SPLUNK_DB/{tenant.index}/thaweddb",
            "frozenTimePeriodInSecs": tenant.retention_days * DAY_S,
            # On an indexer cluster the index is replicated; a single indexer ignores it.
            "repFactor": "auto",
        },
    )


def _roles(tenants: list[Tenant], root: Path) -> list[Stanza]:
    templates = read_roles(root).templates
    stanzas = []
    for tenant in tenants:
        stanzas.append(_role(tenant.analyst_role, templates.analyst, [tenant.index]))
        stanzas.append(_role(tenant.admin_role, templates.admin, [tenant.index]))
    stanzas.append(_role(SERVICE, templates.service, [tenant.index for tenant in tenants]))
    return stanzas


def _role(name: str, template: RoleTemplate, indexes: list[str]) -> Stanza:
    settings: dict[str, str | int | bool] = {
        "srchIndexesAllowed": ";".join(indexes),
        "srchIndexesDefault": ";".join(indexes),
        "srchIndexesDisallowed": DISALLOWED,
        "srchJobsQuota": template.srchJobsQuota,
        "rtSrchJobsQuota": template.rtSrchJobsQuota,
        "cumulativeSrchJobsQuota": template.cumulativeSrchJobsQuota,
        "srchDiskQuota": template.srchDiskQuota,
        "srchTimeWin": template.srchTimeWin,
    }
    settings.update(dict.fromkeys(template.capabilities, "enabled"))
    return Stanza(f"role_{name}", settings)


def _searches(tenants: list[Tenant], root: Path) -> list[Stanza]:
    searches = read_searches(root).searches
    return [
        search_stanza(search, {"tenant": tenant.id, "index": tenant.index}, enabled=True)
        for tenant in tenants
        for search in searches
    ]


def _entry(tenant: Tenant) -> Stanza:
    return Stanza(
        tenant.id,
        {
            "index": tenant.index,
            "analyst_role": tenant.analyst_role,
            "admin_role": tenant.admin_role,
            "label": tenant.label,
        },
    )


def _metadata(tenants: list[Tenant], root: Path) -> list[Stanza]:
    readers = f"read : [ {SERVICE}, admin, sc_admin ], write : [ admin, sc_admin ]"
    stanzas = [
        Stanza("", {"access": readers, "export": "none"}),
        Stanza(
            "minerva_tenants",
            {"access": readers, "export": "system"},
            note="The entity handler of minerva_app reads the table of tenants.",
        ),
    ]
    stanzas += [
        Stanza(f"savedsearches/{quote(stanza.name, safe='')}", {"access": readers, "export": "none", "owner": SERVICE})
        for stanza in _searches(tenants, root)
    ]
    return stanzas
