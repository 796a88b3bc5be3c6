"""Operations on judgements: what people decided about two records; rules and storage are those of the entity store."""

from __future__ import annotations

from typing import Any

from minerva.partner import cursors
from minerva.partner.contract.shapes import LISTED, ref
from minerva.partner.operation import Call, Operation
from minerva.tenancy.judgements import judging


def list_judgements(call: Call) -> dict[str, Any]:
    """Judgements that hold, by their records' ids."""
    query, user = call.query, call.store.subject.user
    after = cursors.read(call.desk.key, user, "listJudgements", query, query.get("cursor"))
    most = int(query.get("limit", 100))
    rows = judging.judgements({"op": "list", **call.tenant}, call.store)["judgements"]
    rows = sorted(rows, key=lambda row: (row["a"], row["b"]))
    if after:
        rows = [row for row in rows if [row["a"], row["b"]] > after]
    following = None
    if len(rows) > most:
        last = [rows[most - 1]["a"], rows[most - 1]["b"]]
        following = cursors.write(call.desk.key, user, "listJudgements", query, last)
    return {"judgements": rows[:most], "next_cursor": following}


def judge(call: Call) -> dict[str, Any]:
    """Adds a judgement; one that contradicts others is a conflict that names them."""
    body = {key: call.body[key] for key in ("a", "b", "verdict", "why")}
    rows = judging.judgements({"op": "add", **body, **call.tenant}, call.store)["judgements"]
    pair = sorted((body["a"], body["b"]))
    return next(row for row in rows if [row["a"], row["b"]] == pair)


def take_back(call: Call) -> dict[str, Any]:
    """Ends a judgement; who, when and why stay in its history."""
    body = {key: call.body[key] for key in ("a", "b", "why")}
    judging.judgements({"op": "take_back", **body, **call.tenant}, call.store)
    return {"a": body["a"], "b": body["b"], "taken_back": True}


OPERATIONS = (
    Operation(
        "listJudgements", "GET", "/judgements", "Judgements that hold", "", list_judgements, ref("JudgementPage"),
        query=LISTED,
    ),
    Operation(
        "judge", "POST", "/judgements", "Say that two records are the same, not the same, or unsure",
        "A judgement wins over all evidence from the next linking run on. To change one, take it back first.",
        judge, ref("Judgement"), ref("JudgementRequest"), changes=True, status=201, statuses=(409,),
    ),
    Operation(
        "takeJudgementBack", "POST", "/judgements/take-back", "Take a judgement back", "", take_back,
        ref("JudgementTakenBack"), ref("TakeBackRequest"), changes=True, statuses=(409,),
    ),
)  # fmt: skip
