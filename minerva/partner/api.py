"""One request to the API, from what splunkd hands over to status, headers and JSON.

Order: route, body, schema, audit begun, limits, idempotency key, operation. The audit's entry is written before the
answer is given and before anything is changed; where it cannot be, the answer is 503.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minerva.audit import AuditError
from minerva.intake.errors import BodyError
from minerva.intake.formats.strict_json import parse_json_text
from minerva.partner import limits
from minerva.partner.contract.checking import check
from minerva.partner.contract.schemas import EVERY_QUERY, HEADERS, SCHEMAS
from minerva.partner.desk import Desk
from minerva.partner.identifiers import unread
from minerva.partner.lists import stated
from minerva.partner.operation import Call, Operation
from minerva.partner.problem import Problem, absent
from minerva.partner.registry import route
from minerva.partner.repeats import FORM, Repeats
from minerva.partner.times import told
from minerva.policy import tenants_of
from minerva.records.model import canonical_json
from minerva.tenancy.answering import record_failure
from minerva.tenancy.asking import Absent, BadIdentifier, BadRequest, Contradicts, OverBudget, Store, begun

MAX_BODY = 5_000_000
MAX_DEPTH = 16


@dataclass(frozen=True)
class Request:
    """`path` is below the base, from `/`; `query` as pairs; `headers` by lower-case names; `body` as text or ""."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class Reply:
    """`payload` is the text of the body."""

    status: int
    payload: str
    headers: Mapping[str, str]


def answer(request: Request, desk: Desk, request_id: str) -> Reply:
    """The reply to a request. `request_id` stands in a header, and nowhere in the body."""
    try:
        status, payload, headers = _answered(request, desk)
        kind = "application/json; charset=utf-8"
    except Problem as problem:
        status, payload, headers = problem.status, problem.to_dict(), problem.headers
        kind = "application/problem+json; charset=utf-8"
    except Exception:  # whatever it is, the audit says that it was asked
        try:
            record_failure("partner", desk.store)
        except AuditError:
            unwritten = _no_audit()
            status, payload, headers = unwritten.status, unwritten.to_dict(), unwritten.headers
            kind = "application/problem+json; charset=utf-8"
        else:
            raise
    common = {"Content-Type": kind, "Cache-Control": "no-store", "X-Request-Id": request_id}
    return Reply(status, _json(payload), {**common, **headers})


def failed(request_id: str) -> Reply:
    """The reply of a door that failed: nothing of the cause reaches the asker."""
    problem = Problem(500, "failed", "the administrator finds the cause in the logs under the request's id")
    headers = {"Content-Type": "application/problem+json; charset=utf-8", "X-Request-Id": request_id}
    return Reply(500, _json(problem.to_dict()), {**headers, "Cache-Control": "no-store"})


def _answered(request: Request, desk: Desk) -> tuple[int, Any, dict[str, str]]:
    store = desk.store
    try:
        operation, path = route(request.method, request.path)
    except Problem as problem:
        _begin("unknown", {}, {}, store)
        _take(1, desk, store)
        raise _refused(problem, store) from None
    body: Mapping[str, Any] = {}
    early: Problem | None = None
    query: Mapping[str, Any] = {}
    try:
        path = _checked_path(operation, path)
        _check_headers(request)
        query = _query(operation, request)
        body = _body(operation, request)
    except Problem as problem:
        early = problem
    try:
        store = _begin(operation.operation_id, {**path, **body}, request.headers, store)
    except Problem as problem:
        early = early or problem
    _take(operation.cost, desk, store)
    early = _not_theirs(request, store) or early
    if early is not None:
        raise _refused(early, store)
    tenant = request.headers.get("minerva-tenant", "")
    call = Call(operation, path, query, body, store, desk, {"tenant_id": tenant} if tenant else {})
    given = request.headers.get("idempotency-key") if operation.changes else None
    if given is None:
        return operation.status, _run(call), {}
    return _once(given, call, request)


def _once(given: str, call: Call, request: Request) -> tuple[int, Any, dict[str, str]]:
    """Runs a call under an idempotency key, or gives the answer that it had."""
    fault = check(given, {"type": "string", "pattern": FORM}, {})
    if fault is not None:
        raise _refused(Problem(400, "invalid_header", fault[1], "Idempotency-Key"), call.store)
    store, desk = call.store, call.desk
    tenants = tenants_of(store.subject, store.context)
    repeats = Repeats(desk.collections["api_answers"], desk.key, store.subject.user, tenants)
    asked = canonical_json([request.method, request.path, dict(call.body), dict(call.tenant)])
    try:
        held = repeats.begin(given, asked, store.context.now)
    except Problem as problem:
        raise _refused(problem, store) from None
    if held is not None:
        _permit(store)
        return held[0], held[1], {"Idempotent-Replayed": "true"}
    try:
        payload = _run(call)
    except BaseException:
        repeats.drop()
        raise
    repeats.keep(given, asked, store.context.now, call.operation.status, payload)
    return call.operation.status, payload, {}


def _run(call: Call) -> dict[str, Any]:
    """The operation's payload, its entry in the audit written."""
    store = call.store
    try:
        if call.operation.stated:
            stated(call)
        payload = call.operation.run(call)
        rows = sum(len(value) for value in payload.values() if isinstance(value, list))
        store.trail.permit(rows)
        shown: dict[str, Any] = told(payload, call.operation.answer, SCHEMAS)
        return shown
    except AuditError:
        raise _no_audit() from None
    except Problem as problem:
        raise _refused(problem, store) from None
    except BadIdentifier as error:
        raise _refused(unread(error), store) from None
    except BadRequest as error:
        raise _refused(Problem(400, "bad_request", str(error)), store) from None
    except Contradicts as error:
        raise _refused(Problem(409, error.code, str(error)), store) from None
    except OverBudget as error:
        wait = {"Retry-After": str(error.seconds)}
        raise _refused(Problem(429, "over_budget", str(error), headers=wait), store) from None
    except Absent:
        raise _refused(absent(), store) from None


def _begin(operation: str, asked: Mapping[str, Any], headers: Mapping[str, str], store: Store) -> Store:
    """The store with the circumstances that the headers state, and the trail begun. Raises Problem 400."""
    stated = {key: headers[name.lower()] for key, (name, _, _) in HEADERS.items() if name.lower() in headers}
    store.trail.concerns([stated.pop("tenant_id")] if "tenant_id" in stated else [])
    try:
        return begun(f"partner.{operation}", {**asked, "op": "", **stated}, store)
    except BadRequest as error:
        key, _, expected = str(error).partition(": ")
        raise Problem(400, "invalid_header", expected, HEADERS[key][0]) from None


def _not_theirs(request: Request, store: Store) -> Problem | None:
    """The refusal of a request that speaks for an institution of others, or for none that there is: both alike."""
    named = request.headers.get("minerva-tenant", "")
    if not named or named in tenants_of(store.subject, store.context):
        return None
    return Problem(403, "not_your_institution", "you do not belong to an institution of this id", "Minerva-Tenant")


def _check_headers(request: Request) -> None:
    for name, schema, _ in HEADERS.values():
        fault = check(request.headers.get(name.lower()), schema, SCHEMAS) if name.lower() in request.headers else None
        if fault is not None:
            raise Problem(400, "invalid_header", fault[1], name)


def _take(cost: int, desk: Desk, store: Store) -> None:
    tenants = tenants_of(store.subject, store.context)
    try:
        limits.take(
            desk.collections["api_limits"], desk.claims, desk.key, desk.limits, store.subject.user, tenants,
            cost, store.clock(),
        )  # fmt: skip
    except Problem as problem:
        raise _refused(problem, store) from None


def _refused(problem: Problem, store: Store) -> Problem:
    """The problem, once its entry is in the audit; else 503."""
    try:
        store.trail.refuse("absent" if problem.status == 404 else problem.code)
    except AuditError:
        return _no_audit()
    return problem


def _permit(store: Store) -> None:
    try:
        store.trail.permit()
    except AuditError:
        raise _no_audit() from None


def _no_audit() -> Problem:
    return Problem(
        503, "no_audit", "the audit cannot be written, so nothing is answered", headers={"Retry-After": "10"}
    )


def _checked_path(operation: Operation, path: Mapping[str, str]) -> dict[str, str]:
    # An id that no document can have is a document that is not there.
    if any(check(path[name], schema, SCHEMAS) is not None for name, schema in operation.variables.items()):
        raise absent()
    return dict(path)


def _query(operation: Operation, request: Request) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, text in request.query:
        schema = {**operation.query, **EVERY_QUERY}.get(name)
        if schema is None:
            names = ", ".join((*operation.query, *EVERY_QUERY))
            raise Problem(400, "unknown_parameter", f"unknown parameter; the parameters are {names}")
        if name in found:
            raise Problem(400, "invalid_parameter", "expected once", name)
        value = _number(text) if schema["type"] == "integer" else text
        fault = check(value, schema, SCHEMAS)
        if fault is not None:
            raise Problem(400, "invalid_parameter", fault[1], name)
        if name in operation.query:
            found[name] = value
    return found


def _number(text: str) -> Any:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text


def _body(operation: Operation, request: Request) -> Mapping[str, Any]:
    if operation.body is None:
        return {}
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "not_json", "expected Content-Type: application/json", "Content-Type")
    if len(request.body) > MAX_BODY:
        raise Problem(413, "too_large", f"expected at most {MAX_BODY} characters")
    value = _parsed(request.body)
    fault = check(value, operation.body, SCHEMAS)
    if fault is not None:
        raise Problem(400, "invalid_body", fault[1], ".".join(map(str, fault[0])))
    body: Mapping[str, Any] = value
    if operation.one_of and sum(name in body for name in operation.one_of) != 1:
        raise Problem(400, "invalid_body", f"expected exactly one of {', '.join(operation.one_of)}")
    return body


def _parsed(text: str) -> Any:
    try:
        value = parse_json_text(text, fraction=_fraction)
    except BodyError as error:
        raise Problem(400, "invalid_json", str(error)) from None
    if _deep(value, MAX_DEPTH):
        raise Problem(400, "invalid_json", f"JSON nested deeper than {MAX_DEPTH}")
    try:
        # Half a surrogate pair has no UTF-8 form and could be neither stored nor answered.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise Problem(400, "invalid_json", "half a surrogate pair is no character") from None
    return value


def _fraction(text: str) -> Any:
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _deep(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (left == 0 and bool(inner)) or any(_deep(each, left - 1) for each in inner if isinstance(each, (dict, list)))


def _json(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
