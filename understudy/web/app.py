"""The routes of the web: login and logout, an app's pages, their scripts, and splunkd's REST for them.

Nothing here knows an app: navigation and dashboards come from the installed apps' own files, through splunkd's REST
with the user's rights.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from understudy.conf import Conf
from understudy.web import html, navigation, sessions, views
from understudy.web.bundles import BUILT, TYPES, Bundles
from understudy.web.guard import DASHBOARD_POLICY, LOOPBACK, POLICY_HEADER, Guard
from understudy.web.navigation import Navigation
from understudy.web.splunkd_proxy import PREFIX, SplunkdProxy

UTC_TABLE = "### SERIALIZED TIMEZONE FORMAT 1.0;Y0 NW 55 54 43;$"
"""UTC in the form in which Splunk's client packages expect a time zone."""
LOGIN = "/en-US/account/login"


class Backstage(Protocol):
    """What the web needs of the stand-in."""

    @property
    def home(self) -> Path: ...

    @property
    def conf(self) -> Conf: ...

    @property
    def accounts(self) -> sessions.Accounts: ...

    @property
    def logins(self) -> sessions.Logins: ...


class Web:
    """The pages over one stage."""

    def __init__(self, stage: Backstage, rest_app: ASGIApp, bundles: Bundles) -> None:
        self.stage = stage
        self.rest_app = rest_app
        self.bundles = bundles

    # Login and logout

    async def login_form(self, request: Request) -> Response:
        return self._login_page(request, request.query_params.get("return_to", ""), "", 200)

    def _login_page(self, request: Request, return_to: str, error: str, status: int) -> Response:
        response = HTMLResponse("", status_code=status)
        token = sessions.login_token(request, response)
        body = html.login_form(token, local_path(return_to), error)
        text = html.document("Log in | Understudy", body, styles=[self.bundles.address("shell.css")])
        answer = HTMLResponse(text, status_code=status)
        answer.raw_headers += [header for header in response.raw_headers if header[0] == b"set-cookie"]
        return answer

    async def login(self, request: Request) -> Response:
        form = await request.form()
        name, password, return_to = (str(form.get(field, "")) for field in ("username", "password", "return_to"))
        if not sessions.is_login_form(request, str(form.get("cval", ""))):
            return self._login_page(request, return_to, "The form was out of date. Try again.", 403)
        client = request.client.host if request.client else "127.0.0.1"
        key = await run_in_threadpool(self.stage.logins.open_session, name, password, client)
        if key is None:
            return self._login_page(request, return_to, "Login failed: unknown user name or wrong password.", 401)
        response = RedirectResponse(local_path(return_to) or "/", status_code=303)
        sessions.open_session(request, response, key)
        return response

    async def logout(self, request: Request) -> Response:
        key = sessions.session_key(request)
        form = await request.form()
        if not sessions.has_form_key(key, str(form.get("splunk_form_key", ""))):
            return PlainTextResponse("The form key is missing or wrong.\n", status_code=403)
        await run_in_threadpool(self.stage.accounts.close_session, key)
        response = RedirectResponse(LOGIN, status_code=303)
        sessions.close_session(request, response)
        return response

    async def _user(self, request: Request) -> str | None:
        key = sessions.session_key(request)
        return await run_in_threadpool(self.stage.accounts.session_user, key) if key else None

    # Pages

    async def home(self, request: Request) -> Response:
        """Opens the default view of the first app whose default view the user may read and this server draws."""
        if await self._user(request) is None:
            return to_login("")
        found = await views.readable(self.rest_app, sessions.session_key(request))
        wanted = request.path_params.get("app")
        names = [wanted] if wanted else list(dict.fromkeys(view.app for view in found))
        drawn = {(view.app, view.name) for view in found if view.kind in ("studio", "page")}
        for app in names:
            if any(view.app == app for view in found) and navigation.nav_file(self._folder(app)) is not None:
                default = self._navigation(app, found).default
                if wanted or (app, default) in drawn or default in navigation.BUILT_IN:
                    return RedirectResponse(navigation.view_path(app, default))
        if wanted is None and names:
            return RedirectResponse(navigation.view_path(names[0], "dashboards"))
        return await self._page(request, "", "")

    async def view(self, request: Request) -> Response:
        """Serves one page of an app: a Dashboard Studio view of it, or one of the built-in pages."""
        return await self._page(request, request.path_params["app"], request.path_params["view"])

    async def _page(self, request: Request, app: str, name: str) -> Response:
        user = await self._user(request)
        if user is None:
            return to_login(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
        key = sessions.session_key(request)
        found = [view for view in await views.readable(self.rest_app, key) if view.app == app]
        view = next((view for view in found if view.name == name and view.kind == "page"), None)
        script, title, notice, status = self._app_page(view) if view else self._content(app, name, found)
        nav = self._navigation(app, found) if found else Navigation((), "", "")
        label = self._label(app) if found else ""
        bar = html.header(label, nav, name, user, sessions.form_key(key))
        styles = [self.bundles.address(sheet) for sheet in ("shell.css", f"{script}.css") if self.bundles.has(sheet)]
        address = self._own_script(view) if view else self.bundles.address(f"{script}.js")
        scripts = ["/en-US/config", address] if script else []
        full_title = " | ".join(part for part in (title, label, "Understudy") if part)
        place = html.place(view.place) if view else ""
        body = bar + (html.notice(title, notice) if notice else html.page(place))
        headers = {POLICY_HEADER: DASHBOARD_POLICY} if script == "dashboard" else {}
        text = html.document(full_title, body, styles=styles, scripts=scripts)
        return HTMLResponse(text, status_code=status, headers=headers)

    def _app_page(self, view: views.View) -> tuple[str, str, str, int]:
        """Returns script, title, notice and status of a page that the app's own script draws."""
        if self._static_file(view.app, view.script) is None:
            text = f"The app has no appserver/static/{view.script}: pages of React are built before it is installed."
            return "", view.label, text, 503
        return view.name, view.label, "", 200

    def _own_script(self, view: views.View) -> str:
        path = self._static_file(view.app, view.script)
        state = path.stat() if path is not None else None
        version = f"{state.st_mtime_ns:x}-{state.st_size:x}" if state is not None else self.bundles.version
        return f"/en-US/static/@{version}/app/{view.app}/{view.script}"

    def _static_file(self, app: str, name: str) -> Path | None:
        """Returns a file below an app's appserver/static, None if there is none or the name leads out of it."""
        try:
            folder = (self._folder(app) / "appserver" / "static").resolve()
            path = (folder / name).resolve()
            inside = path.is_relative_to(folder) and folder.parent.parent.name == app
            return path if inside and path.is_file() and path.suffix in TYPES else None
        except (OSError, ValueError):  # no file has such a name: it is too long, or holds NUL
            return None

    def _content(self, app: str, name: str, found: list[views.View]) -> tuple[str, str, str, int]:
        """Returns script, title, notice and status of a page; an app or view that may not be read does not exist."""
        view = next((view for view in found if view.name == name), None)
        if not found or (view is None and name not in navigation.BUILT_IN):
            return "", "Not found", "There is no such page, or your roles may not read it.", 404
        if view is not None and view.kind != "studio":
            text = "The stand-in draws Dashboard Studio views (version 2) and own pages only. Splunk draws this one."
            return "", view.label, text, 501
        script, title = ("dashboard", view.label) if view is not None else (name, navigation.BUILT_IN[name])
        if not self.bundles.has(f"{script}.js"):
            text = "The scripts of the pages are not built: run `npm ci` and `npm run build` in frontend/."
            return "", title, text, 503
        return script, title, "", 200

    def _folder(self, app: str) -> Path:
        return self.stage.home / "etc" / "apps" / app

    def _label(self, app: str) -> str:
        return self.stage.conf.get("app", "ui", "label", app=app) or app

    def _navigation(self, app: str, found: list[views.View]) -> Navigation:
        labels = {view.name: view.label for view in found if view.app == app}
        path = navigation.nav_file(self._folder(app))
        if path is None:
            return navigation.fallback(app, labels)
        try:
            return navigation.read(app, path.read_text("utf-8"), labels)
        except ElementTree.ParseError:
            return navigation.fallback(app, labels)

    # What the scripts need

    async def config(self, request: Request) -> Response:
        """Serves the globals that Splunk's client packages look for."""
        user = await self._user(request)
        if user is None:
            return PlainTextResponse("/* no session */", media_type="text/javascript", status_code=401)
        facts = {
            "LOCALE": "en-US",
            "MRSPARKLE_ROOT_PATH": "",
            "MRSPARKLE_PORT_NUMBER": str(sessions.port_of(request)),
            "SPLUNKD_PATH": PREFIX,
            "USERNAME": user,
            "BUILD_NUMBER": self.bundles.version,
            "BUILD_PUSH_NUMBER": 0,
            "VERSION_LABEL": "understudy",
            "SPLUNK_UI_THEME": "enterprise",
            "SERVER_ZONEINFO": UTC_TABLE,
        }
        return Response(f"window.$C = {json.dumps(facts)};\n", media_type="text/javascript")

    async def catalog(self, request: Request) -> Response:
        """Serves the English catalog: every text stands for itself."""
        return Response(
            "window.gettext = window._ = function (text) { return text; };\n"
            "window.ngettext = window.ungettext = function (one, many, count) { return count === 1 ? one : many; };\n",
            media_type="text/javascript",
        )

    async def static(self, request: Request) -> Response:
        path = self.bundles.files.get(request.path_params["name"])
        if path is None:
            return PlainTextResponse("not found\n", status_code=404)
        current = request.path_params["version"] == self.bundles.version
        keep = "public, max-age=31536000, immutable" if current else "no-cache"
        return FileResponse(path, media_type=TYPES[path.suffix], headers={"Cache-Control": keep})

    async def app_static(self, request: Request) -> Response:
        """Serves a file of an app's appserver/static to who is logged in."""
        found = self._static_file(request.path_params["app"], request.path_params["name"])
        if found is None or await self._user(request) is None:
            return PlainTextResponse("not found\n", status_code=404)
        return FileResponse(found, media_type=TYPES[found.suffix], headers={"Cache-Control": "no-cache"})


def local_path(text: str) -> str:
    """Returns the path if it is one of this server's pages, else an empty string: a login never leads elsewhere."""
    inside = text.startswith("/en-US/app/") and "\\" not in text and "//" not in text.partition("?")[0]
    return text if inside and text.isprintable() else ""


def to_login(return_to: str) -> Response:
    return RedirectResponse(f"{LOGIN}?return_to={quote(return_to, safe='')}" if return_to else LOGIN)


async def with_locale(request: Request) -> Response:
    """Leads an address without a locale, as links of dashboards are, to the same page with one."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/en-US{request.url.path}{query}")


async def session_ended(request: Request, _: Exception) -> Response:
    """Answers a page whose session ended between two questions."""
    return to_login(request.url.path)


def build(stage: Backstage, rest_app: ASGIApp, *, built: Path = BUILT, hosts: tuple[str, ...] = LOOPBACK) -> Starlette:
    """Returns the web application. built: the folder of the built scripts; hosts: names it answers under."""
    web = Web(stage, rest_app, Bundles(built))
    routes = [
        Route("/", web.home),
        Route("/en-US", web.home),
        Route("/en-US/", web.home),
        Route("/app/{app}/{view}", with_locale),
        Route("/en-US/app/{app}", web.home),
        Route("/en-US/app/{app}/", web.home),
        Route("/en-US/app/{app}/{view}", web.view),
        Route(LOGIN, web.login_form, methods=["GET"]),
        Route(LOGIN, web.login, methods=["POST"]),
        Route("/en-US/account/logout", web.logout, methods=["POST"]),
        Route("/en-US/config", web.config),
        Route("/en-US/i18ncatalog", web.catalog),
        Route("/en-US/static/@{version}/{name}", web.static),
        Route("/en-US/static/@{version}/app/{app}/{name:path}", web.app_static),
        Mount(PREFIX, app=SplunkdProxy(rest_app)),
    ]
    return Starlette(
        routes=routes, middleware=[Middleware(Guard, hosts=hosts)], exception_handlers={PermissionError: session_ended}
    )
