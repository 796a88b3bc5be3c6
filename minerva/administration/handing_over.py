"""What somebody leaves behind who is removed: things on the watch list, and cases that nobody can read any more.

An administrator says who takes them over, and reads none of them. A case that others still read stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from minerva.cases.cases import CASE, MEMBERS, members_of, remembered, works_here
from minerva.documents import Document, find_all
from minerva.policy import Tenant
from minerva.sharing import log
from minerva.tenancy.asking import BadRequest, Body, Store, text_of
from minerva.tenancy.claims import alone
from minerva.tenancy.watching import keeping
from minerva.tenancy.watching.items import ACTIVE, items_of, state_of


def heir_of(body: Body, store: Store, tenant: Tenant, person: str) -> str:
    """The analyst who takes over, "" where a body names nobody. Raises BadRequest."""
    if "to" not in body:
        return ""
    user = text_of(body, "to", 100)
    if user == person or not works_here(store, tenant.tenant_id, user):
        raise BadRequest("to: expected the user name of another analyst of your institution")
    return user


def handed_over(store: Store, tenant: str, person: str, heir: str, why: str) -> dict[str, int]:
    """How many things on the watch list, and cases without a reader, somebody leaves: handed over, where there is an
    heir. What is nothing is left out."""
    watched = [row for row in items_of(store, tenant) if _keeps(store, row, person)]
    works = cache(partial(works_here, store, tenant))  # people of many cases are asked for once
    cases = [row for row in find_all(store.collections["cases"], {"tenant_id": tenant, "kind": CASE})
             if _is_shut(row, person, works)]  # fmt: skip
    counts = {name: len(rows) for name, rows in (("watched", watched), ("cases", cases)) if rows}
    if heir and counts:
        log.changed(store, tenant, "handed_over", what="membership", object_id=person, to=heir, why=why)
        now = int(store.context.now)
        passed = [keeping.passed(row, person, heir, store.subject.user, now) for row in watched]
        if passed:
            store.collections["watchlist"].batch_save(passed)
        for row in cases:
            _open_to(store, tenant, str(row["_key"]), person, heir)
    return counts


def _keeps(store: Store, row: Document, person: str) -> bool:
    return state_of(row, store.context.now) == ACTIVE and person in keeping.keepers_of(row)


def _is_shut(row: Mapping[str, Any], person: str, works: Callable[[str], bool]) -> bool:
    """Whether members alone read a case, the person was one, and none of them works here any more."""
    readers = members_of(row)
    return row.get("readers") == MEMBERS and person in readers and not any(map(works, readers))


def _open_to(store: Store, tenant: str, key: str, person: str, heir: str) -> None:
    busy = "somebody else is changing a case: ask again in a moment"
    with alone(store, tenant, f"case\0{key.partition(':')[2]}", busy):
        row = store.collections["cases"].get(key)
        if row is None or not _is_shut(row, person, partial(works_here, store, tenant)):
            return
        members = sorted({*row.get("members", ()), heir} - {person})
        change = {"members": members, "assigned": heir if row.get("assigned") == person else row.get("assigned", "")}
        history = remembered(store, row, {each: row.get(each) for each in change})
        store.collections["cases"].batch_save([{**row, **change, "history": history, "changed": store.context.now}])
