"""What the vault keeps of a person, and no more: names, strong identifiers, an age band. Pure.

A date of birth becomes a band; whatever has no place here is dropped and counted, never stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from minerva.sharing.strong import strong_form
from minerva.tenancy.asking import BadRequest

BANDS = ((13, "under 13"), (16, "13-15"), (18, "16-17"), (21, "18-20"), (26, "21-25"), (36, "26-35"), (51, "36-50"))
OLDEST = "over 50"
MAX_TEXTS, MAX_TEXT, MAX_SNIPPET = 50, 200, 2000
_BORN = frozenset({"date_of_birth", "birth_date", "dob", "born"})
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True)
class Identity:
    """A person as the vault keeps them. `dropped`: names of the fields that were given and not kept."""

    names: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    age_band: str = ""
    reference: str = ""
    """The owner's own number of the person, as in its case files."""
    dropped: tuple[str, ...] = field(default=(), compare=False)


def read_identity(given: Any, today: date) -> Identity:  # Any: what a request's JSON holds
    """The identity of a body. Raises BadRequest for wrong types, and where nothing is left to find the person by."""
    if not isinstance(given, Mapping):
        raise BadRequest("identity: expected an object with names, identifiers, date_of_birth or age, reference")
    names = _texts(given, "names")
    identifiers = tuple(sorted({strong_form(each) for each in _texts(given, "identifiers")}))
    reference = given.get("reference", "")
    if not isinstance(reference, str) or len(reference) > MAX_TEXT:
        raise BadRequest(f"identity.reference: expected text of at most {MAX_TEXT} characters")
    if not identifiers and not reference:
        raise BadRequest("identity: expected identifiers or a reference, to find the person again by")
    kept = {"names", "identifiers", "reference", "age"} | _BORN
    dropped = tuple(sorted(str(key) for key in given if key not in kept))
    return Identity(tuple(sorted(set(names))), identifiers, _band(given, today), reference, dropped)


def band_of(age: int) -> str:
    """The band of an age in whole years."""
    return next((name for bound, name in BANDS if age < bound), OLDEST)


def band_of_birth(text: str, today: date) -> str:
    """The band of somebody born on a day (YYYY-MM-DD), or in a year; "" for what is no such day."""
    match = _DATE.match(text.strip())
    try:
        born = date(*map(int, match.groups())) if match else date(int(text.strip()[:4]), 7, 1)
    except ValueError:
        return ""
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return band_of(age) if 0 <= age < 130 else ""


def minimised(row: Mapping[str, Any], kept: frozenset[str], today: date) -> tuple[dict[str, Any], list[str]]:
    """A row as it may go on: known columns alone, births and ages as bands, long texts cut; and what was dropped.

    `kept` names the columns that are known. Columns that hold a date of birth never stay, whatever it says.
    """
    found: dict[str, Any] = {}
    dropped = []
    for key, value in row.items():
        plain = str(key).strip().lower()
        if plain in _BORN or plain == "age":
            band = _band({plain: value}, today)
            if band:
                found["age_band"] = band
        elif key not in kept:
            dropped.append(str(key))
        else:
            found[key] = value[:MAX_SNIPPET] if isinstance(value, str) else value
    return found, sorted(dropped)


def _band(given: Mapping[str, Any], today: date) -> str:
    for key in sorted(_BORN):
        if given.get(key):
            return band_of_birth(str(given[key]), today)
    try:
        age = int(given.get("age") or -1)
    except (ValueError, TypeError):
        return ""
    return band_of(age) if 0 <= age < 130 else ""


def _texts(given: Mapping[str, Any], key: str) -> list[str]:
    value = given.get(key, [])
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or len(texts) > MAX_TEXTS:
        raise BadRequest(f"identity.{key}: expected text or a list of at most {MAX_TEXTS} texts")
    if not all(isinstance(each, str) and 0 < len(each) <= MAX_TEXT for each in texts):
        raise BadRequest(f"identity.{key}: expected texts of 1 to {MAX_TEXT} characters")
    return texts
