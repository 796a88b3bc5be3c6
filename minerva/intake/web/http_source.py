"""HTTP source: the pages of one source as chunks of rows.

Position: `token` of the next page (None: the first), `since` of this round, `high` so far (both time stamps as the
source wrote them), `retry`: pages that could not be read, each with its own `since` and day. A page that cannot be
parsed is put on `retry` and passed over where its successor is known (page and offset paging); else the run stops
there. With a time window: `from`, the first day that is still to be asked for, and `held`, the last that held rows.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from minerva.intake.errors import BodyError, FileError, MediaRefused, PagingError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.facts.web import HttpFacts
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.formats.observed import misp_columns, stix_columns
from minerva.intake.formats.read import read_rows
from minerva.intake.formats.strict_json import parse_json
from minerva.intake.mapping.dates import format_utc, parse_time
from minerva.intake.rows import Chunk, ReadCounts, Row
from minerva.intake.running.spool import MOST, bounded, failed, is_due
from minerva.intake.web.access import Access, checked_json
from minerva.intake.web.fetch import Answer
from minerva.intake.web.paging import Span, Token, day_text, look_up, next_token, page_items, page_request
from minerva.intake.web.shaping import shaped

_MAX_BAD_PAGES = 3
_MAX_REPEATS = 3
"""The same page so often again is the end: some sites give their last page for every number behind it."""
_FUTURE_S = 86_400
"""How far ahead of our clock a row's time may lie and still move `since`: one typing error must not end a source."""


@dataclass(frozen=True)
class _Page:
    rows: list[Row]
    following: Token | None
    digest: str


class HttpSource:
    """Reads the pages of a source. `needed` are the columns that a table must have; `now` is epoch seconds."""

    def __init__(self, facts: HttpFacts, access: Access, *, needed: Sequence[str], now: Callable[[], float]) -> None:
        self._facts = facts
        self._access = access
        self._needed = tuple(needed)
        self._now = now
        self.met = ReadCounts()

    def close(self) -> None:
        """Close the connections and take over the fetcher's counts."""
        self._access.close(self.met)

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """Pages in order, waiting ones of earlier runs first. Raises FetchError, GuardError or PagingError."""
        state = {"token": None, "since": "", "high": "", "retry": [], **position}
        for waiting in filter(is_due, list(state["retry"])):
            state = {**state, "retry": [item for item in state["retry"] if item != waiting]}
            yield self._waiting(waiting, state)
        if self._facts.window is None:
            yield from self._round(state, None)
            return
        for first, last in self._windows(state):
            for chunk in self._round({**state, "from": first.isoformat()}, (first, last)):
                state = chunk.after
                yield chunk

    def _round(self, state: dict[str, Any], days: tuple[date, date] | None) -> Iterator[Chunk]:
        """The pages of one question, from `token` on to the last."""
        bad = pages = repeats = 0
        seen: set[str] = set()
        last_digest = ""
        token: Token | None = state["token"]
        while True:
            pages += 1
            try:
                page = self._page(token, state["since"], days)
            except MediaRefused:
                raise
            except (BodyError, PagingError) as error:
                bad += 1
                skipped = self._after_bad(token)
                if skipped is None or bad >= _MAX_BAD_PAGES or sum(map(is_due, state["retry"])) >= MOST:
                    raise
                code = getattr(error, "code", "paging")
                asked = {"token": token, "since": state["since"], **_days(days)}
                if not any(asked.items() <= item.items() for item in state["retry"]):
                    state = {**state, "retry": self._bounded([*state["retry"], failed(asked, _place(token), code)])}
                state = {**state, "token": skipped}
                yield Chunk((), state, _place(token), code)
                token = skipped
                continue
            bad = 0
            asked = {"token": token, "since": state["since"], **_days(days)}
            state = {**state, "retry": [item for item in state["retry"] if not asked.items() <= item.items()]}
            self.met.add("pages")
            rows, following = page.rows, page.following
            repeats = repeats + 1 if rows and page.digest == last_digest else 0
            last_digest = page.digest
            if repeats:
                self.met.add("pages_repeated")
                rows = []
                if repeats >= _MAX_REPEATS:
                    following = None
            name = _place(following)
            if following is not None and name in seen:
                raise PagingError("the pages lead in a circle; the source has changed or the facts are wrong")
            seen.add(name)
            high = self._highest(rows, state["high"])
            if following is None or following == token or pages >= self._facts.paging.max_pages:
                state = {**state, "token": None, "since": self._next_since(high, state["since"]), "high": ""}
                yield Chunk(rows, self._after_window(state, days, bool(rows)), _place(token))
                return
            kept = None if isinstance(following, dict) else following
            state = {**state, "token": kept, "high": high}
            yield Chunk(rows, state, _place(token))
            token = following

    def _page(self, token: Token | None, since: str, days: tuple[date, date] | None) -> _Page:
        answer = self._access.fetch(page_request(self._facts, self._access.base_url, token, since, self._span(days)))
        try:
            document, rows = answer_rows(self._facts, answer.body, _place(token), self._needed)
        except BodyError as error:
            if token is None or self._facts.reading.format != "html" or error.code != "html":
                raise
            document, rows = None, []  # a listing has come to its end
        following = next_token(
            self._facts, document, answer.headers, answer.url, token, len(rows), body=self._html(answer)
        )
        return _Page(rows, following, hashlib.sha256(answer.body).hexdigest())

    def _html(self, answer: Answer) -> bytes:
        return answer.body if self._facts.reading.format == "html" else b""

    def _waiting(self, waiting: Mapping[str, Any], state: dict[str, Any]) -> Chunk:
        token = waiting.get("token")
        days = None
        if self._facts.window is not None and "first" in waiting:
            days = (date.fromisoformat(waiting["first"]), date.fromisoformat(waiting["last"]))
        try:
            page = self._page(token, str(waiting.get("since", "")), days)
        except MediaRefused:
            raise
        except (BodyError, PagingError) as error:
            code = getattr(error, "code", "paging")
            state["retry"] = self._bounded([*state["retry"], failed(waiting, _place(token), code)])
            return Chunk((), state, _place(token), code)
        self.met.add("pages")
        return Chunk(page.rows, state, _place(token))

    def _bounded(self, waiting: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        held, dropped = bounded(waiting)
        self.met.add("spool_dropped", len(dropped))
        return held

    def _windows(self, state: Mapping[str, Any]) -> Iterator[tuple[date, date]]:
        """First and last day of each window from where the last run came to, up to today."""
        window = self._facts.window
        assert window is not None
        today = datetime.fromtimestamp(self._now(), timezone.utc).date()
        first = date.fromisoformat(state.get("from") or window.start)
        if first > today:
            # The clock stood in the future then: what was asked for since the last rows is asked for again.
            first = min(date.fromisoformat(state.get("held") or window.start), today)
        while first <= today:
            last = min(first + timedelta(days=window.step_days - 1), today)
            yield first, last
            first = last + timedelta(days=1)

    def _after_window(self, state: dict[str, Any], days: tuple[date, date] | None, held: bool) -> dict[str, Any]:
        """The position behind a window. Today is asked for again: it is not over."""
        if days is None:
            return state
        first, last = days
        today = datetime.fromtimestamp(self._now(), timezone.utc).date()
        following = last if last >= today else last + timedelta(days=1)
        more = {"held": first.isoformat()} if held else {}
        return {**state, "from": following.isoformat(), **more}

    def _span(self, days: tuple[date, date] | None) -> Span | None:
        if days is None or self._facts.window is None:
            return None
        form = self._facts.window.format
        first, last = (datetime(day.year, day.month, day.day, tzinfo=timezone.utc) for day in days)
        return Span(day_text(first, form), day_text(last, form))

    def _after_bad(self, token: Token | None) -> Token | None:
        paging = self._facts.paging
        number = token if isinstance(token, int) else None
        if paging.kind == "page":
            return (paging.first if number is None else number) + 1
        if paging.kind == "offset":
            return (0 if number is None else number) + paging.size
        return None

    def _highest(self, rows: Sequence[Row], high: str) -> str:
        if not self._facts.since_column:
            return ""
        best, moment = high, parse_time(high, ("iso",))
        for row in rows:
            text = (row.columns or {}).get(self._facts.since_column)
            found = parse_time(text, ("iso",)) if isinstance(text, str) else None
            if found is None or found.timestamp() > self._now() + _FUTURE_S:
                continue
            if moment is None or found > moment:
                best, moment = str(text), found
        return best

    def _next_since(self, high: str, since: str) -> str:
        moment = parse_time(high, ("iso",))
        if moment is None:
            return since
        before = parse_time(since, ("iso",))
        later = format_utc(moment - timedelta(seconds=self._facts.overlap_s))
        return since if before is not None and format_utc(before) > later else later


def answer_rows(facts: HttpFacts, body: bytes, place: str, needed: Sequence[str] = ()) -> tuple[Any, list[Row]]:
    """The document of a JSON answer (None for other formats) and its rows.

    Raises BodyError or FileError (as BodyError) for what cannot be read at all, PagingError where the list is missing.
    """
    if facts.taxii is not None or facts.misp is not None:
        return None, exchanged_rows(facts, body, place)
    if facts.reading.format == "json" and facts.reading.unpack == "none":
        document = checked_json(facts, body)
        items = shaped(facts, document, page_items(facts, document))
        return document, list(page_rows(items, facts.reading, place))
    try:
        return None, list(read_rows(io.BytesIO(body), facts.reading, place, needed))
    except FileError as error:
        raise BodyError(error.code, str(error)) from None


def exchanged_rows(facts: HttpFacts, body: bytes, place: str) -> list[Row]:
    """The objects of a TAXII envelope, or the event of a MISP feed's file. Raises BodyError, PagingError."""
    document = parse_json(body)
    if facts.misp is not None:
        event = look_up(document, "Event")
        if not isinstance(event, dict):
            raise PagingError("the file holds no event")
        return [cleaned_row(place, misp_columns(event)[0], facts.reading)]
    items = look_up(document, "objects")
    if not isinstance(items, list):
        raise PagingError("the answer is no envelope of objects")
    columns = [stix_columns(item) if isinstance(item, dict) else item for item in items]
    return list(page_rows(columns, facts.reading, place))


def page_rows(items: Sequence[Any], facts: ReadFacts, place: str = "first page") -> Iterator[Row]:
    """The items of a page as rows with their places, null marks emptied and columns renamed as the facts say."""
    for number, item in enumerate(items, 1):
        if number <= facts.skip_rows:
            continue
        name = f"{place} item {number}"
        if isinstance(item, list) and facts.header:
            item = dict(zip(facts.header, item))
        if not isinstance(item, dict):
            yield Row(name, None, "not_object")
        else:
            yield cleaned_row(name, item, facts) if facts.cleans else Row(name, item)


def _days(days: tuple[date, date] | None) -> dict[str, str]:
    return {} if days is None else {"first": days[0].isoformat(), "last": days[1].isoformat()}


def _place(token: Token | None) -> str:
    """A page's name for logs: its number, or a hash of its cursor or URL, which may say too much itself."""
    if token is None:
        return "first page"
    if isinstance(token, dict):
        return f"page {token['page']}"
    return f"page {token}" if isinstance(token, int) else f"page #{hashlib.sha256(token.encode()).hexdigest()[:8]}"
