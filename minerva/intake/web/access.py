"""Access: what of the web a source may ask for: its own origin, the hosts that its facts list, what robots.txt allows.

The guard has judged every address before; here it is decided whether the source has any business there.
"""

from __future__ import annotations

from typing import BinaryIO

from minerva.intake.errors import BodyError, GuardError
from minerva.intake.facts.web import HttpFacts
from minerva.intake.formats.strict_json import parse_json
from minerva.intake.rows import ReadCounts
from minerva.intake.web.body import MAX_BYTES, Promise, promised
from minerva.intake.web.fetch import Answer, Asked, Fetcher
from minerva.intake.web.paging import look_up
from minerva.intake.web.robots import Robots


class Access:
    """Asks for the pages and files of one source in one run. `robots` None means that robots.txt does not apply."""

    def __init__(self, facts: HttpFacts, fetcher: Fetcher, *, base_url: str = "", robots: Robots | None = None) -> None:
        self._facts = facts
        self._fetcher = fetcher
        self._robots = robots
        self.base_url = base_url.rstrip("/") or facts.base_url
        self.promise = promised(facts.reading)

    def fetch(
        self,
        asked: Asked,
        *,
        promise: Promise | None = None,
        max_bytes: int = MAX_BYTES,
        absent: tuple[int, ...] = (),
        into: BinaryIO | None = None,
    ) -> Answer:
        """The answer. Raises GuardError for a host that is neither the source's own nor listed, FetchError as usual."""
        if not self._fetcher.same_origin(asked.url) and self._fetcher.host_of(asked.url) not in self._facts.hosts:
            raise GuardError("what is to be fetched next lies on another host than the source and those its facts list")
        if self._robots is not None:
            self._robots.check(asked.url)
        return self._fetcher.fetch(
            asked, promise=promise or self.promise, max_bytes=max_bytes, absent=absent, into=into
        )

    def close(self, met: ReadCounts) -> None:
        """Close the connections and hand over the counts."""
        for name in ("requests", "retries", "redirects"):
            met.counts[name] = getattr(self._fetcher.counts, name)
        self._fetcher.close()


def checked_json(facts: HttpFacts, body: bytes) -> object:
    """The document of a JSON answer. Raises BodyError (`error_answer`) if it is the error that the facts describe."""
    document = parse_json(body)
    if facts.error_path:
        found = look_up(document, facts.error_path)
        told = found in facts.error_values if facts.error_values else found not in (None, "", False, [], {})
        if told:
            raise BodyError("error_answer", "the answer has status 200 and says itself that it is an error")
    return document
