"""Pages and navigation: what a user may read is there, anything else does not exist."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request

from tests.understudy.web.browser import SESSION
from tests.understudy.web.conftest import Place
from understudy.web.app import session_ended

LOGIN = "/en-US/account/login"


@pytest.mark.parametrize("path", ["/en-US/app/shown/first", "/en-US/app/none/none"], ids=["view", "nothing"])
def test_page_without_a_session_leads_to_the_login_and_back(place: Place, path: str) -> None:
    answer = place.browser().get(f"{path}?form.entity_id=e_0123456789abcdef")
    assert answer.status_code == 307
    back = f"{path}?form.entity_id=e_0123456789abcdef".replace("/", "%2F").replace("?", "%3F").replace("=", "%3D")
    assert answer.headers["location"] == f"{LOGIN}?return_to={back}"


def test_page_of_an_ended_session_leads_to_the_login(place: Place) -> None:
    browser = place.browser("ray")
    place.stage.accounts.close_session(str(browser.cookie(SESSION)))
    assert browser.get("/en-US/app/shown/first").headers["location"].startswith(LOGIN)
    assert browser.get("/").headers["location"] == LOGIN
    assert browser.get("/en-US/config").status_code == 401


def test_session_that_ends_while_a_page_is_made_leads_to_the_login() -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "path": "/en-US/app/a/b",
        "query_string": b"",
        "headers": [],
    }
    answer = asyncio.run(session_ended(Request(scope), PermissionError()))
    assert answer.headers["location"] == f"{LOGIN}?return_to=%2Fen-US%2Fapp%2Fa%2Fb"


def test_view_is_drawn_by_the_dashboard_script_and_named_by_its_label(place: Place) -> None:
    answer = place.browser("ray").get("/en-US/app/shown/first")
    assert answer.status_code == 200
    assert "First &amp; foremost | Shown app | Understudy" in answer.text
    assert "/dashboard.js" in answer.text
    assert "a stand-in for Splunk, not Splunk" in answer.text


def test_view_that_may_not_be_read_looks_like_one_that_is_not_there(place: Place) -> None:
    browser = place.browser("ray")
    pages = [browser.get(f"/en-US/app/shown/{name}") for name in ("secret", "absent")]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].text == pages[1].text
    assert place.browser("bo").get("/en-US/app/shown/secret").status_code == 200


def test_app_that_may_not_be_read_looks_like_one_that_is_not_there(place: Place) -> None:
    browser = place.browser("ray")
    pages = [browser.get(f"/en-US/app/{name}/plan") for name in ("hidden", "absent")]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].text == pages[1].text
    assert browser.get("/en-US/app/hidden/search").status_code == 404
    assert place.browser("bo").get("/en-US/app/hidden/plan").status_code == 200


@pytest.mark.parametrize(
    ("user", "seen", "unseen"), [("ray", ["first", "old"], ["secret"]), ("bo", ["first", "secret"], [])]
)
def test_navigation_holds_the_views_that_may_be_read(
    place: Place, user: str, seen: list[str], unseen: list[str]
) -> None:
    page = place.browser(user).get("/en-US/app/shown/first").text
    assert all(f'href="/en-US/app/shown/{name}"' in page for name in seen)
    assert not any(f'href="/en-US/app/shown/{name}"' in page for name in unseen)
    assert "<summary>More</summary>" in page
    assert "elsewhere.example" not in page
    assert "javascript:" not in page


@pytest.mark.parametrize(("user", "view"), [("ray", "first"), ("bo", "secret")])
def test_app_opens_its_default_view_or_the_first_that_may_be_read(place: Place, user: str, view: str) -> None:
    answer = place.browser(user).get("/en-US/app/shown")
    assert answer.headers["location"] == f"/en-US/app/shown/{view}"


def test_home_is_an_app_that_this_server_draws(place: Place) -> None:
    browser = place.browser("bo")
    assert browser.get("/en-US/app/addon/inputs").status_code == 501
    address = "/"
    while (answer := browser.get(address)).status_code in (302, 303, 307):
        address = answer.headers["location"]
    assert (address, answer.status_code) == ("/en-US/app/shown/secret", 200)


def test_view_of_a_kind_that_the_stand_in_does_not_draw_says_so(place: Place) -> None:
    answer = place.browser("ray").get("/en-US/app/shown/old")
    assert answer.status_code == 501
    assert "Old form" in answer.text
    assert "Dashboard Studio views (version 2) and own pages only" in answer.text
    assert "<script" not in answer.text


def test_page_without_its_script_says_what_to_run(place: Place, built_away: None) -> None:
    answer = place.browser("ray").get("/en-US/app/shown/first")
    assert answer.status_code == 503
    assert "npm run build" in answer.text


def test_config_tells_the_scripts_who_and_where_and_no_key(place: Place) -> None:
    browser = place.browser("ray")
    text = browser.get("/en-US/config").text
    assert '"USERNAME": "ray"' in text
    assert '"MRSPARKLE_PORT_NUMBER": "8000"' in text
    assert str(browser.cookie(SESSION)) not in text


@pytest.fixture
def built_away(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundles are not built."""
    monkeypatch.setattr("understudy.web.bundles.Bundles.has", lambda self, name: name == "shell.css")
