"""Identifiers: what records can share. One class per kind, all listed in KINDS; `extract` finds them with evidence."""

from __future__ import annotations

from collections.abc import Sequence

from minerva.identifiers import email
from minerva.identifiers.email import Email
from minerva.identifiers.errors import IdentifierError, InvalidIdentifier, UnknownKind
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.iban import Iban
from minerva.identifiers.kind import Kind
from minerva.identifiers.local_phone import LocalPhone
from minerva.identifiers.opening_hours import OpeningHours
from minerva.identifiers.payment_tag import PaymentTag
from minerva.identifiers.person_traits import Age, BirthDate
from minerva.identifiers.phone import Phone, in_ascii
from minerva.identifiers.plate import Plate
from minerva.identifiers.postal_address import PostalAddress
from minerva.identifiers.postcode import Postcode
from minerva.identifiers.price import Price
from minerva.identifiers.reading import Reading
from minerva.identifiers.register_number import CompanyNumber, License
from minerva.identifiers.url import Domain, Url
from minerva.identifiers.username import Username
from minerva.identifiers.wallet import Wallet

KINDS: tuple[type[Kind], ...] = (
    Phone, LocalPhone, Email, Username, Url, Domain, Wallet, PaymentTag, Iban, License, CompanyNumber,
    Price, Postcode, PostalAddress, OpeningHours, Plate, Age, BirthDate,
)  # fmt: skip
IDENTIFYING: tuple[type[Kind], ...] = tuple(kind for kind in KINDS if not kind.ATTRIBUTE)
"""The kinds that are searched for unless others are named: attributes describe, they do not tell who."""


class KindTable(dict[str, type[Kind]]):
    """Kinds by name."""

    def require(self, name: str) -> type[Kind]:
        """The kind of that name. Raises UnknownKind."""
        if name not in self:
            raise UnknownKind(name, tuple(self))
        return self[name]


KIND_BY_NAME = KindTable((kind.NAME, kind) for kind in KINDS)


def extract(
    text: str, *, kinds: Sequence[str] | None = None, region: str | None = None, field: str = "text"
) -> list[Evidence]:
    """Evidence of every identifier in `text`, by start, one kind after another where they share it.

    `kinds` names what is searched for (default: all that identify, no attributes); `region` (ISO 3166) is a hint for
    phones without country code; `field` is copied into the evidence. Positions count code points of `text`. Raises
    UnknownKind, nothing else.
    """
    if kinds is not None and len(kinds) == 1:
        only = KIND_BY_NAME.require(kinds[0])
        if only is Phone and text.isascii():
            return in_ascii(text, region, field)
        if only is Email and text.isascii():
            return email.in_ascii(text, field)
        return list(only.extract(Reading(text), region=region, field=field))
    wanted = IDENTIFYING if kinds is None else [KIND_BY_NAME.require(name) for name in kinds]
    if not text:
        return []
    reading = Reading(text)
    found = [
        item for kind in wanted if kind.may_hold(reading) for item in kind.extract(reading, region=region, field=field)
    ]
    if len(found) > 1:
        found.sort(key=_by_span)
    return found


def _by_span(item: Evidence) -> tuple[int, int]:
    return item.start, item.end


__all__ = [
    "IDENTIFYING",
    "KINDS",
    "KIND_BY_NAME",
    "Evidence",
    "IdentifierError",
    "InvalidIdentifier",
    "Kind",
    "UnknownKind",
    "extract",
]
