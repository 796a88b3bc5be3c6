"""splunkd may run the REST handlers of both packages in one process: whichever is loaded first, each answers.

Endpoints that share a driver share processes (restmap.conf), so the first `minerva` that is imported serves both.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assembly.conf_read import read_conf
from assembly.machine import SHIPPED_PYTHONS, find_python
from assembly.packages.smoke import BYTE_CODE
from assembly.packages.stage import NOT_SHIPPED
from assembly.paths import ADDON, APP, ROOT
from tests.integration.made_once import staged_apps

MODULES = ROOT / "understudy" / "protocol" / "modules"
# Loads handlers in the order given, asks each, then imports the whole library if told to. What a module lacks is told.
PROGRAM = """
import importlib, json, logging, pkgutil, sys
failed = []
class Told(logging.Handler):
    def emit(self, record):
        failed.append(record.getMessage())
logging.getLogger().addHandler(Told())
for folder, name, method in json.loads(sys.argv[1]):
    sys.path.insert(0, folder)
    module, _, handler = name.rpartition(".")
    asked = {"method": method, "path_info": "http" if method == "GET" else "entities", "payload": "{}",
             "session": {"user": "somebody", "authtoken": "x"}, "system_authtoken": "x", "headers": [], "query": [],
             "server": {"rest_uri": "https://127.0.0.1:1"}}
    getattr(importlib.import_module(module), handler)("", "").handle(json.dumps(asked))
import minerva
for each in pkgutil.walk_packages(minerva.__path__, "minerva.") if sys.argv[2] == "all" else ():
    try:
        if not each.name.endswith("__main__"):
            importlib.import_module(each.name)
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            failed.append(f"{each.name}: {error}")
print(json.dumps([line for line in failed if "Module" in line or "Import" in line or "Attribute" in line]))
"""


def handlers(app: Path) -> list[tuple[str, str, str]]:
    """Folder, handler and a method of each endpoint that splunkd runs in a process which stays."""
    confs = [read_conf(app / "default" / "restmap.conf")]
    found = []
    for settings in (settings for conf in confs for settings in conf.values()):
        if settings.get("scripttype") == "persist" and "handler" in settings and "handlertype" not in settings:
            method = "POST" if "capability.post" in settings else "GET"
            found.append((str(app / "bin"), settings["handler"], method))
    return found


def missing(python: str, apps: list[Path], modules: str = "") -> list[str]:
    """What handlers of the apps miss in one process that loads them in this order; modules "all": the library too."""
    asked = [handler for app in apps for handler in handlers(app)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(MODULES), "PYTHONPYCACHEPREFIX": str(BYTE_CODE)}
    done = subprocess.run(
        [python, "-c", PROGRAM, json.dumps(asked), modules],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return list(json.loads(done.stdout.splitlines()[-1]))


ORDERS = pytest.mark.parametrize("first", [APP, ADDON])


def in_order(factory: pytest.TempPathFactory, first: str) -> list[Path]:
    apps = [app for app in staged_apps(factory) if app.name in (APP, ADDON)]
    assert [len(handlers(app)) > 1 for app in apps] == [True, True]
    return sorted(apps, key=lambda app: app.name != first)


@ORDERS
def test_handlers_of_both_packages_share_a_process(tmp_path_factory: pytest.TempPathFactory, first: str) -> None:
    assert missing(sys.executable, in_order(tmp_path_factory, first)) == []


@pytest.mark.full
@ORDERS
@pytest.mark.parametrize("version", SHIPPED_PYTHONS)
def test_they_do_under_the_pythons_of_splunk(
    tmp_path_factory: pytest.TempPathFactory, first: str, version: str
) -> None:
    python = find_python(version)
    if python is None:
        pytest.skip(f"no Python {version}")
    assert missing(python, in_order(tmp_path_factory, first), "all") == []


def test_what_both_packages_carry_is_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    libraries = [app / "lib" for app in staged_apps(tmp_path_factory) if app.name in (APP, ADDON)]
    marks = {(library / "minerva" / "VENDORED").read_bytes() for library in libraries}
    versions = [{each.name for each in library.glob("*.dist-info")} for library in libraries]
    names = [{name.rpartition("-")[0]: name for name in each} for each in versions]
    assert len(marks) == 1
    assert {name for name in names[0].keys() & names[1].keys() if names[0][name] != names[1][name]} == set()
    assert not any((library / "minerva" / part).exists() for library in libraries for part in NOT_SHIPPED)


def test_no_file_of_one_bin_has_the_name_of_one_of_the_other(tmp_path_factory: pytest.TempPathFactory) -> None:
    names = [
        {path.stem for path in (app / "bin").glob("*.py")}
        for app in staged_apps(tmp_path_factory)
        if app.name in (APP, ADDON)
    ]
    assert names[0] & names[1] == set()
