"""Signatures of records: who takes records in for an institution gets them, and whoever reads its records may ask
whether one holds. Manifests of exports are signed too. The key never leaves the handler.

Each institution has keys of its own. `record_keys` of its conf stanza names their numbers: the first signs, and what
any of them signed is genuine.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from minerva.policy import Action
from minerva.policy.vocabulary import INTAKE
from minerva.records import Record
from minerva.records.signing import digest_of, with_mark
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, page_of, text_of

MOST_CHECKED = 10_000
RECORD, EXPORT = "record", "export"
"""What is signed: a signature of one is none of the other."""
_DIGEST = frozenset("0123456789abcdef")


def signed(store: Store, tenant: str, record: Record) -> Record:
    """The record with the institution's signature of it as it is."""
    bare = replace(record, signature="")
    return with_mark(bare, mark(store, tenant, digest_of(bare)))


def mark(store: Store, tenant: str, digest: str, what: str = RECORD) -> str:
    """The number of the institution's key, and what it makes of a digest."""
    number = keys_of(store, tenant)[0]
    return f"{number}.{_code(store, tenant, number, digest, what)}"


def holds(store: Store, tenant: str, digest: str, given: str, what: str = RECORD) -> bool:
    """Whether `mark` made this of the digest, with a key of the institution that still counts."""
    number, _, code = given.partition(".")
    if number not in keys_of(store, tenant) or not code.isascii():
        return False
    return hmac.compare_digest(_code(store, tenant, number, digest, what), code)


def keys_of(store: Store, tenant: str) -> Sequence[str]:
    """The numbers of the institution's keys, the one that signs first."""
    return store.context.tenants[tenant].record_keys


def _code(store: Store, tenant: str, number: str, digest: str, what: str) -> str:
    key = hmac.digest(store.secret(f"records{number}"), f"tenant\0{tenant}".encode(), "sha256")
    return hmac.digest(key, f"{what}\0{digest}".encode(), "sha256").hex()[:32]


def taking_in(body: Body, store: Store, of: str) -> tuple[str, list[Any]]:
    """The institution that records are taken in for, and what is asked about them.

    Raises Absent, alike for one that is not there, and BadRequest if they are to be written into another index than
    its own. A question about none, whether the handler answers, may leave the index out.
    """
    tenant = text_of(body, "tenant_id")
    if not store.may(Action.STORE, tenant, INTAKE):
        raise Absent
    given = page_of(body, of)
    if (given or "index" in body) and body.get("index") != store.context.tenants[tenant].index:
        raise BadRequest("index: expected the institution's own, as minerva_tenants.conf names it")
    return tenant, given


def intake_sign(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "index", "digests": [...]} -> {"marks": [...], "pictures"}: of records that are to be indexed
    without asking a vault.

    For the institution's intake role and the service alone.
    """
    tenant, given = taking_in(body, store, "digests")
    digests = [digest(each) for each in given]
    store.trail.permit(len(digests))
    marks = [mark(store, tenant, each) for each in digests]
    return {"marks": marks, "pictures": store.context.tenants[tenant].pictures}


def records_check(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "signed": [[digest, mark], ...]} -> {"untrusted": positions of those that no key of the institution
    has signed}.

    For whoever may read the institution's records.
    """
    if not store.readable({"tenant_id": text_of(body, "tenant_id")}):
        raise Absent
    tenant, given = text_of(body, "tenant_id"), body.get("signed")
    if not isinstance(given, list) or len(given) > MOST_CHECKED:
        raise BadRequest(f"signed: expected a list of at most {MOST_CHECKED}")
    store.trail.permit(len(given))
    return {"untrusted": [at for at, each in enumerate(given) if not holds(store, tenant, *_pair(each))]}


def digest(given: Any) -> str:  # Any: what a request's JSON holds
    """A digest as it stands in a request. Raises BadRequest."""
    if not isinstance(given, str) or len(given) != 64 or not _DIGEST.issuperset(given):
        raise BadRequest("expected digests of 64 hexadecimal digits")
    return given


def _pair(given: Any) -> tuple[str, str]:
    if not (isinstance(given, list) and len(given) == 2 and all(isinstance(each, str) for each in given)):
        raise BadRequest("signed: expected pairs of a digest and a mark")
    if not given[1].isascii():
        raise BadRequest("signed: expected marks as the handler makes them")
    return digest(given[0]), given[1]
