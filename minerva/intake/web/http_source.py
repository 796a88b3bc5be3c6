"""HTTP source: the pages of one source as chunks of rows.

Position: `token` of the next page (None: the first), `since` of this round, `high` so far (both time stamps as the
source wrote them), `retry`: pages that could not be read, each with its own `since`. A page that cannot be parsed is
put on `retry` and passed over where its successor is known (page and offset paging); else the run stops there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from minerva.intake.errors import BodyError, GuardError, MediaRefused, PagingError
from minerva.intake.facts.transport import HttpFacts
from minerva.intake.formats.strict_json import parse_json
from minerva.intake.mapping.dates import format_utc, parse_time
from minerva.intake.rows import Chunk, ReadCounts, Row
from minerva.intake.web.fetch import Answer, Fetcher
from minerva.intake.web.paging import Token, next_token, page_items, page_url
from minerva.intake.web.robots import Robots

_MAX_BAD_PAGES = 3
_MAX_RETRY_PAGES = 100


class HttpSource:
    """Reads a source by its HTTP facts through a Fetcher. `robots` None means that robots.txt does not apply."""

    def __init__(self, facts: HttpFacts, fetcher: Fetcher, *, base_url: str = "", robots: Robots | None = None) -> None:
        self._facts = facts
        self._fetcher = fetcher
        self._base_url = base_url.rstrip("/") or facts.base_url
        self._robots = robots
        self.met = ReadCounts()

    def close(self) -> None:
        """Close the connections and take over the fetcher's counts."""
        for name in ("requests", "retries", "redirects"):
            self.met.counts[name] = getattr(self._fetcher.counts, name)
        self._fetcher.close()

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """Pages in order, waiting ones of earlier runs first. Raises FetchError, GuardError or PagingError."""
        state = {"token": None, "since": "", "high": "", "retry": [], **position}
        for waiting in list(state["retry"]):
            state = {**state, "retry": [item for item in state["retry"] if item != waiting]}
            yield self._waiting(waiting, state)
        bad = pages = 0
        while True:
            token: Token | None = state["token"]
            pages += 1
            try:
                answer = self._fetch(token, state["since"])
                document = parse_json(answer.body)
                items = page_items(self._facts, document)
                following = next_token(self._facts, document, answer.headers, answer.url, token, len(items))
            except MediaRefused:
                raise
            except (BodyError, PagingError) as error:
                bad += 1
                skipped = self._after_bad(token)
                if skipped is None or bad >= _MAX_BAD_PAGES or len(state["retry"]) >= _MAX_RETRY_PAGES:
                    raise
                retry = [*state["retry"], {"token": token, "since": state["since"]}]
                state = {**state, "token": skipped, "retry": retry}
                yield Chunk((), state, _place(token), getattr(error, "code", "paging"))
                continue
            bad = 0
            self.met.add("pages")
            high = self._highest(items, state["high"])
            if following is None or following == token or pages >= self._facts.paging.max_pages:
                state = {**state, "token": None, "since": self._next_since(high, state["since"]), "high": ""}
                yield Chunk(page_rows(items, token), state)
                return
            state = {**state, "token": following, "high": high}
            yield Chunk(page_rows(items, token), state)

    def _waiting(self, waiting: Mapping[str, Any], state: dict[str, Any]) -> Chunk:
        token = waiting.get("token")
        try:
            items = page_items(self._facts, parse_json(self._fetch(token, str(waiting.get("since", ""))).body))
        except MediaRefused:
            raise
        except (BodyError, PagingError) as error:
            state["retry"] = [*state["retry"], dict(waiting)]
            return Chunk((), state, _place(token), getattr(error, "code", "paging"))
        self.met.add("pages")
        return Chunk(page_rows(items, token), state)

    def _fetch(self, token: Token | None, since: str) -> Answer:
        url = page_url(self._facts, self._base_url, token, since)
        if not self._fetcher.same_origin(url):
            raise GuardError("the next page lies on another host than the source")
        if self._robots is not None:
            self._robots.check(url)
        return self._fetcher.get(url)

    def _after_bad(self, token: Token | None) -> Token | None:
        paging = self._facts.paging
        if paging.kind == "page":
            return (paging.first if token is None else int(token)) + 1
        if paging.kind == "offset":
            return (0 if token is None else int(token)) + paging.size
        return None

    def _highest(self, items: list[Any], high: str) -> str:
        if not self._facts.since_column:
            return ""
        best, moment = high, parse_time(high, ("iso",))
        for item in items:
            text = item.get(self._facts.since_column) if isinstance(item, dict) else None
            found = parse_time(text, ("iso",)) if isinstance(text, str) else None
            if found is not None and (moment is None or found > moment):
                best, moment = str(text), found
        return best

    def _next_since(self, high: str, since: str) -> str:
        moment = parse_time(high, ("iso",))
        if moment is None:
            return since
        before = parse_time(since, ("iso",))
        later = format_utc(moment - timedelta(seconds=self._facts.overlap_s))
        return since if before is not None and format_utc(before) > later else later


def page_rows(items: list[Any], token: Token | None) -> Iterator[Row]:
    """The items of a page as rows with their places."""
    for number, item in enumerate(items, 1):
        place = f"{_place(token)} item {number}"
        yield Row(place, item) if isinstance(item, dict) else Row(place, None, "not_object")


def _place(token: Token | None) -> str:
    """A page's name for logs: its number, or a hash of its cursor or URL, which may say too much itself."""
    if token is None:
        return "first page"
    return f"page {token}" if isinstance(token, int) else f"page #{hashlib.sha256(token.encode()).hexdigest()[:8]}"
