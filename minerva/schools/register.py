"""The register: one row for each school, from records of kind school of any country's source.

A row is a dict with the keys of ROW and the facts of a uniform where they are known (FACTS of fact_scores.py). A
register that lists a school twice, once for each sector, gives one row with both phases.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from minerva.schools.fact_scores import FACTS
from minerva.schools.word_tables import folded

ROW = (
    "school_id", "name", "address", "place", "county", "country", "phase", "status", "website", "latitude", "longitude",
)  # fmt: skip
"""place: the town; country: ISO 3166 code; phase in the register's own words."""
TEXTS = frozenset((*ROW, *FACTS)) - {"latitude", "longitude", "tie_colors", "charges"}
LISTS = frozenset({"tie_colors", "charges"})
_WEBSITE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?", re.IGNORECASE)
SCHOOL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""Also the name of a school's folder."""
MOST_TEXT, MOST_IN_LIST = 500, 12
_CLOSED = re.compile(r"\bclosed\b", re.IGNORECASE)
_NO_PHASE = {"not applicable", "none", "-", "---"}


class RowError(ValueError):
    """A row cannot be used; the message names the key and what is expected, never a value."""


def rows_of(records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Returns a row for each school among records as events hold them; other kinds and nameless ones are left out."""
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        row = _row(record)
        if row is None:
            continue
        held = found.get(row["school_id"])
        if held is not None:
            phases = dict.fromkeys((*held["phase"].split(", "), row["phase"]))
            held["phase"] = ", ".join(phase for phase in phases if phase)
        else:
            found[row["school_id"]] = row
    return list(found.values())


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a row as it is stored: known keys alone, texts without blanks around, empty ones left out.

    Raises RowError.
    """
    school_id = given.get("school_id")
    if not isinstance(school_id, str) or not SCHOOL_ID.fullmatch(school_id):
        raise RowError("school_id: expected letters, digits, dots, hyphens and underscores, at most 100")
    row: dict[str, Any] = {}
    for key, value in given.items():
        if key in TEXTS and value is not None:
            row[key] = _website(_text(key, value)) if key == "website" else _text(key, value)
        elif key in LISTS and value is not None:
            if not isinstance(value, (list, tuple)) or len(value) > MOST_IN_LIST:
                raise RowError(f"{key}: expected a list of at most {MOST_IN_LIST} texts")
            row[key] = [_text(key, each) for each in value]
        elif key in ("latitude", "longitude") and value not in (None, ""):
            row[key] = _degrees(key, value)
    if not row.get("name"):
        raise RowError("name: expected the name of the school")
    return {key: value for key, value in row.items() if value != "" or key == "name"}


def _row(record: Mapping[str, Any]) -> dict[str, Any] | None:
    key = record.get("key")
    own: Mapping[str, Any] = key if isinstance(key, Mapping) else record
    attributes = record.get("attributes")
    more: Mapping[str, Any] = attributes if isinstance(attributes, Mapping) else {}
    name = str(own.get("name") or record.get("name") or "")
    if (own.get("record_type") or record.get("record_type")) != "school" or not name:
        return None
    address, county = str(own.get("address") or ""), str(own.get("region") or more.get("district") or "")
    number = more.get("row_id") or record.get("source_key") or ""
    school_id = re.sub(r"[^A-Za-z0-9._-]+", "_", f"{record.get('source_id', 'school')}-{number}")[:100]
    phase = str(more.get("phase") or "")
    status = str(more.get("status") or "")
    if not status:
        told = " ".join(str(more.get(each) or "") for each in ("remarks", "closed"))
        status = "closed" if more.get("closed") or _CLOSED.search(told) else ""
    row: dict[str, Any] = {
        "school_id": school_id, "name": name, "address": address, "county": county, "status": status,
        "place": str(own.get("city") or "") or _town(address, county), "country": str(record.get("country") or ""),
        "phase": "" if phase.lower() in _NO_PHASE else phase, "website": _website(str(record.get("url") or "")),
    }  # fmt: skip
    for degrees in ("latitude", "longitude"):
        with contextlib.suppress(RowError):  # a register's slip costs its school no more than the spot on the map
            if more.get(degrees):
                row[degrees] = _degrees(degrees, more[degrees])
    return row


def _town(address: str, county: str) -> str:
    """The last part of an address that is not the county: registers of several countries have no column of towns."""
    parts = [part.strip() for part in address.split(",") if part.strip()]
    known = {*folded(county).split(), "co", "co.", "county"}
    rest = [part for part in parts[1:] if not set(folded(part).split()) <= known and not part[:1].isdigit()]
    return rest[-1] if rest else ""


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT or "\x00" in value:
        raise RowError(f"{key}: expected text of at most {MOST_TEXT} characters")
    return " ".join(value.split())


def _website(text: str) -> str:
    """The address of a website, "" for what a page must not make a link of."""
    return text if _WEBSITE.fullmatch(text) else ""


def _degrees(key: str, value: Any) -> float:
    try:
        degrees = float(value)
    except (TypeError, ValueError):
        raise RowError(f"{key}: expected degrees") from None
    if not abs(degrees) <= (90 if key == "latitude" else 180):
        raise RowError(f"{key}: expected degrees")
    return round(degrees, 5)
