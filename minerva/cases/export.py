"""A case as a file: its pinned entities with their records, and in the report its notes, hypotheses and tasks."""

from __future__ import annotations

from typing import Any

from minerva.cases.cases import load
from minerva.cases.items import ENTITY, HYPOTHESIS, NOTE, PIN, TASK, items_of
from minerva.exports import FORMATS, ExportError
from minerva.policy import Action
from minerva.sharing import exporting
from minerva.sharing.export_file import LegalBasisMissing, made
from minerva.sharing.objects import need_circumstances
from minerva.tenancy.asking import BadRequest, Body, Contradicts, Store

CASE_FORMATS = tuple(name for name in FORMATS if name != "hashes")


def case_export(body: Body, store: Store) -> dict[str, Any]:
    """{"case_id", "format"} -> {"manifest", "file": {"name", "media_type", "bytes", "sha256", "base64"}}.

    Needs purpose and case number. The file holds what the asker's institution may hand to itself: who carries it on
    follows the marking in it. Records that are pinned without their entity are not part of it.
    """
    row = load(body, store, Action.READ)
    need_circumstances(store)
    form = body.get("format")
    if form not in CASE_FORMATS:
        raise BadRequest(f"format: expected one of {', '.join(CASE_FORMATS)}")
    items = items_of(store, row)
    ids = [str(item["object_id"]) for item in items if item["what"] == PIN and item["object"] == ENTITY]
    if not ids:
        raise BadRequest("the case has no pinned entity: expected at least one")
    tenant = str(row["tenant_id"])
    more: dict[str, Any] = {"query": {"case_id": row["case_id"]}}
    if form == "report":
        more["title"] = " ".join(filter(None, (row["number"], row["title"])))
        more["notes"] = [
            {"what": item["what"], "text": item["text"], "by": item.get("changed_by", item["by"]),
             "time": item.get("changed", item["time"]), "standing": item["standing"]}
            for item in items if item["what"] in (NOTE, HYPOTHESIS, TASK)
        ]  # fmt: skip
    try:
        return made(store, exporting.chosen(store, tenant, ids), form, tenant, more)
    except exporting.NeedsApproval as error:
        other = "narrow the case, go on after midnight (UTC), or have a second person agree over the partner API"
        raise Contradicts(f"{error}: {other}") from None
    except LegalBasisMissing:
        raise BadRequest("legal_basis: expected, as your institution's profile asks for one") from None
    except ExportError as error:
        raise BadRequest(f"the format cannot carry it: {error.key}: expected {error.expected}") from None
