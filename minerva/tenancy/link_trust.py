"""Which rows of a linking search are records as the app's handler signed them: all others are left out, and named. Of
events that people look at it is said in words.

A search gives one row for each record id, signature and second of indexing, so that an event that somebody else wrote
beside a record, with its id and its signature, makes a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minerva.linking import same_id
from minerva.records.model import INDEX_PREFIX
from minerva.records.signing import FIELDS, Signed, signed_row
from minerva.tenancy.link_run import Ask
from minerva.tenancy.signing import MOST_CHECKED

COLUMN = "signature"
NAMED = 3

TRUST, SIGNED_WORDS, UNTRUSTED_WORDS = "trust", "signed by Minerva", "untrusted: not stored by Minerva"
MARKED = 500
"""Events of one question."""


@dataclass
class Trust:
    """Asks the handler about rows of one institution. `untrusted` counts what was left out, `named` has some ids."""

    tenant: str
    ask: Ask
    untrusted: int = 0
    named: list[str] = field(default_factory=list)

    def trusted(self, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The rows that hold, as they were signed: with no other columns, and at the signed time."""
        found: list[dict[str, Any]] = []
        waiting: list[tuple[Mapping[str, Any], Signed]] = []
        for row in rows:
            signed = signed_row(row)
            if signed is None:
                self._leave_out(row)
                continue
            waiting.append((row, signed))
            if len(waiting) == MOST_CHECKED:
                found += self._checked(waiting)
                waiting = []
        return found + self._checked(waiting)

    def _checked(self, rows: Sequence[tuple[Mapping[str, Any], Signed]]) -> list[dict[str, Any]]:
        if not rows:
            return []
        body = {"tenant_id": self.tenant, "signed": [[signed.digest, signed.mark] for _, signed in rows]}
        untrusted = set(self.ask("records_check", body)["untrusted"])
        for at in untrusted:
            self._leave_out(rows[at][0])
        return [
            {**{name: row.get(name) for name in FIELDS}, "identifier": row.get("identifier"), "time": signed.time}
            for at, (row, signed) in enumerate(rows)
            if at not in untrusted
        ]

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


def marked(events: Iterable[Mapping[str, Any]], ask: Ask) -> Iterator[dict[str, Any]]:
    """Each event with TRUST in words: whether what linking would read of it was signed for the institution it names."""
    part: list[Mapping[str, Any]] = []
    for event in events:
        part.append(event)
        if len(part) == MARKED:
            yield from _marked(part, ask)
            part = []
    yield from _marked(part, ask)


def _marked(events: Sequence[Mapping[str, Any]], ask: Ask) -> Iterator[dict[str, Any]]:
    asked: dict[str, list[tuple[int, Signed]]] = {}
    for at, event in enumerate(events):
        row = {name: event.get(f"{INDEX_PREFIX}{name}") for name in (*FIELDS, "identifier", COLUMN)}
        signed, tenant = signed_row({**row, "source_id": event.get("source")}), event.get(f"{INDEX_PREFIX}tenant_id")
        if signed is not None and isinstance(tenant, str) and tenant:
            asked.setdefault(tenant, []).append((at, signed))
    held: set[int] = set()
    for tenant, rows in asked.items():
        body = {"tenant_id": tenant, "signed": [[signed.digest, signed.mark] for _, signed in rows]}
        untrusted = set(ask("records_check", body)["untrusted"])
        held.update(at for place, (at, _) in enumerate(rows) if place not in untrusted)
    for at, event in enumerate(events):
        yield {**event, TRUST: SIGNED_WORDS if at in held else UNTRUSTED_WORDS}
