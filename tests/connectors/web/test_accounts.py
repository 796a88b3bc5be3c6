"""What an account lends to requests, and that it goes nowhere else."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from minerva.intake.errors import FetchError
from minerva.intake.facts.web import Auth
from minerva.intake.inputs import InputError
from minerva.intake.web.account import Account
from minerva.intake.web.credentials import credentials
from minerva.intake.web.fetch import Asked
from tests.connectors.loopback import Handler, Site, Slept, fetcher_for
from tests.connectors.running import World
from tests.connectors.web.making import rows, web_source

KEY = "s3cret-key-7f"


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


SENT: dict[str, tuple[dict[str, Any], str, str]] = {
    "header": ({"kind": "header", "name": "X-Key"}, "x-key", KEY),
    "prefixed": ({"kind": "header", "name": "Authorization", "prefix": "Token "}, "authorization", f"Token {KEY}"),
    "bearer": ({"kind": "bearer"}, "authorization", f"Bearer {KEY}"),
    "basic": ({"kind": "basic"}, "authorization", basic(f"ann:{KEY}")),
}


@pytest.mark.parametrize(("auth", "header", "value"), SENT.values(), ids=SENT.keys())
def test_key_in_a_header(site: Site, tmp_path: Path, auth: dict[str, Any], header: str, value: str) -> None:
    site.routes["/list"] = rows([1])
    assert World(tmp_path).fetch(site, web_source(auth=auth), key=KEY, user="ann").emitted == 1
    assert site.seen[0][1][header] == value


def test_key_in_the_query_is_sent_and_kept_nowhere(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        page = int(handler.query.get("p", "1"))
        # Many interfaces repeat the whole query, key included, in the address of the next page.
        following = f"{site.url}/list?p={page + 1}&api_key={handler.query['api_key']}&x=%20" if page < 3 else None
        handler.answer(200, json.dumps({"rows": rows([page]), "next": following}).encode())

    site.routes["/list"] = reply
    world = World(tmp_path)
    source = web_source(
        items="rows",
        auth={"kind": "query", "name": "api_key"},
        paging={"kind": "next_url", "field": "next", "max_pages": 2},
    )
    assert world.fetch(site, source, key=KEY).emitted == 2
    assert site.paths() == [f"/list?api_key={KEY}", f"/list?p=2&x=%20&api_key={KEY}"]
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert KEY.encode() not in stored
    assert KEY not in repr(world.lines)


def test_optional_key_may_be_absent_and_a_needed_one_not(site: Site, tmp_path: Path) -> None:
    site.routes["/list"] = rows([1])
    auth = {"kind": "header", "name": "X-App-Token"}
    assert World(tmp_path).fetch(site, web_source(auth={**auth, "optional": True})).emitted == 1
    assert "x-app-token" not in site.seen[0][1]
    with pytest.raises(InputError, match="account"):
        World(tmp_path).fetch(site, web_source(auth=auth))
    with pytest.raises(InputError, match="user name"):
        World(tmp_path).fetch(site, web_source(auth={"kind": "basic"}), key=KEY)


class Tokens:
    """A site that gives tokens and takes only the newest; `life` is what it says of each."""

    def __init__(self, site: Site, life: Any = 3600) -> None:
        self.given, self.life = 0, life
        self.seen_forms: list[dict[str, list[str]]] = []
        self.headers: list[str] = []
        site.routes["/token"] = self.token
        site.routes["/list"] = self.rows

    def token(self, handler: Handler) -> None:
        self.given += 1
        self.seen_forms.append(parse_qs(handler.body.decode()))
        self.headers.append(handler.headers.get("Authorization", ""))
        body = {"access_token": f"tok{self.given}", "token_type": "bearer", "expires_in": self.life}
        handler.answer(200, json.dumps(body).encode())

    def rows(self, handler: Handler) -> None:
        if handler.headers.get("Authorization") != f"Bearer tok{self.given}":
            handler.answer(401)
            return
        page = int(handler.query["p"])
        handler.answer(200, json.dumps(rows([page]) if page < 4 else []).encode())


def oauth(site: Site, **more: Any) -> Any:
    auth = {"kind": "oauth2", "token_url": f"{site.url}/token", "scope": "read", **more}
    return web_source(auth=auth, paging={"kind": "page", "param": "p"})


def test_token_is_asked_for_once_and_used_for_all_pages(site: Site, tmp_path: Path) -> None:
    tokens = Tokens(site)
    assert World(tmp_path).fetch(site, oauth(site), key=KEY, user="client id").emitted == 3
    assert tokens.seen_forms == [{"grant_type": ["client_credentials"], "scope": ["read"]}]
    assert tokens.headers == [basic(f"client+id:{KEY}")]


def test_client_secret_in_the_body_where_the_facts_say_so(site: Site, tmp_path: Path) -> None:
    tokens = Tokens(site)
    source = oauth(site, send="body", form={"audience": "api"})
    assert World(tmp_path).fetch(site, source, key=KEY, user="c").emitted == 3
    assert tokens.seen_forms[0]["client_secret"] == [KEY]
    assert tokens.seen_forms[0]["audience"] == ["api"]
    assert tokens.headers == [""]


def test_token_that_runs_out_or_is_refused_is_renewed(site: Site) -> None:
    tokens, slept = Tokens(site, 120), Slept()
    auth = Auth("oauth2", token_url=f"{site.url}/token")
    fetcher = fetcher_for(site, slept, credentials=credentials(auth, Account("c", KEY), slept.timing()))
    asked = Asked(f"{site.url}/list?p=1")
    fetcher.fetch(asked)
    slept.moment += 61
    fetcher.fetch(asked)
    assert tokens.given == 2
    tokens.given += 1  # the site has forgotten the token it gave
    fetcher.fetch(asked)
    assert tokens.given == 4


def test_token_that_is_never_taken_ends_the_run(site: Site, tmp_path: Path) -> None:
    tokens = Tokens(site)
    site.routes["/list"] = lambda handler: handler.answer(401)
    world = World(tmp_path)
    assert world.fetch(site, oauth(site), key=KEY, user="c").failed == "status_401"
    assert tokens.given == 2


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b'{"access_token": ""}',
        b'{"access_token": "a\\r\\nX: y"}',
        b'{"access_token": "a", "token_type": "mac"}',
        b'{"access_token": 5}',
        b"nonsense",
    ],
)
def test_answer_without_a_token_that_can_be_used(site: Site, tmp_path: Path, body: bytes) -> None:
    Tokens(site)
    site.routes["/token"] = lambda handler: handler.answer(200, body)
    assert World(tmp_path).fetch(site, oauth(site), key=KEY, user="c").failed == "token"


def test_token_request_that_is_sent_elsewhere_leaves_the_secret_behind(site: Site) -> None:
    slept = Slept()
    auth = Auth("oauth2", token_url=f"{site.url}/token")
    fetcher = fetcher_for(
        site,
        slept,
        credentials=credentials(auth, Account("c", KEY), slept.timing()),
        allowed={("127.0.0.1", site.port), ("127.0.0.2", site.port)},
    )
    site.routes["/token"] = lambda handler: handler.answer(302, Location=f"http://localhost:{site.port}/elsewhere")
    with pytest.raises(Exception, match="localhost"):
        fetcher.fetch(Asked(f"{site.url}/list"))
    assert KEY.encode() not in b"".join(site.bodies)


@pytest.mark.parametrize("key", ["a\r\nX-Evil: 1", "schlüssel", "\x00"])
def test_key_that_no_header_can_carry_is_refused_without_being_repeated(site: Site, tmp_path: Path, key: str) -> None:
    with pytest.raises(InputError) as caught:
        World(tmp_path).fetch(site, web_source(auth={"kind": "bearer"}), key=key)
    assert key not in str(caught.value)


def test_key_is_in_no_message_of_a_failure(site: Site) -> None:
    auth = Auth("query", "key")
    slept = Slept()
    fetcher = fetcher_for(site, slept, credentials=credentials(auth, Account("", KEY), slept.timing()))
    for status in (403, 500):
        site.routes["/list"] = lambda handler, status=status: handler.answer(status)
        with pytest.raises(FetchError) as caught:
            fetcher.fetch(Asked(f"{site.url}/list?a=b"))
        assert KEY not in str(caught.value) + repr(caught.value.__cause__) + repr(caught.value.__context__)
    assert KEY not in repr(fetcher._credentials)
