"""What stands in a bank: documents of the collection `image_hashes`, key <tenant>:<bank_id>:<entry_id>.

The entry's id follows from its hashes, so that the same row sent again is no second one. `revision` is the change of
the bank that brought it: each search head takes in what came after the last it has seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from minerva.documents import PAGE, Document
from minerva.image_banks.banks import load, lock, shown
from minerva.image_banks.reading import LENGTHS, Listed, ListError, Refused, read_list
from minerva.policy import Action
from minerva.tenancy.asking import BadRequest, Body, Store, number_of

MOST_HASHES = 1_000_000
MOST_TOLD = 100
"""Refused rows that an answer names; all are counted."""
_SHOWN = ("entry_id", *LENGTHS, "quality", "ref", "label", "added_by", "added")


def image_hashes(body: Body, store: Store) -> dict[str, Any]:
    """{"bank_id" | "bank", "op": "list" | "add" | "remove", ...} -> {"bank", ...}.

    list: "limit", "offset" -> {"hashes": [...]}. add: "list", the text of an export -> {"added", "held" (those that
    stood there), "withdrawn" (removed, as the list says), "refused" (a number), "rows": [{"row", "why"}], the first
    hundred}. remove: "entry_ids" -> {"removed"}.
    """
    operation = body.get("op", "list")
    if operation not in ("list", "add", "remove"):
        raise BadRequest("op: expected list, add or remove")
    tenant = store.tenant_for(Action.READ if operation == "list" else Action.JUDGE, body)
    row = load(body, store, tenant)
    if operation == "list":
        limit, offset = number_of(body, "limit", 100, 1, 1000), number_of(body, "offset", 0, 0, MOST_HASHES)
        found = store.collections["image_hashes"].find(
            {"tenant_id": tenant, "bank_id": row["bank_id"]}, sort="added:-1,entry_id:1", limit=limit, skip=offset
        )
        return {"bank": shown(row), "hashes": [entry_shown(each) for each in found]}
    with lock(store, tenant, str(row["bank_id"])):
        row = load({"bank_id": row["bank_id"]}, store, tenant)
        told = (_add if operation == "add" else _remove)(body, store, row)
    return {"bank": shown(load({"bank_id": row["bank_id"]}, store, tenant)), **told}


def entry_shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as it is given out."""
    return {key: row[key] for key in _SHOWN if row.get(key) not in (None, "")}


def entry_id_of(hashes: Mapping[str, str]) -> str:
    """The id of an entry with these hashes."""
    text = " ".join(f"{kind}:{hashes[kind]}" for kind in sorted(hashes))
    return "h_" + hashlib.sha256(text.encode()).hexdigest()[:24]


def _add(body: Body, store: Store, row: Document) -> dict[str, Any]:
    text = body.get("list")
    if not isinstance(text, str) or not text.strip():
        raise BadRequest("list: expected the text of a list of hashes")
    try:
        rows = list(read_list(text))
    except ListError as error:
        raise BadRequest(f"list: {error}") from None
    refused = [each for each in rows if isinstance(each, Refused)]
    keys: dict[str, Listed] = {}
    prefix = f"{row['tenant_id']}:{row['bank_id']}:"
    for each in rows:
        if isinstance(each, Listed):
            keys[prefix + entry_id_of(each.hashes)] = each
    held = _held(store, list(keys))
    new = [key for key, each in keys.items() if not each.is_withdrawn and key not in held]
    gone = [key for key, each in keys.items() if each.is_withdrawn and key in held]
    if int(row["hashes"]) + len(new) > MOST_HASHES:
        raise BadRequest(f"a bank holds at most {MOST_HASHES} hashes: open another one")
    store.trail.permit(len(new) + len(gone))
    revision = int(row["revision"]) + 1
    made = [_entry(store, row, key, keys[key], revision) for key in new]
    collection = store.collections["image_hashes"]
    for at in range(0, len(made), PAGE):
        collection.batch_save(made[at : at + PAGE])
    _drop(store, gone)
    _save(store, row, revision, len(made), len(gone))
    return {
        "added": len(made), "held": len(held) - len(gone), "withdrawn": len(gone), "refused": len(refused),
        "rows": [{"row": each.row, "why": each.why} for each in refused[:MOST_TOLD]],
    }  # fmt: skip


def _entry(store: Store, row: Document, key: str, listed: Listed, revision: int) -> Document:
    entry: Document = {
        "_key": key, "tenant_id": row["tenant_id"], "bank_id": row["bank_id"], "entry_id": key.rpartition(":")[2],
        "revision": revision, **listed.hashes, "ref": listed.ref, "label": listed.label,
        "added_by": store.subject.user, "added": store.context.now,
    }  # fmt: skip
    if listed.quality is not None:
        entry["quality"] = listed.quality
    return entry


def _remove(body: Body, store: Store, row: Document) -> dict[str, Any]:
    ids = body.get("entry_ids")
    if not isinstance(ids, list) or not 0 < len(ids) <= PAGE or not all(isinstance(each, str) for each in ids):
        raise BadRequest(f"entry_ids: expected 1 to {PAGE} ids of hashes")
    keys = [*_held(store, [f"{row['tenant_id']}:{row['bank_id']}:{each}" for each in ids if len(each) <= 40])]
    store.trail.permit(len(keys))
    remove_entries(store, row, keys)
    return {"removed": len(keys)}


def remove_entries(store: Store, row: Document, keys: list[str]) -> None:
    """Removes entries of a bank; every search head builds its file anew, so that no hash stays in one."""
    _drop(store, keys)
    _save(store, row, int(row["revision"]) + 1, 0, len(keys))


def _held(store: Store, keys: list[str]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for at in range(0, len(keys), PAGE):
        part = keys[at : at + PAGE]
        rows = store.collections["image_hashes"].get_many(part)
        found.update({key: row for key, row in zip(part, rows) if row is not None and row.get("tenant_id")})
    return found


def _drop(store: Store, keys: list[str]) -> None:
    for at in range(0, len(keys), PAGE):
        store.collections["image_hashes"].delete({"$or": [{"_key": key} for key in keys[at : at + PAGE]]})


def _save(store: Store, row: Document, revision: int, added: int, removed: int) -> None:
    """Saves what a change has made of the bank; one that took something away begins a new file everywhere."""
    changed: Document = {
        **row, "hashes": max(0, int(row["hashes"]) + added - removed), "revision": revision,
        "generation": int(row["generation"]) + int(removed > 0), "changed_by": store.subject.user,
        "changed": store.context.now,
    }  # fmt: skip
    store.collections["image_banks"].batch_save([changed])
