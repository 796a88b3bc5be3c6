"""What stands around every answer: names the server answers under, the content policy, files of scripts."""

from __future__ import annotations

import pytest

from tests.understudy.web.conftest import Place
from understudy.web.guard import host_name

STATIC = "/en-US/static/@x"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "127.0.0.1"])
def test_loopback_names_are_answered(place: Place, host: str) -> None:
    assert place.browser().get("/en-US/account/login", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["elsewhere.example:8000", "127.0.0.1.elsewhere.example", "0.0.0.0:8000", "localhost.", "", "[::2]"]
)
def test_other_names_are_refused_even_with_a_session(place: Place, host: str) -> None:
    answer = place.browser("ray").get("/en-US/app/shown/first", headers={"host": host})
    assert answer.status_code == 421
    assert "shown" not in answer.text


@pytest.mark.parametrize(
    ("host", "name"), [("A.example:1", "a.example"), ("[::1]:1", "[::1]"), ("[::1]", "[::1]"), ("", "")]
)
def test_host_name_leaves_the_port_out(host: str, name: str) -> None:
    assert host_name(host) == name


def policy(place: Place, path: str) -> dict[str, str]:
    """Returns the content policy of a page, by directive."""
    text = place.browser("ray").get(path).headers["content-security-policy"]
    return {name: sources for name, _, sources in (part.strip().partition(" ") for part in text.split(";"))}


@pytest.mark.parametrize(
    "path", ["/en-US/account/login", "/en-US/app/shown/search", "/en-US/app/none/none", "/en-US/config", f"{STATIC}/no"]
)
def test_pages_run_no_script_but_their_own(place: Place, path: str) -> None:
    found = policy(place, path)
    assert found["default-src"] == "'none'"
    assert found["script-src"] == "'self'"
    assert found["connect-src"] == "'self'"
    assert found["frame-ancestors"] == "'none'"
    assert found["form-action"] == "'self'"
    assert found["base-uri"] == "'none'"


def test_only_dashboards_may_compile_their_schema(place: Place) -> None:
    found = policy(place, "/en-US/app/shown/first")
    assert found["script-src"] == "'self' 'unsafe-eval'"
    assert found["worker-src"] == "blob:"
    assert found["connect-src"] == "'self'"


def test_answers_are_not_kept_framed_or_sniffed(place: Place) -> None:
    headers = place.browser("ray").get("/en-US/app/shown/first").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_script_under_the_current_version_may_be_kept(place: Place) -> None:
    browser = place.browser("ray")
    page = browser.get("/en-US/app/shown/first").text
    address = page.partition('<script src="/en-US/static/')[2].partition('"')[0]
    answer = browser.get(f"/en-US/static/{address}")
    assert answer.text == "// dashboard.js\n"
    assert "immutable" in answer.headers["cache-control"]
    assert browser.get(f"{STATIC}/dashboard.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "../outside.js",
        "..%2foutside.js",
        "%2e%2e%2foutside.js",
        "..%5coutside.js",
        "%2fetc%2fpasswd",
        "sub/../../outside.js",
        "notes.json",
        "dashboard.js%00.css",
    ],
)
def test_only_scripts_and_styles_of_the_folder_are_served(place: Place, name: str) -> None:
    answer = place.browser("ray").get(f"{STATIC}/{name}")
    assert answer.status_code == 404
    assert "not to be served" not in answer.text
