"""The steps of `build.py check`, `test`, `package` and `release`: what each needs and how many processors it takes.

`test` gives one verdict for one commit: nothing in it depends on chance. What needs minutes stands in `test --full`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from assembly import emit, paths
from assembly.emit.app_catalog import Command
from assembly.facts import read_facts
from assembly.lint import lint_app, lint_python
from assembly.machine import SHIPPED_PYTHONS, find_python, leaves_nothing_out
from assembly.packages.archive import PackageError, build_packages
from assembly.packages.inspection import inspect_packages
from assembly.packages.native import build_native_package
from assembly.packages.native_inspection import form_problems, works_under
from assembly.packages.smoke import BYTE_CODE, smoke_package
from assembly.packages.tenants_package import build_tenants_package, tenants_archive
from assembly.searches import check_searches
from assembly.steps import Outcome, Step, say_line
from assembly.tenant_facts import read_tenant_facts
from assembly.tenants import too_many
from minerva.native_package import NAME

ROOT = paths.ROOT
TYPED = ("build.py", "minerva", "understudy", "assembly", "demo", "collector", "benchmarks", "proofs", "leaks", "tests")
AUTHORS_ONLY = "minerva/intake/facts/authoring.py"  # in neither package
DOORS = (f"{paths.APP}/bin", f"{paths.ADDON}/bin")
WORKERS = 2
"""Processes of pytest in `test`. One more step runs beside them, so that two processors are busy to the end."""
BUILT = "packages"
TENANTS_BUILT = "package of the tenants"
LEAKS = "leak check: every surface, every persona"
SEEDS = "proofs: slices with new seeds"
SLICES = "proofs: slices"
LEFT_OUT = "sharing_mutants"
"""The proof whose slice `test --full` alone runs: it first goes through every order of each meeting without a change,
half a minute of a processor."""
NEW_EXAMPLES = ("--hypothesis-profile", "new_examples")
"""Options of pytest under which property tests draw anew."""
NO_TESTS = 5
"""Exit code of pytest where the marks leave nothing to run."""
SLOW = "slow: "
"""Begins a line of pytest that names a test which takes too long (tests/processor_time.py)."""
NEW_SEEDS = 3
"""New seeds for each proof's slice in `test --full`."""


def check_steps() -> list[Step]:
    """The fast half of `test`, for daily work."""
    quick = partial(run_tests, "not browser and not slow and not full")
    tests = Step("tests without browser, slow and full ones", quick)
    return [*fast_steps(), tests]


def test_steps() -> list[Step]:
    """What CI runs and the README names: one verdict for one commit."""
    marked = Step("tests", partial(run_tests, "not full", workers=WORKERS), places=WORKERS)
    return [marked, *fast_steps(), *longest_first([*package_steps(), _slices("--without", LEFT_OUT), _stale()])]


def full_steps() -> list[Step]:
    """Everything: before a release, and before an issue is called done."""
    every = Step("all tests, new examples", partial(run_tests, "", NEW_EXAMPLES, WORKERS), places=WORKERS)
    seeds = Step(SEEDS, partial(run_proofs, "--slice", "--new-seeds", str(NEW_SEEDS)))
    figures = Step("figures that the documents state", partial(_module, "benchmarks.figures", "--check"))
    leaks = Step(LEAKS, partial(_module, "leaks"))
    return [
        every,
        *fast_steps(),
        *longest_first([*package_steps(each_tag=True), leaks, _slices(), seeds, figures, _stale()]),
    ]


def longest_first(steps: Iterable[Step]) -> list[Step]:
    """Returns the steps in the order in which they are to begin: beside the tests one runs at a time, and once those
    have ended, what is left should be short enough to run side by side."""
    longest = [LEAKS, BUILT, *(f"AppInspect {package}" for package in (paths.ADDON, paths.APP)), SEEDS, SLICES]
    return sorted(steps, key=lambda step: longest.index(step.name) if step.name in longest else len(longest))


def fast_steps() -> list[Step]:
    """Lint, types and emitted files."""
    return [
        Step("ruff check", partial(_module, "ruff", "check", ".")),
        Step("emitted files are current", lambda: Outcome(emit.differences(ROOT))),
        Step("shipped confs, searches and code", _lint),
        Step("mypy --strict", _types),
        *(Step(f"mypy --strict {folder}", partial(_door_types, folder), ("mypy --strict",)) for folder in DOORS),
    ]


def package_steps(each_tag: bool = False, tenants: Path | None = None) -> list[Step]:
    """Builds both packages once; with `each_tag` twice, from nothing the second time, and AppInspect under each tag.

    The tenants' package is made of the file `tenants` and left in dist/, else of the demo's file and left in build/.
    """
    steps = [Step(BUILT, partial(_build, twice=each_tag))]
    for package in (paths.APP, paths.ADDON):
        steps.append(Step(f"AppInspect {package}", partial(_inspect, package, each_tag), (BUILT,)))
        steps += [
            Step(f"{package} under Python {version}", partial(_smoke, package, version), (BUILT,))
            for version in SHIPPED_PYTHONS
        ]
    file, folder = (tenants, ROOT / "dist") if tenants else (ROOT / "demo" / "tenants.yml", ROOT / "build" / "tenants")
    inspect = partial(_reported, [tenants_archive(folder, ROOT)], each_tag)
    steps.append(Step(TENANTS_BUILT, partial(_build_tenants, file, folder)))
    steps.append(Step(f"AppInspect {paths.TENANTS_APP}", inspect, (TENANTS_BUILT,)))
    return steps


def native_step() -> Step:
    """Builds the optional native package, hashes and reads a picture with it under each Python, inspects its form."""
    return Step("native package", _build_native)


def _build_native() -> Outcome:
    archive, outcome = build_native_package(ROOT), Outcome()
    outcome.note = archive.name
    for version in SHIPPED_PYTHONS:
        python = find_python(version)
        if python is None:
            outcome.warnings.append(f"NOT RUN under Python {version}, which is not here")
        else:
            outcome.problems += works_under(ROOT / "build" / "native" / NAME, python)
    outcome.problems += form_problems(archive)
    return outcome


def _slices(*options: str) -> Step:
    return Step(SLICES, partial(run_proofs, "--slice", *options))


def _stale() -> Step:
    return Step("proofs: committed results", _stale_results)


def _module(*arguments: str, search_path: str = "") -> Outcome:
    """Runs a module of `.venv`; the note is its last line, the problem its last 60 where it fails."""
    environment = {**_environment(), **({"MYPYPATH": search_path} if search_path else {})}
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False, text=True, capture_output=True, env=environment)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    note = lines[-1].strip("= ") if lines else ""
    return Outcome([*lines[-60:], f"exit code {done.returncode}"] if done.returncode else [], note)


def _types() -> Outcome:
    present = [
        name for name in TYPED if (ROOT / name).exists() and (name.endswith(".py") or any((ROOT / name).rglob("*.py")))
    ]
    return _module("mypy", *present)


def _door_types(folder: str) -> Outcome:
    """Doors are scripts side by side, not a package: each folder is checked from within."""
    scripts = sorted(path.name for path in (ROOT / folder).glob("*.py"))
    if not scripts:
        return Outcome(idle=True)
    named = [f"{folder}/{name}" for name in scripts]
    return _module("mypy", "--config-file", "pyproject.toml", *named, search_path=folder)


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
    return Outcome(problems)


def run_tests(marked: str, more: Sequence[str] = (), workers: int = 0) -> Outcome:
    """Runs pytest over tests with these marks and shows what it prints as it comes; `more` are paths and options. The
    tests that take too long are warnings. Without chance, sets of texts are in the order of the same hashes.

    With workers, a file's tests stay together, so that what a module sets up is set up once. Files are handed out in
    the order of tests/conftest.py.
    """
    options = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"] if workers else []
    command = [sys.executable, "-m", "pytest", "-m", marked, "--durations", "25", *options, *more]
    last = ""
    slow: list[str] = []
    chance = NEW_EXAMPLES[1] in more
    environment = _environment() if chance else {**_environment(), "PYTHONHASHSEED": "0"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, bufsize=1) as process:
        for line in process.stdout or ():
            say_line(line.rstrip("\n"))
            last = line if line.strip() else last
            slow += [line.strip()] if line.startswith(SLOW) and not chance else []
    problems = [f"exit code {process.returncode}"] if process.returncode else []
    if marked and more and process.returncode == NO_TESTS:
        return Outcome(warnings=["every test of these modules runs with --full only"])
    return Outcome(problems, last.strip("= \n"), slow)


def _environment() -> dict[str, str]:
    """Byte code is kept in build/: tests and slices start a thousand processes, each of which would compile what it
    imports.
    """
    environment = {**os.environ, paths.BYTE_CODE_FOLDER: str(BYTE_CODE)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def run_proofs(*options: str) -> Outcome:
    """Runs the proofs' command line."""
    return _module("proofs", *options)


def _stale_results() -> Outcome:
    """Committed results that do not hold for this code: to be renewed before a release, no fault of the commit."""
    command = [sys.executable, "-m", "proofs", "--stale"]
    done = subprocess.run(command, cwd=ROOT, check=False, text=True, capture_output=True, env=_environment())
    if done.returncode:
        return Outcome([(done.stdout + done.stderr)[-3000:]])
    return Outcome(warnings=[line for line in done.stdout.splitlines() if line.strip()])


def _build(twice: bool) -> Outcome:
    try:
        build_packages(ROOT)
        first = _sums()
        if twice:
            build_packages(ROOT, afresh=True)
    except PackageError as error:
        return Outcome([str(error)])
    return Outcome(["two builds have different bytes"] if first != _sums() else [], f"{len(first)} archives in dist/")


def _sums() -> list[str]:
    return (ROOT / "dist" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()


def _inspect(package: str, each_tag: bool) -> Outcome:
    archives = [ROOT / "dist" / line.split()[1] for line in _sums() if line.split()[1].startswith(f"{package}-")]
    if not archives:
        return Outcome([f"dist/SHA256SUMS names no archive of {package}: was it built?"])
    return _reported(archives, each_tag)


def _build_tenants(tenants: Path, destination: Path) -> Outcome:
    try:
        archive = build_tenants_package(tenants, destination, ROOT)
        return Outcome(note=archive.name, warnings=too_many(read_tenant_facts(tenants)))
    except PackageError as error:
        return Outcome([str(error)])


def _reported(archives: Sequence[Path], each_tag: bool) -> Outcome:
    outcome = Outcome()
    for inspection in inspect_packages(archives, ROOT, each_tag):
        say_line(f"    {inspection.line()}")
        outcome.problems += [f"[{inspection.tag or 'all'}] {line}" for line in inspection.problems]
    return outcome


def _smoke(package: str, version: str) -> Outcome:
    python = find_python(version)
    if python is None:
        line = f"NOT RUN, no Python {version}: set MINERVA_PYTHON{version.replace('.', '')} to run the package under it"
        return Outcome([line]) if leaves_nothing_out() else Outcome(warnings=[line])
    return Outcome(smoke_package(ROOT / "build" / "stage" / package, python))


def names(steps: Iterable[Step]) -> list[str]:
    """Returns the names of steps, in order."""
    return [step.name for step in steps]
