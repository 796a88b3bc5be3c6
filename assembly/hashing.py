"""Content hashes of files and trees: stamps of environments, keys of caches, the mark on the vendored library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

# Never part of what is built, wherever it lies.
LEFT_OUT = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", ".DS_Store", "ruff.toml"})


def tree_files(folder: Path) -> list[Path]:
    """Returns the files below `folder` that belong to a build, sorted by relative path; none if it is absent."""
    found = [
        path for path in folder.rglob("*") if path.is_file() and LEFT_OUT.isdisjoint(path.relative_to(folder).parts)
    ]
    return sorted(
        (path for path in found if path.suffix != ".pyc"), key=lambda path: path.relative_to(folder).as_posix()
    )


def tree_hash(folder: Path) -> str:
    """Returns the SHA-256 over relative names and contents of the files of a tree."""
    digest = hashlib.sha256()
    for path in tree_files(folder):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def text_hash(parts: Iterable[str]) -> str:
    """Returns the SHA-256 over texts, each with its length so that no two lists run together."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode()
        digest.update(f"{len(content)}\0".encode() + content)
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """Returns the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
