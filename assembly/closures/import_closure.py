"""Which files of the project a run of some of them may read: the import closure, and the hash of its code.

The closure holds what entry points import, early or late, the packages on the way, every module of a package in which
modules are looked up by a name made up as the code runs, and the data files of the packages. Nothing is imported to
find it. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assembly.closures.python_facts import HERE, PythonFacts, python_facts
from assembly.hashing import LEFT_OUT, file_hash, text_hash

ROOMS = ("minerva", "understudy", "assembly", "demo", "benchmarks", "proofs", "leaks", "tests")
SCRIPT_FOLDERS = ("minerva_app/bin", "TA-gen-connectors/bin", "understudy/protocol/modules")
"""Folders that a run puts on its module path: their files are top-level modules."""
READS = {
    "assembly/packages/stage.py": ("minerva", "minerva_app", "TA-gen-connectors", "frontend"),
    "understudy/web/bundles.py": ("frontend",),
}
"""Modules that read whole folders besides their own package's."""
CACHE = Path("build") / "import_closure.json"
_SELF = ("import_closure.py", "python_facts.py", "syntax_digest.py")


def closure(root: Path, entries: Iterable[Path]) -> frozenset[Path]:
    """Returns the files of the project that a run of the entries may read, the entries included.

    Entries are files below `root`; a test among them brings the conftest.py of each folder above it.
    """
    return ImportGraph(root).closure(entries)


def code_digest(root: Path, paths: Iterable[Path]) -> str:
    """Returns a hash of files below `root`: names, syntax of Python files, bytes of others."""
    return ImportGraph(root).digest(paths)


class ImportGraph:
    """The files of the project as they are now; each is read at most once. What Python files say is kept in CACHE."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._modules = dict(self._listed())
        self._paths = set(self._modules.values())
        self._facts: dict[Path, PythonFacts] = {}
        self._needs: dict[Path, frozenset[Path]] = {}
        self._in_folder: dict[tuple[object, Path], frozenset[Path]] = {}
        self._kept = _read_cache(self.root / CACHE)
        self._fresh = False

    def closure(self, entries: Iterable[Path]) -> frozenset[Path]:
        """See the function of that name."""
        todo = [self.root / path for path in entries]
        todo += [path for entry in todo for path in self._conftests(entry)]
        found: set[Path] = set()
        while todo:
            path = todo.pop()
            if path not in found:
                found.add(path)
                todo += self._needs_of(path) - found if path.suffix == ".py" else ()
        code = {path for path in found if path.suffix == ".py" and self._facts_of(path).has_code}
        for folder in {path.parent for path in code} - {self.root}:
            found |= self._once(_data_of, folder)
        for below in {self.root / each for reader in READS if self.root / reader in code for each in READS[reader]}:
            found |= self._once(_files_below, below)
        self._keep()
        return frozenset(found)

    def _once(self, files_of: Callable[[Path], Iterator[Path]], folder: Path) -> frozenset[Path]:
        if (files_of, folder) not in self._in_folder:
            self._in_folder[files_of, folder] = frozenset(files_of(folder))
        return self._in_folder[files_of, folder]

    def digest(self, paths: Iterable[Path]) -> str:
        """See `code_digest`."""
        named = {(self.root / path).relative_to(self.root).as_posix(): self.root / path for path in paths}
        found = text_hash(part for name in sorted(named) for part in (name, self._hash_of(named[name])))
        self._keep()
        return found

    def _hash_of(self, path: Path) -> str:
        return self._facts_of(path).digest if path.suffix == ".py" else file_hash(path)

    def _listed(self) -> Iterator[tuple[str, Path]]:
        """(dotted name, file) of every module; a script folder's come first, as they hide no room."""
        for base, folder in [
            *((self.root / name, self.root / name) for name in SCRIPT_FOLDERS),
            *((self.root, self.root / name) for name in ROOMS),
        ]:
            for path in _files_below(folder):
                if path.suffix == ".py":
                    yield _dotted(path.relative_to(base)), path
        yield from ((path.stem, path) for path in sorted(self.root.glob("*.py")))

    def _conftests(self, entry: Path) -> list[Path]:
        if not entry.name.startswith("test_"):
            return []
        above = [folder / "conftest.py" for folder in entry.parents if folder.is_relative_to(self.root)]
        return [path for path in above if path.is_file()]

    def _needs_of(self, path: Path) -> frozenset[Path]:
        if path not in self._needs:
            facts = self._facts_of(path)
            module = self._module_of(path)
            named = [*facts.names, module.rpartition(".")[0]]
            found = {file for name in named for file in self._on_the_way(name)}
            for package in facts.packages:
                found.update(self._modules_of(path.parent if package == HERE else self._folder(package)))
            folders = [self.root, *(self.root / name for name in SCRIPT_FOLDERS)]
            found.update(self._paths & {folder / script for script in facts.scripts for folder in folders})
            self._needs[path] = frozenset(found)
        return self._needs[path]

    def _on_the_way(self, name: str) -> Iterator[Path]:
        """The files that an import of a dotted name runs: packages, then the module, if the project has them."""
        at = len(name)
        while at > 0:
            path = self._modules.get(name[:at])
            if path is not None:
                yield path
            at = name.rfind(".", 0, at)

    def _folder(self, package: str) -> Path | None:
        path = self._modules.get(package)
        return path.parent if path is not None and path.name == "__init__.py" else None

    def _modules_of(self, folder: Path | None) -> set[Path]:
        return {path for path in self._paths if folder in path.parents} if folder is not None else set()

    def _module_of(self, path: Path) -> str:
        for name in SCRIPT_FOLDERS:
            if path.is_relative_to(self.root / name):
                return _dotted(path.relative_to(self.root / name))
        return _dotted(path.relative_to(self.root))

    def _facts_of(self, path: Path) -> PythonFacts:
        if path not in self._facts:
            source = path.read_bytes()
            name, content = path.relative_to(self.root).as_posix(), hashlib.sha256(source).hexdigest()
            kept = self._kept["files"].get(name)
            if kept is None or kept[0] != content:
                facts = python_facts(source, self._module_of(path), path.name == "__init__.py")
                kept = self._kept["files"][name] = [content, asdict(facts)]
                self._fresh = True
            self._facts[path] = PythonFacts(**kept[1])
        return self._facts[path]

    def _keep(self) -> None:
        if self._fresh:
            path = self.root / CACHE
            path.parent.mkdir(exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}")
            part.write_text(json.dumps(self._kept), encoding="utf-8")
            part.replace(path)
            self._fresh = False


def _read_cache(path: Path) -> dict[str, Any]:
    """What was kept by this same code; nothing if there is no such file."""
    made_by = text_hash(file_hash(Path(__file__).with_name(name)) for name in _SELF)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    return kept if kept.get("made_by") == made_by else {"made_by": made_by, "files": {}}


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _files_below(folder: Path) -> Iterator[Path]:
    """The files that belong to the project, wherever they lie below a folder."""
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_foreign(name))
        yield from (Path(base, name) for name in sorted(files) if not _is_foreign(name))


def _data_of(folder: Path) -> Iterator[Path]:
    """The files of a package that are no Python: its own, and those of the folders below that are no packages."""
    for path in folder.iterdir():
        if _is_foreign(path.name) or path.suffix == ".py":
            continue
        if path.is_file():
            yield path
        elif path.is_dir() and not any(path.glob("*.py")):
            yield from _data_of(path)


def _is_foreign(name: str) -> bool:
    return name.startswith(".") or name in LEFT_OUT or name == "node_modules" or name.endswith(".pyc")
