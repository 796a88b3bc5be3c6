"""The JSON schemas of sharing and deconfliction, by name; schemas.py joins them to the others."""

from __future__ import annotations

from typing import Any

from minerva.partner.shapes import COUNTS, ENTITY_ID, EPOCH, IDENTIFIER, RECORD_ID, TENANT_ID, TEXT, page, ref, table
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
TIME = {"type": "number", "description": "epoch seconds, UTC"}
_OBJECT = {
    "entity_id": ENTITY_ID,
    "record_id": {**RECORD_ID, "description": "one record, from the linking run after it was stored"},
    "subject_id": {"type": "string", "pattern": f"^v_{_HEX}", "description": "a person of the vault"},
}  # fmt: skip
_ONE_OBJECT = [{"required": [name]} for name in _OBJECT]
_TEXTS = {"type": "array", "items": TEXT}
_CLASS = {"type": "string", "enum": list(CEILINGS)}
_WHY = {"type": "string", "maxLength": 500}
_WHAT = {"type": "string", "enum": ["entity", "record", "subject", "membership"]}
_FLAG = {"type": "boolean", "default": False}
_TERMS = {
    "to": {**GROUP_ID, "description": "a group of your institution, *community or *everyone"},
    "level": {"type": "string", "enum": [f"L{level}" for level in range(1, 7)]},
    "fields": {"type": "array", "items": _CLASS, "minItems": 1, "maxItems": len(CEILINGS)},
    "days": {"type": "integer", "minimum": 1, "maximum": 365, "default": 90},
    "no_evidence": {**_FLAG, "description": "no use as evidence"},
    "no_reshare": {**_FLAG, "description": "not to be given on"},
}
_TERMS_OPTIONAL = ("days", "no_evidence", "no_reshare")
_SHOWN = {
    "size": {"type": "integer"}, "record_types": COUNTS, "first_time": EPOCH, "last_time": EPOCH,
    "identifiers": _TEXTS, "cities": _TEXTS, "names": _TEXTS,
}  # fmt: skip
_CONTENT = {
    "type": "object", "additionalProperties": ref("SharedContent"), "description": "by class, as far as you read it",
}  # fmt: skip
_PREVIEW = {
    "content_hash": {"type": "string", "description": "what an approval is bound to"}, "content": _CONTENT,
    "missing": {**_TEXTS, "description": "classes of which the object holds nothing"},
    "needs_approvals": {"type": "integer", "description": "how many others of your institution have to agree"},
    "refused": {
        "type": "array", "items": table({"field_class": TEXT, "reason": TEXT}),
        "description": "classes that cannot be released so; then nothing is",
    },
    "recipients": {
        "type": "array",
        "items": table({"tenant_id": TEXT, "label": TEXT, "sees": _TEXTS, "counts": _TEXTS, "describes": _TEXTS,
                        "matches": _TEXTS, "copy": {"type": "string", "enum": ["own", "common", "none"]}}),
    },
}  # fmt: skip
_STORED_TERMS = {**_TERMS, "level": {"type": "integer"}, "act": TEXT}
_PROPOSAL = {
    "proposal_id": PROPOSAL_ID, "act": {"type": "string", "enum": ["share", "erase", "release_hold"]}, "what": _WHAT,
    "object_id": TEXT, "author": TEXT, "why": TEXT, "time": TIME, "expires": TIME, "content_hash": TEXT,
    "state": TEXT, "terms": table(_STORED_TERMS, tuple(_STORED_TERMS)), "approved_by": _TEXTS,
}  # fmt: skip
_GRANT = {
    "grant_id": GRANT_ID, "what": _WHAT, "object_id": TEXT, "author": TEXT, "time": TIME, "expires": TIME, "why": TEXT,
    "purpose": TEXT, "case": TEXT, "legal_basis": TEXT, "content_hash": TEXT, "to": TEXT, "level": TEXT,
    "fields": _TEXTS, "approved_by": _TEXTS,
    "state": {"type": "string", "enum": ["live", "recalled", "expired", "erased"]},
    "ended": table({"time": TIME, "by": TEXT, "why": TEXT}),
}  # fmt: skip
_CHANGE = {
    "number": {"type": "integer"}, "time": TIME, "change": TEXT, "by": TEXT, "grant_id": TEXT, "what": TEXT,
    "object_id": TEXT, "to": TEXT, "level": TEXT, "fields": _TEXTS, "recipients": _TEXTS, "expires": TIME,
    "standing": TEXT, "purpose": TEXT, "case": TEXT, "legal_basis": TEXT, "why": TEXT,
}  # fmt: skip
_NOTICE = {
    "notice_id": NOTICE_ID, "what": {"type": "string", "description": "released, recalled, match, accepted, alarm..."},
    "seen": {"type": "boolean"}, "time": TIME, "share_id": TEXT, "owner": TEXT, "inquiry_id": TEXT, "object_id": TEXT,
    "grant_id": TEXT, "of": TEXT, "user": TEXT, "institution": TEXT, "text": TEXT,
}  # fmt: skip
NOTICE_KEYS = tuple(_NOTICE)
_INQUIRY = {
    "inquiry_id": INQUIRY_ID, "time": TIME, "expires": TIME,
    "of": {"type": "string", "description": "kind of the identifier"},
    "role": {"type": "string", "enum": ["asker", "holder"]},
    "accepted": {"type": ["boolean", "null"], "description": "what your institution said"},
    "desks": {
        "type": "array", "items": table({"tenant_id": TEXT, "label": TEXT, "contact": TEXT}),
        "description": "whom to call, once both sides accepted",
    },
    "what": _WHAT, "object_id": TEXT, "grant_id": TEXT,
}  # fmt: skip

SCHEMAS: dict[str, dict[str, Any]] = {
    "SharedContent": table(_SHOWN, tuple(_SHOWN)),
    "MarkingRequest": table(
        {
            **_OBJECT, "level": {"type": "string", "enum": [f"L{level}" for level in range(7)]}, "why": _WHY,
            "consent": _WHY, "suspicion": _WHY, "names_are": {"type": "string", "enum": list(NAMES_ARE)},
        },
        (*_OBJECT, "level", "why", "consent", "suspicion", "names_are"), oneOf=_ONE_OBJECT,
        description="what is left out stays as it was",
    ),
    "ObjectMarking": table(
        {
            "tenant_id": TENANT_ID, "what": _WHAT, "object_id": TEXT, "level": TEXT, "consent": TEXT, "suspicion": TEXT,
            "names_are": TEXT, "legal_hold": {"type": "boolean"}, "erased": {"type": "boolean"}, "by": TEXT,
            "why": TEXT, "time": TIME,
        },
        ("consent", "suspicion", "names_are"),
    ),
    "ShareTerms": table({**_OBJECT, **_TERMS}, (*_OBJECT, *_TERMS_OPTIONAL), oneOf=_ONE_OBJECT),
    "SharePreview": table(_PREVIEW),
    "ShareProposal": table({**_OBJECT, **_TERMS, "why": _WHY}, (*_OBJECT, *_TERMS_OPTIONAL, "why"), oneOf=_ONE_OBJECT),
    "Proposal": {
        "title": "A proposal that others of the institution approve; lists hold its content as you may read it",
        **table({**_PROPOSAL, "preview": table(_PREVIEW, ("content",))}, ("preview",)),
    },
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
            "what": _WHAT, "owner": TEXT, "level": TEXT, "tlp": TEXT, "released": EPOCH, "expires": EPOCH,
            "obligations": _TEXTS, "classes": _TEXTS, "content": ref("SharedContent"),
        }
    ),
    "SharedPage": page("items", ref("SharedItem")),
    "DistributionPage": page("changes", table(_CHANGE, tuple(_CHANGE))),
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
            "published": EPOCH,
        },
        description="with noise, from eleven objects of others on",
    ),
}  # fmt: skip
