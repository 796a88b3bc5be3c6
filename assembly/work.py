"""The commands of build.py that need `.venv`: emit, check, test, package, deploy. Each step ends as one line."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from assembly import emit, paths
from assembly.archive import PackageError, build_packages
from assembly.emit.app_catalog import Command
from assembly.facts import FactError, read_facts
from assembly.inspection import inspect_packages
from assembly.lint import lint_app, lint_python
from assembly.machine import SHIPPED_PYTHONS, find_python
from assembly.searches import check_searches
from assembly.smoke import smoke_package
from assembly.tenants import emit_tenants_app
from minerva.intake.errors import FactsError

ROOT = paths.ROOT
TYPED = ("build.py", "minerva", "understudy", "assembly", "demo", "benchmarks", "proofs", "leaks", "tests")
AUTHORS_ONLY = "minerva/intake/authoring.py"  # in neither package
DOORS = (f"{paths.APP}/bin", f"{paths.ADDON}/bin")


@dataclass
class Outcome:
    """One step of a run. `problems` empty = passed; `note` is shown beside the name."""

    name: str
    problems: list[str] = field(default_factory=list)
    note: str = ""
    seconds: float = 0.0


Step = Callable[[], Outcome]


def main(arguments: list[str]) -> int:
    """Returns 0 if every step passed."""
    parser = argparse.ArgumentParser(prog="assembly.work")
    parser.add_argument("command", choices=("emit", "check", "test", "package", "deploy"))
    parser.add_argument("--splunk-home", type=Path)
    parser.add_argument("--tenants", type=Path)
    parser.add_argument("--each-tag", action="store_true")
    options = parser.parse_args(arguments)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    try:
        if options.command == "emit":
            written = emit.write(ROOT)
            print("\n".join(written) if written else "every emitted file is current")
            return 0
        if options.command == "deploy":
            return deploy(options.splunk_home, options.tenants)
        steps: dict[str, tuple[Step | tuple[Step, ...], ...]] = {
            "check": (*FAST, _quick_tests),
            "test": (*FAST, _all_tests, (_proofs, _leaks, _packages)),
            "package": (_emitted, _lint, partial(_packages, options.each_tag)),
        }
        return _run_steps(steps[options.command])
    except (FactError, FactsError) as error:
        print(error, file=sys.stderr)
        return 1


def _run_steps(steps: tuple[Step | tuple[Step, ...], ...]) -> int:
    """Runs steps one after another, those of a tuple side by side."""
    outcomes = []
    for step in steps:
        together = step if isinstance(step, tuple) else (step,)
        with ThreadPoolExecutor(len(together)) as pool:
            for outcome in pool.map(_timed, together):
                outcomes.append(outcome)
                for problem in outcome.problems:
                    print(f"  {problem}", flush=True)
    failed = [outcome for outcome in outcomes if outcome.problems]
    print("\nSummary")
    for outcome in outcomes:
        word = f"FAILED ({len(outcome.problems)})" if outcome.problems else "passed"
        note = f"  {outcome.note}" if outcome.note else ""
        print(f"  {word:<12} {outcome.name}  {outcome.seconds:.0f} s{note}")
    print(f"{len(outcomes) - len(failed)} of {len(outcomes)} steps passed")
    return 1 if failed else 0


def _timed(step: Step) -> Outcome:
    start = time.monotonic()
    outcome = step()
    outcome.seconds = time.monotonic() - start
    return outcome


def _tool(name: str, *arguments: str, show: bool = False, search_path: str = "") -> Outcome:
    command = [sys.executable, "-m", *arguments]
    if show:
        printed = []
        with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, bufsize=1) as process:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                printed.append(line)
        code, text = process.returncode, "".join(printed)
    else:
        environment = {**os.environ, "MYPYPATH": search_path} if search_path else None
        done = subprocess.run(command, cwd=ROOT, check=False, text=True, capture_output=True, env=environment)
        code, text = done.returncode, done.stdout + done.stderr
    lines = [line for line in text.splitlines() if line.strip()]
    note = lines[-1].strip("= ") if lines else ""
    return Outcome(name, lines[-60:] if code and not show else _exit(code), note)


def _exit(code: int) -> list[str]:
    return [f"exit code {code}"] if code else []


def _ruff() -> Outcome:
    return _tool("ruff check", "ruff", "check", ".")


def _types() -> Outcome:
    present = [
        name for name in TYPED if (ROOT / name).exists() and (name.endswith(".py") or any((ROOT / name).rglob("*.py")))
    ]
    outcome = _tool("mypy --strict", "mypy", *present)
    for folder in DOORS:  # doors are scripts side by side, not a package: each folder is checked from within
        scripts = sorted(path.name for path in (ROOT / folder).glob("*.py"))
        if scripts:
            named = [f"{folder}/{name}" for name in scripts]
            done = _tool(folder, "mypy", "--config-file", "pyproject.toml", *named, search_path=folder)
            outcome.problems += done.problems
    return outcome


def _emitted() -> Outcome:
    return Outcome("emitted files are current", emit.differences(ROOT))


def _lint() -> Outcome:
    problems = []
    commands = read_facts(ROOT / paths.APP / "facts" / "commands.yml", list[Command])
    generating = frozenset(command.name for command in commands if command.kind == "generating")
    for app in (ROOT / paths.APP, ROOT / paths.ADDON):
        problems += lint_app(app) + check_searches(app, generating)
    for folder in (*DOORS, "minerva"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(AUTHORS_ONLY):
                problems += lint_python(path, name)
    return Outcome("shipped confs, searches and code", problems)


def _quick_tests() -> Outcome:
    return _tool("pytest without browser and slow tests", "pytest", "-m", "not browser and not slow", show=True)


def _all_tests() -> Outcome:
    """On three workers, as tests of stages wait more than they compute; a file's tests stay together, so that what a
    module sets up is set up once. Files are handed out in the order of tests/conftest.py."""
    options = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "25")
    return _tool("pytest, browser tests included", "pytest", *options, show=True)


def _proofs() -> Outcome:
    """Each proof's slice with a new seed, and whether the committed results still hold for the code."""
    outcome = _tool("proofs: a new slice of each, committed results current", "proofs", "--slice", show=True)
    listed = _tool("", "proofs", "--stale")
    outcome.problems += listed.problems
    return outcome


def _leaks() -> Outcome:
    """The leak check on the stand-in; its figures are the note."""
    return _tool("leaks: every surface, every persona, no canary seen", "leaks", show=True)


FAST: tuple[Step, ...] = (_ruff, _types, _emitted, _lint)


def _packages(each_tag: bool = False) -> Outcome:
    outcome = Outcome("packages: bytes, AppInspect, Python 3.9 and 3.13")
    try:
        archives = build_packages(ROOT)
        first = (ROOT / "dist" / "SHA256SUMS").read_text(encoding="utf-8")
        build_packages(ROOT)
    except PackageError as error:
        outcome.problems.append(str(error))
        return outcome
    if first != (ROOT / "dist" / "SHA256SUMS").read_text(encoding="utf-8"):
        outcome.problems.append("two builds have different bytes")
    print(first, end="")
    for inspection in inspect_packages(archives, ROOT, each_tag):
        print(f"  {inspection.line()}", flush=True)
        outcome.problems += [f"{inspection.package} [{inspection.tag or 'all'}] {line}" for line in inspection.problems]
    for version in SHIPPED_PYTHONS:
        python = find_python(version)
        if python is None:
            line = f"no Python {version}: set MINERVA_PYTHON{version.replace('.', '')} to run the packages under it"
            print(f"  NOT RUN: {line}")
            outcome.note += f"NOT RUN under {version}; "
            outcome.problems += [line] if os.environ.get("CI") else []
            continue
        for package in (paths.APP, paths.ADDON):
            outcome.problems += [
                f"Python {version}: {line}" for line in smoke_package(ROOT / "build" / "stage" / package, python)
            ]
    return outcome


def deploy(splunk_home: Path, tenants: Path | None) -> int:
    """Unpacks the built packages into etc/apps of a Splunk; their local/ and metadata/ folders are kept."""
    apps = splunk_home / "etc" / "apps"
    if not apps.is_dir():
        print(f"{apps}: no such folder; is {splunk_home} a Splunk home?", file=sys.stderr)
        return 1
    for archive in build_packages(ROOT):
        name = archive.name.rsplit("-", 1)[0]
        for old in (apps / name).glob("*"):
            if old.name != "local" and old.name != "metadata":
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        with tarfile.open(archive) as tar:
            tar.extractall(apps, filter="data")
        print(f"{apps / name}: installed")
    if tenants is not None:
        print(f"{emit_tenants_app(tenants, apps)}: installed")
        shutil.move(apps / f"{paths.TENANTS_APP}.acs.json", Path.cwd() / f"{paths.TENANTS_APP}.acs.json")
    print("Restart Splunk to load them.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
