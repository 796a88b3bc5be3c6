"""Paging: what is asked for next, read from facts.

Kinds: none, page (number), offset (with a limit), cursor (a token of the answer), next_url (a URL in the answer or a
link of the page), link_header (RFC 8288 rel="next"), postback (the form of an ASP.NET page, sent back). A token is what
leads to the next page; None starts, and the end of pages is None again. No key of an account is ever put into one.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Union
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from minerva.intake.errors import PagingError
from minerva.intake.facts.web import HttpFacts
from minerva.intake.mapping.dates import parse_time
from minerva.intake.web.fetch import Asked, joined, without_query
from minerva.intake.web.links import hidden_fields, linked

Token = Union[int, str, dict[str, Any]]
"""A number, a cursor or URL, or the page and hidden fields of a form; the last is not kept from run to run."""

_LINK = re.compile(r'<([^<>]*)>\s*((?:;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+)\s*)*)')
_NUMBER = re.compile(r"[0-9]{1,18}")
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)
ACCEPT = {
    "json": "application/json",
    "geojson": "application/geo+json, application/json",
    "xml": "application/xml, text/xml",
    "rss": "application/rss+xml, application/atom+xml, application/xml",
    "html": "text/html",
}


@dataclass(frozen=True)
class Span:
    """The days that a time window asks for, both as the source wants them written."""

    first: str
    last: str


def look_up(document: Any, dotted: str) -> Any:
    """The value at a dotted path of objects, the document itself for "", None where it is absent."""
    for key in filter(None, dotted.split(".")):
        if not isinstance(document, dict):
            return None
        document = document.get(key)
    return document


def page_request(
    facts: HttpFacts, base_url: str, token: Token | None, since: str = "", span: Span | None = None
) -> Asked:
    """The request for the page that `token` leads to."""
    paging = facts.paging
    accept = ACCEPT.get(facts.reading.format, "*/*")
    if token is not None and paging.kind in ("next_url", "link_header"):
        return Asked(str(token), headers=facts.headers, accept=accept)
    if isinstance(token, dict):
        form = {**(facts.body if facts.body_kind == "form" else {}), **token["fields"]}
        return _asked(facts, base_url, dict(facts.params), urlencode(form).encode(), accept)
    given: dict[str, Any] = {}
    if paging.size_param:
        given[paging.size_param] = paging.size
    if facts.since_param and since:
        given[facts.since_param] = facts.since_value.replace("{since}", _since(since, facts.since_format))
    if facts.window is not None and span is not None:
        given[facts.window.first] = span.first
        if facts.window.last:
            given[facts.window.last] = span.last
    if paging.kind == "page":
        given[paging.param] = paging.first if token is None else token
    elif paging.kind == "offset":
        given[paging.param] = 0 if token is None else token
    elif paging.kind == "cursor" and token is not None:
        given[paging.param] = token
    if paging.place == "body" and facts.body_kind:
        return _asked(facts, base_url, dict(facts.params), _body(facts, given), accept)
    query = {**facts.params, **{name: str(value) for name, value in given.items()}}
    return _asked(facts, base_url, query, _body(facts, {}) if facts.body_kind else b"", accept)


def file_request(facts: HttpFacts, base_url: str, path: str = "") -> Asked:
    """The request for a file of the source; `path` with the number or date of a sequence filled in."""
    body = _body(facts, {}) if facts.body_kind else b""
    return _asked(facts, base_url, dict(facts.params), body, "*/*", path or facts.path)


def _asked(
    facts: HttpFacts, base_url: str, query: Mapping[str, str], body: bytes, accept: str, path: str = ""
) -> Asked:
    parts = urlsplit(base_url + (path or facts.path))
    pairs = [*parse_qsl(parts.query, keep_blank_values=True), *query.items()]
    url = urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(pairs), ""))
    if not body and facts.method == "GET":
        return Asked(url, headers=facts.headers, accept=accept)
    kind = "application/json" if facts.body_kind == "json" else "application/x-www-form-urlencoded"
    return Asked(url, "POST", body, kind, facts.headers, accept)


def _body(facts: HttpFacts, given: Mapping[str, Any]) -> bytes:
    if facts.body_kind == "form":
        return urlencode({**facts.body, **given}).encode()
    document = copy.deepcopy(facts.body)
    for dotted, value in given.items():
        at = document
        *above, last = dotted.split(".")
        for key in above:
            at = at.setdefault(key, {}) if isinstance(at, dict) else {}
        if isinstance(at, dict):
            at[last] = value
    return json.dumps(document, ensure_ascii=False).encode()


def _since(since: str, form: str) -> str:
    moment = parse_time(since, ("iso",)) if form else None
    return since if moment is None else moment.astimezone(timezone.utc).strftime(form)


def day_text(moment: datetime, form: str) -> str:
    """A day as the facts' format says; `epoch` and `epoch_ms` are numbers."""
    if form in ("epoch", "epoch_ms"):
        return str(int(moment.timestamp()) * (1000 if form == "epoch_ms" else 1))
    return moment.strftime(form)


def page_items(facts: HttpFacts, document: Any) -> list[Any]:
    """The items of a JSON page. Raises PagingError if the answer holds no list where the facts say."""
    path = facts.reading.items
    items = look_up(document, path)
    if not isinstance(items, list):
        raise PagingError(f"the answer holds no list at {path or '(top)'!r}; the source has changed or the facts wrong")
    return items


def next_token(
    facts: HttpFacts,
    document: Any,
    headers: Mapping[str, str],
    url: str,
    token: Token | None,
    count: int,
    body: bytes = b"",
) -> Token | None:
    """The token of the next page, None after the last. `count`: items of this page; `document` None where not JSON."""
    paging = facts.paging
    if paging.kind == "page":
        current = paging.first if token is None else _whole(token)
        if not paging.field:
            return current + 1 if count and _more(facts, document) else None
        pages = _number(document, paging.field)
        return current + 1 if current - paging.first + 1 < pages else None
    if paging.kind == "offset":
        offset = (0 if token is None else _whole(token)) + count
        if not count or not _more(facts, document):
            return None
        return offset if not paging.total_field or offset < _number(document, paging.total_field) else None
    if paging.kind == "cursor":
        return _text(look_up(document, paging.field))
    found: str | None = None
    if paging.kind == "next_url":
        if paging.field:
            found = _text(look_up(document, paging.field))
        else:
            found = linked(body, select=paging.select, pattern=paging.pattern)
        found = joined(url, found) if found else None
    elif paging.kind == "link_header":
        found = _link_next(headers.get("link", ""), url)
    elif paging.kind == "postback":
        return _postback(facts, body, token)
    return without_query(found, facts.auth.name if facts.auth.kind == "query" else "") if found else None


def _more(facts: HttpFacts, document: Any) -> bool:
    """What the answer says itself about further pages; True where the facts know no such field."""
    return not facts.paging.more_field or look_up(document, facts.paging.more_field) in (True, "true", 1)


def _postback(facts: HttpFacts, body: bytes, token: Token | None) -> Token | None:
    number = (int(token["page"]) if isinstance(token, dict) else facts.paging.first) + 1
    argument = facts.paging.argument.replace("{page}", str(number))
    if not re.search(re.escape(argument.encode()) + rb"(?!\d)", body):
        return None
    fields = {**hidden_fields(body), "__EVENTTARGET": facts.paging.target, "__EVENTARGUMENT": argument}
    return {"page": number, "fields": fields}


def _whole(token: Token) -> int:
    return int(token) if isinstance(token, (int, str)) else 0


def _number(document: Any, dotted: str) -> int:
    value: Any = look_up(document, dotted)
    if isinstance(value, bool) or not isinstance(value, (int, str)) or not _NUMBER.fullmatch(str(value)):
        raise PagingError(f"the answer holds no whole number at {dotted!r}")
    return int(value)


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise PagingError("the answer's pointer to the next page is neither text nor number")
    return str(value)


def _link_next(header: str, url: str) -> str | None:
    for target, parameters in _LINK.findall(header[:8192]):
        for quoted, bare in _REL.findall(parameters):
            if "next" in (quoted or bare).lower().split():
                return joined(url, target)
    return None
