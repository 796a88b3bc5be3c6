"""Figures for law-makers and researchers from the published counts: rows by place, month, sector and kind, a CSV with
its manifest and a note on the method. Only what is published is read, so nothing here tells more than the tables do.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Union

from minerva.deconfliction.cubes import LEAST, SCALE, SPREAD
from minerva.exports.cells import line

SECTORS = {
    "ad": "advertising", "profile": "advertising", "image_hash": "advertising", "message": "advertising",
    "hotel": "lodging", "offer": "recruiting", "license": "licensed trades", "establishment": "licensed trades",
    "review": "licensed trades", "company": "companies and property", "filing": "companies and property",
    "property": "companies and property", "school": "education", "site": "care and services",
    "notice": "missing persons", "sanction": "sanctions", "article": "news", "statistic": "statistics",
}  # fmt: skip
"""Kind of record -> sector. A sector is made of kinds alone: its figure is the sum of their published ones."""
OTHER = "other"
COLUMNS = ("cube", "place", "month", "sector", "kind", "count", "published")
CUBES = ("place", "month", "sector", "kind", "kind_month", "kind_place", "sector_month", "sector_place")
NO_FIGURES = (
    "no figures are published for you: they come once a week, cells of fewer than eleven entities are left out, and "
    "those of a group are its members' alone"
)
_READ = {"city": "place", "month": "month", "record_type": "kind", "record_type*month": "kind_month",
         "record_type*city": "kind_place"}  # fmt: skip
_SUMMED = {"kind": "sector", "kind_month": "sector_month", "kind_place": "sector_place"}
_AUDIENCE = re.compile(r"[A-Za-z0-9_.\\-]{1,100}")


class OptionError(ValueError):
    """An option cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class Request:
    """cube: "" for all; body: of the operation `counts`."""

    cube: str
    body: Mapping[str, str]


def read_options(given: Mapping[str, Union[str, None]]) -> Request:
    """Returns the request from the texts of options (None = absent). Raises OptionError."""
    cube, group = given.get("cube") or "", given.get("group") or ""
    if cube and cube not in CUBES:
        raise OptionError(f"cube: expected one of {', '.join(CUBES)}")
    if group and not _AUDIENCE.fullmatch(group):
        raise OptionError("group: expected the id of a group")
    return Request(cube, {"group_id": group} if group else {})


def rows_of(answer: Mapping[str, Any], cube: str = "") -> list[dict[str, Any]]:
    """Returns one row per figure with the columns COLUMNS, by cube and cell. answer: of the operation `counts`."""
    published = _day(int(answer.get("published") or 0))
    found: dict[tuple[str, str, str, str, str], int] = {}
    for name, place, month, kind, count in _cells(answer):
        found[name, place, month, SECTORS.get(kind, OTHER) if kind else "", kind] = count
        if name in _SUMMED:
            key = _SUMMED[name], place, month, SECTORS.get(kind, OTHER), ""
            found[key] = found.get(key, 0) + count
    rows = [dict(zip(COLUMNS, (*key, count, published))) for key, count in sorted(found.items())]
    return [row for row in rows if not cube or row["cube"] == cube]


def _cells(answer: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, int]]:
    for name, cells in answer.get("cubes", {}).items():
        if name not in _READ:
            continue
        for cell, count in cells.items():
            told = dict(zip(name.split("*"), cell.split("|", name.count("*"))))
            yield _READ[name], told.get("city", ""), told.get("month", ""), told.get("record_type", ""), int(count)


def files_of(answer: Mapping[str, Any], audience: str = "community") -> dict[str, bytes]:
    """Returns figures.csv, method.md and manifest.json, which holds the hash of each of them."""
    rows = rows_of(answer)
    cut = Counter[str]()
    lines = [line(COLUMNS, cut), *(line([str(row[name]) for name in COLUMNS], cut) for row in rows)]
    files = {"figures.csv": "".join(f"{each}\n" for each in lines).encode("utf-8"), "method.md": METHOD.encode("utf-8")}
    manifest = {
        "manifest_version": 1,
        "audience": audience,
        "published": _day(int(answer.get("published") or 0)),
        "rows": len(rows),
        "cubes": sorted({row["cube"] for row in rows}),
        "least_count": LEAST,
        "noise": f"two-sided geometric, scale {SCALE:g}, twice: one part of the cell for ever, one of the week",
        "files": [{"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
                  for name, content in files.items()],
    }  # fmt: skip
    return {**files, "manifest.json": (json.dumps(manifest, indent=2) + "\n").encode("utf-8")}


def _day(time: int) -> str:
    return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%d") if time else ""


METHOD = f"""# How these figures were made

- **What is counted**: linked entities that institutions released for counting, each once, by the kind of most of its
  records, the first of its towns and the month in which it was last seen. What is not released is not counted.
- **What is left out**: a cell of fewer than {LEAST} entities of others, before or after noise; some cells need
  up to {SPREAD} more, so that one entity more or less does not show. An empty place is no zero.
- **Noise**: each figure holds two whole numbers drawn from a two-sided geometric distribution of scale {SCALE:g}.
  One belongs to the cell for ever, so that no number of weeks averages it away; one to the week. Do not read a
  difference of less than some tens.
- **Sectors** are sums of the published figures of kinds of records: they lack what those left out, and hold the noise
  of each kind. Totals of two tables differ for the same reasons.
- **What they do not show**: how common trafficking is, who did what, or why a figure rose. More records may mean more
  reading, a new source or another habit of advertising. Ethnicity, nationality and language are counted nowhere.
- **One institution may stand behind most of a figure**: nothing caps what one of them releases, so a figure may follow
  its habits. A rise may be one institution that began to release.
- **No growth from week to week is published**: the tables of a week replace those of the week before, and the
  difference of two of them holds the noise of both. Compare months within one publication.
- **Cite** the day of publication with each figure; the tables are published once a week.
"""
