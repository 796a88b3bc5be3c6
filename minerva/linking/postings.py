"""Which records hold a key of keys.py: what a later, small change needs to find the records it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from minerva.linking.keys import keys_of, most_of
from minerva.linking.model import Hub, LinkRecord, Options


class Posting(NamedTuple):
    """records: those that hold the key; none when there are more than `most_of` (over). For a contact (w) one for each
    address, for a word in a city (p) one for each name and a few more. hub: an identifier that joins nothing, since
    strangers share it; few: a hub too, of so few records that they are looked at together all the same; apart: the
    names of the hub's records share no word."""

    records: tuple[str, ...] = ()
    over: bool = False
    hub: bool = False
    few: bool = False
    apart: bool = False

    def judged(self, hub: Hub | None, options: Options) -> Posting:
        """Returns the posting of an identifier that is, or is not, a hub."""
        large = cut(hub, options)
        return self._replace(hub=large, few=hub is not None and not large, apart=hub is not None and hub.names_apart)


NOBODY = Posting()


class Stored(Protocol):
    """What an earlier link left behind; every answer leaves out what is not there."""

    def records(self, ids: Sequence[str]) -> Mapping[str, tuple[LinkRecord, str]]:
        """Record id -> (record, its entity)."""

    def entities(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Entity id -> its record ids."""

    def postings(self, keys: Sequence[str]) -> Mapping[str, Posting]:
        """Key -> who holds it."""


def cut(hub: Hub | None, options: Options) -> bool:
    """True for a hub in so many records that it was one from the first look on: nothing passes through it."""
    return hub is not None and hub.degree >= options.suspect_degree


def added(
    key: str, held: Posting, more: Sequence[LinkRecord], rows: Mapping[str, LinkRecord], opts: Options
) -> Posting:
    """Returns a posting with further records. rows: the records that `held` names."""
    if held.over:
        return held
    if key[0] == "w":
        spread = {rows[each].parsed_address().key: each for each in held.records}
        for record in more:
            if len(spread) < most_of(key, opts):
                spread.setdefault(record.parsed_address().key, record.record_id)
        return Posting(tuple(spread.values()))
    if key[0] == "p":
        return _added_names(held, more, rows, most_of(key, opts))
    ids = (*held.records, *(record.record_id for record in more))
    return held._replace(records=(), over=True) if len(ids) > most_of(key, opts) else held._replace(records=ids)


def _added_names(held: Posting, more: Sequence[LinkRecord], rows: Mapping[str, LinkRecord], most: int) -> Posting:
    """Returns the posting of a word in a city: over when records bear more than `most` names with it."""
    ids, names = [*held.records], {rows[each].name for each in held.records}
    for record in more:
        if record.name not in names or len(ids) <= most:
            ids.append(record.record_id)
            names.add(record.name)
            if len(names) > most:
                return Posting((), True)
    return Posting(tuple(ids))


def postings_of(
    records: Iterable[LinkRecord], hubs: Mapping[str, Hub], options: Options
) -> Iterator[tuple[str, Posting]]:
    """Yields the postings of all records, as a rebuild leaves them."""
    rows = {record.record_id: record for record in records}
    holders: dict[str, list[str]] = {}
    for record in rows.values():
        for key in set(keys_of(record)):
            holders.setdefault(key, []).append(record.record_id)
    for key, ids in holders.items():
        held = NOBODY.judged(hubs.get(key[2:]), options) if key[0] == "j" else NOBODY
        yield key, added(key, held, [rows[each] for each in ids], rows, options)
