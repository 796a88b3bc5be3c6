"""Names that mean the same to one recipient and nothing to another: a leaked copy says whose it was."""

from __future__ import annotations

import hmac


def pseudonym(key: bytes, kind: str, recipient: str, text: str) -> str:
    """16 hex digits for a thing of a kind, different for each recipient, the same each time."""
    basis = "\0".join((kind, recipient, text))
    return hmac.new(key, basis.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:16]


def share_id(key: bytes, recipient: str, tenant: str, grant_id: str) -> str:
    """What a recipient calls one release."""
    return "s_" + pseudonym(key, "share", recipient, f"{tenant}:{grant_id}")


def object_name(key: bytes, recipient: str, tenant: str, what: str, object_id: str) -> str:
    """What a recipient calls one object, across releases."""
    return "x_" + pseudonym(key, "object", recipient, f"{tenant}:{what}:{object_id}")
