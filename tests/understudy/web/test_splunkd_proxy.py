"""splunkd's REST for the pages: what passes, what is hidden on the way, what is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from tests.understudy.web.browser import ADDRESS, SESSION, Browser
from tests.understudy.web.conftest import Place
from understudy.web.sessions import form_key
from understudy.web.splunkd_proxy import PREFIX, SplunkdProxy

KEY = "a session key"
SEARCH = "/servicesNS/-/shown/search/jobs"


@dataclass
class Splunkd:
    """A REST app that keeps what it was asked."""

    asked: list[dict[str, object]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.asked.append(
            {
                "method": request.method,
                "path": scope["path"],
                "raw_path": scope["raw_path"],
                "query": scope["query_string"],
                "headers": dict(request.headers),
                "body": await request.body(),
            }
        )
        answer = Response(
            "made", status_code=201, headers={"set-cookie": "splunkd_8089=x", "www-authenticate": "Basic"}
        )
        await answer(scope, receive, send)


def client_of(splunkd: Splunkd, key: str = KEY) -> Browser:
    client = Browser(Starlette(routes=[Mount(PREFIX, app=SplunkdProxy(splunkd))]))
    if key:
        client.keep(SESSION, key)
    return client


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_method_path_query_and_body_pass_unchanged(method: str) -> None:
    splunkd = Splunkd()
    headers = {"x-splunk-form-key": form_key(KEY), "content-type": "application/json"}
    path = f"{PREFIX}/servicesNS/nobody/shown/data/a%2Fb"
    answer = client_of(splunkd).request(
        method, path + "?output_mode=json", content=b'{"a":"\xc3\xa9"}', headers=headers
    )
    assert (answer.status_code, answer.text) == (201, "made")
    asked = splunkd.asked[0]
    assert asked["method"] == method
    assert asked["raw_path"] == b"/servicesNS/nobody/shown/data/a%2Fb"
    assert asked["query"] == b"output_mode=json"
    assert asked["body"] == b'{"a":"\xc3\xa9"}'


def test_the_session_becomes_credentials_and_nothing_else_of_the_browser_passes() -> None:
    splunkd = Splunkd()
    client = client_of(splunkd)
    client.keep("of_another_page", "private")
    headers = {
        "authorization": "Splunk of somebody else",
        "referer": f"{ADDRESS}/x",
        "origin": ADDRESS,
        "accept": "a/b",
    }
    client.get(f"{PREFIX}/services/server/info", headers=headers)
    seen = splunkd.asked[0]["headers"]
    assert isinstance(seen, dict)
    assert seen["authorization"] == f"Splunk {KEY}"
    assert seen["accept"] == "a/b"
    assert {"cookie", "referer", "origin", "x-splunk-form-key"}.isdisjoint(seen)


def test_cookies_and_challenges_of_splunkd_do_not_reach_the_browser() -> None:
    answer = client_of(Splunkd()).get(f"{PREFIX}/services/server/info")
    assert "set-cookie" not in answer.headers
    assert "www-authenticate" not in answer.headers


@pytest.mark.parametrize("sent", [None, "", "0" * 64, form_key("another")], ids=["none", "empty", "wrong", "another's"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_change_without_the_form_key_is_refused_before_splunkd_sees_it(method: str, sent: str | None) -> None:
    splunkd = Splunkd()
    headers = {} if sent is None else {"x-splunk-form-key": sent}
    answer = client_of(splunkd).request(method, f"{PREFIX}{SEARCH}", headers=headers)
    assert answer.status_code == 401
    assert "form key" in answer.json()["messages"][0]["text"]
    assert splunkd.asked == []


def test_without_a_session_nothing_passes() -> None:
    splunkd = Splunkd()
    answer = client_of(splunkd, "").get(f"{PREFIX}/services/server/info")
    assert answer.status_code == 401
    assert splunkd.asked == []


@pytest.mark.parametrize("path", ["/", "/en-US/config", "/servicesX/a", "//services/server/info", "/../services/a"])
def test_only_rest_paths_pass(path: str) -> None:
    splunkd = Splunkd()
    assert client_of(splunkd).get(PREFIX + path.replace("..", "%2e%2e")).status_code == 404
    assert splunkd.asked == []


def test_rest_decides_by_the_session_user(place: Place) -> None:
    path = f"{PREFIX}/servicesNS/-/shown/data/ui/views/secret?output_mode=json"
    assert place.browser("ray").get(path).status_code == 404
    assert place.browser("bo").get(path).status_code == 200


def test_unknown_session_is_not_authenticated(place: Place) -> None:
    browser = place.browser()
    browser.keep(SESSION, "never given")
    answer = browser.get(f"{PREFIX}/services/server/info?output_mode=json")
    assert answer.status_code == 401
    assert "www-authenticate" not in answer.headers
