"""Operations on exports: permitted entities with their records in a partner's format, as one zip in the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.exports import ExportError
from minerva.partner.contract.shapes import ref
from minerva.partner.contract.sharing_schemas import PROPOSAL_ID
from minerva.partner.identifiers import normal_forms
from minerva.partner.operation import Call, Operation
from minerva.partner.problem import Problem, absent
from minerva.partner.sharing import without_content
from minerva.policy import Action
from minerva.policy.model import Approval
from minerva.sharing import exporting
from minerva.sharing.export_file import LegalBasisMissing, made
from minerva.sharing.export_proposals import agreed_export, propose_export
from minerva.sharing.exporting import Chosen
from minerva.tenancy.asking import Absent, Store, holders_of

SELECTORS = ("entity_ids", "identifiers", "min_size")


def make_export(call: Call) -> dict[str, Any]:
    """The zip and its manifest. What is absent and what is not the caller's are left out alike."""
    tenant = call.store.tenant_for(Action.EXPORT, call.tenant)
    content = exporting.chosen(call.store, tenant, _ids(call, tenant))
    form, recipient = str(call.body["format"]), str(call.body.get("recipient", tenant))
    asked = {key: call.body[key] for key in SELECTORS if key in call.body}
    return _made(call, call.store, content, form, recipient, asked)


def propose(call: Call) -> dict[str, Any]:
    """A proposal of an export that needs a second person."""
    tenant = call.store.tenant_for(Action.EXPORT, call.tenant)
    body = {"why": call.body.get("why", "")}
    recipient = str(call.body.get("recipient", tenant))
    proposed = propose_export(body, call.store, tenant, _ids(call, tenant), str(call.body["format"]), recipient)
    return without_content(proposed["proposal"])


def make_proposed(call: Call) -> dict[str, Any]:
    """The zip of an export to which somebody else agreed."""
    agreed = agreed_export({**call.path, **call.tenant}, call.store)
    asked = {"proposal_id": call.path["proposal_id"]}
    return _made(call, agreed.store, agreed.content, agreed.form, agreed.recipient, asked, agreed.approvals)


def _ids(call: Call, tenant: str) -> list[str]:
    body = call.body
    if "min_size" in body:
        return exporting.of_size(call.store, tenant, int(body["min_size"]))
    if "entity_ids" in body:
        return list(body["entity_ids"])
    return [each for one in normal_forms(call, body["identifiers"]) for each in holders_of(call.store, [tenant], one)]


def _made(
    call: Call, store: Store, content: Chosen, form: str, recipient: str, asked: Mapping[str, Any],
    approvals: tuple[Approval, ...] = (),
) -> dict[str, Any]:  # fmt: skip
    """The answer with the file; what stands against it becomes a Problem."""
    try:
        key = bytes.fromhex(call.body.get("hash_key", ""))
        return made(store, content, form, recipient, {"query": asked}, approvals, key)
    except Absent:
        raise absent() from None
    except exporting.RecipientRefused as error:
        raise Problem(400, "recipient_refused", str(error), "recipient") from None
    except exporting.NeedsApproval as error:
        told = str(error) or "what is marked so goes to another institution"
        again = "propose it with POST /exports/proposals, and somebody else agrees"
        raise Problem(403, "approval_needed", f"{told}: {again}") from None
    except LegalBasisMissing:
        raise Problem(
            400, "circumstances_missing", "your institution's profile asks for a legal basis", "Minerva-Legal-Basis"
        ) from None
    except ExportError as error:
        named = {"key": "hash_key", "case_number": "Minerva-Case", "purpose": "Minerva-Purpose"}
        raise Problem(400, "export_refused", error.expected, named.get(error.key, error.key)) from None


OPERATIONS = (
    Operation(
        "makeExport", "POST", "/exports", "Export entities with their records, and a manifest",
        "csv, xlsx, ftm (FollowTheMoney), stix (2.1), misp, htcds or hashes. Own entities, marked as strictly as the "
        "strictest of them. The zip is in the answer, in base64; nothing of it is kept but the audit's entry.",
        make_export, ref("Export"), ref("ExportRequest"), statuses=(403,), cost=20, stated=True, one_of=SELECTORS,
    ),
    Operation(
        "proposeExport", "POST", "/exports/proposals", "Propose an export that needs a second person",
        "Somebody else of your institution agrees with POST /proposals/{proposal_id}/approve or on the app's page. "
        "It ends after 72 hours.",
        propose, ref("Proposal"), ref("ExportProposal"), status=201, changes=True, cost=20, stated=True,
        one_of=SELECTORS,
    ),
    Operation(
        "makeProposedExport", "POST", "/exports/proposals/{proposal_id}/export", "Make an export that was agreed to",
        "By who proposed it, as often as needed until the proposal ends.",
        make_proposed, ref("Export"), ref("ExportKey"), variables={"proposal_id": PROPOSAL_ID}, statuses=(403, 409),
        cost=20,
    ),
)  # fmt: skip
