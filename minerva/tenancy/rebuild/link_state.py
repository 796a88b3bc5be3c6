"""How what linking needs of earlier records lies in the store: a record as a list, postings in buckets of many keys.

A bucket is one document, so that a key costs no document of its own; it holds few keys, since a change reads and
writes it whole. All keys of an identifier lie in one bucket, which is read for all of them. Keys hold names and
identifiers and are stored as hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from minerva.linking.model import LinkRecord, Options
from minerva.linking.updates.keys import OF_IDENTIFIERS
from minerva.linking.updates.postings import Posting

FORM = 7
"""Raise it when keys.py, a record's list or a bucket changes: stored state of another form is linked anew."""
KEYS_PER_BUCKET = 6
MOST_BUCKETS = 1 << 22

Bucket = dict[str, Any]
"""Hash of a key -> its record ids, or {"r": record ids, "o": 1 if over, "h": 1 if a hub, "f", "a", and "j" judged, "n"
since, "c" places: see `Posting`}; what is nothing is left out."""


def form_of(options: Options) -> str:
    """Returns a text that changes when stored postings cannot be used any more."""
    return f"{FORM}:{options!r}"


def packed(record: LinkRecord) -> list[Any]:
    """Returns a record without its id and text as a JSON list."""
    return [*record[1:3], list(record.identifiers), *record[4:10]]


def unpacked(record_id: str, row: Sequence[Any]) -> LinkRecord:
    """Returns the record of a stored list."""
    return LinkRecord(record_id, row[0], row[1], tuple(row[2]), *row[3:])


def time_of(row: Sequence[Any] | None) -> int | None:
    """Returns the time of a stored list in epoch seconds, or None where it is not known."""
    return (row[8] or None) if row else None


def mark_of(row: Sequence[Any]) -> str:
    """Returns 8 hex digits that change with the list."""
    return _digest(row)[:8]


def hash_of(key: str) -> str:
    """Returns 16 hex digits of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def bucket_of(key: str, buckets: int) -> int:
    """Returns the bucket of a key among `buckets`, a power of two."""
    shelf = key[2:] if key[0] in OF_IDENTIFIERS else key
    return int(hash_of(shelf)[:8], 16) % buckets


def buckets_for(keys: int) -> int:
    """Returns the number of buckets for so many keys."""
    wanted = 1
    while wanted * KEYS_PER_BUCKET < keys and wanted < MOST_BUCKETS:
        wanted *= 2
    return wanted


def to_value(held: Posting) -> Any:
    """Returns a posting as it stands in a bucket."""
    marks = zip("ohfajnc", (*map(int, held[1:7]), list(held.places)))
    value: dict[str, Any] = {name: mark for name, mark in marks if mark}
    return {"r": list(held.records), **value} if value else list(held.records)


def from_value(value: Any) -> Posting:
    """Returns the posting of a value."""
    if isinstance(value, list):
        return Posting(tuple(value))
    over, hub, few, apart = (bool(value.get(mark)) for mark in "ohfa")
    places = tuple(value.get("c", ()))
    return Posting(tuple(value["r"]), over, hub, few, apart, value.get("j", 0), value.get("n", 0), places)


def put(bucket: Bucket, key_hash: str, held: Posting) -> None:
    """Writes a posting into a bucket; one that says nothing is left out."""
    if held.records or held.over or held.hub:
        bucket[key_hash] = to_value(held)
    else:
        bucket.pop(key_hash, None)


def without(bucket: Mapping[str, Any], gone: Collection[str]) -> Bucket:
    """Returns a bucket in which no posting names any of these records."""
    left: Bucket = {}
    for key_hash, value in bucket.items():
        held = from_value(value)
        kept = tuple(each for each in held.records if each not in gone)
        if len(kept) == len(held.records):
            left[key_hash] = value
        else:
            put(left, key_hash, held._replace(records=kept))
    return left


def named_in(buckets: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yields the ids of the records that buckets name, some perhaps twice."""
    for bucket in buckets:
        for value in bucket.values():
            yield from from_value(value).records


def filled(postings: Iterable[tuple[str, Posting]]) -> tuple[int, Iterator[tuple[int, Bucket]]]:
    """Returns (number of buckets, the buckets that hold anything) of all postings."""
    values = dict(postings)
    number = buckets_for(len(values))
    found: dict[int, list[str]] = {}
    for key in values:
        found.setdefault(bucket_of(key, number), []).append(key)
    return number, ((each, _bucket(found[each], values)) for each in sorted(found))


def _bucket(keys: Iterable[str], values: Mapping[str, Posting]) -> Bucket:
    bucket: Bucket = {}
    for key_hash, key in sorted((hash_of(key), key) for key in keys):
        put(bucket, key_hash, values[key])
    return bucket


def bucket_digest(keys: Mapping[str, Any]) -> str:
    """Returns 16 hex digits that change with what a bucket holds."""
    return _digest(sorted(keys.items()))[:16]


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
