"""Bodies of the event collector: a run of JSON objects, or raw text, made into events for the store."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from understudy.storage.events import RawEvent

_TEXTS = ("host", "source", "sourcetype", "index")
SOURCETYPE = "httpevent"
"""Source type of an event that names none."""


class Refusal(Exception):
    """One answer of the collector that is no success. number: index of the first invalid event, from 0."""

    def __init__(self, status: int, code: int, text: str, number: int | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.code = code
        self.text = text
        self.number = number


def parse_events(
    body: bytes, defaults: Mapping[str, str], indexes: frozenset[str], now: float, query: Mapping[str, str]
) -> tuple[list[RawEvent], Refusal | None]:
    """Returns the events up to the first invalid one, and the refusal of that one. Raises Refusal for no data."""
    extract = query.get("auto_extract_timestamp", "").lower() in ("true", "1")
    events: list[RawEvent] = []
    try:
        for number, document in enumerate(_documents(body)):
            events.append(_event(document, defaults, indexes, None if extract else now, number))
    except Refusal as refusal:
        if not events and refusal.code == 5:
            raise
        return events, refusal
    return events, None


def raw_event(body: bytes, defaults: Mapping[str, str], indexes: frozenset[str]) -> RawEvent:
    """Returns the body as a stream that the source type's line breaking cuts. Raises Refusal."""
    if not body.strip():
        raise Refusal(400, 5, "No data")
    if defaults["index"] not in indexes:
        raise Refusal(400, 7, "Incorrect index", 0)
    return RawEvent(
        raw=body.decode("utf-8", "replace"),
        index=defaults["index"],
        host=defaults["host"],
        source=defaults["source"],
        sourcetype=defaults.get("sourcetype", SOURCETYPE),
        time=_time(defaults.get("time"), 0),
        unbroken=False,
    )


def _documents(body: bytes) -> Iterator[Any]:
    """Yields the JSON values that stand one after the other, with or without white space between."""
    text = body.decode("utf-8", "replace")
    decoder = json.JSONDecoder()
    position, number, end = 0, 0, len(text.rstrip())
    if end == 0:
        raise Refusal(400, 5, "No data")
    while True:
        while position < end and text[position].isspace():
            position += 1
        if position >= end:
            return
        try:
            document, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            raise Refusal(400, 6, "Invalid data format", number) from None
        yield document
        number += 1


def _event(
    document: Any, defaults: Mapping[str, str], indexes: frozenset[str], now: float | None, number: int
) -> RawEvent:
    if not isinstance(document, dict):
        raise Refusal(400, 6, "Invalid data format", number)
    if document.get("event") is None:
        raise Refusal(400, 12, "Event field is required", number)
    event = document["event"]
    text = event if isinstance(event, str) else json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    if not text.strip():
        raise Refusal(400, 13, "Event field cannot be blank", number)
    given = {name: document[name] for name in _TEXTS if document.get(name) not in (None, "")}
    if not all(isinstance(value, str) for value in given.values()):
        raise Refusal(400, 6, "Invalid data format", number)
    facts = {**defaults, **given}
    if facts["index"] not in indexes:
        raise Refusal(400, 7, "Incorrect index", number)
    time = _time(document.get("time", defaults.get("time")), number)
    return RawEvent(
        raw=text,
        index=facts["index"],
        host=facts["host"],
        source=facts["source"],
        sourcetype=facts.get("sourcetype", SOURCETYPE),
        time=now if time is None else time,
        fields=_fields(document.get("fields"), number),
    )


def _time(value: Any, number: int) -> float | None:
    """Returns epoch seconds; thirteen digits are milliseconds."""
    if value is None or value == "":
        return None
    try:
        moment = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError, OverflowError):
        moment = math.nan
    if not math.isfinite(moment) or moment < 0:
        raise Refusal(400, 6, "Invalid data format", number)
    moment = moment / 1000 if moment >= 1e11 else moment
    if moment >= 1e11:
        raise Refusal(400, 6, "Invalid data format", number)
    return moment


def _fields(given: Any, number: int) -> dict[str, str | list[str]]:
    """Returns the indexed fields: a flat object of scalars or lists of scalars. Raises Refusal 15."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise Refusal(400, 15, "Error in handling indexed fields", number)
    found: dict[str, str | list[str]] = {}
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        if not name or any(isinstance(item, (dict, list)) or item is None for item in values):
            raise Refusal(400, 15, "Error in handling indexed fields", number)
        texts = [item if isinstance(item, str) else json.dumps(item) for item in values]
        if texts:
            found[name] = texts if isinstance(value, list) else texts[0]
    return found
