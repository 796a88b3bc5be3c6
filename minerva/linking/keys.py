"""What couples two records in linking, as texts: records that share none of these keys never depend on each other.

The first letter says what a key is. j: an identifier that joins; l: one of a place, which joins with an address; a, z,
c, n, p, q: blocks of records that are compared (pairs.py, people.py); s: a full name, w: a contact, whose spread over
cities and addresses weighs in comparisons.
"""

from __future__ import annotations

from collections.abc import Iterator

from minerva.linking.cluster import is_place
from minerva.linking.model import PLACE_TYPES, LinkRecord, Options
from minerva.linking.pairs import SHARED_AT, block_keys, comparable
from minerva.linking.people import CROWDED, FEW, part_key, parts_of, person_of, word_key
from minerva.linking.strength import joins_alone
from minerva.names.romanize import sound

COMPARED = "aznpqc"
MOST_NAMESAKES = 5000


def keys_of(record: LinkRecord) -> Iterator[str]:
    """Yields the keys of a record, some perhaps twice."""
    alone = [value for value in record.identifiers if joins_alone(value)]
    if not is_place(record):
        yield from (f"j:{value}" for value in alone)
    elif record.record_type not in PLACE_TYPES:
        yield from (f"l:{value}" for value in alone)
    if comparable(record):
        yield from block_keys(record)
        if record.parsed_address().key is not None:
            yield from (f"w:{value}" for value in record.identifiers)
    words, city = person_of(record), record.city.casefold()
    if words:
        yield f"s:{' '.join(sorted(words))}"
        for word in {sound(each) for each in words if len(each) > 2}:
            yield word_key(word, city)
            yield from (part_key(word, city, part) for part in parts_of(word, words))


def most_of(key: str, options: Options) -> int:
    """Returns up to how many records the holders of a key matter one by one. What more records hold is a hub (j), is
    compared with nothing (blocks), or is known to be spread (w)."""
    kind = key[0]
    if kind in "jl":
        return options.hub_degree
    if kind == "p":
        return FEW
    if kind == "q":
        return CROWDED - 1
    if kind == "s":
        return MOST_NAMESAKES
    return SHARED_AT if kind == "w" else options.block_size
