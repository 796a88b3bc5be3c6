"""The commands of build.py that run in `.venv`: emit, check, test, package, release, deploy."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from assembly import emit, paths
from assembly.changed import ChangeError, changed_steps
from assembly.checks import check_steps, fast_steps, full_steps, native_step, package_steps, test_steps
from assembly.facts import FactError
from assembly.packages.deploying import deploy
from assembly.release import release_steps
from assembly.steps import Step, handed_over, run_steps, say_line, table
from minerva.intake.errors import FactsError

ROOT = paths.ROOT


def main(arguments: list[str]) -> int:
    """Returns 0 if every step passed."""
    parser = argparse.ArgumentParser(prog="assembly.work")
    parser.add_argument("command", choices=("emit", "check", "test", "package", "release", "deploy"))
    parser.add_argument("--splunk-home", type=Path)
    parser.add_argument("--tenants", type=Path)
    parser.add_argument("--into", type=Path, default=Path())
    parser.add_argument("--native", action="store_true")
    parser.add_argument("--each-tag", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--changed", nargs="?", const="", metavar="REV")
    options = parser.parse_args(arguments)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    try:
        if options.command == "emit":
            kinds = emit.write_kinds(ROOT)
            if kinds:
                print("\n".join(kinds), flush=True)
                os.execv(sys.executable, [sys.executable, "-m", "assembly.work", "emit"])  # with the new kinds
            written = emit.write(ROOT)
            print("\n".join(written) if written else "every emitted file is current")
            return 0
        if options.command == "deploy":
            return deploy(options.splunk_home, options.tenants, options.into)
        return _run(_steps(options))
    except (FactError, FactsError) as error:
        print(error, file=sys.stderr)
        return 1
    except ChangeError as error:
        print(error, file=sys.stderr)
        return 2


def _steps(options: argparse.Namespace) -> list[Step]:
    if options.command == "check":
        return check_steps()
    if options.command == "package" and options.native:
        return [native_step()]
    if options.command == "package":
        return [*fast_steps()[:3], *package_steps(options.each_tag, options.tenants)]
    if options.command == "release":
        return release_steps()
    if options.changed is not None:
        return changed_steps(options.changed or None)
    return full_steps() if options.full else test_steps()


def _run(steps: Sequence[Step]) -> int:
    """Runs steps on the processors of this machine and one more: tests of a stand-in wait as much as they compute."""
    ended = run_steps(steps, (os.cpu_count() or 1) + 1)
    say_line("\nWhere the time went")
    say_line("\n".join(table(ended, handed_over())))
    return 1 if any(outcome.problems for _, outcome, _ in ended) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
