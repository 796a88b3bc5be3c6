"""What the API needs beside a Store: its own collections, the key, the limits, and the writer of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Callable

from minerva.documents import Collection
from minerva.partner.limits import Claims, Limits
from minerva.records import Record
from minerva.tenancy.asking import Store

RecordWriter = Callable[[str, Sequence[Record]], None]
"""(index, records): writes each as an event of its source type."""
COLLECTIONS = ("api_limits", "api_answers", "submissions")


@dataclass(frozen=True)
class Desk:
    """`collections` by the short names of COLLECTIONS; `key` signs cursors and hides names; `limits` by tenant id.

    `claims` is the memory of this process: what it has already taken of its callers' limits.
    """

    store: Store
    collections: Mapping[str, Collection]
    key: bytes
    write_records: RecordWriter
    limits: Mapping[str, Limits] = field(default_factory=dict)
    claims: Claims = field(default_factory=dict)
