"""Numbers of which an organization has one in a register: two that differ are two organizations."""

from __future__ import annotations

from collections.abc import Mapping

from minerva.linking.model import LinkRecord
from minerva.linking.places.bearers import names_organization
from minerva.linking.strength import kind_of, title_of

ONE_EACH = frozenset({"company_number"})
"""Kinds of which a holder has one in a register. A license is none: a register gives one for each trade and year."""
Numbers = Mapping[str, frozenset[str]]
"""Kind and register -> the numbers that are told."""
_PREFIXES = tuple(f"{kind}:" for kind in sorted(ONE_EACH))


def numbers_of(record: LinkRecord) -> dict[str, frozenset[str]]:
    """Returns the numbers of an organization's record; of others none, since a person may own several companies.
    Zeros before a number do not count, as spreadsheets drop them."""
    told = [value for value in record.identifiers if value.startswith(_PREFIXES)]
    if not told or not names_organization(record):
        return {}
    found: dict[str, frozenset[str]] = {}
    for value in told:
        register, _, number = value.rpartition("/")
        key = register.lower() or kind_of(value)
        number = (number if register else value.partition(":")[2]).lstrip("0").upper()
        found[key] = found.get(key, frozenset()) | {number}
    return found


def differing(one: Numbers, other: Numbers) -> str:
    """Returns in plain words what both hold in one register and do not share, "" for nothing."""
    if not one or not other:
        return ""
    for register in sorted(one.keys() & other.keys()):
        if one[register].isdisjoint(other[register]):
            return f"{title_of(register)}s differ"
    return ""


def both(one: Numbers, other: Numbers) -> Numbers:
    """Returns the numbers of two that are one."""
    return {**one, **other, **{register: one[register] | other[register] for register in one.keys() & other.keys()}}
