"""What must hold before a version is given out: a clean tree, a changelog, proofs of this very code, every check."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from assembly import paths
from assembly.checks import full_steps
from assembly.machine import NOTHING_LEFT_OUT
from assembly.steps import Outcome, Step
from assembly.version import version

ROOT = paths.ROOT


def release_steps(root: Path = ROOT) -> list[Step]:
    """Returns the cheap conditions first, then every check of `test --full`. The packages are left in dist/.

    What cannot be run here counts as failed.
    """
    os.environ[NOTHING_LEFT_OUT] = "1"
    return [
        Step("release: the work tree is clean", lambda: Outcome(uncommitted(root))),
        Step("release: the changelog names the version", lambda: Outcome(changelog_problems(root))),
        Step("release: every proof holds for this code", _proved),
        *full_steps(),
    ]


def uncommitted(root: Path) -> list[str]:
    """Returns a line for each file that differs from the commit: a release is made of a commit alone."""
    command = ["git", "status", "--porcelain", "--untracked-files=all"]
    done = subprocess.run(command, cwd=root, check=False, text=True, capture_output=True)
    if done.returncode:
        return [f"git status: {done.stderr.strip()}"]
    return [f"not committed: {line[3:]}" for line in done.stdout.splitlines()]


def changelog_problems(root: Path) -> list[str]:
    """Returns what CHANGELOG.md lacks: a heading `## x.y.z (YYYY-MM-DD)` of this version, and lines below it."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    wanted = version(root)
    heading = re.search(rf"(?m)^## {re.escape(wanted)} \((?P<date>[^)]*)\)$", text)
    if heading is None:
        return [f"CHANGELOG.md: no heading '## {wanted} (YYYY-MM-DD)'; pyproject.toml says that this is {wanted}"]
    line = text[: heading.start()].count("\n") + 1
    if not _is_day(heading["date"]):
        return [f"CHANGELOG.md:{line}: '{heading['date']}' is no date; write the day of the release as YYYY-MM-DD"]
    section = text[heading.end() :].partition("\n## ")[0]
    if not re.search(r"(?m)^- \S", section):
        return [f"CHANGELOG.md:{line}: {wanted} lists nothing; say what it brings, one line each"]
    return []


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _proved() -> Outcome:
    command = [sys.executable, "-m", "proofs", "--stale", "--strict"]
    done = subprocess.run(command, cwd=ROOT, check=False, text=True, capture_output=True)
    return Outcome((done.stdout + done.stderr).splitlines() if done.returncode else [])
