"""The search command minervaresolve without Splunk: what is asked to handler requests, the answer to result rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minerva.linking.judgements import read_judgement
from minerva.tenancy.related import sentences
from minerva.tenancy.typed import is_normal

OUTPUTS = ("entity", "joins", "judgements")
READING = "reading"
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_.\-]{1,100}")
NOTHING = "Nothing found that you may see. Check the spelling; an identifier is kind:value, as in phone:+14155550123"
_ENTITY_COLUMNS = ("asked", "entity_id", "redirected_from", "tenant_id", "size", "records", "identifiers", "names",
                   "cities", "sources", "first_time", "last_time", "explanation", "reasons", "related", "judgements",
                   "message")  # fmt: skip
_JOIN_COLUMNS = ("asked", "entity_id", "a", "b", "rule", "identifier", "strength", "why", "judgement", "undo",
                 "message")  # fmt: skip
_JUDGEMENT_COLUMNS = ("asked", "entity_id", "a", "b", "verdict", "by", "why", "time", "undo", "message")
_COLUMNS = {"entity": _ENTITY_COLUMNS, "joins": _JOIN_COLUMNS, "judgements": _JUDGEMENT_COLUMNS}


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class Request:
    """asked: as the user wrote it; typed: what the operation `reading` has to read first, empty if nothing; bodies:
    requests of the operation `resolve`, the first that is found answers."""

    output: str
    asked: str
    typed: str
    bodies: tuple[Mapping[str, Any], ...]


def read_options(given: Mapping[str, str | None]) -> Request:
    """Returns the request of option texts (keys identifier, record_id, entity, output; None = absent).

    Raises OptionError.
    """
    texts = {key: (given.get(key) or "").strip() for key in ("identifier", "record_id", "entity")}
    named = [key for key, text in texts.items() if text]
    if len(named) != 1:
        raise OptionError("expected one of identifier=<kind:value>, record_id=<record id>, entity=<entity id>")
    output = (given.get("output") or "entity").lower()
    if output not in (*OUTPUTS, READING):
        raise OptionError(f"output: expected one of {', '.join((*OUTPUTS, READING))}")
    (key,) = named
    asked = texts[key]
    if output == READING and key != "identifier":
        raise OptionError("output=reading: expected identifier=<what was typed>")
    if output == READING or (key == "identifier" and not is_normal(asked)):
        return Request(output, asked, asked, ())
    return Request(output, asked, "", ({"entity_id" if key == "entity" else key: asked},))


def with_readings(request: Request, answer: Mapping[str, Any]) -> Request:
    """Returns the request for what was typed, as the operation `reading` has read it."""
    bodies = tuple({"identifier": each["identifier"]} for each in answer["readings"])
    return Request(request.output, request.asked, "", bodies)


def reading_rows(request: Request, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Returns a row for each reading of what was typed; one with the reason in `message` if there is none."""
    for each in answer["readings"]:
        yield {"asked": request.asked, "identifier": each["identifier"], "how": each["how"], "message": None}
    if not answer["readings"]:
        yield {"asked": request.asked, "identifier": None, "how": None, "message": answer["problem"]}


def rows_of(request: Request, answer: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Returns result rows; None = nothing found, which is one row with a message."""
    columns = _COLUMNS[request.output]
    if answer is None:
        yield {**dict.fromkeys(columns), "asked": request.asked, "message": NOTHING}
        return
    message = _message(answer)
    for document in answer["entities"]:
        if request.output == "entity":
            yield {**dict.fromkeys(columns), **_entity_row(document, answer["judgements"]), "message": message,
                   "asked": request.asked}  # fmt: skip
        else:
            rows = _join_rows if request.output == "joins" else _judgement_rows
            for row in rows(document, answer["judgements"]):
                yield {**dict.fromkeys(columns), **row, "asked": request.asked, "message": message}


def _message(answer: Mapping[str, Any]) -> str | None:
    count = len(answer["entities"]) + answer["left_out"]
    if count < 2:
        return None
    shown = f", the first {len(answer['entities'])} of them here" if answer["left_out"] else ""
    return f"{count} entities hold it{shown}; it joins none of them to another"


def _entity_row(document: Mapping[str, Any], judged: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    records = set(document.get("records", ()))
    row = {key: document.get(key) for key in _ENTITY_COLUMNS}
    row["redirected_from"] = document.get("requested_id")
    row["sources"] = [f"{name}: {count}" for name, count in document.get("sources", {}).items()]
    row["reasons"] = [_reason(join) for join in document.get("joins", ())]
    row["related"] = sentences(document)
    row["judgements"] = [read_judgement(each).sentence() for each in judged if {each["a"], each["b"]} & records]
    return {key: _cell(value) for key, value in row.items()}


def _reason(join: Mapping[str, Any]) -> str:
    return f"{join['a']} and {join['b']}: {join['why']} ({join['rule']}, strength {join['strength']})"


def _join_rows(document: Mapping[str, Any], judged: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    by_pair = {(each["a"], each["b"]): read_judgement(each).sentence() for each in judged}
    if not document.get("joins"):
        yield {"entity_id": document["entity_id"], "why": document.get("explanation")}
    for join in document.get("joins", ()):
        a, b = sorted((join["a"], join["b"]))
        verdict = "take_back" if join["rule"] == "judgement" else "not_same"
        yield {
            **{key: join.get(key) for key in ("a", "b", "rule", "identifier", "strength", "why")},
            "entity_id": document["entity_id"],
            "judgement": by_pair.get((a, b)),
            "undo": undo_search(a, b, verdict),
        }


def _judgement_rows(document: Mapping[str, Any], judged: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    records = set(document.get("records", ()))
    for each in judged:
        if {each["a"], each["b"]} & records:
            shown = {key: each.get(key) for key in ("a", "b", "verdict", "by", "why", "time")}
            yield {**shown, "entity_id": document["entity_id"], "undo": undo_search(each["a"], each["b"], "take_back")}


def undo_search(a: str, b: str, verdict: str) -> str | None:
    """Returns the search that judges two records, with dots for a reason; None where a record id is no plain word.

    Record ids come from events, so whoever can write an event could write a search into one that others then run.
    """
    if not (_PLAIN_WORD.fullmatch(a) and _PLAIN_WORD.fullmatch(b)):
        return None
    return f'| minervajudge a={a} b={b} verdict={verdict} why="..."'


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return None if not value else value[0] if len(value) == 1 else value
    return value
