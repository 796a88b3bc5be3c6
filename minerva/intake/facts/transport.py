"""How a source is reached as files of a folder; web.py says how over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minerva.intake.facts.reading import READING_KEYS, ReadFacts, read_facts
from minerva.intake.facts.shape import Scalar, Table

FILE_SHAPE = Table(
    {"format": READING_KEYS["format"], "pattern": Scalar(pattern=r"(?!/)(?!.*(^|/)\.\.(/|$)).+")},
    {
        **{key: shape for key, shape in READING_KEYS.items() if key != "format"},
        "mode": Scalar(choices=("whole", "appended")),
    },
)


@dataclass(frozen=True)
class FileFacts:
    """Files of one folder whose names match `pattern` (a glob), and how they are read."""

    pattern: str
    mode: str
    reading: ReadFacts


def file_facts(document: Mapping[str, Any]) -> FileFacts:
    """The facts of a checked `file`."""
    return FileFacts(pattern=document["pattern"], mode=document.get("mode", "whole"), reading=read_facts(document))
