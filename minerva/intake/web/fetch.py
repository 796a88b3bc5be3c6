"""Fetch: one request, guarded: address check, politeness, retries, redirects by hand, bounded body.

A POST is sent only where the facts say that the source is asked so, which makes it a question: trying again is safe.
Messages name the host and the status, never the path's query or the body. What is secret is added when a request goes
out, to the source's own origin alone, so that no URL that anything else sees holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Protocol
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

import requests
from urllib3.exceptions import HTTPError

from minerva.intake.errors import BodyError, FetchError, GuardError, RetryLater
from minerva.intake.pace import MAX_TRIES, RETRY_STATUSES, Bucket, Timing, backoff_s, retry_after_s
from minerva.intake.web.body import JSON_TYPES, MAX_BYTES, Promise, body_parts, check_type
from minerva.intake.web.connection import CONNECT_TIMEOUT_S, READ_TIMEOUT_S, PinnedAdapter, Route
from minerva.intake.web.guard import Guard, Target

USER_AGENT = (
    "Minerva-connectors/0.1 (human-trafficking research; operator contact: see robots policy of the installation)"
)
MAX_REDIRECTS = 5
PATIENCE_S = 120.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEP_BODY = frozenset({307, 308})
_LENGTH = re.compile(r"[0-9]{1,18}")
_COOKIE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,128})=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{0,4096})")
_MOST_COOKIES = 20
ANY_JSON = Promise(JSON_TYPES, needs_content=False)


@dataclass(frozen=True)
class Asked:
    """A request: what is asked of which URL. `plain`: nothing secret is added, and no cookie."""

    url: str
    method: str = "GET"
    body: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    accept: str = "application/json"
    plain: bool = False


@dataclass(frozen=True)
class Secrets:
    """What is added to a request to the source's own origin."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)


class Credentials(Protocol):
    """Where secrets come from. `renew` is called after status 401 and says whether asking again makes sense."""

    def secrets(self, fetcher: Fetcher) -> Secrets: ...

    def renew(self) -> bool: ...


@dataclass(frozen=True)
class Fixed:
    """Secrets that do not change during a run."""

    given: Secrets = Secrets()

    def secrets(self, fetcher: Fetcher) -> Secrets:
        """The same ones."""
        return self.given

    def renew(self) -> bool:
        """There are no others."""
        return False


@dataclass(frozen=True)
class Answer:
    """A successful answer: its final URL, headers (names in lower case) and unpacked body (b"" if a file took it)."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass
class FetchCounts:
    """What the fetcher did, for the run's report."""

    requests: int = 0
    retries: int = 0
    redirects: int = 0
    statuses: dict[int, int] = field(default_factory=dict)


class Fetcher:
    """Fetches for one source and one run. Secrets go to the origin of `base_url` and nowhere else.

    `keeps_session`: cookies of that origin are kept in memory for the run, as forms of some sites need.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        base_url: str,
        secret_headers: Mapping[str, str] | None = None,
        credentials: Credentials | None = None,
        bucket: Bucket | None = None,
        timing: Timing | None = None,
        timeout_s: float = 60.0,
        user_agent: str = USER_AGENT,
        ca_file: str | None = None,
        keeps_session: bool = False,
    ) -> None:
        self._guard = guard
        self._timing = timing or Timing()
        self._bucket = bucket or Bucket(0, 1, self._timing)
        self._origin = guard.check(base_url).origin
        self._credentials: Credentials = credentials or Fixed(Secrets(dict(secret_headers or {})))
        self._timeout_s = timeout_s
        self._user_agent = user_agent
        self._verify: Any = ca_file or True
        self._keeps_session = keeps_session
        self._cookies: dict[str, str] = {}
        self._adapters: dict[tuple[str, str, int], tuple[Route, PinnedAdapter]] = {}
        self.counts = FetchCounts()

    def close(self) -> None:
        """Close every connection."""
        for _, adapter in self._adapters.values():
            adapter.close()
        self._adapters.clear()
        self._cookies.clear()

    def same_origin(self, url: str) -> bool:
        """True if a URL (checked by the guard) belongs to the source's own scheme, host and port."""
        return self._guard.check(url).origin == self._origin

    def host_of(self, url: str) -> str:
        """The host of a URL, checked by the guard. Raises GuardError."""
        return self._guard.check(url).host

    def slow_to(self, per_second: float) -> None:
        """Go no faster than this from now on (a robots.txt crawl delay)."""
        if self._bucket.per_second == 0 or per_second < self._bucket.per_second:
            self._bucket.per_second = per_second

    def get(
        self,
        url: str,
        *,
        types: tuple[str, ...] | None = None,
        max_bytes: int = MAX_BYTES,
        accept: str = "application/json",
        absent: tuple[int, ...] = (),
    ) -> Answer:
        """The answer to a GET; see `fetch`. `types`: what its Content-Type may be, JSON if none are given."""
        promise = ANY_JSON if types is None else Promise(types, is_html=True, needs_content=False)
        return self.fetch(Asked(url, accept=accept), promise=promise, max_bytes=max_bytes, absent=absent)

    def fetch(
        self,
        asked: Asked,
        *,
        promise: Promise = ANY_JSON,
        max_bytes: int = MAX_BYTES,
        absent: tuple[int, ...] = (),
        into: BinaryIO | None = None,
    ) -> Answer:
        """The answer to a request; statuses in `absent` come back with an empty body. `into` takes the body instead.

        Raises GuardError at once, FetchError after at most 5 tries, RetryLater if asked to wait above two minutes;
        OSError only for what `into` raises.
        """
        renewed = False
        for attempt in range(1, MAX_TRIES + 1):
            wait: float | None = None
            try:
                status, headers, final, body = self._follow(asked, promise, max_bytes, absent, into)
            except _SinkError as error:
                raise error.cause from None
            except (OSError, HTTPError, requests.RequestException) as error:
                # The class says what happened; the text may hold the URL with its query.
                failure = FetchError("transport", f"{self._origin[1]}: {type(error).__name__} on try {attempt}")
            else:
                if status == 200 or status in absent:
                    return Answer(final, status, headers, body)
                failure = FetchError(f"status_{status}", f"{self._origin[1]}: status {status} on try {attempt}")
                if status == 401 and not asked.plain and not renewed and self._credentials.renew():
                    renewed = True
                    continue
                if status not in RETRY_STATUSES:
                    raise failure
                wait = retry_after_s(headers.get("retry-after"), self._timing.now())
                if wait:
                    self._bucket.hold(self._guard.check(final).host, wait)
            if wait is not None and wait > PATIENCE_S:
                raise RetryLater(wait)
            if attempt == MAX_TRIES:
                raise failure
            self.counts.retries += 1
            pause = backoff_s(attempt, self._timing)
            self._timing.sleep(pause if wait is None else wait + pause)
        raise FetchError("status_401", f"{self._origin[1]}: status 401 after the key was renewed")

    def _follow(
        self, asked: Asked, promise: Promise, max_bytes: int, absent: tuple[int, ...], into: BinaryIO | None
    ) -> tuple[int, dict[str, str], str, bytes]:
        target = self._guard.check(asked.url)
        deadline = self._timing.monotonic() + self._timeout_s
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(target, asked, deadline)
            try:
                headers = {name.lower(): value for name, value in response.headers.items()}
                if response.status_code not in _REDIRECTS:
                    body = b""
                    if response.status_code == 200 and 200 not in absent:
                        parts = self._body(response, headers, promise, max_bytes)
                        if into is None:
                            body = b"".join(parts)
                        else:
                            _write(parts, into)
                    return response.status_code, headers, target.url, body
            finally:
                response.close()
            self.counts.redirects += 1
            following = self._guard.check(joined(target.url, headers.get("location", "")))
            if target.scheme == "https" and following.scheme == "http":
                raise GuardError(f"{target.host}: redirects from https to http")
            if asked.method == "POST":
                if response.status_code not in _KEEP_BODY:
                    asked = replace(asked, method="GET", body=b"", content_type="")
                elif following.origin != target.origin:
                    raise GuardError(f"{target.host}: redirects what was posted to another host")
            if following.origin != target.origin:
                asked = replace(asked, headers={})  # those of a token request hold the client's secret
            target = following
        raise FetchError("redirects", f"{target.host}: more than {MAX_REDIRECTS} redirects")

    def _send(self, target: Target, asked: Asked, deadline: float) -> requests.Response:
        url = target.url
        headers = {**asked.headers, "User-Agent": self._user_agent, "Accept": asked.accept, "Accept-Encoding": "gzip"}
        own = target.origin == self._origin and not asked.plain
        if own:
            secrets = self._credentials.secrets(self)
            headers.update(secrets.headers)
            url = with_query(url, secrets.query)
            if self._cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if asked.content_type:
            headers["Content-Type"] = asked.content_type
        self._bucket.take(target.host)
        found = self._adapters.get(target.origin)
        if found is None:
            route = Route(target.address, self._timing.monotonic)
            found = self._adapters[target.origin] = (route, PinnedAdapter(route))
        route, adapter = found
        route.deadline = deadline
        request = requests.Request(asked.method, url, headers=headers, data=asked.body or None).prepare()
        self.counts.requests += 1
        response = adapter.send(
            request, stream=True, timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S), verify=self._verify, proxies={}
        )
        self.counts.statuses[response.status_code] = self.counts.statuses.get(response.status_code, 0) + 1
        if own and self._keeps_session:
            self._keep_cookies(response)
        return response

    def _keep_cookies(self, response: requests.Response) -> None:
        given = response.raw.headers.getlist("set-cookie") if response.raw is not None else []
        for text in given[:_MOST_COOKIES]:
            found = _COOKIE.match(text)
            if found and (found[1] in self._cookies or len(self._cookies) < _MOST_COOKIES):
                self._cookies[found[1]] = found[2]

    def _body(
        self, response: requests.Response, headers: Mapping[str, str], promise: Promise, max_bytes: int
    ) -> Iterator[bytes]:
        length, encoding = headers.get("content-length", ""), headers.get("content-encoding", "")
        told = int(length) if _LENGTH.fullmatch(length) else None
        if told is not None and told > max_bytes:
            raise BodyError("too_large", f"the answer is larger than {max_bytes} bytes")
        check_type(headers.get("content-type", ""), promise.types)
        raw, size = response.raw, 0
        for part in body_parts(
            lambda most: raw.read(most, decode_content=False) or b"", encoding, max_bytes=max_bytes, promise=promise
        ):
            size += len(part)
            yield part
        if told is not None and encoding == "" and size != told:
            # urllib3 1.26 does not notice a body that ends early; a page cut short must be asked for again.
            raise requests.ConnectionError("the answer ended early")


class _SinkError(Exception):
    """What the file said that a body was written to."""

    def __init__(self, cause: OSError) -> None:
        super().__init__("the file cannot be written")
        self.cause = cause


def _write(parts: Iterator[bytes], into: BinaryIO) -> None:
    try:
        into.seek(0)
        into.truncate()
    except OSError as error:
        raise _SinkError(error) from None
    for part in parts:
        try:
            into.write(part)
        except OSError as error:
            raise _SinkError(error) from None
    try:
        into.flush()
    except OSError as error:
        raise _SinkError(error) from None


def joined(base: str, found: str) -> str:
    """The address that a page or header names, as seen from `base`. Raises GuardError where it is none."""
    try:
        return str(urljoin(base, found))
    except ValueError:
        raise GuardError("an address that was named by an answer is malformed") from None


def with_query(url: str, query: Mapping[str, str]) -> str:
    """The URL with these parameters behind its own."""
    if not query:
        return url
    parts = urlsplit(url)
    return urlunsplit((*parts[:3], "&".join(filter(None, (parts.query, urlencode(query)))), ""))


def without_query(url: str, name: str) -> str:
    """The URL without the parameters of this name: servers that take a key there repeat it in their links."""
    if not name:
        return url
    parts = urlsplit(url)
    kept = "&".join(item for item in parts.query.split("&") if item.partition("=")[0] != name)
    return urlunsplit((*parts[:3], kept, ""))
