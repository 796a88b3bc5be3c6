"""Which rows of a linking search are records as the app's handler signed them: all others are left out, and named.

A search gives one row for each record id, signature and second of indexing, so that an event that somebody else wrote
beside a record, with its id and its signature, makes a row of its own. One that was indexed in the same second makes
one row with it: of such a row the events themselves are read, and the genuine one is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Union

from minerva.linking import same_id
from minerva.records.signing import FIELDS, Signed, row_of, signed_row, signed_text
from minerva.tenancy.event_trust import Ask, held
from minerva.tenancy.signing import MOST_CHECKED

COLUMN, EVENTS = "signature", "events"
NAMED = 3
READ = 200
"""Record ids of one search for events."""
_ID = re.compile(r"[0-9a-f]{32}")
Read = Callable[[Sequence[str]], Iterable[str]]
"""The texts of all events of some record ids."""


def events_search(ids: Sequence[str]) -> str:
    """The search for the texts of all events of record ids. Raises ValueError for what is no record id."""
    if not ids or not all(_ID.fullmatch(each) for each in ids):
        raise ValueError("record ids are 32 hexadecimal digits")
    return f"search index=mnv_t_* sourcetype=minerva:* minerva_record_id IN ({','.join(ids)}) | table _raw"


@dataclass
class Trust:
    """Asks the handler about rows of one institution. `untrusted` counts what was left out, `named` has some ids.
    `read` gives the events of rows that are of more than one."""

    tenant: str
    ask: Ask
    read: Union[Read, None] = None
    untrusted: int = 0
    named: list[str] = field(default_factory=list)

    def trusted(self, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The rows that hold, as they were signed: with no other columns, and at the signed time."""
        found: list[dict[str, Any]] = []
        waiting: list[tuple[Mapping[str, Any], Union[Signed, None]]] = []
        for row in rows:
            waiting.append((row, signed_row(row)))
            if len(waiting) == MOST_CHECKED:
                found += self._checked(waiting)
                waiting = []
        return found + self._checked(waiting)

    def _checked(self, rows: Sequence[tuple[Mapping[str, Any], Union[Signed, None]]]) -> list[dict[str, Any]]:
        asked = [(row, signed) for row, signed in rows if signed is not None]
        good = held([(self.tenant, signed) for _, signed in asked], self.ask)
        bad = [row for row, signed in rows if signed is None]
        bad += [row for at, (row, _) in enumerate(asked) if at not in good]
        for row in bad:
            self._leave_out(row)
        found = [_signed(*asked[at]) for at in sorted(good)]
        return [*found, *self._among([row for row in bad if _several(row)])]

    def _among(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The genuine records of rows in which events of others lie too."""
        if self.read is None:
            return
        wanted = {_named(row) for row in rows}
        ids = sorted({record_id for record_id, _ in wanted if _ID.fullmatch(record_id)})
        for start in range(0, len(ids), READ):
            texts = (signed_text(text) for text in self.read(ids[start : start + READ]))
            found = [
                (row_of(each), each.signed) for each in texts if each is not None and each.tenant_id == self.tenant
            ]
            found = [(row, signed) for row, signed in found if _named(row) in wanted]
            good = held([(self.tenant, signed) for _, signed in found], self.ask)
            once = {_named(row): (row, signed) for row, signed in map(found.__getitem__, good)}
            yield from (_signed(*each) for each in once.values())

    def _leave_out(self, row: Mapping[str, Any]) -> None:
        self.untrusted += 1
        record_id = same_id.loggable(str(row.get("record_id") or ""))
        if len(self.named) < NAMED and record_id not in self.named:
            self.named.append(record_id)

    def warning(self) -> str:
        """A sentence about what was left out."""
        more = " and others" if self.untrusted > len(self.named) else ""
        what = "1 event is" if self.untrusted == 1 else f"{self.untrusted} events are"
        named = ", ".join(self.named)
        return f"{what} untrusted and not linked, since Minerva did not sign what stands there: {named}{more}"


def _signed(row: Mapping[str, Any], signed: Signed) -> dict[str, Any]:
    return {**{name: row.get(name) for name in FIELDS}, "identifier": row.get("identifier"), "time": signed.time}


def _named(row: Mapping[str, Any]) -> tuple[str, Any]:
    """Record id and signature; a text of somebody else's may tell no id."""
    return str(row.get("record_id")), row.get(COLUMN)


def _several(row: Mapping[str, Any]) -> bool:
    """Whether a row may be that of several events."""
    told = str(row.get(EVENTS) or "")
    return int(told) > 1 if told.isdecimal() else any(isinstance(row.get(name), (list, tuple)) for name in FIELDS)
