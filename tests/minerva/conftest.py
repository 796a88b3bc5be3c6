"""What tests of identifiers share."""

from __future__ import annotations

import pytest

from minerva.identifiers import sureness


@pytest.fixture
def as_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finds come with what the rule of their way states, by which readings are chosen; test_sureness.py holds what is
    given instead."""
    monkeypatch.setattr(sureness, "_GIVEN", {})
