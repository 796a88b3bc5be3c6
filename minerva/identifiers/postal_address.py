"""Postal addresses in text with a key that can be compared.

Reading an address into parts is minerva.addresses' business; this room finds where one stands: postal_forms tells the
forms, postal_tails what stands around a street, postal_key writes the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.late import late
from minerva.identifiers.postal_forms import stretches
from minerva.identifiers.postal_further import further
from minerva.identifiers.postal_key import key_of
from minerva.identifiers.postal_scripts import in_scripts
from minerva.identifiers.postal_untyped import untyped
from minerva.identifiers.reading import Reading

_BOX = late(
    r"(?<![\w])P\.? ?O\.? ?Box [0-9]{1,6}(?![\w])(?:,? [A-Z][\w ]{1,20},? [A-Z]{2} [0-9]{5}(?:-[0-9]{4})?)?",
    re.IGNORECASE,
)

_DIGIT = late(r"[0-9]")
_KEY = late(r"(?:box |[0-9]{1,6}(?![0-9]))[\w './&\-\u0e30-\u0e4e]{1,120}")
"""Signs of a key: words, numbers and what stands within such; Thai vowels are no letters for `\\w`."""
_ROUNDS = 4
"""How often a key may be read again until it stays as it is."""


class PostalAddress(Kind):
    """`<number> <direction> <street> <type> <unit> <postcode>` in lower case and short forms: `123 n main st 75201`.

    Two addresses of one place give the same value where both tell the same parts; what differs is compared with
    minerva.addresses.compare_addresses.
    """

    NAME = "address"
    TITLE = "Postal address"
    STRONG = False
    ATTRIBUTE = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        normal = key_of(Reading(value).text)
        if not normal or _KEY.fullmatch(normal) is None:
            raise InvalidIdentifier(cls.NAME, "expected a house number and a street, or a PO box")
        for _ in range(_ROUNDS):
            again = key_of(Reading(normal).text)
            if again == normal:
                return normal
            if not again or _KEY.fullmatch(again) is None:
                break
            normal = again
        raise InvalidIdentifier(cls.NAME, "the parts cannot be told apart")

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return _DIGIT.search(reading.text) is not None

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        if not cls.may_hold(reading):
            return
        text = reading.text
        found = [
            *stretches(text, region),
            *further(text, region),
            *untyped(text),
            *(place[:3] for place in in_scripts(text)),
            *((*match.span(), 0.75) for match in _BOX.finditer(text)),
        ]
        last_end = 0
        for start, end, confidence in sorted(found, key=lambda each: (each[0], -each[1])):
            if start < last_end:
                continue
            try:
                value = cls.normalize(text[start:end])
            except InvalidIdentifier:
                continue
            last_end = end
            yield cls.seen(reading, (start, end), value, field, "form", confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("at 123 N. Main Street, Dallas, TX 75201 now", "123 N. Main Street, Dallas, TX 75201",
                    "123 n main st 75201"),
            Example("come to 45 Elm Avenue Apt 2B.", "45 Elm Avenue Apt 2B", "45 elm ave apt 2b"),
            Example("10 Downing Street, London SW1A 2AA", "10 Downing Street, London SW1A 2AA",
                    "10 downing st sw1a 2aa"),
            Example("Musterstraße 12, 10115 Berlin", "Musterstraße 12, 10115 Berlin", "12 musterstrasse 10115"),
            Example("12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002 Paris", "12 rue de la paix 75002"),
            Example("PO Box 123, Austin, TX 78701", "PO Box 123, Austin, TX 78701", "box 123 78701"),
        )  # fmt: skip
