"""Pages of the services' lists behind the API's signed cursors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minerva.partner import cursors
from minerva.partner.operation import Call
from minerva.partner.problem import Problem
from minerva.sharing.objects import need_circumstances
from minerva.tenancy.asking import BadRequest, Body, Store

Service = Callable[[Body, Store], dict[str, Any]]
_AT_ONCE = 1000


def paged(call: Call, service: Service, name: str, **body: Any) -> tuple[list[dict[str, Any]], str | None]:
    """A page of a service that takes `limit` and `after` and gives `next`; and the next cursor."""
    after = _read(call)
    asked = {**call.tenant, **body, "limit": int(call.query.get("limit", 100)), **({"after": after} if after else {})}
    found = service(asked, call.store)
    return found[name], _write(call, found["next"])


def sliced(
    call: Call, service: Service, name: str, place: Callable[[dict[str, Any]], list[Any]], **body: Any
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of a service that takes `limit` and `offset`; `place` gives what a row is sorted by.

    A page begins behind the last row of the one before, so what is released meanwhile shifts nothing.
    """
    after, most = _read(call), int(call.query.get("limit", 100))
    rows: list[dict[str, Any]] = []
    while True:
        part = service({**call.tenant, **body, "limit": _AT_ONCE, "offset": len(rows)}, call.store)[name]
        rows += part
        if len(part) < _AT_ONCE:
            break
    rows = sorted((row for row in rows if not after or place(row) > after), key=place)
    return rows[:most], _write(call, place(rows[most - 1]) if len(rows) > most else None)


def stated(call: Call) -> None:
    """Raises Problem 400 unless the circumstances are stated that sharing needs."""
    try:
        need_circumstances(call.store)
    except BadRequest as error:
        context = call.store.context
        name = "Minerva-Purpose" if not context.purpose else "Minerva-Case" if not context.case else ""
        raise Problem(400, "circumstances_missing", str(error), name or "Minerva-Legal-Basis") from None


def _read(call: Call) -> list[Any]:
    user, query = call.store.subject.user, call.query
    return cursors.read(call.desk.key, user, call.operation.operation_id, query, query.get("cursor"))


def _write(call: Call, after: list[Any] | None) -> str | None:
    if after is None:
        return None
    return cursors.write(call.desk.key, call.store.subject.user, call.operation.operation_id, call.query, after)
