"""How sources keep what happened: each with its own coverage, delay, blanks, misspellings and double rows.

An Entry is what is true and what a source could write down. `keep` makes of it what the source has: submissions in the
shape of the partner API (docs/partner-api.md, "Submit records"), or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from benchmarks.second_world.region import AS_OF, Address, Person

Row = dict[str, Any]
"""A submission: record_type, source, key, observed_time, texts, lists and attributes, as the partner API takes it."""


@dataclass(frozen=True)
class Source:
    """One source and its habits of keeping, as chances from 0 to 1."""

    record_type: str
    lost: float
    """A row that never came to the source, or that its publisher leaves out."""
    blank: float
    """An attribute that nobody filled in."""
    slip: float
    """A misspelled name or street."""
    late_days: float
    """Mean time until the row can be read."""
    twice: float = 0.0
    """The same in a second row."""
    shouts: bool = False
    """Writes names and addresses in capitals."""
    family_first: bool = False
    """Writes people as FAMILY, GIVEN."""
    personal: str = "contact"


SOURCES: dict[str, Source] = {
    "massage_board": Source("license", 0.04, 0.10, 0.03, 25, 0.01, shouts=True),
    "therapist_board": Source("license", 0.03, 0.12, 0.03, 25, 0.01, family_first=True),
    "town_licenses": Source("license", 0.10, 0.20, 0.05, 40, 0.03, shouts=True),
    "lodging_licenses": Source("license", 0.05, 0.15, 0.04, 40, 0.01),
    "contractor_register": Source("license", 0.05, 0.12, 0.05, 30, 0.02, shouts=True, family_first=True),
    "company_register": Source("company", 0.03, 0.08, 0.02, 15, 0.01, shouts=True),
    "business_map": Source("establishment", 0.08, 0.18, 0.04, 20, 0.05),
    "board_inspections": Source("establishment", 0.05, 0.06, 0.03, 45, 0.01, shouts=True),
    "health_inspections": Source("establishment", 0.05, 0.06, 0.03, 30, 0.01),
    "lodging_register": Source("hotel", 0.04, 0.18, 0.04, 60, 0.03),
    "room_portal": Source("hotel", 0.10, 0.20, 0.02, 5, 0.02),
    "front_desk": Source("booking", 0.05, 0.10, 0.0, 1),
    "assessor": Source("property", 0.05, 0.12, 0.04, 90, 0.01, shouts=True),
    "camp_inspections": Source("property", 0.10, 0.12, 0.05, 45, 0.02),
    "open_reviews": Source("review", 0.05, 0.08, 0.01, 1, 0.01),
    "buyer_board": Source("review", 0.10, 0.15, 0.03, 6),
    "staff_reviews": Source("review", 0.05, 0.10, 0.01, 2),
    "classifieds": Source("ad", 0.10, 0.15, 0.02, 1, 0.06),
    "community_paper": Source("offer", 0.15, 0.15, 0.05, 7, 0.05),
    "job_board": Source("offer", 0.08, 0.12, 0.02, 2, 0.05),
    "certified_orders": Source("offer", 0.03, 0.06, 0.03, 30, 0.01, shouts=True),
    "town_court": Source("filing", 0.08, 0.10, 0.04, 30, 0.01, family_first=True, personal="sensitive"),
    "county_court": Source("filing", 0.06, 0.10, 0.03, 30, 0.01, personal="sensitive"),
    "wage_findings": Source("filing", 0.04, 0.08, 0.03, 120, 0.01, shouts=True, personal="sensitive"),
    "debarred": Source("sanction", 0.02, 0.05, 0.03, 60),
    "tip_line": Source("message", 0.05, 0.10, 0.0, 1, personal="sensitive"),
    "town_complaints": Source("message", 0.05, 0.10, 0.0, 3, 0.02, personal="sensitive"),
    "local_news": Source("article", 0.05, 0.10, 0.01, 1),
    "profiles": Source("profile", 0.15, 0.20, 0.0, 10),
    "training_register": Source("school", 0.03, 0.12, 0.03, 60, personal="none"),
}


@dataclass
class Entry:
    """What is true of one moment, as far as a source may know it."""

    source: str
    row: str
    """What the source's own key is made of: the same row again is a later edition of it."""
    moment: datetime
    business_id: str = ""
    """The business that it is about; empty for a parcel, a school, a practitioner or nobody."""
    name: str = ""
    person: Person | None = None
    """Where the row is about a person: instead of `name`."""
    address: Address | None = None
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    usernames: tuple[tuple[str, str], ...] = ()
    title: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)
    """Attributes that hold people, written as the source writes people; several joined by "; "."""


def keep(entries: Iterable[Entry], state: str, seed: str) -> Iterator[tuple[Row, str]]:
    """Each submission with the business that it is about, or ""; in no order."""
    read: dict[str, datetime] = {}  # row -> when its last edition was read; a later one is never read before it
    for place, entry in enumerate(entries):
        source, rng = SOURCES[entry.source], Random(f"{seed}/keep/{place}")
        if rng.random() < source.lost:
            continue
        for again in range(2 if rng.random() < source.twice else 1):
            moment = entry.moment + timedelta(days=rng.expovariate(1 / source.late_days), seconds=rng.randrange(3600))
            row = f"{seed}/{entry.source}/{entry.row}/{again or ''}"
            moment = max(moment, read.get(row, moment - timedelta(1)) + timedelta(hours=1))
            read[row] = moment
            if moment.date() <= AS_OF:
                yield _written(entry, source, state, row, moment, rng), entry.business_id


def _written(entry: Entry, source: Source, state: str, row: str, moment: datetime, rng: Random) -> Row:
    name = _person(entry.person, source) if entry.person is not None else entry.name
    attributes = {**entry.attributes, **{key: _people(people, source) for key, people in entry.people.items()}}
    kept = {key: value for key, value in attributes.items() if value and rng.random() >= source.blank}
    written: Row = {
        "record_type": source.record_type,
        "source": entry.source,
        "key": hashlib.sha256(row.encode()).hexdigest()[:16],
        "observed_time": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": entry.title,
        "text": entry.text,
        "name": _slip(name, source, rng),
        "country": "US",
        "phones": list(entry.phones),
        "urls": list(entry.urls),
        "usernames": [{"platform": platform, "name": handle} for platform, handle in entry.usernames],
        "attributes": kept,
        "marking": {"level": "L2", "personal": source.personal},
    }
    if entry.address is not None:
        town = entry.address.town
        written["address"] = _slip(entry.address.line, source, rng)
        written["city"] = town.name.upper() if source.shouts else town.name
        written["region"] = state if rng.random() > 0.05 else ""
        written["postcode"] = town.postcode if rng.random() > source.blank / 2 else ""
    if source.shouts:
        for key in ("name", "address"):
            written[key] = written.get(key, "").upper()
    return {key: value for key, value in written.items() if value not in ("", [], {})}


def _person(person: Person, source: Source) -> str:
    name = f"{person.family}, {person.given}" if source.family_first else person.name
    return name.upper() if source.shouts else name


def _people(people: list[Person], source: Source) -> str:
    return "; ".join(dict.fromkeys(_person(person, source) for person in people))


def _slip(text: str, source: Source, rng: Random) -> str:
    """The text, or with that chance one with two letters swapped, one left out or one doubled."""
    if len(text) < 6 or rng.random() >= source.slip:
        return text
    at = rng.randrange(1, len(text) - 2)
    return rng.choice(
        (
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
        )
    )


def at(day: date, hour: int = 3, rng: Random | None = None) -> datetime:
    """A moment of that day; with `rng` some minute of the hour."""
    return datetime.combine(day, time(hour % 24, rng.randrange(60) if rng else 0))
