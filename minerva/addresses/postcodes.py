"""Postcodes of any country: one form for each however it is written, and where one stands in a line of text.

Shapes by country, of the Universal Postal Union's addressing pages: letters and digits that no other country mixes so.
"""

from __future__ import annotations

import re

_PREFIXED = re.compile(r"[A-Z]{1,3}-(?=\d{3,6}(?!\d))")
_ZIP_PLUS = re.compile(r"(\d{5})-?\d{4}")
_SPREADSHEET = re.compile(r"(\d{3,10})\.0")
_NO_SIGN = re.compile(r"[^A-Z0-9]")
_SHAPES = re.compile(
    "|".join(
        (
            r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b",  # United Kingdom
            r"\b[A-CEGHJ-NPR-TVXY]\d[A-Z][ -]?\d[A-Z]\d\b",  # Canada
            r"\b(?:D6W|[AC-FHKNPRTV-Y]\d\d) ?[0-9AC-FHKNPRTV-Y]{4}\b",  # Ireland
            r"\b[1-9]\d{3} ?(?!S[ADS]\b)[A-Z]{2}(?=,|$| +[A-Z]{3})",  # Netherlands, before the town
            r"\b\d{3}-\d{4}\b",  # Japan
            r"\b\d{5}-\d{3}\b",  # Brazil
            r"\b\d{4}-\d{3}\b",  # Portugal
            r"\b\d{2}-\d{3}\b",  # Poland
            r"\b\d{3} \d{2}\b(?=,|$| +[A-Z]{2})",  # Sweden, Greece, Czechia, Slovakia: before the town
            r"\b\d{6}\b",  # India, China, Russia, Singapore
            r"\b\d{5}(?:-\d{4})?\b",  # United States, and the many of five digits
        )
    )
)
_BY_COUNTRY = {
    "GB": re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}"),
    "CA": re.compile(r"[a-z]\d[a-z]\d[a-z]\d"),
    "IE": re.compile(r"(?:d6w|[a-z]\d\d)[0-9a-z]{4}"),
    "NL": re.compile(r"\d{4}[a-z]{2}"),
}
_STREET_CODES = re.compile("|".join(shape.pattern for shape in _BY_COUNTRY.values()))
_BEFORE_TOWN = re.compile(r"(?:^|,) *(?:[A-Z]{1,2}-)?(\d{4})(?= +[A-Z]{3})")  # of four digits, before the town
_LAST = re.compile(r"[A-Z]{2,} +(\d{4})$")  # and at the end: Australia, New Zealand
_ONLY_DIGITS = re.compile(r"\d+")


def normal_postcode(text: str) -> str:
    """Returns a postcode in lower case without blanks, signs, a country's letters before it and what only the United
    States add: `BT11 8AY` and `bt118ay`, `72204-1234` and `72204`. "" for a word without a digit ("none", "---")."""
    found = text.strip().upper()
    spreadsheet = _SPREADSHEET.fullmatch(found)
    if spreadsheet:
        found = spreadsheet[1]
    found = _PREFIXED.sub("", found, count=1) if _PREFIXED.match(found) else found
    plus = _ZIP_PLUS.fullmatch(found)
    if plus:
        return plus[1]
    found = _NO_SIGN.sub("", found)
    return found.lower() if any(map(str.isdigit, found)) else ""


def is_of_street(postcode: str) -> bool:
    """True for a postcode, in its normal form, of a country whose codes are of a few houses and not of a town: the
    United Kingdom, Ireland, the Netherlands, Canada."""
    return _STREET_CODES.fullmatch(postcode) is not None


def country_of_postcode(postcode: str) -> str:
    """Returns the country whose codes alone look like a postcode in its normal form, "" where several or none do."""
    return next((country for country, shape in _BY_COUNTRY.items() if shape.fullmatch(postcode)), "")


def find_postcode(text: str) -> str:
    """Returns the last postcode in a line of text in its normal form, "" for none. text: Latin letters; a house number
    alone is none, as a postcode stands behind another word or before a town."""
    upper = text.upper()
    found = list(_SHAPES.finditer(upper))
    if found and (found[-1].start() or not _ONLY_DIGITS.fullmatch(found[-1][0])):
        return normal_postcode(found[-1][0])
    short = _BEFORE_TOWN.search(upper) or _LAST.search(upper)
    return short[1] if short else ""
