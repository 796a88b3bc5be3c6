"""Which records hold a key of keys.py: what a later, small change needs to find the records it touches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from minerva.linking.model import Hub, LinkRecord, Options
from minerva.linking.people.candidates import FEW
from minerva.linking.people.people_names import blocks_of
from minerva.linking.places.commonness import MARK, MOST, REGISTER, Register, counted, entry_of, mark_of
from minerva.linking.places.residents import FEW_CITIES
from minerva.linking.places.told import is_settled, told_of
from minerva.linking.relations import Relation
from minerva.linking.texts.templates import holder_mark
from minerva.linking.updates.keys import DIVIDING, keys_of, most_of

HELD, COUNTED = "ti", "stik"
"""Keys whose holders weigh, and those that say how many of something there are."""
DRIFT = 0.125
"""Share of a hub's holders that may be new, or stand in entities that changed, before it is judged anew."""


class Posting(NamedTuple):
    """records: those that hold the key; none when they do not matter one by one (over): more than `most_of`, of a word
    in a city (p) more than FEW names, of a full name (s) those of more than FEW_CITIES cities. For a contact (w) one
    for each name and address, until it `is_settled` (told.py). hub: an identifier that joins nothing, since
    strangers share it; few: a hub too, of so few records that they are looked at together all the same, or a bridge, or
    a name of so many records that its cities were not counted; apart: the names of the hub's records share no word.
    judged: records of a hub when it was judged; since: how many of its holders have been new since, or in entities that
    changed. places: marks of the cities of a full name, or of the holders of a template (t) or a picture (i), of which
    more than Options.text_crowd, or in more records than `most_of`, are a crowd."""

    records: tuple[str, ...] = ()
    over: bool = False
    hub: bool = False
    few: bool = False
    apart: bool = False
    judged: int = 0
    since: int = 0
    places: tuple[str, ...] = ()

    def verdict(self, hub: Hub | None, options: Options) -> Posting:
        """Returns the posting of an identifier that has been judged, and is, or is not, a hub."""
        large = cut(hub, options)
        return self._replace(
            hub=large,
            few=hub is not None and not large,
            apart=hub is not None and hub.names_apart and not self.over,
            judged=hub.degree if hub is not None and large and not self.over else 0,
            since=0,
        )

    def stands(self, touched: int, drift: float) -> bool:
        """True when the verdict on a hub still holds though `touched` more of its holders have changed."""
        return self.hub and (self.over or self.since + touched <= self.judged * drift)


NOBODY = Posting()


class Stored(Protocol):
    """What an earlier link left behind; every answer leaves out what is not there."""

    def records(self, ids: Sequence[str]) -> Mapping[str, tuple[LinkRecord, str]]:
        """Record id -> (record, its entity)."""

    def entities(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Entity id -> its record ids."""

    def relations(self, ids: Sequence[str]) -> Mapping[str, Sequence[Relation]]:
        """Entity id -> its relations to others, of entities that were asked for before."""

    def postings(self, keys: Sequence[str]) -> Mapping[str, Posting]:
        """Key -> who holds it."""


def cut(hub: Hub | None, options: Options) -> bool:
    """True for a hub in so many records that it was one from the first look on: nothing passes through it. What a
    bridge links is looked at together always, as the verdict depends on both sides."""
    return hub is not None and hub.degree >= options.suspect_degree and not hub.bridge


def place_of(record: LinkRecord) -> str:
    """Returns 8 hex digits of a record's city."""
    return hashlib.sha256(record.city.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8]


def places_of(key: str, records: Iterable[LinkRecord]) -> tuple[str, ...]:
    """Returns the sorted marks of the cities of a full name's records (s), of a template's or picture's holders, or of
    the holders of what is counted (k)."""
    if key[0] == "k":
        return tuple(sorted({mark_of(holder) for each in records for what, holder in counted(each) if what == key[2:]}))
    return tuple(sorted(set(map(holder_mark if key[0] in HELD else place_of, records))))


def is_register(key: str) -> bool:
    """True for the key of a register, whose posting holds a sample of what it lists and no records."""
    return key.startswith(f"k:{REGISTER}|")


def register_of(held: Posting) -> Register:
    """Returns the sample that a register's posting holds."""
    return Register(held.judged, {each[:MARK]: int(each[MARK:], 16) for each in held.places})


def added(
    key: str, held: Posting, more: Sequence[LinkRecord], rows: Mapping[str, LinkRecord], opts: Options
) -> Posting:
    """Returns a posting with further records. rows: the records that `held` names; not needed for a name (s)."""
    if is_register(key):
        register = register_of(held).with_rows(mark_of(entry_of(record)) for record in more)
        sample = sorted(f"{mark}{rows:x}" for mark, rows in register.rows.items())
        return Posting(over=True, judged=register.thinned, places=tuple(sample))
    if held.over:
        return held
    if key[0] == "w":
        told = {told_of(rows[each]): each for each in held.records}
        for record in more:
            if is_settled(told, most_of(key, opts)):
                break
            told.setdefault(told_of(record), record.record_id)
        return Posting(tuple(told.values()))
    ids = (*held.records, *(record.record_id for record in more))
    if key[0] == "s":
        places = {*held.places, *places_of(key, more)}
        if len(places) > FEW_CITIES:
            return Posting(over=True)
        if len(ids) > most_of(key, opts):
            return Posting(over=True, few=True)
        return Posting(ids, places=tuple(sorted(places)))
    over = len(ids) > most_of(key, opts)
    if key[0] == "k":
        places = {*held.places, *places_of(key, more)}
        if over or len(places) >= MOST:
            return Posting(over=True, few=len(places) < MOST)
        return Posting(ids, places=tuple(sorted(places)))
    if key[0] in HELD:
        places = {*held.places, *places_of(key, more)}
        if over or len(places) >= opts.text_crowd:
            return Posting(over=True)
        return Posting(ids, places=tuple(sorted(places)))
    if key[0] == "p" and not over and len(ids) > FEW:
        over = len({rows[each].name for each in held.records} | {record.name for record in more}) > FEW
    if not over:
        return held._replace(records=ids)
    return Posting(over=True, hub=key[0] == "j")


def postings_of(
    records: Iterable[LinkRecord], hubs: Mapping[str, Hub], options: Options
) -> Iterator[tuple[str, Posting]]:
    """Yields the postings of all records, as a rebuild leaves them."""
    rows = {record.record_id: record for record in records}
    holders: dict[str, list[str]] = {}
    for record in rows.values():
        for key in set(keys_of(record)):
            holders.setdefault(key, []).append(record.record_id)
    full: set[str] = set()
    for divided in (False, True):
        for key, ids in holders.items():
            if (key[0] in DIVIDING) != divided or (divided and full.isdisjoint(blocks_of(key))):
                continue
            held = NOBODY.verdict(hubs.get(key[2:]), options) if key[0] == "j" else NOBODY
            found = added(key, held, [rows[each] for each in ids], rows, options)
            if key[0] == "p" and found.over:
                full.add(key)
            yield key, found
