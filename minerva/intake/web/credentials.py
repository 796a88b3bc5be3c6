"""Credentials: what an input's account lends to the requests of its source.

Keys live in memory alone; a token that is asked for (OAuth2, RFC 6749 section 4.4) as well, until it runs out. Nothing
here puts a key into a message.
"""

from __future__ import annotations

import base64
from urllib.parse import quote_plus, urlencode

from minerva.intake.errors import BodyError, FetchError
from minerva.intake.facts.web import Auth
from minerva.intake.formats.strict_json import parse_json
from minerva.intake.pace import Timing
from minerva.intake.web.account import Account
from minerva.intake.web.body import JSON_PAGE
from minerva.intake.web.fetch import Asked, Credentials, Fetcher, Fixed, Secrets

_LONGEST_TOKEN = 16_384
_EARLY_S = 60.0
"""A token is renewed so long before its end, or at half of a shorter life."""
_UNSTATED_LIFE_S = 300.0


class CredentialsError(ValueError):
    """The account lacks what the source asks for, or holds what no request can carry; the message names no value."""


def credentials(auth: Auth, account: Account, timing: Timing) -> Credentials:
    """What is added to a source's requests. Raises CredentialsError."""
    if auth.kind == "none" or (auth.optional and not account.key):
        return Fixed()
    if not account.key:
        raise CredentialsError("account: this source needs an account with a key")
    if not account.key.isascii() or not account.key.isprintable():
        raise CredentialsError("account: the key holds characters that no header can carry")
    if auth.kind == "header":
        return Fixed(Secrets(headers={auth.name: auth.prefix + account.key}))
    if auth.kind == "bearer":
        return Fixed(Secrets(headers={"Authorization": f"Bearer {account.key}"}))
    if auth.kind == "query":
        return Fixed(Secrets(query={auth.name: account.key}))
    if not account.user or not account.user.isprintable():
        raise CredentialsError("account: this source needs an account with a user name or client id")
    if auth.kind == "basic":
        if ":" in account.user:
            raise CredentialsError("account: a user name of basic authorization holds no colon")
        return Fixed(Secrets(headers={"Authorization": _basic(account.user, account.key)}))
    return _ClientCredentials(auth, account, timing)


def _basic(user: str, key: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{key}".encode()).decode("ascii")


class _ClientCredentials:
    """A bearer token that the source's token address gives for the client's id and secret."""

    def __init__(self, auth: Auth, account: Account, timing: Timing) -> None:
        self._auth = auth
        self._account = account
        self._timing = timing
        self._token = ""
        self._until = 0.0

    def secrets(self, fetcher: Fetcher) -> Secrets:
        """The token in a header, asked for anew if there is none or it is about to run out."""
        if not self._token or self._timing.monotonic() >= self._until:
            self._ask(fetcher)
        return Secrets(headers={"Authorization": f"Bearer {self._token}"})

    def renew(self) -> bool:
        """Forget the token: the source does not take it any more."""
        self._token = ""
        return True

    def _ask(self, fetcher: Fetcher) -> None:
        form = {"grant_type": "client_credentials", **self._auth.form}
        headers = {}
        if self._auth.scope:
            form["scope"] = self._auth.scope
        if self._auth.send == "body":
            form.update(client_id=self._account.user, client_secret=self._account.key)
        else:
            # RFC 6749 section 2.3.1: both are form-encoded before they are joined.
            headers["Authorization"] = _basic(quote_plus(self._account.user), quote_plus(self._account.key))
        asked = Asked(
            self._auth.token_url,
            "POST",
            urlencode(form).encode(),
            "application/x-www-form-urlencoded",
            headers,
            plain=True,
        )
        try:
            document = parse_json(fetcher.fetch(asked, promise=JSON_PAGE, max_bytes=1024 * 1024).body)
        except BodyError:
            raise FetchError("token", "the token address gave no JSON") from None
        token = document.get("access_token") if isinstance(document, dict) else None
        if not isinstance(token, str) or not token or len(token) > _LONGEST_TOKEN or not _is_plain(token):
            raise FetchError("token", "the token address gave no token that a header can carry")
        kind = document.get("token_type", "Bearer")
        if not isinstance(kind, str) or kind.lower() != "bearer":
            raise FetchError("token", "the token is of another kind than bearer")
        life = _seconds(document.get("expires_in"))
        self._token = token
        self._until = self._timing.monotonic() + max(life - _EARLY_S, life / 2)


def _is_plain(token: str) -> bool:
    return token.isascii() and token.isprintable() and " " not in token


def _seconds(value: object) -> float:
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else _UNSTATED_LIFE_S
