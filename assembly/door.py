"""The commands of build.py: makes what a command needs, then hands over to `.venv`'s interpreter.

Standard library only, since on a fresh machine nothing else is there yet.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from assembly import paths
from assembly.environments import SetupError, Step, ensure_environment, ensure_shipped
from assembly.machine import find_chromium, provide_for_tests
from assembly.webpages import ensure_webpages

EXIT_MISSING = 3
ROOT = paths.ROOT


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 good, 1 failed, 2 wrong use, 3 a part of the machine is missing."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command not in ("demo", "prove", "bench", "tenants", "leaks"):
        _parser().error(f"unknown argument: {rest[0]}")
    os.chdir(ROOT)
    try:
        return _run(options, rest)
    except SetupError as error:
        print(f"set-up failed:\n{error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Builds, shows and tests Minerva.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="run both apps on the stand-in (see demo --help)", add_help=False)
    commands.add_parser("test", help="everything: lint, types, tests, browser, packages, AppInspect")
    commands.add_parser("check", help="the fast half of test, for daily work")
    package = commands.add_parser("package", help="both apps as dist/*.tar.gz, inspected")
    package.add_argument("--each-tag", action="store_true", help="run AppInspect once more under each tag of a vetting")
    deploy = commands.add_parser("deploy", help="copy the packages into an existing Splunk")
    deploy.add_argument("--splunk-home", type=Path, required=True, metavar="DIR")
    deploy.add_argument("--tenants", type=Path, metavar="FILE", help="tenants file; emits the app minerva_tenants too")
    commands.add_parser(
        "tenants", help="create, suspend, resume, retire an institution (see tenants --help)", add_help=False
    )
    commands.add_parser("emit", help="write conf files from their facts")
    commands.add_parser("prove", help="run a large seeded count to its end (see prove --help)", add_help=False)
    commands.add_parser(
        "leaks", help="plant canaries and look for them, on the stand-in or on your Splunk (see leaks --help)",
        add_help=False,
    )  # fmt: skip
    commands.add_parser("bench", help="run a benchmark beside the field's usual libraries: bench NAME [options]")
    commands.add_parser("lock", help="resolve assembly/requirements/*.in again, with hashes")
    return parser


def _run(options: argparse.Namespace, rest: list[str]) -> int:
    command = str(options.command)
    if command == "lock":
        from assembly.locks import refresh_locks

        return refresh_locks(ROOT)
    _environment(ROOT / ".venv", "run", "Python environment")
    if command == "tenants":
        return _python(["-m", "assembly.tenants", *rest])
    if command == "emit":
        _shipped()  # the partner API's contract is written by the library that ships
        return _python(["-m", "assembly.work", "emit"])
    if command == "check":
        _shipped()
        return _python(["-m", "assembly.work", "check"])
    if command == "test":
        missing = provide_for_tests()
        if missing:
            print("\n".join(missing), file=sys.stderr)
            return EXIT_MISSING
        os.environ["CHROMIUM"] = find_chromium() or ""
    _shipped()
    if command in ("demo", "test", "package", "deploy"):
        ensure_webpages(ROOT)
    if command in ("demo", "prove", "leaks"):
        python = str(paths.python_of(ROOT / ".venv"))
        sys.stdout.flush()
        os.execv(python, [python, "-m", {"prove": "proofs"}.get(command, command), *rest])
    if command == "bench":
        return _bench(rest)
    if command == "deploy":
        extra = ["--tenants", str(options.tenants)] if options.tenants else []
        return _python(["-m", "assembly.work", "deploy", "--splunk-home", str(options.splunk_home), *extra])
    each_tag = ["--each-tag"] if command == "package" and options.each_tag else []
    return _python(["-m", "assembly.work", command, *each_tag])


def _bench(rest: list[str]) -> int:
    known = sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))
    if not rest or rest[0] not in known:
        print(f"name a benchmark, one of: {', '.join(known)}", file=sys.stderr)
        return 2
    _environment(paths.BENCH, "bench", "libraries to compare with")
    python = str(paths.python_of(paths.BENCH))
    os.execv(python, [python, "-m", f"benchmarks.{rest[0]}", *rest[1:]])


def _shipped() -> None:
    _environment(ROOT / "build" / "tools", "tools", "packaging tools")
    for package, name in ((paths.APP, "minerva_app"), (paths.ADDON, "ta")):
        step = Step(f"libraries of {package}")
        step.done(ensure_shipped(package, name, ROOT))


def _environment(folder: Path, name: str, label: str) -> None:
    step = Step(label)
    step.done(ensure_environment(folder, name, ROOT))


def _python(arguments: list[str]) -> int:
    sys.stdout.flush()
    return subprocess.run([str(paths.python_of(ROOT / ".venv")), *arguments], check=False).returncode
