"""What is signed of a record: everything that linking reads of it, as the index gives it back.

The app's handler has the key and nobody else. Who asks it for a signature or about one sends a digest of the record, so
that texts and identifiers do not travel twice.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Union

from minerva.records.model import SIGNATURE, Record, epoch_s

FIELDS = ("record_id", "record_type", "source_id", "name", "address", "city", "region", "postcode", "sketch", "style",
          "geo", "span")  # fmt: skip
"""Beside identifiers and time; the institution is signed by the handler."""
_ESCAPED = re.compile("[\x00-\x1f\ufffe\uffff]")


class Signed(NamedTuple):
    """A digest with the handler's mark on it, and the time (epoch seconds) that the digest covers."""

    digest: str
    mark: str
    time: int


def digest_of(record: Record) -> str:
    """The digest of a record as it will be indexed."""
    event = record.to_dict()
    key = event["key"]
    assert isinstance(key, dict)
    return _digest({**key, "source_id": record.source_id}, record.identifiers, epoch_s(record.observed_time))


def with_mark(record: Record, mark: str) -> Record:
    """The record with the handler's mark on its digest."""
    return record.signed_with(f"{mark}.{epoch_s(record.observed_time)}")


def signed_row(row: Mapping[str, Any]) -> Union[Signed, None]:
    """What a row of a search says to be signed, None where it holds no signature, or a field of a record twice."""
    signature = row.get("signature")
    found = SIGNATURE.fullmatch(signature) if isinstance(signature, str) else None
    if found is None or any(isinstance(row.get(name), (list, tuple)) for name in FIELDS):
        return None
    identifiers = row.get("identifier") or ()
    held = (identifiers,) if isinstance(identifiers, str) else identifiers
    time = int(found["time"])
    return Signed(_digest(row, held, time), found["mark"], time)


def _digest(fields: Mapping[str, Any], identifiers: Iterable[str], time: int) -> str:
    told = [fields.get(name) or "" for name in FIELDS]
    held = {*identifiers}
    if not "".join([*told, *held]).isprintable():  # as nearly none
        told, held = [*map(_indexed, told)], {*map(_indexed, held)}
    # No value holds the separator, which is a control character.
    text = "\x1f".join([str(time), *told, *sorted(held)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _indexed(value: str) -> str:
    """A value as an index-time transform takes it from JSON text: control characters stay escapes."""
    return _ESCAPED.sub(lambda found: json.dumps(found[0])[1:-1], value)
