"""The API's JSON schemas, by name: what requests are held to and what the contract shows. Version 1.

A change that refuses what was valid, or takes away what answers held, makes a new version of the API. Objects and enums
have names of their own, short ones: generated clients call their classes by them.
"""

from __future__ import annotations

from typing import Any

from minerva.exports.request import FORMATS
from minerva.linking.judgements import VERDICTS
from minerva.names.forms import FORMS
from minerva.partner.contract import sharing_schemas
from minerva.partner.contract.examples import EXAMPLES
from minerva.partner.contract.shapes import (
    COUNTS,
    CURSOR,
    ENTITY_ID,
    IDENTIFIER,
    RECORD_ID,
    TENANT_ID,
    TEXT,
    TEXTS,
    TIME,
    TOKEN,
    limit,
    listed,
    page,
    ref,
    table,
)
from minerva.policy.vocabulary import PURPOSES
from minerva.records.kinds import RECORD_TYPES
from minerva.records.model import LEVELS, PERSONAL

VERSION = "1.0.0"


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": most}


def _strings(most: int, length: int, least: int = 0) -> dict[str, Any]:
    found = {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": length}, "maxItems": most}
    return {**found, "minItems": least} if least else found


def _enum(values: Any, **more: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(values), **more}


_ROW = {
    "entity_id": ENTITY_ID, "tenant_id": TENANT_ID, "size": {"type": "integer", "description": "number of records"},
    "kinds": {**COUNTS, "description": "identifiers by kind"}, "record_types": COUNTS, "sources": COUNTS,
    "first_time": TIME, "last_time": TIME, "explanation": TEXT, "names": TEXTS, "cities": TEXTS, "identifiers": TEXTS,
}  # fmt: skip
_ROW_OPTIONAL = ("kinds", "record_types", "sources", "first_time", "last_time", "explanation")
_WHY = {"type": "string", "minLength": 1, "maxLength": 500}
_SELECTED = {
    "format": ref("ExportFormat"),
    "entity_ids": listed(ENTITY_ID, 1000), "identifiers": listed(IDENTIFIER, 100),
    "min_size": {"type": "integer", "minimum": 1, "maximum": 10_000_000},
    "recipient": {
        "type": "string", "pattern": "^[a-z0-9][a-z0-9_\\-]{0,63}$",
        "description": "institution it is for, yours if absent; another one gets what a release would give it",
    },
}  # fmt: skip
_SELECTORS = ("entity_ids", "identifiers", "min_size", "recipient")
_HASH_KEY = {
    "type": "string", "pattern": "^([0-9a-f]{2}){32,256}$",
    "description": "for format hashes: the key both sides agreed on, in hex; it is not kept",
}  # fmt: skip

_STATED = {"type": "string", "maxLength": 100}
HEADERS: dict[str, tuple[str, dict[str, Any], str]] = {
    "purpose": ("Minerva-Purpose", ref("Purpose"), "what it is asked for"),
    "case": ("Minerva-Case", _STATED, "the case number"),
    "legal_basis": ("Minerva-Legal-Basis", _STATED, "the legal basis, where the institution's profile asks for one"),
    "tenant_id": ("Minerva-Tenant", _STATED, "for users of several institutions: the one they speak for"),
}  # fmt: skip
"""What a request may state: key -> (header, schema, description)."""
EVERY_QUERY: dict[str, dict[str, Any]] = {
    "output_mode": _enum(
        ["json"], default="json",
        description="send it always: splunkd itself answers what does not reach the API (401, 403) in XML without it",
    ),
}  # fmt: skip
"""Parameters of every operation."""
_RISK: dict[str, Any] = {
    "establishment_id": TEXT, "tenant_id": TEXT, "sector": TEXT, "name": TEXT, "address": TEXT, "city": TEXT,
    "region": TEXT, "postcode": TEXT, "confidence": TEXT, "state": TEXT, "score": {"type": "integer"},
    "most": {"type": "integer"}, "records": {"type": "integer"}, "missing": {"type": "number"},
    "outcome": _enum(["", "confirmed", "cleared"], description="what the institution's people found out"),
    "entity_ids": TEXTS,
}  # fmt: skip
_ITEM = {"description": "a RecordSubmission; what is none is refused alone and does not stop the others"}

_PLAIN: dict[str, dict[str, Any]] = {
    "Problem": table(
        {
            "type": TEXT, "title": TEXT, "status": {"type": "integer"},
            "code": {"type": "string", "description": "stable, for programs"},
            "detail": {"type": "string", "description": "for people; repeats no value of the request"},
            "field": {"type": "string", "description": "the key, parameter or header to blame, if one is"},
        },
        ("field",), description="problem details, RFC 9457; absent and forbidden objects give the same bytes",
    ),
    "SplunkMessages": {
        "type": "object", "description": "what splunkd itself answers before the API is reached",
        "properties": {"messages": {"type": "array", "items": ref("SplunkMessage")}},
    },
    "SplunkMessage": {"type": "object", "properties": {"type": TEXT, "text": TEXT}},
    "Purpose": _enum(sorted(PURPOSES)),
    "Level": _enum(LEVELS, description="how far something may go: L0 private to L6 public"),
    "RecordType": _enum(RECORD_TYPES),
    "Verdict": _enum(VERDICTS),
    "ExportFormat": _enum(FORMATS),
    "Marking": table(
        {"level": ref("Level"), "personal": _enum(PERSONAL)}, ("level", "personal"),
        description="highest level at which the record may ever be released (default L0, private), and the class of "
        "personal data in it (default contact)",
    ),
    "Username": table(
        {"platform": {"type": "string", "pattern": "^[a-z0-9_.\\-]{1,60}$"},
         "name": {"type": "string", "minLength": 1, "maxLength": 200}},
    ),
    "RecordSubmission": table(
        {
            "record_type": ref("RecordType"),
            "source": {
                "type": "string", "pattern": "^[a-z0-9][a-z0-9_\\-]{0,59}$",
                "description": "your name of where it comes from; stored as api_<source>",
            },
            "key": {
                "type": "string", "minLength": 1, "maxLength": 200, "pattern": "\\S",
                "description": "your own id of the observation",
            },
            "observed_time": {**TIME, "description": "when it was seen, UTC; now if absent"},
            "title": _text(2000), "text": _text(200_000), "name": _text(500), "address": _text(1000),
            "city": _text(200), "region": _text(200), "postcode": _text(40),
            "country": {
                "type": "string", "pattern": "^[A-Z]{2}$",
                "description": "ISO 3166; phones are read in it, without it in your institution's country",
            },
            "url": _text(2000),
            "phones": _strings(50, 100), "emails": _strings(50, 320), "urls": _strings(50, 2000),
            "usernames": {"type": "array", "maxItems": 50, "items": ref("Username")},
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
            "identifiers": {**TEXTS, "description": "what was found in it"},
            "unread": {
                "type": "array", "items": ref("Unread"),
                "description": "listed values that are not what their list is for; absent if there are none",
            },
            "code": TEXT, "detail": TEXT, "field": TEXT,
        },
        ("record_id", "identifiers", "unread", "code", "detail", "field"),
        description="`known`: the same content was stored before, and was not stored again",
    ),
    "Unread": table(
        {"field": {"type": "string", "description": "where it stands, as `phones.0`"}, "reason": TEXT},
    ),
    "BatchOutcome": table(
        {
            "stored": {"type": "integer"}, "known": {"type": "integer"}, "refused": {"type": "integer"},
            "outcomes": {"type": "array", "items": ref("RecordOutcome"), "description": "in the order sent"},
        }
    ),
    "EntityRow": table(_ROW, _ROW_OPTIONAL, description="an entity in a list: at most ten of each list"),
    "Join": table(
        {"a": TEXT, "b": TEXT, "rule": TEXT, "identifier": TEXT, "strength": {"type": "number"}, "why": TEXT},
        ("identifier",),
    ),
    "Entity": table(
        {
            **_ROW, "records": TEXTS, "joins": {"type": "array", "items": ref("Join")},
            "requested_id": {**ENTITY_ID, "description": "the id asked for, if it was merged into this one"},
        },
        (*_ROW_OPTIONAL, "names", "cities", "joins", "requested_id"),
        description="a resolved set of records, with the evidence of every join",
    ),
    "EntityPage": page("entities", ref("EntityRow")),
    "IdentifierLookup": table({"identifiers": listed(IDENTIFIER, 50)}),
    "LookupResult": table(
        {"identifier": {"type": "string", "description": "in its normal form"},
         "entities": {"type": "array", "items": ref("EntityRow")}},
        description="no entities: none holds it, or none that you may see",
    ),
    "LookupAnswer": table({"results": {"type": "array", "items": ref("LookupResult")}}),
    "NeighborhoodRequest": table(
        {"identifier": IDENTIFIER, "depth": {"type": "integer", "minimum": 1, "maximum": 3, "default": 1},
         "limit": limit(2000, 200)},
        ("depth", "limit"),
    ),
    "Node": table({"id": TEXT, "kind": TEXT, "label": TEXT, "entity_id": TEXT, "degree": {"type": "integer"}}),
    "Edge": table({"source": TEXT, "target": TEXT, "rule": TEXT, "strength": {"type": "number"}, "why": TEXT}),
    "Neighborhood": table(
        {
            "nodes": {"type": "array", "items": ref("Node")}, "edges": {"type": "array", "items": ref("Edge")},
            "truncated": {"type": "boolean"},
        }
    ),
    "TextToMatch": table({"id": {"type": "string", "minLength": 1, "maxLength": 200}, "text": _text(50_000)}),
    "TextsToMatch": table({"texts": listed(ref("TextToMatch"), 500)}),
    "TextSlot": table({"slot": {"type": "integer"}, "value": TEXT}),
    "TextGroup": table(
        {
            "id": TEXT, "group": {"type": ["string", "null"], "description": "equal for near-duplicates"},
            "size": {"type": "integer"}, "template": {"type": ["string", "null"]},
            "slots": {"type": "array", "items": ref("TextSlot")},
        }
    ),
    "TextGroups": table({"texts": {"type": "array", "items": ref("TextGroup")}}),
    "NamesToMatch": table(
        {
            "names": _strings(200, 300, 1),
            "list": {**_strings(5000, 300, 1), "description": "what to match with; absent: names of your entities"},
            "kind": _enum(FORMS, default="name"),
            "cutoff": {"type": "number", "minimum": 0.5, "maximum": 1, "default": 0.85},
            "limit": limit(100, 5),
        },
        ("list", "kind", "cutoff", "limit"),
    ),
    "NameMatch": table(
        {"value": TEXT, "score": {"type": "number"}, "reason": TEXT,
         "entity_ids": {"type": "array", "items": ENTITY_ID}},
        ("entity_ids",),
    ),
    "NameResult": table({"name": TEXT, "matches": {"type": "array", "items": ref("NameMatch")}}),
    "NameMatches": table({"results": {"type": "array", "items": ref("NameResult")}}),
    "JudgementRequest": table({"a": RECORD_ID, "b": RECORD_ID, "verdict": ref("Verdict"), "why": _WHY}),
    "TakeBackRequest": table({"a": RECORD_ID, "b": RECORD_ID, "why": _WHY}),
    "Judgement": table(
        {"tenant_id": TENANT_ID, "a": TEXT, "b": TEXT, "verdict": ref("Verdict"), "by": TEXT, "why": TEXT,
         "time": TIME, "in_effect": {"type": "boolean"}}
    ),
    "JudgementTakenBack": table({"a": RECORD_ID, "b": RECORD_ID, "taken_back": {"type": "boolean"}}),
    "JudgementPage": page("judgements", ref("Judgement")),
    "WatchRequest": table({"identifier": IDENTIFIER, "note": {"type": "string", "maxLength": 500}}, ("note",)),
    "WatchEntry": table(
        {"watch_id": TOKEN, "tenant_id": TENANT_ID, "identifier": TEXT, "note": TEXT, "added_by": TEXT,
         "added_time": TIME}
    ),
    "WatchPage": page("watch_list", ref("WatchEntry")),
    "WatchRemoved": table({"watch_id": TOKEN, "removed": {"type": "boolean"}}),
    "Alert": table(
        {"alert_id": TOKEN, "tenant_id": TENANT_ID, "identifier": TEXT, "records": {"type": ["integer", "null"]},
         "last_seen": {**TIME, "type": ["string", "null"]}, "note": TEXT, "time": TIME, "alert": TEXT,
         "entity_id": TEXT, "record_ids": {"type": "array", "items": TEXT}, "label": TEXT},
        ("alert", "entity_id", "record_ids", "label"),
    ),
    "AlertPage": page("alerts", ref("Alert")),
    "RiskReason": table({"id": TEXT, "points": {"type": "integer"}, "statement": TEXT}),
    "RiskSign": table(
        {"id": TEXT, "number": {"type": "integer"}, "statement": TEXT, "points": {"type": "integer"},
         "state": _enum(["holds", "does not hold", "missing", "waits"]), "of": {"type": "integer"}, "words": TEXT,
         "records": TEXTS, "source": TEXT, "seen": TEXT, "false_positives": TEXT},
        description="one published sign: whether it holds, why, and how it misleads",
    ),
    "RiskEvent": table({"date": TEXT, "what": TEXT, "text": TEXT, "record_id": TEXT}),
    "RiskCluster": table(
        {"cluster": TEXT, "businesses": {"type": "integer"}, "places": {"type": "integer"}, "by": TEXTS,
         "look_first": {"type": "integer"}, "score": {"type": "integer"}, "regions": TEXTS, "ids": TEXTS},
        description="premises of the trade that share a phone, another contact or an owner's name",
    ),
    "RiskRegion": table(
        {"region": TEXT, "businesses": {"type": "integer"}, "look_first": {"type": "integer"},
         "look_at": {"type": "integer"}, "share": {"type": "number"}, "low": {"type": "number"},
         "high": {"type": "number"}, "missing": {"type": "number"}, "few": {"type": "boolean"}},
        description="low and high are the band of the share of businesses to look at first",
    ),
    "RiskYear": table(
        {"region": TEXT, "year": TEXT, "began": {"type": "integer"}, "ended": {"type": "integer"},
         "closed": {"type": "integer"}, "renamed": {"type": "integer"}, "cases": {"type": "integer"}},
    ),
    "RiskComparison": table(
        {"sector": TEXT, "regions": {"type": "array", "items": ref("RiskRegion")},
         "years": {"type": "array", "items": ref("RiskYear")},
         "clusters": {"type": "array", "items": ref("RiskCluster")}, "label": TEXT},
    ),
    "RiskOther": table(
        {"establishment_id": TEXT, "name": TEXT, "address": TEXT, "city": TEXT, "score": {"type": "integer"},
         "state": TEXT},
    ),
    "RiskShare": table({"by": TEXT, "value": TEXT, "with": {"type": "array", "items": ref("RiskOther")}}),
    "RiskAgainst": table({"what": TEXT, "own": {"type": "number"}, "usual": {"type": "number"}}),
    "RiskRow": table(
        {**_RISK, "reasons": {"type": "array", "items": ref("RiskReason")},
         "cluster": {"type": ["string", "null"]}},
    ),
    "RiskPage": table(
        {"scores": {"type": "array", "items": ref("RiskRow")}, "label": TEXT,
         "next_cursor": {"type": ["string", "null"]}},
    ),
    "RiskScore": table(
        {**_RISK, "signs": {"type": "array", "items": ref("RiskSign")}, "names": TEXTS, "problems": TEXTS,
         "history": {"type": "array", "items": ref("RiskEvent")}, "label": TEXT, "base_rate": TEXT,
         "shares": {"type": "array", "items": ref("RiskShare")},
         "against": {"type": "array", "items": ref("RiskAgainst")}},
    ),
    "ExportRequest": table(
        {**_SELECTED, "hash_key": _HASH_KEY}, (*_SELECTORS, "hash_key"),
        description="exactly one of entity_ids, identifiers and min_size",
    ),
    "ExportProposal": table(
        {**_SELECTED, "why": _text(500)}, (*_SELECTORS, "why"),
        description="exactly one of entity_ids, identifiers and min_size",
    ),
    "ExportKey": table({"hash_key": _HASH_KEY}, ("hash_key",)),
    "Manifest": {"type": "object", "description": "see docs/exports.md"},
    "ExportFile": table(
        {"name": TEXT, "media_type": TEXT, "bytes": {"type": "integer"}, "sha256": TEXT, "base64": TEXT}
    ),
    "Export": table({"manifest": ref("Manifest"), "file": ref("ExportFile")}),
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
            "number": {"type": "integer"}, "time": TIME, "operation": TEXT, "step": TEXT, "outcome": TEXT,
            "reason": TEXT, "subject": TEXT, "member_of": TEXTS, "tenants": TEXTS, "objects": TEXTS,
            "purpose": TEXT, "case": TEXT, "rows": {"type": "integer"}, "policy_version": TEXT,
        },
        ("rows",),
        description="users, cases and objects are tokens: equal for equal texts",
    ),
    "AuditPage": page("entries", ref("AuditEntry")),
    "Health": table(
        {
            "status": {"type": "string", "enum": ["ok"]}, "version": TEXT, "policy_version": TEXT,
            "tenants": {**TEXTS, "description": "the institutions you speak for"},
            "time": TIME,
        }
    ),
    **sharing_schemas.SCHEMAS,
    "Contract": {"type": "object", "description": "this document"},
}  # fmt: skip
SCHEMAS: dict[str, dict[str, Any]] = {
    name: {**schema, "examples": [EXAMPLES[name]]} if name in EXAMPLES else schema for name, schema in _PLAIN.items()
}
