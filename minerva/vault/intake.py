"""What is asked of the vault before a record is indexed: who was erased stays out, who is kept here stands under a
pseudonym, and the institution's legal profile says what is left of births and long texts.

The add-on asks through the handler (intake_check, then intake_hide for the few records that name somebody), the partner
API in its own process (received).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minerva.documents import PAGE, Document
from minerva.records import Record, RecordError
from minerva.records.mentions import mentioned
from minerva.records.minimising import BIRTHS, LONG_TEXTS, STEPS, minimised
from minerva.records.retention import PAST_RETENTION, is_past
from minerva.sharing.strong import is_strong
from minerva.tenancy import signing
from minerva.tenancy.asking import BadRequest, Body, Store
from minerva.tenancy.tombstones import IDENTIFIER, RECORD, erased_among
from minerva.vault.hiding import hidden
from minerva.vault.subjects import pointer_key

MINIMISED: Mapping[str, tuple[str, ...]] = {
    "none": (), "28cfr23": (BIRTHS,), "sar": (BIRTHS,), "vawa_voca": (BIRTHS, LONG_TEXTS),
    "gdpr_led": (BIRTHS, LONG_TEXTS),
}  # fmt: skip
"""Legal profile -> steps at intake; a profile that is not listed takes all of them."""
ERASED, NOT_HIDDEN = "erased", "names_somebody"
MOST_IDENTIFIERS = 20_000


@dataclass(frozen=True)
class Received:
    """What becomes of one record: as it may be indexed, or why it may not."""

    record: Record | None
    refused: str = ""


def received(store: Store, tenant: str, given: Sequence[tuple[Record, str]]) -> list[Received]:
    """What becomes of records; each comes with the region that its numbers were read with. Raises RecordError never."""
    steps = steps_of(store, tenant)
    since = kept_since(store, tenant)
    made = [_attempted(record, steps) for record, _ in given]
    asked = [
        ([record.record_id, each.record_id], mentioned(each, region)) if each is not None else ([record.record_id], [])
        for (record, region), each in zip(given, made)
    ]
    erased, named = verdicts(store, tenant, asked)
    found = []
    for at, ((_, region), record) in enumerate(zip(given, made)):
        if at in erased:
            found.append(Received(None, ERASED))
        elif is_past(given[at][0], since):
            found.append(Received(None, PAST_RETENTION))
        elif record is None:
            found.append(Received(None, NOT_HIDDEN))
        else:
            found.append(hide(store, tenant, record, region) if at in named else Received(record))
    return found


def _attempted(record: Record, steps: Sequence[str]) -> Record | None:
    try:
        return minimised(record, steps)
    except RecordError:
        return None


def steps_of(store: Store, tenant: str) -> tuple[str, ...]:
    """The steps of minimisation that the institution's legal profile asks for."""
    return MINIMISED.get(store.context.tenants[tenant].profile, STEPS)


def kept_since(store: Store, tenant: str) -> int:
    """Epoch seconds before which the institution's index keeps no event; 0 where splunkd here knows no such index."""
    seconds = store.directory.retention_s(store.context.tenants[tenant].index)
    return 0 if seconds is None else int(store.clock()) - seconds


def verdicts(
    store: Store, tenant: str, asked: Sequence[tuple[Sequence[str], Sequence[str]]]
) -> tuple[set[int], set[int]]:
    """Positions of the records that were erased or name an erased person, and of those that name people of the vault.

    `asked` holds of each the ids that it has or would have without minimisation, and its identifiers in normal form.
    """
    identifiers = [name for _, names in asked for name in names]
    people = people_among(store, tenant, identifiers)
    gone = erased_among(store, tenant, IDENTIFIER, list(filter(is_strong, identifiers)))
    records = erased_among(store, tenant, RECORD, [record_id for ids, _ in asked for record_id in ids])
    erased = {at for at, (ids, names) in enumerate(asked) if not records.isdisjoint(ids) or not gone.isdisjoint(names)}
    return erased, {at for at, (_, names) in enumerate(asked) if not people.keys().isdisjoint(names)} - erased


def people_among(store: Store, tenant: str, identifiers: Iterable[str]) -> dict[str, str]:
    """Identifier -> pseudonym of those that lead to a person of the institution's vault."""
    unique = sorted(set(filter(is_strong, identifiers)))
    keys = [pointer_key(store, tenant, name) for name in unique]
    rows = _many(store, keys)
    return {name: str(row["subject_id"]) for name, row in zip(unique, rows) if row is not None}


def hide(store: Store, tenant: str, record: Record, region: str) -> Received:
    """A record with pseudonyms in place of what names people of the vault."""
    identifiers = mentioned(record, region)
    if erased_among(store, tenant, IDENTIFIER, identifiers):
        return Received(None, ERASED)
    people = people_among(store, tenant, identifiers)
    if not people:
        return Received(record)
    rows = _many(store, [f"{tenant}:{subject_id}" for subject_id in sorted(set(people.values()))])
    known = [(row, str(row["subject_id"])) for row in rows if row is not None]
    names = {str(name): who for row, who in known for name in row.get("names", ())}
    # Whatever else identifies them, in whichever form it was not read: it may stand there too.
    people.update({str(name): who for row, who in known for name in row.get("identifiers", ())})
    try:
        found = hidden(record, people, names, store.secret("vault"), region)
    except RecordError:
        found = None
    if found is None:
        return Received(None, NOT_HIDDEN)
    # What was hidden has an id of its own, under which it may have been linked and then erased.
    return Received(None, ERASED) if erased_among(store, tenant, RECORD, [found.record_id]) else Received(found)


def intake_check(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "index", "records": [[[record ids], [identifiers], digest], ...]} -> positions, marks, minimise,
    kept_since, pictures.

    For the institution's intake role and the service alone. `index`: the one that they are to be written into.

    `erased` and `named` are positions in the list; those named go through intake_hide before they are indexed. `marks`
    sign the digests of the others, and are empty of these. What was observed before `kept_since` (epoch seconds) would
    leave the index as soon as it came. `pictures`: what inputs may do with pictures (none, hash, read).
    """
    tenant, given = signing.taking_in(body, store, "records")
    asked = [_asked(each) for each in given]
    digests = [signing.digest(each[2]) for each in given]
    store.trail.permit(len(asked))
    erased, named = verdicts(store, tenant, asked)
    kept_out = erased | named
    marks = ["" if at in kept_out else signing.mark(store, tenant, digest) for at, digest in enumerate(digests)]
    return {
        "erased": sorted(erased), "named": sorted(named), "marks": marks, "minimise": list(steps_of(store, tenant)),
        "kept_since": kept_since(store, tenant), "pictures": store.context.tenants[tenant].pictures,
    }  # fmt: skip


def intake_hide(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "index", "events": [[event, region], ...]} -> {"events": [{"event"} or {"refused"}]}.

    For the institution's intake role and the service alone.
    """
    tenant, events = signing.taking_in(body, store, "events")
    given = [_event(each, tenant) for each in events]
    store.trail.permit(len(given))
    kept = [hide(store, tenant, record, region) for record, region in given]
    return {
        "events": [
            {"refused": each.refused}
            if each.record is None
            else {"event": signing.signed(store, tenant, each.record).to_dict()}
            for each in kept
        ]
    }


def _many(store: Store, keys: Sequence[str]) -> list[Document | None]:
    collection = store.collections["vault"]
    return [row for at in range(0, len(keys), PAGE) for row in collection.get_many(keys[at : at + PAGE])]


def _asked(given: Any) -> tuple[list[str], list[str]]:  # Any: what a request's JSON holds
    if not (isinstance(given, list) and len(given) == 3 and all(isinstance(each, list) for each in given[:2])):
        raise BadRequest("records: expected a list of record ids, one of identifiers, and a digest")
    if len(given[0]) > 2 or len(given[1]) > MOST_IDENTIFIERS:
        raise BadRequest(f"records: expected at most 2 ids and {MOST_IDENTIFIERS} identifiers each")
    if not all(isinstance(text, str) for each in given[:2] for text in each):
        raise BadRequest("records: expected texts")
    return given[0], given[1]


def _event(given: Any, tenant: str) -> tuple[Record, str]:
    if not (isinstance(given, list) and len(given) == 2 and isinstance(given[1], str)):
        raise BadRequest("events: expected pairs of an event and a region")
    try:
        record = Record.from_json(json.dumps(given[0]))
    except RecordError as error:
        raise BadRequest(f"events: {error.key}: {error.expected}") from None
    if record.tenant_id != tenant:
        raise BadRequest("events: expected records of the institution that is asked for")
    return record, given[1]
