"""The form in which a name, user name or address is searched in a list: one spelling of what tells nothing apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from minerva.addresses.tables import DIRECTIONS, ORDINAL_WORDS, STREET_TYPES
from minerva.names.organization_list import organization_form
from minerva.names.romanize import LONGEST, LONGEST_READ, latin_words
from minerva.names.username_parts import plain_form

_SEPARATORS = re.compile(r"[\W_]+")


def name_form(text: str) -> str:
    """Returns the words in lower-case Latin letters, in alphabetic order: "Garcia, José" and "jose garcia" are one."""
    return " ".join(sorted(latin_words(text[:LONGEST_READ])))[:LONGEST]


def username_form(text: str) -> str:
    """Returns a user name in lower case without accents, separators, @ or the platform's address before it."""
    return _SEPARATORS.sub("", plain_form(text))[:LONGEST]


def address_form(text: str) -> str:
    """Returns the words of an address in alphabetic order, street types, directions and ordinals in one spelling."""
    found = []
    for word in latin_words(text[:LONGEST_READ]):
        word = ORDINAL_WORDS.get(word, word)
        found.append(STREET_TYPES.get(word) or DIRECTIONS.get(word) or word)
    return " ".join(sorted(found))[:LONGEST]


ORGANIZATION = "organization"
FORMS: Mapping[str, Callable[[str], str]] = {
    "name": name_form, "username": username_form, "address": address_form, ORGANIZATION: organization_form,
}  # fmt: skip
