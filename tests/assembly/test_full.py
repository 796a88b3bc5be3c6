"""The page that says what runs with `--full` only names each marked test's module, and no other."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from assembly.paths import ROOT
from tests.conftest import left_to_full

pytest_plugins = ("pytester",)


def marked() -> set[str]:
    """Returns the modules that mark a test, or all of theirs, with `full`."""
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "full" and ast.unparse(node) == "pytest.mark.full":
                found.add(path.relative_to(ROOT).as_posix())
    return found


def test_the_page_names_what_is_marked() -> None:
    assert left_to_full(ROOT) == marked()


def copied_settings(pytester: pytest.Pytester) -> Path:
    """Gives a tree of its own what this project's tests are run with; returns its folder of tests."""
    tests = pytester.mkpydir("tests")
    for name in ("conftest.py", "processor_time.py"):
        shutil.copy(ROOT / "tests" / name, tests / name)
    return tests


def test_a_test_that_is_left_out_in_another_way_ends_the_run(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("docs").mkdir()
    pytester.path.joinpath("docs", "testing.md").write_text("## What runs with `--full` only\n", encoding="utf-8")
    tests = copied_settings(pytester)
    quiet = "import pytest\n@getattr(pytest.mark, 'fu' + 'll')\ndef test_quiet():\n    pass\n"
    tests.joinpath("test_one.py").write_text(quiet, encoding="utf-8")
    done = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*tests/test_one.py*"])
