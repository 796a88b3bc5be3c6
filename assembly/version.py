"""The one version of the project: pyproject.toml says it, everything else repeats it and a check compares."""

from __future__ import annotations

import tomllib
from pathlib import Path


def version(root: Path) -> str:
    """Returns the version as pyproject.toml has it, x.y.z."""
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
