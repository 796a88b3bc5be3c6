"""The pages' scripts as `frontend/` builds them, and this folder's own style sheet.

Both are served under an address that changes with them, so that browsers may keep them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

OWN = Path(__file__).parent / "static"
BUILT = Path(__file__).parents[2] / "build" / "web"
TYPES = {".js": "text/javascript", ".css": "text/css", ".txt": "text/plain; charset=utf-8"}


class Bundles:
    """The files of both folders by name; a name of the built folder never hides one of our own."""

    def __init__(self, built: Path = BUILT) -> None:
        found = [path for folder in (built, OWN) if folder.is_dir() for path in sorted(folder.iterdir())]
        self.files = {path.name: path for path in found if path.is_file() and path.suffix in TYPES}
        states = [(name, path.stat()) for name, path in sorted(self.files.items())]
        facts = "\n".join(f"{name} {state.st_size} {state.st_mtime_ns}" for name, state in states)
        self.version = hashlib.sha256(facts.encode()).hexdigest()[:12]

    def address(self, name: str) -> str:
        return f"/en-US/static/@{self.version}/{name}"

    def has(self, name: str) -> bool:
        return name in self.files
