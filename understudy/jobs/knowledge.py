"""Knowledge objects of the apps as one user sees them in one app: the `Knowledge` seam of the SPL room."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from understudy.access import AccessContext
from understudy.conf import Conf, Entry, boolean
from understudy.protocol.alert_actions import AlertActionError, Firing, UnknownAlertActionError
from understudy.protocol.children import ChildError, Surroundings
from understudy.protocol.chunked import ChunkedCommand, CommandConf
from understudy.spl.commands.loadjob import Wanted
from understudy.spl.commands.sendalert import Alert
from understudy.spl.errors import MissingError, RuntimeSplError
from understudy.spl.model import Context, CustomCommand, Macro, Row, SavedSearch, Stream
from understudy.storage.reports import compile_report

RestCall = Callable[[str, Mapping[str, str]], Iterator[Row]]
JobLookup = Callable[[Wanted], Stream | None]
AlertRunner = Callable[[Firing], None]


def find(conf: Conf, kind: str, name: str, access: AccessContext, app: str) -> Entry | None:
    """Returns the object of that name that wins in the app for the user: own, the app's, then exported ones."""
    if name not in conf.stanzas(kind) and name not in conf.stanzas(kind, app, access.user):
        return None
    for entry in conf.entries(kind, app, access.user):
        if entry.name == name:
            return access.shown(entry, kind)
    return None


class AppKnowledge:
    """One per search; nothing is cached, so that a changed object counts in the next search."""

    def __init__(
        self,
        conf: Conf,
        access: AccessContext,
        app: str,
        surroundings: Surroundings,
        job: JobLookup,
        rest: RestCall,
        alert: AlertRunner,
    ) -> None:
        self._conf = conf
        self._access = access
        self._app = app
        self._surroundings = surroundings
        self._job = job
        self._rest = rest
        self._alert = alert

    def macro(self, name: str, count: int) -> Macro | None:
        entry = find(self._conf, "macros", name if count == 0 else f"{name}({count})", self._access, self._app)
        if entry is None or "definition" not in entry.settings:
            return None
        settings = entry.settings
        arguments = [part.strip() for part in settings.get("args", "").split(",") if part.strip()]
        return Macro(
            definition=settings["definition"],
            arguments=arguments,
            iseval=boolean(settings.get("iseval")),
            validation=settings.get("validation", ""),
            errormsg=settings.get("errormsg", ""),
        )

    def saved_search(self, name: str) -> SavedSearch | None:
        entry = find(self._conf, "savedsearches", name, self._access, self._app)
        if entry is None or not entry.settings.get("search"):
            return None
        return SavedSearch(
            name=name,
            search=entry.settings["search"],
            earliest=entry.settings.get("dispatch.earliest_time", ""),
            latest=entry.settings.get("dispatch.latest_time", ""),
            dispatch_as=entry.settings.get("dispatchAs", "owner"),
            owner=entry.acl.owner,
            app=entry.acl.app,
        )

    def custom_command(self, name: str) -> CustomCommand | None:
        entry = find(self._conf, "commands", name, self._access, self._app)
        if entry is None or boolean(entry.settings.get("disabled")):
            return None
        try:
            return ChunkedCommand(CommandConf(name, entry.acl.app, entry.settings), self._surroundings)
        except ChildError as error:
            raise RuntimeSplError(f"Error in '{name}' command: {error}") from error

    def event_type(self, name: str) -> str | None:
        entry = find(self._conf, "eventtypes", name, self._access, self._app)
        if entry is None or boolean(entry.settings.get("disabled")):
            return None
        return entry.settings.get("search")

    def extraction(self, name: str, changes: Mapping[str, str]) -> Callable[[Row], None] | None:
        """Returns the step of a field transform for `extract`, with some of its settings changed."""
        entry = find(self._conf, "transforms", name, self._access, self._app)
        if entry is None:
            return None
        try:
            return compile_report(name, {**entry.settings, **changes})
        except ValueError as error:
            raise RuntimeSplError(f"Error in 'extract' command: {error}") from error

    def job(self, sid: str) -> Stream | None:
        return self._job(Wanted(sid))

    def artifact(self, wanted: Wanted) -> Stream | None:
        """Returns the rows of the job that loadjob asks for."""
        return self._job(wanted)

    def rest(self, path: str, parameters: Mapping[str, str]) -> Iterator[Row]:
        return self._rest(path, parameters)

    def transaction_type(self, name: str) -> Mapping[str, str] | None:
        """Returns the settings of a stanza of transactiontypes.conf."""
        entry = find(self._conf, "transactiontypes", name, self._access, self._app)
        return None if entry is None else entry.settings

    def send_alert(self, alert: Alert, rows: Sequence[Row], fields: Sequence[str], context: Context) -> None:
        """Runs an alert action of an app over rows, as `sendalert` asks. Raises MissingError, RuntimeSplError."""
        with tempfile.TemporaryDirectory(prefix="sendalert-") as folder:
            firing = Firing(
                action=alert.action,
                search_name="",
                sid=context.sid,
                user=context.user,
                app=context.app,
                parameters=alert.parameters,
                folder=Path(context.session.get("dispatch_dir") or folder),
                fields=fields,
                rows=lambda: rows,
                first=rows[0] if rows else {},
                count=len(rows),
                trigger_time=context.now,
                results_link=alert.results_link,
                results_path=alert.results_path,
            )
            try:
                self._alert(firing)
            except UnknownAlertActionError as error:
                raise MissingError(f"alert action '{alert.action}' not found: {error}", alert.position) from error
            except (AlertActionError, ChildError, OSError) as error:
                raise RuntimeSplError(f"Error in 'sendalert' command: {error}", alert.position) from error
