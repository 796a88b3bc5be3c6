"""The search command minervaexpand without Splunk: its options to one handler request, the answer to result rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from minerva.identifiers import KIND_BY_NAME
from minerva.tenancy.related import building_words, sentences

OUTPUTS = ("edges", "nodes", "entity", "list", "summary", "overview")


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class Request:
    """What to ask of the handler, and how to show the answer."""

    output: str
    operation: str
    body: Mapping[str, Any]


def read_options(given: Mapping[str, str | None]) -> Request:
    """The request of option texts (keys entity, identifier, depth, limit, output, kinds, since, until, tenant; None =
    absent).

    Raises OptionError.
    """
    entity, identifier = (given.get(key) or "" for key in ("entity", "identifier"))
    output = (given.get("output") or ("edges" if entity or identifier else "list")).lower()
    if output not in OUTPUTS:
        raise OptionError(f"output: expected one of {', '.join(OUTPUTS)}")
    depth = _whole(given, "depth", 1, 1, 3)
    limit = _whole(given, "limit", 200, 1, 1000 if output in ("list", "overview") else 2000)
    around = _around(given)
    if around and output not in ("edges", "nodes"):
        raise OptionError(f"{next(iter(around))}: only with output=edges or output=nodes")
    tenant = (given.get("tenant") or "").strip()
    if tenant and output != "list":
        raise OptionError("tenant: only with output=list")
    if output in ("list", "overview"):
        return Request(output, "list", {"limit": limit, **({"tenant_id": tenant} if tenant else {})})
    if output == "summary":
        return Request(output, "summary", {})
    if bool(entity) == bool(identifier):
        raise OptionError(f"output={output} needs either entity=<entity id> or identifier=<kind:value>")
    if output == "entity":
        if entity:
            return Request(output, "get", {"entity_id": entity})
        return Request(output, "lookup", {"identifier": identifier})
    start = {"entity_id": entity} if entity else {"identifier": identifier}
    return Request(output, "neighborhood", {**start, "depth": depth, "limit": limit, **around})


def with_reading(request: Request, answer: Mapping[str, Any]) -> Request:
    """Returns the request for the likeliest reading of its identifier, as the operation `reading` gives it; the same
    request if there is none."""
    for each in answer.get("readings", ()):
        return replace(request, body={**request.body, "identifier": each["identifier"]})
    return request


def _around(given: Mapping[str, str | None]) -> dict[str, Any]:
    """Returns the parts of a request that say what of the surroundings is shown."""
    found: dict[str, Any] = {}
    kinds = [kind.strip().lower() for kind in (given.get("kinds") or "").split(",") if kind.strip()]
    unknown = [kind for kind in kinds if kind not in KIND_BY_NAME]
    if unknown:
        raise OptionError(f"kinds: '{unknown[0]}' is none; expected some of {', '.join(sorted(KIND_BY_NAME))}")
    if kinds:
        found["kinds"] = kinds
    for key in ("since", "until"):
        text = (given.get(key) or "").strip()
        if text:
            found[key] = _moment(key, text)
    if found.get("since", 0) >= found.get("until", 10**12):
        raise OptionError("since, until: expected since to be before until")
    return found


def _moment(key: str, text: str) -> int:
    if re.fullmatch(r"[0-9]{5,11}", text):
        return int(text)
    try:
        return int(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=timezone.utc).timestamp())
    except ValueError:
        raise OptionError(f"{key}: expected a date as in 2026-03-01 (UTC) or epoch seconds") from None


def rows_of(request: Request, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Result rows of an answer; every row has the same keys (None where empty)."""
    if request.output in ("edges", "nodes"):
        rows = [dict(row) for row in answer[request.output]]
    elif request.output == "summary":
        rows = [dict(row) for row in answer["rows"]]
    elif request.operation == "get":
        rows = [_flat(answer)]
    else:
        rows = [_flat(row) for row in answer["entities"]]
    if request.output == "overview":
        rows += [dict(row) for row in answer["rows"]]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    yield from ({key: row.get(key) for key in keys} for row in rows)


def _flat(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document as one row: counts become texts `phone: 2`, joins their sentences, times stay epoch seconds."""
    row: dict[str, Any] = {}
    for key, value in document.items():
        if key == "joins":
            row["joins"] = len(value)
            row["why"] = _several(list(dict.fromkeys(join["why"] for join in value)))
        elif key == "related":
            row[key] = _several([*sentences(document)])
        elif key == "shared_building":
            row[key] = building_words(document)
        elif isinstance(value, Mapping):
            row[key] = _several([f"{name}: {count}" for name, count in value.items()])
        elif isinstance(value, list):
            row[key] = _several([str(each) for each in value])
        else:
            row[key] = value
    if row.get("last_time") is not None:
        row["_time"] = row["last_time"]
    return row


def _several(values: list[str]) -> Any:
    return None if not values else values[0] if len(values) == 1 else values


def _whole(given: Mapping[str, str | None], key: str, default: int, low: int, high: int) -> int:
    text = (given.get(key) or str(default)).strip()
    if not re.fullmatch(r"[0-9]{1,7}", text) or not low <= int(text) <= high:
        raise OptionError(f"{key}: expected a whole number from {low} to {high}")
    return int(text)
