"""What linking keeps beside entities, without what was erased: its postings name records under hashed keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from minerva.documents import PAGE, Document
from minerva.linking.updates.keys import keys_of
from minerva.tenancy.asking import Store
from minerva.tenancy.committed import before_key
from minerva.tenancy.judgements.judging import noted_of
from minerva.tenancy.rebuild.entity_changes import bucket_document
from minerva.tenancy.rebuild.link_state import bucket_of, unpacked, without


def forgotten(store: Store, tenant: str, members: Iterable[Document]) -> int:
    """Takes records out of the postings, of their rows as they are stored; how many buckets named one.

    What an unfinished refresh has written, and what it keeps of before, loses them too.
    """
    buckets = int(noted_of(store, tenant).get("buckets") or 0)
    rows = {str(row["member"]): row["row"] for row in members if row.get("kind") == "record" and row.get("row")}
    if not buckets or not rows:
        return 0
    keys = {key for record_id, row in rows.items() for key in keys_of(unpacked(record_id, row))}
    names = [f"{tenant}:{number}" for number in sorted({bucket_of(key, buckets) for key in keys})]
    kept = [before_key(tenant, "postings", name) for name in names]
    return _rewritten(store, "postings", names, rows.keys()) + _rewritten(store, "refresh", kept, rows.keys())


def _rewritten(store: Store, collection: str, names: list[str], gone: Collection[str]) -> int:
    count, stored = 0, store.stored[collection]
    for at in range(0, len(names), PAGE):
        changed = []
        for row in stored.get_many(names[at : at + PAGE]):
            held = row.get("document", row) if row is not None else {}
            left = without(held.get("keys", {}), gone)
            if row is not None and left != held.get("keys", {}):
                bucket = {**held, **bucket_document(held["bucket"], left)}
                changed.append({**row, "document": bucket} if "document" in row else bucket)
        if changed:
            stored.batch_save(changed)
        count += len(changed)
    return count
