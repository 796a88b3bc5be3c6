"""Fixtures: a stage, and a stage that serves REST; passwords of its users are tried with little work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.staging import make_stage
from understudy.access import accounts
from understudy.stage import Stage


@pytest.fixture(scope="module", autouse=True)
def little_work() -> Iterator[None]:
    """Nearly every test here makes a home of its own with a user who logs in, a tenth of a second of scrypt."""
    assert accounts.WORK == 2**14, "the stand-in itself takes the time"
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(accounts, "WORK", 2**4)
        yield


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with make_stage(tmp_path / "home") as made:
        yield made


@pytest.fixture
def served(stage: Stage) -> Stage:
    stage.start()
    return stage
