"""How a source is reached over HTTP: request, paging, time windows, links, editions and authorization.

A `preset` writes what all sets of one portal software have in common (presets.py); what the yml says itself wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from minerva.intake.facts.exchange import EXCHANGE_KEYS, MispFacts, TaxiiFacts, misp_facts, taxii_facts
from minerva.intake.facts.presets import PRESET_KEYS, expand
from minerva.intake.facts.reading import READING_KEYS, ReadFacts, read_facts
from minerva.intake.facts.shape import (
    ANYTHING,
    COUNT,
    NUMBER,
    TEXT,
    TRUTH,
    EitherOf,
    ListOf,
    MapOf,
    Problem,
    Scalar,
    Table,
)

_DAY = Scalar(pattern=r"\d{4}-\d\d-\d\d")
_MANY = Scalar((int,), low=1)
_HEADER = r"(?!(?i:host|cookie|authorization|content-.*|transfer-encoding|connection|accept-encoding)$)[A-Za-z][\w-]*"
PAGING_KINDS = ("none", "page", "offset", "cursor", "next_url", "link_header", "sequence", "postback")
AUTH_KINDS = ("none", "header", "query", "bearer", "basic", "oauth2")
DEFAULT_MIB, MOST_MIB = 256, 4096
"""Unpacked size of a file that is downloaded; pages are held in memory and have a limit of their own."""

_PAGING = Table(
    {"kind": Scalar(choices=PAGING_KINDS)},
    {
        "param": TEXT,
        "in": Scalar(choices=("query", "body")),
        "size_param": TEXT,
        "size": _MANY,
        "first": COUNT,
        "field": TEXT,
        "select": TEXT,
        "pattern": TEXT,
        "total_field": TEXT,
        "more_field": TEXT,
        "max_pages": _MANY,
        "start": _DAY,
        "format": TEXT,
        "step_days": _MANY,
        "digits": _MANY,
        "gap": COUNT,
        "target": TEXT,
        "argument": TEXT,
    },
)
_FIND_LINK = Table(
    {"page": Scalar(pattern=r"(/|https?://)[^\s#@]*")},
    {
        "select": TEXT,
        "pattern": TEXT,
        "list": TEXT,
        "url": TEXT,
        "where": MapOf(TEXT),
        "pick": Scalar(choices=("first", "last")),
    },
)
HTTP_SHAPE = Table(
    {"base_url": Scalar(pattern=r"https?://[^\s?#@]+")},
    {
        **READING_KEYS,
        **PRESET_KEYS,
        **EXCHANGE_KEYS,
        "path": Scalar(pattern=r"/[^\s#]*"),
        "method": Scalar(choices=("GET", "POST")),
        "body": Table(optional={"json": ANYTHING, "form": MapOf(TEXT)}),
        "params": MapOf(TEXT),
        "headers": MapOf(TEXT, _HEADER),
        "paging": _PAGING,
        "window": Table({"from": TEXT, "start": _DAY}, {"to": TEXT, "step_days": _MANY, "format": TEXT}),
        "find_link": _FIND_LINK,
        "follow": Table({"link": TEXT}, {"most": Scalar((int,), low=1, high=1000)}),
        "whole": EitherOf(TRUTH, Table(optional={"most_removed": Scalar((int, float), low=0, high=1)})),
        "error_in": Table({"path": TEXT}, {"values": ListOf(Scalar((str, int, bool)), 1)}),
        "hosts": ListOf(Scalar(pattern=r"[a-z0-9][a-z0-9.-]*[a-z0-9]")),
        "auth": Table(
            {"kind": Scalar(choices=AUTH_KINDS)},
            {
                "name": Scalar(pattern=r"[A-Za-z$_][\w$.-]*"),
                "prefix": Scalar(pattern=r"[\x20-\x7e]*"),
                "optional": TRUTH,
                "token_url": Scalar(pattern=r"https?://[^\s?#@]+"),
                "scope": TEXT,
                "send": Scalar(choices=("basic", "body")),
                "form": MapOf(TEXT),
            },
        ),
        "incremental": Table({"column": TEXT}, {"param": TEXT, "overlap_s": COUNT, "value": TEXT, "format": TEXT}),
        "rate": Table({"per_second": NUMBER}, {"burst": _MANY, "per_day": _MANY}),
        "ports": ListOf(Scalar((int,), low=1, high=65535)),
        "timeout_s": Scalar((int, float), low=1, high=3600),
        "max_mib": Scalar((int,), low=1, high=MOST_MIB),
    },
)
_PAGING_NEEDS = {
    "page": ("param",),
    "offset": ("param",),
    "cursor": ("param", "field"),
    "postback": ("target",),
}


@dataclass(frozen=True)
class Paging:
    """How the next page is asked for; docs/sources.md says each key in words.

    `field` is the dotted path of pages, cursor or next URL in the answer; `more_field` that of a truth value. `select`
    (CSS) or `pattern` find the link of the next page in HTML. A sequence has a start day or a first number.
    """

    kind: str = "none"
    param: str = ""
    place: str = ""
    size_param: str = ""
    size: int = 100
    first: int = 1
    field: str = ""
    select: str = ""
    pattern: str = ""
    total_field: str = ""
    more_field: str = ""
    max_pages: int = 100_000
    start: str = ""
    format: str = "%Y-%m-%d"
    step_days: int = 1
    digits: int = 1
    gap: int = 0
    target: str = ""
    argument: str = "Page${page}"


@dataclass(frozen=True)
class Window:
    """The source is asked for a span of days at a time: `first` and `last` name the parameters of its ends."""

    first: str
    last: str
    start: str
    step_days: int
    format: str


@dataclass(frozen=True)
class FindLink:
    """Where the address of the file stands: on an HTML page, or in a JSON list whose items match `where` (globs)."""

    page: str
    select: str = ""
    pattern: str = ""
    list: str = ""
    url: str = "url"
    where: Mapping[str, str] = field(default_factory=dict)
    pick: str = "first"


@dataclass(frozen=True)
class Follow:
    """The column of a row that holds a page's address: its main text is read too, of `most` pages in a run."""

    link: str
    most: int = 100


@dataclass(frozen=True)
class Auth:
    """What is sent of the account. `name` is that of the header or parameter; the rest is for OAuth2 and prefixes."""

    kind: str = "none"
    name: str = ""
    prefix: str = ""
    optional: bool = False
    token_url: str = ""
    scope: str = ""
    send: str = "basic"
    form: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HttpFacts:
    """Pages or files over HTTP. `rate_per_second` 0 means no limit of our own; times in seconds.

    `whole`: each file is a full edition, compared with the last. `most_removed` is the share of rows that may be gone
    before an edition counts as cut short. `body` is the JSON value or the form of a POST.
    """

    base_url: str
    path: str
    reading: ReadFacts
    method: str
    body_kind: str
    body: Any
    params: Mapping[str, str]
    headers: Mapping[str, str]
    paging: Paging
    window: Window | None
    find_link: FindLink | None
    follow: Follow | None
    whole: bool
    most_removed: float
    error_path: str
    error_values: tuple[Any, ...]
    auth: Auth
    since_param: str
    since_column: str
    since_value: str
    since_format: str
    overlap_s: int
    rate_per_second: float
    burst: int
    ports: tuple[int, ...]
    hosts: tuple[str, ...]
    timeout_s: float
    max_bytes: int
    preset: str
    taxii: TaxiiFacts | None = None
    misp: MispFacts | None = None
    per_day: int = 0

    @property
    def is_file(self) -> bool:
        """Whether the answer is a file of its own, streamed to disk, and not a page of a list."""
        reading = self.reading
        if self.whole or self.find_link is not None or self.paging.kind == "sequence" or reading.unpack != "none":
            return True
        return self.paging.kind == "none" and self.window is None and reading.format not in ("json", "html", "geojson")


def http_problems(document: Mapping[str, Any]) -> list[Problem]:
    """What a shape cannot say of an `http` table."""
    given = expand(document)
    problems = []

    def missing(key: str, why: str, *path: str) -> None:
        problems.append(Problem(("http", *path), f"required key {key!r} is missing ({why})"))

    if not {"path", "find_link", "taxii", "misp"} & set(given):
        missing("path", "or find_link, or a preset that gives one")
    auth = given.get("auth", {})
    if auth.get("kind") in ("header", "query") and "name" not in auth:
        missing("name", "the header or parameter that carries the key", "auth")
    if auth.get("kind") == "oauth2" and "token_url" not in auth:
        missing("token_url", "where the token is asked for", "auth")
    paging = given.get("paging", {})
    kind = paging.get("kind", "none")
    for key in _PAGING_NEEDS.get(kind, ()):
        if key not in paging:
            problems.append(Problem(("http", "paging"), f"paging kind {kind} needs {key!r}"))
    if kind == "next_url" and not {"field", "select", "pattern"} & set(paging):
        problems.append(Problem(("http", "paging"), "paging kind next_url needs 'field', 'select' or 'pattern'"))
    path = given.get("path", "")
    if kind == "sequence" and not ("{number}" in path or ("{date}" in path and "start" in paging)):
        problems.append(Problem(("http", "paging"), "a sequence needs {number} in the path, or {date} and 'start'"))
    if kind != "sequence" and ("{" in path or "}" in path):
        problems.append(Problem(("http", "path"), "braces stand for the number or date of a sequence only"))
    if "incremental" in given and "param" not in given["incremental"]:
        missing("param", "the parameter that is sent the newest value", "incremental")
    link = given.get("find_link")
    if link is not None and len({"select", "pattern", "list"} & set(link)) != 1:
        problems.append(Problem(("http", "find_link"), "needs one of 'select', 'pattern' or 'list'"))
    if len(given.get("body", {})) > 1:
        problems.append(Problem(("http", "body"), "either 'json' or 'form'"))
    if "body" in given and given.get("method", "GET") != "POST" and kind != "postback":
        problems.append(Problem(("http", "body"), "only a POST has a body"))
    if given.get("whole") and kind not in ("none",):
        problems.append(Problem(("http", "whole"), "an edition is one file, without paging"))
    if given.get("whole") and "follow" in given:
        problems.append(Problem(("http", "follow"), "an edition is compared as it is, without the pages behind it"))
    if sum(key in given for key in EXCHANGE_KEYS) > 1:
        problems.append(Problem(("http",), "either 'taxii' or 'misp'"))
    for key in set(EXCHANGE_KEYS) & set(given):
        known = {"base_url", "path", key, "auth", "headers", "hosts", "rate", "ports", "timeout_s", "nulls", "headings"}
        problems += [Problem(("http", name), f"{key} asks in its own way") for name in given if name not in known]
    for key, where in (("paging", paging), ("find_link", link or {})):
        if not _is_pattern(where.get("pattern", "")):
            problems.append(Problem(("http", key, "pattern"), "is no regular expression"))
    for where, name in ((paging, "start"), (given.get("window", {}), "start")):
        if name in where and not _is_day(where[name]):
            problems.append(Problem(("http",), f"{where[name]!r} is no day"))
    return problems


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def http_facts(document: Mapping[str, Any]) -> HttpFacts:
    """The facts of a checked `http`."""
    given = expand(document)
    auth, since, rate = given.get("auth", {}), given.get("incremental", {}), given.get("rate", {})
    paging = dict(given.get("paging", {}))
    body = given.get("body", {})
    method = given.get("method", "GET")
    paging.setdefault("in", "body" if method == "POST" and body else "query")
    paging["place"] = paging.pop("in")
    window, whole, errors = given.get("window"), given.get("whole", False), given.get("error_in", {})
    return HttpFacts(
        base_url=given["base_url"].rstrip("/"),
        path=given.get("path", ""),
        reading=read_facts(given),
        method=method,
        body_kind=next(iter(body), ""),
        body=next(iter(body.values()), None),
        params=given.get("params", {}),
        headers=given.get("headers", {}),
        paging=Paging(**paging),
        window=None
        if window is None
        else Window(
            window["from"],
            window.get("to", ""),
            window["start"],
            window.get("step_days", 30),
            window.get("format", "%Y-%m-%d"),
        ),
        find_link=FindLink(**given["find_link"]) if "find_link" in given else None,
        follow=Follow(**given["follow"]) if "follow" in given else None,
        whole=bool(whole) or isinstance(whole, dict),
        most_removed=float(whole.get("most_removed", 0.2)) if isinstance(whole, dict) else 0.2,
        error_path=errors.get("path", ""),
        error_values=tuple(errors.get("values", ())),
        auth=Auth(**auth),
        since_param=since.get("param", ""),
        since_column=since.get("column", ""),
        since_value=since.get("value", "{since}"),
        since_format=since.get("format", ""),
        overlap_s=since.get("overlap_s", 0),
        rate_per_second=float(rate.get("per_second", 5)),
        burst=rate.get("burst", 5),
        ports=tuple(given.get("ports", ())),
        hosts=tuple(given.get("hosts", ())),
        timeout_s=float(given.get("timeout_s", 60)),
        max_bytes=given.get("max_mib", DEFAULT_MIB) * 1024 * 1024,
        preset=given.get("preset", ""),
        taxii=taxii_facts(given),
        misp=misp_facts(given),
        per_day=rate.get("per_day", 0),
    )
