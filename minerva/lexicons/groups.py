"""The groups of data/terms.json: terms by language or emoji, with meaning, sources and a note on precision."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Group:
    """`terms`: (language, term); emoji have the language "". `use`: `indicator`, or `context` where a term is no sign.

    `restricted` groups are about a person's traits: they are found only when asked for.
    """

    name: str
    meaning: str
    terms: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    precision: str
    use: str
    restricted: bool


def _group(row: dict[str, Any], terms: tuple[tuple[str, str], ...], sources: dict[str, str]) -> Group:
    return Group(
        name=row["name"],
        meaning=row["meaning"],
        terms=terms,
        sources=tuple(sources[key] for key in row["sources"]),
        precision=row["precision"],
        use=row["use"],
        restricted=row.get("restricted", False),
    )


def _load() -> tuple[int, tuple[Group, ...]]:
    document = json.loads((Path(__file__).parent / "data" / "terms.json").read_text(encoding="utf-8"))
    worded = [
        _group(
            row,
            tuple((language, term) for language, terms in row["terms"].items() for term in terms),
            document["sources"],
        )
        for row in document["groups"]
    ]
    drawn = [_group(row, tuple(("", char) for char in row["chars"]), document["sources"]) for row in document["emoji"]]
    return document["version"], (*worded, *drawn)


VERSION, GROUPS = _load()
GROUP_BY_NAME = {group.name: group for group in GROUPS}
