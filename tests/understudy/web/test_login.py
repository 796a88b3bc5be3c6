"""Login and logout: cookies and their flags, form keys, and where a login may lead."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understudy.web.browser import FORM_KEY, SESSION, Browser
from tests.understudy.web.conftest import PASSWORD, Place
from understudy.web.app import local_path
from understudy.web.sessions import form_key, has_form_key

LOGIN = "/en-US/account/login"
LOGOUT = "/en-US/account/logout"


def token_of(browser: Browser, query: str = "") -> str:
    """Returns the token of a fresh login form, as a browser would send it back."""
    found = re.search(r'name="cval" value="([^"]+)"', browser.get(LOGIN + query).text)
    assert found is not None
    return found[1]


def log_in(browser: Browser, password: str = PASSWORD, return_to: str = "") -> tuple[int, str, list[str]]:
    """Returns status, place and cookies of a login of ray."""
    form = {"cval": token_of(browser), "username": "ray", "password": password, "return_to": return_to}
    answer = browser.post(LOGIN, data=form)
    return answer.status_code, answer.headers.get("location", ""), answer.headers.get_list("set-cookie")


def test_login_gives_a_session_that_scripts_cannot_read_and_other_sites_cannot_use(place: Place) -> None:
    browser = place.browser()
    status, _, cookies = log_in(browser)
    assert status == 303
    by_name = {text.partition("=")[0]: text.lower() for text in cookies}
    assert set(by_name) == {SESSION, FORM_KEY}
    assert "httponly" in by_name[SESSION]
    assert "httponly" not in by_name[FORM_KEY]  # the pages' scripts send it back as a header
    for text in by_name.values():
        assert "samesite=strict" in text
        assert "path=/" in text
        assert "domain=" not in text
    assert place.stage.accounts.session_user(str(browser.cookie(SESSION))) == "ray"


def test_session_key_is_not_in_the_form_key() -> None:
    assert "abc123" not in form_key("abc123")
    assert form_key("abc123") != form_key("abc124")


def test_wrong_password_gives_no_session(place: Place) -> None:
    browser = place.browser()
    status, _, cookies = log_in(browser, "wrong")
    assert status == 401
    assert not any(SESSION in text for text in cookies)


@pytest.mark.parametrize("token", ["", "guessed"], ids=["none", "guessed"])
def test_login_form_of_another_site_is_refused(place: Place, token: str) -> None:
    browser = place.browser()
    token_of(browser)
    form = {"cval": token, "username": "ray", "password": PASSWORD}
    answer = browser.post(LOGIN, data=form)
    assert answer.status_code == 403
    assert browser.cookie(SESSION) is None


def test_login_form_without_its_cookie_is_refused(place: Place) -> None:
    token = token_of(place.browser())
    form = {"cval": token, "username": "ray", "password": PASSWORD}
    assert place.browser().post(LOGIN, data=form).status_code == 403


@pytest.mark.parametrize(
    "sent", ["", "0" * 64, form_key("another session")], ids=["missing", "wrong", "of another session"]
)
def test_logout_needs_the_form_key_of_its_session(place: Place, sent: str) -> None:
    browser = place.browser("ray")
    key = str(browser.cookie(SESSION))
    assert browser.post(LOGOUT, data={"splunk_form_key": sent}).status_code == 403
    assert place.stage.accounts.session_user(key) == "ray"


def test_logout_ends_the_session_on_the_server(place: Place) -> None:
    browser = place.browser("ray")
    key = str(browser.cookie(SESSION))
    answer = browser.post(LOGOUT, data={"splunk_form_key": form_key(key)})
    assert (answer.status_code, answer.headers["location"]) == (303, LOGIN)
    assert place.stage.accounts.session_user(key) is None
    assert browser.cookie(SESSION) is None


@given(st.text(max_size=80))
def test_form_key_check_takes_any_text_and_only_the_right_one(sent: str) -> None:
    assert has_form_key("session", sent) is (sent == form_key("session"))


def test_login_leads_back_to_the_page_that_was_asked(place: Place) -> None:
    wanted = "/en-US/app/shown/first?form.entity_id=e_0123456789abcdef"
    assert log_in(place.browser(), return_to=wanted)[1] == wanted


ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/en-US/app/",
    "/\\elsewhere.example",
    "/en-US/app/..//elsewhere.example",
    "/en-US/app/shown\\first",
    "/en-US/app/shown/first\r\nSet-Cookie: a=b",
    "/en-US/account/logout",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("return_to", ELSEWHERE)
def test_login_never_leads_elsewhere(place: Place, return_to: str) -> None:
    assert local_path(return_to) == ""
    assert log_in(place.browser(), return_to=return_to)[:2] == (303, "/")


@given(st.text(max_size=60))
def test_local_path_is_the_text_itself_or_nothing(text: str) -> None:
    found = local_path(text)
    assert found in ("", text)
    assert found == "" or found.startswith("/en-US/app/")


def test_return_address_is_text_in_the_form_and_never_markup(place: Place) -> None:
    page = place.browser().get(LOGIN, params={"return_to": '/en-US/app/shown/"><script>'}).text
    assert "<script>" not in page
