"""Robots: whether a site's robots.txt lets us fetch a path (RFC 9309, read by protego).

A file that does not exist allows all; one that cannot be had (5xx, no answer) forbids all for this run.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from protego import Protego

from minerva.intake.errors import FetchError
from minerva.intake.web.fetch import Fetcher

_MAX_BYTES = 512 * 1024
_ABSENT = (400, 401, 403, 404, 405, 406, 410, 451)
_MAX_DELAY_S = 60.0


class Robots:
    """The rules of each origin, fetched once per run."""

    def __init__(self, fetcher: Fetcher, agent: str = "Minerva-connectors") -> None:
        self._fetcher = fetcher
        self._agent = agent
        self._rules: dict[str, Protego | None] = {}

    def check(self, url: str) -> None:
        """Raises FetchError (code `robots`) if the URL may not be fetched. A crawl delay slows the fetcher down."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = self._load(origin)
        rules = self._rules[origin]
        if rules is None:
            raise FetchError(
                "robots_unread", f"{parts.hostname}: robots.txt cannot be had, so nothing is fetched in this run"
            )
        if not rules.can_fetch(url, self._agent):
            raise FetchError("robots", f"{parts.hostname}: robots.txt forbids this path")

    def _load(self, origin: str) -> Protego | None:
        try:
            answer = self._fetcher.get(
                f"{origin}/robots.txt",
                types=("text/plain", "text/html", ""),
                max_bytes=_MAX_BYTES,
                accept="text/plain",
                absent=_ABSENT,
            )
        except FetchError:
            return None
        rules = Protego.parse(answer.body.decode("utf-8", "replace"))
        delay = rules.crawl_delay(self._agent)
        if delay:
            self._fetcher.slow_to(1 / min(float(delay), _MAX_DELAY_S))
        return rules
