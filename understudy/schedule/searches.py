"""Scheduled searches: which are due, running them in the right user's name, and their alerts."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from understudy.access import AccessContext
from understudy.access.accounts import Accounts
from understudy.access.context import SYSTEM_USER
from understudy.conf import Conf, boolean
from understudy.jobs.control import JobError
from understudy.jobs.job import Job, Request
from understudy.jobs.service import Jobs
from understudy.protocol.alert_actions import AlertActions, Firing
from understudy.schedule import cron
from understudy.schedule.built_in_actions import BuiltInActions
from understudy.schedule.conditions import ConditionError, fires, measured
from understudy.schedule.ledger import FiredAlert, Ledger
from understudy.schedule.saved import Saved
from understudy.spl.errors import SplError
from understudy.spl.model import Row
from understudy.spl.values import text_of
from understudy.storage.store import Store

KIND = "search"
ACTION_TTL = {"email": "86400", "rss": "86400", "script": "600"} | dict.fromkeys(
    ("summary_index", "populate_lookup", "lookup"), "120"
)
"""Seconds for which the actions of splunkd keep a job where alert_actions.conf does not say; custom ones 10p."""


class Backstage(Protocol):
    """What the schedule of searches needs of the instance."""

    conf: Conf
    jobs: Jobs
    accounts: Accounts
    alert_actions: AlertActions
    ledger: Ledger
    store: Store

    @property
    def home(self) -> Path: ...

    def now(self) -> float: ...

    def access(self, user: str) -> AccessContext: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


class SearchSchedule:
    """The scheduler of one instance."""

    def __init__(self, stage: Backstage) -> None:
        self._stage = stage
        self._lock = threading.Lock()
        self._sequence = 0
        self._built_in = BuiltInActions(stage)

    def saved(self) -> list[Saved]:
        """Returns every saved search of every app and user."""
        found = [Saved.of(entry) for entry in self._stage.conf.entries("savedsearches")]
        for user in self._stage.accounts.users():
            access = self._stage.access(user.name)
            for entry in self._stage.conf.entries("savedsearches", None, user.name):
                if entry.acl.sharing == "user" and (own := access.shown(entry, "savedsearches")) is not None:
                    found.append(Saved.of(own))
        return found

    def due(self, now: float, since: float | None = None) -> list[tuple[Saved, float]]:
        """Returns (search, its scheduled time) of those with a time at or before now that has not run.

        since: times before it are not made up for. A continuous search (realtime_schedule = 0) has every time it
        missed, others the latest. Searches without alerts come first: alerts read what they make. Those with a
        schedule window give way to those without.
        """
        found: list[tuple[Saved, float]] = []
        windows: dict[str, float] = {}
        for saved in self.saved():
            if not saved.scheduled or not saved.search:
                continue
            try:
                times = self._times(saved, now, since)
                if times:
                    windows[saved.key] = self._window(saved, now)
                found += [(saved, at) for at in times]
            except cron.ScheduleError as error:
                self._note(saved, "ERROR", f"status=skipped reason={str(error)!r}")
        return sorted(
            found,
            key=lambda pair: (
                pair[0].is_alert,
                -self._rank(pair[0]),
                windows[pair[0].key] > 0,
                pair[0].continuous,
                pair[0].key,
                pair[1],
            ),
        )

    def _owner(self, saved: Saved) -> AccessContext:
        return self._stage.access(SYSTEM_USER if saved.owner in ("nobody", "") else saved.owner)

    def _rank(self, saved: Saved) -> int:
        """Returns the priority, if the owner may set one."""
        return saved.rank if saved.rank and self._owner(saved).may("edit_search_schedule_priority") else 0

    def _window(self, saved: Saved, now: float) -> float:
        """Returns the seconds of the schedule window; a search of higher priority has none. Raises ScheduleError."""
        if self._rank(saved) or self._is_orphaned(saved):
            return 0.0
        return saved.window(now, chosen=self._owner(saved).may("edit_search_schedule_window"))

    def _times(self, saved: Saved, now: float, since: float | None) -> list[float]:
        if saved.settings.get("run_n_times", "0").strip() not in ("", "0"):
            raise cron.ScheduleError("run_n_times is not supported")
        ready = now - saved.skew(now)
        at = cron.latest(saved.cron, ready)
        last = self._stage.ledger.last_run(KIND, saved.key)
        if last is None:
            startup = boolean(saved.settings.get("run_on_startup"))
            return [at] if since is None or at >= since or startup else []
        if saved.continuous:
            return cron.missed(saved.cron, last, ready)
        if at <= last or (since is not None and at < since):
            return []
        passed = len(cron.missed(saved.cron, last, ready)) - 1
        if passed > 0:
            self._note(saved, "INFO", f"status=skipped count={passed} reason='the times have passed'")
        return [at]

    def _note(self, saved: Saved, level: str, text: str) -> None:
        self._stage.log(level, "SavedSplunker", f'savedsearch_id="{saved.key}" {text}')

    def run_due(self, now: float, since: float | None = None) -> list[Job]:
        """Runs what is due, one after the other, each once; returns the jobs."""
        with self._lock:
            jobs = []
            for saved, at in self.due(now, since):
                reason = self._hindered(saved)
                if reason is None:
                    try:
                        self._stage.ledger.ran(KIND, saved.key, at)
                        jobs.append(self.dispatch(saved, moment=at, scheduled=True, wait=True))
                    except JobError as error:
                        reason = str(error)
                if reason is not None:
                    waits = saved.continuous or now < at + self._window(saved, now)
                    status = "deferred" if waits else "skipped"
                    self._note(saved, "WARN", f"status={status} scheduled_time={at:.0f} reason={reason!r}")
                    if not waits:
                        self._stage.ledger.ran(KIND, saved.key, at)
            return jobs

    def _is_orphaned(self, saved: Saved) -> bool:
        return saved.owner not in ("nobody", "", SYSTEM_USER) and self._stage.accounts.user(saved.owner) is None

    def _hindered(self, saved: Saved) -> str | None:
        """Returns why a search that is due does not run, or None."""
        if self._is_orphaned(saved):
            return f"the owner '{saved.owner}' does not exist"
        if not self._owner(saved).may("schedule_search"):
            return f"the owner '{saved.owner}' may not schedule searches (capability schedule_search)"
        running = sum(
            1
            for job in self._stage.jobs.listed(self._stage.access(SYSTEM_USER))
            if not job.is_done and job.request.scheduled and job.request.label == saved.name
            if (job.request.app, job.request.saved_search_owner) == (saved.app, saved.owner)
        )
        if running >= saved.max_concurrent:
            return (
                "the maximum number of concurrent running jobs for this historical scheduled search on this instance "
                f"has been reached ({saved.max_concurrent})"
            )
        return None

    def dispatch(
        self,
        saved: Saved,
        *,
        moment: float | None = None,
        caller: str | None = None,
        scheduled: bool = False,
        trigger: bool = False,
        wait: bool = False,
        search: str | None = None,
        earliest: str | None = None,
        latest: str | None = None,
    ) -> Job:
        """Starts the search: as its owner, or as the caller when dispatchAs is user. A caller may see the job."""
        owner = SYSTEM_USER if saved.owner in ("nobody", "") else saved.owner
        user = owner if saved.as_owner or caller is None else caller
        self._sequence += 1
        prefix = "scheduler" if scheduled else "dispatch"
        digest = zlib.crc32(saved.key.encode()) % 10**8
        request = Request(
            search=saved.search if search is None else search,
            user=user,
            app=saved.app,
            earliest=saved.settings.get("dispatch.earliest_time", "") if earliest is None else earliest,
            latest=saved.settings.get("dispatch.latest_time", "") if latest is None else latest,
            now=moment,
            label=saved.name,
            sid=f"{prefix}__{digest:08d}_at_{self._stage.now():.0f}_{self._sequence}",
            ttl=saved.ttl(self._stage.now()),
            saved_search=saved.name,
            saved_search_owner=saved.owner,
            scheduled=scheduled,
            shared=not saved.private,
            viewers=(caller,) if caller else (),
            on_end=(lambda job: self.alert(saved, job)) if scheduled or trigger else None,
        )
        return self._stage.jobs.dispatch(request, wait=wait)

    # Alerts

    def alert(self, saved: Saved, job: Job) -> list[FiredAlert]:
        """Tests an ended job against the alert's condition and runs its actions; returns what fired."""
        name = f'savedsearch_id="{saved.key}" sid={job.sid}'
        if job.failed:
            text = next((m.text for m in reversed(job.messages) if m.severity == "FATAL"), "")
            self._stage.log("ERROR", "SavedSplunker", f"{name} status=failed {text}")
            return []
        self._stage.log("INFO", "SavedSplunker", f"{name} status=success result_count={job.result_count}")
        if not saved.is_alert:
            return []

        def rows() -> Iterable[Row]:
            return self._stage.jobs.rows(job)

        try:
            before = self._stage.ledger.measured(saved.key)
            number = measured(saved.settings, job.result_count, rows)
            if number is not None:
                self._stage.ledger.measure(saved.key, number)
            if not fires(saved.settings, job.result_count, rows, lambda text: self._custom(job, text), before):
                return []
        except (ConditionError, SplError) as error:
            self._stage.log("ERROR", "SavedSplunker", f"{name} alert condition: {error}")
            return []
        if self._stage.ledger.quiet_until(saved.suppress_name, "") > self._stage.now():
            return []  # also where a client has asked for it
        if saved.digest:
            return self._digest(saved, job)
        return self._per_result(saved, job)

    def _custom(self, job: Job, condition: str) -> bool:
        return bool(condition) and bool(self._stage.jobs.post_process(job, condition)[1])

    def _digest(self, saved: Saved, job: Job) -> list[FiredAlert]:
        if saved.suppressed and self._is_quiet(saved, ""):
            return []
        first = next(iter(self._stage.jobs.rows(job, 0, 1)), {})
        self._act(saved, job, first, None)
        return self._record(saved, job, job.result_count)

    def _per_result(self, saved: Saved, job: Job) -> list[FiredAlert]:
        fired: list[FiredAlert] = []
        triggered, most = 0, int(self._stage.conf.get("limits", "scheduler", "max_per_result_alerts") or 0)
        for row in self._stage.jobs.rows(job):
            if saved.suppressed and self._is_quiet(saved, _suppression_key(saved, row)):
                continue
            if most and triggered >= most:
                self._note(
                    saved, "WARN", f"sid={job.sid} no more than {most} alerts of one run (max_per_result_alerts)"
                )
                break
            triggered += 1
            self._act(saved, job, row, row)
            fired += self._record(saved, job, 1)
        return fired

    def _is_quiet(self, saved: Saved, key: str) -> bool:
        """Tells whether the alert is suppressed for the key; if not, it is from now on."""
        now = self._stage.now()
        if self._stage.ledger.quiet_until(saved.suppress_name, key) > now:
            return True
        self._stage.ledger.keep_quiet(saved.suppress_name, key, now + saved.suppress_seconds)
        return False

    def _act(self, saved: Saved, job: Job, first: Row, only: Row | None) -> None:
        def rows() -> Iterable[Row]:
            return self._stage.jobs.rows(job) if only is None else [only]

        for action in saved.actions:
            firing = Firing(
                action=action,
                search_name=saved.name,
                sid=job.sid,
                user=job.owner,
                app=saved.app,
                parameters=saved.parameters(action),
                folder=job.folder,
                fields=self._stage.jobs.fields(job),
                rows=rows,
                first=first,
                count=job.result_count if only is None else 1,
                trigger_time=self._stage.now(),
            )
            if self._built_in.serves(action):
                self._built_in.fire(saved, job, firing)
            else:
                self._stage.alert_actions.fire(firing)
            job.ttl = max(job.ttl, self._kept(saved, action))

    def _kept(self, saved: Saved, action: str) -> float:
        """Returns how many seconds an action keeps its job: the ttl of its stanza, `2p` in periods of the schedule."""
        text = self._stage.conf.get("alert_actions", action, "ttl") or ACTION_TTL.get(action, "10p")
        settings = {**saved.settings, "dispatch.ttl": saved.settings.get(f"action.{action}.ttl") or text}
        return replace(saved, settings=settings).ttl(self._stage.now())

    def _record(self, saved: Saved, job: Job, count: int) -> list[FiredAlert]:
        """Writes down that the alert fired, if alert.track says so."""
        by_actions = saved.tracked_by_actions and any(
            self._stage.conf.boolean("alert_actions", action, "track_alert") for action in saved.actions
        )
        if not (saved.tracked or by_actions):
            return []
        now = self._stage.now()
        return [
            self._stage.ledger.record(
                FiredAlert(
                    0,
                    saved.name,
                    saved.app,
                    saved.owner,
                    job.sid,
                    now,
                    saved.severity,
                    ",".join(saved.actions),
                    saved.digest,
                    count,
                    now + saved.expires,
                )
            )
        ]


def _suppression_key(saved: Saved, row: Row) -> str:
    def flat(name: str) -> str:
        value = row.get(name, "")
        return "\x1f".join(text_of(item) for item in value) if isinstance(value, list) else text_of(value)

    names = saved.suppress_fields
    if "*" in names:
        names = sorted(row)
    return "\x1e".join(f"{name}={flat(name)}" for name in names)
