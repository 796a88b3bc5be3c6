"""What an export takes out: the chosen entities with their records, under the strictest of their markings.

Records are given as linking keeps them: identifiers, name, place, type, source and time, without the text. For another
institution the policy is asked as if this were a release to it, so an export reaches nobody whom a release would not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from minerva.documents import PAGE, Collection, Document
from minerva.exports.markings import BY_STRICTNESS
from minerva.policy import COMMUNITY, Action, Approval, Grant, Level, Object
from minerva.policy.vocabulary import INFRASTRUCTURE, STATISTICS, VICTIM
from minerva.records.model import format_time
from minerva.sharing.content import bound
from minerva.sharing.objects import ENTITY, NAMES_ARE, RECORD, marked_object, marking_key
from minerva.sharing.recipients import allowed
from minerva.tenancy.asking import BadRequest, Store, entity_of
from minerva.tenancy.rebuild.link_state import unpacked
from minerva.tenancy.set_aside import set_aside
from minerva.tenancy.tombstones import erased_among

EXPORT = "export"
MOST_ENTITIES, MOST_RECORDS = 5000, 20_000


class NeedsApproval(Exception):
    """A second person of the institution has to agree first."""


class RecipientRefused(BadRequest):
    """There is no such institution, or what is marked so does not go to it."""


@dataclass(frozen=True)
class Chosen:
    """What one export would hold. `markings`: entity id -> its marking, {} where nobody decided yet."""

    tenant_id: str
    entities: Sequence[Document]
    records: Sequence[Mapping[str, Any]]
    markings: Mapping[str, Document]
    level: str
    """The strictest marking of all that is in it."""

    @property
    def rows(self) -> int:
        """How many entities and records leave."""
        return len(self.entities) + len(self.records)

    def content_hash(self, form: str, recipient: str) -> str:
        """What an approval is bound to: which things leave, as what, for whom, under which marking."""
        content: dict[str, dict[str, Any]] = {
            "entities": {str(row["entity_id"]): sorted(row.get("records", ())) for row in self.entities},
            "records": {str(each["key"]["record_id"]): {} for each in self.records},
        }
        terms = {"format": form, "to": recipient, "level": self.level}
        return bound(self.tenant_id, EXPORT, "", terms, content)


def chosen(store: Store, tenant: str, ids: Iterable[str], alone: Iterable[str] = ()) -> Chosen:
    """The entities of these ids with their records, and records `alone`, for whoever hands to themselves; what is
    absent and what is not the institution's are left out."""
    found: dict[str, Document] = {}
    for entity_id in dict.fromkeys(ids):
        document = entity_of(store, [tenant], entity_id)
        if document is not None:
            found[str(document["entity_id"])] = document
        if len(found) > MOST_ENTITIES:
            raise BadRequest(f"more than {MOST_ENTITIES} entities: narrow the choice")
    entities = [found[name] for name in sorted(found)]
    of_record = {str(each): str(row["entity_id"]) for row in entities for each in row.get("records", ())}
    for record_id in alone:
        of_record.setdefault(record_id, "")
    if len(of_record) > MOST_RECORDS:
        raise BadRequest(f"more than {MOST_RECORDS} records: narrow the choice")
    marked = store.collections["markings"]
    markings = _by_id(marked, tenant, ENTITY, list(found))
    own = _by_id(marked, tenant, RECORD, list(of_record))
    aside = set_aside(store, tenant, entities)
    entities = [
        {**row, "marking": {"level": _level(markings[str(row["entity_id"])])}, **({"set_aside": each} if each else {})}
        for row, each in zip(entities, aside)
    ]
    records = [
        {
            **each,
            "marking": {"level": _strictest(_level(markings.get(of_record[record_id], {})), *_levels(own[record_id]))},
        }
        for record_id, each in _records(store, tenant, list(of_record)).items()
    ]
    levels = [str(each["marking"]["level"]) for each in (*entities, *records)]
    return Chosen(tenant, entities, records, markings, _strictest(*levels) if levels else "L0")


def of_size(store: Store, tenant: str, least: int) -> list[str]:
    """Ids of the institution's entities with at least so many records."""
    query = {"tenant_id": tenant, "size": {"$gte": least}}
    rows = store.collections["entities"].find(query, sort="entity_id:1", limit=MOST_ENTITIES + 1)
    return [str(row["entity_id"]) for row in rows]


def for_recipient(
    store: Store, given: Chosen, recipient: str, content_hash: str, approvals: tuple[Approval, ...]
) -> tuple[Chosen, dict[str, int]]:
    """What the recipient may be given, and counts of what the policy keeps back.

    Raises RecipientRefused, NeedsApproval.
    """
    if recipient == given.tenant_id:
        return given, {}
    other = store.context.tenants.get(recipient)
    if other is None or other.state != "active":
        raise RecipientRefused("expected your institution, or another one of this installation")
    withheld = 0
    entities: list[Document] = []
    nameless: set[str] = set()
    for row in given.entities:
        marking = given.markings[str(row["entity_id"])]
        classes = {INFRASTRUCTURE, STATISTICS, _names_class(marking)}

        def permitted(agreed: tuple[Approval, ...], marking: Document = marking, classes: set[str] = classes) -> Any:
            obj = _as_released(store, given.tenant_id, recipient, marking, content_hash, frozenset(classes), agreed)
            return allowed(other, obj, frozenset(classes), store.context, (Action.EXPORT,))[Action.EXPORT]

        may = permitted(approvals)
        if INFRASTRUCTURE not in may:
            imagined = Approval("\0", given.tenant_id, content_hash, store.context.now)
            if not approvals and INFRASTRUCTURE in permitted((imagined,)):
                raise NeedsApproval
            raise RecipientRefused(f"what is marked {_level(marking)} does not go to this institution")
        if _names_class(marking) not in may:
            withheld += len(row.get("names", ()))
            nameless.update(map(str, row.get("records", ())))
            row = _without_names(row)
        entities.append(row)
    records = [_unnamed(each) if each["key"]["record_id"] in nameless else each for each in given.records]
    return replace(given, entities=entities, records=records), {"names": withheld} if withheld else {}


def _as_released(
    store: Store, tenant: str, recipient: str, marking: Document, content_hash: str, classes: frozenset[str],
    approvals: tuple[Approval, ...],
) -> Object:  # fmt: skip
    """The object as if it were released at its own level to every group that both are in, and to the community."""
    level, now, user = Level.read(_level(marking)), store.context.now, store.subject.user
    shared = sorted(
        name for name, group in store.context.groups.items() if group.active and {tenant, recipient} <= group.members
    )
    grants = tuple(
        Grant(EXPORT, name, level, classes, user, now, now + 1, approvals=approvals) for name in (*shared, COMMUNITY)
    )
    return marked_object(tenant, ENTITY, marking, content_hash, user, grants)


_OF_NAMES = frozenset(("names", "explanation", "related", "shared_building"))
"""Fields of an entity that hold names, or words of them."""


def _names_class(marking: Mapping[str, Any]) -> str:
    named = str(marking.get("names_are", ""))
    return named if named in NAMES_ARE else VICTIM


def _without_names(row: Document) -> Document:
    joins = [{**join, "why": ""} for join in row.get("joins", ())]
    kept = {key: value for key, value in row.items() if key not in _OF_NAMES}
    return {**kept, "joins": joins}


def _unnamed(record: Mapping[str, Any]) -> dict[str, Any]:
    key = {name: value for name, value in record["key"].items() if name not in ("name", "address")}
    return {**record, "key": key}


def _records(store: Store, tenant: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Record id -> the record as linking keeps it, by ids; without those that were erased."""
    gone = erased_among(store, tenant, RECORD, ids)
    members = store.collections["members"]
    found: dict[str, dict[str, Any]] = {}
    for record_id, row in _stored(members, sorted(set(ids) - gone), lambda each: f"{tenant}:{each}"):
        if row is None or row.get("kind") != RECORD or not row.get("row"):
            continue
        kept = unpacked(record_id, row["row"])
        texts = {"name": kept.name, "address": kept.address, "city": kept.city, "region": kept.region}
        key = {"record_id": record_id, "record_type": kept.record_type, "tenant_id": tenant, **texts}
        found[record_id] = {
            "key": {**key, "postcode": kept.postcode}, "source_id": kept.source_id,
            "evidence": [{"identifier": identifier} for identifier in kept.contacts],
        }  # fmt: skip
        if kept.time:
            found[record_id]["observed_time"] = format_time(datetime.fromtimestamp(kept.time, timezone.utc))
    return found


def _by_id(collection: Collection, tenant: str, what: str, ids: Sequence[str]) -> dict[str, Document]:
    found = _stored(collection, sorted(ids), lambda each: marking_key(tenant, what, each))
    return {each: row or {} for each, row in found}


def _stored(collection: Collection, ids: Sequence[str], key: Any) -> list[tuple[str, Document | None]]:
    found: list[tuple[str, Document | None]] = []
    for at in range(0, len(ids), PAGE):
        part = ids[at : at + PAGE]
        found += zip(part, collection.get_many([key(each) for each in part]))
    return found


def _level(marking: Mapping[str, Any]) -> str:
    return f"L{int(Level.read(str(marking.get('level', 'L0'))))}"


def _levels(marking: Mapping[str, Any]) -> list[str]:
    """The level that somebody gave a thing of its own, if anybody did."""
    return [_level(marking)] if marking else []


def _strictest(*levels: str) -> str:
    return max(levels, key=BY_STRICTNESS.index)
