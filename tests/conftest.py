"""Settings for every test: no time limit per example of a property test, since machines differ and are busy; and the
order of the modules: what takes longest begins first, so that no worker is left alone with it at the end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")

LONGEST = (
    "integration/test_isolation.py",
    "demo/test_demo.py",
    "integration/test_delivery.py",
    "browser/test_pages.py",
    "leaks/test_planted_faults.py",
    "browser/test_accessibility.py",
    "integration/test_keep_current.py",
    "browser/test_search_page.py",
    "integration/test_schedule_alert.py",
    "browser/test_administration.py",
    "integration/test_tenants.py",
    "browser/test_join_undone.py",
    "integration/test_commands_39_313.py",
    "browser/test_dashboards.py",
    "integration/test_judging.py",
    "browser/test_text_check.py",
    "integration/test_bad_input.py",
    "integration/test_sharing.py",
    "integration/test_partner_api.py",
)
"""Of `--durations`, about. The first one makes the world that others wait for; those of the browser stand apart, since
each of them keeps a processor busy."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest modules first, then those of most tests: the last ones are short."""
    here = Path(__file__).parent
    rank = {here / name: place for place, name in enumerate(LONGEST)}
    size = Counter(item.path for item in items)
    items.sort(key=lambda item: (rank.get(item.path, len(rank)), -size[item.path]))
