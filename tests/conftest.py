"""Settings for every test, and the order of the modules: what takes longest begins first, so that no worker is left
alone with it at the end.

Property tests have no time limit per example, since machines differ and are busy. Their examples follow from the test
itself, so that a commit has one verdict, and are a quarter of what the test names; under
`--hypothesis-profile new_examples` (`test --full`) they are new ones and all of them.
"""

from __future__ import annotations

import re
import secrets
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.processor_time import ProcessorTime

settings.register_profile("same_examples", deadline=None, derandomize=True)
settings.register_profile("new_examples", deadline=None, print_blob=True)
settings.load_profile("same_examples")

SAME_EXAMPLES_OF = 4
"""One in so many examples is drawn where they are the same in each run: the same ones again tell nothing new."""
FEWEST_EXAMPLES = 25

LONGEST = (
    "integration/test_isolation.py",
    "minerva_linking/updates/test_changes.py",
    "app/test_commands.py",
    "app/test_judging.py",
    "app/test_judging_preview.py",
    "connectors/kills/test_kill.py",
    "demo/test_demo.py",
    "browser/test_pages.py",
    "integration/test_delivery.py",
    "browser/accessibility/test_accessibility.py",
    "leaks/test_planted_faults.py",
    "integration/test_keep_current.py",
    "integration/test_tenants.py",
    "browser/test_administration.py",
    "integration/test_retention.py",
    "integration/test_sharing.py",
    "integration/test_schedule_alert.py",
    "integration/test_commands_39_313.py",
    "integration/test_judging.py",
    "browser/test_join_undone.py",
    "integration/test_real_registers.py",
    "benchmarks/test_floors.py",
    "integration/test_extraction_39_313.py",
    "minerva_linking/test_templates.py",
    "minerva/test_speed_paths.py",
    "proofs/test_sharing_proofs.py",
    "understudy/spl/test_fuzz.py",
    "minerva/test_identifier_cases.py",
    "browser/test_search_page.py",
    "understudy/access/test_who_sees_what.py",
    "understudy/spl/core/test_bounds.py",
    "browser/test_text_check.py",
    "understudy/spl/core/test_extreme_numbers.py",
    "browser/test_dashboards.py",
    "minerva_linking/test_weak_signals.py",
    "minerva/test_phone_batch.py",
)
"""By processor time, about. The first one makes the world that others wait for, the next two need none; those of the
browser stand apart, since each of them keeps a processor busy."""


def left_to_full(root: Path) -> set[str]:
    """Returns the modules that the table of docs/testing.md names; a bare name stands beside its neighbor."""
    page = (root / "docs" / "testing.md").read_text(encoding="utf-8")
    table = page.partition("## What runs with `--full` only")[2].partition("\n## ")[0]
    found: set[str] = set()
    for row in re.findall(r"(?m)^\| (.*?) \|", table):
        folder = Path("tests")
        for name in re.findall(r"`([\w/]+\.py)`", row):
            folder = Path(name).parent if "/" in name else folder
            found.add((folder / Path(name).name).as_posix())
    return found


LEFT_OUT: set[str] = set()
"""Modules of collected tests that `--full` alone runs."""


def pytest_configure(config: pytest.Config) -> None:
    """Sums up what the tests take of the processors."""
    config.pluginmanager.register(ProcessorTime(), "processor time")


@pytest.fixture
def seed(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> int:
    """What a test draws its texts from: its own name's, the same in each run; a new one with new examples."""
    fresh = pytestconfig.getoption("--hypothesis-profile") == "new_examples"
    drawn = secrets.randbelow(10**9) if fresh else zlib.crc32(request.node.nodeid.encode())
    print(f"seed {drawn}")
    return drawn


def pytest_itemcollected(item: pytest.Item) -> None:
    """Notes the modules of tests that are left to `--full`."""
    if item.get_closest_marker("full"):
        LEFT_OUT.add(item.path.relative_to(Path(__file__).parents[1]).as_posix())


def draw_fewer(items: Iterable[pytest.Item]) -> None:
    """Leaves each property test a quarter of the examples that it names."""
    done: set[object] = set()
    for item in items:
        test = getattr(getattr(item, "obj", None), "__func__", getattr(item, "obj", None))
        if not getattr(test, "is_hypothesis_test", False) or test in done:
            continue
        done.add(test)
        named = getattr(test, "_hypothesis_internal_use_settings", None) or settings()
        fewer = min(named.max_examples, max(FEWEST_EXAMPLES, named.max_examples // SAME_EXAMPLES_OF))
        setattr(test, "_hypothesis_internal_use_settings", settings(named, max_examples=fewer))  # noqa: B010


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts tests in order, the longest modules first: the last ones are short.

    Ends the run where a test is left to `--full` that docs/testing.md does not name, however it was marked.
    """
    here = Path(__file__).parent
    if unnamed := LEFT_OUT - left_to_full(here.parent):
        raise pytest.UsageError(f"docs/testing.md does not say that `--full` alone runs tests of {sorted(unnamed)}")
    in_order(items)
    if config.getoption("--hypothesis-profile") != "new_examples":
        draw_fewer(items)


def in_order(items: list[pytest.Item]) -> None:
    """Sorts the longest modules first, then those of most tests."""
    here = Path(__file__).parent
    rank = {here / name: place for place, name in enumerate(LONGEST)}
    size = Counter(item.path for item in items)
    items.sort(key=lambda item: (rank.get(item.path, len(rank)), -size[item.path]))
