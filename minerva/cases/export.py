"""A case as a file: its pinned entities with their records, and in the report its notes, hypotheses and tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from minerva.cases.cases import load
from minerva.cases.items import ENTITY, HYPOTHESIS, LEAD, NOTE, PIN, TASK, items_of
from minerva.exports import FORMATS, ExportError
from minerva.policy import Action
from minerva.sharing import exporting
from minerva.sharing.export_file import LegalBasisMissing, made
from minerva.sharing.objects import need_circumstances
from minerva.tenancy.asking import BadRequest, Body, Contradicts, Store, one_of

MOST_FOR = 200
_LEFT = {NOTE: "notes", HYPOTHESIS: "hypotheses", TASK: "tasks", PIN: "words_on_pinned_evidence"}
"""What the report alone carries, as the manifest of another format counts it."""
CASE_FORMATS = tuple(name for name in FORMATS if name != "hashes")


def case_export(body: Body, store: Store) -> dict[str, Any]:
    """{"case_id", "format", "for"} -> {"manifest", "file": {"name", "media_type", "bytes", "sha256", "base64"}}.

    Needs purpose and case number. for: whom it is meant for, in words; the asker's institution without it. The
    file holds what the asker's institution may hand to itself: who carries it on follows the marking in it. Leads of
    partners stay, and what was pinned and is not there any more: both are counted.
    """
    row = load(body, store, Action.READ)
    need_circumstances(store)
    form = one_of(body, "format", CASE_FORMATS)
    items = items_of(store, row)
    pins = [item for item in items if item["what"] == PIN]
    if not pins:
        raise BadRequest("the case has no pinned evidence: expected at least one entity, record or join")
    tenant = str(row["tenant_id"])
    label = store.context.tenants[tenant].name
    more: dict[str, Any] = {"query": {"case_id": row["case_id"]}, "recipient_label": _meant_for(body) or label}
    if form == "report":
        more["title"] = " ".join(filter(None, (row["number"], row["title"])))
        more["notes"] = [
            {"what": item["what"], "text": item["text"], "by": item.get("changed_by", item["by"]),
             "time": item.get("changed", item["time"]), "standing": _standing(item),
             "about": item.get("object_id", "")}
            for item in items if item["what"] in (NOTE, HYPOTHESIS, TASK, PIN)
        ]  # fmt: skip
    else:
        kinds = Counter(_LEFT[item["what"]] for item in items if item["what"] in _LEFT and item["text"])
        more["left_out"] = dict(sorted(kinds.items()))
    entities = [str(item["object_id"]) for item in pins if item["object"] == ENTITY]
    records = [each for item in pins if item["object"] != ENTITY for each in str(item["object_id"]).split()]
    content = exporting.chosen(store, tenant, entities, records)
    held = {str(row["entity_id"]) for row in content.entities} | {
        str(each["key"]["record_id"]) for each in content.records
    }
    kept_back = {
        "leads_of_partners": sum(item["what"] == LEAD for item in items),
        "pins_of_what_is_gone": sum(not held.issuperset(str(item["object_id"]).split()) for item in pins),
    }
    more["withheld"] = {name: count for name, count in kept_back.items() if count}
    try:
        return made(store, content, form, tenant, more)
    except exporting.NeedsApproval as error:
        other = "narrow the case, go on after midnight (UTC), or have a second person agree over the partner API"
        raise Contradicts(f"{error}: {other}") from None
    except LegalBasisMissing:
        raise BadRequest("legal_basis: expected, as your institution's profile asks for one") from None
    except ExportError as error:
        raise BadRequest(f"the format cannot carry it: {error.key}: expected {error.expected}") from None


def _standing(item: Mapping[str, Any]) -> str:
    """What an item is said to be, and of a task for whom and by when."""
    who, until = item.get("assigned"), item.get("due")
    told = (item["standing"], f"for {who}" if who else "", f"due {until}" if until else "")
    return ", ".join(each for each in told if each)


def _meant_for(body: Body) -> str:
    given = body.get("for", "")
    if not isinstance(given, str) or len(given) > MOST_FOR or not given.isprintable():
        raise BadRequest(f"for: expected text of at most {MOST_FOR} characters on one line")
    return given.strip()
