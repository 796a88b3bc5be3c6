"""Records that come under one id with different content: what counts of them, and in what they differ.

They count as one record that holds what each of them holds: all identifiers, and of each other field the first by the
order of characters, as `values()` of a search gives it. The order in which they come never matters. In what they differ
is kept as marks `differs:<field>` among the identifiers, which join and compare nothing, so that the entity can name it
for as long as the record stands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from minerva.linking.model import DIFFERS, MARKS, ONE_OF_EACH, SKETCH, LinkRecord

RULE = "all their identifiers count, and of each other field the first in the order of characters"
_OWN_ID = re.compile(r"[0-9a-f]{32}")


def as_one(records: Sequence[LinkRecord]) -> Sequence[LinkRecord]:
    """Returns the records, those of one id as one, where the first of them stood."""
    if len(set(map(attrgetter("record_id"), records))) == len(records):
        return records
    found: dict[str, LinkRecord] = {}
    for record in records:
        known = found.get(record.record_id)
        found[record.record_id] = record if known is None else together(known, record)
    return list(found.values())


def together(a: LinkRecord, b: LinkRecord) -> LinkRecord:
    """Returns the one record that two of one id count as."""
    if a == b:
        return a
    marks = {f"{DIFFERS}{name}" for name in (*a.differing, *b.differing, *differences(a, b))}
    for mark in MARKS:
        marks.update(sorted({*_marks(a, mark), *_marks(b, mark)})[:1])
    fields = {name: min(filter(None, (getattr(a, name), getattr(b, name))), default="") for name in ONE_OF_EACH}
    return a._replace(
        **fields,
        identifiers=tuple(sorted({*a.contacts, *b.contacts, *marks})),
        time=min(filter(None, (a.time, b.time)), default=0),
    )


def differences(a: LinkRecord, b: LinkRecord) -> list[str]:
    """Returns the fields of which both tell something, and not the same. A time is when a record was read, and no
    content."""
    pairs = [(name, getattr(a, name), getattr(b, name)) for name in ONE_OF_EACH]
    found = [name for name, one, other in pairs if one and other and one != other]
    if a.contacts and b.contacts and {*a.contacts} != {*b.contacts}:
        found.append("identifiers")
    sketches = [_marks(each, SKETCH) for each in (a, b)]
    if all(sketches) and sketches[0] != sketches[1] and "text" not in found:
        found.append("text")
    return found


def against(given: Mapping[str, LinkRecord], stored: Iterable[LinkRecord]) -> dict[str, list[str]]:
    """Returns record_id -> fields of which a stored record tells otherwise than the given one, and does not say so."""
    found = {}
    for record in stored:
        other = given.get(record.record_id)
        fields = [name for name in differences(record, other) if name not in record.differing] if other else []
        if fields:
            found[record.record_id] = fields
    return found


def sentence(found: Mapping[str, Sequence[str]], content: str = "different content", most: int = 3) -> str:
    """Returns e.g. "2 record ids came with different content: a1 (name, city), b7 (identifiers)"."""
    shown = [f"{record_id} ({', '.join(fields)})" for record_id, fields in sorted(found.items())[:most]]
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return f"{len(found)} record id{'s' if len(found) > 1 else ''} came with {content}: {', '.join(shown)}{more}"


def loggable(record_id: str) -> str:
    """Returns an id as it may stand in a message or a log: Minerva's own are hashes, others' may say anything."""
    if _OWN_ID.fullmatch(record_id):
        return record_id
    return f"sha256-{hashlib.sha256(record_id.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _marks(record: LinkRecord, mark: str) -> list[str]:
    return [value for value in record.identifiers if value.startswith(mark)]
