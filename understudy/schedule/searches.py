"""Scheduled searches: which are due, running them in the right user's name, and their alerts."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from understudy.access import AccessContext
from understudy.conf import Conf
from understudy.jobs.job import Job, Request
from understudy.jobs.service import Jobs
from understudy.protocol.alert_actions import AlertActions, Firing
from understudy.rest.accounts import SYSTEM_USER, Accounts
from understudy.schedule import cron
from understudy.schedule.conditions import ConditionError, fires
from understudy.schedule.ledger import FiredAlert, Ledger
from understudy.schedule.saved import Saved
from understudy.spl.errors import SplError
from understudy.spl.model import Row
from understudy.spl.values import text_of

KIND = "search"


class Backstage(Protocol):
    """What the schedule of searches needs of the instance."""

    conf: Conf
    jobs: Jobs
    accounts: Accounts
    alert_actions: AlertActions
    ledger: Ledger

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

    def saved(self) -> list[Saved]:
        """Returns every saved search of every app and user."""
        found = [Saved.of(entry) for entry in self._stage.conf.entries("savedsearches")]
        for user in self._stage.accounts.users():
            for entry in self._stage.conf.entries("savedsearches", None, user.name):
                if entry.acl.sharing == "user":
                    found.append(Saved.of(entry))
        return found

    def due(self, now: float, since: float | None = None) -> list[tuple[Saved, float]]:
        """Returns (search, its scheduled time) of those with a time at or before now that has not run.

        since: times before it are not made up for. Searches without alerts come first: alerts read what they make.
        """
        found: list[tuple[Saved, float]] = []
        for saved in self.saved():
            if not saved.scheduled or not saved.search:
                continue
            try:
                at = cron.latest(saved.cron, now)
            except cron.ScheduleError as error:
                self._stage.log("ERROR", "SavedSplunker", f'savedsearch_id="{saved.key}" {error}')
                continue
            last = self._stage.ledger.last_run(KIND, saved.key)
            if (last is None or at > last) and (since is None or at >= since):
                found.append((saved, at))
        return sorted(found, key=lambda pair: (pair[0].is_alert, pair[0].key))

    def run_due(self, now: float, since: float | None = None) -> list[Job]:
        """Runs what is due, one after the other, each once; returns the jobs."""
        with self._lock:
            jobs = []
            for saved, at in self.due(now, since):
                self._stage.ledger.ran(KIND, saved.key, at)
                jobs.append(self.dispatch(saved, moment=at, scheduled=True, wait=True))
            return jobs

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
        digest = abs(hash(saved.key)) % 10**8
        request = Request(
            search=saved.search if search is None else search,
            user=user,
            app=saved.app,
            earliest=saved.settings.get("dispatch.earliest_time", "") if earliest is None else earliest,
            latest=saved.settings.get("dispatch.latest_time", "") if latest is None else latest,
            now=moment,
            label=saved.name,
            sid=f"{prefix}__{digest:08d}_at_{self._stage.now():.0f}_{self._sequence}",
            ttl=saved.ttl(),
            saved_search=saved.name,
            saved_search_owner=saved.owner,
            scheduled=scheduled,
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
        try:
            if not fires(
                saved.settings,
                job.result_count,
                lambda: self._stage.jobs.rows(job),
                lambda text: self._custom(job, text),
            ):
                return []
        except (ConditionError, SplError) as error:
            self._stage.log("ERROR", "SavedSplunker", f"{name} alert condition: {error}")
            return []
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
        return [self._record(saved, job, job.result_count)]

    def _per_result(self, saved: Saved, job: Job) -> list[FiredAlert]:
        fired = []
        for row in self._stage.jobs.rows(job):
            if saved.suppressed and self._is_quiet(saved, _suppression_key(saved, row)):
                continue
            self._act(saved, job, row, row)
            fired.append(self._record(saved, job, 1))
        return fired

    def _is_quiet(self, saved: Saved, key: str) -> bool:
        """Tells whether the alert is suppressed for the key; if not, it is from now on."""
        now = self._stage.now()
        if self._stage.ledger.quiet_until(saved.key, key) > now:
            return True
        self._stage.ledger.keep_quiet(saved.key, key, now + saved.suppress_seconds)
        return False

    def _act(self, saved: Saved, job: Job, first: Row, only: Row | None) -> None:
        def rows() -> Iterable[Row]:
            return self._stage.jobs.rows(job) if only is None else [only]

        for action in saved.actions:
            self._stage.alert_actions.fire(
                Firing(
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
            )

    def _record(self, saved: Saved, job: Job, count: int) -> FiredAlert:
        now = self._stage.now()
        return self._stage.ledger.record(
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


def _suppression_key(saved: Saved, row: Row) -> str:
    def flat(name: str) -> str:
        value = row.get(name, "")
        return "\x1f".join(text_of(item) for item in value) if isinstance(value, list) else text_of(value)

    names = saved.suppress_fields
    if "*" in names:
        names = sorted(row)
    return "\x1e".join(f"{name}={flat(name)}" for name in names)
