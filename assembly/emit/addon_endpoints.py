"""What the add-on has beside what UCC writes: REST handlers and conf files of its own.

UCC's restmap, web, app and server confs are replaced by files of the same name, so these are emitted into beside_ucc/
and assembly.packages.ucc adds them to what UCC wrote.
"""

from __future__ import annotations

from pathlib import Path

from assembly.conf_text import ConfFile, Stanza, emitted_line
from assembly.emit.app_catalog import CustomConf, spec_text
from assembly.emit.app_endpoints import endpoint_confs
from assembly.facts import read_facts
from assembly.paths import ADDON

BESIDE = f"{ADDON}/beside_ucc"
ENDPOINTS = f"{ADDON}/facts/endpoints.yml"
CONFS = f"{ADDON}/facts/confs.yml"


def emit_addon_endpoints(root: Path) -> dict[str, str]:
    """Returns restmap.conf and web.conf of the add-on's own handlers."""
    return endpoint_confs(root, ENDPOINTS, BESIDE)


def emit_addon_confs(root: Path) -> dict[str, str]:
    """Returns the specs of custom confs, an empty file of each, and what splunkd must know: how each is reloaded, and
    that search head clusters replicate it."""
    if not (root / CONFS).is_file():
        return {}
    confs = read_facts(root / CONFS, list[CustomConf])
    names = [conf.name for conf in confs]
    reload = Stanza("triggers", {f"reload.{name}": "simple" for name in names})
    replicate = Stanza("shclustering", {f"conf_replication_include.{name}": True for name in names})
    files = [
        ConfFile(f"{BESIDE}/app.conf", [CONFS], [reload]),
        ConfFile(f"{BESIDE}/server.conf", [CONFS], [replicate]),
    ]
    specs = {f"{ADDON}/README/{conf.name}.conf.spec": spec_text(conf, CONFS) for conf in confs}
    empty = {f"{ADDON}/default/{name}.conf": emitted_line([CONFS]) for name in names}
    return {**{file.path: file.text() for file in files}, **specs, **empty}
