"""What the modules of a room import: every import statement, at the top, inside a function or for types alone."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SKIPPED = {"node_modules", "__pycache__", "build", "dist", ".venv"}


class InnerImport(NamedTuple):
    """One module of a room imports another; both as dotted names, a package's own for its __init__.py."""

    place: str
    importer: str
    imported: str


def python_files(folder: Path) -> list[Path]:
    """Returns the Python files below a folder, sorted."""
    return sorted(path for path in folder.rglob("*.py") if SKIPPED.isdisjoint(path.relative_to(folder).parts))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yields (line, dotted name) of each absolute import; of `from a import b` both a and a.b."""
    for line, base, names in _statements(path, ""):
        if base:
            yield line, base
            yield from ((line, f"{base}.{name}") for name in names)


def inner_imports(room: Path) -> list[InnerImport]:
    """Returns the imports of a room's modules by each other. `from a import b` imports a.b where that is a module."""
    modules = {_name(path, room): path for path in python_files(room)}
    found = []
    for importer, path in modules.items():
        package = importer if path.name == "__init__.py" else importer.rpartition(".")[0]
        for line, base, names in _statements(path, package):
            place = f"{path.relative_to(room.parent).as_posix()}:{line}"
            imported = {_module(f"{base}.{name}" if name else base, modules) for name in names or ("",)}
            imported = {name for name in imported if name.split(".")[0] == room.name and name != importer}
            found += [InnerImport(place, importer, name) for name in sorted(imported)]
    return found


def _statements(path: Path, package: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yields (line, dotted name, names taken from it) of each import. package: what relative ones start from; without
    it their name is empty."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")
                base = ".".join([*above[: len(above) + 1 - node.level], *filter(None, [base])]) if package else ""
            yield node.lineno, base, tuple(alias.name for alias in node.names)


def _name(path: Path, room: Path) -> str:
    parts = path.relative_to(room.parent).with_suffix("").parts
    return ".".join(parts[:-1] if path.name == "__init__.py" else parts)


def _module(name: str, modules: Mapping[str, Path]) -> str:
    """Returns the module that a dotted name is of: itself, or the nearest above."""
    while name not in modules and "." in name:
        name = name.rpartition(".")[0]
    return name


def package_of(module: str) -> str:
    """Returns what of a room a module belongs to: a package, a module directly in the room, "" for its __init__.py."""
    return module.split(".", 2)[1] if "." in module else ""


def package_arrows(found: Iterable[InnerImport]) -> dict[str, set[str]]:
    """Returns package -> packages that it imports."""
    arrows: dict[str, set[str]] = {}
    for each in found:
        source, target = package_of(each.importer), package_of(each.imported)
        if source != target:
            arrows.setdefault(source, set()).add(target)
    return arrows


def module_arrows(found: Iterable[InnerImport]) -> dict[str, set[str]]:
    """Returns module -> modules that it imports."""
    arrows: dict[str, set[str]] = {}
    for each in found:
        arrows.setdefault(each.importer, set()).add(each.imported)
    return arrows


def circles(arrows: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """Returns the groups of names that reach each other along the arrows, each once."""
    reach = {name: _reached(name, arrows) for name in arrows}
    groups = {tuple(sorted(other for other in reach[name] if name in reach.get(other, ()))) for name in arrows}
    return sorted(group for group in groups if group)


def _reached(start: str, arrows: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(arrows.get(start, ()))
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += arrows.get(name, ())
    return seen
