"""How a source is reached: over HTTP or as files of a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minerva.intake.facts.reading import READING_KEYS, ReadFacts, read_facts
from minerva.intake.facts.shape import COUNT, NUMBER, TEXT, ListOf, MapOf, Scalar, Table

_PAGING = Table(
    {"kind": Scalar(choices=("none", "page", "offset", "cursor", "next_url", "link_header"))},
    {
        "param": TEXT,
        "size_param": TEXT,
        "size": Scalar((int,), low=1),
        "first": COUNT,
        "field": TEXT,
        "total_field": TEXT,
        "max_pages": Scalar((int,), low=1),
    },
)
HTTP_SHAPE = Table(
    {
        "base_url": Scalar(pattern=r"https?://[^\s?#@]+"),
        "path": Scalar(pattern=r"/\S*"),
    },
    {
        **READING_KEYS,
        "params": MapOf(TEXT),
        "paging": _PAGING,
        "auth": Table(
            {"kind": Scalar(choices=("none", "header", "bearer"))}, {"name": Scalar(pattern=r"[A-Za-z][A-Za-z0-9-]*")}
        ),
        "incremental": Table({"param": TEXT, "column": TEXT}, {"overlap_s": COUNT}),
        "rate": Table({"per_second": NUMBER}, {"burst": Scalar((int,), low=1)}),
        "ports": ListOf(Scalar((int,), low=1, high=65535)),
        "timeout_s": Scalar((int, float), low=1, high=600),
    },
)
FILE_SHAPE = Table(
    {"format": READING_KEYS["format"], "pattern": Scalar(pattern=r"(?!/)(?!.*(^|/)\.\.(/|$)).+")},
    {
        **{key: shape for key, shape in READING_KEYS.items() if key != "format"},
        "mode": Scalar(choices=("whole", "appended")),
    },
)


@dataclass(frozen=True)
class Paging:
    """How the next page is asked for. `field` is the dotted path of pages, cursor or next URL in the answer."""

    kind: str = "none"
    param: str = ""
    size_param: str = ""
    size: int = 100
    first: int = 1
    field: str = ""
    total_field: str = ""
    max_pages: int = 100_000


@dataclass(frozen=True)
class HttpFacts:
    """Pages over HTTP. `rate_per_second` 0 means no limit of our own; times in seconds."""

    base_url: str
    path: str
    reading: ReadFacts
    params: Mapping[str, str]
    paging: Paging
    auth_kind: str
    auth_header: str
    since_param: str
    since_column: str
    overlap_s: int
    rate_per_second: float
    burst: int
    ports: tuple[int, ...]
    timeout_s: float


@dataclass(frozen=True)
class FileFacts:
    """Files of one folder whose names match `pattern` (a glob), and how they are read."""

    pattern: str
    mode: str
    reading: ReadFacts


def http_facts(document: Mapping[str, Any]) -> HttpFacts:
    """The facts of a checked `http`."""
    auth, since, rate = document.get("auth", {}), document.get("incremental", {}), document.get("rate", {})
    return HttpFacts(
        base_url=document["base_url"].rstrip("/"),
        path=document["path"],
        reading=read_facts(document),
        params=document.get("params", {}),
        paging=Paging(**document.get("paging", {})),
        auth_kind=auth.get("kind", "none"),
        auth_header=auth.get("name", ""),
        since_param=since.get("param", ""),
        since_column=since.get("column", ""),
        overlap_s=since.get("overlap_s", 0),
        rate_per_second=float(rate.get("per_second", 5)),
        burst=rate.get("burst", 5),
        ports=tuple(document.get("ports", ())),
        timeout_s=float(document.get("timeout_s", 60)),
    )


def file_facts(document: Mapping[str, Any]) -> FileFacts:
    """The facts of a checked `file`."""
    return FileFacts(pattern=document["pattern"], mode=document.get("mode", "whole"), reading=read_facts(document))
