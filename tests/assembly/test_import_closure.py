"""The import closure holds whatever a run of its entry points may read, and its hash follows code and data alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly.closures.import_closure import CACHE, ImportGraph, closure, code_digest

FILES = {
    "minerva/__init__.py": '"""Says nothing."""',
    "minerva/data.json": "{}",
    "minerva/core/__init__.py": "from minerva.core import table",
    "minerva/core/table.py": 'from pathlib import Path\nHELD = Path(__file__).parent / "data" / "table.json"',
    "minerva/core/data/table.json": "[1]",
    "minerva/core/data/deeper/more.txt": "more",
    "minerva/core/data/.swap": "an editor's",
    "minerva/core/tests/__init__.py": "",
    "minerva/core/tests/other.json": "[]",
    "minerva/late.py": "def f():\n    from . import aside\n    return aside",
    "minerva/aside.py": "A = 1",
    "minerva/unused.py": "A = 1",
    "minerva/typed.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import minerva.unused",
    "minerva/kinds/__init__.py": "from importlib import import_module\n"
    'def kind(name):\n    return import_module(f"minerva.kinds.{name}")',
    "minerva/kinds/phone.py": "A = 1",
    "minerva/kinds/more/__init__.py": "",
    "minerva/kinds/more/mail.py": "A = 1",
    "minerva/found/__init__.py": "import pkgutil\nfor each in pkgutil.iter_modules(__path__):\n    pass",
    "minerva/found/one.py": "A = 1",
    "minerva/registry.py": "import importlib, pkgutil\ndef f():\n    from minerva import found as package\n"
    "    for each in pkgutil.iter_modules(package.__path__):\n"
    '        importlib.import_module(f"{package.__name__}.{each.name}")',
    "minerva/unclear/__init__.py": "",
    "minerva/unclear/load.py": "import importlib\nfrom minerva import kinds\ndef f(name):\n"
    "    return importlib.import_module(name or 'minerva.core.' + name)",
    "minerva/unclear/one.py": "A = 1",
    "minerva/renamed.py": "from importlib import import_module as load",
    "minerva/passed_on.py": "import importlib\ndef f(names):\n    return list(map(importlib.import_module, names))",
    "minerva/kept_as.py": "import importlib\nload = importlib.import_module",
    "demo/root.py": "import build",
    "build.py": "from minerva import aside",
    "minerva/__main__.py": "A = 1",
    "minerva/core/__main__.py": "A = 1",
    "minerva/broken.py": "def (",
    "demo/__init__.py": "",
    "demo/starts.py": 'COMMAND = ["python", "-m", "minerva.core", "--quick"]',
    "demo/says.py": 'COMMAND = "python -m minerva --quick"',
    "demo/names.py": 'MODULES = ("minerva.aside",)',
    "demo/program.py": 'PROGRAM = "import sys; from minerva import aside; print(aside)"',
    "demo/door.py": 'SCRIPT = "minervafind.py"',
    "demo/made_up.py": 'def f(name):\n    return ["-m", f"minerva.kinds.{name}"]',
    "minerva_app/bin/minervafind.py": "import minerva_app_messages\nimport minerva.aside",
    "minerva_app/bin/minerva_app_messages.py": "A = 1",
    "tests/__init__.py": "",
    "tests/conftest.py": "from minerva import aside",
    "tests/core/__init__.py": "",
    "tests/core/conftest.py": "A = 1",
    "tests/core/test_table.py": "from minerva.core.table import HELD",
    "tests/core/case.txt": "a case",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    return tmp_path


def held(tree: Path, entry: str) -> set[str]:
    return {path.relative_to(tree).as_posix() for path in closure(tree, [tree / entry])} - {entry}


CORE = {
    "minerva/__init__.py", "minerva/core/__init__.py", "minerva/core/table.py", "minerva/core/data/table.json",
    "minerva/core/data/deeper/more.txt",
}  # fmt: skip
KINDS = {
    "minerva/__init__.py", "minerva/kinds/__init__.py", "minerva/kinds/phone.py", "minerva/kinds/more/__init__.py",
    "minerva/kinds/more/mail.py",
}  # fmt: skip
ASIDE = {"minerva/__init__.py", "minerva/data.json", "minerva/aside.py"}
CLOSURES = {
    "packages on the way and their data": ("minerva/core/table.py", CORE),
    "a late and relative import": ("minerva/late.py", ASIDE),
    "an import for type checkers alone": ("minerva/typed.py", {"minerva/__init__.py", "minerva/data.json"}),
    "a loader's f-string that names a package": ("minerva/kinds/__init__.py", KINDS),
    "modules of the own path": ("minerva/found/__init__.py", {"minerva/__init__.py", "minerva/found/one.py"}),
    "modules of an imported package": (
        "minerva/registry.py",
        {"minerva/__init__.py", "minerva/data.json", "minerva/found/__init__.py", "minerva/found/one.py"},
    ),
    "a loader's name that cannot be read": (
        "minerva/unclear/load.py",
        KINDS | CORE | {"minerva/unclear/__init__.py", "minerva/unclear/one.py", "minerva/core/__main__.py",
                        "minerva/core/tests/__init__.py"},
    ),
    "a module that is started": ("demo/starts.py", {"demo/__init__.py", "minerva/core/__main__.py"} | CORE),
    "a command line in one text": (
        "demo/says.py", {"demo/__init__.py", "minerva/__init__.py", "minerva/__main__.py", "minerva/data.json"},
    ),
    "a module named in a text": ("demo/names.py", {"demo/__init__.py"} | ASIDE),
    "a program in a text": ("demo/program.py", {"demo/__init__.py"} | ASIDE),
    "a script's file name": (
        "demo/door.py",
        {"demo/__init__.py", "minerva_app/bin/minervafind.py", "minerva_app/bin/minerva_app_messages.py"} | ASIDE,
    ),
    "a started module whose name is made up": ("demo/made_up.py", {"demo/__init__.py"} | KINDS),
    "a module of the root": ("demo/root.py", {"demo/__init__.py", "build.py"} | ASIDE),
    "what is no Python": ("minerva/broken.py", {"minerva/__init__.py"}),
    "what pytest loads for a test": (
        "tests/core/test_table.py",
        {"tests/__init__.py", "tests/conftest.py", "tests/core/__init__.py", "tests/core/conftest.py",
         "tests/core/case.txt"} | CORE | ASIDE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLOSURES)
def test_the_closure_holds(name: str, tree: Path) -> None:
    entry, wanted = CLOSURES[name]
    assert held(tree, entry) == wanted - {entry}


@pytest.mark.parametrize("entry", ["minerva/renamed.py", "minerva/passed_on.py", "minerva/kept_as.py"])
def test_a_loader_whose_calls_are_not_seen_brings_its_whole_package(entry: str, tree: Path) -> None:
    assert {"minerva/unused.py", "minerva/kinds/more/mail.py"} <= held(tree, entry)


CHANGES = {
    "a data byte": ("minerva/core/data/table.json", "[2]", True),
    "code of a module that is looked up": ("minerva/kinds/phone.py", "A = 2", True),
    "a new module that may be looked up": ("minerva/kinds/mail.py", "A = 1", True),
    "a new data file": ("minerva/core/data/new.json", "", True),
    "a comment": ("minerva/kinds/phone.py", "A = 1  # one", False),
    "a docstring": ("minerva/kinds/phone.py", '"""Phones."""\nA = 1', False),
    "code of a module outside": ("minerva/unused.py", "A = 2", False),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_hash_changes_with(name: str, tree: Path) -> None:
    file, text, changes = CHANGES[name]
    entries = [tree / "minerva/core/table.py", tree / "minerva/kinds/__init__.py"]
    before = code_digest(tree, closure(tree, entries))
    (tree / file).write_text(text + "\n", encoding="utf-8")
    assert (code_digest(tree, closure(tree, entries)) != before) is changes


def test_what_was_read_before_is_kept_and_a_changed_file_is_read_again(tree: Path) -> None:
    assert held(tree, "demo/names.py") == {"demo/__init__.py"} | ASIDE
    kept = (tree / CACHE).read_bytes()
    assert held(tree, "demo/names.py") == {"demo/__init__.py"} | ASIDE
    assert (tree / CACHE).read_bytes() == kept
    (tree / "demo/names.py").write_text("A = 1\n", encoding="utf-8")
    assert held(tree, "demo/names.py") == {"demo/__init__.py"}
    (tree / CACHE).write_text("{", encoding="utf-8")
    assert held(tree, "demo/names.py") == {"demo/__init__.py"}


def test_the_order_of_files_and_their_root_do_not_matter(tree: Path) -> None:
    files = sorted(closure(tree, [tree / "minerva/core/table.py"]))
    graph = ImportGraph(tree)
    assert graph.digest(files) == graph.digest(reversed(files)) == graph.digest(f.relative_to(tree) for f in files)
    assert graph.digest(files[1:]) != graph.digest(files)
