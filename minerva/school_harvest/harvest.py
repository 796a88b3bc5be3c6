"""Harvest: a school's own website, its first page and those on the uniform, to at most one picture of each part.

robots.txt is obeyed, requests are few and slow, addresses pass the guard, and only the school's own site is asked. What
the judge refuses is dropped at once; of it a code is counted and nothing is kept.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from minerva.images.formats.picture import MAX_BYTES
from minerva.intake.errors import FileError, GuardError, IntakeError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.read import read_rows
from minerva.intake.web.body import HTML_PAGE, PICTURE, Promise
from minerva.intake.web.fetch import Asked, Fetcher, joined
from minerva.intake.web.robots import Robots
from minerva.school_harvest.judge import Verdict
from minerva.school_harvest.wanted import PARTS, part_of, uniform_pages

MOST_PAGES, MOST_PICTURES, MOST_PAGE_BYTES = 3, 8, 2 * 1024 * 1024
PER_SECOND = 0.5
_PICTURES = ReadFacts(
    format="html", row="img",
    cells={"src": "@src", "late": "@data-src", "alt": "@alt", "title": "@title", "class": "@class", "id": "@id"},
)  # fmt: skip
_LINKS = ReadFacts(format="html", row="a", cells={"href": "@href", "text": ""})


class Judges(Protocol):
    """What says whether a picture may be kept."""

    def judge(self, data: bytes, part: str) -> Verdict: ...


@dataclass
class Harvest:
    """What was found of one school: pictures by part as PNG, and what was dropped or failed, counted by code."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def harvest(website: str, fetcher: Fetcher, judge: Judges) -> Harvest:
    """Looks at a school's website. Whatever fails is counted; only MissingLibraryError is raised."""
    found, robots = Harvest(), Robots(fetcher)

    def get(url: str, promise: Promise, most: int) -> bytes | None:
        try:
            if urlsplit(url)[:2] != urlsplit(website)[:2]:
                found.counts["elsewhere"] += 1
                return None
            robots.check(url)
            accept = "text/html" if promise is HTML_PAGE else "image/png,image/jpeg,image/webp,image/gif"
            return fetcher.fetch(Asked(url, accept=accept, plain=True), promise=promise, max_bytes=most).body
        except IntakeError as error:
            found.counts[getattr(error, "code", "refused")] += 1
            return None

    asked: set[str] = set()
    pages = [website]
    while pages and len(asked) < MOST_PAGES:
        page_url = pages.pop(0)
        if page_url in asked:
            continue
        asked.add(page_url)
        page = get(page_url, HTML_PAGE, MOST_PAGE_BYTES)
        if page is None:
            continue
        found.counts["pages"] += 1
        if page_url == website:
            pages += _absolute(page_url, uniform_pages(_rows(page, _LINKS), MOST_PAGES))
        _look(page_url, page, found, lambda url: get(url, PICTURE, MAX_BYTES), judge)
    return found


def _look(page_url: str, page: bytes, found: Harvest, get: Callable[[str], bytes | None], judge: Judges) -> None:
    for part, address in _wanted(page):
        if part in found.pictures or found.counts["asked"] >= MOST_PICTURES:
            continue
        for url in _absolute(page_url, [address]):
            found.counts["asked"] += 1
            data = get(url)
            if data is None:
                continue
            verdict = judge.judge(data, part)
            if verdict.refused:
                found.counts[verdict.refused] += 1
            else:
                found.pictures[part] = verdict.png


def _wanted(page: bytes) -> Iterator[tuple[str, str]]:
    for row in _rows(page, _PICTURES):
        picture = {**row, "src": row.get("src") or row.get("late") or ""}
        part = part_of(picture)
        if part in PARTS and part is not None:
            yield part, picture["src"]


def _rows(page: bytes, facts: ReadFacts) -> list[dict[str, str]]:
    try:
        rows = [row.columns for row in read_rows(io.BytesIO(page), facts, "page")]
    except FileError:
        return []
    return [{key: _text(value) for key, value in row.items()} for row in rows if row is not None]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _absolute(page_url: str, addresses: Iterable[str]) -> list[str]:
    found = []
    for address in addresses:
        try:
            url = joined(page_url, address)
        except GuardError:
            continue
        if urlsplit(url).scheme in ("http", "https"):
            found.append(url)
    return found


def told(school: Mapping[str, str], harvested: Harvest) -> dict[str, object]:
    """A line on one school for people: what was found and what was dropped, by code."""
    return {
        "school_id": school["school_id"],
        "found": sorted(harvested.pictures),
        "counts": dict(sorted(harvested.counts.items())),
    }
