"""The page that says what runs with `--full` only names each marked test's module, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from assembly.paths import ROOT

PAGE = ROOT / "docs" / "testing.md"


def marked() -> set[str]:
    """Returns the modules that mark a test, or all of theirs, with `full`."""
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "full" and ast.unparse(node) == "pytest.mark.full":
                found.add(path.relative_to(ROOT).as_posix())
    return found


def told() -> set[str]:
    """Returns the modules that the first column of the page's table names; a bare name stands beside its neighbor."""
    table = PAGE.read_text(encoding="utf-8").partition("## What runs with `--full` only")[2].partition("\n## ")[0]
    found: set[str] = set()
    for row in re.findall(r"(?m)^\| (.*?) \|", table):
        folder = Path("tests")
        for name in re.findall(r"`([\w/]+\.py)`", row):
            folder = Path(name).parent if "/" in name else folder
            found.add((folder / Path(name).name).as_posix())
    return found


def test_the_page_names_what_is_marked() -> None:
    assert told() == marked()
