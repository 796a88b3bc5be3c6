"""storage/passwords: the secrets of apps. Reading needs list_storage_passwords, writing edit_storage_passwords."""

from __future__ import annotations

from starlette.responses import Response

from understudy.conf import ConfError
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.passwords import CONF, PasswordError, Secret
from understudy.rest.replies import Entry
from understudy.rest.routes import Route

PATH = "storage/passwords"


def _entry(call: Call, secret: Secret) -> Entry:
    content = {
        "realm": secret.realm,
        "username": secret.username,
        "clear_password": secret.password,
        "encr_password": secret.encrypted,
        "password": "********",
    }
    return Entry(secret.name, content, secret.acl, ("edit", "remove"), call.stage.started, PATH, True)


def _visible(call: Call) -> list[Secret]:
    call.need("list_storage_passwords", "admin_all_objects")
    app = None if call.every_app or call.app is None else call.context_app
    try:
        found = list(call.stage.passwords.all(app))
    except PasswordError as failure:
        raise RestError(500, str(failure)) from failure
    return [item for item in found if call.access.may_read_acl(item.acl, CONF, item.name)]


def _find(call: Call, name: str) -> Secret:
    # The last colon may be left out, and the first where there is no realm.
    wanted = {name, f"{name}:", f":{name}", f":{name}:"}
    found = next((item for item in _visible(call) if item.name in wanted), None)
    if found is None:
        raise missing(name)
    return found


def listed(call: Call) -> Response:
    if call.method == "POST":
        return _create(call)
    return listing.page(call, PATH, [_entry(call, item) for item in _visible(call)], links=("create",))


def _create(call: Call) -> Response:
    call.need("edit_storage_passwords", "admin_all_objects")
    name, realm, password = call.required("name"), call.text("realm"), call.required("password")
    app = call.context_app
    taken = any(i.realm == realm and i.username == name and i.acl.app == app for i in call.stage.passwords.all(app))
    if taken:
        raise RestError(409, "Unable to create the credential: one with this realm and name exists already.")
    call.stage.passwords.put(app, realm, name, password)
    made = next(i for i in call.stage.passwords.all(app) if i.realm == realm and i.username == name)
    return replies.entry(call, PATH, _entry(call, made), 201)


def one(call: Call) -> Response:
    secret = _find(call, call.parts["name"])
    if call.method == "POST":
        call.need("edit_storage_passwords", "admin_all_objects")
        call.stage.passwords.put(secret.acl.app, secret.realm, secret.username, call.required("password"))
        secret = _find(call, secret.name)
    elif call.method == "DELETE":
        call.need("edit_storage_passwords", "admin_all_objects")
        try:
            call.stage.passwords.remove(secret.acl.app, secret.realm, secret.username)
        except ConfError as failure:
            raise missing(secret.name) from failure
        return listing.page(call, PATH, [_entry(call, item) for item in _visible(call)])
    return replies.entry(call, PATH, _entry(call, secret))


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name*}", one),
]
