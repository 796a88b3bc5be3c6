"""AppInspect over the built packages: every tag a vetting asks for, read from its JSON report, warnings by allow-list.

AppInspect exits with 0 even when checks fail, so only the report's summary counts. Reports are kept under
build/inspection by the package's SHA-256: an unchanged package is not inspected twice.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assembly import paths
from assembly.facts import read_facts
from assembly.hashing import file_hash, text_hash

TAGS = ("", "cloud", "private_victoria", "future")
ALLOWED = "assembly/inspection_allowed.yml"
# Its analyzer grew to 18 GB on a package with numpy; ours need 0.4 GB.
MEMORY_KB = 8_000_000
TIMEOUT_S = 600
MUST_BE_ZERO = ("failure", "error", "future_failure")


@dataclass(frozen=True)
class AllowedWarning:
    """A warning that is known and harmless, and why."""

    check: str
    reason: str
    package: str = ""


@dataclass
class Inspection:
    """One report. `problems` is empty when the package passes under this tag."""

    package: str
    tag: str
    summary: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Returns the summary as one line."""
        counts = " ".join(f"{key}={self.summary.get(key, '?')}" for key in (*MUST_BE_ZERO, "warning", "success"))
        return f"{self.package} [{self.tag or 'all checks'}]: {counts}"


def inspect_packages(archives: Sequence[Path], root: Path = paths.ROOT) -> list[Inspection]:
    """Returns a report for each package and tag, two running at a time, in the order of `archives` and TAGS."""
    allowed = read_facts(root / ALLOWED, list[AllowedWarning])
    jobs = [(archive, tag) for archive in archives for tag in TAGS]
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda job: _inspection(job[0], job[1], allowed, root), jobs))


def _inspection(archive: Path, tag: str, allowed: list[AllowedWarning], root: Path) -> Inspection:
    report = _report(archive, tag, root)
    package = archive.name.rsplit("-", 1)[0]
    if isinstance(report, str):
        return Inspection(package, tag, problems=[report])
    summary = {str(key): int(count) for key, count in report.get("summary", {}).items()}
    result = Inspection(package, tag, summary)
    missing = [key for key in MUST_BE_ZERO if key not in summary]
    if missing:
        result.problems.append(f"the report has no {', '.join(missing)}: was the package refused?")
    known = {item.check for item in allowed if item.package in ("", package)}
    for check in _checks(report):
        outcome = check.get("result")
        if outcome in MUST_BE_ZERO or (outcome == "warning" and check.get("name") not in known):
            words = [str(message.get("message", ""))[:300] for message in check.get("messages", [])[:3]]
            result.problems.append(f"{outcome} {check.get('name')}: {' | '.join(words)}")
    if not result.problems and any(summary.get(key, 0) for key in MUST_BE_ZERO):
        result.problems.append("the summary counts failures that no check names")
    return result


def _checks(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [check for app in report.get("reports", []) for group in app.get("groups", []) for check in group["checks"]]


def _report(archive: Path, tag: str, root: Path) -> dict[str, Any] | str:
    lock = root / "assembly" / "requirements" / "tools.txt"
    key = text_hash([file_hash(archive), tag, lock.read_text(encoding="utf-8") if lock.is_file() else ""])[:24]
    folder = root / "build" / "inspection"
    kept = folder / f"{archive.stem.removesuffix('.tar')}-{tag or 'all'}-{key}.json"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(".partial")
        trouble = _run(archive, tag, partial, root)
        if trouble:
            return trouble
        partial.replace(kept)
    return dict(json.loads(kept.read_text(encoding="utf-8")))


def _run(archive: Path, tag: str, output: Path, root: Path) -> str | None:
    tool = str(root / "build" / "tools" / "bin" / "splunk-appinspect")
    command = [
        tool,
        "inspect",
        str(archive),
        "--mode",
        "precert",
        "--output-file",
        str(output),
        "--data-format",
        "json",
    ]
    if tag:
        command += ["--included-tags", tag]
    home = root / "build" / "home"
    home.mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    limited = ["sh", "-c", f'ulimit -v {MEMORY_KB} && exec "$@"', "sh", *command]
    try:
        done = subprocess.run(
            limited, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False, cwd=home
        )
    except subprocess.TimeoutExpired:
        return f"AppInspect took longer than {TIMEOUT_S} s"
    if not output.is_file():
        return f"AppInspect wrote no report (exit {done.returncode}): {(done.stdout + done.stderr)[-1500:]}"
    return None
