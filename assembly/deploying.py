"""Copies the built packages into an existing Splunk."""

from __future__ import annotations

import shutil
import sys
import tarfile
from pathlib import Path

from assembly import paths
from assembly.archive import build_packages
from assembly.tenants import emit_tenants_app


def deploy(splunk_home: Path, tenants: Path | None, root: Path = paths.ROOT) -> int:
    """Unpacks the built packages into etc/apps of a Splunk; their local/ and metadata/ folders are kept."""
    apps = splunk_home / "etc" / "apps"
    if not apps.is_dir():
        print(f"{apps}: no such folder; is {splunk_home} a Splunk home?", file=sys.stderr)
        return 1
    for archive in build_packages(root):
        name = archive.name.rsplit("-", 1)[0]
        for old in (apps / name).glob("*"):
            if old.name != "local" and old.name != "metadata":
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        with tarfile.open(archive) as tar:
            tar.extractall(apps, filter="data")
        print(f"{apps / name}: installed")
    if tenants is not None:
        print(f"{emit_tenants_app(tenants, apps)}: installed")
        shutil.move(apps / f"{paths.TENANTS_APP}.acs.json", Path.cwd() / f"{paths.TENANTS_APP}.acs.json")
    print("Restart Splunk to load them.")
    return 0
