"""Copies the built packages into an existing Splunk."""

from __future__ import annotations

import shutil
import sys
import tarfile
from pathlib import Path

from assembly import paths
from assembly.packages.archive import build_packages
from assembly.packages.stage import clear_installed
from assembly.packages.tenants_package import build_tenants_package
from assembly.tenant_facts import read_tenant_facts
from assembly.tenants import show_administration, too_many


def deploy(splunk_home: Path, tenants: Path | None, into: Path, root: Path = paths.ROOT) -> int:
    """Unpacks the built packages into etc/apps of a Splunk; their local/ and metadata/local.meta are kept.

    into: where the requests lie then that make the tenants' indexes on Splunk Cloud.
    """
    apps = splunk_home / "etc" / "apps"
    if not apps.is_dir():
        print(f"{apps}: no such folder; is {splunk_home} a Splunk home?", file=sys.stderr)
        return 1
    archives = build_packages(root)
    if tenants is not None:
        for line in too_many(read_tenant_facts(tenants)):
            print(f"warning: {line}", file=sys.stderr)
        archives.append(build_tenants_package(tenants, root / "dist", root))
        shutil.copyfile(root / "dist" / paths.TENANTS_REQUESTS, into / paths.TENANTS_REQUESTS)
        print(f"{into / paths.TENANTS_REQUESTS}: written")
    for app in install(archives, apps, tenants):
        print(f"{app}: installed")
    print("Restart Splunk to load them.")
    return 0


def install(archives: list[Path], apps: Path, tenants: Path | None) -> list[Path]:
    """Unpacks archives into a Splunk's etc/apps; of a tenants file, their administrators alone see Administration."""
    installed = [unpack(archive, apps) for archive in archives]
    if tenants is not None:
        show_administration(apps / paths.APP / "metadata" / "local.meta", read_tenant_facts(tenants))
    return installed


def unpack(archive: Path, apps: Path) -> Path:
    """Replaces an installed app by that of an archive, but for what the installation made; returns its folder."""
    app = apps / archive.name.rsplit("-", 1)[0]
    clear_installed(app)
    with tarfile.open(archive) as tar:
        tar.extractall(apps, filter="data")
    return app
