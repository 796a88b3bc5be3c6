"""The app minerva_tenants as a package: what the confs of assembly.tenants lack to be installed, inspected and updated.

The archive holds an installation's institutions: it is built for that installation alone and is no part of a release.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from assembly import paths
from assembly.lint import lint_app
from assembly.packages.archive import PackageError, pack, refused_files, validate_with_slim
from assembly.packages.stage import settle
from assembly.tenants import emit_tenants_app
from assembly.version import version

STAGED = "build/stage_tenants"
"""Not where the generic apps are staged: nothing of an installation may come near them, and both are built at once."""

_README = """\
Minerva, tenants of this installation

Indexes, roles, scheduled searches and the table of institutions, made from the installation's tenants file by
`build.py package --tenants FILE`. Change that file, never this app: the next build replaces all but local/.
"""


def build_tenants_package(tenants_file: Path, destination: Path, root: Path = paths.ROOT) -> Path:
    """Writes minerva_tenants-<version>.tar.gz and minerva_tenants.acs.json into `destination`; returns the archive.

    Raises FactError for the file, PackageError for what the package must not hold.
    """
    tree = stage_tenants(tenants_file, root / STAGED, root)
    problems = [*refused_files(tree), *lint_app(tree)]
    if problems:
        raise PackageError("\n".join(problems))
    validate_with_slim(tree, root)
    destination.mkdir(parents=True, exist_ok=True)
    archive = tenants_archive(destination, root)
    pack(tree, archive)
    shutil.copyfile(tree.parent / paths.TENANTS_REQUESTS, destination / paths.TENANTS_REQUESTS)
    return archive


def tenants_archive(folder: Path, root: Path = paths.ROOT) -> Path:
    """Returns where in `folder` the archive lies."""
    return folder / f"{paths.TENANTS_APP}-{version(root)}.tar.gz"


def stage_tenants(tenants_file: Path, destination: Path, root: Path = paths.ROOT) -> Path:
    """Writes the whole app below `destination`, replacing it, and returns its folder."""
    shutil.rmtree(destination / paths.TENANTS_APP, ignore_errors=True)
    destination.mkdir(parents=True, exist_ok=True)
    app = emit_tenants_app(tenants_file, destination, root)
    (app / "app.manifest").write_text(_manifest(root), encoding="utf-8")
    (app / "README.txt").write_text(_README, encoding="utf-8")
    shutil.copyfile(root / "LICENSE", app / "LICENSE")
    settle(app)
    return app


def _manifest(root: Path) -> str:
    """The app's manifest is that of minerva_app, but for what it says of the app itself."""
    manifest = json.loads((root / paths.APP / "app.manifest").read_text(encoding="utf-8"))
    info = manifest["info"]
    info["title"] = "Minerva tenants"
    info["description"] = "Tenants of this installation of Minerva: indexes, roles, searches."
    info["id"] = {**info["id"], "name": paths.TENANTS_APP, "version": version(root)}
    manifest["dependencies"] = {paths.APP: {"version": f">={version(root)}", "optional": True}}
    manifest["targetWorkloads"] = ["_search_heads", "_indexers"]
    return json.dumps(manifest, indent=2) + "\n"
