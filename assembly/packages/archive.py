"""Packages: a staged tree becomes dist/<name>-<version>.tar.gz with the same bytes at every run.

Before that the tree is searched for what must never ship (machine code, byte code, dot files, foreign links), and slim
validates its manifest.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import tarfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from assembly import paths
from assembly.hashing import file_hash
from assembly.packages.stage import stage_apps
from assembly.version import version

MACHINE_CODE = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
REFUSED_SUFFIXES = (".pyc", ".pyo", ".so", ".dylib", ".dll", ".pyd")
EPOCH, SPAN_S = 1_577_836_800, 5 * 365 * 86_400
"""Begin (2020-01-01) and length of the years in which the times of packed files lie."""
OF_AN_INSTALLATION = ("local", "metadata/local.meta")


class PackageError(Exception):
    """A staged tree holds what must not ship, or slim refused it."""


def build_packages(root: Path = paths.ROOT, afresh: bool = False) -> list[Path]:
    """Stages, checks and packs both apps; returns the archives under dist/. `afresh` uses nothing built before."""
    dist = root / "dist"
    dist.mkdir(exist_ok=True)
    if afresh:
        shutil.rmtree(root / "build" / "ucc", ignore_errors=True)
    archives = []
    for tree in stage_apps(root / "build" / "stage", root):
        problems = [*refused_files(tree), *unbuilt_pages(tree)]
        if problems:
            raise PackageError("\n".join(problems))
        validate_with_slim(tree, root)
        archive = dist / f"{tree.name}-{version(root)}.tar.gz"
        pack(tree, archive)
        archives.append(archive)
    lines = [f"{file_hash(archive)}  {archive.name}\n" for archive in archives]
    (dist / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    return archives


def unbuilt_pages(tree: Path) -> list[str]:
    """Returns one line for each script that a view of a staged app names and the app does not hold."""
    problems = []
    for view in sorted((tree / "default" / "data" / "ui" / "views").glob("*.xml")):
        script = ElementTree.fromstring(view.read_text(encoding="utf-8")).get("script")
        if script and not (tree / "appserver" / "static" / script).is_file():
            place = f"{tree.name}/appserver/static/{script}"
            problems.append(f"{view.name}: {place} is not there: run `npm ci` and `npm run build` in frontend/")
    return problems


def refused_files(tree: Path) -> list[str]:
    """Returns one line for each file of a staged tree that must not be in a package."""
    problems = []
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree.parent).as_posix()
        if path.is_symlink():
            problems.append(f"{name}: a symbolic link")
        elif path.name.startswith("."):
            problems.append(f"{name}: a dot file")
        elif path.relative_to(tree).as_posix() in OF_AN_INSTALLATION:
            problems.append(f"{name}: belongs to an installation, no package brings it")
        elif path.suffix in REFUSED_SUFFIXES or path.name == "__pycache__":
            problems.append(f"{name}: compiled code")
        elif path.is_file():
            with path.open("rb") as stream:
                if stream.read(4).startswith(MACHINE_CODE):
                    problems.append(f"{name}: machine code")
    return problems


def pack(tree: Path, archive: Path) -> None:
    """Writes `tree` as a gzipped tar: sorted names, owner 0, modes 755 and 644, and times that follow from the content.

    Python takes byte code for that of a source whose time and size it names. With the same time in each release, an
    update that keeps a file's size would go on running the old code.
    """
    partial = archive.with_suffix(".partial")
    with (
        partial.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for path in [tree, *sorted(tree.rglob("*"), key=lambda item: item.relative_to(tree).as_posix())]:
            entry = tar.gettarinfo(str(path), path.relative_to(tree.parent).as_posix())
            entry.uid = entry.gid = 0
            entry.mtime = time_of(path)
            entry.uname = entry.gname = ""
            entry.mode = 0o755 if path.is_dir() else 0o644
            if path.is_file():
                with path.open("rb") as stream:
                    tar.addfile(entry, stream)
            else:
                tar.addfile(entry)
    partial.replace(archive)


def time_of(path: Path) -> int:
    """The time of a packed file, the same for the same content and hardly ever for another; folders have the first."""
    if not path.is_file():
        return EPOCH
    return EPOCH + int.from_bytes(hashlib.sha256(path.read_bytes()).digest()[:8], "big") % SPAN_S


def validate_with_slim(tree: Path, root: Path) -> None:
    """Raises PackageError with slim's words when it finds an error in the app's manifest or layout."""
    home = root / "build" / "home"
    home.mkdir(parents=True, exist_ok=True)
    command = [str(root / "build" / "tools" / "bin" / "slim"), "validate", str(tree)]
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    output = done.stdout + done.stderr
    if done.returncode != 0 or "[ERROR]" in output:
        raise PackageError(f"slim refuses {tree.name}:\n{output[-3000:]}")
