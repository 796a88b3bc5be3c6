"""Facts of sources: what a `<id>.yml` may hold, and the frozen dataclasses the runner reads.

At run time the built `sources.json` ({source id: document}) is read with the standard library; YAML is for authors
(authoring.py). A default stands here once, so that a yml says only what is special about its source.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minerva.intake.errors import FactsError
from minerva.intake.shape import (
    COUNT,
    NAME,
    NUMBER,
    TEXT,
    TEXTS,
    TRUTH,
    EitherOf,
    ListOf,
    MapOf,
    Problem,
    Scalar,
    Table,
    check,
)
from minerva.records.model import LEVELS, PERSONAL, RECORD_TYPES, TEXT_KEYS

_RULE = EitherOf(
    TEXT,
    Table(
        optional={
            "columns": ListOf(TEXT, 1),
            "join": TEXT,
            "pick": Scalar(choices=("first", "url", "email")),
            "constant": TEXT,
            "values": MapOf(TEXT),
        }
    ),
)
_PHONE = Table(
    required={"column": TEXT},
    optional={"region": TEXT, "region_column": TEXT, "local": TRUTH, "width": COUNT},
)
_MAPPING = Table(
    required={"key": ListOf(TEXT, 1), "fields": MapOf(_RULE, "|".join(TEXT_KEYS))},
    optional={
        "observed": Table(
            optional={
                "columns": ListOf(TEXT, 1),
                "formats": ListOf(TEXT, 1),
                "constant": TEXT,
                "zone_minutes": Scalar((int,)),
            }
        ),
        "attributes": MapOf(_RULE, r"(?!lexicon_)[a-z][a-z0-9_]*"),
        "phones": ListOf(_PHONE),
        "emails": TEXTS,
        "urls": TEXTS,
        "usernames": ListOf(Table({"column": TEXT}, {"platform": TEXT, "platform_column": TEXT})),
        "licenses": ListOf(Table({"column": TEXT, "register": TEXT})),
        "company_numbers": ListOf(Table({"column": TEXT, "register": TEXT})),
        "extract": ListOf(Scalar(choices=TEXT_KEYS)),
        "ignore": TEXTS,
        "mojibake": ListOf(Scalar(choices=("mac_roman", "cp1252"))),
        "place": Table(optional={"city": TEXT, "region": TEXT, "towns": TEXTS}),
        "snippet_chars": COUNT,
        "extract_region": TEXT,
        "extract_region_column": TEXT,
    },
)
_PAGING = Table(
    {"kind": Scalar(choices=("none", "page", "offset", "cursor", "next_url", "link_header"))},
    {
        "param": TEXT,
        "size_param": TEXT,
        "size": Scalar((int,), low=1),
        "first": COUNT,
        "field": TEXT,
        "total_field": TEXT,
        "max_pages": Scalar((int,), low=1),
    },
)
_HTTP = Table(
    {
        "base_url": Scalar(pattern=r"https?://[^\s?#@]+"),
        "path": Scalar(pattern=r"/\S*"),
        "items": TEXT,
    },
    {
        "params": MapOf(TEXT),
        "paging": _PAGING,
        "auth": Table(
            {"kind": Scalar(choices=("none", "header", "bearer"))}, {"name": Scalar(pattern=r"[A-Za-z][A-Za-z0-9-]*")}
        ),
        "incremental": Table({"param": TEXT, "column": TEXT}, {"overlap_s": COUNT}),
        "rate": Table({"per_second": NUMBER}, {"burst": Scalar((int,), low=1)}),
        "ports": ListOf(Scalar((int,), low=1, high=65535)),
        "timeout_s": Scalar((int, float), low=1, high=600),
    },
)
_FILE = Table(
    {"format": Scalar(choices=("csv", "json", "jsonl", "xlsx")), "pattern": TEXT},
    {
        "mode": Scalar(choices=("whole", "appended")),
        "delimiter": Scalar(pattern=r"[,;|\t]"),
        "encodings": TEXTS,
        "header": TEXTS,
        "items": TEXT,
        "sheet": TEXT,
    },
)
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
        "mapping": _MAPPING,
        "expect": Table({"min": COUNT}, {"max": COUNT}),
    },
    {"enabled": TRUTH, "cadence_s": Scalar((int,), low=10), "http": _HTTP, "file": _FILE},
)


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
class Rule:
    """How one text comes about: columns (dotted into objects) joined or picked, or a constant; then `values`."""

    columns: tuple[str, ...] = ()
    join: str = " "
    pick: str = ""
    constant: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PhoneRule:
    """A phone column: national numbers belong to `region`; `local` marks numbers without area code.

    `width` > 0 cuts a run of digits into numbers of that many digits (registers glue two local numbers together).
    """

    column: str
    region: str = ""
    region_column: str = ""
    local: bool = False
    width: int = 0


@dataclass(frozen=True)
class CodedRule:
    """A column of user names (`label` = platform) or of licence or company numbers (`label` = register)."""

    column: str
    label: str = ""
    label_column: str = ""


@dataclass(frozen=True)
class FieldMap:
    """The field map of a source; see SHAPE for the keys of the yml."""

    key: tuple[str, ...]
    fields: Mapping[str, Rule]
    attributes: Mapping[str, Rule]
    observed_columns: tuple[str, ...]
    observed_formats: tuple[str, ...]
    observed_constant: str
    observed_zone_minutes: int
    phones: tuple[PhoneRule, ...]
    emails: tuple[str, ...]
    urls: tuple[str, ...]
    usernames: tuple[CodedRule, ...]
    licenses: tuple[CodedRule, ...]
    company_numbers: tuple[CodedRule, ...]
    extract: tuple[str, ...]
    extract_region: str
    extract_region_column: str
    ignore: frozenset[str]
    mojibake: tuple[str, ...]
    city: str
    region: str
    towns: tuple[str, ...]
    snippet_chars: int


@dataclass(frozen=True)
class Paging:
    """How the next page is asked for. `field` is the dotted path of pages, cursor or next URL in the answer."""

    kind: str = "none"
    param: str = ""
    size_param: str = ""
    size: int = 100
    first: int = 1
    field: str = ""
    total_field: str = ""
    max_pages: int = 100_000


@dataclass(frozen=True)
class HttpFacts:
    """JSON over HTTP. `rate_per_second` 0 means no limit of our own; times in seconds."""

    base_url: str
    path: str
    items: str
    params: Mapping[str, str]
    paging: Paging
    auth_kind: str
    auth_header: str
    since_param: str
    since_column: str
    overlap_s: int
    rate_per_second: float
    burst: int
    ports: tuple[int, ...]
    timeout_s: float


@dataclass(frozen=True)
class FileFacts:
    """Files of one folder whose names match `pattern` (a glob). Encodings are tried in order after UTF-8."""

    format: str
    pattern: str
    mode: str
    delimiter: str
    encodings: tuple[str, ...]
    header: tuple[str, ...]
    items: str
    sheet: str


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


def check_document(document: Any) -> list[Problem]:
    """Every problem of one source's facts: shape first, then what a shape cannot say."""
    problems = check(document, SHAPE)
    if problems or not isinstance(document, dict):
        return problems
    if "http" not in document and "file" not in document:
        problems.append(Problem((), "needs an 'http' or a 'file' transport"))
    http = document.get("http", {})
    if http.get("auth", {}).get("kind") == "header" and "name" not in http["auth"]:
        problems.append(Problem(("http", "auth"), "required key 'name' is missing (the header that carries the key)"))
    kind = http.get("paging", {}).get("kind", "none")
    needed = {"page": ("param",), "offset": ("param",), "cursor": ("param", "field"), "next_url": ("field",)}.get(
        kind, ()
    )
    problems += [
        Problem(("http", "paging"), f"paging kind {kind} needs {key!r}") for key in needed if key not in http["paging"]
    ]
    return problems


def source_from_document(document: Mapping[str, Any]) -> Source:
    """The Source of a document. Raises FactsError with the first problem."""
    problems = check_document(document)
    if problems:
        where = ".".join(map(str, problems[0].path)) or "(top)"
        name = document.get("id", "?") if isinstance(document, Mapping) else "?"
        raise FactsError(f"source {name}: {where}: {problems[0].message}")
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False)
    legal = {key: document["legal"][key] for key in Legal.__dataclass_fields__}
    return Source(
        source_id=document["id"],
        title=document["title"],
        description=document["description"],
        legal=Legal(**legal),
        record_type=document["record_type"],
        mapping=_mapping(document["mapping"]),
        http=_http(document["http"]) if "http" in document else None,
        file=_file(document["file"]) if "file" in document else None,
        expect_min=document["expect"]["min"],
        expect_max=document["expect"].get("max"),
        enabled=document.get("enabled", True),
        fingerprint=hashlib.sha256(canonical.encode()).hexdigest()[:16],
    )


def load_sources(path: Path) -> dict[str, Source]:
    """All sources of a built sources.json. Raises FactsError naming file, source and key."""
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FactsError(f"{path.name}: cannot be read ({type(error).__name__}); build the package again") from None
    if not isinstance(documents, dict):
        raise FactsError(f"{path.name}: expected an object of sources")
    sources = {}
    for source_id, document in documents.items():
        source = source_from_document(document)
        if source.source_id != source_id:
            raise FactsError(f"{path.name}: source {source_id}: its id says {source.source_id}")
        sources[source_id] = source
    return sources


def _rule(value: Any) -> Rule:
    if isinstance(value, str):
        return Rule(columns=(value,))
    return Rule(
        tuple(value.get("columns", ())),
        value.get("join", " "),
        value.get("pick", ""),
        value.get("constant"),
        value.get("values", {}),
    )


def _coded(items: Any, label: str) -> tuple[CodedRule, ...]:
    return tuple(CodedRule(item["column"], item.get(label, ""), item.get(f"{label}_column", "")) for item in items)


def _mapping(document: Mapping[str, Any]) -> FieldMap:
    observed, place = document.get("observed", {}), document.get("place", {})
    return FieldMap(
        key=tuple(document["key"]),
        fields={name: _rule(value) for name, value in document["fields"].items()},
        attributes={name: _rule(value) for name, value in document.get("attributes", {}).items()},
        observed_columns=tuple(observed.get("columns", ())),
        observed_formats=tuple(observed.get("formats", ("iso",))),
        observed_constant=observed.get("constant", ""),
        observed_zone_minutes=observed.get("zone_minutes", 0),
        phones=tuple(PhoneRule(**item) for item in document.get("phones", ())),
        emails=tuple(document.get("emails", ())),
        urls=tuple(document.get("urls", ())),
        usernames=_coded(document.get("usernames", ()), "platform"),
        licenses=_coded(document.get("licenses", ()), "register"),
        company_numbers=_coded(document.get("company_numbers", ()), "register"),
        extract=tuple(document.get("extract", ("title", "text"))),
        extract_region=document.get("extract_region", ""),
        extract_region_column=document.get("extract_region_column", ""),
        ignore=frozenset(document.get("ignore", ())),
        mojibake=tuple(document.get("mojibake", ())),
        city=place.get("city", ""),
        region=place.get("region", ""),
        towns=tuple(place.get("towns", ())),
        snippet_chars=document.get("snippet_chars", 200_000),
    )


def _http(document: Mapping[str, Any]) -> HttpFacts:
    auth, since, rate = document.get("auth", {}), document.get("incremental", {}), document.get("rate", {})
    return HttpFacts(
        base_url=document["base_url"].rstrip("/"),
        path=document["path"],
        items=document["items"],
        params=document.get("params", {}),
        paging=Paging(**document.get("paging", {})),
        auth_kind=auth.get("kind", "none"),
        auth_header=auth.get("name", ""),
        since_param=since.get("param", ""),
        since_column=since.get("column", ""),
        overlap_s=since.get("overlap_s", 0),
        rate_per_second=float(rate.get("per_second", 5)),
        burst=rate.get("burst", 5),
        ports=tuple(document.get("ports", ())),
        timeout_s=float(document.get("timeout_s", 60)),
    )


def _file(document: Mapping[str, Any]) -> FileFacts:
    return FileFacts(
        format=document["format"],
        pattern=document["pattern"],
        mode=document.get("mode", "whole"),
        delimiter=document.get("delimiter", ","),
        encodings=tuple(document.get("encodings", ())),
        header=tuple(document.get("header", ())),
        items=document.get("items", ""),
        sheet=document.get("sheet", ""),
    )
