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
from assembly.environments import SetupError
from assembly.provision import MissingPartError, provide
from assembly.steps import hand_over

EXIT_MISSING = 3
ROOT = paths.ROOT


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 good, 1 failed, 2 wrong use, 3 a part of the machine is missing."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command not in (
        "demo", "prove", "bench", "tenants", "leaks", "sources", "source", "train"
    ):  # fmt: skip
        _parser().error(f"unknown argument: {rest[0]}")
    for name, value in vars(options).items():  # as it is read from where the person stands
        if isinstance(value, Path):
            setattr(options, name, value.absolute())
    if options.command == "deploy" and options.tenants is not None:
        options.into = Path.cwd()
    os.chdir(ROOT)
    try:
        return _run(options, rest)
    except SetupError as error:
        print(f"set-up failed:\n{error}", file=sys.stderr)
        return 1
    except MissingPartError as error:
        print(error, file=sys.stderr)
        return EXIT_MISSING


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Builds, shows and tests Minerva.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="run both apps on the stand-in (see demo --help)", add_help=False)
    test = commands.add_parser("test", help="lint, types, tests, browser, packages, AppInspect: one verdict a commit")
    kind = test.add_mutually_exclusive_group()
    kind.add_argument("--full", action="store_true", help="everything that takes minutes too, and new seeds")
    kind.add_argument(
        "--changed", nargs="?", const="", metavar="REV",
        help="only what a change can reach: what differs from the commit REV (HEAD, where nothing else is said)",
    )  # fmt: skip
    commands.add_parser("check", help="the fast half of test, for daily work")
    package = commands.add_parser("package", help="both apps as dist/*.tar.gz, inspected")
    package.add_argument("--each-tag", action="store_true", help="run AppInspect once more under each tag of a vetting")
    package.add_argument(
        "--tenants", type=Path, metavar="FILE", help="tenants file; makes the package minerva_tenants too"
    )
    package.add_argument(
        "--native",
        action="store_true",
        help="only the optional package of numpy, OpenCV and models for Linux x86_64",
    )
    commands.add_parser("release", help="every check of test --full, proofs, changelog; leaves the packages in dist/")
    deploy = commands.add_parser("deploy", help="copy the packages into an existing Splunk")
    deploy.add_argument("--splunk-home", type=Path, required=True, metavar="DIR")
    deploy.add_argument("--tenants", type=Path, metavar="FILE", help="tenants file; emits the app minerva_tenants too")
    commands.add_parser(
        "tenants", help="create, suspend, resume, retire an institution (see tenants --help)", add_help=False
    )
    commands.add_parser(
        "sources", help="the catalogue of sources; drift of a live one (see sources --help)", add_help=False
    )
    commands.add_parser("source", help="source new FAMILY ID --like OTHER: the yml of a new one", add_help=False)
    commands.add_parser("emit", help="write conf files from their facts")
    commands.add_parser("prove", help="run a large seeded count to its end (see prove --help)", add_help=False)
    commands.add_parser(
        "leaks", help="plant canaries and look for them, on the stand-in or on your Splunk (see leaks --help)",
        add_help=False,
    )  # fmt: skip
    commands.add_parser("bench", help="run a benchmark beside the field's usual libraries: bench NAME [options]")
    commands.add_parser(
        "train", help="train risk: a learned model of risk from labels (see train risk --help)", add_help=False
    )
    commands.add_parser("lock", help="resolve assembly/requirements/*.in again, with hashes")
    return parser


def _run(options: argparse.Namespace, rest: list[str]) -> int:
    command = str(options.command)
    if command == "lock":
        from assembly.locks import refresh_locks

        return refresh_locks(ROOT)
    if command == "bench" and not (rest and rest[0] in _benchmarks()):
        print(f"name a benchmark, one of: {', '.join(_benchmarks())}", file=sys.stderr)
        return 2
    hand_over(provide(command, ROOT))
    if command == "tenants":
        return _python(["-m", "assembly.tenants", *rest])
    if command in ("sources", "source"):
        return _python(["-m", "assembly.sources", *rest])
    if command in ("demo", "prove", "leaks"):
        python = str(paths.python_of(ROOT / ".venv"))
        sys.stdout.flush()
        os.execv(python, [python, "-m", {"prove": "proofs"}.get(command, command), *rest])
    if command == "bench":
        python = str(paths.python_of(paths.BENCH))
        os.execv(python, [python, "-m", f"benchmarks.{rest[0]}", *rest[1:]])
    if command == "train":
        python = str(paths.python_of(paths.LEARN))
        os.execv(python, [python, "-m", "benchmarks.train_risk", *rest])
    return _python(["-m", "assembly.work", command, *_handed_on(options)])


def _handed_on(options: argparse.Namespace) -> list[str]:
    """Returns the options of a command as assembly.work takes them."""
    given = []
    for name, value in vars(options).items():
        if name != "command" and value is not None and value is not False:
            given += [f"--{name.replace('_', '-')}", *([] if value is True or value == "" else [str(value)])]
    return given


def _benchmarks() -> list[str]:
    return sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))


def _python(arguments: list[str]) -> int:
    sys.stdout.flush()
    return subprocess.run([str(paths.python_of(ROOT / ".venv")), *arguments], check=False).returncode
