"""Copies of a release in the indexes of those who may read it, and the tombstones that take them back.

A copy's id depends on grant and recipient alone, so writing it twice is seen once. Both are signed: others may be able
to write into the same index, and what they write must neither pass for a release nor take one back.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from minerva.documents import Document, find_all
from minerva.exports.markings import TLP
from minerva.policy import tenants_of
from minerva.records.model import canonical_json, format_time
from minerva.sharing.content import shown
from minerva.sharing.copy_text import RECALL, RELEASE, SIGNATURE, line_of, read
from minerva.sharing.grants import Released, grant_key
from minerva.sharing.objects import many
from minerva.sharing.pseudonyms import object_name, pseudonym, share_id
from minerva.sharing.recipients import Shelf, shelves
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, page_of

WEEK_S = 7 * 86_400


def planned(store: Store, released: Released) -> list[Shelf]:
    """The copies that the grant has now, by the policy."""
    return shelves(released.obj, released.grant, released.circumstances(store.context))


def write(store: Store, released: Released, now_planned: list[Shelf]) -> int:
    """Writes the copies that are missing or a week old, and takes back those that are no longer planned."""
    row = released.document
    held = {each["copy_id"]: each for each in copies_of(store, row["tenant_id"], row["grant_id"])}
    wanted = {copy_id(store, released, shelf): shelf for shelf in now_planned}
    written = 0
    for name, shelf in wanted.items():
        before = held.get(name)
        if before is not None and _stands(before, shelf) and store.context.now - before["time"] < WEEK_S:
            continue
        moment = _moment(store, before)
        # Noted before it is written, so that a recall reaches whatever may be there, and again when it stands.
        _note(store, released, shelf, name, moment, written=False)
        store.write_event(shelf.index, RELEASE, event_text(store, released, shelf, moment))
        _note(store, released, shelf, name, moment, written=True)
        written += 1
    for name, before in held.items():
        if name not in wanted and not before["gone"]:
            _take_back(store, before)
    return written


def take_back(store: Store, released: Released) -> int:
    """Writes a tombstone for every copy of the grant that was ever written; how many."""
    row = released.document
    standing = [each for each in copies_of(store, row["tenant_id"], row["grant_id"]) if not each["gone"]]
    for each in standing:
        _take_back(store, each)
    return len(standing)


def take_back_left_over(store: Store, tenant: str) -> int:
    """Takes back copies of grants that are not there any more, as one who died while writing leaves them; how many."""
    rows = [row for row in _noted(store, {"tenant_id": tenant}) if not row["gone"]]
    grants = many(store, "grants", [grant_key(tenant, row["grant_id"]) for row in rows])
    left = [row for row, grant in zip(rows, grants) if grant is None]
    for row in left:
        _take_back(store, row)
    return len(left)


def copies_of(store: Store, tenant: str, grant_id: str) -> list[Document]:
    """What was noted of a grant's copies. `last`: when the last event of one was written; `gone`: it is a tombstone."""
    return _noted(store, {"tenant_id": tenant, "grant_id": grant_id})


def _noted(store: Store, query: Mapping[str, Any]) -> list[Document]:
    collection = store.collections["grants"]
    gone = {row["copy_id"]: row["time"] for row in find_all(collection, {**query, "kind": "gone"})}
    found = []
    for row in find_all(collection, {**query, "kind": "copy"}):
        taken_back = gone.get(row["copy_id"], 0.0)
        found.append({**row, "gone": taken_back >= row["time"], "last": max(taken_back, row["time"])})
    return found


def copy_id(store: Store, released: Released, shelf: Shelf) -> str:
    """The id of the copy on a shelf."""
    row = released.document
    return "c_" + pseudonym(store.secret("release"), "copy", shelf.recipient, f"{row['tenant_id']}:{row['grant_id']}")


def event_text(store: Store, released: Released, shelf: Shelf, moment: float) -> str:
    """A copy as an event: one line of JSON, signed so that what others write there is told apart.

    Its time stands first, since splunkd takes the first time that it finds for the event's.
    """
    row, grant, key = released.document, released.grant, store.secret("release")
    told = shown(released.content, shelf.classes, grant.level)
    event = {
        "released_time": iso(moment),
        "moment": moment,
        "copy_id": copy_id(store, released, shelf),
        "share_id": share_id(key, shelf.recipient, row["tenant_id"], row["grant_id"]),
        "object": object_name(key, shelf.recipient, row["tenant_id"], row["what"], row["object_id"]),
        "what": row["what"],
        "owner": store.context.tenants[row["tenant_id"]].name,
        "level": f"L{int(grant.level)}",
        "tlp": TLP[f"L{int(grant.level)}"],
        "expires": int(grant.expires),
        "obligations": list(shelf.obligations),
        "classes": sorted(shelf.classes),
        "content": told,
    }
    return signed(key, shelf.index, RELEASE, event)


def signed(key: bytes, index: str, kind: str, event: Mapping[str, Any]) -> str:
    """The text of an event with its signature."""
    made = signature(key, index, kind, event)
    return line_of({**event, SIGNATURE: made})


def signature(key: bytes, index: str, kind: str, event: Mapping[str, Any]) -> str:
    """HMAC-SHA-256 over index, source type and the event without its signature.

    Whoever may write into an index cannot make one, nor carry one over from another index.
    """
    text = canonical_json({name: value for name, value in event.items() if name != SIGNATURE})
    return hmac.new(key, f"copy\0{index}\0{kind}\0{text}".encode("utf-8", "replace"), "sha256").hexdigest()


def copies_check(body: Body, store: Store) -> dict[str, Any]:
    """{"copies": [[index, source type, event text], ...]} -> {"genuine": [bool, ...]}.

    For whoever has an institution: whether the service wrote each copy and tombstone, into that index, as it stands.
    """
    if not tenants_of(store.subject, store.context):
        raise Absent
    key, found = store.secret("release"), []
    for given in page_of(body, "copies"):
        if not (isinstance(given, list) and len(given) == 3 and all(isinstance(each, str) for each in given)):
            raise BadRequest("copies: expected lists of index, source type and event text")
        found.append(_genuine(key, *given))
    store.trail.permit(len(found))
    return {"genuine": found}


def _genuine(key: bytes, index: str, kind: str, text: str) -> bool:
    event = read(kind, text)
    if event is None:
        return False
    return hmac.compare_digest(signature(key, index, kind, event).encode(), event[SIGNATURE].encode("utf-8", "replace"))


def iso(moment: float) -> str:
    """Epoch seconds as UTC."""
    return format_time(datetime.fromtimestamp(moment, timezone.utc))


def _stands(copy: Document, shelf: Shelf) -> bool:
    same = copy["classes"] == sorted(shelf.classes) and copy["index"] == shelf.index
    return bool(same and copy["written"] and not copy["gone"])


def _note(store: Store, released: Released, shelf: Shelf, name: str, moment: float, written: bool) -> None:
    row = released.document
    store.collections["grants"].batch_save([
        {
            "_key": f"{row['tenant_id']}:{row['grant_id']}:{name}", "tenant_id": row["tenant_id"], "kind": "copy",
            "grant_id": row["grant_id"], "copy_id": name, "index": shelf.index, "recipient": shelf.recipient,
            "classes": sorted(shelf.classes), "time": moment, "written": written,
        }
    ])  # fmt: skip


def _take_back(store: Store, copy: Document) -> None:
    moment = _moment(store, copy)
    tombstone = {"recalled_time": iso(moment), "moment": moment, "copy_id": copy["copy_id"]}
    store.write_event(copy["index"], RECALL, signed(store.secret("release"), copy["index"], RECALL, tombstone))
    # A note of its own, so that nobody who writes the copy at the same moment writes over it.
    told = {key: copy[key] for key in ("tenant_id", "grant_id", "copy_id")}
    store.collections["grants"].batch_save([{"_key": f"{copy['_key']}:gone", "kind": "gone", **told, "time": moment}])


def _moment(store: Store, before: Document | None) -> float:
    """When an event of a copy is written, later than the one before: of a copy's events readers see the last alone."""
    return round(max(store.clock(), before["last"] + 0.001 if before is not None else 0.0), 3)
