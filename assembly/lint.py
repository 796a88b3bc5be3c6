"""Our own gate over what ships, beyond AppInspect: roles, metadata, searches, Python. AppInspect passes all of these.

Each rule returns lines "file: what is wrong"; an empty list is a pass. The rules follow the project's threat model.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from xml.etree import ElementTree

from assembly.conf_read import ConfTextError, read_conf
from assembly.emit.lookup_tables import TABLES

INHERITED_ROLES = frozenset({"user", "power", "admin", "sc_admin", "can_delete"})
# Categories whose visibility everywhere gives away no data: their own ACL and the roles' indexes still hold.
EXPORTED = {
    "minerva_app": (
        "commands",
        "searchbnf",
        "alert_actions",
        "collections/minerva_alerts",
        "transforms/minerva_alerts",
        "collections/minerva_watchlist",
        "transforms/minerva_watchlist",
        "collections/minerva_refresh",
        "transforms/minerva_refresh",
        "props",
    ),
    # Of lookups the files of reference data alone: what an installation adds is its own.
    "TA-gen-connectors": (
        *("props", "transforms", "fields", "eventtypes", "tags"),
        *(f"lookups/{name}.csv" for name in TABLES),
    ),
    "minerva_tenants": ("minerva_tenants",),
}
NEWER_PANELS = {"splunk.networkGraph": "10.4"}
"""Panels that came after Splunk 9.4, the oldest that is claimed (docs/install-on-splunk.md): type and first version."""
RISKY_COMMANDS = frozenset(
    {"collect", "delete", "dump", "map", "mcollect", "meventcollect", "outputcsv", "outputlookup", "rest", "run"}
    | {"runshellscript", "script", "sendalert", "sendemail", "tscollect"}
)
REFUSED_IMPORTS = frozenset(
    {"pickle", "jsonpickle", "marshal", "shelve", "dill", "subprocess", "multiprocessing", "ctypes"}
)
STARTS_A_PROCESS = frozenset({"minerva/intake/formats/limited_child.py", "minerva/images/picture_child.py"})
"""Modules that may import subprocess: they start this interpreter with a fixed program and limits, and no shell."""
REFUSED_CALLS = frozenset({"eval", "exec", "compile", "__import__"})
REFUSED_ATTRIBUTES = frozenset({("os", "system"), ("os", "popen"), ("yaml", "load")})


def lint_app(app: Path) -> list[str]:
    """Returns every finding in the confs and metadata of one app folder (authored, staged or emitted)."""
    problems: list[str] = []
    for conf in sorted((app / "default").glob("*.conf")):
        try:
            stanzas = read_conf(conf)
        except ConfTextError as error:
            problems.append(str(error))
            continue
        rule = {"authorize.conf": _roles, "savedsearches.conf": _searches, "macros.conf": _macros}.get(conf.name)
        if rule is not None:
            problems += [f"{app.name}/default/{conf.name}: {line}" for line in rule(stanzas)]
    for view in sorted((app / "default" / "data" / "ui" / "views").glob("*.xml")):
        problems += [f"{app.name}/default/data/ui/views/{view.name}: {line}" for line in _panels(view)]
    meta = app / "metadata" / "default.meta"
    if meta.is_file():
        problems += [f"{app.name}/metadata/default.meta: {line}" for line in _metadata(app.name, read_conf(meta))]
    return problems


def _panels(view: Path) -> list[str]:
    """Panels of a Dashboard Studio view that Splunk 9.4 does not draw."""
    definition = ElementTree.parse(view).findtext("definition")
    panels = json.loads(definition).get("visualizations", {}) if definition else {}
    return [
        f"{name} is a {panel['type']}, which needs Splunk {NEWER_PANELS[panel['type']]}"
        for name, panel in panels.items()
        if panel["type"] in NEWER_PANELS
    ]


def _roles(stanzas: dict[str, dict[str, str]]) -> list[str]:
    problems = []
    for name, settings in stanzas.items():
        if not name.startswith("role_"):
            continue
        imported = set(re.split(r"[;,\s]+", settings.get("importRoles", ""))) & INHERITED_ROLES
        if imported:
            problems.append(f"[{name}] imports {', '.join(sorted(imported))}")
        for key in ("srchIndexesAllowed", "srchIndexesDefault"):
            for index in filter(None, re.split(r"[;,\s]+", settings.get(key, ""))):
                if "*" in index or index.startswith("_"):
                    problems.append(f"[{name}] {key} holds {index}: explicit indexes only")
        if "srchFilter" in settings:
            problems.append(f"[{name}] srchFilter is no boundary: indexes are")
        problems += [
            f"[{name}] {key} = 0 means without limit"
            for key, value in settings.items()
            if key.lower().endswith("quota") and value.strip() == "0"
        ]
    return problems


def _searches(stanzas: dict[str, dict[str, str]]) -> list[str]:
    problems = []
    for name, settings in stanzas.items():
        if settings.get("dispatchAs") == "owner":
            problems.append(f"[{name}] dispatchAs = owner in a shared search lends the owner's rights to every reader")
        if settings.get("cron_schedule") and settings.get("dispatch.allow_partial_results") != "false":
            problems.append(f"[{name}] dispatch.allow_partial_results = false is missing: a search peer may be down")
        if settings.get("enableSched", "0") not in ("0", "1"):
            problems.append(f"[{name}] enableSched is 0 or 1, no other word")
        if settings.get("alert.digest_mode") == "false":
            problems.append(
                f"[{name}] alert.digest_mode = false: Splunk raises at most 500 alerts of one run, the rest never"
            )
        problems += [f"[{name}] {line}" for line in risky_commands(settings.get("search", ""))]
    return problems


def _macros(stanzas: dict[str, dict[str, str]]) -> list[str]:
    return [
        f"[{name}] {line}"
        for name, settings in stanzas.items()
        for line in risky_commands(settings.get("definition", ""))
    ]


def risky_commands(search: str) -> list[str]:
    """Returns a line for each command of a search that writes, sends or runs something."""
    unquoted = re.sub(r'"(?:[^"\\]|\\.)*"', '""', search)
    used = {match[1].lower() for match in re.finditer(r"(?:\||\[|^)\s*([a-zA-Z]\w*)", unquoted)}
    return [f"uses {command}" for command in sorted(used & RISKY_COMMANDS)]


def _metadata(app: str, stanzas: dict[str, dict[str, str]]) -> list[str]:
    problems = []
    for name, settings in stanzas.items():
        access = settings.get("access", "")
        read = re.search(r"read\s*:\s*\[([^\]]*)\]", access)
        if settings.get("export") == "system" and name not in EXPORTED.get(app, ()):
            problems.append(f"[{name}] export = system is not for this category")
        if name.startswith("collections") and (read is None or "*" in read[1]):
            problems.append(f"[{name}] collections hold every tenant's data: name who may read")
        if re.search(r"write\s*:\s*\[[^\]]*\*", access):
            problems.append(f"[{name}] everybody may write")
    if not any(name.startswith("collections") for name in stanzas) and app == "minerva_app":
        problems.append("no [collections] stanza: they would fall to []")
    return problems


def lint_python(path: Path, name: str) -> list[str]:
    """Returns every refused import, call and keyword of one shipped Python file of our own."""
    problems = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=name)):
        for found in _refused(node):
            if found == "imports subprocess" and name in STARTS_A_PROCESS:
                continue
            problems.append(f"{name}:{getattr(node, 'lineno', 0)}: {found}")
    return problems


def _refused(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [f"imports {alias.name}" for alias in node.names if alias.name.split(".")[0] in REFUSED_IMPORTS]
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in REFUSED_IMPORTS and not node.level:
        return [f"imports {node.module}"]
    if isinstance(node, ast.Call):
        found = []
        if isinstance(node.func, ast.Name) and node.func.id in REFUSED_CALLS:
            found.append(f"calls {node.func.id}")
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            pair = (node.func.value.id, node.func.attr)
            found += [f"calls {'.'.join(pair)}"] if pair in REFUSED_ATTRIBUTES else []
        found += [
            f"{word.arg} = False"
            for word in node.keywords
            if word.arg in ("verify", "check_hostname")
            and isinstance(word.value, ast.Constant)
            and word.value.value is False
        ]
        return found
    return []
