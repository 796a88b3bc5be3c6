"""A release is refused unless its tree is clean and its changelog names the version with a date and what it brings."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assembly import checks, machine
from assembly.release import changelog_problems, release_steps, uncommitted

GOOD = "# Changelog\n\n## 0.4.0 (2026-11-30)\n\n- Linking: faster.\n\n## 0.3.0 (2026-10-01)\n\n- Older.\n"
CASES = [
    pytest.param(GOOD, "", id="as it should be"),
    pytest.param(GOOD.replace("2026-11-30", "unreleased"), "CHANGELOG.md:3: 'unreleased' is no date", id="no date"),
    pytest.param(GOOD.replace("2026-11-30", "2026-02-30"), "'2026-02-30' is no date", id="no day of a calendar"),
    pytest.param(GOOD.replace("0.4.0", "0.5.0"), "no heading '## 0.4.0", id="another version"),
    pytest.param(GOOD.replace("- Linking: faster.\n", ""), "0.4.0 lists nothing", id="an empty section"),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_the_changelog_names_the_version(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.4.0"\n', encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    found = changelog_problems(tmp_path)
    assert found == [] if not words else words in found[0]


def test_what_is_not_committed_is_named(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert uncommitted(tmp_path) == []
    (tmp_path / "new.py").write_text("", encoding="utf-8")
    subprocess.run(["git", "config", "status.showUntrackedFiles", "no"], cwd=tmp_path, check=True)
    assert uncommitted(tmp_path) == ["not committed: new.py"]


def test_a_folder_that_is_no_repository_is_no_clean_tree(tmp_path: Path) -> None:
    assert "git status" in uncommitted(tmp_path)[0]


def test_a_release_makes_every_check_of_full_and_leaves_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv(machine.NOTHING_LEFT_OUT, "")
    monkeypatch.setattr(checks, "find_python", lambda version: None)
    full = {step.name: step for step in checks.full_steps()}
    assert full["minerva_app under Python 3.9"].run().problems == []
    assert set(full) < {step.name for step in release_steps()}
    assert "NOT RUN" in full["minerva_app under Python 3.9"].run().problems[0]
