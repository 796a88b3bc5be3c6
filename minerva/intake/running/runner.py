"""Runner: one run of one source. It owns the error policy, the order of checkpoint steps, and the counts.

A bad record, row, page or file is counted, logged by code and place, and passed over; the rest goes on. Only what
makes further reading senseless ends a run, and then the position stays where the last delivered batch left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Protocol

from minerva.intake.errors import (
    FetchError,
    FileError,
    GuardError,
    IntakeError,
    MappingError,
    PagingError,
    RetryLater,
    VaultError,
)
from minerva.intake.facts.source import Source
from minerva.intake.mapping.mapper import Draft, Mapper, finish_each
from minerva.intake.pace import Timing
from minerva.intake.rows import REMOVED, Change, Chunk, Row, Transport
from minerva.intake.running.faults import expected
from minerva.intake.running.protection import Protection, unprotected
from minerva.intake.running.state import Confirm, Position, Reconciled, State, reconcile
from minerva.records import Record, RecordError

BATCH_RECORDS = 500
MOST_WAIT_S = 86_400.0
"""A quota ends with its day, and a server is left alone for an hour at most."""
SETTLE_S = (1.0, 2.0, 4.0, 8.0)
_LOGGED_REFUSALS = 20
_KEPT_REFUSALS = 10_000
"""Places of refused records that a run keeps: each is held by later runs, and a bad file has millions."""

Emit = Callable[[Sequence[Record]], None]
"""Writes and flushes a batch; what it raises ends the run before the position moves."""


class Log(Protocol):
    """One log line: a level, a code from this room, and counts or short words. Never a value of a record."""

    def __call__(self, level: str, code: str, **words: object) -> None: ...


@dataclass
class Report:
    """What a run did. `failed` is the code of what ended it early, "" if nothing did; `deferred` that it must wait.

    `hidden` counts records that carry pseudonyms of the vault, `kept_out` those that it let nobody have, by code.
    """

    source_id: str
    read: int = 0
    emitted: int = 0
    duplicates: int = 0
    hidden: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    kept_out: Counter[str] = field(default_factory=Counter)
    leftovers: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    confirmed: Reconciled = field(default_factory=Reconciled)
    again: Reconciled = field(default_factory=Reconciled)
    failed: str = ""
    deferred: bool = False

    def words(self) -> dict[str, object]:
        """The report as words of one log line."""
        words: dict[str, object] = {"source_id": self.source_id, "read": self.read, "emitted": self.emitted}
        words.update(duplicates=self.duplicates, refused=sum(self.refused.values()))
        words.update(kept_out=sum(self.kept_out.values()), hidden=self.hidden, failed=self.failed or "none")
        words.update(confirmed=self.confirmed.present + self.again.present, emitted_again=self.again.missing)
        if self.deferred:
            words["deferred"] = 1
        words.update(sorted(self.met.items()))
        return words


def no_pictures(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Pictures are left where they are."""
    return drafts


def no_confirm(_: Sequence[str]) -> set[str] | None:
    """The index cannot be asked."""
    return None


def no_step(_: str) -> None:
    """Nothing happens between the steps of a batch (tests kill the process here)."""


@dataclass
class Run:
    """One run of a source. `transport` reads, `emit` writes, `confirm` asks the index, `step` hears of each step.

    `protect` asks the vault what of the new records may be emitted, and how. `pictures` adds what is found in
    pictures of new records. `reading` names what a position means: one
    that another way of reading left behind, or another source, is not gone on from.
    """

    source: Source
    tenant_id: str
    transport: Transport
    state: State
    emit: Emit
    log: Log
    confirm: Confirm = no_confirm
    timing: Timing = field(default_factory=Timing)
    step: Callable[[str], None] = no_step
    batch_records: int = BATCH_RECORDS
    protect: Protection = unprotected
    pictures: Callable[[Sequence[Draft]], Sequence[Draft]] = no_pictures
    reading: str = ""

    def __post_init__(self) -> None:
        self.report = Report(self.source.source_id)
        self._mapper = Mapper(self.source, self.tenant_id)
        self._position: Position = {}
        self._known_refusals: set[str] = set()
        self._changes: list[Change] = []
        """What the drafts at hand tell of an edition's rows."""

    def go(self) -> Report:
        """Read, map and emit everything new; never raises for what a source does. StateError and emit's errors pass."""
        if not self._may_run():
            return self.report
        self._prepare()
        try:
            for chunk in self.transport.chunks(self._position):
                self._take(chunk)
        except RetryLater as error:
            self.report.deferred = True
            self.state.write("not_before", str(self.timing.now() + error.seconds))
            self._log("WARN", "retry_later", seconds=int(error.seconds))
        except (FetchError, FileError) as error:
            self._fail(error.code, **expected(error.code))
        except GuardError:
            self._fail("address_refused")
        except PagingError:
            self._fail("paging")
        except VaultError as error:
            self._fail("vault", error=str(error))
        except IntakeError:
            self._fail("intake")
        finally:
            self.transport.close()
        self._finish()
        return self.report

    def _may_run(self) -> bool:
        if not self.source.enabled or not self.source.legal.terms_allow:
            self.report.deferred = True
            self._log("WARN", "source_off", reason="disabled" if not self.source.enabled else "terms")
            return False
        # A moment that lies further away was written by a clock that was ahead.
        if 0 < float(self.state.read("not_before", "0")) - self.timing.now() <= MOST_WAIT_S:
            self.report.deferred = True
            self._log("INFO", "waiting")
            return False
        return True

    def _prepare(self) -> None:
        """Settle what an earlier run left open; start over if the facts changed while records were refused, or if the
        position was left by another source or another way of reading."""
        self.report.again = reconcile(self.state, self.confirm, self.timing.sleep, settle_s=SETTLE_S, again=True)
        if self.report.again.missing:
            self._log("WARN", "emitting_again", records=self.report.again.missing)
        self._known_refusals = {place for place, _ in self.state.refused()}
        if self.state.read("fingerprint") != self.source.fingerprint:
            if self.state.read("fingerprint") and self._known_refusals:
                self._log("INFO", "facts_changed", refused=len(self._known_refusals))
                self.state.move({})
            self.state.write("fingerprint", self.source.fingerprint)
        if self.reading and self.state.read("reading") != self.reading:
            if self.state.position:
                self._log("INFO", "reading_changed")
                self.state.move({})
            self.state.write("reading", self.reading)
        self._position = self.state.position

    def _take(self, chunk: Chunk) -> None:
        if chunk.fault:
            self._refuse(chunk.place, chunk.fault)
        drafts: list[Draft] = []
        for row in chunk.rows:
            draft = self._map(row)
            if draft is not None:
                drafts.append(draft)
            if len(drafts) >= self.batch_records:
                self._deliver(drafts, self._position)
                drafts = []
        self._deliver(drafts, chunk.after)
        self._position = chunk.after

    def _map(self, row: Row) -> Draft | None:
        self.report.read += 1
        now = datetime.fromtimestamp(self.timing.now(), timezone.utc)
        try:
            if row.change is not None and row.change.kind == REMOVED:
                self._changes.append(row.change)
                return self._mapper.removed(row.change, now) if row.change.natural_key else None
            if row.columns is None:
                self._refuse(row.place, row.fault)
                return None
            draft = self._mapper.map_row(row.columns, now, row.change.attributes if row.change else {})
        except MappingError as error:
            self._refuse(row.place, error.code)
            return None
        if row.change is not None:
            self._changes.append(row.change)
        if row.place in self._known_refusals:
            self.state.accept(row.place)
        return draft

    def _deliver(self, drafts: Sequence[Draft], after: Position) -> None:
        """Emit those drafts that are new: intent, emit with flush, position."""
        changes, self._changes = self._changes, []
        distinct = {draft.record.record_id: draft for draft in drafts}
        known = self.state.known(list(distinct))
        self.report.duplicates += len(drafts) - len(distinct) + len(known)
        found = []
        new = self.pictures([draft for record_id, draft in distinct.items() if record_id not in known])
        for draft, made in zip(new, finish_each(new)):
            if isinstance(made, RecordError):
                # The event with its evidence is too large, or evidence broke the model: this record only.
                self._refuse(f"record {draft.record.record_id[:8]}", f"record_{made.key.strip('()').partition('.')[0]}")
            else:
                found.append((draft, made))
        records = self._protected(found)
        changes = _told(changes, records, [draft.record for name, draft in distinct.items() if name in known])
        if not records:
            if changes or after != self._position:
                self.state.move(after, changes)
            return
        self.step("before intent")
        batch = self.state.intend([record.record_id for record in records], self._position)
        self.step("after intent")
        self.emit(records)
        self.step("after emit")
        self.state.emitted(batch, after, changes)
        self.step("after position")
        self.report.emitted += len(records)

    def _protected(self, found: Sequence[tuple[Draft, Record]]) -> list[Record]:
        """The new records as they may be emitted. Their ids may differ from the drafts', and be known already."""
        if not found:
            return []
        outcome = self.protect(found)
        self.report.kept_out += outcome.refused
        for code, count in sorted(outcome.refused.items()):
            # Neither place nor id: either could be matched with a file, and say who was erased.
            self._log("WARN", "kept_out", reason=code, records=count)
        distinct = {record.record_id: record for record in outcome.records}
        known = self.state.known([name for name in distinct if name not in {d.record.record_id for d, _ in found}])
        self.report.duplicates += len(outcome.records) - len(distinct) + len(known)
        self.report.hidden += outcome.hidden
        return [record for name, record in distinct.items() if name not in known]

    def _refuse(self, place: str, code: str) -> None:
        self.report.refused[code] += 1
        number = sum(self.report.refused.values())
        if number <= _KEPT_REFUSALS:
            self.state.refuse(place, code, self.timing.now())
        if number <= _LOGGED_REFUSALS:
            self._log("WARN", "refused", position=place, reason=code, **expected(code))

    def _fail(self, code: str, **words: object) -> None:
        self.report.failed = code
        self._log("ERROR", "run_failed", reason=code, **words)

    def _finish(self) -> None:
        self.report.met = self.transport.met.counts
        self.report.leftovers = self._mapper.leftovers
        for code, words in self.transport.met.notices:
            self._log("WARN", code, **words)
        for name, count in sorted(self.report.leftovers.items()):
            self._log("WARN", "unknown_column", column=name, rows=count)
        self.report.confirmed = reconcile(self.state, self.confirm, self.timing.sleep, again=False)
        self.step("after confirm")
        total = self.state.count()
        if not self.report.failed and not self.report.deferred:
            self.state.write("not_before", "0")
            if total < self.source.expect_min:
                self._log("ERROR", "too_few", records=total, expected=self.source.expect_min)
            elif self.source.expect_max is not None and total > self.source.expect_max:
                self._log("WARN", "too_many", records=total, expected=self.source.expect_max)
        self.log("INFO", "run_done", tenant_id=self.tenant_id, **self.report.words())

    def _log(self, level: str, code: str, **words: object) -> None:
        self.log(level, code, source_id=self.source.source_id, **words)


def _told(changes: Sequence[Change], *records: Sequence[Record]) -> list[Change]:
    """The changes with the natural keys of those alone whose records were emitted: what nobody heard of is not told to
    be gone either."""
    if not changes:
        return []
    heard = {record.source_key for part in records for record in part}
    return [change if change.natural_key in heard else replace(change, natural_key="") for change in changes]
