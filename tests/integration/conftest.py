"""Fixtures: the staged apps (once), and per module a copy of one world whose inputs, linking and alerts have run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.made_once import staged_apps
from tests.integration.shown import Shown, opened_world


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both apps as they are installed in Splunk, and the tenants' own."""
    return staged_apps(tmp_path_factory)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Every source of the world read through the add-on's own handlers, linked, with one watched phone per tenant."""
    with opened_world(tmp_path_factory) as made:
        yield made
