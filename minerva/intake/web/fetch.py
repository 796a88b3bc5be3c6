"""Fetch: one GET, guarded: address check, politeness, retries, redirects by hand, bounded body.

Only GET is ever sent, so that trying again is safe. Cookies are neither kept nor sent. Messages name the host and the
status, never the path's query or the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError

from minerva.intake.errors import BodyError, FetchError, GuardError, RetryLater
from minerva.intake.pace import MAX_TRIES, RETRY_STATUSES, Bucket, Timing, backoff_s, retry_after_s
from minerva.intake.web.body import JSON_TYPES, MAX_BYTES, check_type, read_body
from minerva.intake.web.connection import CONNECT_TIMEOUT_S, READ_TIMEOUT_S, PinnedAdapter, Route
from minerva.intake.web.guard import Guard, Target

USER_AGENT = (
    "Minerva-connectors/0.1 (human-trafficking research; operator contact: see robots policy of the installation)"
)
MAX_REDIRECTS = 5
PATIENCE_S = 120.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Answer:
    """A successful answer: its final URL, headers (names in lower case) and unpacked body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class FetchCounts:
    """What the fetcher did, for the run's report."""

    requests: int = 0
    retries: int = 0
    redirects: int = 0
    refused_media: int = 0
    statuses: dict[int, int] = field(default_factory=dict)


class Fetcher:
    """Fetches for one source and one run. `secret_headers` go to the origin of `base_url` and nowhere else."""

    def __init__(
        self,
        guard: Guard,
        *,
        base_url: str,
        secret_headers: Mapping[str, str] | None = None,
        bucket: Bucket | None = None,
        timing: Timing | None = None,
        timeout_s: float = 60.0,
        user_agent: str = USER_AGENT,
        ca_file: str | None = None,
    ) -> None:
        self._guard = guard
        self._timing = timing or Timing()
        self._bucket = bucket or Bucket(0, 1, self._timing)
        self._origin = guard.check(base_url).origin
        self._secrets = dict(secret_headers or {})
        self._timeout_s = timeout_s
        self._user_agent = user_agent
        self._verify: Any = ca_file or True
        self._adapters: dict[tuple[str, str, int], tuple[Route, PinnedAdapter]] = {}
        self.counts = FetchCounts()

    def close(self) -> None:
        """Close every connection."""
        for _, adapter in self._adapters.values():
            adapter.close()
        self._adapters.clear()

    def same_origin(self, url: str) -> bool:
        """True if a URL (checked by the guard) belongs to the source's own scheme, host and port."""
        return self._guard.check(url).origin == self._origin

    def slow_to(self, per_second: float) -> None:
        """Go no faster than this from now on (a robots.txt crawl delay)."""
        if self._bucket.per_second == 0 or per_second < self._bucket.per_second:
            self._bucket.per_second = per_second

    def get(
        self,
        url: str,
        *,
        types: tuple[str, ...] = JSON_TYPES,
        max_bytes: int = MAX_BYTES,
        accept: str = "application/json",
        absent: tuple[int, ...] = (),
    ) -> Answer:
        """The answer to a GET; statuses in `absent` come back with an empty body.

        Raises GuardError at once, FetchError after at most 5 tries, RetryLater if asked to wait above two minutes.
        """
        for attempt in range(1, MAX_TRIES + 1):
            wait: float | None = None
            try:
                status, headers, final, body = self._follow(url, types, max_bytes, accept, absent)
            except (OSError, HTTPError, requests.RequestException) as error:
                # The class says what happened; the text may hold the URL with its query.
                failure = FetchError("transport", f"{self._origin[1]}: {type(error).__name__} on try {attempt}")
            else:
                if status == 200 or status in absent:
                    return Answer(final, status, headers, body)
                failure = FetchError(f"status_{status}", f"{self._origin[1]}: status {status} on try {attempt}")
                if status not in RETRY_STATUSES:
                    raise failure
                wait = retry_after_s(headers.get("retry-after"), self._timing.now())
            if wait is not None and wait > PATIENCE_S:
                raise RetryLater(wait)
            if attempt == MAX_TRIES:
                raise failure
            self.counts.retries += 1
            pause = backoff_s(attempt, self._timing)
            self._timing.sleep(pause if wait is None else wait + pause)
        raise AssertionError("unreachable")

    def _follow(
        self, url: str, types: tuple[str, ...], max_bytes: int, accept: str, absent: tuple[int, ...]
    ) -> tuple[int, dict[str, str], str, bytes]:
        target = self._guard.check(url)
        deadline = self._timing.monotonic() + self._timeout_s
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(target, accept, deadline)
            try:
                headers = {name.lower(): value for name, value in response.headers.items()}
                if response.status_code not in _REDIRECTS:
                    body = b""
                    if response.status_code == 200 and 200 not in absent:
                        body = self._body(response, headers, types, max_bytes)
                    return response.status_code, headers, target.url, body
            finally:
                response.close()
            self.counts.redirects += 1
            following = self._guard.check(urljoin(target.url, headers.get("location", "")))
            if target.scheme == "https" and following.scheme == "http":
                raise GuardError(f"{target.host}: redirects from https to http")
            target = following
        raise FetchError("redirects", f"{target.host}: more than {MAX_REDIRECTS} redirects")

    def _send(self, target: Target, accept: str, deadline: float) -> requests.Response:
        self._bucket.take()
        found = self._adapters.get(target.origin)
        if found is None:
            route = Route(target.address, self._timing.monotonic)
            found = self._adapters[target.origin] = (route, PinnedAdapter(route))
        route, adapter = found
        route.deadline = deadline
        headers = {"User-Agent": self._user_agent, "Accept": accept, "Accept-Encoding": "gzip"}
        if target.origin == self._origin:
            headers.update(self._secrets)
        request = requests.Request("GET", target.url, headers=headers).prepare()
        self.counts.requests += 1
        response = adapter.send(
            request, stream=True, timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S), verify=self._verify, proxies={}
        )
        self.counts.statuses[response.status_code] = self.counts.statuses.get(response.status_code, 0) + 1
        return response

    def _body(
        self, response: requests.Response, headers: Mapping[str, str], types: tuple[str, ...], max_bytes: int
    ) -> bytes:
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > max_bytes:
            raise BodyError("too_large", f"the answer is larger than {max_bytes} bytes")
        check_type(headers.get("content-type", ""), types)
        raw = response.raw
        body = read_body(
            lambda size: raw.read(size, decode_content=False) or b"",
            headers.get("content-encoding", ""),
            max_bytes=max_bytes,
        )
        if length.isdigit() and headers.get("content-encoding", "") == "" and len(body) != int(length):
            # urllib3 1.26 does not notice a body that ends early; a page cut short must be asked for again.
            raise requests.ConnectionError("the answer ended early")
        return body
