"""How audit entries hang together: each holds the hash of the one before it, and a keyed seal says where a chain ends.

The hashes need no key, so anybody can verify them; the seal keeps whoever may write the store from making new ones.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

START = "0" * 64
"""What the first entry of a chain holds as the hash before it."""
PLATFORM = "0platform"
"""The chain in which every other chain is opened. Tenant ids begin with a letter."""
SERVICE = "0service"
STRANGERS = "0none"
"""Requests of users who belong to no tenant."""
OPENED = "open_chain"


class AuditError(Exception):
    """The audit cannot be written, so the request must not be answered."""


def entry_text(fields: Mapping[str, Any], chain: str, number: int, previous: str) -> str:
    """The entry as it is stored and hashed: JSON with sorted keys, one line."""
    entry = {**fields, "chain": chain, "number": number, "previous": previous}
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(text: str) -> str:
    """SHA-256 of an entry's text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def seal(key: bytes, chain: str, number: int, last: str) -> str:
    """HMAC-SHA-256 over a chain's end: its name, the number of its last entry and that entry's hash."""
    return hmac.new(key, f"seal\0{chain}\0{number}\0{last}".encode(), "sha256").hexdigest()


def token(key: bytes, kind: str, text: str) -> str:
    """24 hex digits that stand for a user, object or case: equal for equal texts, and nothing without the key."""
    if not text:
        return ""
    return hmac.new(key, f"token\0{kind}\0{text}".encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:24]
