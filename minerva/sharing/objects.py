"""What can be shared, as the store holds it: an entity, one record of it, or a person of the vault, with what its
owner's people decided.

Who acts and for which institution is settled here too, before anything is loaded.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from minerva.documents import PAGE, Document
from minerva.policy import PROFILES, Action, Grant, Level, Object, tenants_of
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, entity_of, text_of
from minerva.tenancy.claims import alone
from minerva.tenancy.rebuild.link_state import unpacked
from minerva.tenancy.set_aside import set_aside
from minerva.tenancy.tombstones import erased_among

ENTITY, RECORD, SUBJECT = "entity", "record", "subject"
_KEYS = {ENTITY: "entity_id", RECORD: "record_id", SUBJECT: "subject_id"}
WHOLE = (ENTITY, SUBJECT)
"""What can be erased and held: a record goes with its entity."""
NAMES_ARE = ("victim_identity", "witness", "perpetrator")
"""What the names of an entity can be said to be. Unsaid, they are a victim's."""


@dataclass(frozen=True)
class Held:
    """One object of an institution: the document as stored and the marking beside it ({} if nobody decided yet)."""

    what: str
    object_id: str
    tenant_id: str
    document: Document
    marking: Document
    set_aside: tuple[str, ...] = ()
    """Its identifiers that several entities hold, so that they join none."""

    def in_policy(self, content_hash: str = "", author: str = "", grants: tuple[Grant, ...] = ()) -> Object:
        """The object as the policy is asked about it."""
        return marked_object(self.tenant_id, self.what, self.marking, content_hash, author, grants)


def marked_object(
    tenant_id: str,
    what: str,
    marking: Mapping[str, Any],
    content_hash: str = "",
    author: str = "",
    grants: tuple[Grant, ...] = (),
) -> Object:
    """An object of the policy from its marking; without one it is private."""
    return Object(
        tenant_id,
        what,
        Level.read(str(marking.get("level", "L0"))),
        content_hash,
        author,
        grants,
        str(marking.get("consent", "")),
        str(marking.get("suspicion", "")),
        bool(marking.get("legal_hold")),
        bool(marking.get("erased")),
    )


def need_circumstances(store: Store) -> None:
    """Raises BadRequest unless purpose and case are stated, and a legal basis where the asker's profile needs one.

    What is told depends on the asker alone.
    """
    missing = [name for name in ("purpose", "case") if not getattr(store.context, name)]
    own = [store.context.tenants[name] for name in tenants_of(store.subject, store.context)]
    if not store.context.legal_basis and any(PROFILES[t.profile].legal_basis for t in own if t.profile in PROFILES):
        missing.append("legal_basis")
    if missing:
        raise BadRequest(f"{', '.join(missing)}: needed for whatever is shared or read from others")


def acting(body: Body, store: Store, action: Action) -> tuple[Store, str]:
    """The store of a user who speaks for one institution, and that institution. Raises Absent, BadRequest."""
    tenant = store.tenant_for(action, body)
    return replace(store, context=replace(store.context, acting_for=tenant)), tenant


def reading_for(body: Body, store: Store) -> tuple[Store, str]:
    """The store of a reader who speaks for one institution, or for none ("") where the user has none.

    Raises BadRequest if the user has several and names none; Absent for one that is not the user's.
    """
    own = tenants_of(store.subject, store.context)
    named = text_of(body, "tenant_id") if "tenant_id" in body else ""
    if named and named not in own:
        raise Absent
    if len(own) > 1 and not named:
        raise BadRequest("you belong to several tenants: name one as tenant_id")
    tenant = named or (own[0] if own else "")
    return replace(store, context=replace(store.context, acting_for=tenant)), tenant


def held_of(body: Body, store: Store, tenant: str, whats: Sequence[str] = tuple(_KEYS)) -> Held:
    """The object that a body names, one of `whats`, of that institution. Raises BadRequest, Absent."""
    named = [what for what in whats if _KEYS[what] in body]
    if len(named) != 1 or any(_KEYS[what] in body for what in _KEYS if what not in whats):
        raise BadRequest(f"expected one of {', '.join(_KEYS[what] for what in whats)}")
    return load(store, tenant, named[0], text_of(body, _KEYS[named[0]]))


def load(store: Store, tenant: str, what: str, object_id: str) -> Held:
    """An object by kind and id. Raises Absent; also for one that was erased."""
    document: Document | None
    if what == ENTITY:
        document = entity_of(store, [tenant], object_id)
        object_id = str(document["entity_id"]) if document else object_id
    elif what == RECORD:
        document = _record(store, tenant, object_id)
    else:
        document = store.collections["vault"].get(f"{tenant}:{object_id}")
        if document is not None and (document.get("kind") != "subject" or document.get("tenant_id") != tenant):
            document = None
    if document is None:
        raise Absent
    aside = () if what == SUBJECT else tuple(set_aside(store, tenant, [document])[0])
    return Held(what, object_id, tenant, document, marking_of(store, tenant, what, object_id), aside)


def _record(store: Store, tenant: str, record_id: str) -> Document | None:
    """What linking keeps of a record, in the form of an entity of one; None before it was linked, and once erased."""
    for row in store.load("members", [tenant], record_id):
        if row.get("kind") == RECORD and row.get("row") and not erased_among(store, tenant, RECORD, [record_id]):
            found = unpacked(record_id, row["row"])
            document: Document = {
                "record_id": record_id, "records": [record_id], "size": 1, "record_types": {found.record_type: 1},
                "identifiers": list(found.identifiers), "names": [found.name] if found.name else [],
                "cities": [found.city] if found.city else [],
            }  # fmt: skip
            return {**document, "first_time": found.time, "last_time": found.time} if found.time else document
    return None


def marking_key(tenant: str, what: str, object_id: str) -> str:
    """The key of a marking."""
    return f"{tenant}:{what}:{object_id}"


def marking_of(store: Store, tenant: str, what: str, object_id: str) -> Document:
    """The marking of an object; {} where there is none."""
    return store.collections["markings"].get(marking_key(tenant, what, object_id)) or {}


@contextlib.contextmanager
def undecided(store: Store, held: Held) -> Iterator[None]:
    """Within it the marking of a loaded object is as it was loaded, and nobody else changes it. Raises Contradicts."""
    busy = "somebody else has just decided about it: look at it again"
    with alone(store, held.tenant_id, f"marking:{held.what}:{held.object_id}", busy):
        if marking_of(store, held.tenant_id, held.what, held.object_id) != held.marking:
            raise Contradicts(busy)
        yield


def erased_objects(store: Store, tenant: str, objects: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which (what, id) of the institution's objects were erased, a record also by its entity's erasure."""
    asked = sorted(set(objects))
    markings = many(store, "markings", [marking_key(tenant, what, name) for what, name in asked])
    gone = {each for each, row in zip(asked, markings) if row is not None and row.get("erased")}
    records = erased_among(store, tenant, RECORD, [name for what, name in asked if what == RECORD])
    return gone | {(RECORD, name) for name in records}


def many(store: Store, collection: str, keys: Sequence[str]) -> list[Document | None]:
    """The document of each key, in order."""
    found = store.collections[collection]
    return [row for at in range(0, len(keys), PAGE) for row in found.get_many(keys[at : at + PAGE])]
