"""Indicators of risk: from one YAML each to indicators.json, which the shipped code reads, and to their page.

A file with a fault is refused with file and line, and the edition that was emitted before stays as it is.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assembly.conf_text import emitted_line
from assembly.facts import FactError, read_facts
from minerva.risk.registry import FEATURE_NAMES, VERSION, problems

FACTS = "minerva/risk/indicators"
SECTOR = "sector.yml"
DATA = "minerva/risk/indicators.json"
PAGE = "docs/risk-indicators.md"
ORDER = ("massage", "hotel", "recruiter", "mailbox", "property", "school", "advertiser", "finance", "aviation")


@dataclass(frozen=True)
class SectorFact:
    """See minerva.risk.sectors.Sector."""

    id: str
    title: str
    unit: Literal["premises", "operation"]
    anchors: dict[str, list[str]]
    staff: dict[str, list[str]]
    base_rate: str
    look_at: int
    look_first: int


@dataclass(frozen=True)
class IndicatorFact:
    """See minerva.risk.sectors.Indicator. `seen`: how its source was read for the list."""

    id: str
    number: int
    statement: str
    fields: list[str]
    points: int
    strength: Literal["weak", "moderate", "strong"]
    source: str
    seen: Literal["text checked", "seen once", "analyst knowledge"]
    false_positives: str
    audience: Literal["institution", "analysts"]
    when: str = ""
    waits_for: str = field(default="")


def read_sectors(root: Path) -> list[tuple[SectorFact, list[IndicatorFact]]]:
    """The sectors with their indicators in the order of their numbers. Raises FactError."""
    folder = root / FACTS
    found = []
    for name in ORDER if folder.is_dir() else ():
        sector = read_facts(folder / name / SECTOR, SectorFact)
        if sector.id != name:
            raise FactError(folder / name / SECTOR, 1, "id", f"must be the folder's name {name!r}")
        signs = []
        for path in sorted((folder / name).glob("*.yml")):
            if path.name == SECTOR:
                continue
            sign = read_facts(path, IndicatorFact)
            if sign.id != path.stem:
                raise FactError(path, 1, "id", f"must be the file stem {path.stem!r}")
            for key, words in problems(vars(sign), FEATURE_NAMES):
                raise FactError(path, _line(path, key), key, words)
            signs.append(sign)
        twice = [number for number, count in Counter(sign.number for sign in signs).items() if count > 1]
        if twice:
            raise FactError(folder / name / SECTOR, 1, "number", f"two indicators are number {twice[0]}")
        found.append((sector, sorted(signs, key=lambda sign: sign.number)))
    return found


def emit_indicators(root: Path) -> dict[str, str]:
    """Returns indicators.json and the page of all indicators."""
    sectors = read_sectors(root)
    if not sectors:
        return {}
    note = emitted_line([f"{FACTS}/*/*.yml"]).strip("# \n")
    told = []
    for sector, signs in sectors:
        listed = ",\n".join("  " + json.dumps(vars(sign), ensure_ascii=False) for sign in signs)
        told.append(json.dumps(vars(sector), ensure_ascii=False)[:-1] + f', "indicators": [\n{listed}\n]}}')
    data = f'{{"note": {json.dumps(note)}, "version": {VERSION},\n"sectors": [\n' + ",\n".join(told) + "\n]}\n"
    return {DATA: data, PAGE: _page(sectors, note)}


def _line(path: Path, key: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((at for at, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)


def _page(sectors: list[tuple[SectorFact, list[IndicatorFact]]], note: str) -> str:
    lines = [
        f"<!-- {note} -->", "# Indicators of risk", "",
        "Every sign that a score may rest on, with its points, its source and how it misleads. A sign is never",
        "evidence by itself, and a sign whose data nobody has yet is shown as missing, never as zero. How scores are",
        "made and where they must not be used: [risk](risk.md).", "",
    ]  # fmt: skip
    for sector, signs in sectors:
        computed = sum(bool(sign.when) for sign in signs)
        lines += [
            f"## {sector.title}", "", f"{computed} of {len(signs)} are computed. Base rate: {sector.base_rate}", "",
            "| # | Sign | Points | How | Source | Misleads |", "|---|---|---|---|---|---|",
        ]  # fmt: skip
        for sign in signs:
            how = f"`{sign.when}`" if sign.when else f"waits for {sign.waits_for}"
            source = f"{sign.source} ({sign.seen})"
            lines.append(
                f"| {sign.number} | {sign.statement} | {sign.points} | {how} | {source} | {sign.false_positives} |"
            )
        lines.append("")
    return "\n".join(lines)
