"""auth/login, auth/logout, authentication/current-context and httpauth-tokens: who is calling."""

from __future__ import annotations

from xml.sax.saxutils import escape

from starlette.responses import Response

from understudy.access.roles import names as role_names
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

SESSIONS = "authentication/httpauth-tokens"


def login(call: Call) -> Response:
    """Opens a session. With cookie=1 the key comes as cookie `splunkd_<port>` too."""
    name, password = call.text("username"), call.text("password")
    key = call.stage.logins.open_session(name, password, call.client)
    if key is None:
        raise RestError(401, "Login failed", "WARN")
    headers = {}
    if call.boolean("cookie"):
        headers["Set-Cookie"] = replies.session_cookie(call, key)
    value = {"sessionKey": key, "message": "", "code": ""}
    text = f'<sessionKey>{escape(key)}</sessionKey><messages><msg code=""></msg></messages>'
    return replies.document(call, text, value, headers=headers)


def logout(call: Call) -> Response:
    call.stage.accounts.close_session(call.session_key)
    headers = {"Set-Cookie": f"splunkd_{call.stage.rest_port}=; Path=/; HttpOnly; Max-Age=0"}
    return replies.document(call, "<messages/>", {"messages": []}, headers=headers)


def current_context(call: Call) -> Response:
    """Returns the caller as splunkd knows it; the web pages read roles and capabilities from it."""
    user = call.stage.accounts.user(call.user)
    held = list(call.access.held) or list(call.access.roles)
    capabilities = call.access.capabilities
    content = {
        "username": call.user,
        "realname": user.realname if user else "",
        "email": user.email if user else "",
        "roles": held,
        "capabilities": sorted(capabilities) if capabilities is not None else sorted(_every_capability(call)),
        "defaultApp": (user.default_app if user else "") or "search",
        "tz": user.tz if user else "",
        "type": "Splunk",
        "search_assistant": "compact",
        "search_auto_format": False,
        "search_line_numbers": False,
        "search_syntax_highlighting": "light",
        "search_use_advanced_editor": True,
    }
    path = "authentication/current-context"
    return replies.entry(call, path, Entry("context", content, title="context"))


def _every_capability(call: Call) -> set[str]:
    from understudy.access.roles import load

    found: set[str] = set()
    for name in role_names(call.stage.conf):
        role = load(call.stage.conf, name)
        found |= role.capabilities if role else set()
    return found


def _session_entries(call: Call) -> list[Entry]:
    """Returns the sessions of the caller, of everybody for an administrator; named by a digest, never by the key."""
    every = call.access.may("edit_user")
    return [
        Entry(digest, {"authString": "********", "userName": user, "searchId": "", "timeAccessed": replies.iso(used)})
        for digest, user, used in call.stage.accounts.sessions()
        if every or user == call.user
    ]


def sessions(call: Call) -> Response:
    return listing.page(call, SESSIONS, _session_entries(call))


def session(call: Call) -> Response:
    """The name is the digest that the list tells, or the caller's own session key."""
    key = call.parts["key"]
    if call.method == "DELETE" and key == call.session_key:
        return logout(call)
    found = next((item for item in _session_entries(call) if item.name == key), None)
    if found is None:
        raise missing("session")
    if call.method == "DELETE":
        call.stage.accounts.close_session_of(key)
        return replies.message(call, "The session was ended.")
    return replies.entry(call, SESSIONS, found)


ROUTES = [
    Route(("POST",), "auth/login", login, public=True),
    Route(("POST", "DELETE"), "auth/logout", logout),
    Route(("GET",), "authentication/current-context", current_context),
    Route(("GET",), "authentication/current-context/{name}", current_context),
    Route(("GET",), SESSIONS, sessions),
    Route(("GET", "DELETE"), SESSIONS + "/{key}", session),
]
