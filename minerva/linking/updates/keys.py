"""What couples two records in linking, as texts: records that share none of these keys never depend on each other.

The first letter says what a key is. j: an identifier that joins; l: one of a place, which joins with an address; a,
z, c, n, b, d, e, f, h, r, p, q, x: blocks of records that are compared (pairs.py, residents.py, candidates.py); t: a
part of a text's template (templates.py); i: a picture, or a part of it (near_values.py), or the core of a user name
(handles.py); s: a full name, w: a contact, whose spread over cities, or over addresses and names, weighs in
comparisons; k: what is counted, and what a register lists (commonness.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from minerva.linking.contacts.handles import handle_keys
from minerva.linking.contacts.near_values import near_keys
from minerva.linking.held import is_place
from minerva.linking.model import PLACE_TYPES, LinkRecord, Options
from minerva.linking.people.candidates import CROWDED, MOST
from minerva.linking.people.people_names import pair_key, part_key, parts_of, person_of, sounds_of, word_key
from minerva.linking.places.bearers import comparable
from minerva.linking.places.commonness import REGISTER, counted, entry_of, house_key
from minerva.linking.places.pairs import MOST_KNOWN, block_keys, most_in
from minerva.linking.strength import joins_alone
from minerva.linking.texts.templates import keys_of_template

COMPARED = "aznbdefhrpqxcti"
DIVIDING = "qx"
"""Keys that matter where a block of a word in a city (p) is full, and have postings there alone."""
WITHOUT_ADDRESS = "ti"
"""Keys of texts and images: records that share one are compared whatever they say of names and addresses."""
OF_IDENTIFIERS = "jlwc"
"""Keys whose second part is an identifier."""
MOST_NAMESAKES = 5000


def joining_keys(record: LinkRecord) -> list[str]:
    """Returns the keys of a record that join (j, l): a twentieth of what all its keys cost."""
    kind = "" if record.record_type in PLACE_TYPES else "l" if is_place(record) else "j"
    return [f"{kind}:{value}" for value in record.shareable if joins_alone(value)] if kind else []


def keys_of(record: LinkRecord) -> Iterator[str]:
    """Yields the keys of a record, some perhaps twice."""
    yield from joining_keys(record)
    if comparable(record):
        yield from block_keys(record)
        if house_key(record):
            yield from (f"w:{value}" for value in record.shareable)
        yield from (f"k:{what}" for what, _ in counted(record))
        if entry_of(record):
            yield f"k:{REGISTER}|{record.source_id}"
    yield from keys_of_template(record)
    yield from near_keys(record)
    yield from handle_keys(record)
    words, city = person_of(record), record.city.casefold()
    if words:
        yield f"s:{' '.join(sorted(words))}"
        sounds = sounds_of(words)
        parts = {sounded: parts_of(sounded) for sounded in sounds}
        for sounded in sounds:
            yield word_key(sounded, city)
            for other in sounds - {sounded}:
                yield from (part_key(sounded, city, part) for part in parts[other])
                if sounded < other:
                    yield pair_key(sounded, other, city)


def most_of(key: str, options: Options) -> int:
    """Returns up to how many records the holders of a key matter one by one. What more records hold is a hub (j), is
    compared with nothing (blocks), in parts (p) or with whole words (q), or is known to be spread (w)."""
    kind = key[0]
    if kind in "jl":
        return options.hub_degree
    if kind in "pq":
        return CROWDED - 1
    if kind == "x":
        return MOST
    if kind in "sk":
        return MOST_NAMESAKES
    return MOST_KNOWN if kind == "w" else most_in(key, options)
