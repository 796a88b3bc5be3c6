"""Pages of the services' lists, newest first: `after` names the last row of the page before by time and id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.documents import Collection, Document
from minerva.tenancy.asking import BadRequest, Body


def after_of(body: Body) -> tuple[float, str] | None:
    """The `after` of a body, a list of time and id; None if it has none. Raises BadRequest."""
    value = body.get("after")
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2 or type(value[0]) not in (int, float):
        raise BadRequest("after: expected the `next` of the page before")
    if not isinstance(value[1], str) or len(value[1]) > 500:
        raise BadRequest("after: expected the `next` of the page before")
    return float(value[0]), value[1]


def newest(
    collection: Collection, query: Mapping[str, Any], name: str, limit: int, after: tuple[float, str] | None
) -> list[Document]:
    """At most `limit` documents that fit, newest first, those of one time by the id under `name`."""
    parts: list[dict[str, Any]] = [dict(query)]
    if after is not None:
        time, last = after
        parts = [{**query, "time": {"$lt": time}}, {**query, "time": time, name: {"$gt": last}}]
    return collection.find({"$or": parts}, sort=f"time:-1,{name}:1", limit=limit)


def following(rows: list[Document], name: str, limit: int) -> list[Any] | None:
    """The `next` of a page: its last row's time and id, None if it is the last page."""
    return [rows[-1]["time"], rows[-1][name]] if len(rows) == limit else None
