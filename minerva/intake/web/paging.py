"""Paging: which URL comes next, read from facts.

Kinds: none, page (number), offset (with a limit), cursor (a token of the answer), next_url (a URL in the answer),
link_header (RFC 8288 rel="next"). A token is the JSON-able state that leads to the next page; None starts, and the
end of pages is None again. No key or token of an account is ever put into a URL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Union
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from minerva.intake.errors import PagingError
from minerva.intake.facts.transport import HttpFacts

Token = Union[int, str]

_LINK = re.compile(r'<([^<>]*)>\s*((?:;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+)\s*)*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


def look_up(document: Any, dotted: str) -> Any:
    """The value at a dotted path of objects, the document itself for "", None where it is absent."""
    for key in filter(None, dotted.split(".")):
        if not isinstance(document, dict):
            return None
        document = document.get(key)
    return document


def page_url(facts: HttpFacts, base_url: str, token: Token | None, since: str) -> str:
    """The URL of the page that `token` leads to."""
    paging = facts.paging
    if token is not None and paging.kind in ("next_url", "link_header"):
        return str(token)
    query = dict(facts.params)
    if paging.size_param:
        query[paging.size_param] = str(paging.size)
    if facts.since_param and since:
        query[facts.since_param] = since
    if paging.kind == "page":
        query[paging.param] = str(paging.first if token is None else token)
    elif paging.kind == "offset":
        query[paging.param] = str(0 if token is None else token)
    elif paging.kind == "cursor" and token is not None:
        query[paging.param] = str(token)
    parts = urlsplit(base_url + facts.path)
    pairs = [*parse_qsl(parts.query), *query.items()]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(pairs), ""))


def page_items(facts: HttpFacts, document: Any) -> list[Any]:
    """The items of a page. Raises PagingError if the answer holds no list where the facts say."""
    path = facts.reading.items
    items = look_up(document, path)
    if not isinstance(items, list):
        raise PagingError(
            f"the answer holds no list at {path or '(top)'!r}; the source has changed or the facts are wrong"
        )
    return items


def next_token(
    facts: HttpFacts, document: Any, headers: Mapping[str, str], url: str, token: Token | None, count: int
) -> Token | None:
    """The token of the next page, None after the last. `count` is the number of items of this page."""
    paging = facts.paging
    if paging.kind == "page":
        current = paging.first if token is None else int(token)
        if not paging.field:
            return current + 1 if count else None
        pages = _number(document, paging.field)
        return current + 1 if current - paging.first + 1 < pages else None
    if paging.kind == "offset":
        offset = (0 if token is None else int(token)) + count
        if not count:
            return None
        return offset if not paging.total_field or offset < _number(document, paging.total_field) else None
    if paging.kind == "cursor":
        return _text(look_up(document, paging.field))
    if paging.kind == "next_url":
        found = _text(look_up(document, paging.field))
        return urljoin(url, found) if found else None
    if paging.kind == "link_header":
        return _link_next(headers.get("link", ""), url)
    return None


def _number(document: Any, dotted: str) -> int:
    value: Any = look_up(document, dotted)
    if isinstance(value, bool) or not isinstance(value, (int, str)) or not str(value).isdigit():
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
                return str(urljoin(url, target))
    return None
