"""The account of an input, as it is handed over: kept in memory and shown by nothing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Account:
    """What the account of an input holds: a user name or client id, and a key, token, password or client secret."""

    user: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
