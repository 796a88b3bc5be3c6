"""Whose name a record bears: a person's or an organization's. The kind of record tells it; where none does, it is
guessed from the name alone, and reasons say so.
"""

from __future__ import annotations

from minerva.linking.model import PLACE_TYPES, LinkRecord
from minerva.linking.places.stated import GUESS
from minerva.names.kinds import bears_given_name, is_person, is_person_words
from minerva.names.romanize import latin_words
from minerva.names.tables import GENERIC, TRADES
from minerva.records.kinds import named_by

ORGANIZATION_TYPES = PLACE_TYPES | named_by("organization")
"""Record types whose name is an organization's."""
UNTOLD_TYPES = named_by("either") | {""}
"""Record types whose name may be either's: of one with an address, as registers list them, it is a person's where it
bears a given name."""


OF_BUSINESS, OF_PEOPLE = "business", "people's"
LEAST_TRADE = 4
"""Letters of a common word that tells an organization: shorter ones ("van", "al") are parts of people's names too."""


def comparable(record: LinkRecord) -> bool:
    """True when a record says enough to be compared by name and address: a name, with an address beside it unless it is
    a place's, which a phone or a postcode may tell."""
    return bool(record.name and (record.address or record.record_type in PLACE_TYPES))


def is_guessed(record: LinkRecord) -> bool:
    """True where the kind of record does not tell whose name it bears."""
    return record.record_type in UNTOLD_TYPES


def guess_told(a: LinkRecord, b: LinkRecord, whose: str) -> list[str]:
    """Returns a sentence where the kind of neither record tells whose name it bears, and the names could be the other
    one's: nothing where a word ("school", "bakery") rules a person out. whose: OF_BUSINESS or OF_PEOPLE."""
    if not all(is_guessed(each) and may_name_person(each) for each in (a, b)):
        return []
    if whose == OF_BUSINESS and (_names_trade(a) or _names_trade(b)):
        return []
    return [f"{GUESS} {whose} names"]


def _names_trade(record: LinkRecord) -> bool:
    """True where a name says what is done there."""
    return any(word in TRADES or (word in GENERIC and len(word) >= LEAST_TRADE) for word in latin_words(record.name))


def names_organization(record: LinkRecord) -> bool:
    """True when the record's name is an organization's, as told or as guessed."""
    if record.record_type in ORGANIZATION_TYPES:
        return True
    return bool(record.address) and record.record_type in UNTOLD_TYPES and not bears_given_name(record.name)


def names_person(record: LinkRecord) -> bool:
    """True when the record's name is a person's, as far as one can tell."""
    return is_person(record.name) and not names_organization(record)


def may_name_person(record: LinkRecord) -> bool:
    """True when nothing in the record's name rules out a person."""
    return record.record_type not in ORGANIZATION_TYPES and is_person_words(("anna", *latin_words(record.name)))
