"""`splunk.util`: the few conversions app code takes from it."""

from __future__ import annotations

import calendar
import time
from typing import Any

_TRUE = {"1", "t", "true", "y", "yes", "on", "enabled"}
_FALSE = {"0", "f", "false", "n", "no", "off", "disabled", "none", ""}


def mktimegm(parts: Any) -> int:
    return calendar.timegm(parts)


def normalizeBoolean(value: Any, enableStrictMode: bool = False, includeIntegers: bool = True) -> Any:
    """Returns a bool for the usual words; other text comes back as it is, or raises ValueError in strict mode."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if not includeIntegers and word in {"0", "1"}:
        return value
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    if enableStrictMode:
        raise ValueError(f"not a boolean: {value!r}")
    return value


def safeURLQuote(text: str, safe: str = "/") -> str:
    from urllib.parse import quote

    return quote(text, safe=safe)


def getISOTime(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(seconds))
