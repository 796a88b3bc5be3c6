"""The work list as a file: what the page shows of a trade, for whoever works through it away from the page.

It leaves as an export does: the policy permits it for a stated purpose and case, each row counts among those that one
person may export a day, and the audit is told first.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from minerva.exports.cells import line
from minerva.policy import Action, Object
from minerva.policy.vocabulary import INFRASTRUCTURE, ROWS_WITHOUT_APPROVAL
from minerva.risk.points import LABEL
from minerva.risk_scores.reading import work_list
from minerva.risk_scores.saving import WHAT
from minerva.tenancy import day_limits
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store

COLUMNS = (
    "score", "of", "state", "name", "address", "city", "region", "postcode", "reasons", "missing", "found_out",
    "belongs_together", "records", "establishment_id", "entity_ids", "sector", "purpose", "case", "export_id", "note",
)  # fmt: skip
_STATED = ("purpose", "case", "legal_basis")


def risk_export(body: Body, store: Store) -> dict[str, Any]:
    """{"sector", "state", "region", "cluster"} -> {"rows", "cut_cells", "file": {"name", "media_type", "bytes",
    "sha256", "base64"}}: the businesses that `risk_scores` finds, all of them, as CSV.

    Needs purpose and case. Raises Contradicts where more leaves than one person may take out a day.
    """
    tenant = store.tenant_for(Action.READ, body)
    found = work_list({**body, "tenant_id": tenant}, store)
    before = day_limits.used(store, day_limits.EXPORTED)
    decision = store.decided(Action.EXPORT, Object(tenant, WHAT), INFRASTRUCTURE, rows=len(found) + before)
    if decision.reason_code in _STATED:
        raise BadRequest(f"{decision.reason_code}: expected, as whatever is exported is for a purpose and a case")
    if decision.reason_code == "approval" or (
        decision.permits and not day_limits.add(store, day_limits.EXPORTED, len(found), ROWS_WITHOUT_APPROVAL)
    ):
        raise Contradicts(
            f"one person may export {ROWS_WITHOUT_APPROVAL} entities, records and businesses a day, and you have "
            f"exported {before} today (UTC): choose a state or a region, or go on after midnight (UTC)"
        )
    if not decision.permits or not found:
        raise Absent
    store.trail.permit(len(found))
    left_out: Counter[str] = Counter()
    export_id = uuid.uuid4().hex[:16]
    ends = (store.context.purpose, store.context.case, export_id, LABEL)
    rows = [COLUMNS, *([*_cells(row), *ends] for row in found)]
    data = ("\ufeff" + "".join(f"{line(row, left_out)}\r\n" for row in rows)).encode("utf-8")
    return {
        "rows": len(found), "cut_cells": left_out["cut_cells"],
        "file": {
            "name": f"minerva-work-list-{export_id}.csv", "media_type": "text/csv", "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(), "base64": base64.b64encode(data).decode("ascii"),
        },
    }  # fmt: skip


def _cells(row: Mapping[str, Any]) -> list[str]:
    cluster = row["cluster"]
    reasons = (f"{each['points']} points: {each['statement']}" for each in row["reasons"])
    told = (
        row["score"], row["most"], row["state"], row["name"], row["address"], row["city"], row["region"],
        row["postcode"], "; ".join(reasons), row["missing"], row["outcome"],
        f"{cluster['businesses']} businesses, {cluster['cluster']}" if cluster else "", row["records"],
        row["establishment_id"], " ".join(row["entity_ids"] or ()), row["sector"],
    )  # fmt: skip
    return ["" if each is None else str(each) for each in told]
