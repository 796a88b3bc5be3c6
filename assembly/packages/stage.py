"""Both apps as they will be installed in Splunk: authored files, emitted confs, UCC's output, vendored libraries.

The demo stages from here; packages are made of the same trees. Modes: directories 755, files 644.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from assembly import paths
from assembly.emit.connectors import read_sources
from assembly.hashing import file_hash, text_hash, tree_files
from assembly.packages import third_party, ucc
from assembly.version import version

APP_PARTS = ("bin", "default", "lookups", "appserver", "metadata", "static", "README")
AUTHORED = ".yml"
"""How the names of facts end that stand beside code; packages carry what is emitted from them."""
# Authoring needs PyYAML, which no package carries.
AUTHORING = "intake/facts/authoring.py"
# Both packages carry the same library, whole: handlers of both may run in one process of splunkd, where the package
# `minerva` that was imported first serves both. Pictures of school sites are gathered from a work tree alone.
NOT_SHIPPED = ("school_harvest/",)
VENDORED_MARK = "VENDORED"
KEPT_OF_INSTALLATION = ("local", "lookups", "metadata")
"""Folders of an installed app that Splunk writes into: settings, tables that somebody uploaded, permissions."""


class StageError(Exception):
    """Something that a staged tree needs is not there, or something that must not be in one is."""


def stage_apps(destination: Path, root: Path = paths.ROOT) -> list[Path]:
    """Writes minerva_app and TA-gen-connectors into `destination` (replacing them) and returns their folders."""
    return [stage_app(destination, root), stage_addon(destination, root)]


def compile_app(app: Path, python: Path) -> None:
    """Compiles an installed app's code as a Splunk has it compiled after the first run; the stand-in's children write
    none, and each would compile what it imports, about half of what it costs. Raises CalledProcessError.

    By hash, so that code which somebody changes there is never taken for what was compiled.
    """
    command = [str(python), "-W", "ignore", "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "."]
    beside = {name: value for name, value in os.environ.items() if name != paths.BYTE_CODE_FOLDER}
    subprocess.run(command, cwd=app, env=beside, check=True, stdout=subprocess.DEVNULL)


def stage_app(destination: Path, root: Path = paths.ROOT) -> Path:
    """Writes minerva_app with lib/ and returns its folder."""
    source, target = root / paths.APP, destination / paths.APP
    _clear(target)
    for part in APP_PARTS:
        _copy(source / part, target / part)
    # Alert actions name their icon from appserver/static, the app's own lie in static. A clone whose pages were never
    # built has no such folder.
    icons = target / "appserver" / "static"
    icons.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / "static" / "appIcon.png", icons / "appIcon.png")
    for name in ("app.manifest", "README.txt"):
        shutil.copyfile(source / name, target / name)
    shutil.copyfile(root / "LICENSE", target / "LICENSE")
    _bring_libraries(root, paths.APP, target)
    settle(target)
    return target


def stage_addon(destination: Path, root: Path = paths.ROOT) -> Path:
    """Writes TA-gen-connectors as UCC builds it, with lib/ and default/sources.json, and returns its folder."""
    target = destination / paths.ADDON
    _clear(target)
    _copy(ucc.build_addon(root, root / "build" / "tools", root / "build" / "ucc"), target)
    sources = json.dumps(read_sources(root, abstract=True), ensure_ascii=False, indent=1, sort_keys=True)
    (target / "default" / "sources.json").write_text(sources + "\n", encoding="utf-8")
    _bring_libraries(root, paths.ADDON, target)
    settle(target)
    return target


def vendored_mark(root: Path) -> str:
    """Returns the line that lib/minerva/VENDORED holds: version and content hash of what was vendored."""
    parts = []
    for path in _library_files(root):
        parts += [path.relative_to(root / "minerva").as_posix(), file_hash(path)]
    return f"{version(root)} sha256:{text_hash(parts)}\n"


def _library_files(root: Path) -> list[Path]:
    library = root / "minerva"
    named = {path.relative_to(library).as_posix(): path for path in tree_files(library)}
    return [
        path
        for name, path in named.items()
        if name != AUTHORING and not name.endswith(AUTHORED) and not name.startswith(NOT_SHIPPED)
    ]


def _bring_libraries(root: Path, package: str, target: Path) -> None:
    libraries = root / "build" / "lib" / package
    if not libraries.is_dir():
        raise StageError(f"{libraries}: not there; run build.py, which resolves the shipped libraries first")
    _copy(libraries, target / "lib")
    # Manual pages of programs that no package carries.
    shutil.rmtree(target / "lib" / "share", ignore_errors=True)
    (target / "lib" / third_party.FILE).write_text(third_party.notices(target / "lib"), encoding="utf-8")
    for path in _library_files(root):
        copy = target / "lib" / "minerva" / path.relative_to(root / "minerva")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (target / "lib" / "minerva" / VENDORED_MARK).write_text(vendored_mark(root), encoding="utf-8")


def clear_installed(app: Path) -> None:
    """Removes what an earlier version brought into an installed app; what KEPT_OF_INSTALLATION names may be its own."""
    for old in app.glob("*"):
        if old.name not in KEPT_OF_INSTALLATION:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def _clear(target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)


def _copy(source: Path, target: Path) -> None:
    for path in tree_files(source):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def settle(target: Path) -> None:
    target.chmod(0o755)
    for path in target.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
