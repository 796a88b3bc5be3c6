"""Preview: the records that a source's facts make of a sample, row by row, as a run would, and what they refuse."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from minerva.intake.errors import MappingError
from minerva.intake.facts.source import Source
from minerva.intake.mapping.mapper import Mapper
from minerva.intake.rows import Row
from minerva.records import RecordError

SHOWN = 25
SECONDS = 1.0
"""After so long no further row is tried: a person waits, and the first rows tell what they wait for."""
_WORDS = {
    "key": "a column of the key is empty in this row",
    "same_key": "an earlier row of the sample is the same record: same key, same content",
    "observed_time": "its time cannot be read in the formats given",
    "columns": "it has too many columns",
    "not_object": "it is no object with named values",
    "media": "a cell holds an image or another file, which is never stored",
    "record_too_large": "it is longer than an event may be",
    "identifiers": "an identifier in it cannot be stored",
}


def words_of(code: str) -> str:
    """A refusal in words; of a code that has none, the code."""
    if code.startswith("record_"):
        return _WORDS.get(code) or f"its {code.partition('_')[2].replace('_', ' ')} cannot be stored"
    return _WORDS.get(code) or code.replace("_", " ")


def preview(
    source: Source, rows: Sequence[Row], now: datetime, clock: Callable[[], float] = time.monotonic
) -> dict[str, Any]:
    """{read, left, made, refused, records, refusals, unknown_columns, identifiers}: counts of the rows that were tried,
    how many were left for want of time, and SHOWN records."""
    end = 0.0
    tried = 0
    mapper = Mapper(source, "preview")
    records: list[dict[str, Any]] = []
    refusals: list[dict[str, str]] = []
    kinds: Counter[str] = Counter()
    seen: set[str] = set()
    made = 0
    for row in rows:
        if tried == 1:
            end = clock() + SECONDS  # the first row loads what reads them all
        if tried and clock() >= end:
            break
        tried += 1
        code = row.fault
        if row.columns is not None and not code:
            try:
                record = mapper.map_row(row.columns, now).finish()
                code = "same_key" if record.record_id in seen else ""
            except MappingError as error:
                code = error.code
            except RecordError as error:
                code = f"record_{error.key}"
        if code:
            refusals.append({"place": row.place, "code": code, "words": words_of(code)})
            continue
        seen.add(record.record_id)
        made += 1
        kinds.update(item.identifier.partition(":")[0] for item in record.evidence)
        if len(records) < SHOWN:
            records.append({"place": row.place, **_shown(json.loads(record.to_json()))})
    return {
        "read": tried,
        "left": len(rows) - tried,
        "made": made,
        "refused": len(refusals),
        "records": records,
        "refusals": refusals[:SHOWN],
        "unknown_columns": dict(mapper.leftovers.most_common(SHOWN)),
        "identifiers": dict(kinds),
    }


def _shown(event: Mapping[str, Any]) -> dict[str, Any]:
    key = event.get("key", {})
    return {
        "title": event.get("title", ""),
        "name": key.get("name", ""),
        "place_name": ", ".join(
            str(text) for text in (key.get("address"), key.get("city"), key.get("region"), key.get("postcode")) if text
        ),
        "country": event.get("country", ""),
        "time": event.get("observed_time", ""),
        "source_key": event.get("source_key", ""),
        "url": event.get("url", ""),
        "text": str(event.get("text", ""))[:300],
        "attributes": event.get("attributes", {}),
        "identifiers": [item.get("identifier", "") for item in event.get("evidence", [])],
    }
