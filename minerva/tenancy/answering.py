"""One request to one answer: runs an operation and writes its audit entry first, for every table of operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from minerva.audit import AuditError
from minerva.policy import tenants_of
from minerva.tenancy.asking import (
    Absent,
    Answer,
    BadRequest,
    Body,
    Busy,
    Contradicts,
    OverBudget,
    Store,
    Unavailable,
    begun,
)
from minerva.tenancy.day_limits import count_request

Operations = Mapping[str, Callable[[Body, Store], dict[str, Any]]]
NO_AUDIT = Answer(503, {"error": "the audit cannot be written, so nothing is answered"})


def answer(operation: str, body: Body, store: Store, operations: Operations) -> Answer:
    """The answer to one request: 200 with the result, 400 with a message, 404 for absent and foreign alike.

    409 where people decided otherwise, 429 over budget or over the requests of a person and day. Its entry stands in
    the audit before anything is answered or changed; without the entry, 503, and so where a part is not installed.
    What fails otherwise leaves its entry too and is raised.
    """
    try:
        return _answered(operation, body, store, operations)
    except AuditError:
        return NO_AUDIT
    except Exception:  # whatever it is, the audit says that it was asked
        try:
            record_failure(operation if operation in operations else "unknown", store)
        except AuditError:
            return NO_AUDIT
        raise


def record_failure(operation: str, store: Store) -> None:
    """Writes the audit entry of a request that ended in an error. Raises AuditError."""
    context = replace(store.context, now=store.clock())
    store.trail.failed(operation, store.subject, tenants_of(store.subject, context), context)


def refused(operation: str, reason: str, store: Store, operations: Operations) -> Answer:
    """The answer to a request whose body cannot be read: 400 with the reason, once its entry stands in the audit.

    It counts like any other (429), so that nobody fills the audit with requests that say nothing.
    """

    def refuse(body: Body, store: Store) -> dict[str, Any]:
        raise BadRequest(reason)

    known = operation if operation in operations else "unknown"
    return answer(known, {}, store, {known: refuse})


def _answered(operation: str, body: Body, store: Store, operations: Operations) -> Answer:
    run = operations.get(operation)
    try:
        store = _counted(operation if run is not None else "unknown", body, store)
        if run is None:
            raise BadRequest(f"unknown operation; the operations are {', '.join(operations)}")
        result = run(body, store)
        store.trail.permit(sum(len(value) for value in result.values() if isinstance(value, list)))
        return Answer(200, result)
    except BadRequest as error:
        store.trail.refuse("bad_request")
        return Answer(400, {"error": str(error)})
    except Contradicts as error:
        store.trail.refuse("conflict")
        return Answer(409, {"error": str(error)})
    except OverBudget as error:
        store.trail.refuse("over_budget")
        return Answer(429, {"error": str(error), "retry_after_s": error.seconds})
    except Busy as error:
        store.trail.refuse("unavailable")
        return Answer(503, {"error": str(error), "retry_after_s": error.seconds})
    except Unavailable as error:
        store.trail.refuse("unavailable")
        return Answer(503, {"error": str(error)})
    except Absent:
        store.trail.refuse("absent")
        return Answer(404, {"error": "not found"})


def _counted(operation: str, body: Body, store: Store) -> Store:
    """The store with the request begun and counted, one that cannot be understood too."""
    try:
        return begun(operation, body, store, count_request)
    except BadRequest:
        count_request(replace(store, context=replace(store.context, now=store.clock())))
        raise
