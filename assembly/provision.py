"""What a command of build.py needs before it runs: environments, shipped libraries, web pages, a browser; side by side.

Standard library only. A second run finds everything there and does nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from assembly import paths
from assembly.environments import SetupError, ensure_environment, ensure_shipped
from assembly.machine import find_chromium, provide_for_tests
from assembly.servers import ensure_servers
from assembly.steps import Outcome, Step, Time, run_steps
from assembly.webpages import ensure_modules, ensure_webpages

RUN, TOOLS, BENCH = "Python environment", "packaging tools", "libraries to compare with"
LEARN = "libraries that learn"
COLLECTOR = "environment of the collector"
PAGES = ("demo", "test", "package", "deploy", "release")
"""Commands that need the web pages."""
BROWSER = ("test", "release")
"""Commands that need Chromium, libmagic, servers to speak to, and the collector's environment."""
AT_ONCE = 4
"""Steps at the same time, whatever the processors: most of them wait for a network or a disk."""


def provide(command: str, root: Path = paths.ROOT) -> list[Time]:
    """Makes what a command needs and returns when each part was made. Raises SetupError with every problem.

    Raises MissingPartError where a part of the machine is missing that may not be installed here.
    """
    ended = run_steps(list(_steps(command, root)), AT_ONCE)
    problems = [line for _, outcome, _ in ended for line in outcome.problems]
    if problems:
        raise SetupError("\n".join(problems))
    missing = [line for _, outcome, _ in ended for line in outcome.warnings]
    if missing:
        raise MissingPartError("\n".join(missing))
    return [spent for _, outcome, spent in ended if not outcome.idle]


class MissingPartError(Exception):
    """Parts of the machine are missing; each line says what to install."""


def _steps(command: str, root: Path) -> Iterator[Step]:
    run = root / ".venv"
    yield _made(RUN, lambda: ensure_environment(run, "run", root))
    if command == "tenants":
        return
    yield _made(TOOLS, lambda: ensure_environment(root / "build" / "tools", "tools", root))
    if command in BROWSER:
        yield Step("Chromium and libmagic", _machine)
        yield _made("sshd and dovecot", ensure_servers)
        yield _made(COLLECTOR, lambda: ensure_environment(paths.COLLECTOR, "collector", root))
    if command in PAGES:
        yield _made("packages of the web pages", lambda: ensure_modules(root))
    for package, name in ((paths.APP, "minerva_app"), (paths.ADDON, "ta")):
        yield _made(f"libraries of {package}", _shipped(package, name, root), TOOLS)
    if command in PAGES:
        yield _made("web pages", lambda: ensure_webpages(root), "packages of the web pages")
    if command == "bench":
        yield _made(BENCH, lambda: ensure_environment(paths.BENCH, "bench", root))
    if command == "train":
        yield _made(LEARN, lambda: ensure_environment(paths.LEARN, "learn", root))


def _shipped(package: str, name: str, root: Path) -> Callable[[], bool]:
    return lambda: ensure_shipped(package, name, root)


def _made(name: str, ensure: Callable[[], bool], *after: str) -> Step:
    def run() -> Outcome:
        try:
            return Outcome(idle=not ensure())
        except SetupError as error:
            return Outcome([str(error)])

    return Step(name, run, after)


def _machine() -> Outcome:
    installed, missing = provide_for_tests()
    os.environ["CHROMIUM"] = find_chromium() or ""
    return Outcome(warnings=missing, idle=not installed and not missing)
