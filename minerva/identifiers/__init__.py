"""Identifiers: what records can share. One class per kind, all listed in KINDS; `extract` finds them with evidence, and
`extract_each` those of many texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from minerva.identifiers.errors import IdentifierError, InvalidIdentifier, UnknownKind
from minerva.identifiers.evidence import Evidence, by_span
from minerva.identifiers.kind import Kind
from minerva.identifiers.reading import Reading, reads_as_it_is

_PLACES: dict[str, tuple[str, str]] = {
    "phone": ("phone", "Phone"), "local_phone": ("local_phone", "LocalPhone"), "email": ("email", "Email"),
    "username": ("username", "Username"), "url": ("url", "Url"), "domain": ("url", "Domain"),
    "wallet": ("wallet", "Wallet"), "payment_tag": ("payment_tag", "PaymentTag"), "iban": ("iban", "Iban"),
    "license": ("register_number", "License"), "company_number": ("register_number", "CompanyNumber"),
    "price": ("price", "Price"), "postcode": ("postcode", "Postcode"),
    "address": ("postal_address", "PostalAddress"), "opening_hours": ("opening_hours", "OpeningHours"),
    "plate": ("plate", "Plate"), "age": ("person_traits", "Age"), "birth_date": ("person_traits", "BirthDate"),
    "image": ("image", "Image"), "image_crop": ("image", "ImageCrop"),
    "image_frame": ("image", "ImageFrame"),
}  # fmt: skip
"""Module and class of every kind, in the order of KINDS. A search for one kind imports no other."""
_ADDRESSES = frozenset(["email", "url", "domain"])

if TYPE_CHECKING:
    KINDS: tuple[type[Kind], ...]
    IDENTIFYING: tuple[type[Kind], ...]


@cache
def _kind(name: str) -> type[Kind]:
    module, title = _PLACES[name]
    found: type[Kind] = getattr(import_module(f"minerva.identifiers.{module}"), title)
    return found


def __getattr__(name: str) -> Any:  # the kinds of all, once somebody asks for them
    """KINDS, and IDENTIFYING: the kinds that are searched for unless others are named, as attributes describe and do
    not tell who."""
    if name not in ("KINDS", "IDENTIFYING"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    kinds = tuple(map(_kind, _PLACES))
    globals()["KINDS"] = kinds
    globals()["IDENTIFYING"] = tuple(kind for kind in kinds if not kind.ATTRIBUTE)
    return globals()[name]


class KindTable(Mapping[str, type[Kind]]):
    """Kinds by name, in the order of KINDS. A kind is imported when it is taken: all of them take most of a second, and
    who asks whether there is one, or what one of them means, needs no other."""

    def __getitem__(self, name: str) -> type[Kind]:
        if name not in _PLACES:
            raise KeyError(name)
        return _kind(name)

    def __contains__(self, name: object) -> bool:
        return name in _PLACES

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)

    def require(self, name: str) -> type[Kind]:
        """The kind of that name. Raises UnknownKind."""
        if name not in _PLACES:
            raise UnknownKind(name, tuple(_PLACES))
        return _kind(name)


KIND_BY_NAME = KindTable()


@lru_cache(maxsize=256)
def _all_required(names: tuple[str, ...]) -> tuple[tuple[type[Kind], ...], bool]:
    """The kinds of those names, and whether all of them are addresses, e-mail addresses among them, each once."""
    are_addresses = "email" in names and _ADDRESSES.issuperset(names) and len(set(names)) == len(names)
    return tuple(map(KIND_BY_NAME.require, names)), are_addresses


def extract(
    text: str, *, kinds: Sequence[str] | None = None, region: str | None = None, field: str = "text"
) -> list[Evidence]:
    """Evidence of every identifier in `text`, by start, one kind after another where they share it.

    `kinds` names what is searched for (default: all that identify, no attributes); `region` (ISO 3166) is a hint for
    phones without country code, without it the text itself is asked (unplaced_phones.py); `field` is copied into the
    evidence. Positions count code points of `text`. Raises
    UnknownKind, nothing else.
    """
    if kinds is not None and len(kinds) == 1:
        if kinds[0] == "phone":
            return _phones_in(text, region, field)
        if kinds[0] == "email" and reads_as_it_is(text):
            return _mails_in_ascii(text, field)
        found = list(KIND_BY_NAME.require(kinds[0]).extract(Reading(text), region=region, field=field))
        if len(found) > 1:
            found.sort(key=by_span)
        return found
    wanted, are_addresses = (_identifying(), False) if kinds is None else _all_required(tuple(kinds))
    if not text:
        return []
    if are_addresses:
        found = _addresses_in(text, wanted, region, field)
    else:
        reading = Reading(text)
        found = [
            item
            for kind in wanted
            if kind.may_hold(reading)
            for item in kind.extract(reading, region=region, field=field)
        ]
    if len(found) > 1:
        found.sort(key=by_span)
    return found


def extract_each(
    texts: Sequence[str],
    *,
    kinds: Sequence[str] | None = None,
    regions: Sequence[str | None] | None = None,
    field: str = "text",
) -> list[list[Evidence]]:
    """What `extract` finds in each text, with the region that `regions` has in its place: the same evidence, of many
    texts in three quarters to five sixths of the time (lockstep.py). Raises UnknownKind, and ValueError if regions are
    fewer or more than texts.
    """
    from minerva.identifiers import many_texts

    if regions is not None and len(regions) != len(texts):
        raise ValueError(f"{len(texts)} texts and {len(regions)} regions: expected one for each text, None for unknown")
    wanted, are_addresses = (_identifying(), False) if kinds is None else _all_required(tuple(kinds))
    known = [None] * len(texts) if regions is None else regions
    return many_texts.extract_each(texts, wanted, are_addresses, known, field)


def _identifying() -> tuple[type[Kind], ...]:
    found: tuple[type[Kind], ...] = globals().get("IDENTIFYING") or __getattr__("IDENTIFYING")
    return found


def _first(name: str, module: str, function: str) -> Callable[..., list[Evidence]]:
    """Takes the place of the function `name` of this module until it is first called: a search for one kind imports no
    other."""

    def first(*arguments: Any) -> list[Evidence]:
        meant: Callable[..., list[Evidence]] = getattr(import_module(f"minerva.identifiers.{module}"), function)
        globals()[name] = meant
        return meant(*arguments)

    return first


_phones_in: Callable[[str, str | None, str], list[Evidence]] = _first("_phones_in", "phone", "in_text")
_addresses_in: Callable[[str, Sequence[type[Kind]], str | None, str], list[Evidence]] = _first(
    "_addresses_in", "url", "addresses_in"
)
_mails_in_ascii: Callable[[str, str], list[Evidence]] = _first("_mails_in_ascii", "email", "in_ascii")


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
    "extract_each",
]
