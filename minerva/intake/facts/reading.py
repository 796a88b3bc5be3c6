"""How bytes become rows: the reading keys that stand in a yml's `http:` and `file:` tables alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minerva.intake.facts.shape import COUNT, TEXT, TEXTS, EitherOf, ListOf, MapOf, Scalar, Shape, Table

FORMATS = (
    "csv",
    "tsv",
    "fixed",
    "xlsx",
    "ods",
    "json",
    "jsonl",
    "xml",
    "geojson",
    "rss",
    "html",
    "article",
    "mail",
    "lines",
)
UNPACK = ("none", "zip", "gzip", "tar.gz", "bz2")
READING_KEYS: dict[str, Shape] = {
    "format": Scalar(choices=FORMATS),
    "unpack": Scalar(choices=UNPACK),
    "member": TEXT,
    "encodings": TEXTS,
    "delimiter": Scalar(pattern=r"[,;|\t~^:]"),
    "quote": Scalar(pattern=r"[\"'|`]?"),
    "header": TEXTS,
    "skip_rows": COUNT,
    "header_rows": Scalar((int,), low=1, high=9),
    "headings": EitherOf(Scalar(choices=("words",)), MapOf(TEXT)),
    "sheet": TEXT,
    "sheets": EitherOf(Scalar(choices=("all",)), ListOf(TEXT, 1)),
    "columns": ListOf(
        Table({"name": TEXT, "start": Scalar((int,), low=1), "length": Scalar((int,), low=1, high=131_072)}), 1
    ),
    "items": TEXT,
    "row": TEXT,
    "cells": MapOf(TEXT),
    "table": Scalar((int, str), low=0),
    "nulls": TEXTS,
    "stop_at": EitherOf(TEXT, TEXTS),
}
"""Keys, all optional here; `file:` needs `format`, `http:` takes JSON where it says none."""


@dataclass(frozen=True)
class Span:
    """A column of fixed width: characters from `start` (1 is the first of the line)."""

    name: str
    start: int
    length: int


@dataclass(frozen=True)
class ReadFacts:
    """How the bytes of a file or an answer become rows; docs/sources.md says each key in words.

    `sheets` ("*",) means all. `table` is the number of an HTML table (0: the first) or a CSS selector. `encodings` are
    tried in order after UTF-8 and UTF-16 with a mark. `heading_words`: columns are named by words of headings.
    """

    format: str = "json"
    unpack: str = "none"
    member: str = ""
    encodings: tuple[str, ...] = ()
    delimiter: str = ","
    quote: str = '"'
    header: tuple[str, ...] = ()
    skip_rows: int = 0
    header_rows: int = 1
    headings: Mapping[str, str] = field(default_factory=dict)
    heading_words: bool = False
    sheets: tuple[str, ...] = ()
    columns: tuple[Span, ...] = ()
    items: str = ""
    row: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    table: str = "0"
    nulls: frozenset[str] = frozenset()
    stop_at: frozenset[str] = frozenset()

    @property
    def cleans(self) -> bool:
        """Whether an object of JSON differs from the row that it becomes."""
        return bool(self.nulls or self.headings or self.heading_words)


def read_facts(document: Mapping[str, Any]) -> ReadFacts:
    """The ReadFacts among the keys of a checked `http` or `file`."""
    kind = document.get("format", "json")
    sheets = document.get("sheets") or ([document["sheet"]] if document.get("sheet") else [])
    stops = document.get("stop_at", ())
    headings = document.get("headings", {})
    return ReadFacts(
        format=kind,
        unpack=document.get("unpack", "none"),
        member=document.get("member", ""),
        encodings=tuple(document.get("encodings", ())),
        delimiter=document.get("delimiter", "\t" if kind == "tsv" else ","),
        quote=document.get("quote", '"'),
        header=tuple(document.get("header", ())),
        skip_rows=document.get("skip_rows", 0),
        header_rows=document.get("header_rows", 1),
        headings={} if headings == "words" else headings,
        heading_words=headings == "words",
        sheets=("*",) if sheets == "all" else tuple(sheets),
        columns=tuple(Span(**item) for item in document.get("columns", ())),
        items=document.get("items", ""),
        row=document.get("row", ""),
        cells=document.get("cells", {}),
        table=str(document.get("table", "0")),
        nulls=frozenset(document.get("nulls", ())),
        stop_at=frozenset([stops] if isinstance(stops, str) else stops),
    )
