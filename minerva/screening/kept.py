"""Reports of screening that an institution keeps: made of what is uploaded, which is read once and stored nowhere.

A report holds counts by step and location, what became of each known outcome, and no key of a person. It is kept for so
many days as retention says, and anybody of the institution who may read it may take it away again.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.screening.analysis import analyze
from minerva.screening.figures import figures
from minerva.screening.model import ChainError
from minerva.screening.reading import read_chain
from minerva.screening.report import report
from minerva.tenancy.answering import Operations
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, text_of

SCREENING = "screening"
"""As the kind of object of the policy, and of a stored document."""
MOST_ROWS, MOST_CHECKS, MOST_REPORT, MOST_KEPT = 200_000, 1_000_000, 4_000_000, 100
"""Rows of a chain; its rows but the policy's times its steps; characters of a report and of its figures; reports."""
LISTS = ("policy", "locations", "staff", "results", "outcomes")


def screening(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "add", "chain"} -> {"screening": {...}}; "list" -> {"screenings"}; "get", "screening_id" -> {"screening"};
    "remove", "screening_id" -> {"removed"}.

    chain: see docs/screening.md. Analysts, programs and administrators of the institution make and read reports.
    """
    step = body.get("op", "list")
    if step == "list":
        return {"screenings": [_shown(row) for row in _kept(body, store)]}
    if step == "get":
        row = _one(body, store)
        return {"screening": {**_shown(row), **_whole(row)}}
    if step == "remove":
        row = _one(body, store)
        tenant = str(row["tenant_id"])
        if not _may_make(store, tenant):
            raise Absent
        store.trail.permit(1)
        store.collections["risk"].discard({"tenant_id": tenant, "kind": SCREENING, "screening_id": row["screening_id"]})
        return {"removed": row["screening_id"]}
    if step != "add":
        raise BadRequest("op: expected add, list, get or remove")
    return {"screening": _made(body, store)}


def _made(body: Body, store: Store) -> dict[str, Any]:
    given = body.get("chain")
    rows = sum(len(given.get(name) or ()) for name in LISTS if isinstance(given.get(name), list)) if (
        isinstance(given, dict)
    ) else 0  # fmt: skip
    if rows > MOST_ROWS:
        raise BadRequest(f"chain: expected at most {MOST_ROWS:,} rows together; python -m minerva.screening reads more")
    try:
        chain = read_chain(given, secrets.token_bytes(32))
    except ChainError as error:
        raise BadRequest(f"chain: {error}") from None
    if len(chain.steps) * (len(chain.locations) + len(chain.staff) + len(chain.outcomes)) > MOST_CHECKS:
        raise BadRequest(f"chain: its steps times its locations, staff and outcomes are more than {MOST_CHECKS:,}; "
                         "python -m minerva.screening reads more")  # fmt: skip
    tenant = store.tenant_where(lambda name: _may_make(store, name), body)
    found = analyze(chain)
    page, counted = report(chain, found), figures(chain, found)
    if max(len(page), len(json.dumps(counted))) > MOST_REPORT:
        raise BadRequest("chain: its report is longer than can be kept: give fewer locations at once")
    store.trail.permit(1)
    if len(_of(store, tenant)) >= MOST_KEPT:
        raise BadRequest(f"your institution keeps {MOST_KEPT} reports: take old ones away first")
    screening_id = f"g_{secrets.token_hex(8)}"
    row: Document = {
        "_key": f"{tenant}:{SCREENING}:{screening_id}", "tenant_id": tenant, "kind": SCREENING,
        "screening_id": screening_id, "name": chain.name, "as_of": chain.as_of.isoformat(), "by": store.subject.user,
        "time": store.context.now, "locations": len(chain.locations), "staff": len(chain.staff),
        "outcomes": len(chain.outcomes), "left_out": len(chain.problems),
        "figures": counted, "report": page,
    }  # fmt: skip
    store.collections["risk"].batch_save([row])
    return {**_shown(row), **_whole(row)}


def _may_make(store: Store, tenant: str) -> bool:
    return store.may(Action.SUBMIT, tenant, SCREENING) or store.may(Action.ADMINISTER, tenant, SCREENING)


def _readable(body: Body, store: Store) -> list[str]:
    return [tenant for tenant in store.readable(body) if store.may(Action.READ, tenant, SCREENING)]


def _kept(body: Body, store: Store) -> list[Document]:
    rows = [row for tenant in _readable(body, store) for row in _of(store, tenant)]
    return sorted(rows, key=lambda row: (-float(row["time"]), str(row["screening_id"])))


def _of(store: Store, tenant: str) -> list[Document]:
    return find_all(store.collections["risk"], {"tenant_id": tenant, "kind": SCREENING})


def _one(body: Body, store: Store) -> Document:
    asked = text_of(body, "screening_id", 100)
    for tenant in _readable(body, store):
        row = store.collections["risk"].get(f"{tenant}:{SCREENING}:{asked}")
        if row is not None and (row["tenant_id"], row["kind"]) == (tenant, SCREENING):
            return row
    raise Absent


def _shown(row: Document) -> dict[str, Any]:
    names = ("tenant_id", "screening_id", "name", "as_of", "by", "time", "locations", "staff", "outcomes", "left_out")
    return {name: row[name] for name in names}


def _whole(row: Document) -> dict[str, Any]:
    return {"figures": row["figures"], "report": row["report"]}


def old(store: Store, tenant: str, before: float) -> list[Document]:
    """Reports that were made long ago."""
    found = {"tenant_id": tenant, "kind": SCREENING, "time": {"$lt": before}}
    return find_all(store.collections["risk"], found)


OPERATIONS: Operations = {"screening": screening}
