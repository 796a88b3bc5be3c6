"""An operator's tenants file becomes the installation's own app minerva_tenants: indexes, roles, searches, table.

The app is never inside the two packages: assembly.packages.tenants_package makes one of its own of it. For Splunk Cloud
the same facts become a list of ACS requests for the indexes.
`python -m assembly.tenants` (build.py tenants) creates, suspends, resumes or retires an institution in one call.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args
from urllib.parse import quote

from assembly import paths
from assembly.conf_read import read_conf
from assembly.conf_text import ConfFile, Stanza
from assembly.emit.app_endpoints import Preset, RoleTemplate, read_roles
from assembly.emit.app_searches import minutes, read_searches, search_stanza
from assembly.facts import FactError
from assembly.packages.stage import clear_installed
from assembly.tenant_changes import change_state, create
from assembly.tenant_facts import (
    COMMUNITY_INDEX,
    COPIES_DAYS,
    Kind,
    State,
    Tenant,
    TenantFacts,
    read_tenant_facts,
    read_tenants,
)
from assembly.version import build_number, version

__all__ = ["Tenant", "acs_requests", "emit_tenants_app", "read_tenants"]

SERVICE = "minerva_service"
UNASSIGNED = "minerva_unassigned"
ADMINISTRATION = "views/administration"
# Splunk's [default] gives these to every role, whatever it imports: `collect` writes an event past vault and signature.
TAKEN_AWAY = ("run_collect", "run_mcollect", "schedule_rtsearch")
# And these, which roles without Splunk Web (no `search`) do not need: to list all settings, to change own objects.
OF_SPLUNK_WEB = ("edit_own_objects", "list_all_objects")
# Tenant roles never read these, whatever another role of the same user would allow.
DISALLOWED = "_*;main"
DAY_S = 86_400
# The scheduler may take half (max_searches_perc) of what a search head with 16 processors runs at once
# (max_searches_per_cpu 1 x 16 + base_max_searches 6). Three searches of each tenant begin every five minutes.
SLOTS, EACH_FIVE, MINUTES = 11, 3, 5
MOST_TENANTS = SLOTS * MINUTES // EACH_FIVE
STATES: dict[str, State] = {"suspend": "suspended", "resume": "active", "retire": "retired"}
STEPS = {
    "create": [
        "restart Splunk, or reload indexes and roles",
        "give people the roles {analyst} and {admin}",
        "give the user of the inputs' vault account the role {intake}, if inputs collect for the institution",
    ],
    "suspend": [
        "restart Splunk or reload roles: the roles are gone and the handler refuses at once when its table is read",
        "revoke the tokens and end the sessions of the institution's people (Settings > Tokens)",
        "cancel their running jobs (Activity > Jobs, by user)",
    ],
    "resume": ["restart Splunk or reload roles: the roles are there again; tokens have to be issued anew"],
    "retire": [
        "revoke tokens, end sessions and jobs as for a suspension, and remove the people",
        "remove the institution's inputs; its indexes empty by their retention and can be removed then",
    ],
}


def emit_tenants_app(tenants_file: Path, destination: Path, root: Path = paths.ROOT) -> Path:
    """Writes the app below `destination` and minerva_tenants.acs.json beside it; returns its folder.

    An app that is there is replaced, but for its local/ and metadata/local.meta.
    A minerva_app that lies there too shows the page Administration to the institutions' administrators alone.
    """
    facts = read_tenant_facts(tenants_file)
    app = destination / paths.TENANTS_APP
    clear_installed(app)
    for file in _conf_files(facts, tenants_file.name, root):
        target = app / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text(), encoding="utf-8")
    requests = json.dumps(acs_requests(facts, root), indent=2) + "\n"
    (destination / paths.TENANTS_REQUESTS).write_text(requests, encoding="utf-8")
    if (destination / paths.APP).is_dir():
        show_administration(destination / paths.APP / "metadata" / "local.meta", facts)
    return app


def too_many(facts: TenantFacts) -> list[str]:
    """Returns a warning if more searches begin in a minute than the scheduler of one search head runs at once."""
    working = sum(tenant.state == "active" for tenant in facts.tenants)
    if working <= MOST_TENANTS:
        return []
    begun = -(-EACH_FIVE * working // MINUTES)
    return [
        f"{working} tenants: up to {begun} searches begin in one minute, and the scheduler of a search head with 16 "
        f"processors runs {SLOTS} at once, enough for {MOST_TENANTS} tenants. What finds no place is left out: see "
        '"Searches by the clock" in docs/install-on-splunk.md'
    ]


def show_administration(meta: Path, facts: TenantFacts) -> None:
    """Gives the page Administration to the roles that may use it; a menu has no entry for what may not be read."""
    roles = ", ".join(tenant.admin_role for tenant in facts.tenants if tenant.state == "active")
    stanzas = read_conf(meta) if meta.is_file() else {}
    stanzas[ADMINISTRATION] = {
        **stanzas.get(ADMINISTRATION, {}),
        "access": f"read : [ {roles} ], write : [ admin, sc_admin ]",
    }
    lines = {name: "".join(f"{key} = {value}\n" for key, value in found.items()) for name, found in stanzas.items()}
    meta.parent.mkdir(parents=True, exist_ok=True)
    meta.write_text("\n".join(f"[{name}]\n{text}" for name, text in lines.items()), encoding="utf-8")


def acs_requests(facts: TenantFacts, root: Path = paths.ROOT) -> list[dict[str, object]]:
    """Returns the Admin Config Service requests that make the indexes on Splunk Cloud; {stack} is the operator's."""
    return [
        {
            "method": "POST",
            "path": "/{stack}/adminconfig/v2/indexes",
            "body": {"name": name, "datatype": "event", "searchableDays": days},
        }
        for name, days in _retention(facts, root).items()
    ]


def _retention(facts: TenantFacts, root: Path) -> dict[str, int]:
    """Index -> days, every index of the installation."""
    presets = read_roles(root).presets
    found: dict[str, int] = {}
    for tenant in facts.tenants:
        days = tenant.retention_days or presets[tenant.kind].retention_days
        found |= {tenant.index: days, tenant.summary_index: COPIES_DAYS}
    found |= {group.index: group.retention_days for group in facts.groups}
    return found | {COMMUNITY_INDEX: COPIES_DAYS}


def _conf_files(facts: TenantFacts, name: str, root: Path) -> list[ConfFile]:
    working = [tenant for tenant in facts.tenants if tenant.state == "active"]
    roles = read_roles(root)
    stanzas = {
        "default/app.conf": _app(root),
        "default/server.conf": [Stanza("shclustering", {"conf_replication_include.minerva_tenants": True})],
        "default/indexes.conf": [_index(index, days) for index, days in _retention(facts, root).items()],
        "default/authorize.conf": _roles(working, facts, root),
        "default/savedsearches.conf": _searches(facts, root),
        "default/minerva_tenants.conf": [
            *(_entry(tenant, facts, roles.presets[tenant.kind]) for tenant in facts.tenants),
            *(Stanza(f"group:{group.id}", {"shelf": group.index}) for group in facts.groups if group.state == "active"),
            Stanza("community", {"shelf": COMMUNITY_INDEX}),
        ],
        "metadata/default.meta": _metadata(facts, root),
    }
    return [ConfFile(path, [name], items) for path, items in stanzas.items()]


def _app(root: Path) -> list[Stanza]:
    release = version(root)
    return [
        Stanza("id", {"name": paths.TENANTS_APP, "version": release}),
        Stanza("launcher", {"author": "Minerva", "version": release, "description": "Tenants of this installation."}),
        Stanza("package", {"id": paths.TENANTS_APP, "check_for_updates": False}),
        Stanza("install", {"is_configured": False, "state": "enabled", "build": build_number(root)}),
        Stanza("ui", {"is_visible": False, "label": "Minerva tenants"}),
        Stanza("triggers", {"reload.minerva_tenants": "simple"}),
    ]


def _index(name: str, days: int) -> Stanza:
    return Stanza(
        name,
        {
            "homePath": f"$SPLUNK_DB/{name}/db",
            "coldPath": f"$SPLUNK_DB/{name}/colddb",
            "thawedPath": f"$SPLUNK_DB/{name}/thaweddb",
            "frozenTimePeriodInSecs": days * DAY_S,
            # On an indexer cluster the index is replicated; a single indexer ignores it.
            "repFactor": "auto",
        },
    )


def _roles(working: list[Tenant], facts: TenantFacts, root: Path) -> list[Stanza]:
    """Roles of working institutions alone: a suspended one's people hold names of roles that are not there."""
    roles = read_roles(root)
    templates = roles.templates
    stanzas = []
    for tenant in working:
        preset = roles.presets[tenant.kind]
        own = [tenant.index]
        shared = [tenant.summary_index]
        if "group" in preset.shelves:
            shared += [group.index for group in facts.groups if group.state == "active" and group.id in tenant.groups]
        if "community" in preset.shelves:
            shared.append(COMMUNITY_INDEX)
        stanzas.append(_role(tenant.analyst_role, templates.analyst, [*own, *shared], own, tenant))
        stanzas.append(_role(tenant.admin_role, templates.admin, own, own, tenant))
        if preset.partner:
            stanzas.append(_role(tenant.partner_role, templates.partner, own, own, tenant))
        stanzas.append(_role(tenant.intake_role, templates.intake, [], [], None))
    every = [index for tenant in working for index in (tenant.index, tenant.summary_index)]
    every += [group.index for group in facts.groups if group.state == "active"]
    every.append(COMMUNITY_INDEX)
    # Were each scheduled search as slow as its period, all of them would run side by side. Beyond its disk quota it
    # is ended in the middle, which linking would take for records that are gone.
    searches, most = len(_searches(facts, root)), templates.service
    quotas = (max(searches, most.srchJobsQuota), max(searches, most.cumulativeSrchJobsQuota))
    disk = most.srchDiskQuota * max(1, len(working))
    service = replace(most, srchJobsQuota=quotas[0], cumulativeSrchJobsQuota=quotas[1], srchDiskQuota=disk)
    stanzas.append(_role(SERVICE, service, every, [tenant.index for tenant in working], None))
    stanzas.append(_role(UNASSIGNED, templates.unassigned, [], [], None))
    return stanzas


def _role(name: str, template: RoleTemplate, indexes: list[str], default: list[str], tenant: Tenant | None) -> Stanza:
    settings: dict[str, str | int | bool] = {
        "srchIndexesAllowed": ";".join(indexes),
        "srchIndexesDefault": ";".join(default),
        "srchIndexesDisallowed": DISALLOWED,
        "srchJobsQuota": template.srchJobsQuota,
        "rtSrchJobsQuota": template.rtSrchJobsQuota,
        "cumulativeSrchJobsQuota": template.cumulativeSrchJobsQuota,
        "srchDiskQuota": template.srchDiskQuota,
        "srchTimeWin": template.srchTimeWin,
    }
    if tenant is not None:
        quotas = tenant.quotas
        given = {
            "srchJobsQuota": quotas.jobs,
            "cumulativeSrchJobsQuota": quotas.all_jobs,
            "srchDiskQuota": quotas.disk_mb,
        }
        settings.update({key: value for key, value in given.items() if value is not None})
    settings.update(dict.fromkeys(TAKEN_AWAY, "disabled"))
    if "search" not in template.capabilities:
        settings.update(dict.fromkeys(OF_SPLUNK_WEB, "disabled"))
    settings.update(dict.fromkeys(template.capabilities, "enabled"))
    return Stanza(f"role_{name}", settings)


def _searches(facts: TenantFacts, root: Path) -> list[Stanza]:
    """A tenant keeps its minutes while others are suspended: they follow from its place in the file."""
    searches = read_searches(root).searches
    stanzas = [
        search_stanza(search, {"tenant": tenant.id, "index": tenant.index, **minutes(place)}, enabled=True)
        for place, tenant in enumerate(facts.tenants)
        if tenant.state == "active"
        for search in searches
        if search.per == "tenant"
    ]
    return stanzas + [search_stanza(search, {}, enabled=True) for search in searches if search.per == "installation"]


def _entry(tenant: Tenant, facts: TenantFacts, preset: Preset) -> Stanza:
    """What the entity handler knows of an institution. A closed group has no members."""
    open_groups = [group.id for group in facts.groups if group.state == "active" and group.id in tenant.groups]
    return Stanza(
        tenant.id,
        {
            "index": tenant.index,
            "summary_index": tenant.summary_index,
            "analyst_role": tenant.analyst_role,
            "admin_role": tenant.admin_role,
            "partner_role": tenant.partner_role if preset.partner else "",
            "intake_role": tenant.intake_role,
            "label": tenant.label,
            "kind": tenant.kind,
            "profile": tenant.profile or preset.profile,
            "match": tenant.match or preset.match,
            "groups": ",".join(open_groups),
            "shelves": ",".join(preset.shelves),
            "region": tenant.region,
            "pictures": tenant.pictures,
            "state": tenant.state,
        },
    )


def _metadata(facts: TenantFacts, root: Path) -> list[Stanza]:
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
        for stanza in _searches(facts, root)
    ]
    return stanzas


def main(arguments: list[str]) -> int:
    """Returns 0 when done, 1 when the file does not allow it, 2 on wrong use."""
    parser = argparse.ArgumentParser(prog="build.py tenants", description="Changes the institutions of a tenants file.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("list", "create", *STATES):
        command = commands.add_parser(name)
        command.add_argument("file", type=Path, help="the tenants file")
        if name == "list":
            continue
        command.add_argument("id")
        command.add_argument("--into", type=Path, metavar="DIR", help="emit the app minerva_tenants below this folder")
        if name == "create":
            command.add_argument("--label", required=True)
            command.add_argument("--kind", required=True, choices=get_args(Kind))
            command.add_argument("--group", action="append", default=[], help="may be given several times")
            command.add_argument("--profile", help="legal profile, if another than that of the kind")
    options = parser.parse_args(arguments)
    try:
        if options.command == "list":
            print("\n".join(_listed(read_tenant_facts(options.file))))
            return 0
        if options.command == "create":
            create(options.file, options.id, options.label, options.kind, options.group, options.profile)
        else:
            change_state(options.file, options.id, STATES[options.command])
        if options.into:
            print(f"{emit_tenants_app(options.file, options.into)}: written")
            print("\n".join(f"warning: {line}" for line in too_many(read_tenant_facts(options.file))), end="")
    except (FactError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    tenant = next(each for each in read_tenant_facts(options.file).tenants if each.id == options.id)
    for step in STEPS[options.command]:
        named = {"analyst": tenant.analyst_role, "admin": tenant.admin_role, "intake": tenant.intake_role}
        print(f"next: {step.format(**named)}")
    return 0


def _listed(facts: TenantFacts) -> list[str]:
    return [
        f"{tenant.id}: {tenant.label}, {tenant.kind}, {tenant.state}, groups {', '.join(tenant.groups) or 'none'}, "
        f"index {tenant.index}"
        for tenant in facts.tenants
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
