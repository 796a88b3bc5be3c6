"""How many hold what two records share: learned from the records in hand, by counting.

What d holders share is worth as much less as there are more of them: of the pairs that agree in it about one in d is
one holder's. So a word counts by the names that hold it, an address by the names at it, a postcode by the addresses
in it, a whole name by the places that bear it. `ysgol` says as little as `school` where a hundred names hold it, and a
salon building as little as a town. Counts are taken in doublings, and none beyond MOST: a few more records change
nothing, and what a change must look at again stays small (see changes.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from minerva.addresses import Address, parse_address
from minerva.linking.model import LinkRecord
from minerva.linking.places.bearers import comparable, names_organization
from minerva.names.compare import words_of

MOST = 128
"""Holders counted of anything: what so many share says nothing."""
STEPS = MOST.bit_length()
_MOST_STEP = STEPS - 1
WORD, NAME, ADDRESS, HOUSE, POSTCODE, REGISTER = "w", "n", "a", "h", "p", "r"
MARK = 8
SAMPLED = 256
"""Entries of a register that are looked at to see whether it lists things more than once."""
LEAST_ROWS, MOST_AGAIN = 100, 0.015
"""Rows that show how a register lists, and the share of them that may list again what another lists, by oversight."""


@lru_cache(maxsize=131072)
def name_key(name: str) -> str:
    """Returns the words and numbers of a name in order of the alphabet."""
    words, numbers = words_of(name)
    return " ".join([*sorted(words), *sorted(numbers)])


def firm_key(name: str) -> str:
    """Returns `name_key` without the numbers, by which a firm may tell its branches apart."""
    return " ".join(sorted(words_of(name)[0])) or name_key(name)


def house_key(record: LinkRecord) -> str:
    """Returns the house and street of a record, or all words of an address without a number."""
    return _house_key(record.parsed_address())


def _house_key(address: Address) -> str:
    return address.key or address.unit or " ".join(sorted(address.extra))


def place_key(record: LinkRecord) -> str:
    """Returns `house_key` with the door behind it, where one is told."""
    return _place_key(record.address, record.postcode)


def building_key(record: LinkRecord) -> str:
    """Returns `house_key` with the postcode, or else the city, behind it: a street of one name is in many towns. ""
    where no house is told."""
    house = house_key(record)
    return f"{house}, {record.parsed_address().postcode or record.city.casefold()}" if house else ""


@lru_cache(maxsize=131072)
def _place_key(text: str, postcode: str) -> str:
    address = parse_address(text, postcode)
    house = _house_key(address)
    return f"{house} #{address.door}" if address.door else house


def counted(record: LinkRecord) -> Iterator[tuple[str, str]]:
    """Yields (what is counted, the holder of it that this record is) of a comparable record that is an organization's;
    of others nothing."""
    if not comparable(record) or not names_organization(record):
        return
    name, place = name_key(record.name), place_key(record)
    for word in words_of(record.name)[0]:
        yield f"{WORD}|{word}", name
    yield f"{NAME}|{name}", place
    if place:
        yield f"{ADDRESS}|{place}", name
        building = building_key(record)
        if building:
            yield f"{HOUSE}|{building}", name
    postcode = record.parsed_address().postcode
    if postcode:
        yield f"{POSTCODE}|{postcode}", place


def mark_of(holder: str) -> str:
    """Returns MARK hex digits of a holder, as postings keep it."""
    return hashlib.sha256(holder.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def step_of(holders: int) -> int:
    """Returns how many doublings make so many holders: 0 for one, 1 for two or three, 7 for MOST and more."""
    return max(0, min(holders, MOST).bit_length() - 1)


def entry_of(record: LinkRecord) -> str:
    """Returns what a record's register lists: its name, with the postcode or the address; "" for what is not
    counted."""
    if not record.source_id or not comparable(record) or not names_organization(record):
        return ""
    return f"{name_key(record.name)}|{record.parsed_address().postcode or place_key(record)}"


class Register(NamedTuple):
    """A sample of what a register lists. thinned: an entry is in the sample if so many of its mark's low bits are 0;
    rows: mark of each entry in the sample -> how many rows list it."""

    thinned: int = 0
    rows: Mapping[str, int] = {}

    def with_rows(self, marks: Iterable[str]) -> Register:
        """Returns the sample with further rows: the same in whatever order they come."""
        thinned, rows = self.thinned, dict(self.rows)
        for mark in marks:
            if _is_in(mark, thinned):
                rows[mark] = rows.get(mark, 0) + 1
        while len(rows) > SAMPLED:
            thinned += 1
            rows = {mark: count for mark, count in rows.items() if _is_in(mark, thinned)}
        return Register(thinned, rows)

    @property
    def lists_once(self) -> bool:
        """True where so few of many rows list again what another row lists that two names are two things."""
        rows = sum(self.rows.values())
        return rows >= LEAST_ROWS and rows - len(self.rows) <= MOST_AGAIN * rows


def _is_in(mark: str, thinned: int) -> bool:
    return not int(mark, 16) & ((1 << thinned) - 1)


class Commonness:
    """Of everything counted in the records, how many hold it, in doublings; and which registers list a thing once."""

    def __init__(
        self,
        records: Iterable[LinkRecord] = (),
        known: Mapping[str, int] | None = None,
        once: Collection[str] | None = None,
    ) -> None:
        """known: counts that stand for those of the records, where not all records are given; once: sources that list
        things once, likewise."""
        holders: dict[str, set[str]] = {}
        entries: dict[str, list[str]] = {}
        for record in records:
            for what, holder in counted(record):
                found = holders.get(what)
                if found is None:
                    holders[what] = {holder}
                elif len(found) < MOST:
                    found.add(holder)
            if once is None and (entry := entry_of(record)):
                entries.setdefault(record.source_id, []).append(entry)
        self._steps = {what: step_of(len(found)) for what, found in holders.items() if len(found) > 1}
        if known:
            self._steps.update((what, step_of(count)) for what, count in known.items())
        prefix = len(WORD) + 1
        self.usual = frozenset(
            what[prefix:] for what, step in self._steps.items() if step >= _MOST_STEP and what[0] == WORD
        )
        """The words that MOST names or more hold: they say nothing."""
        listing = (source for source, told in entries.items()
                   if len(told) >= LEAST_ROWS and Register().with_rows(map(mark_of, told)).lists_once)  # fmt: skip
        self._once = frozenset(listing if once is None else once)

    @property
    def once(self) -> frozenset[str]:
        """The registers that hardly ever list a thing again."""
        return self._once

    def step(self, kind: str, what: str) -> int:
        """Returns the doublings of a word, name, address or postcode; 0 for what one holder has, or none."""
        return self._steps.get(f"{kind}|{what}", 0)

    def lists_once(self, source_id: str) -> bool:
        """True where a register hardly ever lists a thing again: what it lists under two names is two."""
        return source_id in self._once


NOT_COUNTED = Commonness()
"""What is known where no records are at hand."""
