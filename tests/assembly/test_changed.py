"""What `test --changed` runs: tests whose imports, data or texts lead to a changed file, and no others."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assembly import checks
from assembly.changed import ChangeError, changed_files, changed_steps, reached_tests
from assembly.closures.import_closure import ImportGraph

FILES = {
    "minerva/__init__.py": "",
    "minerva/phones.py": "from minerva import plans\n",
    "minerva/plans.py": "PLANS = 1\n",
    "minerva/names.py": "NAMES = 1\n",
    "minerva/data/plans.json": "{}",
    "docs/guide.md": "words\n",
    "tests/__init__.py": "",
    "tests/minerva/__init__.py": "",
    "tests/minerva/test_phones.py": "def test_it():\n    from minerva import phones\n",
    "tests/minerva/test_names.py": "from minerva import names\n",
    "tests/test_guide.py": "GUIDE = 'docs/guide.md'\n",
    "tests/assembly/test_tree.py": "",
}
CASES = [
    pytest.param("minerva/plans.py", ["test_phones"], id="imported by what a test imports late"),
    pytest.param("minerva/names.py", ["test_names"], id="imported by a test"),
    pytest.param("minerva/gone.py", ["test_phones", "test_names"], id="removed from a package"),
    pytest.param("minerva/data/plans.json", ["test_phones", "test_names"], id="data of a package"),
    pytest.param("docs/guide.md", ["test_guide"], id="named in a text"),
    pytest.param("docs/other.md", [], id="named nowhere"),
    pytest.param("tests/test_guide.py", ["test_guide"], id="the test itself"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project under git, all of it committed."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize(("name", "reached"), CASES)
def test_a_change_reaches_the_tests_that_lead_to_it(tree: Path, name: str, reached: list[str]) -> None:
    found = reached_tests(ImportGraph(tree), [name])
    assert sorted(path.stem for path in found) == sorted([*reached, "test_tree"]), "what reads the tree is always run"


def test_changed_removed_and_new_files_are_found(tree: Path) -> None:
    assert changed_files(tree, "HEAD") == []
    (tree / "minerva" / "plans.py").write_text("NEW = 1\n", encoding="utf-8")
    (tree / "minerva" / "names.py").unlink()
    (tree / "minerva" / "new é.py").write_text("", encoding="utf-8")
    assert changed_files(tree, "HEAD") == ["minerva/names.py", "minerva/new é.py", "minerva/plans.py"]


def test_an_unknown_commit_is_refused_in_words(tree: Path) -> None:
    with pytest.raises(ChangeError, match="--changed nowhere: git says: "):
        changed_files(tree, "nowhere")


def test_what_every_test_depends_on_reaches_all(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("", encoding="utf-8")
    assert checks.names(changed_steps(None, tree)) == checks.names(checks.test_steps())


def test_nothing_changed_leaves_lint_and_types(tree: Path) -> None:
    assert not any("tests" in name or "AppInspect" in name for name in checks.names(changed_steps(None, tree)))


def test_shipped_code_is_packaged_and_inspected_again(tree: Path) -> None:
    (tree / "minerva" / "plans.py").write_text("NEW = 1\n", encoding="utf-8")
    found = checks.names(changed_steps(None, tree))
    assert found[0] == "tests that the change reaches"
    assert {"packages", "AppInspect minerva_app", "AppInspect TA-gen-connectors"} < set(found)
