"""Command line of linking: JSON lines of records in, one `{record_id, entity_id, reasons}` line per record out.

    python -m minerva.linking < records.jsonl

A record has record_id, source_id and any of name, address, city, region, postcode, record_type, phone, email, username,
url, text, identifiers (list of kind:value), time (epoch seconds); absent, null and empty are the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from minerva.linking.model import Join
from minerva.linking.resolve import resolve
from minerva.records import Column, identify

_COLUMNS = ("phone", "email", "username", "url")
_TENANT = "local"


def answer(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yields one answer per input line; a line that is no record gets `entity_id: null` and `error`."""
    read = [_read(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    resolution = resolve((row for row, _ in read if row), {}, _TENANT)
    reasons: dict[str, list[str]] = {}
    for entity in resolution.entities:
        for join in entity.joins:
            for record_id in (join.a, join.b):
                reasons.setdefault(record_id, []).append(_reason(join, record_id))
    for row, error in read:
        if error:
            yield {"record_id": row.get("record_id"), "entity_id": None, "reasons": [], "error": error}
            continue
        record_id = str(row["record_id"])
        yield {
            "record_id": record_id,
            "entity_id": resolution.members[record_id],
            "reasons": reasons.get(record_id, []),
        }


def _reason(join: Join, record_id: str) -> str:
    other = join.b if join.a == record_id else join.a
    return f"{join.rule} with {other}: {join.why} (strength {join.strength})"


def _read(line: str, number: int) -> tuple[dict[str, Any], str]:
    """Returns (row, error)."""
    try:
        given = json.loads(line)
    except ValueError:
        return {}, f"line {number}: not JSON; expected one object a line"
    if not isinstance(given, dict) or given.get("record_id") in (None, ""):
        return {}, f"line {number}: expected an object with record_id"
    row = {key: value for key, value in given.items() if value not in (None, "", [])}
    city = str(row.get("city", ""))
    columns = [Column(name, name, str(value), "") for name in _COLUMNS for value in _values(row.get(name))]
    texts = {"text": str(row["text"])} if "text" in row else {}
    found = identify(texts, columns, region=str(row.get("country") or "US"), city=city or None)
    row["identifier"] = [*_values(row.pop("identifiers", None)), *(item.identifier for item in found)]
    row["record_id"] = str(row["record_id"])
    return row, ""


def _values(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def main() -> None:
    """Reads standard input, writes standard output."""
    for item in answer(sys.stdin):
        print(json.dumps(item, ensure_ascii=False))


if __name__ == "__main__":
    main()
