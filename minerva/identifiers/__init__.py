"""Identifiers: what records can share. One class per kind, all listed in KINDS; `extract` finds them with evidence."""

from __future__ import annotations

from collections.abc import Sequence

from minerva.identifiers.email import Email
from minerva.identifiers.errors import IdentifierError, InvalidIdentifier, UnknownKind
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Kind
from minerva.identifiers.local_phone import LocalPhone
from minerva.identifiers.phone import Phone
from minerva.identifiers.reading import Reading
from minerva.identifiers.register_number import CompanyNumber, License
from minerva.identifiers.url import Domain, Url
from minerva.identifiers.username import Username

KINDS: tuple[type[Kind], ...] = (Phone, LocalPhone, Email, Username, Url, Domain, License, CompanyNumber)


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

    `kinds` limits the search (names, default all); `region` (ISO 3166) is a hint for phones without country code;
    `field` is copied into the evidence. Positions count code points of `text`. Raises UnknownKind, nothing else.
    """
    wanted = KINDS if kinds is None else tuple(KIND_BY_NAME.require(name) for name in kinds)
    if not text:
        return []
    reading = Reading(text)
    found = [item for kind in wanted for item in kind.extract(reading, region=region, field=field)]
    return sorted(found, key=lambda item: (item.start, item.end))


__all__ = [
    "KINDS",
    "KIND_BY_NAME",
    "Evidence",
    "IdentifierError",
    "InvalidIdentifier",
    "Kind",
    "UnknownKind",
    "extract",
]
