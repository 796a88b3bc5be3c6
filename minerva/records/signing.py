"""What is signed of a record: its whole event line, and beside it what linking reads, as the index gives it back.

The app's handler has the key and nobody else. Who asks it for a signature or about one sends a digest of the record, so
that texts and identifiers do not travel twice.

Signatures of before cover what linking reads alone; they say so by naming no content.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Union

from minerva.records.kinds import RECORD_TYPES
from minerva.records.model import MAX_EVENT_BYTES, SIGNATURE, Record, epoch_s, event_json

FIELDS = ("record_id", "record_type", "source_id", "name", "address", "city", "region", "postcode", "sketch", "style",
          "geo", "span")  # fmt: skip
"""Beside identifiers, time and content; the institution is signed by the handler."""
_LATER = ("span",)
"""What signatures that cover no content do not cover either: records signed so have none."""
_ESCAPED = re.compile("[\x00-\x1f\ufffe\uffff]")


class Signed(NamedTuple):
    """A digest with the handler's mark on it, the time (epoch seconds) that the digest covers, and whether it covers
    the whole event."""

    digest: str
    mark: str
    time: int
    whole: bool


class SignedText(NamedTuple):
    """The event of a text as Minerva writes it, its institution, and what is signed of it."""

    event: dict[str, Any]
    tenant_id: str
    signed: Signed


def digest_of(record: Record) -> str:
    """The digest of a record as it will be indexed."""
    event = record.to_dict()
    key = event["key"]
    assert isinstance(key, dict)
    fields = {**key, "source_id": record.source_id}
    return _digest(fields, record.identifiers, epoch_s(record.observed_time), record.content)


def with_mark(record: Record, mark: str) -> Record:
    """The record with the handler's mark on its digest."""
    return record.signed_with(f"{mark}.{epoch_s(record.observed_time)}.{record.content}")


def signed_row(row: Mapping[str, Any]) -> Union[Signed, None]:
    """What a row of a search says to be signed, None where it holds no signature, or a field of a record twice."""
    signature = row.get("signature")
    found = SIGNATURE.fullmatch(signature) if isinstance(signature, str) else None
    if found is None or any(isinstance(row.get(name), (list, tuple)) for name in FIELDS):
        return None
    identifiers = row.get("identifier") or ()
    held = (identifiers,) if isinstance(identifiers, str) else identifiers
    return _signed(found, row, held)


def signed_text(text: str) -> Union[SignedText, None]:
    """What the text of an event says to be signed. None for all that Minerva would not have written so: a key that
    stands twice or elsewhere, a blank, a letter written otherwise, another content than the signature names."""
    if len(text) > MAX_EVENT_BYTES:
        return None
    try:
        event = json.loads(text)
        if not isinstance(event, dict) or event_json(event) != text:  # a key that stands twice is gone from the event
            return None
        key, evidence = event["key"], event.get("evidence", [])
        found = SIGNATURE.fullmatch(key["signature"])
        if (
            found is None
            or key["record_type"] not in RECORD_TYPES
            or not all(type(each) is str for each in key.values())
        ):
            return None
        if found["content"] is not None and found["content"] != _content(text, key):
            return None
        if epoch_s(event["observed_time"]) != int(found["time"]):
            return None
        identifiers = dict.fromkeys(item["identifier"] for item in evidence)
        fields = {**key, "source_id": event["source_id"]}
        signed = _signed(found, fields, identifiers)
        return None if signed is None else SignedText(event, key["tenant_id"], signed)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def row_of(read: SignedText) -> dict[str, Any]:
    """The row that a linking search gives of a text."""
    fields = {**read.event["key"], "source_id": read.event["source_id"]}
    row: dict[str, Any] = {name: _indexed(fields[name]) for name in FIELDS if fields.get(name)}
    held = sorted({_indexed(item["identifier"]) for item in read.event.get("evidence", ())})
    return {**row, "identifier": held[0] if len(held) == 1 else held, "signature": fields["signature"]}


def _content(text: str, key: Mapping[str, str]) -> str:
    """SHA-256 of an event's line without the signature, which stands last in its key."""
    bare = event_json({name: value for name, value in key.items() if name != "signature"})
    line = f'{{"key":{bare}{text[len(event_json(key)) + 7 :]}'
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()


def _signed(found: re.Match[str], fields: Mapping[str, Any], identifiers: Iterable[str]) -> Union[Signed, None]:
    time, content = int(found["time"]), found["content"] or ""
    if not content and any(fields.get(name) for name in _LATER):
        return None
    return Signed(_digest(fields, identifiers, time, content), found["mark"], time, bool(content))


def _digest(fields: Mapping[str, Any], identifiers: Iterable[str], time: int, content: str) -> str:
    told = [fields.get(name) or "" for name in FIELDS if content or name not in _LATER]
    held = {*identifiers}
    if not "".join([*told, *held]).isprintable():  # as nearly none
        told, held = [*map(_indexed, told)], {*map(_indexed, held)}
    # No value holds the separator, which is a control character. A content is longer than any time.
    text = "\x1f".join([*([content] if content else []), str(time), *told, *sorted(held)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _indexed(value: str) -> str:
    """A value as an index-time transform takes it from JSON text: control characters stay escapes."""
    return _ESCAPED.sub(lambda found: json.dumps(found[0])[1:-1], value)
