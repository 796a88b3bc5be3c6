"""Claims: what one at a time does, under a row of fixed key whose insert fails while another holds it.

A claim ends by its owner's name and a dead one by its time, each in one step of the store: nobody ends another's, and
of two who find a dead one only one gets its place.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator

from minerva.tenancy.asking import Contradicts, Store

SECONDS = 60
"""A claim that has not ended after so long is taken for dead."""


@contextlib.contextmanager
def alone(store: Store, tenant: str, name: str, busy: str) -> Iterator[None]:
    """Within it nobody else holds the institution's claim of that name. While one does: Contradicts, saying `busy`."""
    collection, now, owner = store.collections["proposals"], store.clock(), uuid.uuid4().hex
    claim = {"tenant_id": tenant, "kind": "claim"}
    collection.discard({**claim, "expires": {"$lt": now}})
    row = {"_key": f"{tenant}\0{name}", **claim, "owner": owner, "time": now, "expires": now + SECONDS}
    if not collection.insert(row):
        raise Contradicts(busy)
    try:
        yield
    finally:
        collection.discard({**claim, "owner": owner})
