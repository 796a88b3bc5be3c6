"""The hash of a Python file follows what it does, not how it is written, and is the same under every Python."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from assembly.closures.import_closure import ROOMS, SCRIPT_FOLDERS
from assembly.closures.syntax_digest import syntax_digest
from assembly.machine import find_python
from assembly.paths import ROOT

HERE_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def digest(source: str) -> str:
    return syntax_digest(ast.parse(source))


CODE = 'def f(a, *, b=1):\n    return f"{a!r:>{b}} x" + "y"\n'
ALIKE = {
    "a comment": '# why\ndef f(a, *, b=1):\n    return f"{a!r:>{b}} x" + "y"  # here\n',
    "a docstring": '"""Module."""\ndef f(a, *, b=1):\n    """Function."""\n    return f"{a!r:>{b}} x" + "y"\n',
    "lines and quotes": "def f(\n    a,\n    *,\n    b=1,\n):\n    return f'{a!r:>{b}} x' + u'y'\n",
    "an f-string in two parts": 'def f(a, *, b=1):\n    return f"{a!r:>{b}}" " x" + "y"\n',
}
OTHER = {
    "a name": CODE.replace("a", "c"),
    "a constant": CODE.replace("b=1", "b=2"),
    "a constant's type": CODE.replace("b=1", "b=True"),
    "a text": CODE.replace(" x", " z"),
    "the kind of an argument": CODE.replace("*, b", "b"),
    "a decorator": "@g\n" + CODE,
    "an operator": CODE.replace(" + ", " - "),
    "a statement more": CODE + "pass\n",
    "the place of a statement": CODE.replace("    return", "    pass\n    return"),
}


@pytest.mark.parametrize("name", ALIKE)
def test_how_it_is_written_makes_no_difference(name: str) -> None:
    assert digest(ALIKE[name]) == digest(CODE)


@pytest.mark.parametrize("name", OTHER)
def test_what_it_does_makes_one(name: str) -> None:
    assert digest(OTHER[name]) != digest(CODE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("{**a}", "{a: a}"), ("f(a)", "f(*a)"), ("1", "1.0"), ("'1'", "b'1'"), ("None", "...")],
)
def test_gaps_and_kinds_of_values_are_told_apart(one: str, other: str) -> None:
    assert digest(one) != digest(other)


def test_a_text_that_stands_alone_says_nothing() -> None:
    assert digest('A = 1\n"""What A is."""\n') == digest("A = 1\n")


WHOLE_TREE = f"""
import ast, sys
from pathlib import Path
sys.dont_write_bytecode = True
from assembly.closures.syntax_digest import syntax_digest
for folder in {(*ROOMS, *SCRIPT_FOLDERS)!r}:
    for path in sorted(Path(folder).rglob("*.py")):
        print(path, syntax_digest(ast.parse(path.read_bytes())))
"""


@pytest.mark.full
@pytest.mark.parametrize("version", [version for version in ("3.11", "3.12", "3.13") if version != HERE_VERSION])
def test_the_whole_tree_has_the_same_hashes_under_another_python(version: str) -> None:
    other = find_python(version)
    if other is None:
        pytest.skip(f"no Python {version} here")
    mine, theirs = (
        subprocess.run([python, "-c", WHOLE_TREE], cwd=ROOT, check=True, capture_output=True, text=True).stdout
        for python in (sys.executable, other)
    )
    assert mine == theirs
    assert mine.count("\n") > 1_000
