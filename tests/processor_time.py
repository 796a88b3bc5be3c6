"""What each test takes of the processors, children included: on a busy machine that is steadier than the clock."""

from __future__ import annotations

import resource
from collections import defaultdict
from collections.abc import Generator

import pytest
from _pytest.terminal import TerminalReporter

MOST_S = 10.0
"""What a test that is not left to `--full` may take; what it sets up for others is not counted."""
SLOW = "slow: "
"""Begins a line that names a test beyond MOST_S; the step of the tests shows it again at the end."""
SHOWN = 30


def spent() -> float:
    """Returns the processor seconds of this process and of its ended children, so far."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


class ProcessorTime:
    """Notes the time in each worker's reports, and sums it up by file where they come together.

    What runs between two phases counts for the later one, so that the sums leave nothing out.
    """

    def __init__(self) -> None:
        self._last = spent()
        self.by_file: defaultdict[str, float] = defaultdict(float)
        self.slow: list[tuple[float, str]] = []

    def pytest_collection_finish(self) -> None:
        """Reading the tests belongs to no file."""
        self._last = spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Notes what a phase took in its report, which is all that a worker hands on."""
        report = yield
        now = spent()
        report.__dict__["processor_s"] = now - self._last
        self._last = now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Sums up what was noted."""
        seconds = getattr(report, "processor_s", 0.0)
        self.by_file[report.nodeid.partition("::")[0]] += seconds
        if report.when == "call" and seconds > MOST_S and "full" not in report.keywords:
            self.slow.append((seconds, report.nodeid))

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Shows the files that took most, and the tests that took too much."""
        terminalreporter.write_sep("=", f"processor seconds: {sum(self.by_file.values()):.0f}, most of them in")
        for name, seconds in sorted(self.by_file.items(), key=lambda each: -each[1])[:SHOWN]:
            terminalreporter.write_line(f"{seconds:7.1f} {name}")
        for seconds, name in sorted(self.slow, reverse=True):
            terminalreporter.write_line(f"{SLOW}{name} takes {seconds:.0f} processor seconds: "
                                        "make it cheaper, or leave it to --full (docs/testing.md)")  # fmt: skip
