"""How much one shared identifier says, from its kind and from how many records hold it."""

from __future__ import annotations

import math

# What equality of each kind is worth before rarity: numbers issued to one holder first, places shared by many last.
KIND_STRENGTH = {
    "license": 0.99,
    "company_number": 0.99,
    "email": 0.97,
    "phone": 0.95,
    "username": 0.92,
    "url": 0.9,
    "domain": 0.8,
    "local_phone": 0.5,
}
JOINS = 0.7
"""Least strength that joins two records by itself; below it a second agreement is needed."""

TITLES = {
    "phone": "phone",
    "email": "e-mail",
    "username": "user name",
    "url": "URL",
    "domain": "domain",
    "license": "license number",
    "company_number": "company number",
    "local_phone": "local phone",
}


def kind_of(identifier: str) -> str:
    """Returns the kind of `kind:value`."""
    return identifier.partition(":")[0]


def title_of(identifier: str) -> str:
    """Returns the kind in plain words."""
    kind = kind_of(identifier)
    return TITLES.get(kind, kind)


def joins_alone(identifier: str) -> bool:
    """True when equality of this kind joins two records without a second agreement."""
    return KIND_STRENGTH.get(kind_of(identifier), 0.0) >= JOINS


def strength_of(identifier: str, degree: int) -> float:
    """Returns 0 to 1: the kind's worth, lowered slowly as more records hold the value."""
    base = KIND_STRENGTH.get(kind_of(identifier), 0.5)
    return round(base * (1.0 - 0.02 * math.log2(max(1, degree))), 3)
