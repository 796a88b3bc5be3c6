"""Opening, listing and changing cases. A document of the collection `cases` of kind `case`, key <tenant>:<case_id>."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action, Object
from minerva.policy.vocabulary import PURPOSES, VICTIM
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, one_of, text_of
from minerva.tenancy.claims import alone

CASE, TOUCHED, OPEN, CLOSED = "case", "touched", "open", "closed"
MOST_TITLE, MOST_NUMBER, MOST_MEMBERS = 200, 100, 50
MOST_HISTORY = 20
"""Versions remembered of each person who wrote one, the latest: nobody's changes push out what others wrote."""
INSTITUTION, MEMBERS = "institution", "members"
READERS = (INSTITUTION, MEMBERS)
"""Who reads a case: every analyst of the institution, or the members of the case alone."""
_SHOWN = ("case_id", "tenant_id", "title", "number", "purpose", "state", "readers", "members", "assigned", "created_by",
          "created", "changed")  # fmt: skip


def cases(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "open" | "change", ...} -> {"cases", "opened"}: those that the asker reads, last changed first.
    Each with `own_tasks`: how many of its open tasks are the asker's.

    open: "title", "number", "purpose", "readers", "members"; `opened` is its id. change: "case_id" and any of these,
    "state" (open, closed), "assigned" (a user). A closed case is changed only by opening it again.
    """
    operation = body.get("op", "list")
    if operation not in ("list", "open", "change"):
        raise BadRequest("op: expected list, open or change")
    tenant = store.tenant_for(Action.READ if operation == "list" else Action.JUDGE, body)
    opened = _open(body, store, tenant) if operation == "open" else ""
    if operation == "change":
        _change(body, store, tenant)
    rows = find_all(store.collections["cases"], {"tenant_id": tenant, "kind": CASE})
    marks = find_all(store.collections["cases"], {"tenant_id": tenant, "kind": TOUCHED})
    inside = {str(mark["case_id"]): float(mark["changed"]) for mark in marks}
    own = _own_tasks(store, tenant)
    found = [
        {**shown(row), "own_tasks": own[str(row["case_id"])],
         "changed": max(float(row["changed"]), inside.get(str(row["case_id"]), 0.0))}
        for row in rows if reads(store, row)
    ]  # fmt: skip
    found.sort(key=lambda row: (-row["changed"], str(row["case_id"])))
    return {"cases": found, **({"opened": opened} if opened else {})}


def _own_tasks(store: Store, tenant: str) -> Counter[str]:
    """Case -> how many of its open tasks are for the asker."""
    query = {"tenant_id": tenant, "kind": "item", "what": "task", "assigned": store.subject.user, "standing": "open"}
    return Counter(str(row["case_id"]) for row in find_all(store.collections["cases"], query))


def colleagues(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"people": [{"user", "name"}]}: the analysts of the asker's institution, whom a case can be given to."""
    tenant = store.tenant_for(Action.JUDGE, body)
    if not store.decided(Action.READ, Object(tenant, CASE), VICTIM).permits:  # a program judges and reads no cases
        raise Absent
    institution = store.context.tenants[tenant]
    people = [each for each in store.directory.people() if institution.is_analyst(each.roles)]
    return {"people": [{"user": each.user, "name": each.name} for each in sorted(people, key=lambda each: each.user)]}


def shown(row: Document) -> dict[str, Any]:
    """A case as it is given out."""
    return {key: row.get(key) for key in _SHOWN}


def reads(store: Store, row: Mapping[str, Any]) -> bool:
    """Whether the asker reads the case: an analyst of the institution, and a member where only members read."""
    if not store.decided(Action.READ, Object(str(row["tenant_id"]), CASE), VICTIM).permits:
        return False
    return is_for(row, store.subject.user)


def is_for(row: Mapping[str, Any], user: str) -> bool:
    """Whether a case lets an analyst of the institution read it: all of them, or its members alone."""
    return row.get("readers") != MEMBERS or user in members_of(row)


def members_of(row: Mapping[str, Any]) -> set[str]:
    """Who opened a case, and who was named beside them."""
    return {str(each) for each in (row["created_by"], *row.get("members", ()))}


def load(body: Body, store: Store, action: Action) -> Document:
    """The case that a body names, one that the asker reads. Raises Absent, BadRequest."""
    tenant = store.tenant_for(action, body)
    row = store.collections["cases"].get(f"{tenant}:{text_of(body, 'case_id', 40)}")
    if row is None or row.get("kind") != CASE or row.get("tenant_id") != tenant or not reads(store, row):
        raise Absent
    return row


def need_open(row: Document) -> None:
    """Raises Contradicts for a closed case."""
    if row["state"] != OPEN:
        raise Contradicts("the case is closed: open it again first")


def touched(store: Store, row: Document) -> None:
    """Saves that something in the case has changed, beside it: a change of the case at the same moment is not lost."""
    key, now = f"{row['tenant_id']}:{row['case_id']}:touched", store.context.now
    mark = {"_key": key, "kind": TOUCHED, "tenant_id": row["tenant_id"], "case_id": row["case_id"], "changed": now}
    store.collections["cases"].batch_save([mark])


def _open(body: Body, store: Store, tenant: str) -> str:
    now, case_id = store.context.now, "c_" + uuid.uuid4().hex[:16]
    row: Document = {
        "_key": f"{tenant}:{case_id}", "kind": CASE, "tenant_id": tenant, "case_id": case_id, "state": OPEN,
        "title": "", "number": "", "purpose": "investigation", "readers": INSTITUTION, "members": [], "assigned": "",
        "created_by": store.subject.user, "created": now, "changed": now, "history": [],
    }  # fmt: skip
    row.update(_read(body, store, tenant))
    if not reads(store, row):  # a program judges and reads no notes
        raise Absent
    if not row["title"]:
        raise BadRequest("title: expected what the case is called")
    store.trail.permit(1)
    store.collections["cases"].batch_save([row])
    return case_id


def _change(body: Body, store: Store, tenant: str) -> None:
    change = _read(body, store, tenant)
    if not change:
        raise BadRequest("expected title, number, purpose, readers, members, assigned or state")
    named = {**body, "tenant_id": tenant}
    load(named, store, Action.JUDGE)
    with alone(store, tenant, f"case\0{body['case_id']}", "somebody else is changing the case: try again in a moment"):
        row = load(named, store, Action.JUDGE)
        if change.get("state") != OPEN:
            need_open(row)
        before = {key: row.get(key) for key in change}
        history = remembered(store, row, before)
        store.trail.permit(1)
        store.collections["cases"].batch_save([{**row, **change, "history": history, "changed": store.context.now}])


def remembered(store: Store, row: Document, before: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The history of a case or an item with one more step: who changed what, when, and what stood there, of whom."""
    history = list(row.get("history", ()))
    latest: dict[str, str] = {}  # who said each of the values that stand
    for step in history:
        latest.update(dict.fromkeys(step["before"], str(step["by"])))
    first = str(row.get("created_by") or row.get("by") or "")
    of = next((latest[key] for key in before if key in latest), first)
    history.append({"by": store.subject.user, "time": store.context.now, "of": of, "before": dict(before)})
    kept: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    for step in reversed(history):
        writer = str(step.get("of", ""))
        counts[writer] = counts.get(writer, 0) + 1
        if counts[writer] <= MOST_HISTORY:
            kept.append(step)
    return kept[::-1]


def _read(body: Body, store: Store, tenant: str) -> dict[str, Any]:
    """The changes that a body states. Raises BadRequest."""
    found: dict[str, Any] = {}
    for key, most in (("title", MOST_TITLE), ("number", MOST_NUMBER), ("assigned", 100)):
        if key in body:
            value = body[key]
            if not isinstance(value, str) or len(value) > most:
                raise BadRequest(f"{key}: expected text of at most {most} characters")
            if not value.isprintable():
                raise BadRequest(f"{key}: expected printable characters on one line")
            found[key] = value.strip()
    for key, known in (("purpose", sorted(PURPOSES)), ("readers", READERS), ("state", (OPEN, CLOSED))):
        if key in body:
            found[key] = one_of(body, key, known)
    if "members" in body:
        members = body["members"]
        if not isinstance(members, list) or not all(isinstance(each, str) and 0 < len(each) <= 100 for each in members):
            raise BadRequest("members: expected a list of user names")
        if len(members) > MOST_MEMBERS:
            raise BadRequest(f"members: expected at most {MOST_MEMBERS}")
        found["members"] = sorted(set(members))
    outside = [user for user in (*found.get("members", ()), found.get("assigned", "")) if user]
    if not all(user == store.subject.user or works_here(store, tenant, user) for user in outside):
        raise BadRequest("members, assigned: expected user names of analysts of your institution")
    return found


def works_here(store: Store, tenant: str, user: str) -> bool:
    """Whether a user is an analyst of the institution; who is elsewhere and who is nowhere are one answer."""
    person = store.directory.person(user)
    return person is not None and store.context.tenants[tenant].is_analyst(person.roles)
