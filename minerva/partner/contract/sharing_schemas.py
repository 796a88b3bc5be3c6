"""The JSON schemas of sharing and deconfliction, by name; schemas.py joins them to the others."""

from __future__ import annotations

from typing import Any

from minerva.partner.contract.shapes import (
    COUNTS,
    ENTITY_ID,
    IDENTIFIER,
    RECORD_ID,
    TENANT_ID,
    TEXT,
    TEXTS,
    TIME,
    page,
    ref,
    table,
)
from minerva.policy.vocabulary import CEILINGS
from minerva.sharing.objects import NAMES_ARE

_HEX = "[0-9a-f]{16}$"
GRANT_ID = {"type": "string", "pattern": f"^g_{_HEX}"}
PROPOSAL_ID = {"type": "string", "pattern": f"^p_{_HEX}"}
SHARE_ID = {"type": "string", "pattern": f"^s_{_HEX}"}
INQUIRY_ID = {"type": "string", "pattern": f"^q_{_HEX}"}
NOTICE_ID = {"type": "string", "pattern": f"^{_HEX}"}
GROUP_ID = {
    "type": "string", "pattern": "^\\*?[A-Za-z0-9][A-Za-z0-9_\\-]{0,63}$",
    "description": "a group of your institution, or *community",
}  # fmt: skip
_OBJECT = {
    "entity_id": ENTITY_ID,
    "record_id": {**RECORD_ID, "description": "one record, from the linking run after it was stored"},
    "subject_id": {"type": "string", "pattern": f"^v_{_HEX}", "description": "a person of the vault"},
}  # fmt: skip
OBJECT = tuple(_OBJECT)
"""Keys of which a body holds exactly one: what it is about."""
_WHY = {"type": "string", "maxLength": 500}
_ONE = "exactly one of entity_id, record_id and subject_id"
_WHAT = ref("ObjectKind")
_FLAG = {"type": "boolean", "default": False}
_TERMS = {
    "to": {**GROUP_ID, "description": "a group of your institution, *community or *everyone"},
    "level": ref("ReleaseLevel"),
    "fields": {"type": "array", "items": ref("FieldClass"), "minItems": 1, "maxItems": len(CEILINGS)},
    "days": {"type": "integer", "minimum": 1, "maximum": 365, "default": 90},
    "no_evidence": {**_FLAG, "description": "no use as evidence"},
    "no_reshare": {**_FLAG, "description": "not to be given on"},
}
_TERMS_OPTIONAL = ("days", "no_evidence", "no_reshare")
_SHOWN = {
    "size": {"type": "integer"}, "record_types": COUNTS, "first_time": TIME, "last_time": TIME,
    "identifiers": TEXTS, "set_aside": TEXTS, "best": TEXT, "cities": TEXTS, "names": TEXTS,
}  # fmt: skip
_CONTENT = {
    "type": "object", "additionalProperties": ref("SharedContent"), "description": "by class, as far as you read it",
}  # fmt: skip
_PREVIEW = {
    "content_hash": {"type": "string", "description": "what an approval is bound to"}, "content": _CONTENT,
    "missing": {**TEXTS, "description": "classes of which the object holds nothing"},
    "needs_approvals": {"type": "integer", "description": "how many others of your institution have to agree"},
    "refused": {
        "type": "array", "items": ref("RefusedClass"),
        "description": "classes that cannot be released so; then nothing is",
    },
    "recipients": {"type": "array", "items": ref("ShareRecipient")},
}  # fmt: skip
_STORED_TERMS = {
    **_TERMS, "level": ref("Level"), "act": TEXT, "format": ref("ExportFormat"), "entities": {"type": "integer"},
    "records": {"type": "integer"},
}  # fmt: skip
_REASONS = {"type": "object", "additionalProperties": TEXT, "description": "why each user agreed who said why"}
_PROPOSAL = {
    "proposal_id": PROPOSAL_ID, "act": {"type": "string", "enum": ["share", "erase", "release_hold", "export"]},
    "what": _WHAT, "object_id": TEXT, "author": TEXT, "why": TEXT, "time": TIME, "expires": TIME, "content_hash": TEXT,
    "state": TEXT, "terms": ref("ProposedTerms"), "purpose": TEXT, "case": TEXT, "approved_by": TEXTS,
    "reasons": _REASONS,
}  # fmt: skip
_GRANT = {
    "grant_id": GRANT_ID, "what": _WHAT, "object_id": TEXT, "author": TEXT, "time": TIME, "expires": TIME, "why": TEXT,
    "purpose": TEXT, "case": TEXT, "legal_basis": TEXT, "content_hash": TEXT, "to": TEXT, "level": ref("Level"),
    "fields": TEXTS, "approved_by": TEXTS, "reasons": _REASONS,
    "state": {"type": "string", "enum": ["live", "recalled", "expired", "erased"]},
    "ended": ref("GrantEnd"),
}  # fmt: skip
_CHANGE = {
    "number": {"type": "integer"}, "time": TIME, "change": TEXT, "by": TEXT, "grant_id": TEXT, "what": TEXT,
    "object_id": TEXT, "to": TEXT, "level": ref("Level"), "fields": TEXTS, "recipients": TEXTS, "expires": TIME,
    "standing": TEXT, "purpose": TEXT, "case": TEXT, "legal_basis": TEXT, "why": TEXT,
}  # fmt: skip
_NOTICE = {
    "notice_id": NOTICE_ID, "what": {"type": "string", "description": "released, recalled, refused, match, alarm..."},
    "seen": {"type": "boolean"}, "time": TIME, "share_id": TEXT, "owner": TEXT, "inquiry_id": TEXT, "object_id": TEXT,
    "grant_id": TEXT, "of": TEXT, "user": TEXT, "institution": TEXT, "text": TEXT, "proposal_id": TEXT, "by": TEXT,
    "why": TEXT,
}  # fmt: skip
NOTICE_KEYS = tuple(_NOTICE)
_INQUIRY = {
    "inquiry_id": INQUIRY_ID, "time": TIME, "expires": TIME,
    "of": {"type": "string", "description": "kind of the identifier"},
    "role": {"type": "string", "enum": ["asker", "holder"]},
    "accepted": {"type": ["boolean", "null"], "description": "what your institution said"},
    "desks": {
        "type": "array", "items": ref("Desk"),
        "description": "whom to call, once both sides accepted",
    },
    "what": _WHAT, "object_id": TEXT, "grant_id": TEXT,
}  # fmt: skip

SCHEMAS: dict[str, dict[str, Any]] = {
    "ReleaseLevel": {"type": "string", "enum": [f"L{level}" for level in range(1, 7)]},
    "FieldClass": {"type": "string", "enum": list(CEILINGS)},
    "ObjectKind": {"type": "string", "enum": ["entity", "record", "subject", "membership", "export"]},
    "NamesAre": {"type": "string", "enum": list(NAMES_ARE)},
    "RefusedClass": table({"field_class": TEXT, "reason": TEXT}),
    "ShareRecipient": table(
        {"tenant_id": TEXT, "label": TEXT, "sees": TEXTS, "counts": TEXTS, "describes": TEXTS, "matches": TEXTS,
         "copy": {"type": "string", "enum": ["own", "common", "none"]}}
    ),
    "ProposedTerms": table(_STORED_TERMS, tuple(_STORED_TERMS)),
    "GrantEnd": table({"time": TIME, "by": TEXT, "why": TEXT}),
    "Desk": table({"tenant_id": TEXT, "label": TEXT, "contact": TEXT}),
    "SharedContent": table(_SHOWN, tuple(_SHOWN)),
    "MarkingRequest": table(
        {
            **_OBJECT, "level": ref("Level"), "why": _WHY, "consent": _WHY, "suspicion": _WHY,
            "names_are": ref("NamesAre"),
        },
        (*_OBJECT, "level", "why", "consent", "suspicion", "names_are"),
        description=f"{_ONE}; what is left out stays as it was",
    ),
    "ObjectMarking": table(
        {
            "tenant_id": TENANT_ID, "what": _WHAT, "object_id": TEXT, "level": ref("Level"), "consent": TEXT,
            "suspicion": TEXT,
            "names_are": TEXT, "legal_hold": {"type": "boolean"}, "erased": {"type": "boolean"}, "by": TEXT,
            "why": TEXT, "time": TIME,
        },
        ("consent", "suspicion", "names_are"),
    ),
    "ShareTerms": table({**_OBJECT, **_TERMS}, (*_OBJECT, *_TERMS_OPTIONAL), description=_ONE),
    "SharePreview": table(_PREVIEW),
    "ShareProposal": table(
        {**_OBJECT, **_TERMS, "why": _WHY}, (*_OBJECT, *_TERMS_OPTIONAL, "why"), description=_ONE
    ),
    "StoredPreview": table(_PREVIEW, ("content",)),
    "Proposal": table(
        {**_PROPOSAL, "preview": ref("StoredPreview")}, ("purpose", "case", "preview"),
        description="what others of the institution approve; lists hold its content as you may read it",
    ),
    "ProposalPage": page("proposals", ref("Proposal")),
    "Approval": table({"content_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}),
    "Nothing": table({}, description="an empty object"),
    "Grant": table(_GRANT, ("ended",)),
    "Release": table({"grant": ref("Grant"), "copies": {"type": "integer"}}),
    "GrantPage": page("grants", ref("Grant")),
    "Recall": table({"why": _WHY}, ("why",)),
    "Recalled": table({"grant": ref("Grant"), "tombstones": {"type": "integer"}}),
    "SharedItem": table(
        {
            "share_id": SHARE_ID, "object": {"type": "string", "description": "your pseudonym of the object"},
            "what": _WHAT, "owner": TEXT, "level": ref("Level"), "tlp": TEXT, "released": TIME, "expires": TIME,
            "obligations": TEXTS, "classes": TEXTS, "content": ref("SharedContent"),
        }
    ),
    "SharedPage": page("items", ref("SharedItem")),
    "Change": table(_CHANGE, tuple(_CHANGE)),
    "DistributionPage": page("changes", ref("Change")),
    "Notice": table(_NOTICE, tuple(name for name in _NOTICE if name not in ("notice_id", "what", "seen", "time"))),
    "NoticePage": page("notices", ref("Notice")),
    "NoticeSeen": table({"notice_id": NOTICE_ID, "seen": {"type": "boolean"}}),
    "Question": table(
        {
            "identifier": {**IDENTIFIER, "description": "kind:value of a strong kind, or image:<hash in hex>"},
            "group_id": GROUP_ID,
            "accept": {**_FLAG, "description": "your desk may be told to whoever accepts too; analysts say so"},
        },
        ("group_id", "accept"),
    ),
    "Hit": table(
        {
            "hit": {"type": "boolean", "description": "whether somebody else holds it, by the rules of both sides"},
            "inquiry_id": {"type": ["string", "null"]}, "left_today": {"type": "integer"},
        }
    ),
    "Inquiry": table(_INQUIRY, ("what", "object_id", "grant_id")),
    "InquiryPage": page("inquiries", ref("Inquiry")),
    "InquiryAnswer": table({"accept": {"type": "boolean"}}),
    "ContactDesk": table({"contact": {"type": "string", "minLength": 1, "maxLength": 300}}),
    "ContactDeskShown": table({"contact": TEXT}),
    "PublishedCounts": table(
        {
            "cubes": {"type": "object", "additionalProperties": COUNTS, "description": "table -> cell -> count"},
            "published": {**TIME, "type": ["string", "null"]},
        },
        description="with noise, from eleven objects of others on",
    ),
}  # fmt: skip
