"""Operations on the API itself: whether it answers, and its contract."""

from __future__ import annotations

from typing import Any

from minerva.partner.contract.schemas import VERSION
from minerva.partner.contract.shapes import ref
from minerva.partner.operation import Call, Operation
from minerva.policy import tenants_of
from minerva.policy.vocabulary import POLICY_VERSION


def health(call: Call) -> dict[str, Any]:
    """That the request was authenticated, decided, counted and written to the audit."""
    store = call.store
    tenants = tenants_of(store.subject, store.context)
    return {
        "status": "ok", "version": VERSION, "policy_version": POLICY_VERSION, "tenants": tenants,
        "time": int(store.context.now),
    }  # fmt: skip


def contract(call: Call) -> dict[str, Any]:
    """The OpenAPI document."""
    from minerva.partner.openapi import document

    return document()


OPERATIONS = (
    Operation("health", "GET", "/health", "Whether the API answers you", "", health, ref("Health")),
    Operation("getContract", "GET", "/openapi.json", "This contract, as OpenAPI 3.1", "", contract, ref("Contract")),
)
