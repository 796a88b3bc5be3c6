"""Settings for every test: no time limit per example of a property test, since machines differ and are busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")
