"""People of the vault: put in under a pseudonym, found by keyed tokens, read by analysts of the owner alone.

The pseudonym (v_ and 16 hex digits) is drawn at random: it stands in events and nothing leads from it to the person.
"""

from __future__ import annotations

import hmac
import uuid
from datetime import datetime, timezone
from typing import Any

from minerva.documents import Document, find_all
from minerva.policy import Action, Object
from minerva.policy.vocabulary import VICTIM
from minerva.sharing.objects import SUBJECT, acting, marked_object, marking_of, need_circumstances
from minerva.sharing.proposals import short_text
from minerva.sharing.strong import strong_form
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, number_of, regions_of, text_of
from minerva.tenancy.tombstones import IDENTIFIER, erased_among
from minerva.vault.identity import Identity, read_identity

KEEP_DAYS, MOST_DAYS = 365, 1826
DAY_S = 86_400
_TOLD = ("subject_id", "names", "identifiers", "age_band", "reference", "consent", "time", "by", "keep_until")


def vault_add(body: Body, store: Store) -> dict[str, Any]:
    """{"identity": {"names", "identifiers", "date_of_birth" or "age", "reference"}, "consent", "keep_days"}
    -> {"subject_id", "new", "dropped"}.

    A person who is there already, by any identifier or the reference, keeps the pseudonym. Who was erased does not come
    back (409).
    """
    store, tenant = acting(body, store, Action.SUBMIT)
    if not store.decided(Action.SUBMIT, Object(tenant, SUBJECT), VICTIM).permits:
        raise Absent
    now = store.context.now
    today = datetime.fromtimestamp(now, timezone.utc).date()
    identity = read_identity(body.get("identity"), today, regions_of(store, [tenant]))
    days, consent = number_of(body, "keep_days", KEEP_DAYS, 1, MOST_DAYS), short_text(body, "consent")
    named = names_of(identity)
    if erased_among(store, tenant, IDENTIFIER, named):
        raise Contradicts("this person was erased, and nothing of them is stored again")
    tokens = {name: token(store, tenant, name) for name in named}
    known = sorted({row["subject_id"] for each in tokens.values() for row in _leading(store, tenant, each)})
    if len(known) > 1:
        raise Contradicts(f"these identifiers belong to several people of the vault: {', '.join(known)}")
    subject_id = known[0] if known else "v_" + uuid.uuid4().hex[:16]
    before = store.collections["vault"].get(f"{tenant}:{subject_id}") or {}
    row: Document = {
        "_key": f"{tenant}:{subject_id}", "tenant_id": tenant, "kind": "subject", "subject_id": subject_id,
        "names": sorted({*before.get("names", ()), *identity.names}),
        "identifiers": sorted({*before.get("identifiers", ()), *identity.identifiers}),
        "age_band": identity.age_band or before.get("age_band", ""),
        "reference": identity.reference or before.get("reference", ""),
        "consent": consent or before.get("consent", ""), "by": store.subject.user, "time": now,
        "keep_until": max(now + days * DAY_S, float(before.get("keep_until", 0))),
    }  # fmt: skip
    store.trail.permit(1)
    store.collections["vault"].batch_save([row, *(_pointer(tenant, each, subject_id) for each in tokens.values())])
    return {"subject_id": subject_id, "new": not known, "dropped": list(identity.dropped)}


def _pointer(tenant: str, token_text: str, subject_id: str) -> Document:
    key = _pointer_key(tenant, token_text)
    return {"_key": key, "tenant_id": tenant, "kind": "token", "token": token_text, "subject_id": subject_id}


def pointer_key(store: Store, tenant: str, name: str) -> str:
    """The key of the document that leads from what a person is found by to the person."""
    return _pointer_key(tenant, token(store, tenant, name))


def _pointer_key(tenant: str, token_text: str) -> str:
    return f"{tenant}:t:{token_text}"


def names_of(identity: Identity) -> list[str]:
    """What a person is found by: identifiers, and the owner's own number."""
    return [*identity.identifiers, *([f"reference:{identity.reference}"] if identity.reference else [])]


def token(store: Store, tenant: str, name: str) -> str:
    """32 hex digits for what a person is found by, of use within one institution."""
    basis = f"{tenant}\0{name}".encode("utf-8", "surrogatepass")
    return hmac.new(store.secret("vault"), basis, "sha256").hexdigest()[:32]


def _leading(store: Store, tenant: str, token_text: str) -> list[Document]:
    return find_all(store.collections["vault"], {"tenant_id": tenant, "token": token_text})


def vault_find(body: Body, store: Store) -> dict[str, Any]:
    """{"identifier"} or {"reference"} -> {"subjects": [pseudonyms]}; for analysts. Purpose and case are needed."""
    need_circumstances(store)
    store, tenant = acting(body, store, Action.READ)
    if not store.decided(Action.READ, Object(tenant, SUBJECT), VICTIM).permits:
        raise Absent
    if ("identifier" in body) == ("reference" in body):
        raise BadRequest("expected identifier or reference")
    if "identifier" in body:
        name = strong_form(text_of(body, "identifier"), regions_of(store, [tenant]))
    else:
        name = f"reference:{text_of(body, 'reference')}"
    found = {row["subject_id"] for row in _leading(store, tenant, token(store, tenant, name))}
    return {"subjects": sorted(found)}


def vault_get(body: Body, store: Store) -> dict[str, Any]:
    """{"subject_id"} -> {"subject"}: who a pseudonym stands for; for analysts. Purpose and case are needed."""
    need_circumstances(store)
    store, tenant = acting(body, store, Action.READ)
    subject_id = text_of(body, "subject_id")
    row = store.collections["vault"].get(f"{tenant}:{subject_id}")
    if row is None or row.get("kind") != "subject" or row.get("tenant_id") != tenant:
        raise Absent
    obj = marked_object(tenant, SUBJECT, marking_of(store, tenant, SUBJECT, subject_id))
    if not store.decided(Action.READ, obj, VICTIM).permits:
        raise Absent
    return {"subject": {key: row[key] for key in _TOLD}}
