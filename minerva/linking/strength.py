"""How much one shared identifier says, from its kind and from how many records hold it."""

from __future__ import annotations

import math
from functools import lru_cache

from minerva.names.username_parts import surprise

# What equality of each kind is worth before rarity: numbers issued to one holder first, places shared by many last.
KIND_STRENGTH = {
    "license": 0.99,
    "company_number": 0.99,
    "email": 0.97,
    "wallet": 0.97,
    "iban": 0.97,
    "payment_tag": 0.93,
    "phone": 0.95,
    "username": 0.92,
    "url": 0.9,
    "domain": 0.8,
    "image": 0.75,
    "local_phone": 0.5,
    "sketch": 0.0,
    "geo": 0.0,
    "style": 0.0,
    "differs": 0.0,
}
OTHER_KINDS = 0.75
"""A kind of another's making (a vehicle's plate) joins; the hub rule guards it like all others."""
ANY_PLATFORM = "any/"
USERNAME_ANYWHERE = f"username:{ANY_PLATFORM}"
TELLING_BITS = 16.0
JOINS = 0.7
"""Least strength that joins two records by itself; below it a second agreement is needed."""

TITLES = {
    "phone": "phone",
    "email": "e-mail",
    "username": "user name",
    "wallet": "wallet address",
    "iban": "bank account",
    "payment_tag": "payment tag",
    "url": "URL",
    "domain": "domain",
    "license": "license number",
    "company_number": "company number",
    "local_phone": "local phone",
    "image": "image",
}


def kind_of(identifier: str) -> str:
    """Returns the kind of `kind:value`."""
    return identifier.partition(":")[0]


def title_of(identifier: str) -> str:
    """Returns the kind in plain words."""
    kind = kind_of(identifier)
    return TITLES.get(kind, kind)


def joins_alone(identifier: str) -> bool:
    """True when equality joins two records without a second agreement: by kind, and for a user name whose platform
    nobody told only when it is so telling that two people would hardly choose it."""
    if identifier.startswith(USERNAME_ANYWHERE):
        return sum(surprise(identifier[len(USERNAME_ANYWHERE) :])) >= TELLING_BITS
    return KIND_STRENGTH.get(identifier.partition(":")[0], OTHER_KINDS) >= JOINS


def strength_of(identifier: str, degree: int) -> float:
    """Returns 0 to 1: the kind's worth, lowered slowly as more records hold the value."""
    return _strength(kind_of(identifier), degree)


@lru_cache(maxsize=4096)
def _strength(kind: str, degree: int) -> float:
    return round(KIND_STRENGTH.get(kind, OTHER_KINDS) * (1.0 - 0.02 * math.log2(max(1, degree))), 3)
