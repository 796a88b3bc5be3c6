"""The gallery of an institution: rows of schools with the facts of their uniforms, in buckets of one document each.

Documents of the collection `schools`: kind bucket, key <tenant>:<number>, and kind head, key <tenant>:head, whose
version changes with each change, so that a process knows when what it holds in memory is old.
"""

from __future__ import annotations

import binascii
import contextlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.schools.register import ROW, SCHOOL_ID, RowError, checked
from minerva.schools.register import rows_of as rows_of_records
from minerva.tenancy.asking import BadRequest, Body, Store, page_of
from minerva.tenancy.claims import alone

BUCKET, HEAD = "bucket", "head"
BUCKETS = 64
MOST_SCHOOLS, MOST_ADDED, MOST_RECORDS = 100_000, 10_000, 2000
_HELD: dict[str, tuple[str, dict[str, Document]]] = {}
"""Memory of this process: tenant -> (version, rows by id)."""
_MOST_HELD = 4
_ACTIONS = {
    "get": Action.READ, "add": Action.JUDGE, "register": Action.JUDGE, "renew": Action.STORE, "remove": Action.JUDGE
}  # fmt: skip


def school_gallery(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "get" | "add" | "register" | "renew" | "remove", ...} -> {"schools", "with_uniform", "countries"}: how
    many as it stands now.

    add: "schools", at most 10,000 rows of school_id, name and what else is known, each in place of the one with its id.
    register: "records", at most 2,000 records of kind school as events hold them; what they say takes the place of what
    is held of the same school, and what is known of its uniform stays. Answers `taken`, `changed` and `left_out` too.
    renew: the same by the service, of sources alone of which a school is held: somebody took them before.
    remove: "school_ids", or "all": true. get with "school_ids" gives those rows too, as `rows`.
    """
    operation = body.get("op", "get")
    action = _ACTIONS.get(str(operation))
    if action is None:
        raise BadRequest(f"op: expected one of {', '.join(_ACTIONS)}")
    counts: dict[str, int] = {}
    tenant = store.tenant_for(action, body)
    if operation == "add":
        given = body.get("schools")
        if not isinstance(given, list) or not 0 < len(given) <= MOST_ADDED:
            raise BadRequest(f"schools: expected a list of 1 to {MOST_ADDED}")
        _add(store, tenant, given)
    elif operation in ("register", "renew"):
        counts = _register(store, tenant, body.get("records"), renewing=operation == "renew")
    elif operation == "remove":
        _remove(store, tenant, body)
    else:
        store.trail.permit()
    rows = rows_of(store, tenant)
    told: dict[str, Any] = {
        "schools": len(rows),
        "with_uniform": sum(1 for row in rows.values() if has_uniform(row)),
        "countries": dict(Counter(str(row.get("country") or "?") for row in rows.values())),
        **counts,
    }
    asked = [each for each in page_of(body, "school_ids") if isinstance(each, str)] if operation == "get" else []
    if asked:
        told["rows"] = [rows[each] for each in asked if each in rows]
    return told


def rows_of(store: Store, tenant: str) -> dict[str, Document]:
    """Every school of the institution by its id. They are kept in memory until they change."""
    head = store.collections["schools"].get(f"{tenant}:{HEAD}")
    version = str(head["version"]) if head is not None else ""
    held = _HELD.get(tenant)
    if held is not None and held[0] == version and version:
        return held[1]
    found: dict[str, Document] = {}
    for bucket in find_all(store.collections["schools"], {"tenant_id": tenant, "kind": BUCKET}):
        found.update(bucket["schools"])
    while len(_HELD) >= _MOST_HELD and tenant not in _HELD:
        _HELD.pop(next(iter(_HELD)))
    _HELD[tenant] = (version, found)
    return found


def has_uniform(row: Mapping[str, Any]) -> bool:
    """Whether anything is known of what is worn there."""
    return any(row.get(key) for key in ("garment", "garment_color", "tie_colors", "crest_shape", "charges", "motto"))


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """A school as it stands among what was found."""
    return {key: row[key] for key in ROW if row.get(key) not in (None, "")}


def put(store: Store, tenant: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows that were checked, each in place of the one with its id; within `changing`."""
    if len({*rows_of(store, tenant), *(str(row["school_id"]) for row in rows)}) > MOST_SCHOOLS:
        raise BadRequest(f"your institution may hold {MOST_SCHOOLS} schools: remove some first")
    by_bucket: dict[int, dict[str, Any]] = {}
    for row in rows:
        by_bucket.setdefault(_bucket(str(row["school_id"])), {})[str(row["school_id"])] = row
    _write(store, tenant, {number: {**_held_in(store, tenant, number), **new} for number, new in by_bucket.items()})


def _add(store: Store, tenant: str, given: Iterable[Any]) -> None:
    rows: list[dict[str, Any]] = []
    for each in given:
        if not isinstance(each, Mapping):
            raise BadRequest("schools: expected a list of objects")
        try:
            rows.append(checked(each))
        except RowError as error:
            raise BadRequest(f"schools: {error}") from None
    with changing(store, tenant):
        store.trail.permit(len(rows))
        put(store, tenant, rows)


def _register(store: Store, tenant: str, given: Any, renewing: bool) -> dict[str, int]:
    is_list = isinstance(given, list) and 0 < len(given) <= MOST_RECORDS
    if not is_list or not all(isinstance(each, Mapping) for each in given):
        raise BadRequest(f"records: expected a list of 1 to {MOST_RECORDS} records")
    told = rows_of_records(given)
    with changing(store, tenant):
        held, rows = rows_of(store, tenant), []
        sources = {_source_of(school_id) for school_id in held} if renewing else set()
        for each in told:
            if renewing and _source_of(each["school_id"]) not in sources:
                continue
            with contextlib.suppress(RowError):
                known = {key: value for key, value in each.items() if value != ""}
                rows.append(checked({**held.get(str(each["school_id"]), {}), **known}))
        changed = [row for row in rows if held.get(str(row["school_id"])) != row]
        store.trail.permit(len(changed))
        if changed:
            put(store, tenant, changed)
    return {"taken": len(rows), "changed": len(changed), "left_out": len(given) - len(rows)}


def _source_of(school_id: str) -> str:
    """The register that a row came from, as `rows_of` of the register writes its id."""
    return school_id.partition("-")[0]


def _remove(store: Store, tenant: str, body: Body) -> None:
    asked = [each for each in page_of(body, "school_ids") if isinstance(each, str) and SCHOOL_ID.fullmatch(each)]
    if not asked and body.get("all") is not True:
        raise BadRequest("school_ids: expected a list of ids, or all: true")
    with changing(store, tenant):
        store.trail.permit(len(asked))
        if body.get("all") is True:
            _write(store, tenant, {number: {} for number in range(BUCKETS)})
        else:
            changed: dict[int, dict[str, Any]] = {}
            for school_id in asked:
                number = _bucket(school_id)
                if number not in changed:
                    changed[number] = _held_in(store, tenant, number)
                changed[number].pop(school_id, None)
            _write(store, tenant, changed)


def changing(store: Store, tenant: str) -> AbstractContextManager[None]:
    """Within it nobody else changes the schools of the institution."""
    return alone(store, tenant, "schools", "somebody else is changing the schools: try again in a moment")


def _write(store: Store, tenant: str, buckets: Mapping[int, Mapping[str, Any]]) -> None:
    base = {"tenant_id": tenant, "kind": BUCKET}
    documents: list[Document] = [
        {"_key": f"{tenant}:{number}", **base, "number": number, "schools": dict(schools)}
        for number, schools in buckets.items()
    ]
    head = {"_key": f"{tenant}:{HEAD}", "tenant_id": tenant, "kind": HEAD, "version": uuid.uuid4().hex}
    store.collections["schools"].batch_save([*documents, head])


def _held_in(store: Store, tenant: str, number: int) -> dict[str, Any]:
    row = store.collections["schools"].get(f"{tenant}:{number}")
    return dict(row["schools"]) if row is not None else {}


def _bucket(school_id: str) -> int:
    return binascii.crc32(school_id.encode()) % BUCKETS
