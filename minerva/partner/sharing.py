"""Operations on shares and grants: rules and storage are those of minerva.sharing; here bodies, pages and shapes.

Answers that are kept under an idempotency key hold no content of an object, which could be erased meanwhile.
"""

from __future__ import annotations

from typing import Any

from minerva.partner.contract.shapes import LISTED, ref
from minerva.partner.contract.sharing_schemas import GRANT_ID, NOTICE_ID, NOTICE_KEYS, OBJECT, PROPOSAL_ID, SHARE_ID
from minerva.partner.lists import paged, sliced
from minerva.partner.operation import Call, Operation
from minerva.sharing import log, proposals, reading, release


def mark(call: Call) -> dict[str, Any]:
    """How far an object may be shared at most."""
    marking: dict[str, Any] = proposals.mark({**call.body, **call.tenant}, call.store)["marking"]
    return marking


def preview(call: Call) -> dict[str, Any]:
    """Who would see what of a release."""
    found: dict[str, Any] = proposals.preview({**call.body, **call.tenant}, call.store)["preview"]
    return found


def propose(call: Call) -> dict[str, Any]:
    """A proposal to release what was previewed."""
    return without_content(proposals.propose({**call.body, **call.tenant}, call.store)["proposal"])


def list_proposals(call: Call) -> dict[str, Any]:
    """Open proposals, with the content that the caller reads."""
    rows, cursor = paged(call, proposals.proposals, "proposals")
    return {"proposals": [level_told(row) for row in rows], "next_cursor": cursor}


def approve(call: Call) -> dict[str, Any]:
    """A second person's yes to exactly what was seen."""
    body = {**call.path, "content_hash": call.body["content_hash"], **call.tenant}
    return without_content(proposals.approve(body, call.store)["proposal"])


def release_proposal(call: Call) -> dict[str, Any]:
    """Releases what was proposed."""
    return release.release({**call.path, **call.tenant}, call.store)


def list_grants(call: Call) -> dict[str, Any]:
    """The institution's grants, newest first."""
    only = {"live": True} if call.query.get("state") == "live" else {}
    rows, cursor = sliced(call, release.grants, "grants", lambda row: [-row["time"], row["grant_id"]], **only)
    return {"grants": rows, "next_cursor": cursor}


def recall(call: Call) -> dict[str, Any]:
    """Takes a release back."""
    return release.recall({**call.path, **call.body, **call.tenant}, call.store)


def list_shared(call: Call) -> dict[str, Any]:
    """What others released to the caller, newest first."""
    rows, cursor = sliced(call, reading.shared, "items", lambda row: [-row["released"], row["share_id"]])
    return {"items": rows, "next_cursor": cursor}


def get_shared(call: Call) -> dict[str, Any]:
    """One release of others."""
    item: dict[str, Any] = reading.shared_item({**call.path, **call.tenant}, call.store)["item"]
    return item


def list_distribution(call: Call) -> dict[str, Any]:
    """The institution's log of changes of distribution, newest first."""

    def service(body: Any, store: Any) -> dict[str, Any]:
        after = body.get("after")
        asked = {key: value for key, value in body.items() if key != "after"}
        found = log.distribution({**asked, **({"before": after[0]} if after else {})}, store)
        return {**found, "next": None if found["next"] is None else [found["next"]]}

    rows, cursor = paged(call, service, "changes")
    return {"changes": rows, "next_cursor": cursor}


def list_notices(call: Call) -> dict[str, Any]:
    """Notices to the institution, newest first."""
    rows, cursor = paged(call, log.notices, "notices")
    shown = [{key: row[key] for key in NOTICE_KEYS if key in row} for row in rows]
    return {"notices": shown, "next_cursor": cursor}


def see_notice(call: Call) -> dict[str, Any]:
    """Marks a notice as seen."""
    log.notices({"op": "seen", "limit": 1, **call.path, **call.tenant}, call.store)
    return {"notice_id": call.path["notice_id"], "seen": True}


def without_content(proposal: dict[str, Any]) -> dict[str, Any]:
    proposal = level_told(proposal)
    if "preview" not in proposal:
        return proposal
    shown = {key: value for key, value in proposal["preview"].items() if key != "content"}
    return {**proposal, "preview": shown}


def level_told(proposal: dict[str, Any]) -> dict[str, Any]:
    """The proposal with its level as every other one of the API."""
    terms = proposal.get("terms", {})
    return {**proposal, "terms": {**terms, "level": f"L{terms['level']}"}} if "level" in terms else proposal


OPERATIONS = (
    Operation(
        "mark", "POST", "/markings", "Say how far an object may be shared at most",
        "Analysts. Lowering the level hides at once what was released above it.", mark, ref("ObjectMarking"),
        ref("MarkingRequest"), changes=True, stated=True, one_of=OBJECT,
    ),
    Operation(
        "previewShare", "POST", "/proposals/preview", "Who would see what of a release",
        "Analysts. Nothing is stored.", preview, ref("SharePreview"), ref("ShareTerms"),
        stated=True, one_of=OBJECT,
    ),
    Operation(
        "listProposals", "GET", "/proposals", "Open proposals of your institution, newest first",
        "For analysts and administrators.", list_proposals, ref("ProposalPage"), query=LISTED,
    ),
    Operation(
        "proposeShare", "POST", "/proposals", "Propose a release",
        "Analysts. It ends after 72 hours.", propose, ref("Proposal"), ref("ShareProposal"), changes=True, status=201,
        stated=True, one_of=OBJECT,
    ),
    Operation(
        "approveShare", "POST", "/proposals/{proposal_id}/approve", "Say yes to what somebody else proposed",
        "Bound to the content's hash: what has changed since has to be proposed again.", approve, ref("Proposal"),
        ref("Approval"), variables={"proposal_id": PROPOSAL_ID}, changes=True,
    ),
    Operation(
        "releaseShare", "POST", "/proposals/{proposal_id}/release", "Release what you proposed", "", release_proposal,
        ref("Release"), ref("Nothing"), variables={"proposal_id": PROPOSAL_ID}, changes=True, status=201, cost=5,
    ),
    Operation(
        "listGrants", "GET", "/grants", "Releases of your institution, newest first", "", list_grants, ref("GrantPage"),
        query={**LISTED, "state": {"type": "string", "enum": ["any", "live"], "default": "any"}},
    ),
    Operation(
        "recallGrant", "POST", "/grants/{grant_id}/recall", "Take a release back",
        "Nobody reads it through the API from now on; copies get a tombstone each.", recall, ref("Recalled"),
        ref("Recall"), variables={"grant_id": GRANT_ID}, changes=True, cost=5,
    ),
    Operation(
        "listShared", "GET", "/shared", "What others released to you, newest first",
        "", list_shared, ref("SharedPage"),
        query=LISTED, stated=True,
    ),
    Operation(
        "getShared", "GET", "/shared/{share_id}", "One release of others",
        "", get_shared, ref("SharedItem"), variables={"share_id": SHARE_ID}, stated=True,
    ),
    Operation(
        "listDistribution", "GET", "/distribution", "Every change of what your institution gives, newest first", "",
        list_distribution, ref("DistributionPage"), query=LISTED,
    ),
    Operation(
        "listNotices", "GET", "/notices", "Notices to your institution, newest first", "", list_notices,
        ref("NoticePage"), query=LISTED,
    ),
    Operation(
        "seeNotice", "POST", "/notices/{notice_id}/seen", "Mark a notice as seen", "", see_notice, ref("NoticeSeen"),
        ref("Nothing"), variables={"notice_id": NOTICE_ID}, changes=True,
    ),
)  # fmt: skip
