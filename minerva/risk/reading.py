"""A record's event as risk reads it: whom and where it is about, what kind it is, and the few values that signs need.

Nothing of a person's origin, language, age or looks is read (see NEVER_READ): what is not read cannot be scored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, Union

from minerva.addresses import parse_address
from minerva.names.absent import is_no_name
from minerva.places import folded
from minerva.records.kinds import RECORD_TYPES
from minerva.records.model import epoch_s
from minerva.risk.values import amount_of, date_text, day_of, day_of_epoch

NEVER_READ = frozenset([
    "age", "ages", "birth_date", "birth_place", "date_of_birth", "ethnicity", "eye_color", "gender", "hair_color",
    "height", "language", "languages", "looks", "nationality", "origin", "origin_country", "race", "religion", "skin",
    "spoken_languages", "weight",
])  # fmt: skip
"""Attributes that no score may know. The reader drops them, and no indicator may name one."""
DATES = ("issued", "effective", "expires", "ended", "opened", "closed", "incorporated", "dissolved", "filed", "listed")
AMOUNTS = ("price", "wage")
_READ = frozenset([
    "alias", "availability", "beds", "case_number", "category", "discipline", "employees", "employer", "ended_why",
    "guests", "hours", "housing", "id_shown", "image_pdq", "inspection_result", "latitude", "legal_name", "longitude",
    "manager", "nights", "occupation", "offense", "officers", "operator", "outcome", "owner", "owners", "party",
    "payment", "positions", "previous_names", "program", "recruiter", "rooms", "status", "use", "violation", "visa",
    *DATES, *AMOUNTS,
])  # fmt: skip
OWNERS = ("owner", "owners", "officers", "manager", "operator", "legal_name")
NAMES = frozenset(["alias", "employer", "party", "previous_names", "recruiter", *OWNERS])
"""Attributes that hold names: a cell that says "on file" in place of one is missing data, and ties nobody."""
CONTACTS = ("phone:", "email:", "username:")
PLAIN_METHODS = frozenset(["digits", "column", "cleaned", "coded"])
MOST_DAYS_AHEAD = 3650


class Fact(NamedTuple):
    """One record. `place`: key of house, street and town, "" if unknown; `town`: city and region folded; `day`: days
    since 1970 of its time; `obscured`: a phone in it is written so that programs do not read it; `problems`: what
    cannot be."""

    record_id: str
    kind: str
    source_id: str
    entity_id: str
    name: str
    address: str
    place: str
    town: str
    city: str
    region: str
    postcode: str
    day: int
    contacts: tuple[str, ...]
    obscured: bool
    values: Mapping[str, tuple[str, ...]]
    text: str
    problems: tuple[str, ...]

    def first(self, name: str) -> str:
        held = self.values.get(name)
        return held[0] if held else ""

    def day_at(self, name: str) -> int | None:
        """The day that an attribute states; None if it states none that can be."""
        return day_of(self.first(name)) if name in self.values else None


class NotRead(ValueError):
    """A row is no record's event; the message says why and repeats nothing of it."""


def read_event(given: Union[str, Mapping[str, Any]], entity_id: str = "", today: int | None = None) -> Fact:
    """The fact of an event: its JSON, or what was read of it. `today`: days since 1970, from which dates that lie far
    ahead are told. Raises NotRead."""
    try:
        event = json.loads(given) if isinstance(given, str) else given
        key = event["key"]
        record_id, kind = str(key["record_id"]), str(key["record_type"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotRead("a row is no record: the search before must give records with their _raw") from None
    if kind not in RECORD_TYPES:
        raise NotRead("a row is of no kind of record that is known")
    stated = event.get("attributes")
    values = _values(stated) if isinstance(stated, Mapping) else {}
    city, region, postcode = (_text(key.get(name)) for name in ("city", "region", "postcode"))
    name, address = _text(key.get("name")), _text(key.get("address"))
    town = f"{folded(city)}|{folded(region)}" if city else ""
    evidence = event.get("evidence")
    contacts, obscured = _contacts(evidence if isinstance(evidence, list) else [])
    return Fact(
        record_id, kind, _text(event.get("source_id")), entity_id, "" if is_no_name(name) else name, address,
        place_key(address, city, postcode), town, city, region, postcode, _day(event.get("observed_time")), contacts,
        obscured, values, _text(event.get("text")), _problems(values, today),
    )  # fmt: skip


def place_key(address: str, city: str, postcode: str) -> str:
    """The key under which two writings of one house meet; "" where house, street or town is not told."""
    if not address:
        return ""
    found = parse_address(address, postcode).key
    where = folded(city) or postcode.casefold().replace(" ", "")[:5]
    return f"{found}|{where}" if found and where else ""


def _values(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in given.items():
        if name in _READ and name not in NEVER_READ:
            several = value if isinstance(value, list) else [value]
            texts = tuple(str(each) for each in several if each not in (None, ""))
            if name in NAMES:
                texts = tuple(text for text in texts if not is_no_name(text))
            if texts:
                found[name] = texts
    return found


def _contacts(evidence: list[Any]) -> tuple[tuple[str, ...], bool]:
    found: dict[str, None] = {}
    obscured = False
    for item in evidence:
        if isinstance(item, Mapping):
            identifier = str(item.get("identifier", ""))
            if identifier.startswith(CONTACTS):
                found[identifier] = None
                obscured |= identifier.startswith("phone:") and item.get("method") not in PLAIN_METHODS
    return tuple(found), obscured


def _problems(values: Mapping[str, tuple[str, ...]], today: int | None) -> tuple[str, ...]:
    """What a record states that cannot be, by field: never the value of a text."""
    found = []
    for name in DATES:
        for text in values.get(name, ()):
            day = day_of(text)
            if day is None:
                found.append(f"{name}: no date that there is")
            elif today is not None and day > today + MOST_DAYS_AHEAD:
                found.append(f"{name}: {date_text(day)} lies more than ten years ahead")
    for name in AMOUNTS:
        if any(amount_of(text) is None for text in values.get(name, ())):
            found.append(f"{name}: no amount that can be")
    for name, most in (("latitude", 90), ("longitude", 180)):
        for text in values.get(name, ()):
            if degrees(text, most) is None:
                found.append(f"{name}: no degrees that can be")
    return tuple(found)


def degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -most <= value <= most else None


def _day(observed: object) -> int:
    try:
        return day_of_epoch(epoch_s(str(observed)))
    except ValueError:
        return 0


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
