"""What a join of a stored entity says beyond its sentence: kinds, values, sources and time, as columns of a search.

A document keeps source and time once for each record, not for each join; here the two are brought together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from minerva.linking.model import COMPARED, Join

COLUMNS = ("kinds", "values", "sources", "time", "time_utc")
Row = dict[str, Any]
Origins = Mapping[str, tuple[str, int]]
"""record_id -> source id, epoch seconds; "" and 0 where unknown."""
_AFTER: dict[str, dict[str, tuple[str, ...]]] = {
    "joins": {"identifier": COLUMNS},
    "judgements": {"time": ("time_utc",)},
    "entity": {"first_time": ("first_time_utc",), "last_time": ("last_time_utc",), "explanation": ("differing",)},
}
"""Output of minervaresolve -> column -> those that come behind it."""


def origins_of(document: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """Returns where the records of a stored entity come from; of documents of earlier versions only a single record's
    is known."""
    records = document.get("records", ())
    sources, times = document.get("record_sources"), document.get("record_times")
    if sources is None and len(records) == 1:
        sources, times = list(document.get("sources", ())), [document.get("first_time", 0)]
    return dict(zip(records, zip(sources or (), times or ())))


def joins_of(document: Mapping[str, Any]) -> list[Join]:
    """Returns the joins of a stored entity."""
    origins = origins_of(document)
    return [_join(each, origins) for each in document.get("joins", ())]


def _join(stored: Mapping[str, Any], origins: Origins) -> Join:
    a, b = stored["a"], stored["b"]
    sources, time = _together((a, b), origins)
    identifier = stored.get("identifier") or ""
    return Join(a, b, stored["rule"], identifier, stored["strength"], stored["why"], (sources[0], sources[1]), time)


def _together(records: Sequence[str], origins: Origins) -> tuple[list[str], int]:
    """Returns the source of each record, and from when on all were there (0 if that of one is unknown)."""
    told = [origins.get(record, ("", 0)) for record in records]
    times = [time for _, time in told]
    return [source for source, _ in told], max(times) if times and all(times) else 0


def resolved(output: str, rows: Iterable[Row], answer: Mapping[str, Any] | None) -> Iterator[Row]:
    """Yields the rows of minervaresolve with times that people read, and with the evidence of each join.

    answer: the handler's, whose documents the rows are of.
    """
    documents = {each["entity_id"]: each for each in answer["entities"]} if answer else {}
    joins = {name: joins_of(document) for name, document in documents.items()}
    by_pair = {(name, join.a, join.b): join for name, found in joins.items() for join in found}
    for row in rows:
        found: Row = {}
        join = by_pair.get((row["entity_id"], row.get("a", ""), row.get("b", "")))
        if output == "joins" and join is not None:
            found = columns_of(join.kinds, join.values, join.sources, join.time)
        elif output == "entity":
            row["reasons"] = _cell(_with_origins(row["reasons"], joins.get(row["entity_id"], [])))
            found = {f"{name}_utc": utc(row[name]) for name in ("first_time", "last_time")}
            found["differing"] = _differing(documents.get(row["entity_id"], {}))
        elif output == "judgements":
            found = {"time_utc": utc(row["time"])}
        yield _widened(row, _AFTER[output], found)


def expanded(rows: Iterable[Row], nodes: Iterable[Mapping[str, Any]], origins: Origins) -> Iterator[Row]:
    """Yields the edges of minervaexpand with their evidence. A record's edge has that record's source and time, one
    between two records those of both; an edge without a record has none."""
    kinds = {node["id"]: node["kind"] for node in nodes}
    for row in rows:
        source, target = row["source"], row["target"]
        sources, time = _together([each for each in (source, target) if kinds.get(each) == "record"], origins)
        compared, values = COMPARED.get(row["rule"], ()), []
        if kinds.get(target) not in ("record", "entity", None):
            kind, _, value = target.partition(":")
            compared, values = (*compared, kind), [value]
        yield {**row, **columns_of(compared, values, sources, time)}


def columns_of(kinds: Sequence[str], values: Sequence[str], sources: Sequence[str], time: int) -> Row:
    """Returns the columns of one join; each None where it is not known."""
    told = [*dict.fromkeys(filter(None, sources))]
    cells = (_cell(kinds), _cell(values), _cell(told), time or None, utc(time))
    return dict(zip(COLUMNS, cells))


def linked(rows: Iterable[Row], documents: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Yields the rows of minervalink with the columns `differing`, the records that came with different content, and
    `evidence`: all that each join says, as a line of JSON."""
    by_id = {document["entity_id"]: document for document in documents}
    for row in rows:
        document = by_id[row["entity_id"]]
        yield {**row, "differing": _differing(document), "evidence": _cell(_as_json(document))}


def utc(time: Any) -> str | None:
    """Returns epoch seconds as `YYYY-MM-DDTHH:MM:SSZ`, None where they are unknown or of no calendar's year."""
    try:
        moment = datetime.fromtimestamp(int(time or 0), timezone.utc)
    except (ValueError, OverflowError, OSError):
        return None
    return f"{moment.replace(tzinfo=None).isoformat()}Z" if time else None


def _differing(document: Mapping[str, Any]) -> Any:
    return _cell([f"{record_id}: {fields}" for record_id, fields in document.get("differing", {}).items()])


def _with_origins(reasons: Any, joins: Sequence[Join]) -> list[str]:
    texts = reasons if isinstance(reasons, list) else [] if reasons is None else [reasons]
    return [f"{text}{_origin(join)}" for text, join in zip(texts, joins)]


def _origin(join: Join) -> str:
    sources = " and ".join(dict.fromkeys(filter(None, join.sources)))
    since = utc(join.time)
    return (f"; from {sources}" if sources else "") + (f"; both there since {since}" if since else "")


def _widened(row: Row, after: Mapping[str, Sequence[str]], found: Mapping[str, Any]) -> Row:
    wide: Row = {}
    for name, value in row.items():
        wide[name] = value
        wide.update((each, found.get(each)) for each in after.get(name, ()))
    return wide


def _cell(values: Sequence[str]) -> Any:
    return None if not values else values[0] if len(values) == 1 else list(values)


def _as_json(document: Mapping[str, Any]) -> list[str]:
    return [
        json.dumps(
            {"a": join.a, "b": join.b, "rule": join.rule, "kinds": join.kinds, "values": join.values,
             "strength": join.strength, "sources": join.sources, "time": join.time, "why": join.why},
            ensure_ascii=False,
        )
        for join in joins_of(document)
    ]  # fmt: skip
