"""Facts of sources: what a `<id>.yml` may hold, and the frozen dataclasses the runner reads.

At run time documents come as JSON from the three places of catalogue.py; YAML is for authors (authoring.py). A default
stands here once, so that a yml says only what is special about its source.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minerva.intake.errors import FactsError
from minerva.intake.facts.exchange import IMAP_SHAPE, ImapFacts, imap_facts
from minerva.intake.facts.field_map import MAPPING_SHAPE, FieldMap, field_map
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.facts.shape import COUNT, NAME, TEXT, TRUTH, EitherOf, ListOf, Problem, Scalar, Table, check
from minerva.intake.facts.standing import EVIDENCE_STATES, NEEDS, needs_of
from minerva.intake.facts.transport import FILE_SHAPE, FileFacts, file_facts
from minerva.intake.facts.web import HTTP_SHAPE, HttpFacts, http_facts, http_problems
from minerva.records.kinds import RECORD_TYPES, why_unknown
from minerva.records.model import LEVELS, PERSONAL

SHAPE = Table(
    {
        "id": NAME,
        "title": TEXT,
        "description": TEXT,
        "legal": Table(
            {
                "owner": TEXT,
                "licence": TEXT,
                "terms": TEXT,
                "terms_allow": TRUTH,
                "robots": Scalar(choices=("obey", "not_applicable")),
                "personal_data": Scalar(choices=PERSONAL),
                "retention_days": Scalar((int,), low=1),
                "marking": Scalar(choices=LEVELS),
            },
            {"url": TEXT, "note": TEXT},
        ),
        "record_type": Scalar(choices=RECORD_TYPES),
        "mapping": MAPPING_SHAPE,
        "expect": Table({"min": COUNT}, {"max": COUNT}),
    },
    {
        "enabled": TRUTH,
        "cadence_s": Scalar((int,), low=10),
        "http": HTTP_SHAPE,
        "file": FILE_SHAPE,
        "imap": IMAP_SHAPE,
        "family": NAME,
        "like": NAME,
        "abstract": TRUTH,
        "country": Scalar(pattern=r"[A-Z]{2}"),
        "landing_url": Scalar(pattern=r"https?://[^\s#@]+"),
        "evidence": Table({"state": Scalar(choices=tuple(EVIDENCE_STATES)), "reference": TEXT}),
        "needs": EitherOf(Scalar(choices=tuple(NEEDS)), ListOf(Scalar(choices=tuple(NEEDS)), 1)),
        "dataset": NAME,
    },
)
TRANSPORTS = frozenset(("http", "file", "imap"))
"""A source has one of them at least, and an input of its own reads each."""
DEMO = "demo"
"""The family of invented sources: an installation hides them, and they need no evidence."""
_SAID_OF_IT = frozenset(["evidence", "needs", "dataset"])
"""Keys that change nothing of what is read: a source whose evidence is renewed stays the same."""
REAL = ("country", "evidence")
"""What every source of another family says too."""


@dataclass(frozen=True)
class Legal:
    """Who owns the data and what may be done with it; `terms_allow` false switches the source off."""

    owner: str
    licence: str
    terms: str
    terms_allow: bool
    robots: str
    personal_data: str
    retention_days: int
    marking: str


@dataclass(frozen=True)
class Source:
    """A source as the runner sees it; `fingerprint` changes whenever its facts do. Either transport may be absent."""

    source_id: str
    title: str
    description: str
    legal: Legal
    record_type: str
    mapping: FieldMap
    http: HttpFacts | None
    file: FileFacts | None
    expect_min: int
    expect_max: int | None
    enabled: bool
    fingerprint: str
    family: str = ""
    country: str = ""
    imap: ImapFacts | None = None
    needs: tuple[str, ...] = ()
    evidence: str = ""
    """One of EVIDENCE_STATES; "" of a source of the demo."""
    evidence_reference: str = ""


def reading_of(source: Source) -> ReadFacts:
    """How a source's files, answers or messages are read."""
    transport = source.file or source.http
    return ReadFacts(format="mail") if transport is None else transport.reading


def check_document(document: Any) -> list[Problem]:
    """Every problem of one source's facts: shape first, then what a shape cannot say.

    Of an abstract source, which others are like, nothing is missing and nothing more is asked.
    """
    if isinstance(document, dict) and document.get("abstract") is True:
        return check(document, SHAPE, part=True)
    problems = check(document, SHAPE)
    if problems or not isinstance(document, dict):
        return problems
    if document.get("family") != DEMO:
        problems += [Problem((), f"required key {key!r} is missing") for key in REAL if key not in document]
    if not TRANSPORTS & set(document):
        problems.append(Problem((), "needs an 'http', a 'file' or an 'imap' transport"))
    if "http" in document:
        problems += http_problems(document["http"])
    if not problems and "needs" in document:
        problems += _needs_problems(document)
    problems += [
        Problem(("mapping", "attributes", name), why)
        for name in document["mapping"].get("attributes", {})
        if (why := why_unknown(document["record_type"], name))
    ]
    return problems


def _needs_problems(document: Mapping[str, Any]) -> list[Problem]:
    """What is said of the needs is what the facts amount to, or one of both is wrong."""
    stated = document["needs"] if isinstance(document["needs"], list) else [document["needs"]]
    found = needs_of(document)
    if sorted(stated) == sorted(found):
        return []
    return [Problem(("needs",), f"terms, account and transports of this source amount to: {', '.join(found)}")]


def source_from_document(document: Mapping[str, Any]) -> Source:
    """The Source of a document. Raises FactsError with the first problem."""
    problems = check_document(document)
    if problems:
        where = ".".join(map(str, problems[0].path)) or "(top)"
        name = document.get("id", "?") if isinstance(document, Mapping) else "?"
        raise FactsError(f"source {name}: {where}: {problems[0].message}")
    read = {key: value for key, value in document.items() if key not in _SAID_OF_IT}
    canonical = json.dumps(read, sort_keys=True, ensure_ascii=False)
    legal = {key: document["legal"][key] for key in Legal.__dataclass_fields__}
    return Source(
        source_id=document["id"],
        title=document["title"],
        description=document["description"],
        legal=Legal(**legal),
        record_type=document["record_type"],
        mapping=field_map(document["mapping"]),
        http=http_facts(document["http"]) if "http" in document else None,
        file=file_facts(document["file"]) if "file" in document else None,
        imap=imap_facts(document["imap"]) if "imap" in document else None,
        needs=needs_of(document),
        evidence=document.get("evidence", {}).get("state", ""),
        evidence_reference=document.get("evidence", {}).get("reference", ""),
        expect_min=document["expect"]["min"],
        expect_max=document["expect"].get("max"),
        enabled=document.get("enabled", True),
        fingerprint=hashlib.sha256(canonical.encode()).hexdigest()[:16],
        family=document.get("family", ""),
        country=document.get("country", ""),
    )
