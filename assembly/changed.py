"""`build.py test --changed`: the steps and tests that a change can reach, as the imports and the data read tell.

Wider than exact where the arrows do not tell: documents and other files outside the packages reach the tests that name
them, and what every test depends on reaches all of them.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from assembly import paths
from assembly.checks import WORKERS, fast_steps, package_steps, run_proofs, run_tests, test_steps
from assembly.closures.import_closure import ImportGraph
from assembly.steps import Step, say_line

ROOT = paths.ROOT
READS_THE_TREE = ("tests/assembly/", "tests/benchmarks/test_figures.py")
"""Tests that go through the whole tree, its documents or its tests: any change may reach them."""
REACHES_ALL = ("pyproject.toml", "assembly/requirements/", "tests/conftest.py")
SHIPPED = ("minerva/", f"{paths.APP}/", f"{paths.ADDON}/", "frontend/", "assembly/", "LICENSE")


class ChangeError(Exception):
    """The commit to compare with cannot be read; the message holds git's words."""


def changed_steps(revision: str | None, root: Path = ROOT) -> list[Step]:
    """Returns the steps for what differs from `revision`, HEAD where it is None. Raises ChangeError for a wrong one."""
    changed = changed_files(root, revision or "HEAD")
    if any(name.startswith(REACHES_ALL) for name in changed):
        say_line("what changed reaches every test")
        return test_steps()
    graph = ImportGraph(root)
    change = _Change(graph, changed)
    tests = _tests_of(change)
    proofs = [path.stem for path in _modules(root / "proofs") if _is_proof(path) and change.reaches(path)]
    say_line(f"{len(changed)} files changed; they reach {len(tests)} test modules and {len(proofs)} proofs")
    steps = fast_steps()
    if tests:
        names = [path.relative_to(root).as_posix() for path in tests]
        run = partial(run_tests, "not full", names, WORKERS)
        steps.insert(0, Step("tests that the change reaches", run, places=WORKERS))
    if any(name.startswith(SHIPPED) for name in changed):
        steps += package_steps()
    return steps + [Step(f"proof {name}: a slice", partial(run_proofs, name, "--slice")) for name in proofs]


def _is_proof(path: Path) -> bool:
    return "\nPROOF = " in path.read_text(encoding="utf-8")


def changed_files(root: Path, revision: str) -> list[str]:
    """Returns the names of files that differ from a commit, new and removed ones among them, sorted.

    Raises ChangeError where git does not know the commit.
    """
    found: set[str] = set()
    listings = (
        ["diff", "--name-only", "-z", "--no-renames", revision, "--"],
        ["ls-files", "-oz", "--exclude-standard"],
    )
    for command in listings:
        done = subprocess.run(["git", *command], cwd=root, check=False, text=True, capture_output=True)
        if done.returncode:
            raise ChangeError(f"--changed {revision}: git says: {done.stderr.strip()}")
        found.update(name for name in done.stdout.split("\0") if name)
    return sorted(found)


def reached_tests(graph: ImportGraph, changed: Collection[str]) -> list[Path]:
    """Returns the test modules that changed files can reach, sorted."""
    return _tests_of(_Change(graph, changed))


def _modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if path.name != "__init__.py")


def _tests_of(change: _Change) -> list[Path]:
    root = change.graph.root
    tests = [path for path in _modules(root / "tests") if path.name.startswith("test_")]
    always = [path for path in tests if path.relative_to(root).as_posix().startswith(READS_THE_TREE)]
    return sorted({*(always if change.files else ()), *(path for path in tests if change.reaches(path))})


class _Change:
    """Changed files, and what each file of the project says of them."""

    def __init__(self, graph: ImportGraph, changed: Collection[str]) -> None:
        self.graph = graph
        self.files = {graph.root / name for name in changed}
        self._removed_from = {path.parent for path in self.files if not path.exists()}
        self._outside = [PurePosixPath(name) for name in changed if not name.endswith(".py")]
        self._naming = {graph.root / "tests", graph.root / "proofs"}
        self._says: dict[Path, bool] = {}

    def reaches(self, entry: Path) -> bool:
        """Whether the entry's closure holds a changed file, a neighbor of a removed one, or a text that names one."""
        closure = self.graph.closure([entry])
        if not self.files.isdisjoint(closure) or not self._removed_from.isdisjoint(path.parent for path in closure):
            return True
        if not self._outside:
            return False
        own = [path for path in closure if path.suffix == ".py" and not self._naming.isdisjoint(path.parents)]
        return any(self._names_one(path) for path in own)

    def _names_one(self, path: Path) -> bool:
        if path not in self._says:
            texts = set(_texts(path))
            self._says[path] = any(_named(name, texts) for name in self._outside)
        return self._says[path]


def _named(path: PurePosixPath, texts: Collection[str]) -> bool:
    """Whether a text names the file, its path, or a folder above it that is not the whole project."""
    above = [folder for folder in path.parents if folder.name]
    wanted = {path.stem, *map(str, above), *(folder.name for folder in above)}
    return not wanted.isdisjoint(texts) or any(path.name in text for text in texts)


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
