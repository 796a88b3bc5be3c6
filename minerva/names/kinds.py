"""Which comparison two names get: that of people, or that of organizations and places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from minerva.names.compare import compare_names
from minerva.names.organization_words import parted
from minerva.names.persons import compare_persons, given_names
from minerva.names.romanize import LONGEST_READ, latin_words
from minerva.names.scripts import is_thai, thai_consonants
from minerva.names.tables import GENERIC, LEGAL_FORMS, PARTICLES, TRADES

ORGANIZATIONS = frozenset({"organization", "organisation", "company", "legalentity", "publicbody"})
MOST_PERSON_WORDS = 5
LETTERS_OF_FORM = 3
BORNE = frozenset(
    {"bar", "barber", "barbers", "farm", "hair", "inn", "kitchen", "law", "lodge", "mart", "nail", "store"}
)
"""Trades that people bear as names."""
HOUSES = frozenset({"casa", "chateau", "finca", "hacienda", "haus", "maison", "villa"})
"""Words for a house with which its name begins, where none of a person's does: Haus Luna."""
GROUPS = frozenset({"creche", "daycare", "kindergarten", "kita", "playgroup", "playschool", "preschool"})
"""Words for where children are looked after, which nobody bears as a name."""
_COMPOUND = re.compile(r"\w+(?:-\w+){2,}")
DOTTED_FORMS = frozenset({"sro", "srl", "doo", "zoo", "llc", "wll", "spa", "slu", "vof", "gbr"})
"""Legal forms of three letters that are written with dots, which part them as initials are."""


def compare_by_kind(a: str, b: str, kind: str = "") -> tuple[float, list[str]]:
    """Returns (score from 0 to 1, reasons). `kind`: Person, Organization, Company, or empty where it is not known.

    Of each name LONGEST_READ characters are read.
    """
    a, b = a[:LONGEST_READ], b[:LONGEST_READ]
    asked = kind.strip().casefold()
    compared = compare_names(_latin(a, b), _latin(b, a))
    organization = (compared.score, [compared.why])
    if asked in ORGANIZATIONS or (asked != "person" and not (is_person(a) and is_person(b))):
        return organization
    found = compare_persons(a, b)
    person = (found.score, list(found.reasons))
    told = asked == "person" or any(word in given_names().known for word in (*latin_words(a), *latin_words(b)))
    return person if told else max(person, organization)


def is_person(name: str) -> bool:
    """Whether a name looks like one of a person: few words, no number, no legal form, no word of an organization."""
    return is_person_words(latin_words(name))


@lru_cache(maxsize=131072)
def bears_given_name(name: str) -> bool:
    """Whether a name looks like one of a person and holds a given name, and no trade: surer than `is_person`."""
    words = latin_words(name)
    if not given_names().given.isdisjoint(words) and is_person_words(words):
        if name.count("-") > 1 and given_names().given.isdisjoint(latin_words(_COMPOUND.sub(_unless_brand, name))):
            return False
        return all(word in BORNE or word not in TRADES for word in words)
    return False


def _unless_brand(compound: re.Match[str]) -> str:
    """Returns a compound of three parts or more of which those in the middle are names or small words, as in
    "Saif-al-Din"; "" for another: a brand, or an institution named after somebody."""
    known = given_names().known
    middle = latin_words(compound[0])[1:-1]
    return compound[0] if all(word in known or word in PARTICLES for word in middle) else ""


def is_person_words(words: Sequence[str]) -> bool:
    """`is_person` of a name's words in lower-case Latin letters."""
    if not 1 <= len(words) <= MOST_PERSON_WORDS or not LEGAL_FORMS.isdisjoint(words[1:]):
        return False
    if not GROUPS.isdisjoint(words) or (len(words) > 1 and words[0] in HOUSES):
        return False
    if len(words) > LETTERS_OF_FORM and "".join(words[-LETTERS_OF_FORM:]) in DOTTED_FORMS and len(words[-1]) == 1:
        return False
    for word in words:
        if word.isdigit() or (word in GENERIC and len(word) > 2):
            return False
    return len(words) > 1 or words[0] in given_names().known


def _latin(name: str, other: str) -> str:
    if name.isascii():
        return name
    name = parted(name)
    return " ".join(latin_words(thai_consonants(name) if not is_thai(other) else name))
