"""Reads the tables of data/: words, names and rules in JSON, each with its source and its version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"


def table(name: str) -> dict[str, Any]:
    """The content of data/NAME.json."""
    content: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content
