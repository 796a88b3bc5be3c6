"""Requests a minute, per user and per institution, over all processes that serve: counted in a collection.

A process claims a share of a minute by inserting the next numbered row, which fails where the number is taken, so that
together they never give out more than the limit. What a process claimed and did not use is lost at the minute's end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minerva.audit.chain import token
from minerva.documents import Collection
from minerva.partner.problem import Problem

WINDOW = 60
SHARES = 20
"""A limit is claimed in so many shares: fewer rows than requests, little lost with several processes."""
KEPT_WINDOWS = 10
Claims = dict[str, tuple[int, int, int]]
"""bucket -> (window, next number to try, requests left of the last share)"""


@dataclass(frozen=True)
class Limits:
    """Requests a minute; a bulk request counts as its operation says."""

    user: int = 600
    tenant: int = 3000


def read_limits(stanzas: Mapping[str, Mapping[str, Any]]) -> dict[str, Limits]:
    """Limits by tenant id from the stanzas of minerva_tenants; what is absent or no positive number is the default."""
    plain = Limits()
    found = {}
    for name, settings in stanzas.items():
        user, tenant = (_number(settings.get(f"api_{key}_per_minute")) for key in ("user", "tenant"))
        found[name] = Limits(user or plain.user, tenant or plain.tenant)
    return found


def take(
    collection: Collection, claims: Claims, key: bytes, limits: Mapping[str, Limits], user: str, tenants: list[str],
    cost: int, now: float,
) -> None:  # fmt: skip
    """Counts a request for its user and for each institution it speaks for. Raises Problem 429."""
    own = [limits.get(name, Limits()) for name in tenants] or [Limits()]
    buckets = [(token(key, "limit_user", user), min(each.user for each in own))]
    buckets += [(token(key, "limit_tenant", name), each.tenant) for name, each in zip(tenants, own)]
    window = int(now // WINDOW)
    for bucket, limit in buckets:
        if not _take(collection, claims, bucket, limit, cost, window):
            wait = WINDOW - int(now % WINDOW)
            raise Problem(
                429, "rate_limited", f"more requests than {limit} a minute: wait", headers={"Retry-After": str(wait)}
            )


def _take(collection: Collection, claims: Claims, bucket: str, limit: int, cost: int, window: int) -> bool:
    share = max(1, limit // SHARES)
    held, number, left = claims.get(bucket, (0, 0, 0))
    if held != window:
        number, left = _next(collection, bucket, window), 0
        if number == 0:
            collection.discard({"window": {"$lt": window - KEPT_WINDOWS}})
    while left < cost:
        size = min(share, limit - number * share)
        if size <= 0:
            claims[bucket] = (window, number, left)
            return False
        row = {"_key": f"{bucket}:{window}:{number:06d}", "bucket": bucket, "window": window, "number": number}
        if collection.insert(row):
            left += size
        number += 1
    claims[bucket] = (window, number, left - cost)
    return True


def _next(collection: Collection, bucket: str, window: int) -> int:
    found = collection.find({"bucket": bucket, "window": window}, sort="number:-1", limit=1)
    return int(found[0]["number"]) + 1 if found else 0


def _number(value: Any) -> int:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
