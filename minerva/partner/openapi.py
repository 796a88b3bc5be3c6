"""The contract: OpenAPI 3.1 from the registry and the schemas that requests are held to. Emitted, committed, served."""

from __future__ import annotations

from typing import Any

from minerva.partner.contract.schemas import EVERY_QUERY, HEADERS, SCHEMAS, VERSION
from minerva.partner.contract.shapes import ref
from minerva.partner.operation import Operation
from minerva.partner.problem import TITLES
from minerva.partner.registry import BASE, TAGGED
from minerva.partner.repeats import FORM

_EVERY = (400, 403, 404, 429, 503)
_NEEDED = ("purpose", "case")
"""What an operation that is marked so refuses to go without."""
_DESCRIPTION = (
    "Partners' programs ask here with a token of a user who holds the capability minerva_query and no search. Every "
    "request is decided by the policy and stands in the audit before it is answered. What does not exist and what is "
    "not yours give the same answer, byte for byte. Identifiers stand in bodies, never in URLs. GET changes nothing. "
    "Send output_mode=json with every request: what splunkd refuses before it reaches the API, a wrong token or a "
    "missing capability, it answers in XML otherwise."
)


_SPLUNKD: dict[str, Any] = {
    "application/json": {"schema": ref("SplunkMessages")},
    "text/xml": {"schema": {"type": "string", "description": "without output_mode=json"}},
}  # fmt: skip
"""The forms of what splunkd answers before a request reaches the API."""


def document() -> dict[str, Any]:
    """The whole contract as JSON values."""
    paths: dict[str, dict[str, Any]] = {}
    for tag, operations in TAGGED.items():
        for operation in operations:
            paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, tag)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Minerva partner API", "version": VERSION, "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [
            {"url": "https://{host}:8089" + BASE, "variables": {"host": {"default": "localhost"}}},
        ],
        "security": [{"token": []}, {"session": []}],
        "tags": [{"name": tag} for tag in TAGGED],
        "paths": paths,
        "components": {
            "schemas": dict(SCHEMAS),
            "parameters": _parameters(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "a Splunk authentication token"},
                "session": {"type": "http", "scheme": "basic", "description": "a Splunk user"},
            },
        },
    }  # fmt: skip


def statuses(operation: Operation) -> list[int]:
    """Every status that the API itself may answer an operation with."""
    own = {operation.status, *_EVERY, *operation.statuses}
    if operation.body is not None:
        own |= {413, 415}
    if operation.changes:
        own.add(409)
    return sorted(own)


def _parameters() -> dict[str, Any]:
    found: dict[str, Any] = {
        key: {"name": name, "in": "header", "schema": schema, "description": description}
        for key, (name, schema, description) in HEADERS.items()
    }
    found.update({f"needed_{key}": {**found[key], "required": True} for key in _NEEDED})
    found.update({name: {"name": name, "in": "query", "schema": schema} for name, schema in EVERY_QUERY.items()})
    found["idempotency_key"] = {
        "name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "pattern": FORM},
        "description": "sent again within a day with the same request, the first answer is given again",
    }  # fmt: skip
    return found


def _operation(operation: Operation, tag: str) -> dict[str, Any]:
    names = [f"needed_{key}" if operation.stated and key in _NEEDED else key for key in HEADERS]
    names += [*EVERY_QUERY, *(["idempotency_key"] if operation.changes else [])]
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": schema} for name, schema in operation.variables.items()
    ]
    parameters += [{"name": name, "in": "query", "schema": schema} for name, schema in operation.query.items()]
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in names]
    told: dict[str, Any] = {"operationId": operation.operation_id, "tags": [tag], "summary": operation.summary}
    if operation.description:
        told["description"] = operation.description
    told["parameters"] = parameters
    if operation.body is not None:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": dict(operation.body)}}}
    told["responses"] = {str(status): _response(status, operation) for status in [*statuses(operation), 401]}
    return {**told, "responses": dict(sorted(told["responses"].items()))}


def _response(status: int, operation: Operation) -> dict[str, Any]:
    if status == operation.status:
        return {
            "description": operation.summary,
            "headers": {"X-Request-Id": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": dict(operation.answer)}},
        }
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    if status == 401:
        return {"description": "No or no valid credentials: from splunkd itself", "content": _SPLUNKD}
    told: dict[str, Any] = {"description": TITLES[status], "content": problem}
    if status == 403:
        told["description"] = "Not permitted; from splunkd itself where the capability minerva_query is missing"
        told["content"] = {**problem, **_SPLUNKD}
    if status == 429:
        told["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
    return told
