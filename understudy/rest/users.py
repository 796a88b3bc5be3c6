"""authentication/users: accounts with their roles. Passwords are never told."""

from __future__ import annotations

from starlette.responses import Response

from understudy.access.accounts import User
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

PATH = "authentication/users"
_ARGUMENTS = (
    "password",
    "oldpassword",
    "roles",
    "realname",
    "email",
    "tz",
    "defaultApp",
    "restart_background_jobs",
    "locked-out",
)
LEAST_LENGTH = 8
"""authentication.conf [splunk_auth] minPasswordLength."""
_UNSERVED = ("createrole", "force-change-pass")


def _entry(call: Call, user: User) -> Entry:
    capabilities = call.stage.access(user.name).capabilities
    content = {
        "realname": user.realname,
        "email": user.email,
        "roles": list(user.roles),
        "capabilities": sorted(capabilities or ()),
        "defaultApp": user.default_app or "search",
        "defaultAppIsUserOverride": bool(user.default_app),
        "tz": user.tz,
        "type": "Splunk",
        "locked-out": call.stage.logins.locked(user.name),
        "force-change-pass": False,
        "restart_background_jobs": True,
        "password": "********",
    }
    return Entry(user.name, content, links=("edit", "remove"), path=PATH, may_write=call.access.may("edit_user"))


def listed(call: Call) -> Response:
    if call.method == "POST":
        call.need("edit_user")
        _check(call)
        user = call.stage.accounts.create(
            call.required("name"),
            call.required("password"),
            _roles(call, required=True),
            realname=call.text("realname"),
            email=call.text("email"),
            tz=call.text("tz"),
            default_app=call.text("defaultApp"),
        )
        return replies.entry(call, PATH, _entry(call, user), 201)
    users = call.stage.accounts.users()
    if not (call.access.may("list_all_users") or call.access.may("edit_user")):
        users = [user for user in users if user.name == call.user]
    return listing.page(call, PATH, [_entry(call, user) for user in users], links=("create",))


def _check(call: Call) -> None:
    """Raises RestError 400 for arguments that would not be honored and for a password that is too short."""
    for name in call.settings(*_ARGUMENTS):
        if name not in _UNSERVED:
            raise RestError(400, f"Argument '{name}' is not supported by this handler.")
        if call.boolean(name):
            raise RestError(400, f"The stand-in does not serve the argument '{name}' of a user.")
    text = call.stage.conf.get("authentication", "splunk_auth", "minPasswordLength") or ""
    least = int(text) if text.isdigit() else LEAST_LENGTH
    if call.given("password") and len(call.text("password")) < least:
        raise RestError(400, f"Password must contain at least: {least} total printable ASCII character(s).")


def _roles(call: Call, required: bool = False) -> list[str]:
    from understudy.access.roles import names

    roles = [part for text in call.values("roles") for part in text.split(",") if part]
    unknown = sorted(set(roles) - set(names(call.stage.conf)))
    if unknown:
        raise RestError(400, f"The role '{unknown[0]}' does not exist.")
    if required and not roles:
        raise RestError(400, "The following required arguments are missing: roles.")
    return roles


def one(call: Call) -> Response:
    name = call.parts["name"]
    user = call.stage.accounts.user(name)
    mine = name == call.user
    if user is None and call.method == "DELETE" and call.access.may("edit_user"):
        raise RestError(400, f"The user '{name}' does not exist.")  # 400 is what the official client expects here
    if user is None or not (mine or call.access.may("list_all_users") or call.access.may("edit_user")):
        raise missing(name)
    if call.method == "DELETE":
        call.need("edit_user")
        if mine:
            raise RestError(400, "You cannot delete yourself.")
        call.stage.accounts.remove(name)
        return listing.page(call, PATH, [_entry(call, item) for item in call.stage.accounts.users()])
    if call.method == "POST":
        _change(call, user, mine)
        user = call.stage.accounts.user(name) or user
    return replies.entry(call, PATH, _entry(call, user))


def _change(call: Call, user: User, mine: bool) -> None:
    if not mine or call.given("roles"):
        call.need("edit_user")
    _check(call)
    password = call.text("password") or None
    if mine and password and not call.access.may("edit_user"):
        call.need("change_own_password")
        if not call.stage.logins.check(user.name, call.text("oldpassword"), call.client):
            raise RestError(400, "The old password is not right.")
    more = {
        key: call.text(name)
        for name, key in (("realname", "realname"), ("email", "email"), ("tz", "tz"), ("defaultApp", "default_app"))
        if call.given(name)
    }
    if call.given("locked-out"):
        call.need("edit_user")
        if call.boolean("locked-out"):
            raise RestError(400, "A user is locked out by failed logins alone; locked-out=false ends it.")
        call.stage.logins.unlock(user.name)
    roles = _roles(call) if call.given("roles") else None
    call.stage.accounts.change(user.name, password=password, roles=roles, **more)


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
]
