"""One instance of the stand-in over a home folder: store, configuration, accounts, jobs, inputs, schedules, REST.

Home: etc/{apps,system,users}, var/lib/understudy (events, KV, accounts), var/lib/modinputs, var/run/dispatch,
var/log/splunkd.log. Nothing is shared between two stages but what lies on disk.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from understudy import access as access_room
from understudy.access import AccessContext
from understudy.access.accounts import Accounts
from understudy.access.context import SYSTEM_USER
from understudy.access.logins import Logins
from understudy.conf import SYSTEM, Conf
from understudy.jobs.job import Job, Request
from understudy.jobs.knowledge import AppKnowledge
from understudy.jobs.limits import limits_of
from understudy.jobs.service import Jobs
from understudy.protocol.alert_actions import AlertActions
from understudy.protocol.children import Surroundings, default_python
from understudy.protocol.modular_inputs import ModularInputs, Run
from understudy.protocol.persistent import HandlerPool
from understudy.rest import app as rest_app
from understudy.rest import collector
from understudy.rest.bulletins import Bulletins
from understudy.rest.listener import LOOPBACK, Listener, check_address
from understudy.rest.passwords import Passwords
from understudy.rest.receivers import streamed
from understudy.schedule.inputs import InputSchedule
from understudy.schedule.ledger import Ledger
from understudy.schedule.searches import SearchSchedule
from understudy.spl.errors import RuntimeSplError, SplError
from understudy.spl.model import Context, Row, Stream
from understudy.spl.times import parse_modifier
from understudy.storage import settings_report
from understudy.storage.freezing import EVERY_S, freeze
from understudy.storage.kv import KVStore
from understudy.storage.own_log import OwnLog
from understudy.storage.store import Store
from understudy.storage.tables import AppTables

_SEVERITIES = ("DEBUG", "INFO", "WARN", "ERROR", "FATAL")
_SEARCH_APP = "[ui]\nis_visible = true\nlabel = Search\n\n[launcher]\nversion = 0.1.0\ndescription = Ad hoc searches\n"
_SEARCH_SAVED = """[Errors in the last 24 hours]
description = A sample report, as Splunk's search app has one
search = error OR failed OR severe
dispatch.earliest_time = -1d
"""
_SEARCH_META = "[]\naccess = read : [ * ], write : [ admin, power ]\n"

PRIVATE = ("", "etc/users", "etc/system/local", "var", "var/lib/understudy", "var/run/dispatch", "var/log")
"""Folders of the home that only the owner of the process may enter: events, jobs, passwords and logs lie there."""


class Stage:
    """See the module. rest_port 0 = a free one, known after construction as `rest_port`.

    host: an address of this machine's loopback, unless allow_remote is given (then tls is needed). collector_port:
    serve the event collector there; None = as inputs.conf [http] says. Raises AddressRefusedError.
    """

    def __init__(
        self,
        home: Path,
        *,
        python: Path | None = None,
        rest_port: int = 8089,
        web_port: int | None = None,
        clock: Callable[[], float] = time.time,
        tls: tuple[Path, Path] | None = None,
        host: str = LOOPBACK,
        allow_remote: bool = False,
        collector_port: int | None = None,
    ) -> None:
        check_address(host, allow_remote, tls is not None)
        self._home = home.resolve()
        self.host = host
        self.clock = clock
        self.web_port = web_port
        self.tls = tls
        self._log_lock = threading.Lock()
        self.log_levels: dict[str, str] = {}
        """Component -> the lowest severity it writes to the log, where it is not all."""
        self._make_home()
        self._listener = Listener(host, rest_port, tls)
        self.rest_port: int = self._listener.port
        self._collector_port = collector_port
        self._collector: Listener | None = None
        self.conf = Conf.load(self.home / "etc")
        self._write_addresses()
        library = self.home / "var" / "lib" / "understudy"
        self.store = Store(library / "events.duckdb", self.conf, clock)
        self.kv = KVStore(library / "kv.sqlite")
        log = self.home / "var" / "log" / "splunkd.log"
        self.own_log = OwnLog(self.store, log, library / "splunkd.log.position")
        self.accounts = Accounts(library / "auth.sqlite", clock)
        self.logins = Logins(self)
        self.bulletins = Bulletins(library / "messages.sqlite")
        self.bulletins.remove("restart_required")  # this is the restart
        scheme = "https" if tls else "http"
        shown = LOOPBACK if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
        self.surroundings = Surroundings(self.home, python or default_python(), f"{scheme}://{shown}:{self.rest_port}")
        self._sessions: dict[str, str] = {}
        self._frozen = 0.0
        self._reported: set[str] = set()
        self.jobs = Jobs(self)
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self._build()
        self._report_settings()

    def _build(self) -> None:
        self.ledger = Ledger(self.home / "var" / "lib" / "understudy" / "schedule.sqlite")
        self.started = self.clock()
        self.passwords = Passwords(self.home, self.conf)
        self.handlers = HandlerPool(self.surroundings, self.log)
        self.alert_actions = AlertActions(self)
        self.inputs = ModularInputs(self)
        self.input_schedule = InputSchedule(self)
        self.search_schedule = SearchSchedule(self)

    def _report_settings(self) -> None:
        """Logs what the apps' configuration asks for and cannot have, once each; the log is in index _internal."""
        found = [*settings_report.warnings(self.conf), *(str(problem) for problem in self.conf.problems)]
        for text in found:
            if text not in self._reported:
                self._reported.add(text)
                self.log("WARN", "ConfReader", text)

    @property
    def home(self) -> Path:
        return self._home

    def now(self) -> float:
        return self.clock()

    def _make_home(self) -> None:
        for part in (
            "etc/apps",
            "etc/system/default",
            "etc/system/local",
            "etc/users",
            "var/lib/understudy",
            "var/lib/modinputs",
            "var/run/dispatch",
            "var/log/splunk",
        ):
            (self.home / part).mkdir(parents=True, exist_ok=True)
        for part in PRIVATE:
            (self.home / part).chmod(0o700)
        search = self.home / "etc" / "apps" / "search" / "default" / "app.conf"
        if not search.exists():
            search.parent.mkdir(parents=True)
            search.write_text(_SEARCH_APP, encoding="utf-8")
            search.with_name("savedsearches.conf").write_text(_SEARCH_SAVED, encoding="utf-8")
            (search.parent.parent / "metadata").mkdir()
            (search.parent.parent / "metadata" / "default.meta").write_text(_SEARCH_META, encoding="utf-8")

    def _write_addresses(self) -> None:
        """Scripts of apps find splunkd by these two settings."""
        self.conf.write("server", "sslConfig", {"enableSplunkdSSL": "true" if self.tls else "false"}, SYSTEM)
        self.conf.write("web", "settings", {"mgmtHostPort": f"127.0.0.1:{self.rest_port}"}, SYSTEM)

    # Life

    def start(self, *, schedules: bool = False) -> None:
        """Serves REST and returns when it answers; with schedules, runs inputs and searches when due."""
        self._listener.start(rest_app.build(self), "rest", streamed(self))
        if self._collector_port is not None or not self.conf.boolean("inputs", "http", "disabled", True):
            self.start_collector()
        if schedules:
            ticker = threading.Thread(target=self._tick, name="schedules", daemon=True)
            ticker.start()
            self._threads.append(ticker)

    @property
    def collector_port(self) -> int | None:
        """Returns the port of the event collector, None while it is off."""
        return None if self._collector is None else self._collector.port

    def start_collector(self) -> None:
        """Serves the event collector on its port: the one given to the stage, else of inputs.conf [http]."""
        if self._collector is not None:
            return
        wanted = self._collector_port
        if wanted is None:
            text = self.conf.get("inputs", "http", "port") or "8088"
            wanted = int(text) if text.isdigit() and int(text) < 65_536 else 8088
        encrypted = self.conf.boolean("inputs", "http", "enableSSL", True)
        self._collector = Listener(self.host, wanted, self.tls if encrypted else None)
        self._collector.start(collector.build(self), "collector")

    def stop_collector(self) -> None:
        if self._collector is not None:
            self._collector.stop()
            self._collector = None

    def _tick(self) -> None:
        while not self._stopping.wait(1.0):
            try:
                self.run_due()
            except Exception as error:  # the edge of the schedule: one failed round must not end all later ones
                self.log("ERROR", "Scheduler", f"{type(error).__name__}: {error}")

    def stop(self) -> None:
        """Ends everything and closes the files. Safe to call twice."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self.inputs.close()
        self.stop_collector()
        self._listener.stop()
        for thread in self._threads:
            thread.join(timeout=20)
        self.jobs.close()
        self.handlers.close()
        self.kv.close()
        self.accounts.close()
        self.bulletins.close()
        self.ledger.close()
        self.store.close()

    def restart(self) -> None:
        """Does what a restart of splunkd does to those who use it, and lets the process go on.

        Running searches and sessions of people end, scripts of apps start anew, the configuration is read anew.
        """
        self.jobs.interrupt()
        self.conf.reload()
        self.handlers.forget()
        self.accounts.close_sessions()
        self.bulletins.remove("restart_required")
        self.log("INFO", "Restart", "asked for over REST: configuration read anew, sessions ended")
        self._report_settings()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # Apps and users

    def install(self, app_dir: Path) -> None:
        """Copies an app in, keeping its local folder and local.meta if it is there already."""
        target = self.home / "etc" / "apps" / app_dir.name
        kept = None
        if target.exists():
            kept = target.with_name(target.name + ".kept")
            shutil.rmtree(kept, ignore_errors=True)
            target.rename(kept)
        shutil.copytree(app_dir, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        if kept is not None:
            if (kept / "local").is_dir():
                shutil.copytree(kept / "local", target / "local", dirs_exist_ok=True)
            if (kept / "metadata" / "local.meta").is_file():
                (target / "metadata").mkdir(exist_ok=True)
                shutil.copy2(kept / "metadata" / "local.meta", target / "metadata" / "local.meta")
            shutil.rmtree(kept)
        self.conf.reload()
        self.handlers.forget()
        self._report_settings()

    def create_user(self, name: str, password: str, roles: Sequence[str], **more: str) -> None:
        """Makes a user, or gives an existing one this password and these roles."""
        if self.accounts.user(name) is None:
            self.accounts.create(name, password, roles, **more)
        else:
            self.accounts.change(name, password=password, roles=roles, **more)

    def access(self, user: str) -> AccessContext:
        """Returns a user's rights as the configuration says now. An unknown user has none."""
        if user in (SYSTEM_USER, "nobody"):
            return access_room.system_user(self.conf)
        found = self.accounts.user(user)
        return access_room.build(self.conf, user, found.roles if found else ())

    def cumulative_quotas(self) -> bool:
        """Tells whether limits.conf turns cumulative role quotas on."""
        return self.conf.boolean("limits", "search", "enable_cumulative_quota")

    def session_key(self, user: str) -> str:
        """Returns a session key for work the stand-in does in a user's name; it ends with this process."""
        key = self._sessions.get(user)
        if key is None or self.accounts.session_user(key) is None:
            key = self._sessions[user] = self.accounts.open_session(
                SYSTEM_USER if user in ("nobody", SYSTEM_USER) else user, lasting=True
            )
        return key

    def zone(self, user: str) -> tzinfo:
        found = self.accounts.user(user)
        try:
            return ZoneInfo(found.tz) if found and found.tz else UTC
        except (ZoneInfoNotFoundError, ValueError):
            return UTC

    # Searches

    def search_context(self, job: Job) -> Context:
        """Returns what the job's search may ask for: its owner's rights, its time range, its session."""
        request = job.request
        context = self.context(request.user, request.app, request.now)

        def bound(text: str) -> float | None:
            return parse_modifier(text, context.now, context.zone) if text.strip() else None

        session = {
            "session_key": self.session_key(request.user),
            "splunkd_uri": self.surroundings.uri,
            "dispatch_dir": str(job.folder),
            **request.parameters,
        }
        return replace(
            context,
            earliest=bound(request.earliest),
            latest=bound(request.latest),
            sid=job.sid,
            search=request.search,
            session=session,
        )

    def context(self, user: str, app: str = "search", now: float | None = None) -> Context:
        """Returns a search context over all time, in a user's name."""
        rights = self.access(user)
        if rights.capabilities is not None and "search" not in rights.capabilities:
            raise RuntimeSplError(f"The user '{user}' may not search (capability search)")
        knowledge = AppKnowledge(
            self.conf,
            rights,
            app,
            self.surroundings,
            lambda wanted: self.jobs.artifact(wanted, rights),
            lambda path, parameters: self._rest_rows(user, app, path, parameters),
            lambda firing: self.alert_actions.run(firing),
        )
        return Context(
            events=self.store.events_for(rights),
            tables=AppTables(self.conf, self.kv, rights, app),
            knowledge=knowledge,
            now=self.now() if now is None else now,
            zone=self.zone(user),
            user=user,
            app=app,
            capabilities=rights.capabilities,
            limits=limits_of(self.conf),
        )

    def _rest_rows(self, user: str, app: str, path: str, parameters: Mapping[str, str]) -> Iterator[Row]:
        return rest_app.rows_of(self, user, app, path, parameters)

    def search(
        self,
        spl: str,
        user: str,
        *,
        app: str = "search",
        earliest: str = "",
        latest: str = "",
        now: float | None = None,
    ) -> Stream:
        """Runs a search to its end and returns its rows. Raises SplError."""
        request = Request(spl, user, app, earliest, latest, now)
        job = self.jobs.dispatch(request, wait=True)
        if job.failed:
            text = next((m.text for m in reversed(job.messages) if m.severity == "FATAL"), "the search failed")
            raise _error_of(job.error_kind, text)
        return Stream(self.jobs.rows(job), list(job.fields))

    # Schedules

    def run_inputs(
        self, scheme: str | None = None, *, names: Collection[str] | None = None, at_once: int = 1
    ) -> list[Run]:
        """Runs every enabled input (or those of these names) once, to the end of its process; returns what each run
        did. `at_once` inputs of a scheme share a process, which Splunk would not let them."""
        runs = self.input_schedule.run_all(scheme, names, at_once)
        self.own_log.index()
        return runs

    def run_schedules(self, now: float | None = None) -> list[Job]:
        """Freezes what is too old, runs every scheduled search that is due once, and its alerts; returns the jobs."""
        moment = self.now() if now is None else now
        freeze(self.store, moment)
        jobs = self.search_schedule.run_due(moment)
        self.own_log.index()
        return jobs

    def run_due(self, now: float | None = None) -> None:
        """Runs the inputs and searches that are due, and freezes what is too old."""
        moment = self.now() if now is None else now
        if moment - self._frozen >= EVERY_S:
            self._frozen = moment
            freeze(self.store, moment)
        self.input_schedule.run_due(moment)
        self.search_schedule.run_due(moment, self.started)
        self.own_log.index()

    # Log

    def log(self, severity: str, component: str, text: str) -> None:
        """Appends a line to var/log/splunkd.log."""
        lowest = self.log_levels.get(component)
        if lowest is not None and severity in _SEVERITIES and _SEVERITIES.index(severity) < _SEVERITIES.index(lowest):
            return
        stamp = datetime.fromtimestamp(self.now(), UTC).strftime("%m-%d-%Y %H:%M:%S.%f")[:-3] + " +0000"
        line = f"{stamp} {severity:<5} {component} - {text}".replace("\r", " ").replace("\n", " ")
        path = self.home / "var" / "log" / "splunkd.log"
        with self._log_lock, open(path, "a", encoding="utf-8", opener=_private) as out:
            out.write(line + "\n")


def _private(path: str, flags: int) -> int:
    """Opens a file that only the owner of the process may read."""
    return os.open(path, flags, 0o600)


def _error_of(kind: str, text: str) -> SplError:
    found = next((cls for cls in SplError.__subclasses__() if cls.kind == kind), RuntimeSplError)
    return found(text)
