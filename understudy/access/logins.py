"""Logins by password: each failure is written down, and a name that fails too often is locked for a while.

The limits are those of authentication.conf [splunk_auth]. Holders of never_lockout are not locked; after as many
failures from one address they wait between tries, up to LONGEST_WAIT. The answer is always that of a wrong password.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Protocol

from understudy.access.accounts import Accounts
from understudy.access.context import AccessContext
from understudy.conf import Conf

NEVER = "never_lockout"
LONGEST_WAIT = 30.0
MOST_NAMES = 10_000
"""Names whose failures are remembered: the one that failed longest ago is forgotten first."""
LONGEST_NAME = 200
STANZA = "splunk_auth"


class Backstage(Protocol):
    """What logins need of the instance."""

    accounts: Accounts
    conf: Conf

    def now(self) -> float: ...

    def access(self, user: str) -> AccessContext: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


@dataclass
class Failures:
    """Times of the failures in a row, the newest last, and until when the name is locked."""

    times: list[float] = field(default_factory=list)
    locked_until: float = 0.0


class Logins:
    """The logins of one instance; what failed is forgotten when it ends."""

    def __init__(self, stage: Backstage) -> None:
        self._stage = stage
        self._lock = threading.Lock()
        self._failed: OrderedDict[tuple[str, str], Failures] = OrderedDict()

    def open_session(self, name: str, password: str, client: str) -> str | None:
        """Returns a new session's key, None for a name and password that do not fit or may not be tried now."""
        if not self.check(name, password, client):
            return None
        self._log("INFO", name, client, "success")
        return self._stage.accounts.open_session(name)

    def check(self, name: str, password: str, client: str) -> bool:
        """Tells whether the password is the user's. While a name is locked or has to wait, none is."""
        place = self._place(name, client)
        right = self._stage.accounts.check_password(name, password)
        with self._lock:
            held = self._failed.get(place)
            now, attempts, window, locking = self._limits()
            waits = bool(place[1]) and held is not None and self._waits(held, now, attempts, window)
            hindered = waits or (held is not None and held.locked_until > now)
            if right and not hindered:
                self._failed.pop(place, None)
                return True
            if not hindered:
                held = held or Failures()
                held.times = [*(at for at in held.times if at > now - window), now][-100:]
                if not place[1] and attempts and len(held.times) >= attempts:
                    held.locked_until, held.times = now + locking, []
                self._failed[place] = held
                self._failed.move_to_end(place)
                if len(self._failed) > MOST_NAMES:
                    self._failed.popitem(last=False)
        self._log("WARN", name, client, "failure", "locked" if hindered else "wrong user name or password")
        return False

    def locked(self, name: str) -> bool:
        """Tells whether a name is locked now."""
        with self._lock:
            held = self._failed.get((name, ""))
            return held is not None and held.locked_until > self._stage.now()

    def unlock(self, name: str) -> None:
        """Forgets the failures of a name."""
        with self._lock:
            self._failed.pop((name, ""), None)

    def _place(self, name: str, client: str) -> tuple[str, str]:
        """Returns what failures are counted by: the name, for holders of never_lockout the name and the address."""
        name = name[:LONGEST_NAME]
        return name, client if self._stage.access(name).may(NEVER) else ""

    @staticmethod
    def _waits(held: Failures, now: float, attempts: int, window: float) -> bool:
        times = [at for at in held.times if at > now - window]
        beyond = len(times) - attempts
        return attempts > 0 and beyond >= 0 and now < times[-1] + min(2.0**beyond, LONGEST_WAIT)

    def _limits(self) -> tuple[float, int, float, float]:
        """Returns now, the failures that lock (0 = none do), the seconds they fall into, and the seconds of a lock."""
        conf = self._stage.conf

        def number(key: str, default: int) -> int:
            text = (conf.get("authentication", STANZA, key) or "").strip()
            return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default

        on = conf.boolean("authentication", STANZA, "lockoutUsers", True)
        attempts = number("lockoutAttempts", 5) if on else 0
        return self._stage.now(), attempts, 60.0 * number("lockoutThresholdMins", 5), 60.0 * number("lockoutMins", 30)

    def _log(self, severity: str, name: str, client: str, status: str, reason: str = "") -> None:
        """Names that are no user's are left out: people type passwords there."""
        shown = name if self._stage.accounts.user(name) is not None else "(unknown)"
        why = f' reason="{reason}"' if reason else ""
        self._stage.log(
            severity, "AuthenticationProvider", f"user={shown} action=login status={status}{why} clientip={client}"
        )
