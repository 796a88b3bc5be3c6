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
    service,
    sharing,
    watching,
)
from minerva.partner.operation import Operation
from minerva.partner.problem import Problem, absent

BASE = "/services/minerva/v1"
OPERATIONS: tuple[Operation, ...] = (
    *service.OPERATIONS,
    *records.OPERATIONS,
    *entities.OPERATIONS,
    *matching.OPERATIONS,
    *judging.OPERATIONS,
    *watching.OPERATIONS,
    *exporting.OPERATIONS,
    *sharing.OPERATIONS,
    *deconflicting.OPERATIONS,
    *auditing.OPERATIONS,
)


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
