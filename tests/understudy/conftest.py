"""Fixtures: a stage, and a stage that serves REST."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.staging import make_stage
from understudy.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with make_stage(tmp_path / "home") as made:
        yield made


@pytest.fixture
def served(stage: Stage) -> Stage:
    stage.start()
    return stage
