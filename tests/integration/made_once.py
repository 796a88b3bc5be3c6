"""What a run of pytest makes once, in whichever of its workers comes first, and only reads from then on.

The workers of pytest-xdist share one folder above their own; a lock beside what is made holds the others back.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assembly import paths
from assembly.packages.stage import compile_app, stage_apps
from assembly.tenants import emit_tenants_app

TENANTS_FILE = paths.ROOT / "demo" / "tenants.yml"
LIBRARIES = tuple(f"/{app}/lib/" for app in (paths.APP, paths.ADDON))


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Returns the run's folder of that name, which `make` has filled; after a failure the next one who asks tries."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def staged_apps(factory: pytest.TempPathFactory) -> list[Path]:
    """Returns both apps as they are installed in Splunk, with their compiled modules, and the tenants' own."""
    folder = made_once(factory, "apps_of_all", _stage)
    return sorted(path for path in folder.iterdir() if path.is_dir())


def _stage(folder: Path) -> None:
    """With compiled modules, which hold wherever the apps are copied to."""
    apps = stage_apps(folder)
    emit_tenants_app(TENANTS_FILE, folder)
    for app in apps:
        compile_app(app, Path(sys.executable))


def copy_tree(source: Path, target: Path) -> None:
    """Copies a folder of apps, or one app, into `target`. What lies in an app's lib/, nearly all of the files, is the
    same file by a second name: nobody writes there. Compiled modules stay: they name the place they were made at."""
    compiled = shutil.ignore_patterns("pycache")
    shutil.copytree(source, target, copy_function=_copy, dirs_exist_ok=True, ignore=compiled)


def _copy(source: str, target: str) -> None:
    if any(library in source for library in LIBRARIES):
        os.link(source, target)
    else:
        shutil.copy2(source, target)
