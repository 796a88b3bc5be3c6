"""One page of an address, through the same guard, limits and robots.txt as a run, for the workbench to look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from minerva.intake.errors import FactsError, GuardError
from minerva.intake.facts.shape import check
from minerva.intake.facts.web import HTTP_SHAPE, http_facts, http_problems
from minerva.intake.inputs import InputError, Network, make_guard
from minerva.intake.pace import Bucket, Timing
from minerva.intake.web.access import Access
from minerva.intake.web.account import Account
from minerva.intake.web.body import Promise, promised
from minerva.intake.web.credentials import CredentialsError, credentials
from minerva.intake.web.fetch import USER_AGENT, Fetcher
from minerva.intake.web.guard import resolve_host
from minerva.intake.web.paging import page_request
from minerva.intake.web.robots import Robots
from minerva.intake.workbench.samples import MAX_BYTES

TEXT_TYPES = (
    "application/json", "text/json", "text/plain", "text/csv", "text/tab-separated-values", "application/csv",
    "application/xml", "text/xml", "text/html", "application/xhtml+xml", "application/rss+xml", "application/atom+xml",
    "application/geo+json", "application/x-ndjson", "application/jsonl", "application/octet-stream",
)  # fmt: skip
"""What an answer may be where nobody has said its format yet; archives and workbooks need it said."""


def address_parts(url: str) -> dict[str, Any]:
    """`base_url`, `path` and `params` of an address as a person pastes it. Raises FactsError."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        raise FactsError("address: a web address that begins with https:// and holds no user name")
    params = dict(parse_qsl(parts.query))
    return {
        "base_url": f"{parts.scheme}://{parts.netloc}",
        "path": parts.path or "/",
        **({"params": params} if params else {}),
    }


def fetch_page(
    http: Mapping[str, Any], account: Account, network: Network, *, obey_robots: bool, timing: Timing | None = None
) -> bytes:
    """The body of a source's first page. Raises IntakeError, whose words name the host and no query."""
    if network.stopped:
        raise InputError("all fetching is stopped: Configuration, Network")
    document = {"items": "", **http}
    problems = check(document, HTTP_SHAPE) or http_problems(document)
    if problems:
        raise FactsError(f"http.{'.'.join(map(str, problems[0].path))}: {problems[0].message}")
    facts = http_facts(document)
    timing = timing or Timing()
    try:
        fetcher = Fetcher(
            make_guard(facts, "", network, resolve_host),
            base_url=facts.base_url,
            credentials=credentials(facts.auth, account, timing),
            bucket=Bucket(facts.rate_per_second, facts.burst, timing),
            timing=timing,
            timeout_s=min(facts.timeout_s, 60.0),
            user_agent=f"Minerva-connectors/0.1 (+{network.contact})" if network.contact else USER_AGENT,
            ca_file=network.ca_file,
            keeps_session=facts.paging.kind == "postback",
        )
    except (GuardError, CredentialsError) as error:
        raise InputError(f"address: {error}") from None
    try:
        access = Access(facts, fetcher, robots=Robots(fetcher) if obey_robots else None)
        promise = promised(facts.reading) if "format" in http else Promise(TEXT_TYPES, is_html=True)
        asked = page_request(facts, facts.base_url, None)
        return access.fetch(asked, promise=promise, max_bytes=MAX_BYTES).body
    finally:
        fetcher.close()
