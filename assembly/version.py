"""The one version of the project: pyproject.toml says it, everything else repeats it and a check compares."""

from __future__ import annotations

import tomllib
from pathlib import Path


def version(root: Path) -> str:
    """Returns the version as pyproject.toml has it, x.y.z."""
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def build_number(root: Path) -> int:
    """Returns `build` of app.conf, by which browsers tell cached pages of one release from those of the next.

    x.y.z as x * 1,000,000 + y * 1,000 + z: a later release has a greater one.
    """
    parts = [int(part) for part in version(root).split(".")]
    return parts[0] * 1_000_000 + parts[1] * 1_000 + parts[2]
