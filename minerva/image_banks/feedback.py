"""What people say of a match: true, false or seen. Documents of kind `feedback` of the collection `image_banks`.

One row per match and person, key <tenant>:<bank_id>:<entry_id>:<token>; what somebody said before stands in `history`.
A bank's precision is counted from them, by tier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from minerva.documents import Document, find_all
from minerva.image_banks.banks import FEEDBACK, banks_of, load, tier_of
from minerva.images.distance import TIERS, distance, parse_hash
from minerva.images.errors import HashError
from minerva.policy import Action
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, one_of, text_of

TRUE, FALSE, SEEN = VERDICTS = ("true", "false", "seen")
MOST_HISTORY, MOST_NOTE = 20, 500
_SHOWN = ("verdict", "by", "time", "note", "distance")


def image_feedback(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "set" | "list", "bank_id" | "bank", ...} -> {"feedback", "precision"}; list without a bank -> {"banks":
    [{"bank_id", "precision"}]}.

    set: "entry_id", "pdq" (of the picture that matched; absent where its file is equal), "verdict" (true, false, seen),
    "note". precision: {tier: {"true", "false", "seen"}}: matches by what was said of them last, of each person.
    """
    operation = body.get("op", "list")
    if operation not in ("set", "list"):
        raise BadRequest("op: expected set or list")
    tenant = store.tenant_for(Action.READ if operation == "list" else Action.JUDGE, body)
    if operation == "list" and "bank_id" not in body and "bank" not in body:
        held = [(row["bank_id"], precision(row, _rows(store, row))) for row in banks_of(store, tenant)]
        return {"banks": [{"bank_id": bank_id, "precision": counts} for bank_id, counts in held]}
    row = load(body, store, tenant)
    if operation == "set":
        _set(body, store, row)
    rows = _rows(store, row)
    told = [{**_shown(each), "entry_id": each["entry_id"], "tier": tier_of(row, each["distance"])} for each in rows]
    return {"feedback": told[:1000], "precision": precision(row, rows)}


def said_of(store: Store, row: Document) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(entry, hash that matched) -> what was said of that match, newest first."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for each in _rows(store, row):
        found.setdefault((str(each["entry_id"]), str(each["pdq"])), []).append(_shown(each))
    return found


def precision(row: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Verdicts by tier, as the thresholds of the bank are now."""
    found = {name: dict.fromkeys(VERDICTS, 0) for _, name in TIERS}
    for each in rows:
        tier = tier_of(row, each["distance"])
        if tier:
            found[tier][str(each["verdict"])] += 1
    return found


def _rows(store: Store, row: Document) -> list[Document]:
    query = {"tenant_id": row["tenant_id"], "bank_id": row["bank_id"], "kind": FEEDBACK}
    return sorted(find_all(store.collections["image_banks"], query), key=lambda each: -float(each["time"]))


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row.get(key) for key in _SHOWN}


def _set(body: Body, store: Store, row: Document) -> None:
    verdict, note = one_of(body, "verdict", VERDICTS), body.get("note", "")
    if not isinstance(note, str) or len(note) > MOST_NOTE or not note.isprintable():
        raise BadRequest(f"note: expected text of at most {MOST_NOTE} printable characters")
    entry_id = text_of(body, "entry_id", 40)
    prefix = f"{row['tenant_id']}:{row['bank_id']}:{entry_id}"
    entry = store.collections["image_hashes"].get(prefix)
    if entry is None or not entry.get("tenant_id"):
        raise Absent
    bits, digits = 0, ""
    if body.get("pdq"):
        try:
            value = parse_hash(text_of(body, "pdq", 64))
        except HashError as error:
            raise BadRequest(f"pdq: {error}") from None
        if not entry.get("pdq"):
            raise BadRequest("pdq: the entry has no such hash")
        digits, bits = f"{value:064x}", distance(value, int(entry["pdq"], 16))
    key = f"{prefix}:{hashlib.sha256(f'{digits} {store.subject.user}'.encode()).hexdigest()[:24]}"
    before = store.collections["image_banks"].get(key)
    history = list(before["history"]) if before else []
    if before:
        history.append({"verdict": before["verdict"], "time": before["time"], "note": before["note"]})
    store.trail.permit(1)
    said: Document = {
        "_key": key, "kind": FEEDBACK, "tenant_id": row["tenant_id"], "bank_id": row["bank_id"], "entry_id": entry_id,
        "pdq": digits, "distance": bits, "verdict": verdict, "note": note.strip(), "by": store.subject.user,
        "time": store.context.now, "history": history[-MOST_HISTORY:],
    }  # fmt: skip
    store.collections["image_banks"].batch_save([said])
