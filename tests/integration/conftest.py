"""Fixtures: the staged apps (once), and copies of one world whose inputs, linking and alerts have run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.made_once import staged_apps
from tests.integration.shown import SHARED, Shown, opened_world


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both apps as they are installed in Splunk, and the tenants' own."""
    return staged_apps(tmp_path_factory)


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Every source of the world read through the add-on's own handlers, linked, with one watched phone per tenant.

    To read only: one copy serves every module of a worker, and is looked at when the last one has ended.
    """
    with SHARED.held(tmp_path_factory) as held:
        yield held


@pytest.fixture(scope="module")
def own_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Such a world of the module's own, to change."""
    with opened_world(tmp_path_factory) as made:
        yield made
