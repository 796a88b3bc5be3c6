"""Regions and years of a trade side by side: how many businesses are to be looked at first, with the band that so few
cases leave, what could not be looked at, and what registers say began, ended and was closed in each year.

Data follow attention: a region that inspects more finds more. So each row tells what is missing beside what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minerva.bands import wilson
from minerva.risk.points import LOOK_AT, LOOK_FIRST

FEW = 30
"""Businesses under which the share of a region says little."""
_YEARLY = {"license": "began", "closed": "ended", "case": "cases", "name": "renamed"}


def by_region(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """{"region", "businesses", "look_first", "look_at", "share", "low", "high", "missing", "few"}, by region.

    share: of businesses to look at first; low, high: its band (Wilson); missing: mean share of points that could not be
    looked at; few: whether there are too few to compare.
    """
    held: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        held.setdefault(str(row.get("region") or ""), []).append(row)
    return [_region(region, own) for region, own in sorted(held.items())]


def _region(region: str, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    count = len(rows)
    first = sum(row["state"] == LOOK_FIRST for row in rows)
    low, high = wilson(first, count)
    return {
        "region": region, "businesses": count, "look_first": first,
        "look_at": sum(row["state"] == LOOK_AT for row in rows), "share": round(first / count, 3),
        "low": round(low, 3), "high": round(high, 3),
        "missing": round(sum(float(row["missing"]) for row in rows) / count, 3), "few": count < FEW,
    }  # fmt: skip


def by_year(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """{"region", "year", "began", "ended", "closed", "renamed", "cases"} of what the histories of businesses tell, the
    latest year first. closed: of those that ended, the ones that an authority ended. Years of which nothing is told are
    left out: no row is no zero."""
    held: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        region = str(row.get("region") or "")
        for event in row.get("history", ()):
            year, what = str(event.get("date") or "")[:4], _YEARLY.get(str(event.get("what")))
            text = str(event.get("text"))
            if not year.isdigit() or what is None or (what == "began" and text != "license issued"):
                continue
            if what == "renamed" and not text.startswith("renamed "):
                continue
            counts = held.setdefault((year, region), dict.fromkeys(("began", "ended", "closed", "renamed", "cases"), 0))
            counts[what] += 1
            counts["closed"] += what == "ended" and "ended by the authority" in text
    ordered = sorted(held.items(), key=lambda item: (-int(item[0][0]), item[0][1]))
    return [{"region": region, "year": year, **counts} for (year, region), counts in ordered]
