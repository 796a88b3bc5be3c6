"""What stands in a case: notes, pinned evidence, hypotheses, tasks, saved views, each with who, when and what before.

Documents of the collection `cases` of kind `item`, key <tenant>:<case_id>:<item_id>. A pin names an entity, a record or
a join by opaque ids and keeps no copy of it, so that what is erased is erased in cases too.
"""

from __future__ import annotations

import json
import re
import uuid
from datetime import date
from typing import Any

from minerva.cases.cases import is_for, load, need_open, remembered, shown, touched, works_here
from minerva.documents import Document, find_all
from minerva.policy import Action
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, entity_of, one_of, text_of

ITEM = "item"
NOTE, PIN, HYPOTHESIS, TASK, VIEW = WHATS = ("note", "pin", "hypothesis", "task", "view")
LEAD = "lead"
"""What a partner's bundle brought (minerva/imports); it is removed like any other item and not changed."""
STANDINGS = {HYPOTHESIS: ("open", "supported", "rejected"), TASK: ("open", "done")}
"""What an item of a kind can be said to be; the first is what it is at first."""
MOST_TEXT, MOST_ITEMS = 20_000, 2_000
ENTITY, RECORD, JOIN = OBJECTS = ("entity", "record", "join")
_IDS = {ENTITY: re.compile(r"e_[0-9a-f]{16}"), RECORD: re.compile(r"[0-9a-f]{32}"),
        JOIN: re.compile(r"[0-9a-f]{32} [0-9a-f]{32}")}  # fmt: skip
_SHOWN = ("item_id", "what", "text", "standing", "object", "object_id", "by", "time", "changed_by", "changed", "source",
          "form", "schema", "names", "identifiers", "set_aside", "places", "records", "marking", "statement", "expires",
          "ref", "is_genuine", "version", "assigned", "due", "address", "asked", "filters")  # fmt: skip
_ADDRESS = re.compile(r"[ejnrvw]=[0-9a-z_.]{1,80}(?:&[ejnrvw]=[0-9a-z_.]{1,80}){0,5}")
"""Of a saved view: names and opaque ids, as the page's own address holds them."""
MOST_FILTERS = 5_000


def case(body: Body, store: Store) -> dict[str, Any]:
    """{"case_id"} -> {"case", "items"}: oldest first. A pin whose object is not there any more says `gone`.

    `history` holds who changed an item, when, and what stood there before, of whom.
    """
    row = load(body, store, Action.READ)
    rows = items_of(store, row)
    return {"case": shown(row), "items": [_told(store, each) for each in rows]}


def items_of(store: Store, row: Document) -> list[Document]:
    """The items of a case, oldest first."""
    query = {"tenant_id": row["tenant_id"], "case_id": row["case_id"], "kind": ITEM}
    return sorted(find_all(store.collections["cases"], query), key=lambda each: (each["time"], each["number"]))


def case_item(body: Body, store: Store) -> dict[str, Any]:
    """{"case_id", "op": "add" | "change" | "remove", ...} -> as `case`.

    add: "what" (note, pin, hypothesis, task, view), "text"; a pin has "object" (entity, record, join) and "object_id"
    (of a join: both record ids with a blank between); a view has "address" (what the page's address holds), "asked"
    (the text that was asked for) and "filters"; a task may have "assigned" (a user who reads the case) and "due"
    (a day as 2026-12-24). change: "item_id", "text", "standing", "assigned", "due". remove: "item_id", by who added it
    or who opened the case: what others wrote, and its history, is not lost by anybody's click.
    """
    operation = body.get("op", "add")
    if operation not in ("add", "change", "remove"):
        raise BadRequest("op: expected add, change or remove")
    row = load(body, store, Action.JUDGE)
    need_open(row)
    if operation == "add":
        _add(body, store, row)
    else:
        item = store.collections["cases"].get(f"{row['tenant_id']}:{row['case_id']}:{text_of(body, 'item_id', 40)}")
        if item is None or item.get("kind") != ITEM:
            raise Absent
        if operation == "remove":
            if store.subject.user not in (item["by"], row["created_by"]):
                raise Contradicts("only who added it or who opened the case removes it: add a note beside it")
            store.trail.permit(1)
            store.collections["cases"].delete({"_key": item["_key"]})
        else:
            _change(body, store, row, item)
    touched(store, row)
    return case(body, store)


def _add(body: Body, store: Store, row: Document) -> None:
    what = one_of(body, "what", WHATS)
    held = len(items_of(store, row))
    if held >= MOST_ITEMS:
        raise BadRequest(f"the case holds {MOST_ITEMS} items, as many as a case may: open another one")
    item_id = "i_" + uuid.uuid4().hex[:16]
    item: Document = {
        "_key": f"{row['tenant_id']}:{row['case_id']}:{item_id}", "kind": ITEM, "tenant_id": row["tenant_id"],
        "case_id": row["case_id"], "item_id": item_id, "number": held + 1, "what": what,
        "standing": STANDINGS[what][0] if what in STANDINGS else "", "by": store.subject.user,
        "time": store.context.now, "history": [], "text": _text(body, needed=_needs_text(what, body.get("object"))),
    }  # fmt: skip
    if what == PIN:
        item.update(_pinned(body, store, str(row["tenant_id"])))
    elif what == TASK:
        item.update(_task(body, store, row))
    elif what == VIEW:
        item.update(_viewed(body))
    store.trail.permit(1)
    store.collections["cases"].batch_save([item])


def _change(body: Body, store: Store, row: Document, item: Document) -> None:
    change: dict[str, Any] = _task(body, store, row) if item["what"] == TASK else {}
    if item["what"] == LEAD:
        raise BadRequest("a lead stays as it came: expected a note beside it, or its removal")
    if "text" in body:
        change["text"] = _text(body, needed=_needs_text(str(item["what"]), item.get("object")))
    if "standing" in body:
        known = STANDINGS.get(str(item["what"]), ())
        if body["standing"] not in known:
            raise BadRequest(f"standing: expected one of {', '.join(known)}" if known else "standing: not of this kind")
        change["standing"] = body["standing"]
    if not change:
        raise BadRequest("expected text, standing, or of a task assigned or due")
    before = {key: item.get(key) for key in change}
    store.trail.permit(1)
    changed = {"changed_by": store.subject.user, "changed": store.context.now}
    history = remembered(store, item, before)
    store.collections["cases"].batch_save([{**item, **change, **changed, "history": history}])


def _task(body: Body, store: Store, row: Document) -> dict[str, Any]:
    """Who does a task, and by which day, as far as a body says; "" takes either away. Raises BadRequest."""
    found: dict[str, Any] = {}
    if "assigned" in body:
        user = found["assigned"] = body["assigned"]
        if not isinstance(user, str) or (user and not _may_do(store, row, user)):
            raise BadRequest("assigned: expected the user name of an analyst who reads the case")
    if "due" in body:
        found["due"] = body["due"]
        if not isinstance(body["due"], str) or (body["due"] and not _is_day(body["due"])):
            raise BadRequest("due: expected a day as 2026-12-24")
    return found


def _may_do(store: Store, row: Document, user: str) -> bool:
    return is_for(row, user) and (user == store.subject.user or works_here(store, str(row["tenant_id"]), user))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(body: Body, needed: bool) -> str:
    value = body.get("text", "")
    if not isinstance(value, str) or len(value) > MOST_TEXT or (needed and not value.strip()):
        raise BadRequest(f"text: expected text of at most {MOST_TEXT} characters")
    return value.strip()


def _needs_text(what: str, object_kind: object) -> bool:
    """Whether words have to stand with an item: of what is pinned, with a join, which says nothing by itself."""
    return what != PIN or object_kind == JOIN


def _pinned(body: Body, store: Store, tenant: str) -> dict[str, Any]:
    kind = one_of(body, "object", OBJECTS)
    object_id = text_of(body, "object_id", 80)
    if not _IDS[kind].fullmatch(object_id):
        raise BadRequest("object_id: expected an entity's id, a record's id, or two record ids with a blank between")
    if not _is_there(store, tenant, kind, object_id):
        raise Absent
    return {"object": kind, "object_id": object_id}


def _viewed(body: Body) -> dict[str, Any]:
    """What brings a saved view of Investigate again. Raises BadRequest."""
    address, asked, filters = body.get("address"), body.get("asked", ""), body.get("filters", {})
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        raise BadRequest("address: expected names and opaque ids, as v=map&e=e_0123456789abcdef")
    if not isinstance(asked, str) or len(asked) > MOST_TEXT:
        raise BadRequest(f"asked: expected text of at most {MOST_TEXT} characters")
    if not isinstance(filters, dict) or len(json.dumps(filters)) > MOST_FILTERS:
        raise BadRequest(f"filters: expected an object of at most {MOST_FILTERS} characters")
    return {"address": address, "asked": asked, "filters": filters}


def _is_there(store: Store, tenant: str, kind: str, object_id: str) -> bool:
    if kind == ENTITY:
        return entity_of(store, [tenant], object_id) is not None
    return all(
        any(row.get("kind") == RECORD for row in store.load("members", [tenant], record_id))
        for record_id in object_id.split()
    )


def _told(store: Store, item: Document) -> dict[str, Any]:
    told = {key: item[key] for key in _SHOWN if key in item}
    if item.get("history"):
        told["history"] = [{key: step.get(key) for key in ("by", "time", "of", "before")} for step in item["history"]]
    if item["what"] == PIN:
        told["gone"] = not _is_there(store, str(item["tenant_id"]), str(item["object"]), str(item["object_id"]))
    return told
