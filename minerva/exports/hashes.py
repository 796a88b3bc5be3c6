"""Hash lists of identifiers: HMAC-SHA-256 under a key that both sides agreed on, never a plain or salted hash.

A phone space of 10^9 is tried through within an hour by whoever holds the key, so a list is shared like the identifiers
themselves: same marking, same rules. It keeps them from third parties only. A salt inside the list would not even do
that, so there is none.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable

from minerva.exports.errors import ExportError
from minerva.exports.items import Item
from minerva.exports.request import ExportRequest
from minerva.exports.target import Package
from minerva.identifiers import KIND_BY_NAME

MIN_KEY = 32
HEAD = "kind,token\r\n"


def check_key(key: bytes) -> bytes:
    """Returns `key`. Raises ExportError if it is shorter than MIN_KEY bytes."""
    if len(key) < MIN_KEY:
        raise ExportError("key", f"hashes need a secret key of at least {MIN_KEY} bytes, agreed with the recipient")
    return key


def token(key: bytes, identifier: str) -> str:
    """The token of `kind:value` in its normal form: 64 hex digits of HMAC-SHA-256 over its UTF-8."""
    return hmac.new(key, identifier.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str], key: bytes) -> None:
    """Writes `hashes.csv`: kind and token of every strong identifier, each once, sorted by token within its kind.

    Weak kinds are left out and counted: few values would give themselves away. Sorting takes the order of the records
    out of the list. Raises ExportError on a short key.
    """
    check_key(key)
    tokens: set[tuple[str, str]] = set()
    for item in items:
        for identifier in item.identifiers:
            kind = identifier.partition(":")[0]
            if kind in KIND_BY_NAME and KIND_BY_NAME[kind].STRONG:
                tokens.add((kind, token(key, identifier)))
            else:
                left_out[f"identifier.{kind}"] += 1
    with package.file("hashes.csv") as sink:
        sink.text(HEAD)
        for kind, value in sorted(tokens):
            sink.row(f"{kind},{value}\r\n")
