"""Operations on risk of businesses: the work list, and one score with every sign, what is missing, and the records."""

from __future__ import annotations

from typing import Any

from minerva.partner import cursors
from minerva.partner.contract.shapes import LISTED, TEXT, ref
from minerva.partner.operation import Call, Operation
from minerva.risk.points import STATES
from minerva.risk_scores import reading

ESTABLISHMENT_ID = {"type": "string", "pattern": "^b_[0-9a-f]{16}$"}
_ROW = ("establishment_id", "tenant_id", "sector", "name", "address", "city", "region", "postcode", "score", "most",
        "missing", "confidence", "state", "records", "outcome", "reasons", "entity_ids")  # fmt: skip
_SIGN = ("id", "number", "statement", "state", "points", "of", "words", "records", "source", "seen", "false_positives")


def list_scores(call: Call) -> dict[str, Any]:
    """Scores of businesses, the highest first."""
    query, user = call.query, call.store.subject.user
    after = cursors.read(call.desk.key, user, "listRiskScores", query, query.get("cursor"))
    start, most = int(after[0]) if after else 0, int(query.get("limit", 100))
    chosen = {key: query[key] for key in ("sector", "state", "region", "cluster") if key in query}
    found = reading.risk_scores({**call.tenant, **chosen, "offset": start, "limit": most}, call.store)
    following = None
    if start + most < found["found"]:
        following = cursors.write(call.desk.key, user, "listRiskScores", query, [start + most])
    rows = [{**{key: row[key] for key in _ROW}, "cluster": (row["cluster"] or {}).get("cluster")}
            for row in found["scores"]]  # fmt: skip
    return {"scores": rows, "label": found["label"], "next_cursor": following}


def get_score(call: Call) -> dict[str, Any]:
    """One score with its explanation."""
    whole = reading.risk_score({**call.tenant, "establishment_id": call.path["establishment_id"]}, call.store)
    told = {key: whole[key] for key in _ROW if key != "reasons"}
    signs = [{key: sign[key] for key in _SIGN} for sign in whole["signs"]]
    more = {key: whole[key] for key in ("names", "history", "problems", "label", "base_rate", "shares", "against")}
    return {**told, **more, "signs": signs}


def compare(call: Call) -> dict[str, Any]:
    """Regions, years and clusters of a trade."""
    found = reading.risk_compare({**call.tenant, "sector": call.path["sector"]}, call.store)
    return {key: found[key] for key in ("sector", "regions", "years", "clusters", "label")}


OPERATIONS = (
    Operation(
        "listRiskScores", "GET", "/risk/scores", "Risk of businesses, the highest score first",
        "As the nightly search scored them. No score is evidence by itself: read its reasons and what is missing.",
        list_scores, ref("RiskPage"),
        query={"sector": TEXT, "state": {"type": "string", "enum": list(STATES)}, "region": TEXT,
               "cluster": ESTABLISHMENT_ID, **LISTED},
    ),
    Operation(
        "compareRisk", "GET", "/risk/comparison/{sector}",
        "Regions and years of a trade side by side, and clusters of premises",
        "Compare by what is missing, too: a region that inspects more finds more. Clusters share a phone or an owner.",
        compare, ref("RiskComparison"),
        variables={"sector": {"type": "string", "pattern": "^[a-z]{1,40}$"}},
    ),
    Operation(
        "getRiskScore", "GET", "/risk/scores/{establishment_id}", "One score with every sign and the records behind it",
        "The points of the signs that hold add up to the score; a sign that could not be looked at adds nothing.",
        get_score, ref("RiskScore"), variables={"establishment_id": ESTABLISHMENT_ID},
    ),
)  # fmt: skip
