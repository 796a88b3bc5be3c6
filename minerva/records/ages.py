"""Ages as bands: what stays of a date of birth or an age where more is not needed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

BANDS = ((13, "under 13"), (16, "13-15"), (18, "16-17"), (21, "18-20"), (26, "21-25"), (36, "26-35"), (51, "36-50"))
OLDEST = "over 50"
BORN = frozenset({"date_of_birth", "birth_date", "dob", "born"})
"""Names of what holds a date of birth, in lower case."""
AGE = "age"
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


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


def band_in(given: Mapping[str, Any], today: date) -> str:  # Any: what a request's JSON or a record holds
    """The band of a date of birth, else of an age, among named values; "" if there is neither."""
    for key in sorted(BORN):
        if given.get(key):
            return band_of_birth(str(given[key]), today)
    try:
        age = int(given.get(AGE) or -1)
    except (ValueError, TypeError):
        return ""
    return band_of(age) if 0 <= age < 130 else ""
