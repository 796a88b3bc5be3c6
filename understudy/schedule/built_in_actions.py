"""Alert actions that splunkd brings itself: email, webhook, logevent, lookup, populate_lookup, summary_index.

Mail goes to the server of alert_actions.conf [email] alone, web hooks to this machine or to what
[webhook] allowlist.<name> names. script, rss and attachments that need a renderer are refused in the log.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from understudy.access import AccessContext
from understudy.conf import Conf, boolean
from understudy.jobs.job import Job
from understudy.jobs.service import Jobs
from understudy.protocol.alert_actions import AlertActions, Firing
from understudy.schedule import mail
from understudy.schedule.refusal import ActionRefusedError
from understudy.schedule.saved import Saved
from understudy.spl.errors import SplError
from understudy.spl.values import text_of
from understudy.storage.events import RawEvent, StorageError
from understudy.storage.store import Store

SERVED = ("email", "webhook", "logevent", "lookup", "populate_lookup", "summary_index")
REFUSED = {
    "script": "splunkd's script action is not served; a custom alert action is",
    "rss": "feeds are not written",
}
HOOK_SECONDS = 30


class Backstage(Protocol):
    """What the actions need of the instance."""

    conf: Conf
    jobs: Jobs
    store: Store
    alert_actions: AlertActions

    def now(self) -> float: ...

    def access(self, user: str) -> AccessContext: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


class BuiltInActions:
    """The actions of one instance. What goes wrong is logged, as with custom actions."""

    def __init__(self, stage: Backstage) -> None:
        self._stage = stage

    def serves(self, action: str) -> bool:
        """Tells whether splunkd itself has the action and no app brings its own of that name."""
        custom = self._stage.conf.boolean("alert_actions", action, "is_custom")
        return action in (*SERVED, *REFUSED) and not custom

    def fire(self, saved: Saved, job: Job, firing: Firing) -> bool:
        """Runs the action; tells whether it ended well."""
        name = f"action={firing.action} sid={firing.sid}"
        try:
            if firing.action in REFUSED:
                raise ActionRefusedError(REFUSED[firing.action])
            getattr(self, f"_{firing.action}")(self._settings(saved, firing.action), job, firing)
        except (ActionRefusedError, StorageError, SplError, OSError, ValueError, http.client.HTTPException) as error:
            self._stage.log("ERROR", "sendmodalert", f"{name} {type(error).__name__}: {error}")
            return False
        self._stage.log("INFO", "sendmodalert", f"{name} the alert action was run")
        return True

    def _settings(self, saved: Saved, action: str) -> dict[str, str]:
        """Returns the stanza of alert_actions.conf with the search's `action.<action>.<key>` over it."""
        start = f"action.{action}."
        own = {key[len(start) :]: value for key, value in saved.settings.items() if key.startswith(start)}
        return {**self._stage.conf.stanzas("alert_actions").get(action, {}), **own}

    def _told(self, settings: Mapping[str, str], name: str, firing: Firing, default: str = "") -> str:
        return self._stage.alert_actions.substitute(settings.get(name, default), firing)

    def _link(self, firing: Firing) -> str:
        base = self._stage.conf.get("alert_actions", "default", "hostname") or "http://127.0.0.1:8000"
        return f"{base}/app/{quote(firing.app)}/@go?sid={quote(firing.sid)}"

    def _email(self, settings: Mapping[str, str], job: Job, firing: Firing) -> None:
        def told(name: str, default: str) -> str:
            return self._told(settings, name, firing, default)

        mail.send(mail.compose(settings, told, firing, self._link(firing), job.request.search), settings)

    def _webhook(self, settings: Mapping[str, str], job: Job, firing: Firing) -> None:
        url = self._told(settings, "param.url", firing).strip()
        self._check_hook(url)
        result = {
            name: [text_of(v) for v in value] if isinstance(value, list) else text_of(value)
            for name, value in firing.first.items()
        }
        document: dict[str, Any] = {
            "sid": firing.sid,
            "search_name": firing.search_name,
            "app": firing.app,
            "owner": firing.user,
            "results_link": self._link(firing),
            "result": result,
        }
        request = urllib.request.Request(
            url,
            json.dumps(document).encode(),
            {"Content-Type": "application/json", "User-Agent": "understudy"},
            method="POST",
        )
        opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=HOOK_SECONDS) as answer:
                answer.read(65_536)
        except urllib.error.HTTPError as error:
            raise ActionRefusedError(f"the web hook answered with status {error.code}") from None
        except urllib.error.URLError as error:
            raise ActionRefusedError(f"the web hook cannot be reached: {error.reason}") from None

    def _check_hook(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ActionRefusedError("param.url must be an http or https address")
        stanza = self._stage.conf.stanzas("alert_actions").get("webhook", {})
        allowed = [value for key, value in stanza.items() if key.startswith("allowlist.") and value.strip()]
        if any(re.search(pattern, url) for pattern in allowed):
            return
        try:
            local = ipaddress.ip_address(parts.hostname).is_loopback
        except ValueError:
            local = parts.hostname == "localhost"
        if not local or boolean(stanza.get("enable_allowlist")):
            raise ActionRefusedError("no allowlist.<name> of alert_actions.conf [webhook] names this address")

    def _logevent(self, settings: Mapping[str, str], job: Job, firing: Firing) -> None:
        if not self._stage.access(firing.user).may("edit_tcp"):
            raise ActionRefusedError(f"the user '{firing.user}' may not log events (capability edit_tcp)")
        index = self._told(settings, "param.index", firing) or "main"
        event = RawEvent(
            raw=self._told(settings, "param.event", firing),
            index=index,
            host=self._told(settings, "param.host", firing) or "understudy",
            source=self._told(settings, "param.source", firing) or f"alert:{firing.search_name}",
            sourcetype=self._told(settings, "param.sourcetype", firing) or "generic_single_line",
        )
        if not event.raw.strip():
            raise ActionRefusedError("param.event is empty")
        result = self._stage.store.ingest([event])
        if result.refused:
            raise ActionRefusedError("; ".join(result.messages))

    def _lookup(self, settings: Mapping[str, str], job: Job, firing: Firing) -> None:
        self._write(job, settings.get("filename", ""), boolean(settings.get("append")))

    def _populate_lookup(self, settings: Mapping[str, str], job: Job, firing: Firing) -> None:
        self._write(job, settings.get("dest", ""), False)

    def _write(self, job: Job, name: str, append: bool) -> None:
        if not re.fullmatch(r"[\w.\-]+", name):
            raise ActionRefusedError(f"'{name}' is not the name of a lookup")
        self._stage.jobs.post_process(job, f"outputlookup append={'true' if append else 'false'} {name}")

    def _summary_index(self, settings: Mapping[str, str], job: Job, firing: Firing) -> None:
        if settings.get("_type", "event").strip().lower() not in ("", "event"):
            raise ActionRefusedError("metric summary indexes are not served")
        index = settings.get("_name", "").strip() or "summary"
        if not re.fullmatch(r"[\w\-]+", index):
            raise ActionRefusedError(f"'{index}' is not the name of an index")
        pairs = [f'search_name="{firing.search_name}"']
        pairs += [
            f'{name}="{value}"' for name, value in settings.items() if name.isidentifier() and name not in _NOT_FIELDS
        ]
        marker = ", ".join(pairs).replace("\\", "\\\\").replace('"', '\\"')
        self._stage.jobs.post_process(job, f'collect index={index} addinfo=true marker="{marker}"')


_NOT_FIELDS = (
    "_name",
    "_type",
    "_metric_dims",
    "inline",
    "maxresults",
    "maxtime",
    "track_alert",
    "ttl",
    "command",
    "hostname",
    "force_realtime_schedule",
)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A web hook is told once, where it was said."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None
