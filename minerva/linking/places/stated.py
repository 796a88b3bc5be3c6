"""How sure a join of places by name and address calls itself: no surer than joins that rested on as much, and named the
same doubt, were right in open registers. The weights are learned from whole addresses; what one leaves out they do not
show.
"""

from __future__ import annotations

from math import inf, log2

from minerva.linking.model import LinkRecord
from minerva.linking.places.residents import UNKNOWN, postcode_level

WHOLE, NO_POSTCODE = "house, street and postcode", "house and street, no postcode"
NO_TOWN, NO_NUMBER = "house and street, no town", "no number, no postcode"
RIGHT = {WHOLE: 0.997, NO_POSTCODE: 0.994, NO_TOWN: 0.992, NO_NUMBER: 0.983}
"""What both of two addresses tell -> the share of joins that were right, by `python -m benchmarks.registers.stated`. It
counts one right and one wrong more than there were, so that few joins prove little."""
ONE_NUMBER, NEITHER_NUMBER = "only one tells the house number", "no house number"
ONE_DOOR, RANGE, ONE_DIGIT_OFF = "only one names a door", "of one street", "one digit apart"
OTHER_NAME, MISSPELLED = "other street name", "street spelled otherwise"
OTHER_LINES, CROWDED = "the addresses say", "an address of at least"
ONE_SAYS, OTHER_WORDS, SPELLING = "only one says", "and the other", "is written"
PARTED, BY_LETTERS, BY_SLIPS = "parted otherwise", "first letters", "but for blanks and slips"
OF_ADDRESS, COMMON_NAME, GUESS = "of the address as well", "a common name", "guessed to be"
DOUBTS = {
    ONE_NUMBER: 0.995,
    NEITHER_NUMBER: 0.996,
    ONE_DOOR: 0.928,
    RANGE: 0.826,
    **dict.fromkeys((ONE_DIGIT_OFF, OTHER_NAME, MISSPELLED), 0.777),
    OTHER_LINES: 0.997,
    CROWDED: 0.945,
    ONE_SAYS: 0.993,
    OTHER_WORDS: 0.918,
    SPELLING: 0.983,
    **dict.fromkeys((PARTED, BY_LETTERS, BY_SLIPS), 0.909),
    OF_ADDRESS: 0.996,
    COMMON_NAME: 0.983,
    GUESS: 0.998,
}
"""Doubt, in the words of the sentence -> the share of joins with it that were right, counted alike where a house number
or a postcode is told."""
OF_NO_NUMBER = {ONE_SAYS: 0.914, OTHER_WORDS: 0.575, CROWDED: 0.983}
"""The same where neither is told, of what differs much then."""
EACH = 0.001
"""What each doubt takes beside: one that changed nothing among those counted is a doubt all the same."""
OF_NAMES = (ONE_SAYS, SPELLING, OTHER_WORDS)
CONTACT_DOUBTED = 0.998
"""A contact of both settles what their addresses leave out; where their names differ it is below what is certain."""


def told_by(a: LinkRecord, b: LinkRecord) -> str:
    """Returns what both of two addresses tell; a postcode in place of the number is as good as one."""
    one, other = a.parsed_address(), b.parsed_address()
    if postcode_level(one.postcode, other.postcode) != UNKNOWN:
        return WHOLE
    if one.key is None or other.key is None:
        return NO_NUMBER
    return NO_POSTCODE if a.city and b.city else NO_TOWN


def doubts_in(why: str) -> list[str]:
    """Returns the doubts that a sentence names."""
    return [doubt for doubt in DOUBTS if doubt in why]


def most_right(told: str, why: str) -> float:
    """Returns the share that a join states at most. told: of RIGHT; why: its sentence."""
    doubts = doubts_in(why)
    least = OF_NO_NUMBER if told == NO_NUMBER else DOUBTS
    shares = [RIGHT[told], *(least.get(doubt, DOUBTS[doubt]) for doubt in doubts)]
    return round(min(shares) - EACH * len(doubts), 3)


def most_stated(a: LinkRecord, b: LinkRecord, why: str, *, by_contact: bool) -> float:
    """Returns the bits that a join of two places states at most. by_contact: a contact or a spot says it as well."""
    if by_contact:
        return _bits(CONTACT_DOUBTED) if any(doubt in why for doubt in OF_NAMES) else inf
    return _bits(most_right(told_by(a, b), why))


def strength_told(rule: str, strength: float, why: str) -> str:
    """Returns a strength in words: that of a join by name and address which is as sure as such joins were right in open
    registers says so, which is told of all of them and not of this one."""
    if rule == "name_address" and any(strength == most_right(told, why) for told in RIGHT):
        return f"such joins were right in at least {100 * strength:.1f} %"
    return f"strength {strength}"


def _bits(right: float) -> float:
    return log2(right / (1.0 - right))
