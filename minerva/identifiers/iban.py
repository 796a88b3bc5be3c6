"""International bank account numbers: length by country, check digits by ISO 7064 mod 97-10."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.late import late
from minerva.identifiers.reading import Reading
from minerva.identifiers.shape import shape_of

LENGTHS = {
    15: "NO", 16: "BE", 18: "DK FO FI GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK", 21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM TL SO", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
"""Countries by length of their numbers: the IBAN registry (ISO 13616), which SWIFT publishes."""
LENGTH_OF = {country: length for length, countries in LENGTHS.items() for country in countries.split()}
LENGTH_OF.update({"FK": 18})
# A letter first, so that the search skips to it.
HEAD = late(r"[A-Za-z](?<![A-Za-z0-9][A-Za-z])[A-Za-z][0-9]{2}")
_CHAR = late(r"[ .\-]?([A-Za-z0-9])")
_SEPARATORS = late(r"[\s.\-]+")
_LABEL = late(r"^iban[\s:#.]*", re.IGNORECASE)
_NEARBY = 30


def remainder(number: str) -> int:
    """The remainder of ISO 7064 mod 97-10; 1 for right check digits."""
    moved = number[4:] + number[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97


class Iban(Kind):
    """Upper case without blanks: `GB29NWBK60161331926819`."""

    NAME = "iban"
    TITLE = "Bank account (IBAN)"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        number = _SEPARATORS.sub("", _LABEL.sub("", Reading(value).text.strip())).upper()
        if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}", number):
            raise InvalidIdentifier(cls.NAME, "expected two letters, two digits and up to 30 letters or digits")
        length = LENGTH_OF.get(number[:2])
        if length is None:
            raise InvalidIdentifier(cls.NAME, f"no country with IBANs has the code {number[:2]}")
        if len(number) != length:
            raise InvalidIdentifier(cls.NAME, f"an IBAN of {number[:2]} has {length} characters, not {len(number)}")
        if remainder(number) != 1:
            raise InvalidIdentifier(cls.NAME, "the check digits are wrong")
        return number

    @classmethod
    def format(cls, value: str) -> str:
        return " ".join(value[start : start + 4] for start in range(0, len(value), 4))

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return b" xx00" in shape_of(reading)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        text = reading.text
        position = 0
        while True:
            head = HEAD.search(text, position)
            if head is None:
                return
            position = head.end()
            end = end_of(text, head)
            if end is None:
                continue
            written = text[head.start() : end]
            try:
                value = cls.normalize(written)
            except InvalidIdentifier:
                continue
            position = end
            named = "iban" in text[max(0, head.start() - _NEARBY) : head.start()].lower()
            sure = named or written.upper() == written
            yield cls.seen(reading, (head.start(), end), value, field, "checksum", 0.99 if sure else 0.9)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """The registry's own example numbers."""
        return (
            Example("IBAN GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
            Example("pay to DE89370400440532013000.", "DE89370400440532013000", "DE89370400440532013000"),
            Example("iban: fr14 2004 1010 0505 0001 3m02 606", "fr14 2004 1010 0505 0001 3m02 606",
                    "FR1420041010050500013M02606"),
        )  # fmt: skip


def end_of(text: str, head: re.Match[str]) -> int | None:
    """Where a number that begins with `head` ends, None if the country has none or a letter or digit follows."""
    length = LENGTH_OF.get(head.group()[:2].upper())
    if length is None:
        return None
    position = head.end()
    for _ in range(length - 4):
        char = _CHAR.match(text, position)
        if char is None:
            return None
        position = char.end()
    return None if text[position : position + 1].isalnum() else position
