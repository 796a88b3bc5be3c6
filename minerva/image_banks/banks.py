"""Banks of image hashes: opening, listing, changing and removing them. Documents of kind `bank` of the collection
`image_banks`, key <tenant>:<bank_id>.

A bank belongs to one institution. Its class says who of its people reads it, its level how far it may ever be shared
(shares.py).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from minerva.documents import Document, find_all
from minerva.images.distance import TIERS, WIDEST
from minerva.policy import Action, Level, Object
from minerva.policy.vocabulary import CEILINGS, VICTIM
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, number_of, one_of, text_of
from minerva.tenancy.claims import alone

BANK, FEEDBACK, SHARE = "bank", "feedback", "share"
"""Kinds of documents of the collection."""
KNOWN, FALSE_POSITIVE, OWN = WHATS = ("known", "false_positive", "own")
"""A list of a body that assesses pictures; pictures known to match wrongly; what the institution made itself."""
MOST_BANKS, MOST_NAME, MOST_NOTE = 200, 100, 500
NAMES = ("same", "likely", "possible")
"""A bank's own thresholds, by the tier that they bound."""
DEFAULTS = dict(zip(NAMES, (bits for bits, _ in TIERS)))
_SHOWN = ("bank_id", "tenant_id", "name", "note", "what", "field_class", "level", *NAMES, "until", "hashes",
          "created_by", "created", "changed_by", "changed")  # fmt: skip


def image_banks(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "list" | "open" | "change" | "remove", ...} -> {"banks", "opened"}: those that the asker reads, by name.

    open: "name", "note", "what" (known, false_positive, own), "field_class", "level" (L0 to L6, at most what the class
    allows), "same", "likely", "possible" (most differing bits, 0 to 70), "until" (epoch seconds, 0: none). change:
    "bank_id" and any of these but what and field_class. remove: "bank_id"; its hashes and what was said of them go too.
    """
    operation = body.get("op", "list")
    if operation not in ("list", "open", "change", "remove"):
        raise BadRequest("op: expected list, open, change or remove")
    tenant = store.tenant_for(Action.READ if operation == "list" else Action.JUDGE, body)
    opened = _open(body, store, tenant) if operation == "open" else ""
    if operation == "change":
        _change(body, store, tenant)
    elif operation == "remove":
        _remove(body, store, tenant)
    found = [shown(row) for row in banks_of(store, tenant)]
    return {"banks": found, **({"opened": opened} if opened else {})}


def banks_of(store: Store, tenant: str) -> list[Document]:
    """The banks of an institution that the asker reads, by name."""
    rows = find_all(store.collections["image_banks"], {"tenant_id": tenant, "kind": BANK})
    return sorted((row for row in rows if reads(store, row)), key=lambda row: (row["name"].casefold(), row["bank_id"]))


def is_over(row: Mapping[str, Any], now: float) -> bool:
    """Whether a bank has ended: it is listed and not searched any more."""
    return bool(row.get("until")) and float(row["until"]) <= now


def tier_of(row: Mapping[str, Any], bits: int) -> str:
    """What a distance says by the thresholds of a bank; "" beyond them."""
    return next((name for key, (_, name) in zip(NAMES, TIERS) if bits <= int(row[key])), "")


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """A bank as it is given out."""
    return {key: row.get(key) for key in _SHOWN}


def reads(store: Store, row: Mapping[str, Any]) -> bool:
    """Whether the asker reads a bank: by its own institution, its level and its class."""
    level = Level.read(str(row["level"]))
    bank = Object(str(row["tenant_id"]), "image_bank", level, author=str(row["created_by"]))
    return store.decided(Action.READ, bank, str(row["field_class"])).permits


def load(body: Body, store: Store, tenant: str) -> Document:
    """The bank that a body names by its id or its name, one that the asker reads. Raises Absent, BadRequest."""
    if "bank_id" in body:
        row = store.collections["image_banks"].get(f"{tenant}:{text_of(body, 'bank_id', 40)}")
        rows = [row] if row is not None else []
    else:
        name = text_of(body, "bank", MOST_NAME)
        rows = [row for row in banks_of(store, tenant) if name in (row["name"], row["bank_id"])]
    for row in rows:
        if row.get("kind") == BANK and row.get("tenant_id") == tenant and reads(store, row):
            return row
    raise Absent


def lock(store: Store, tenant: str, bank_id: str) -> Any:
    """Within it nobody else changes the bank."""
    return alone(store, tenant, f"image_bank\0{bank_id}", "somebody else is changing the bank: try again in a moment")


def _open(body: Body, store: Store, tenant: str) -> str:
    now, bank_id = store.context.now, "b_" + uuid.uuid4().hex[:16]
    what, field_class = one_of(body, "what", WHATS, KNOWN), one_of(body, "field_class", CEILINGS, VICTIM)
    row: Document = {
        "_key": f"{tenant}:{bank_id}", "kind": BANK, "tenant_id": tenant, "bank_id": bank_id, "name": "", "note": "",
        "what": what, "field_class": field_class, "level": "L0", **DEFAULTS, "until": 0, "hashes": 0, "generation": 1,
        "revision": 0, "created_by": store.subject.user, "created": now,
        "changed_by": store.subject.user, "changed": now,
    }  # fmt: skip
    row.update(_read(body, row))
    if not reads(store, row):  # a program puts nothing where it does not read
        raise Absent
    if not row["name"]:
        raise BadRequest("name: expected what the bank is called")
    held = find_all(store.collections["image_banks"], {"tenant_id": tenant, "kind": BANK})
    if len(held) >= MOST_BANKS:
        raise BadRequest(f"your institution has {MOST_BANKS} banks, as many as it may: remove one first")
    _need_free(store, held, row)
    store.trail.permit(1)
    store.collections["image_banks"].batch_save([row])
    return bank_id


def _change(body: Body, store: Store, tenant: str) -> None:
    bank_id = str(load(body, store, tenant)["bank_id"])
    with lock(store, tenant, bank_id):
        row = load({"bank_id": bank_id}, store, tenant)
        change = _read(body, row)
        if not change:
            raise BadRequest(f"expected name, note, level, until, {', '.join(NAMES)}")
        changed = {**row, **change, "changed_by": store.subject.user, "changed": store.context.now}
        _need_free(store, find_all(store.collections["image_banks"], {"tenant_id": tenant, "kind": BANK}), changed)
        store.trail.permit(1)
        store.collections["image_banks"].batch_save([changed])


def _remove(body: Body, store: Store, tenant: str) -> None:
    bank_id = str(load(body, store, tenant)["bank_id"])
    with lock(store, tenant, bank_id):
        row = load({"bank_id": bank_id}, store, tenant)
        store.trail.permit(1)
        forget(store, row)


def forget(store: Store, row: Document) -> None:
    """Deletes a bank with its hashes and what was said of them; the bank itself last, so that a stop is seen."""
    of_bank = {"tenant_id": row["tenant_id"], "bank_id": row["bank_id"]}
    store.collections["image_hashes"].discard(of_bank)
    for kind in (SHARE, FEEDBACK):
        store.collections["image_banks"].discard({**of_bank, "kind": kind})
    store.collections["image_banks"].delete({"_key": row["_key"]})


def _need_free(store: Store, held: list[Document], row: Document) -> None:
    """Raises Contradicts where another bank that the asker reads has the name; searches name a bank by it. Of one that
    it does not read it must not learn."""
    name = row["name"].casefold()
    alike = [each for each in held if each["name"].casefold() == name and each["bank_id"] != row["bank_id"]]
    if any(reads(store, each) for each in alike):
        raise Contradicts("another bank of your institution has this name")


def _read(body: Body, row: Document) -> dict[str, Any]:
    """What a body states of a bank. Raises BadRequest."""
    found: dict[str, Any] = {}
    for key, most in (("name", MOST_NAME), ("note", MOST_NOTE)):
        if key in body:
            value = body[key]
            if not isinstance(value, str) or len(value) > most or not value.isprintable():
                raise BadRequest(f"{key}: expected text of at most {most} printable characters on one line")
            found[key] = value.strip()
    if "name" in found and not found["name"]:
        raise BadRequest("name: expected what the bank is called")
    if "level" in body:
        level, most_level = str(body["level"]), CEILINGS[row["field_class"]]
        if level != f"L{Level.read(level).value}" or Level.read(level) > most_level:
            raise BadRequest(f"level: expected L0 to L{most_level.value}, the most that {row['field_class']} may have")
        found["level"] = level
    if "until" in body:
        found["until"] = number_of(body, "until", 0, 0, 10**11)
    for key in NAMES:
        if key in body:
            found[key] = number_of(body, key, 0, 0, WIDEST)
    bounds = [int(found[key] if key in found else row[key]) for key in NAMES]
    if bounds != sorted(bounds):
        raise BadRequest(f"{', '.join(NAMES)}: expected each to be at least the one before")
    return found
