"""Follow: the main text of the page behind each row of a feed or listing, as the row's column `page`.

A row that was told before is left out: the position holds hashes of the last rows, and of no content. A page that
cannot be had for now leaves its row without it and is asked for again by later runs; one that is gone, forbidden,
refused or no text never is. What lies on another host than the source's and those its facts list is not fetched.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from minerva.intake.errors import BodyError, FetchError, FileError, GuardError, MediaRefused, RetryLater
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.facts.web import Follow
from minerva.intake.formats.read import read_rows
from minerva.intake.rows import Chunk, ReadCounts, Row, Transport
from minerva.intake.web.access import Access
from minerva.intake.web.body import HTML_PAGE
from minerva.intake.web.fetch import Asked, joined
from minerva.intake.web.paging import look_up

COLUMN = "page"
MAX_PAGE_BYTES = 8 * 1024 * 1024
_ARTICLE = ReadFacts(format="article")
_MOST_KNOWN = 5000
_MOST_TRIES = 3
_FOR_GOOD = ("status_400", "status_401", "status_403", "status_404", "status_410", "status_451", "robots")


class FollowedSource:
    """The chunks of another transport, each row with what the page behind it says."""

    def __init__(self, inner: Transport, follow: Follow, access: Access) -> None:
        self._inner = inner
        self._follow = follow
        self._access = access
        self._left = follow.most
        self.met: ReadCounts = inner.met

    def close(self) -> None:
        """Close the connections, which both share."""
        self._inner.close()

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """Chunks of what is new. Raises what the transport raises, and RetryLater for a page."""
        known: dict[str, int] = dict(position.get("followed", {}))
        waits = any(0 < tries < _MOST_TRIES for tries in known.values())
        # A file that did not change is read again while a page of it is still to be had.
        asked = {**position, "digest": "", "etag": "", "modified": ""} if waits and "digest" in position else position
        for chunk in self._inner.chunks(asked):
            after = chunk.after
            after["followed"] = dict(known)
            yield Chunk(self._rows(chunk, known, after), after, chunk.place, chunk.fault)
            known = dict(after.get("followed", known))

    def _rows(self, chunk: Chunk, known: Mapping[str, int], after: dict[str, Any]) -> Iterator[Row]:
        """`known`: hash of a row -> how often its page could not be had, 0 for one that is done with."""
        told: dict[str, int] = {}
        incomplete = False
        for row in chunk.rows:
            if row.columns is None:
                yield row
                continue
            name = _hash(row.columns)
            tries = known.get(name)
            if tries is not None and (tries == 0 or tries >= _MOST_TRIES):
                told[name] = tries
                self.met.add("rows_known")
                continue
            if self._left <= 0:
                incomplete = True
                continue
            page, failed = self._page(row.columns, row.place)
            told[name] = (tries or 0) + 1 if failed else 0
            if failed and tries:
                continue  # it was told without its page before
            yield Row(row.place, {**row.columns, COLUMN: page}, row.fault)
        if not after:
            return  # the transport could not read its file to the end and forgets the position
        after["followed"] = dict([*((n, t) for n, t in known.items() if n not in told), *told.items()][-_MOST_KNOWN:])
        if incomplete:
            self.met.add("pages_left")
            after.update({name: "" for name in ("digest", "etag", "modified") if name in after})

    def _page(self, columns: Mapping[str, Any], place: str) -> tuple[dict[str, Any], bool]:
        """What a page says, {} for nothing; and whether it is worth asking again."""
        link = look_up(dict(columns), self._follow.link)
        if not isinstance(link, str) or not link.strip():
            return {}, False
        self._left -= 1
        try:
            asked = Asked(joined(self._access.base_url + "/", link.strip()), accept="text/html")
            answer = self._access.fetch(asked, promise=HTML_PAGE, max_bytes=MAX_PAGE_BYTES)
            found = next(read_rows(io.BytesIO(answer.body), _ARTICLE, place), None)
        except RetryLater:
            raise
        except GuardError:
            return self._without("pages_elsewhere")
        except (MediaRefused, BodyError, FileError):
            return self._without("pages_unreadable")
        except FetchError as error:
            if error.code in _FOR_GOOD:
                return self._without("pages_gone")
            return self._without("pages_failed")[0], True
        if found is None or found.columns is None:
            return self._without("pages_unreadable")
        self.met.add("pages")
        return dict(found.columns), False

    def _without(self, count: str) -> tuple[dict[str, Any], bool]:
        self.met.add(count)
        return {}, False


def _hash(columns: Mapping[str, Any]) -> str:
    text = json.dumps(columns, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
