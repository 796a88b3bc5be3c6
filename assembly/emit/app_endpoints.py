"""REST endpoints, capabilities and alert actions of minerva_app: restmap, web, authorize, alert_actions, specs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assembly.conf_text import PYTHON_SETTINGS, ConfFile, Stanza, emitted_line
from assembly.emit.app_searches import KEPT_S
from assembly.facts import read_facts
from assembly.paths import APP

ENDPOINTS = f"{APP}/facts/endpoints.yml"
ROLES = f"{APP}/facts/roles.yml"
ALERTS = f"{APP}/facts/alerts.yml"

Method = Literal["GET", "POST", "PUT", "DELETE"]
MethodKey = Literal["get", "post", "put", "delete"]


@dataclass(frozen=True)
class Endpoint:
    """A persistent REST handler. `capability` is checked by splunkd before the handler runs."""

    name: str
    match: str
    handler: str
    methods: list[Method]
    capability: dict[str, str]
    expose: list[str]
    purpose: str
    pass_system_auth: bool = False
    pass_headers: bool = False

    def problem(self) -> str | None:
        """A method without a capability would be open to every user of the instance."""
        unknown = sorted(set(self.capability) - {"get", "post", "put", "delete"})
        if unknown:
            return f"capability: {', '.join(unknown)} is no method"
        bare = [method for method in self.methods if method.lower() not in self.capability]
        return f"no capability for {', '.join(bare)}" if bare else None


@dataclass(frozen=True)
class Capability:
    """A capability of the app's own; the handlers ask for it, roles grant it."""

    name: str
    purpose: str


@dataclass(frozen=True)
class RoleTemplate:
    """What one kind of role gets in each tenant. Quotas: Splunk reads 0 as unlimited, so zero is refused."""

    capabilities: list[str]
    srchJobsQuota: int = 6
    rtSrchJobsQuota: int = 1
    srchDiskQuota: int = 500
    srchTimeWin: int = -1
    cumulativeSrchJobsQuota: int = 30

    def problem(self) -> str | None:
        """Zero means without limit for every quota of authorize.conf."""
        quotas = (self.srchJobsQuota, self.rtSrchJobsQuota, self.srchDiskQuota, self.cumulativeSrchJobsQuota)
        return "a quota of 0 means unlimited: give a number" if 0 in quotas else None


@dataclass(frozen=True)
class Templates:
    """The kinds of role that a tenants file is turned into."""

    analyst: RoleTemplate
    admin: RoleTemplate
    partner: RoleTemplate
    intake: RoleTemplate
    service: RoleTemplate
    unassigned: RoleTemplate


@dataclass(frozen=True)
class Preset:
    """What an institution of one kind gets where its own entry says nothing. `partner`: it has a role for programs.

    `shelves`: the common indexes that its analysts' role opens.
    """

    retention_days: int
    profile: str = "none"
    match: str = "none"
    partner: bool = False
    shelves: list[Literal["group", "community"]] = field(default_factory=list)


@dataclass(frozen=True)
class RoleFacts:
    """All of roles.yml. `presets` by kind of institution."""

    capabilities: list[Capability]
    templates: Templates
    presets: dict[str, Preset]


@dataclass(frozen=True)
class Param:
    """A parameter of an alert action; `default` absent = the saved search must give it."""

    name: str
    description: str
    default: str | None = None


@dataclass(frozen=True)
class AlertAction:
    """A custom alert action, run by splunkd as `script --execute` with its payload on stdin."""

    name: str
    label: str
    description: str
    script: str
    payload_format: Literal["json", "xml"] = "json"
    params: list[Param] = field(default_factory=list)


def emit_endpoints(root: Path) -> dict[str, str]:
    """Returns restmap.conf and web.conf."""
    return endpoint_confs(root, ENDPOINTS, f"{APP}/default")


def endpoint_confs(root: Path, facts: str, folder: str) -> dict[str, str]:
    """Returns restmap.conf and web.conf in `folder` from a file of endpoints, nothing where there is none."""
    if not (root / facts).is_file():
        return {}
    endpoints = read_facts(root / facts, list[Endpoint])
    rest = ConfFile(f"{folder}/restmap.conf", [facts], [rest_stanza(endpoint) for endpoint in endpoints])
    web = ConfFile(f"{folder}/web.conf", [facts], web_stanzas(endpoints))
    return {rest.path: rest.text(), web.path: web.text()}


def web_stanzas(endpoints: Sequence[Endpoint]) -> list[Stanza]:
    """Returns what Splunk Web lets pages ask for."""
    stanzas = []
    for endpoint in endpoints:
        for number, pattern in enumerate(endpoint.expose):
            name = endpoint.name if number == 0 else f"{endpoint.name}_{number}"
            stanzas.append(Stanza(f"expose:{name}", {"pattern": pattern, "methods": ",".join(endpoint.methods)}))
    return stanzas


def rest_stanza(endpoint: Endpoint) -> Stanza:
    """Returns the handler's stanza of restmap.conf."""
    settings: dict[str, str | int | bool] = {
        "match": endpoint.match,
        "script": f"{endpoint.handler.split('.')[0]}.py",
        "scripttype": "persist",
        "handler": endpoint.handler,
        "requireAuthentication": True,
        "output_modes": "json",
        "passPayload": True,
        "passSystemAuth": endpoint.pass_system_auth,
    }
    if endpoint.pass_headers:
        settings["passHttpHeaders"] = True
    settings.update({f"capability.{method}": expression for method, expression in endpoint.capability.items()})
    return Stanza(f"script:{endpoint.name}", {**settings, **PYTHON_SETTINGS}, note=" ".join(endpoint.purpose.split()))


def read_roles(root: Path) -> RoleFacts:
    """Returns roles.yml of the app under `root`."""
    return read_facts(root / ROLES, RoleFacts)


def emit_capabilities(root: Path) -> dict[str, str]:
    """Returns authorize.conf: the app's own capabilities and no role, since roles belong to an installation."""
    if not (root / ROLES).is_file():
        return {}
    roles = read_roles(root)
    conf = ConfFile(
        f"{APP}/default/authorize.conf",
        [ROLES],
        [
            Stanza(f"capability::{capability.name}", {}, note=" ".join(capability.purpose.split()))
            for capability in roles.capabilities
        ],
    )
    return {conf.path: conf.text()}


def emit_alerts(root: Path) -> dict[str, str]:
    """Returns alert_actions.conf, its spec and that of the parameters in saved searches."""
    if not (root / ALERTS).is_file():
        return {}
    actions = read_facts(root / ALERTS, list[AlertAction])
    conf = ConfFile(f"{APP}/default/alert_actions.conf", [ALERTS], [_alert_stanza(action) for action in actions])
    head = emitted_line([ALERTS])
    stanza_spec, search_spec = head, head + "\n# Parameters that a saved search may set for the alert actions.\n"
    for action in actions:
        stanza_spec += f"\n[{action.name}]\n"
        for param in action.params:
            text = " ".join(param.description.split())
            stanza_spec += f"param.{param.name} = <string>\n* {text}\n"
            search_spec += f"action.{action.name}.param.{param.name} = <string>\n* {text}\n"
    return {
        conf.path: conf.text(),
        f"{APP}/README/alert_actions.conf.spec": stanza_spec,
        f"{APP}/README/savedsearches.conf.spec": search_spec,
    }


def _alert_stanza(action: AlertAction) -> Stanza:
    settings: dict[str, str | int | bool] = {
        "is_custom": True,
        "label": action.label,
        "description": " ".join(action.description.split()),
        "icon_path": "appIcon.png",
        "payload_format": action.payload_format,
        "alert.execute.cmd": action.script,
        "ttl": KEPT_S,  # else an action keeps its job, and the identifiers in it, for ten periods
    }
    settings.update({f"param.{param.name}": param.default for param in action.params if param.default is not None})
    return Stanza(action.name, {**settings, **PYTHON_SETTINGS})
