"""MISP feed: the events that a manifest lists, each read again only when its entry in the manifest changes.

Position: `events`, a hash of the manifest's entry of each event that was read, and the manifest's own `etag` and
`modified`. An event that cannot be read waits in the spool. Files that events carry are never kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from minerva.intake.errors import BodyError, FetchError, MediaRefused, PagingError
from minerva.intake.facts.exchange import MispFacts
from minerva.intake.facts.web import HttpFacts
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.formats.observed import misp_columns
from minerva.intake.formats.strict_json import parse_json
from minerva.intake.rows import Chunk, ReadCounts, Row
from minerva.intake.running.spool import bounded, failed, is_due
from minerva.intake.web.access import Access
from minerva.intake.web.body import JSON_TYPES, Promise
from minerva.intake.web.fetch import Asked

_PROMISE = Promise((*JSON_TYPES, "application/octet-stream", "binary/octet-stream"))
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MOST_EVENTS = 100_000
_STOPS = ("status_401", "status_429")
"""Answers about the reader, not the event."""
_MOST_IN_ROW = 10
_MOMENT = re.compile(r"[0-9]{1,12}")
_GROUP = 20
"""Events between two positions: each holds the hashes of all."""


class MispSource:
    """Reads a MISP feed. The feed's folder is the source's address and path."""

    def __init__(self, http: HttpFacts, facts: MispFacts, access: Access) -> None:
        self._http = http
        self._facts = facts
        self._access = access
        self._base = access.base_url + http.path.rstrip("/")
        self.met = ReadCounts()

    def close(self) -> None:
        """Close the connections and take over the fetcher's counts."""
        self._access.close(self.met)

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """New and changed events, oldest change first. Raises FetchError, GuardError or PagingError."""
        state: dict[str, Any] = {"events": {}, "retry": [], **position}
        waiting = {str(item.get("token")): item for item in state["retry"]}
        more = {} if any(map(is_due, waiting.values())) else _conditions(state)
        answer = self._access.fetch(
            Asked(f"{self._base}/manifest.json", headers={**self._http.headers, **more}),
            promise=_PROMISE,
            absent=(304,) if more else (),
        )
        if answer.status == 304:
            self.met.add("unchanged")
            return
        manifest = _manifest(parse_json(answer.body))
        known = {name: mark for name, mark in state["events"].items() if name in manifest}
        # What an event was refused for holds as long as its entry is the same.
        waiting = {name: item for name, item in waiting.items() if item.get("mark") == manifest.get(name, ("",))[0]}
        todo = [
            (moment, name, mark)
            for name, (mark, moment, tags) in manifest.items()
            if known.get(name) != mark
            and (name not in waiting or is_due(waiting[name]))
            and (not self._facts.tags or self._facts.tags & tags)
        ]
        todo.sort()
        in_row = 0
        for at in range(0, len(todo), _GROUP):
            rows: list[Row] = []
            for _, name, mark in todo[at : at + _GROUP]:
                row = self._event(name)
                in_row = in_row + 1 if row.fault.startswith("status_5") or row.fault == "status_403" else 0
                if row.columns is None and row.fault != "row_too_long":
                    before = waiting.pop(name, {})
                    waiting[name] = failed({**before, "token": name, "mark": mark}, row.place, row.fault)
                    held, dropped = bounded(list(waiting.values()))
                    waiting = {str(item["token"]): item for item in held}
                    known.update((str(item["token"]), str(item["mark"])) for item in dropped)
                    self.met.add("spool_dropped", len(dropped))
                else:
                    waiting.pop(name, None)
                    known[name] = mark
                rows.append(row)
                if in_row >= _MOST_IN_ROW:
                    break
            state = {**state, "events": dict(known), "retry": list(waiting.values())}
            yield Chunk(rows, state, "events")
            if in_row >= _MOST_IN_ROW:
                raise FetchError(rows[-1].fault, f"the feed gives none of {in_row} events in a row")
        etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
        state = {**state, "events": known, "retry": list(waiting.values())}
        yield Chunk(
            (), {**state, "etag": etag[:256] if etag.isprintable() else "", "modified": modified[:64]}, "manifest"
        )

    def _event(self, name: str) -> Row:
        """The row of an event, or a fault of it. Raises RetryLater, and FetchError where the reader is refused."""
        place = f"event {name[:8]}"
        try:
            answer = self._access.fetch(
                Asked(f"{self._base}/{name}.json", headers=self._http.headers), promise=_PROMISE, absent=(404, 410)
            )
            if answer.status != 200:
                return Row(place, None, f"status_{answer.status}")
            document = parse_json(answer.body)
        except (BodyError, MediaRefused) as error:
            return Row(place, None, error.code)
        except FetchError as error:
            if not error.code.startswith("status_") or error.code in _STOPS:
                raise
            return Row(place, None, error.code)
        event = document.get("Event") if isinstance(document, dict) else None
        if not isinstance(event, dict) or str(event.get("uuid", "")).lower() != name:
            return Row(place, None, "not_event")
        self.met.add("pages")
        columns, files = misp_columns(event)
        self.met.add("attachments_dropped", files)
        return cleaned_row(place, columns, self._http.reading)


def _conditions(state: Mapping[str, Any]) -> dict[str, str]:
    held = {"If-None-Match": str(state.get("etag", "")), "If-Modified-Since": str(state.get("modified", ""))}
    return {name: value for name, value in held.items() if value}


def _manifest(document: Any) -> dict[str, tuple[str, int, frozenset[str]]]:
    """uuid -> hash of its entry, time of its last change, names of its tags. Raises PagingError."""
    if not isinstance(document, dict):
        raise PagingError("the feed's manifest is no list of events")
    if len(document) > MOST_EVENTS:
        raise PagingError(f"the feed's manifest lists more than {MOST_EVENTS} events")
    found = {}
    for name, entry in document.items():
        if not _UUID.fullmatch(name) or not isinstance(entry, dict):
            raise PagingError("the feed's manifest holds an entry that is no event")
        tags = entry.get("Tag")
        named = [str(tag.get("name")) for tag in tags if isinstance(tag, dict)] if isinstance(tags, list) else []
        text = json.dumps(entry, sort_keys=True)
        moment = str(entry.get("timestamp", ""))
        found[name.lower()] = (
            hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16],
            int(moment) if _MOMENT.fullmatch(moment) else 0,
            frozenset(named),
        )
    return found
