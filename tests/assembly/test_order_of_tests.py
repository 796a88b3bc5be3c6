"""The modules that are named as the longest are there, each once; what tests take of the processors is told."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Literal

import pytest
from _pytest.config import get_config
from _pytest.terminal import TerminalReporter

from assembly import checks
from tests.conftest import LONGEST, in_order
from tests.processor_time import MOST_S, SLOW, ProcessorTime

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("name", LONGEST)
def test_each_of_the_longest_modules_is_there_and_named_once(name: str) -> None:
    assert (TESTS / name).is_file()
    assert LONGEST.count(name) == 1


def test_the_longest_come_first_and_the_rest_by_their_number_of_tests() -> None:
    class Item:
        def __init__(self, path: str) -> None:
            self.path = TESTS / path

    written = ["a.py", "b.py", "b.py", LONGEST[1], "c.py", LONGEST[0], "c.py", "c.py"]
    items = [Item(path) for path in written]
    in_order(items)  # type: ignore[arg-type]  # all it reads of an item is its path
    ordered = [item.path.relative_to(TESTS).as_posix() for item in items]
    assert ordered == [LONGEST[0], LONGEST[1], "c.py", "c.py", "c.py", "b.py", "b.py", "a.py"]


def report(
    name: str, seconds: float, *marks: str, when: Literal["setup", "call", "teardown"] = "call"
) -> pytest.TestReport:
    """Returns a report as it comes over from a worker."""
    made = pytest.TestReport(
        name, ("tests/test_a.py", 1, name), dict.fromkeys(marks, 1), "passed", None, when, processor_s=seconds
    )
    return pytest.TestReport._from_json(made._to_json())


def told(times: ProcessorTime) -> list[str]:
    """Returns the lines at the end of a run."""
    text = io.StringIO()
    times.pytest_terminal_summary(TerminalReporter(get_config(), text))
    return text.getvalue().splitlines()


def test_files_are_summed_up_and_a_test_that_takes_too_long_is_named() -> None:
    times = ProcessorTime()
    for each in (
        report("tests/test_a.py::test_one", MOST_S + 2),
        report("tests/test_a.py::test_left_out", MOST_S + 1, "full"),
        report("tests/test_b.py::test_shared", 40, when="setup"),
        report("tests/test_b.py::test_short", MOST_S - 1),
    ):
        times.pytest_runtest_logreport(each)
    head, *rest = told(times)
    assert "processor seconds: 72, most of them in" in head
    assert [line.split() for line in rest[:2]] == [["49.0", "tests/test_b.py"], ["23.0", "tests/test_a.py"]]
    assert [line for line in rest[2:] if line] == [
        f"{SLOW}tests/test_a.py::test_one takes 12 processor seconds: "
        "make it cheaper, or leave it to --full (docs/testing.md)"
    ]
    assert checks.SLOW == SLOW


def test_a_phase_is_charged_with_what_it_and_its_children_take() -> None:
    times = ProcessorTime()
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass
    noting = times.pytest_runtest_makereport()
    next(noting)
    with pytest.raises(StopIteration) as ended:
        noting.send(report("tests/test_a.py::test_one", 0))
    assert 0.05 <= ended.value.value.processor_s < 5
