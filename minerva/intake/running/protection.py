"""Protection: what the vault says of records before they are emitted, as the add-on asks for it.

The vault stands behind the app's handler, which may be on another machine. Identifiers go there in the body of a
request, and nothing of the vault comes back but pseudonyms. If it does not answer, nothing is emitted: VaultError ends
the run before the position moves, so the next run reads the same again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from minerva.intake.errors import VaultError
from minerva.records import Record, RecordError
from minerva.records.mentions import mentioned_each
from minerva.records.minimising import STEPS, minimised
from minerva.records.model import SIGNATURE
from minerva.records.retention import PAST_RETENTION, is_past
from minerva.records.signing import digest_of, with_mark

Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""Posts a body to an operation of the app's handler; raises VaultError."""
ASKED_RECORDS, HIDDEN_RECORDS, HIDDEN_CHARS = 500, 200, 8_000_000
"""Most of one request: records that are asked about, and records and characters that are rewritten."""


def writing_into(index: str, ask: Ask) -> Ask:
    """`ask` for an input that writes into `index`: the handler refuses every index but the institution's own."""
    return lambda operation, body: ask(operation, {**body, "index": index})


class Found(Protocol):
    """A record that was mapped, with what its numbers were read by and which fields were searched."""

    @property
    def record(self) -> Record: ...

    @property
    def region(self) -> str: ...

    @property
    def texts(self) -> Mapping[str, str]: ...


@dataclass
class Outcome:
    """`records` may be emitted; `refused` counts those kept out, by code; `hidden` how many carry pseudonyms."""

    records: list[Record] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    hidden: int = 0


class Protection(Protocol):
    """What a run asks of its records, as they would be emitted."""

    def __call__(self, found: Sequence[tuple[Found, Record]]) -> Outcome: ...


def unprotected(found: Sequence[tuple[Found, Record]]) -> Outcome:
    """Lets everything through, unsigned: for tests of the runner."""
    return Outcome([record for _, record in found])


@dataclass
class VaultProtection:
    """Asks the vault of one institution."""

    ask: Ask
    tenant_id: str
    _steps: tuple[str, ...] | None = None
    _kept_since: float = 0
    """Epoch seconds; what lies before them would leave the index as soon as it came."""

    def __call__(self, found: Sequence[tuple[Found, Record]]) -> Outcome:
        """What may be emitted of `found`, pairs of what was mapped and the finished record. Raises VaultError."""
        outcome = Outcome()
        for at in range(0, len(found), ASKED_RECORDS):
            self._part(found[at : at + ASKED_RECORDS], outcome)
        return outcome

    def _part(self, found: Sequence[tuple[Found, Record]], outcome: Outcome) -> None:
        if self._steps is None:
            told = self.ask("intake_check", {"tenant_id": self.tenant_id, "records": []})
            self._steps, self._kept_since = _steps(told), _kept_since(told)
        asked: list[tuple[Record, str]] = []
        searched: list[Collection[str]] = []
        ids: list[list[str]] = []
        for draft, record in found:
            if is_past(record, self._kept_since):
                outcome.refused[PAST_RETENTION] += 1
                continue
            try:
                kept = minimised(record, self._steps)
            except RecordError:
                outcome.refused["not_minimised"] += 1
                continue
            asked.append((kept, draft.region))
            searched.append(() if kept is not record else draft.texts.keys())
            ids.append(sorted({draft.record.record_id, kept.record_id}))
        named_in = mentioned_each([(*each, fields) for each, fields in zip(asked, searched)])
        pairs = [[own, names, digest_of(kept)] for own, names, (kept, _) in zip(ids, named_in, asked)]
        told = self.ask("intake_check", {"tenant_id": self.tenant_id, "records": pairs})
        erased, named = _positions(told, "erased", len(asked)), _positions(told, "named", len(asked))
        marks = _marks(told, len(asked))
        outcome.refused["erased"] += len(erased)
        for at, (record, _) in enumerate(asked):
            if at not in erased and at not in named:
                outcome.records.append(_signed(record, marks[at]))
        self._hide([asked[at] for at in sorted(named - erased)], outcome)
        outcome.refused += Counter()  # drops zeros

    def _hide(self, given: Sequence[tuple[Record, str]], outcome: Outcome) -> None:
        for part in _parts(given):
            events = [[record.to_dict(), region] for record, region in part]
            told = self.ask("intake_hide", {"tenant_id": self.tenant_id, "events": events})
            answers = told.get("events")
            if not isinstance(answers, list) or len(answers) != len(part):
                raise VaultError("the vault's answer has another shape: add-on and app are of different versions")
            for answer in answers:
                if "event" in answer:
                    outcome.records.append(_record(answer["event"]))
                    outcome.hidden += 1
                else:
                    outcome.refused[str(answer.get("refused", "names_somebody"))] += 1


@dataclass
class Signing:
    """Has records of an institution that keeps no vault signed: what is not signed is not linked."""

    ask: Ask
    tenant_id: str

    def __call__(self, found: Sequence[tuple[Found, Record]]) -> Outcome:
        """All of `found`, signed. Raises VaultError."""
        outcome = Outcome()
        for at in range(0, len(found), ASKED_RECORDS):
            part = [record for _, record in found[at : at + ASKED_RECORDS]]
            digests = [digest_of(record) for record in part]
            marks = _marks(self.ask("intake_sign", {"tenant_id": self.tenant_id, "digests": digests}), len(part))
            outcome.records += map(_signed, part, marks)
        return outcome


def _parts(given: Sequence[tuple[Record, str]]) -> Iterator[list[tuple[Record, str]]]:
    part: list[tuple[Record, str]] = []
    chars = 0
    for record, region in given:
        size = len(record.to_json())
        if part and (len(part) >= HIDDEN_RECORDS or chars + size > HIDDEN_CHARS):
            yield part
            part, chars = [], 0
        part.append((record, region))
        chars += size
    if part:
        yield part


def _record(event: Any) -> Record:
    try:
        return Record.from_json(json.dumps(event))
    except RecordError:
        raise VaultError("the vault's answer holds no record: add-on and app are of different versions") from None


def _marks(told: Mapping[str, Any], count: int) -> list[str]:
    value = told.get("marks")
    if not isinstance(value, list) or len(value) != count or not all(isinstance(each, str) for each in value):
        raise VaultError("the handler's answer holds no signatures: add-on and app are of different versions")
    return value


def _signed(record: Record, mark: str) -> Record:
    made = with_mark(record, mark)
    if SIGNATURE.fullmatch(made.signature) is None:
        raise VaultError("the handler's answer holds no signatures: add-on and app are of different versions")
    return made


def _positions(told: Mapping[str, Any], key: str, most: int) -> set[int]:
    value = told.get(key)
    if not isinstance(value, list) or not all(type(at) is int and 0 <= at < most for at in value):
        raise VaultError("the vault's answer has another shape: add-on and app are of different versions")
    return set(value)


def _kept_since(told: Mapping[str, Any]) -> float:
    value = told.get("kept_since", 0)
    return float(value) if type(value) in (int, float) else 0.0


def _steps(told: Mapping[str, Any]) -> tuple[str, ...]:
    value = told.get("minimise")
    if not isinstance(value, list) or not set(value) <= set(STEPS):
        raise VaultError("the vault asks for a step of minimisation that this add-on does not know: update it")
    return tuple(value)
