"""Which two people with an address are worth comparing in full: those whose contacts, postcodes and cities leave them
the bits to join, were their names and addresses equal.

What is given is the most that `pairs.score_pair` can reach, so nothing is lost: a pair is left out only where the rest
of the comparison, which costs fifty times as much, could not change that it does not join. Two who share a contact,
and whoever may be a place, are always compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import ne
from typing import NamedTuple

from minerva.addresses import compare_addresses
from minerva.linking.model import GEO, LinkRecord
from minerva.linking.places.bearers import is_guessed, may_name_person, names_person
from minerva.linking.places.commonness import name_key
from minerva.linking.places.organizations import ELSEWHERE, UNEQUAL
from minerva.linking.places.pairs import ELSEWHERE_BITS, MOST_HOMES, NEIGHBORS
from minerva.linking.places.residents import (
    CONTACTS,
    MOST_PLACE,
    OTHER,
    UNKNOWN,
    address_level,
    city_level,
    postcode_level,
)
from minerva.linking.strength import kind_of
from minerva.linking.weights import bits, table
from minerva.names.compare import words_of

_ROUNDED = 0.01
"""Scores are rounded to hundredths."""


class _Known(NamedTuple):
    """What is compared of one record. kinds: a bit per kind of CONTACTS that it holds; contacts: those values; every:
    all that can be shared; firm: the letters of its name's words, which names of one firm share however they part and
    order them; guessed: whether its kind tells whose name it is not."""

    people: bool
    may_be: bool
    kinds: int
    contacts: frozenset[str]
    postcode: str
    city: str
    spot: bool
    every: frozenset[str]
    firm: str
    guessed: bool


class Reach:
    """Says of pairs of records whether they may reach a score. Each record is read once, when it is first asked for."""

    def __init__(self, records: Sequence[LinkRecord], spread: Mapping[str, int], least: float) -> None:
        """spread: contact -> at how many addresses it was seen; least: bits from which two records join."""
        self._records, self._spread = records, spread
        self._known: list[_Known | None] = [None] * len(records)
        self._cities: dict[tuple[str, str], float] = {}
        most = bits("resident_start", 0.0) + _most("resident_name") + _ROUNDED - least
        differ = [bits(f"resident_{kind}", OTHER) for kind in CONTACTS]
        self._left = [
            most + sum(lost for place, lost in enumerate(differ) if both >> place & 1)
            for both in range(1 << len(CONTACTS))
        ]
        """By bits of the kinds that two records both hold, and hold differently: the bits over `least` if names are
        equal, without the place."""
        self._address, self._same_city = _most("resident_address"), _most("resident_city")
        other_place = bits("place_start", 0.0) + _most("place_name") + _most("place_numbers")
        self._two_places = other_place + bits("place_address", OTHER) + _ROUNDED < least
        """Whether two organizations of equal names at two addresses stay under `least`."""
        in_two_towns = other_place - UNEQUAL + max(0.0, bits("place_address", ELSEWHERE)) + _ROUNDED
        self._two_towns = in_two_towns < least
        """Whether two of unequal names do that share house and street in two towns."""
        self._may_be_branches = least > ELSEWHERE_BITS + _ROUNDED
        """Whether two names of untold holders, at two addresses and without a contact of both, stay under `least`."""
        self._other_postcode, self._other_city = bits("resident_postcode", OTHER), bits("resident_city", OTHER)

    def may(self, a: int, b: int) -> bool:
        """False where `pairs.score_pair` of the two is under `least` for sure."""
        one = self._known[a] or self._read(a)
        other = self._known[b] or self._read(b)
        if not ((one.people and (other.people or other.may_be)) or (other.people and one.may_be)):
            if one.firm == other.firm or one.spot or other.spot or not one.every.isdisjoint(other.every):
                return True  # of one name they may be branches, however far apart
            return not self._elsewhere(one, other)
        if not one.contacts.isdisjoint(other.contacts):
            return True
        untold = self._may_be_branches and one.guessed and other.guessed and not (one.spot and other.spot)
        if untold and one.every.isdisjoint(other.every) and self._differ(a, b):
            return False
        left = self._left[one.kinds & other.kinds]
        if one.spot and other.spot:
            left += NEIGHBORS
        if left >= MOST_PLACE:  # no place takes more than that
            return True
        area = self._postcode(one.postcode, other.postcode)
        if left + min(MOST_PLACE, area + self._address + self._same_city) < 0:
            return False
        area += self._city(one.city, other.city)
        if left + min(MOST_PLACE, area + self._address) < 0:
            return False
        address = address_level(self._records[a], self._records[b])
        return left + max(-MOST_PLACE, min(MOST_PLACE, area + _weight("resident_address", address))) >= 0

    def _differ(self, a: int, b: int) -> bool:
        one, other = self._records[a].parsed_address(), self._records[b].parsed_address()
        return compare_addresses(one, other).level == "different"

    def _elsewhere(self, one: _Known, other: _Known) -> bool:
        """True for two organizations of unequal names whose cities differ, and their postcodes where both are told:
        their addresses are two, whatever streets say."""
        if not one.city or not other.city or one.city == other.city:
            return False
        if one.postcode and one.postcode == other.postcode:
            return False
        if self._two_towns:
            return self._city(one.city, other.city) == self._other_city
        if not self._two_places or not one.postcode or not other.postcode:
            return False
        return self._postcode(one.postcode, other.postcode) == self._other_postcode and (
            self._city(one.city, other.city) == self._other_city
        )

    def _read(self, position: int) -> _Known:
        record = self._records[position]
        kinds, held = 0, []
        for value in record.shareable:
            kind = kind_of(value)
            if kind in CONTACTS and self._spread.get(value, 1) <= MOST_HOMES:
                kinds |= 1 << CONTACTS.index(kind)
                held.append(value)
        found = self._known[position] = _Known(
            names_person(record),
            may_name_person(record),
            kinds,
            frozenset(held),
            record.parsed_address().postcode.replace(" ", "").lower(),
            record.city,
            any(value.startswith(GEO) for value in record.identifiers),
            frozenset(record.shareable),
            "".join(sorted("".join(words_of(record.name)[0]))) or name_key(record.name),
            is_guessed(record),
        )
        return found

    def _postcode(self, one: str, other: str) -> float:
        if not one or not other:
            return 0.0
        if len(one) == len(other) and sum(map(ne, one, other)) > 2:
            return self._other_postcode  # neither one wrong sign nor two neighbors swapped
        return bits("resident_postcode", postcode_level(one, other))

    def _city(self, one: str, other: str) -> float:
        found = self._cities.get((one, other))
        if found is None:
            found = self._cities[one, other] = _weight("resident_city", city_level(one, other))
        return found


def _weight(comparison: str, level: float) -> float:
    return bits(comparison, level) if level != UNKNOWN else 0.0


def _most(comparison: str) -> float:
    """Returns the bits that a comparison gives at most, 0 where it is left out."""
    return max(0.0, *(weight for _, weight in table()[comparison]))
