"""The search command minervajudge without Splunk: its options to one handler request, the answer to result rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from minerva.linking.judgements import VERDICTS

TAKE_BACK = "take_back"
NONE_YET = "No judgements"
MISSING = "One of the two records is not there, or you may not see it"
_COLUMNS = ("a", "b", "verdict", "by", "why", "time", "tenant_id", "message")


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


def read_options(given: Mapping[str, str | None]) -> dict[str, Any]:
    """Returns the body for the operation `judgements` of option texts (a, b, verdict, why, tenant; None = absent).

    Raises OptionError.
    """
    texts = {key: (given.get(key) or "").strip() for key in ("a", "b", "verdict", "why", "tenant")}
    body: dict[str, Any] = {"tenant_id": texts["tenant"]} if texts["tenant"] else {}
    if not (texts["a"] or texts["b"] or texts["verdict"] or texts["why"]):
        return {**body, "op": "list"}
    if not texts["a"] or not texts["b"]:
        raise OptionError("a, b: expected two record ids; minervaresolve shows them")
    verdict = texts["verdict"].lower()
    if verdict not in (*VERDICTS, TAKE_BACK):
        raise OptionError(f"verdict: expected one of {', '.join(VERDICTS)}, {TAKE_BACK}")
    if not re.search(r"\w", texts["why"]):
        raise OptionError("why: expected the reason in words, which others will read: write it in place of the dots")
    pair = {"a": texts["a"], "b": texts["b"], "why": texts["why"]}
    if verdict == TAKE_BACK:
        return {**body, **pair, "op": TAKE_BACK}
    return {**body, **pair, "op": "add", "verdict": verdict}


def rows_of(answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields the judgements that hold now, newest first, then a row with a message per contradiction."""
    rows = sorted(answer["judgements"], key=lambda row: (-int(row["time"] or 0), row["a"], row["b"]))
    for row in rows:
        yield {**dict.fromkeys(_COLUMNS), **row}
    for sentence in answer["contradictions"]:
        yield {**dict.fromkeys(_COLUMNS), "message": f"Contradiction: {sentence}"}
    if not rows and not answer["contradictions"]:
        yield {**dict.fromkeys(_COLUMNS), "message": NONE_YET}


def told(message: str) -> dict[str, Any]:
    """Returns a row that holds a message only."""
    return {**dict.fromkeys(_COLUMNS), "message": message}
