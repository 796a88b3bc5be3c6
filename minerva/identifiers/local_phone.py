"""Local phones: seven digits without area code, equal only within one city. Read from columns only, never from text."""

from __future__ import annotations

import re
import unicodedata

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.reading import Reading

_NORMAL = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)/([0-9]{7})")
_SEPARATORS = re.compile(r"[\s.\-()/]+")


def city_slug(city: str) -> str:
    """`city` in lower-case ASCII letters and digits with single hyphens; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", city).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class LocalPhone(Kind):
    """`<city slug>/<seven digits>`. Weak: two cities, or one city with two area codes, reuse the same seven digits."""

    NAME = "local_phone"
    TITLE = "Local phone (seven digits)"
    STRONG = False

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        if _NORMAL.fullmatch(text):
            return text
        slug, _, number = text.rpartition("/") if "/" in text and not city else ("", "", text)
        slug = city_slug(city or slug)
        digits = _SEPARATORS.sub("", number)
        if not re.fullmatch(r"[0-9]{7}", digits):
            raise InvalidIdentifier(cls.NAME, "expected exactly seven digits")
        if digits[0] in "01" or len(set(digits)) == 1:
            raise InvalidIdentifier(cls.NAME, "no seven-digit number starts with 0 or 1 or repeats one digit")
        if not slug:
            raise InvalidIdentifier(cls.NAME, "a seven-digit number needs its city")
        return f"{slug}/{digits}"

    @classmethod
    def format(cls, value: str) -> str:
        slug, _, digits = value.rpartition("/")
        return f"{slug}/{digits[:3]}-{digits[3:]}"

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("555-0123", "555-0123", "springfield/5550123", city="Springfield"),)
