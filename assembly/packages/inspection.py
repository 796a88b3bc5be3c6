"""AppInspect over the built packages: every tag a vetting asks for, read from its JSON report, warnings by allow-list.

A tag only selects checks, which read nothing of it, so one run of all checks answers for each tag; a run under each tag
(`build.py package --each-tag`) is the plain way, and both must agree. AppInspect exits with 0 even when checks fail, so
only the report counts. Reports are kept under build/inspection by the package's SHA-256: an unchanged package is not
inspected twice.
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
ALLOWED = "assembly/packages/inspection_allowed.yml"
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


def inspect_packages(archives: Sequence[Path], root: Path = paths.ROOT, each_tag: bool = False) -> list[Inspection]:
    """Returns a report for each package and tag, in the order of `archives` and TAGS. With `each_tag` AppInspect is run
    under each, two at a time, and what differs from the run of all checks is a problem."""
    allowed = read_facts(root / ALLOWED, list[AllowedWarning])
    jobs = [(archive, tag) for archive in archives for tag in (TAGS if each_tag else TAGS[:1])]
    with ThreadPoolExecutor(max_workers=2) as pool:
        reports = dict(zip(jobs, pool.map(lambda job: _report(job[0], job[1], root), jobs), strict=True))
    found = []
    for archive in archives:
        package = archive.name.rsplit("-", 1)[0]
        complete = reports[archive, ""]
        for tag in TAGS:
            found.append(inspection(package, tag, complete, allowed))
            if tag and each_tag:
                found[-1].problems += differences(complete, tag, reports[archive, tag])
    return found


def inspection(package: str, tag: str, complete: dict[str, Any] | str, allowed: Sequence[AllowedWarning]) -> Inspection:
    """What a report of all checks, or the reason why there is none, says of a package under a tag."""
    if isinstance(complete, str):
        return Inspection(package, tag, problems=[complete])
    checks = [check for check in _checks(complete) if is_run_under(tag, check)]
    counted = complete.get("summary", {})
    summary = {str(key): sum(check.get("result") == key for check in checks) for key in counted}
    result = Inspection(package, tag, summary)
    missing = [key for key in MUST_BE_ZERO if key not in counted]
    if missing:
        result.problems.append(f"the report has no {', '.join(missing)}: was the package refused?")
    if not checks:
        result.problems.append("the report names no check that is run under this tag")
    known = {item.check for item in allowed if item.package in ("", package)}
    for check in checks:
        outcome = check.get("result")
        if outcome in MUST_BE_ZERO or (outcome == "warning" and check.get("name") not in known):
            words = [str(message.get("message", ""))[:300] for message in check.get("messages", [])[:3]]
            result.problems.append(f"{outcome} {check.get('name')}: {' | '.join(words)}")
    if not tag and any(counted.get(key, 0) != summary[key] for key in counted):
        result.problems.append("the summary counts other results than the checks have")
    return result


def is_run_under(tag: str, check: dict[str, Any]) -> bool:
    """Whether AppInspect runs a check under a tag: those of the package itself it always does."""
    return not tag or not {tag, _ALWAYS}.isdisjoint(check.get("tags", ()))


_ALWAYS = "packaging_standards"


def differences(complete: dict[str, Any] | str, tag: str, own: dict[str, Any] | str) -> list[str]:
    """What AppInspect says under a tag that it does not say of the same checks in a run of all."""
    if isinstance(complete, str) or isinstance(own, str):
        return [own] if isinstance(own, str) else []
    selected = {check["name"]: _said(check) for check in _checks(complete) if is_run_under(tag, check)}
    alone = {check["name"]: _said(check) for check in _checks(own)}
    return [
        f"{name}: in a run of all checks {selected.get(name, 'not run')}, under the tag {alone.get(name, 'not run')}"
        for name in sorted({*selected, *alone})
        if selected.get(name) != alone.get(name)
    ]


def _said(check: dict[str, Any]) -> tuple[str, list[str]]:
    # Messages come in the order in which files were read.
    return str(check.get("result")), sorted(str(message.get("message")) for message in check.get("messages", []))


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
