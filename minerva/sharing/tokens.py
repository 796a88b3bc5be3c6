"""Keyed tokens of released identifiers, so that others may ask whether somebody holds one without a list of them.

Each group and the community has a key of its own, kept in the password store: a token of one says nothing in another.
"""

from __future__ import annotations

import hmac

from minerva.documents import PAGE, Document
from minerva.policy import COMMUNITY, EVERYONE, Action
from minerva.policy.vocabulary import MATCHABLE, RIGHTS
from minerva.sharing.grants import Released, granted
from minerva.sharing.objects import many, marking_key
from minerva.sharing.strong import is_strong
from minerva.tenancy.asking import Store

DECOY = "decoy"
DECOYS = 2
"""So many hidden rows take the work of none."""


def token_of(store: Store, audience: str, identifier: str) -> str:
    """32 hex digits for an identifier in its normal form, among the members of one audience."""
    name = "community" if audience in (COMMUNITY, EVERYONE) else f"group_{audience}"
    key = store.secret(f"match_{name}")
    return hmac.new(key, identifier.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:32]


def register(store: Store, released: Released) -> None:
    """Saves a token for each strong identifier that the grant lets others match.

    Whoever joins later finds them too: who may match is decided when somebody asks.
    """
    row, grant = released.document, released.grant
    matched = any(Action.MATCH in actions for actions in RIGHTS[grant.level].values())
    classes = grant.fields & MATCHABLE if matched else frozenset()
    audience = COMMUNITY if grant.group_id == EVERYONE else grant.group_id
    rows = []
    for name in sorted(classes):
        for identifier in filter(is_strong, released.content.get(name, {}).get("identifiers", ())):
            token = token_of(store, audience, identifier)
            rows.append(
                {
                    "_key": f"{audience}:{token}:{row['tenant_id']}:{row['grant_id']}",
                    "audience": audience, "token": token, "tenant_id": row["tenant_id"], "grant_id": row["grant_id"],
                    "field_class": name, "kind": identifier.partition(":")[0], "grant": granted(released),
                }
            )  # fmt: skip
    if rows:
        _make_decoys(store)
    for at in range(0, len(rows), PAGE):
        store.collections["tokens"].batch_save(rows[at : at + PAGE])


def decoys(store: Store, found: int) -> list[Document]:
    """Rows in place of those that a question did not find, so that none at all take the work of DECOYS hidden ones.

    They are private and lead to no grant, so that the rules hide them always. The same request, however many were
    found. The first release makes them: before it nothing is hidden, and a question may not write before its audit.
    """
    keys = [f"decoy:{number}" if number < DECOYS - found else f"0none:{number}" for number in range(DECOYS)]
    rows = many(store, "tokens", keys)
    return [row for row in rows if row is not None]


def _make_decoys(store: Store) -> None:
    made = [_decoy(number) for number in range(DECOYS)]
    if None not in many(store, "tokens", [row["_key"] for row in made]):
        return
    store.collections["tokens"].batch_save(made)
    marking = {"tenant_id": "", "what": DECOY, "level": "L0", "by": "decoy", "time": 0.0, "reason": "0" * 32}
    store.collections["markings"].batch_save(
        [{"_key": marking_key("", DECOY, row["_key"]), "object_id": row["_key"], **marking} for row in made]
    )


def _decoy(number: int) -> Document:
    key, person = f"decoy:{number}", "decoy of a match"
    approval = {"user": person, "tenant_id": "", "content_hash": "0" * 64, "time": 0.0}
    grant = {
        "tenant_id": "", "what": DECOY, "object_id": key, "grant_id": key, "audience": COMMUNITY, "level": 4,
        "fields": sorted(MATCHABLE), "author": person, "time": 0.0, "expires": 1e12, "approvals": [approval],
        "no_evidence": False, "no_reshare": False, "content_hash": "0" * 64,
    }  # fmt: skip
    return {
        "_key": key, "audience": "", "token": "0" * 32, "tenant_id": "", "grant_id": key,
        "field_class": min(MATCHABLE), "kind": "phone", "grant": grant,
    }  # fmt: skip


def forget(store: Store, tenant: str, grant_id: str) -> None:
    """Deletes a grant's tokens, and its side of matches that were found by them."""
    for name in ("tokens", "inquiries"):
        store.collections[name].discard({"tenant_id": tenant, "grant_id": grant_id})
