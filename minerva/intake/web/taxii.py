"""TAXII 2.1: the objects of a server's collections as chunks of rows, asked for from where the last run came to.

Position: per collection `since` (the date added after which is asked), `high` (the last date added that a page named)
and `next` (the server's token of the page to come); a token that the server does not know any more is let go. Dates are
those of the server's own headers, so that its clock alone counts. All goes through the guarded adapter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from minerva.intake.errors import FetchError, PagingError
from minerva.intake.facts.exchange import TaxiiFacts
from minerva.intake.facts.web import HttpFacts
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.formats.observed import stix_columns
from minerva.intake.formats.strict_json import parse_json
from minerva.intake.mapping.dates import parse_time
from minerva.intake.rows import Chunk, ReadCounts, Row
from minerva.intake.web.access import Access
from minerva.intake.web.body import Promise
from minerva.intake.web.fetch import Answer, Asked, joined

MEDIA_TYPE = "application/taxii+json;version=2.1"
DISCOVERY = "/taxii2/"
_PROMISE = Promise(("application/taxii+json", "application/json"), needs_content=False)
_FORGOTTEN = ("status_400", "status_404", "status_410", "status_416")
_LAST = "x-taxii-date-added-last"
_MOST_ROOTS, _MOST_COLLECTIONS, _MOST_KEPT = 20, 500, 1000
_MOST_ID, _MOST_TOKEN, _MOST_DATE = 200, 2048, 64
"""Characters: the position keeps them."""
_MOST_PAGES, _MOST_PAGES_A_RUN = 1000, 5000
"""Of a collection, and of a run; the next run goes on."""


class TaxiiSource:
    """Reads the collections of a TAXII server."""

    def __init__(self, http: HttpFacts, facts: TaxiiFacts, access: Access) -> None:
        self._http = http
        self._facts = facts
        self._access = access
        self._pages = 0
        self.met = ReadCounts()

    def close(self) -> None:
        """Close the connections and take over the fetcher's counts."""
        self._access.close(self.met)

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """Pages of each collection in the server's order. Raises FetchError, GuardError or PagingError."""
        state: dict[str, Any] = {"collections": {}, **position}
        names: set[str] = set()
        for root, collection in self._collections():
            names.add(str(collection["id"]))
            for chunk in self._objects(state, root, collection):
                state = chunk.after
                yield chunk
        listed = {name: at for name, at in state["collections"].items() if name in names}
        if len(listed) < len(state["collections"]):
            yield Chunk((), {**state, "collections": listed}, "collections")

    def _collections(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The API root and the collection, of those that may be read and that the facts name."""
        wanted = set(self._facts.collections)
        seen: set[str] = set()
        for root in self._roots():
            document = self._document(root + "collections/")
            listed = document.get("collections", [])
            if not isinstance(listed, list):
                raise PagingError("the server's list of collections is none")
            for item in listed[:_MOST_COLLECTIONS]:
                if not isinstance(item, dict) or not isinstance(item.get("id"), str):
                    continue
                if not 0 < len(item["id"]) <= _MOST_ID:
                    self.met.add("collections_refused")
                    continue
                names = {str(item[key]) for key in ("id", "alias", "title") if item.get(key)}
                if (wanted and not names & wanted) or (item.get("can_read") is not True and not names & wanted):
                    continue
                seen |= names
                if item.get("can_read") is not True:
                    raise FetchError("not_readable", "the account may not read a collection that the facts name")
                yield root, item
        if wanted - seen:
            raise PagingError("the server has no collection of a name that the facts say")

    def _roots(self) -> list[str]:
        base = self._access.base_url + "/"
        if self._facts.api_root:
            root = self._facts.api_root
            # A path is one behind the source's address, which may hold a path itself.
            return [_folder(root if "://" in root else self._access.base_url + root)]
        where = self._access.base_url + (self._http.path or DISCOVERY)
        document = self._document(where)
        roots = document.get("api_roots") or ([document["default"]] if document.get("default") else [])
        if not isinstance(roots, list) or not roots:
            raise PagingError("the server's discovery names no API root")
        return [
            _folder(joined(base if str(root).startswith("/") else where, str(root))) for root in roots[:_MOST_ROOTS]
        ]

    def _objects(self, state: dict[str, Any], root: str, collection: Mapping[str, Any]) -> Iterator[Chunk]:
        name = str(collection["id"])
        at: dict[str, str] = {"since": "", "high": "", "next": "", **state["collections"].get(name, {})}
        is_resumed = bool(at["next"])
        last_page = b""
        for page in range(1, min(self._http.paging.max_pages, _MOST_PAGES) + 1):
            if self._pages >= _MOST_PAGES_A_RUN:
                self.met.add("pages_put_off")
                return
            self._pages += 1
            try:
                answer = self._ask(root, name, at)
            except FetchError as error:
                if not is_resumed or error.code not in _FORGOTTEN:
                    raise
                at, is_resumed = {**at, "next": ""}, False  # what came before is known by its ids
                continue
            is_resumed = False
            document = _object(parse_json(answer.body)) if answer.body.strip() else {}
            items = document.get("objects", [])
            if not isinstance(items, list):
                raise PagingError("the envelope's objects are no list")
            self.met.add("pages")
            last = answer.headers.get(_LAST, "").strip()
            last = last if len(last) <= _MOST_DATE else ""
            high = _later(last, at["high"])
            following = document.get("next")
            if isinstance(following, str) and len(following) > _MOST_TOKEN:
                following = None
            more = document.get("more") is True
            digest = hashlib.sha256(answer.body).digest()
            if more and digest == last_page:
                raise PagingError("the server gives the same page again and again")
            last_page = digest
            # A token may stay the same from page to page: some servers count on by themselves.
            if more and items and isinstance(following, str) and following:
                at = {**at, "high": high, "next": following}
            elif more and _later(high, at["since"]) != at["since"]:
                at = {"since": high, "high": high, "next": ""}  # section 3.5: a date added serves as well as a token
            elif more:
                raise PagingError("the server says that there is more and not where")
            else:
                at = {"since": _later(high, at["since"]), "high": "", "next": ""}
            others = [(key, held) for key, held in state["collections"].items() if key != name]
            state = {**state, "collections": {**dict(others[-_MOST_KEPT:]), name: at}}
            place = f"collection {name[:8]} page {page}"
            yield Chunk(list(self._rows(items, place, collection)), state, place)
            if not more:
                return

    def _ask(self, root: str, name: str, at: Mapping[str, str]) -> Answer:
        asked = [("limit", str(self._facts.limit))]
        if at["since"]:
            asked.append(("added_after", at["since"]))
        if self._facts.types:
            asked.append(("match[type]", ",".join(self._facts.types)))
        if at["next"]:
            asked.append(("next", at["next"]))
        url = f"{root}collections/{quote(name, safe='')}/objects/?{urlencode(asked)}"
        return self._access.fetch(Asked(url, headers=self._http.headers, accept=MEDIA_TYPE), promise=_PROMISE)

    def _rows(self, items: list[Any], place: str, collection: Mapping[str, Any]) -> Iterator[Row]:
        for number, item in enumerate(items, 1):
            if not isinstance(item, dict):
                yield Row(f"{place} item {number}", None, "not_object")
            else:
                columns = {**stix_columns(item), "_collection": str(collection.get("title") or collection["id"])}
                yield cleaned_row(f"{place} item {number}", columns, self._http.reading)

    def _document(self, url: str) -> dict[str, Any]:
        answer = self._access.fetch(Asked(url, headers=self._http.headers, accept=MEDIA_TYPE), promise=_PROMISE)
        return _object(parse_json(answer.body))


def _object(document: Any) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise PagingError("the server's answer is no TAXII resource")
    return document


def _folder(url: str) -> str:
    return url.rstrip("/") + "/"


def _later(one: str, other: str) -> str:
    """The later of two dates as the server wrote them; the other where one is no date."""
    first, second = parse_time(one, ("iso",)) if one else None, parse_time(other, ("iso",)) if other else None
    if first is None:
        return other
    return one if second is None or first > second else other
