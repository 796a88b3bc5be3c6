"""How much one shared identifier says, from its kind and from how many records hold it."""

from __future__ import annotations

from functools import lru_cache

from minerva.linking.model import NO_CONTACT
from minerva.linking.weights import bits, probability, table
from minerva.names.username_parts import surprise

HOLDERS = (33, 17, 9, 5, 3, 2)
"""From so many records on that hold a value, it says less: steps of doublings, learned as kinds are (weights.json)."""
NEVER_ALONE = frozenset({"local_phone", "image", "image_frame", *(start.rstrip(":") for start in NO_CONTACT)})
"""Kinds whose equality joins no two records: a number without its area code is not one line's, strangers take one stock
picture (see near_values.py), and marks describe a record. Every other kind joins, one of another's making (a vehicle's
plate) too; the hub rule guards them all."""
ANY_PLATFORM = "any/"
USERNAME_ANYWHERE = f"username:{ANY_PLATFORM}"
TELLING_BITS = 16.0
"""Surprise of a user name from which it joins where its platform is not known: one in 65,000 would choose it."""

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
    "image_crop": "crop of an image",
    "image_frame": "video frame",
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
    return identifier.partition(":")[0] not in NEVER_ALONE


def strength_of(identifier: str, degree: int) -> float:
    """Returns 0 to 1: how likely two records that share the identifier are one holder's, if `degree` records hold it.

    A kind from which nothing was learned says what those of the sample say together.
    """
    return _strength(kind_of(identifier), degree)


@lru_cache(maxsize=4096)
def _strength(kind: str, degree: int) -> float:
    return probability(_odds(kind, degree))


def sharing_odds(identifier: str, degree: int) -> float:
    """Returns log2 of the odds of `strength_of`."""
    return _odds(kind_of(identifier), degree)


def _odds(kind: str, degree: int) -> float:
    learned = f"shared_{kind}"
    odds = bits("shared_identifier", 0.0) + bits("shared_holders", max(HOLDERS[-1], degree))
    return odds + (bits(learned, 0.0) if learned in table() else 0.0)
