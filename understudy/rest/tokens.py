"""authorization/tokens: bearer tokens of users. A token's text is told once, when it is made."""

from __future__ import annotations

import re
from datetime import datetime

from starlette.responses import Response

from understudy.access.accounts import Token
from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route
from understudy.spl.errors import SplError

PATH = "authorization/tokens"
MOST_AUDIENCE = 256


def _entry(call: Call, item: Token) -> Entry:
    content = {
        "claims": {
            "sub": item.user,
            "aud": item.audience,
            "iss": "understudy",
            "idp": "Splunk",
            "iat": int(item.created),
            "exp": int(item.expires),
            "nbr": int(item.starts or item.created),
        },
        "headers": {"alg": "HS512", "kid": "splunk.secret", "ttyp": "static", "ver": "v2"},
        "status": "enabled" if item.enabled else "disabled",
        "lastUsed": int(item.used),
        "lastUsedIp": item.client,
    }
    return Entry(item.id, content, path=PATH, stamp=item.created, may_write=True)


def _visible(call: Call) -> list[Token]:
    found = call.stage.accounts.tokens()
    if call.access.may("list_tokens_all") or call.access.may("edit_tokens_all"):
        return found
    call.need("list_tokens_all", "list_tokens_own", "edit_tokens_own")
    return [item for item in found if item.user == call.user]


def listed(call: Call) -> Response:
    """Lists tokens (of `username`, `id`, `status`), makes one for `name`, or sets `status` of `id` or of `name`."""
    if call.method == "POST":
        return _change(call, call.text("name")) if call.given("status") else _create(call, call.text("name"))
    found = [
        item
        for item in _visible(call)
        if call.text("username") in ("", item.user)
        and call.text("id") in ("", item.id)
        and call.text("status") in ("", "enabled" if item.enabled else "disabled")
    ]
    return listing.page(call, PATH, [_entry(call, item) for item in found], links=("create",))


def one(call: Call) -> Response:
    """The name is a user, as splunkd has it, or the id of a token."""
    name = call.parts["name"]
    if call.method == "POST":
        return _change(call, name) if call.given("status") else _create(call, name)
    if call.method == "DELETE":
        found = _meant(call, name)
        for item in found:
            call.stage.accounts.remove_token(item.id)
        return replies.message(call, f"Token removed: {len(found)}.")
    found = [item for item in _visible(call) if name in (item.user, item.id)]
    if not found:
        raise missing(name)
    return listing.page(call, PATH, [_entry(call, item) for item in found])


def _meant(call: Call, name: str) -> list[Token]:
    """Returns the tokens that `id` or the name mean and that the caller may change. Raises RestError."""
    wanted = call.text("id")
    found = [
        item
        for item in call.stage.accounts.tokens()
        if (item.id == wanted and name in ("", item.user, item.id) if wanted else name in (item.user, item.id))
        and (item.user == call.user or call.access.may("edit_tokens_all"))
    ]
    if not found:
        raise missing(wanted or name)
    call.need("edit_tokens_all", "edit_tokens_own")
    return found


def _change(call: Call, name: str) -> Response:
    status = call.text("status")
    if status not in ("enabled", "disabled"):
        raise RestError(400, f"Invalid status '{status}': enabled and disabled are known.")
    found = _meant(call, name)
    for item in found:
        call.stage.accounts.enable_token(item.id, status == "enabled")
    changed = {item.id for item in found}
    return listing.page(call, PATH, [_entry(call, item) for item in call.stage.accounts.tokens() if item.id in changed])


def _create(call: Call, name: str) -> Response:
    user = name or call.user
    call.need("edit_tokens_all", *(("edit_tokens_own",) if user == call.user else ()))
    audience = call.text("audience")
    if len(audience) > MOST_AUDIENCE:
        raise RestError(400, f"The audience of a token has at most {MOST_AUDIENCE} characters.")
    if call.text("type", "static") not in ("static", "ephemeral"):
        raise RestError(400, "The type of a token is static or ephemeral.")
    expires, starts = _moment(call, "expires_on"), _moment(call, "not_before")
    if expires and starts > expires:
        raise RestError(400, "not_before cannot be after expires_on.")
    token, text = call.stage.accounts.create_token(user, audience, expires, starts)
    return replies.entry(call, PATH, Entry("tokens", {"id": token.id, "token": text}), 201)


def _moment(call: Call, name: str) -> float:
    """Returns a time in the future: epoch, ISO, or relative such as +90d; 0 when not given. Raises RestError 400."""
    from understudy.spl.times import parse_modifier

    text, now = call.text(name).strip(), call.stage.now()
    if not text:
        return 0.0
    try:
        if re.fullmatch(r"\d{1,12}(\.\d+)?", text):
            moment = float(text)
        elif re.match(r"\d{4}-\d\d-\d\d", text):
            stamp = datetime.fromisoformat(text)
            moment = (stamp if stamp.tzinfo else stamp.replace(tzinfo=call.stage.zone(call.user))).timestamp()
        else:
            moment = parse_modifier(text, now, call.stage.zone(call.user))
    except (ValueError, OverflowError, SplError):
        raise RestError(400, f"Invalid time '{text}' for argument '{name}'.") from None
    if not moment < 1e11:
        raise RestError(400, f"The time of '{name}' is too far in the future.")
    if moment < now:
        raise RestError(400, f"The time of '{name}' is in the past.")
    return moment


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET", "POST", "DELETE"), PATH + "/{name}", one),
]
