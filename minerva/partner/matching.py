"""Operations that compare what the caller sends: texts among themselves, names with a list or with own entities."""

from __future__ import annotations

from typing import Any

from minerva.documents import find_all
from minerva.names.join import CUTOFF, LIMIT, Matcher, Options
from minerva.partner.contract.shapes import ref
from minerva.partner.operation import Call, Operation
from minerva.partner.problem import Problem
from minerva.policy import Action
from minerva.text.families import families

MOST_NAMES = 100_000


def match_texts(call: Call) -> dict[str, Any]:
    """The groups of near-duplicates among texts. Nothing is stored."""
    given = call.body["texts"]
    return {
        "texts": [
            {
                "id": item["id"], "group": found.group, "size": found.size, "template": found.template,
                "slots": [{"slot": slot.number, "value": slot.value} for slot in found.slots],
            }
            for item, found in zip(given, families([item["text"] for item in given]))
        ]
    }  # fmt: skip


def match_names(call: Call) -> dict[str, Any]:
    """For each name the most alike of a list, or of the names of the caller's own entities."""
    body = call.body
    holders = {name: [] for name in body["list"]} if "list" in body else _names_of_entities(call)
    kind, cutoff, most = body.get("kind", "name"), float(body.get("cutoff", CUTOFF)), int(body.get("limit", LIMIT))
    matcher = Matcher(holders, Options("name", "list", "name", kind, cutoff, most))
    results = []
    for row in matcher.matched([{"name": name} for name in body["names"]]):
        values, scores, reasons = (_several(row[key]) for key in ("match_value", "match_score", "match_reason"))
        matches = [
            {"value": value, "score": float(score), "reason": reason, "entity_ids": holders[value]}
            for value, score, reason in zip(values, scores, reasons)
        ]
        if "list" in body:
            for each in matches:
                del each["entity_ids"]
        results.append({"name": row["name"], "matches": matches})
    return {"results": results}


def _names_of_entities(call: Call) -> dict[str, list[str]]:
    holders: dict[str, list[str]] = {}
    for tenant in call.store.readable(call.tenant):
        asked = ("tenant_id", "entity_id", "names")
        for row in find_all(call.store.collections["entities"], {"tenant_id": tenant}, asked):
            if call.store.may(Action.READ, str(row.get("tenant_id", ""))):
                for name in row.get("names", ()):
                    holders.setdefault(name, []).append(row["entity_id"])
    if len(holders) > MOST_NAMES:
        raise Problem(400, "too_many_names", f"more than {MOST_NAMES} names of entities: send the list to match with")
    return holders


def _several(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


OPERATIONS = (
    Operation(
        "matchTexts", "POST", "/texts/match", "Group near-duplicate texts",
        "The texts are compared with each other and kept nowhere.", match_texts, ref("TextGroups"),
        ref("TextsToMatch"), cost=5,
    ),
    Operation(
        "matchNames", "POST", "/names/match", "Match names with a list, or with the names of your entities",
        "Nothing at or over `cutoff` is lost. A match is a lead with its reason.", match_names, ref("NameMatches"),
        ref("NamesToMatch"), cost=5,
    ),
)  # fmt: skip
