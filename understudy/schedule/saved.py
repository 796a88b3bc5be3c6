"""A saved search with what its schedule and its alert say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from understudy.conf import Entry, boolean
from understudy.protocol.alert_actions import seconds

SEVERITY = 3


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
        return self.settings.get("alert.track", "0").strip().lower() in ("1", "true")

    @property
    def severity(self) -> int:
        text = self.settings.get("alert.severity", "")
        return int(text) if text.isdigit() else SEVERITY

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

    def ttl(self) -> float:
        """Returns dispatch.ttl: seconds, or `2p` = twice the period (an hour is taken as the period of a cron)."""
        text = self.settings.get("dispatch.ttl", "2p").strip()
        if text.endswith("p"):
            return max(600.0, float(text[:-1] or 2) * 3600.0)
        return seconds(text, 600.0)
