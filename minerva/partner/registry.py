"""Every operation of the API, in the order of the contract. One entry in a module's OPERATIONS adds one."""

from __future__ import annotations

from minerva.partner import (
    auditing,
    deconflicting,
    entities,
    exporting,
    judging,
    matching,
    records,
    risk,
    service,
    sharing,
    watching,
)
from minerva.partner.operation import Operation
from minerva.partner.problem import Problem, absent

BASE = "/services/minerva/v1"
TAGGED: dict[str, tuple[Operation, ...]] = {
    "service": service.OPERATIONS,
    "records": records.OPERATIONS,
    "entities": entities.OPERATIONS,
    "matching": matching.OPERATIONS,
    "judgements": judging.OPERATIONS,
    "watching": watching.OPERATIONS,
    "exports": exporting.OPERATIONS,
    "sharing": sharing.OPERATIONS,
    "deconfliction": deconflicting.OPERATIONS,
    "risk": risk.OPERATIONS,
    "audit": auditing.OPERATIONS,
}
"""Tag of the contract -> its operations."""
OPERATIONS: tuple[Operation, ...] = tuple(operation for found in TAGGED.values() for operation in found)


def route(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    """Returns the operation of a path below the base, and its variables. Raises Problem 404 or 405."""
    allowed: list[str] = []
    found: tuple[Operation, dict[str, str]] | None = None
    for operation in OPERATIONS:
        variables = operation.match(path)
        if variables is None:
            continue
        allowed.append(operation.method)
        if operation.method == method:
            found = found or (operation, variables)
    if found is not None:
        return found
    if allowed:
        raise Problem(
            405, "method_not_served", f"expected {' or '.join(allowed)}", headers={"Allow": ", ".join(allowed)}
        )
    raise absent()
