"""The search command minervaschool: its options, and an answer as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

from minerva.school_queries.queries import MOST_KEPT
from minerva.schools.description import MAX_CHARS

COLUMNS = (
    "rank", "school_id", "name", "place", "county", "country", "phase", "website", "score", "confidence", "signals",
    "reasons", "query_id",
)  # fmt: skip
NOT_FOUND = (
    "your institution has no such question, or this search head does not know it yet; where a page asked it a moment "
    "ago, search again"
)
_QUERY = re.compile(r"s_[0-9a-f]{16}")


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class Request:
    """What is asked of the handler: operation, body, and how many rows are wanted."""

    path: str
    body: Mapping[str, Any]
    top: int


def read_options(given: Mapping[str, Union[str, None]]) -> Request:
    """Returns the request from the options' texts (None = absent). Raises OptionError."""
    describe, query = (given.get("describe") or "").strip(), given.get("query") or ""
    if bool(describe) == bool(query):
        raise OptionError("describe, query: expected one of them")
    if len(describe) > MAX_CHARS:
        raise OptionError(f"describe: expected at most {MAX_CHARS} characters")
    if query and not _QUERY.fullmatch(query):
        raise OptionError("query: expected the id of a question, as in query=s_0123456789abcdef")
    top = given.get("top") or "20"
    if not re.fullmatch(r"[0-9]{1,3}", top) or not 1 <= int(top) <= MOST_KEPT:
        raise OptionError(f"top: expected a whole number from 1 to {MOST_KEPT}")
    body: dict[str, Any] = {"tenant_id": given["tenant"]} if given.get("tenant") else {}
    if query:
        return Request("school_queries", {**body, "op": "get", "query_id": query}, int(top))
    return Request("schools_identify", {**body, "describe": describe, "top": int(top)}, int(top))


def rows_of(answer: Mapping[str, Any], top: int) -> Iterator[dict[str, Any]]:
    """Yields a row for each school that was found, with the keys of COLUMNS."""
    for rank, found in enumerate(answer["found"][:top], 1):
        row = {
            "rank": rank, **found["school"], "score": found["score"], "confidence": found["confidence"],
            "signals": [each["signal"] for each in found["signals"]],
            "reasons": [reason for each in found["signals"] for reason in each["reasons"]],
            "query_id": answer["query"]["query_id"],
        }  # fmt: skip
        yield {key: row.get(key) for key in COLUMNS}
