"""Identifiers of a body as the caller's institution reads them; one that cannot be read is named by its place."""

from __future__ import annotations

from collections.abc import Sequence

from minerva.partner.operation import Call
from minerva.partner.problem import Problem
from minerva.policy import tenants_of
from minerva.tenancy.asking import BadIdentifier, normal_identifier, regions_of

_CODE = "invalid_identifier"


def normal_forms(call: Call, given: Sequence[str]) -> list[str]:
    """The normal form of each of `identifiers`. Raises Problem 400 for the first that cannot be read."""
    regions = regions_of(call.store, _tenants(call))
    found = []
    for place, identifier in enumerate(given):
        try:
            found.append(normal_identifier(identifier, regions))
        except BadIdentifier as error:
            raise unread(error, f"identifiers.{place}") from None
    return found


def unread(error: BadIdentifier, field: str = "identifier") -> Problem:
    """The refusal of what is no identifier: the reason, and where it stands."""
    return Problem(400, _CODE, str(error).partition(": ")[2], field)


def _tenants(call: Call) -> list[str]:
    return list(call.tenant.values()) or tenants_of(call.store.subject, call.store.context)
