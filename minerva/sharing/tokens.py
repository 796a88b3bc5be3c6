"""Keyed tokens of released identifiers, so that others may ask whether somebody holds one without a list of them.

Each group and the community has a key of its own, kept in the password store: a token of one says nothing in another.
"""

from __future__ import annotations

import hmac

from minerva.documents import PAGE
from minerva.policy import COMMUNITY, EVERYONE, Action
from minerva.policy.vocabulary import MATCHABLE, RIGHTS
from minerva.sharing.grants import Released
from minerva.sharing.strong import is_strong
from minerva.tenancy.asking import Store


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
                    "field_class": name, "kind": identifier.partition(":")[0],
                }
            )  # fmt: skip
    for at in range(0, len(rows), PAGE):
        store.collections["tokens"].batch_save(rows[at : at + PAGE])


def forget(store: Store, tenant: str, grant_id: str) -> None:
    """Deletes a grant's tokens, and its side of matches that were found by them."""
    for name in ("tokens", "inquiries"):
        store.collections[name].discard({"tenant_id": tenant, "grant_id": grant_id})
