"""Pages that an app's own script draws: a Simple XML view that is nothing but their place."""

from __future__ import annotations

import re

import pytest

from tests.understudy.web.conftest import PAGE, Place
from understudy.web.views import describe


def test_own_page_gets_its_place_and_the_script_of_the_app(place: Place) -> None:
    browser = place.browser("ray")
    answer = browser.get("/en-US/app/shown/own")
    assert answer.status_code == 200
    assert '<main id="page" tabindex="-1"><div id="own-place"></div></main>' in answer.text
    assert "a stand-in for Splunk, not Splunk" in answer.text
    script = re.search(r'src="(/en-US/static/@[0-9a-f\-]+/app/shown/pages/own\.js)"', answer.text)
    assert script is not None
    served = browser.get(script.group(1))
    assert (served.status_code, served.text) == (200, "// own\n")
    assert "unsafe-eval" not in answer.headers["content-security-policy"]


def test_page_whose_script_is_not_built_says_so(place: Place) -> None:
    answer = place.browser("ray").get("/en-US/app/shown/lost")
    assert answer.status_code == 503
    assert "appserver/static/pages/lost.js" in answer.text


@pytest.mark.parametrize("view", ["away", "more"])
def test_view_with_anything_else_in_it_is_left_to_splunk(place: Place, view: str) -> None:
    assert place.browser("ray").get(f"/en-US/app/shown/{view}").status_code == 501


@pytest.mark.parametrize(
    "path",
    ["shown/pages/own.py", "shown/../../own.js", "shown/%2e%2e/%2e%2e/own.js", "none/pages/own.js", "%2e%2e/own.js"],
)
def test_nothing_but_scripts_of_the_folder_is_served(place: Place, path: str) -> None:
    assert place.browser("ray").get(f"/en-US/static/@1/app/{path}").status_code == 404


def test_scripts_of_an_app_need_a_session(place: Place) -> None:
    assert place.browser().get("/en-US/static/@1/app/shown/pages/own.js").status_code == 404


@pytest.mark.parametrize(
    ("script", "body", "kind"),
    [
        ("a.js", '<div id="x"></div>', "page"),
        ("pages/a.js", '<div id="x"> </div>', "page"),
        ("a.js, b.js", '<div id="x"></div>', "other"),
        ("other_app:a.js", '<div id="x"></div>', "other"),
        ("", '<div id="x"></div>', "other"),
        ("a.js", '<div id="x" onclick="y()"></div>', "other"),
        ("a.js", '<div id="x">text</div>', "other"),
        ("a.js", '<div id="x"></div><p>more</p>', "other"),
        ("a.js", "", "other"),
    ],
)
def test_kind_of_a_view(script: str, body: str, kind: str) -> None:
    assert describe("a", "v", PAGE.format(script=script, body=body)).kind == kind
