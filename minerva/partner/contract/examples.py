"""One request body for each schema of a body, as the contract shows it. Tests hold each against its schema."""

from __future__ import annotations

from typing import Any

_ENTITY, _RECORD, _OTHER = "e_0123456789abcdef", "0" * 31 + "a", "0" * 31 + "b"
_TERMS = {"entity_id": _ENTITY, "to": "lead_exchange", "level": "L4", "fields": ["infrastructure", "statistics"]}
EXAMPLES: dict[str, dict[str, Any]] = {
    "RecordSubmission": {
        "record_type": "ad", "source": "hotline", "key": "17", "observed_time": "2026-11-24T09:30:00Z",
        "title": "New in town", "text": "Call four 1 five 555 oh 1 four 7", "name": "Jen", "country": "US",
        "emails": ["jen@mail.example"], "usernames": [{"platform": "instagram", "name": "@jen.doe"}],
        "marking": {"level": "L3", "personal": "contact"},
    },
    "RecordBatch": {"records": [{"record_type": "ad", "source": "hotline", "key": "18", "phones": ["+14155550147"]}]},
    "IdentifierLookup": {"identifiers": ["phone:+1 415 555 0147", "email:jen@mail.example"]},
    "NeighborhoodRequest": {"identifier": "phone:+14155550147", "depth": 2},
    "TextsToMatch": {"texts": [{"id": "1", "text": "New in town, call now"}, {"id": "2", "text": "New in town, call"}]},
    "NamesToMatch": {"names": ["Doe, Jen"], "list": ["Jen Doe", "Al Roe"], "kind": "name", "cutoff": 0.8},
    "JudgementRequest": {"a": _RECORD, "b": _OTHER, "verdict": "same", "why": "the same person in both photographs"},
    "TakeBackRequest": {"a": _RECORD, "b": _OTHER, "why": "an error"},
    "WatchRequest": {"identifier": "phone:+14155550147", "note": "ring the desk"},
    "ExportRequest": {"format": "stix", "identifiers": ["phone:+14155550147"]},
    "ExportProposal": {"format": "csv", "min_size": 2, "why": "the yearly report"},
    "ExportKey": {},
    "MarkingRequest": {"entity_id": _ENTITY, "level": "L4", "why": "a lead"},
    "ShareTerms": _TERMS,
    "ShareProposal": {**_TERMS, "why": "a lead"},
    "Approval": {"content_hash": "0" * 64},
    "Nothing": {},
    "Recall": {"why": "an error"},
    "Question": {"identifier": "phone:+14155550147"},
    "InquiryAnswer": {"accept": True},
    "ContactDesk": {"contact": "desk@northfield.example"},
    "AuditQuery": {"about_case": "NF-2026-17"},
}  # fmt: skip
