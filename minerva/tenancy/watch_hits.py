"""A watch-list alert without Splunk: the payload and result file of the alert to handler requests."""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator, Mapping
from typing import Any

PAGE = 1000
_COLUMNS = ("identifier", "records", "last_seen", "note", "watch_id", "entity_id", "label", "refresh", "size", "upto")


class AlertError(ValueError):
    """The alert cannot be carried out; the message says what is missing."""


def requests_of(alert: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Bodies of `alert` requests, at most 1000 hits each. Raises AlertError."""
    tenant = str((alert.get("configuration") or {}).get("tenant") or "")
    if not tenant:
        raise AlertError("the alert's parameter 'tenant' is empty")
    hits = []
    for row in _rows(alert):
        if row.get("tenant_id", tenant) != tenant:
            raise AlertError("a result row belongs to another tenant than the alert")
        if not row.get("identifier") and not row.get("watch_id"):
            raise AlertError("a result row has no identifier: the alert's search must give one row per identifier")
        hit: dict[str, Any] = {name: row[name] for name in _COLUMNS if row.get(name)}
        if row.get("record_ids"):
            hit["record_ids"] = str(row["record_ids"]).split()
        hits.append(hit)
    for at in range(0, len(hits), PAGE):
        yield {"tenant_id": tenant, "hits": hits[at : at + PAGE]}


def _rows(alert: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """The result rows: of the results file, or the one row of the payload where there is no file."""
    path = alert.get("results_file")
    if not path:
        if isinstance(alert.get("result"), Mapping):
            yield alert["result"]
        return
    csv.field_size_limit(sys.maxsize)
    with gzip.open(str(path), "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
