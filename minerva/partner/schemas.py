"""The API's JSON schemas, by name: what requests are held to and what the contract shows. Version 1.

A change that refuses what was valid, or takes away what answers held, makes a new version of the API.
"""

from __future__ import annotations

from typing import Any

from minerva.exports.request import FORMATS
from minerva.linking.judgements import VERDICTS
from minerva.names.forms import FORMS
from minerva.partner import sharing_schemas
from minerva.partner.shapes import (
    COUNTS,
    CURSOR,
    ENTITY_ID,
    EPOCH,
    IDENTIFIER,
    RECORD_ID,
    TENANT_ID,
    TEXT,
    TOKEN,
    limit,
    page,
    ref,
    table,
)
from minerva.policy.vocabulary import PURPOSES
from minerva.records.model import LEVELS, PERSONAL, RECORD_TYPES

VERSION = "1.0.0"


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": most}


def _strings(most: int, length: int) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": length}, "maxItems": most}


_ROW = {
    "entity_id": ENTITY_ID, "tenant_id": TENANT_ID, "size": {"type": "integer", "description": "number of records"},
    "kinds": {**COUNTS, "description": "identifiers by kind"}, "record_types": COUNTS, "sources": COUNTS,
    "first_time": EPOCH, "last_time": EPOCH, "explanation": {"type": "string"},
    "names": {"type": "array", "items": TEXT}, "cities": {"type": "array", "items": TEXT},
    "identifiers": {"type": "array", "items": TEXT},
}  # fmt: skip
_ROW_OPTIONAL = ("kinds", "record_types", "sources", "first_time", "last_time", "explanation")
_JOIN = table(
    {"a": TEXT, "b": TEXT, "rule": TEXT, "identifier": TEXT, "strength": {"type": "number"}, "why": TEXT},
    ("identifier",),
)

_STATED = {"type": "string", "maxLength": 100}
HEADERS: dict[str, tuple[str, dict[str, Any], str]] = {
    "purpose": (
        "Minerva-Purpose", {"type": "string", "enum": sorted(PURPOSES)},
        "what it is asked for; needed for exports and for what others released",
    ),
    "case": ("Minerva-Case", _STATED, "the case number"),
    "legal_basis": ("Minerva-Legal-Basis", _STATED, "the legal basis, where the institution's profile asks for one"),
    "tenant_id": ("Minerva-Tenant", _STATED, "for users of several institutions: the one they speak for"),
}  # fmt: skip
"""What a request may state: key -> (header, schema, description)."""
_ITEM = {"description": "a RecordSubmission; what is none is refused alone and does not stop the others"}

SCHEMAS: dict[str, dict[str, Any]] = {
    "Problem": {
        "title": "Problem details, RFC 9457. Absent and forbidden objects give the same bytes.",
        **table(
            {
                "type": TEXT, "title": TEXT, "status": {"type": "integer"},
                "code": {"type": "string", "description": "stable, for programs"},
                "detail": {"type": "string", "description": "for people; repeats no value of the request"},
                "field": {"type": "string", "description": "the key, parameter or header to blame, if one is"},
            },
            ("field",),
        ),
    },
    "SplunkMessages": {
        "title": "What splunkd itself answers, before the API is reached",
        "type": "object",
    },
    "Marking": table(
        {"level": {"type": "string", "enum": list(LEVELS)}, "personal": {"type": "string", "enum": list(PERSONAL)}},
        ("level", "personal"),
        description="highest level at which the record may ever be released (default L0, private), and the class of "
        "personal data in it (default contact)",
    ),
    "RecordSubmission": table(
        {
            "record_type": {"type": "string", "enum": list(RECORD_TYPES)},
            "source": {
                "type": "string", "pattern": "^[a-z0-9][a-z0-9_\\-]{0,59}$",
                "description": "your name of where it comes from; stored as api_<source>",
            },
            "key": {
                "type": "string", "minLength": 1, "maxLength": 200, "pattern": "\\S",
                "description": "your own id of the observation",
            },
            "observed_time": {
                "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
                "description": "when it was seen, UTC; now if absent",
            },
            "title": _text(2000), "text": _text(200_000), "name": _text(500), "address": _text(1000),
            "city": _text(200), "region": _text(200), "postcode": _text(40),
            "country": {"type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166; phones are read in it"},
            "url": _text(2000),
            "phones": _strings(50, 100), "emails": _strings(50, 320), "urls": _strings(50, 2000),
            "usernames": {
                "type": "array", "maxItems": 50,
                "items": table({"platform": {"type": "string", "pattern": "^[a-z0-9_.\\-]{1,60}$"},
                                "name": {"type": "string", "minLength": 1, "maxLength": 200}}),
            },
            "attributes": {
                "type": "object", "maxProperties": 100, "additionalProperties": _text(5000),
                "propertyNames": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$"},
            },
            "marking": ref("Marking"),
        },
        ("observed_time", "title", "text", "name", "address", "city", "region", "postcode", "country", "url", "phones",
         "emails", "urls", "usernames", "attributes", "marking"),
        description="one observation; texts are searched for identifiers, lists are read as what they are said to hold",
    ),
    "RecordBatch": table({"records": {"type": "array", "items": _ITEM, "minItems": 1, "maxItems": 500}}),
    "RecordOutcome": table(
        {
            "key": {"type": ["string", "null"], "description": "yours; null if it could not be read"},
            "outcome": {"type": "string", "enum": ["stored", "known", "refused"]},
            "record_id": RECORD_ID,
            "identifiers": {"type": "array", "items": TEXT, "description": "what was found in it"},
            "code": TEXT, "detail": TEXT, "field": TEXT,
        },
        ("record_id", "identifiers", "code", "detail", "field"),
        description="`known`: the same content was stored before, and was not stored again",
    ),
    "BatchOutcome": table(
        {
            "stored": {"type": "integer"}, "known": {"type": "integer"}, "refused": {"type": "integer"},
            "outcomes": {"type": "array", "items": ref("RecordOutcome"), "description": "in the order sent"},
        }
    ),
    "EntityRow": {"title": "An entity in a list: at most ten of each list", **table(_ROW, _ROW_OPTIONAL)},
    "Entity": {
        "title": "A resolved set of records, with the evidence of every join",
        **table(
            {
                **_ROW, "records": {"type": "array", "items": TEXT}, "joins": {"type": "array", "items": _JOIN},
                "requested_id": {**ENTITY_ID, "description": "the id asked for, if it was merged into this one"},
            },
            (*_ROW_OPTIONAL, "names", "cities", "joins", "requested_id"),
        ),
    },
    "EntityPage": page("entities", ref("EntityRow")),
    "IdentifierLookup": table(
        {"identifiers": {"type": "array", "items": IDENTIFIER, "minItems": 1, "maxItems": 50}}
    ),
    "LookupAnswer": table(
        {
            "results": {
                "type": "array",
                "items": table(
                    {
                        "identifier": {"type": "string", "description": "in its normal form, if it has one"},
                        "entities": {"type": "array", "items": ref("EntityRow")},
                    },
                    description="no entities: none holds it, or none that you may see",
                ),
            }
        }
    ),
    "NeighborhoodRequest": table(
        {"identifier": IDENTIFIER, "depth": {"type": "integer", "minimum": 1, "maximum": 3, "default": 1},
         "limit": limit(2000, 200)},
        ("depth", "limit"),
    ),
    "Neighborhood": table(
        {
            "nodes": {"type": "array", "items": table(
                {"id": TEXT, "kind": TEXT, "label": TEXT, "entity_id": TEXT, "degree": {"type": "integer"}})},
            "edges": {"type": "array", "items": table(
                {"source": TEXT, "target": TEXT, "rule": TEXT, "strength": {"type": "number"}, "why": TEXT})},
            "truncated": {"type": "boolean"},
        }
    ),
    "TextsToMatch": table(
        {
            "texts": {
                "type": "array", "minItems": 1, "maxItems": 500,
                "items": table({"id": {"type": "string", "minLength": 1, "maxLength": 200}, "text": _text(50_000)}),
            }
        }
    ),
    "TextGroups": table(
        {
            "texts": {
                "type": "array",
                "items": table(
                    {
                        "id": TEXT, "group": {"type": ["string", "null"], "description": "equal for near-duplicates"},
                        "size": {"type": "integer"}, "template": {"type": ["string", "null"]},
                        "slots": {"type": "array", "items": table({"slot": {"type": "integer"}, "value": TEXT})},
                    }
                ),
            }
        }
    ),
    "NamesToMatch": table(
        {
            "names": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 300}, "minItems": 1,
                      "maxItems": 200},
            "list": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 300}, "minItems": 1,
                     "maxItems": 5000, "description": "what to match with; absent: the names of your own entities"},
            "kind": {"type": "string", "enum": list(FORMS), "default": "name"},
            "cutoff": {"type": "number", "minimum": 0.5, "maximum": 1, "default": 0.85},
            "limit": limit(100, 5),
        },
        ("list", "kind", "cutoff", "limit"),
    ),
    "NameMatches": table(
        {
            "results": {
                "type": "array",
                "items": table(
                    {
                        "name": TEXT,
                        "matches": {"type": "array", "items": table(
                            {"value": TEXT, "score": {"type": "number"}, "reason": TEXT,
                             "entity_ids": {"type": "array", "items": ENTITY_ID}}, ("entity_ids",))},
                    }
                ),
            }
        }
    ),
    "JudgementRequest": table(
        {"a": RECORD_ID, "b": RECORD_ID, "verdict": {"type": "string", "enum": list(VERDICTS)},
         "why": {"type": "string", "minLength": 1, "maxLength": 500}}
    ),
    "TakeBackRequest": table(
        {"a": RECORD_ID, "b": RECORD_ID, "why": {"type": "string", "minLength": 1, "maxLength": 500}}
    ),
    "Judgement": table(
        {"tenant_id": TENANT_ID, "a": TEXT, "b": TEXT, "verdict": {"type": "string", "enum": list(VERDICTS)},
         "by": TEXT, "why": TEXT, "time": EPOCH}
    ),
    "JudgementTakenBack": table({"a": RECORD_ID, "b": RECORD_ID, "taken_back": {"type": "boolean"}}),
    "JudgementPage": page("judgements", ref("Judgement")),
    "WatchRequest": table({"identifier": IDENTIFIER, "note": {"type": "string", "maxLength": 500}}, ("note",)),
    "WatchEntry": table(
        {"watch_id": TOKEN, "tenant_id": TENANT_ID, "identifier": TEXT, "note": TEXT, "added_by": TEXT,
         "added_time": EPOCH}
    ),
    "WatchPage": page("watch_list", ref("WatchEntry")),
    "WatchRemoved": table({"watch_id": TOKEN, "removed": {"type": "boolean"}}),
    "Alert": table(
        {"alert_id": TOKEN, "tenant_id": TENANT_ID, "identifier": TEXT, "records": {"type": ["integer", "null"]},
         "last_seen": {"type": ["integer", "null"]}, "note": TEXT, "time": EPOCH}
    ),
    "AlertPage": page("alerts", ref("Alert")),
    "ExportRequest": table(
        {
            "format": {"type": "string", "enum": list(FORMATS)},
            "entity_ids": {"type": "array", "items": ENTITY_ID, "minItems": 1, "maxItems": 1000},
            "identifiers": {"type": "array", "items": IDENTIFIER, "minItems": 1, "maxItems": 100},
            "min_size": {"type": "integer", "minimum": 1, "maximum": 10_000_000},
            "recipient": {
                "type": "string", "pattern": "^[a-z0-9][a-z0-9_\\-]{0,63}$",
                "description": "whom it is for; your own institution if absent",
            },
            "hash_key": {
                "type": "string", "pattern": "^([0-9a-f]{2}){32,256}$",
                "description": "for format hashes: the key both sides agreed on, in hex; it is not kept",
            },
        },
        ("entity_ids", "identifiers", "min_size", "recipient", "hash_key"),
        oneOf=[{"required": ["entity_ids"]}, {"required": ["identifiers"]}, {"required": ["min_size"]}],
        description="needs the headers Minerva-Purpose and Minerva-Case",
    ),
    "Export": table(
        {
            "manifest": {"type": "object", "description": "see docs/exports.md"},
            "file": table({"name": TEXT, "media_type": TEXT, "bytes": {"type": "integer"}, "sha256": TEXT,
                           "base64": TEXT}),
        }
    ),
    "AuditQuery": table(
        {
            "user": {"type": "string", "minLength": 1, "maxLength": 200},
            "about_case": {"type": "string", "minLength": 1, "maxLength": 100},
            "identifier": IDENTIFIER, "entity_id": ENTITY_ID, "record_id": RECORD_ID,
            "limit": limit(1000, 200), "cursor": CURSOR,
        },
        ("user", "about_case", "identifier", "entity_id", "record_id", "limit", "cursor"),
        description="who asked for what; `about_case` answers who looked at a case",
    ),
    "AuditEntry": table(
        {
            "number": {"type": "integer"}, "time": {"type": "number"}, "operation": TEXT, "step": TEXT, "outcome": TEXT,
            "reason": TEXT, "subject": TEXT, "member_of": {"type": "array", "items": TEXT},
            "tenants": {"type": "array", "items": TEXT}, "objects": {"type": "array", "items": TEXT},
            "purpose": TEXT, "case": TEXT, "rows": {"type": "integer"}, "policy_version": TEXT,
        },
        ("rows",),
        description="users, cases and objects are tokens: equal for equal texts",
    ),
    "AuditPage": page("entries", ref("AuditEntry")),
    "Health": table(
        {
            "status": {"type": "string", "enum": ["ok"]}, "version": TEXT, "policy_version": TEXT,
            "tenants": {"type": "array", "items": TEXT, "description": "the institutions you speak for"},
            "time": EPOCH,
        }
    ),
    **sharing_schemas.SCHEMAS,
    "Contract": {"type": "object", "description": "this document"},
}  # fmt: skip
