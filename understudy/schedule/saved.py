"""A saved search with what its schedule and its alert say."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from understudy.conf import Entry, boolean
from understudy.protocol.alert_actions import seconds
from understudy.schedule import cron

SEVERITY = 3
_REGULAR = re.compile(r"(\*|\*/\d+) \* \* \* \*|0 (\*|\*/\d+|0) \* \* \*")
"""Schedules whose minute and hour may be moved; of others only the second."""


@dataclass(frozen=True)
class Saved:
    """owner: whose rights the schedule uses; private: kept under the user, not the app."""

    name: str
    app: str
    owner: str
    settings: Mapping[str, str]
    private: bool = False

    @classmethod
    def of(cls, entry: Entry) -> Saved:
        return cls(entry.name, entry.acl.app, entry.acl.owner, entry.settings, entry.acl.sharing == "user")

    @property
    def key(self) -> str:
        return f"{self.app}/{self.owner if self.private else 'nobody'}/{self.name}"

    @property
    def search(self) -> str:
        return self.settings.get("search", "")

    @property
    def disabled(self) -> bool:
        return boolean(self.settings.get("disabled"))

    @property
    def scheduled(self) -> bool:
        enabled = boolean(self.settings.get("enableSched")) or boolean(self.settings.get("is_scheduled"))
        return enabled and bool(self.cron) and not self.disabled

    @property
    def cron(self) -> str:
        return self.settings.get("cron_schedule", "").strip()

    @property
    def as_owner(self) -> bool:
        return self.settings.get("dispatchAs", "owner").strip().lower() != "user"

    @property
    def digest(self) -> bool:
        return boolean(self.settings.get("alert.digest_mode"), True)

    @property
    def actions(self) -> list[str]:
        """Returns the alert actions that are on: by the list `actions`, or by `action.<name> = 1`."""
        names = [name.strip() for name in self.settings.get("actions", "").split(",") if name.strip()]
        for key, value in self.settings.items():
            if key.startswith("action.") and key.count(".") == 1 and boolean(value):
                names.append(key[len("action.") :])
        return list(
            dict.fromkeys(name for name in names if self.settings.get(f"action.{name}", "1") not in ("0", "false"))
        )

    def parameters(self, action: str) -> dict[str, str]:
        start = f"action.{action}.param."
        return {key[len(start) :]: value for key, value in self.settings.items() if key.startswith(start)}

    @property
    def is_alert(self) -> bool:
        """An alert counts or tests its results; a report with actions runs them always."""
        return bool(self.actions) or self.tracked or bool(self.settings.get("alert_condition"))

    @property
    def tracked(self) -> bool:
        return self.settings.get("alert.track", "auto").strip().lower() in ("1", "true", "t", "yes")

    @property
    def tracked_by_actions(self) -> bool:
        """Tells whether alert.track leaves it to the actions, which `always` never does."""
        kind = self.settings.get("counttype", "").strip().lower()
        always = kind == "always" or (not kind and not self.settings.get("alert_condition", "").strip())
        return self.settings.get("alert.track", "auto").strip().lower() in ("", "auto") and not always

    @property
    def severity(self) -> int:
        text = self.settings.get("alert.severity", "")
        return int(text) if text.isdigit() and 1 <= int(text) <= 6 else SEVERITY

    @property
    def expires(self) -> float:
        return seconds(self.settings.get("alert.expires", "24h"), 86_400.0)

    @property
    def suppressed(self) -> bool:
        return boolean(self.settings.get("alert.suppress"))

    @property
    def suppress_seconds(self) -> float:
        return seconds(self.settings.get("alert.suppress.period", "60s"), 60.0)

    @property
    def suppress_fields(self) -> list[str]:
        return [name.strip() for name in self.settings.get("alert.suppress.fields", "").split(",") if name.strip()]

    @property
    def suppress_name(self) -> str:
        """Returns whose silence counts: the search's own, or its suppression group's among its owner's alerts."""
        group = self.settings.get("alert.suppress.group_name", "").strip()
        return f"group {self.owner}/{group}" if group else self.key

    @property
    def continuous(self) -> bool:
        return not boolean(self.settings.get("realtime_schedule"), True)

    @property
    def max_concurrent(self) -> int:
        text = self.settings.get("max_concurrent", "").strip()
        return int(text) if text.isdigit() and int(text) > 0 else 1

    @property
    def rank(self) -> int:
        """Returns 2, 1 or 0 for schedule_priority highest, higher or default."""
        names = ("default", "higher", "highest")
        name = self.settings.get("schedule_priority", "default").strip().lower()
        return names.index(name) if name in names else 0

    def window(self, now: float, *, chosen: bool) -> float:
        """Returns within how many seconds after its time the search may start: schedule_window, 0 = at once.

        chosen: whether its owner may set a window; others have `auto`, half the period. Raises ScheduleError.
        """
        text = self.settings.get("schedule_window", "").strip().lower()
        text = text if chosen else "auto"
        if text in ("", "0"):
            return 0.0
        every = cron.period(self.cron, now)
        if text == "auto":
            return every / 2
        minutes = int(text) if text.isdigit() and len(text) < 9 else -1
        if minutes < 0:
            raise cron.ScheduleError(f"schedule_window '{text}' is neither a number of minutes nor auto")
        if minutes * 60 >= every:
            raise cron.ScheduleError(
                f"schedule_window '{text}' is not shorter than the period of the search ({every / 60:g} minutes)"
            )
        return minutes * 60.0

    def skew(self, now: float) -> float:
        """Returns by how many seconds the schedule is moved: up to allow_skew, constant for a search.

        Raises ScheduleError.
        """
        text = self.settings.get("allow_skew", "0").strip()
        if text in ("", "0"):
            return 0.0
        if text.endswith("%") and text[:-1].strip().isdigit():
            most = cron.period(self.cron, now) * int(text[:-1]) / 100
        else:
            most = seconds(text, -1.0) if text[-1:].isalpha() else -1.0
        if most < 0:
            raise cron.ScheduleError(f"allow_skew '{text}' is neither a percentage nor a duration")
        regular = _REGULAR.fullmatch(" ".join(self.cron.split())) is not None
        return float(zlib.crc32(self.key.encode()) % max(1, int(most if regular else min(most, 60.0))))

    def ttl(self, now: float) -> float:
        """Returns dispatch.ttl in seconds: `2p` = twice the period of the schedule; 600 at least for periods."""
        text = self.settings.get("dispatch.ttl", "2p").strip()
        if not text.endswith("p"):
            return seconds(text, 600.0)
        try:
            every = cron.period(self.cron, now) if self.cron else 300.0
        except cron.ScheduleError:
            every = 300.0
        return max(600.0, (float(text[:-1]) if text[:-1].isdigit() else 2.0) * every)
