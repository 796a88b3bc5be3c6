"""Opaque cursors: where a page ended, signed, and good only for the same caller, operation and filters.

A cursor may stand in a URL, so operations put no identifier into it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from minerva.partner.problem import Problem
from minerva.records.model import canonical_json

_MARK = 16
MAX = 500


def write(key: bytes, user: str, operation: str, filters: Mapping[str, Any], after: list[Any]) -> str:
    """Returns the cursor of the page after `after`, which holds numbers and ids of documents."""
    inner = json.dumps(after, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_mark(key, user, operation, filters, inner) + inner).decode().rstrip("=")


def read(key: bytes, user: str, operation: str, filters: Mapping[str, Any], cursor: str | None) -> list[Any]:
    """Returns what `write` was given, [] for no cursor. Raises Problem 400 for any other text."""
    if not cursor:
        return []
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    mark, inner = raw[:_MARK], raw[_MARK:]
    if not hmac.compare_digest(mark, _mark(key, user, operation, filters, inner)):
        raise Problem(400, "invalid_cursor", "not a cursor of this list with these filters: begin anew", "cursor")
    found: list[Any] = json.loads(inner)
    return found


def _mark(key: bytes, user: str, operation: str, filters: Mapping[str, Any], inner: bytes) -> bytes:
    named = {name: value for name, value in filters.items() if name not in ("cursor", "limit")}
    head = f"cursor\0{user}\0{operation}\0{canonical_json(named)}\0".encode("utf-8", "surrogatepass")
    return hmac.new(key, head + inner, hashlib.sha256).digest()[:_MARK]
