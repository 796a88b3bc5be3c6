"""The edge of REST: who may call, what an error looks like, what is not served."""

from __future__ import annotations

import base64

import pytest
import requests

from tests.understudy.staging import ADMIN, PASSWORD, Clock, make_stage
from understudy.access.accounts import SESSION_SECONDS
from understudy.rest.listing import matches
from understudy.rest.replies import Entry
from understudy.rest.routes import table
from understudy.stage import Stage


def url(stage: Stage, path: str) -> str:
    return stage.surroundings.uri + path


def key_of(stage: Stage, user: str = ADMIN) -> dict[str, str]:
    return {"Authorization": f"Splunk {stage.accounts.open_session(user)}"}


def test_call_without_session_is_refused_in_both_forms(served: Stage) -> None:
    answer = requests.get(url(served, "/services/apps/local"), timeout=10)
    assert answer.status_code == 401
    assert '<msg type="WARN">call not properly authenticated</msg>' in answer.text
    answer = requests.get(url(served, "/services/apps/local?output_mode=json"), timeout=10)
    assert answer.json() == {"messages": [{"type": "WARN", "text": "call not properly authenticated"}]}


def test_unknown_endpoint_says_that_the_stand_in_does_not_serve_it(served: Stage) -> None:
    answer = requests.get(url(served, "/services/no/such?output_mode=json"), headers=key_of(served), timeout=10)
    assert answer.status_code == 404
    assert "does not serve" in answer.json()["messages"][0]["text"]


def test_wrong_method_is_told_apart_from_an_unknown_endpoint(served: Stage) -> None:
    assert requests.delete(url(served, "/services/server/info"), headers=key_of(served), timeout=10).status_code == 405


@pytest.mark.parametrize("scheme", ["Basic", "Bearer", "Bearer-session", "cookie"])
def test_every_way_to_say_who_one_is(served: Stage, scheme: str) -> None:
    headers: dict[str, str] = {}
    if scheme == "Basic":
        headers["Authorization"] = "Basic " + base64.b64encode(f"{ADMIN}:{PASSWORD}".encode()).decode()
    elif scheme == "Bearer":
        headers["Authorization"] = "Bearer " + served.accounts.create_token(ADMIN, "tests")[1]
    elif scheme == "Bearer-session":
        headers["Authorization"] = "Bearer " + served.accounts.open_session(ADMIN)
    else:
        answer = requests.post(
            url(served, "/services/auth/login"),
            data={"username": ADMIN, "password": PASSWORD, "cookie": "1"},
            timeout=10,
        )
        headers["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]
    answer = requests.get(
        url(served, "/services/authentication/current-context?output_mode=json"), headers=headers, timeout=10
    )
    assert answer.json()["entry"][0]["content"]["username"] == ADMIN


def test_session_ends_when_it_is_not_used(tmp_path_factory: pytest.TempPathFactory) -> None:
    clock = Clock()
    with make_stage(tmp_path_factory.mktemp("home"), clock) as stage:
        key = stage.accounts.open_session(ADMIN)
        clock.now += SESSION_SECONDS - 1
        assert stage.accounts.session_user(key) == ADMIN
        clock.now += SESSION_SECONDS - 1
        assert stage.accounts.session_user(key) == ADMIN
        clock.now += SESSION_SECONDS + 1
        assert stage.accounts.session_user(key) is None


def test_passwords_and_session_keys_are_not_kept(stage: Stage) -> None:
    key = stage.accounts.open_session(ADMIN)
    _, token = stage.accounts.create_token(ADMIN, "tests")
    stage.accounts.close()
    kept = b"".join(path.read_bytes() for path in (stage.home / "var/lib/understudy").glob("auth.sqlite*"))
    assert ADMIN.encode() in kept
    for secret in (PASSWORD, key, token):
        assert secret.encode() not in kept


def test_every_entry_carries_its_permissions(served: Stage) -> None:
    for path in ("apps/local", "data/indexes", "authentication/users", "authorization/roles", "data/ui/times"):
        answer = requests.get(url(served, f"/services/{path}?output_mode=json"), headers=key_of(served), timeout=10)
        entries = answer.json()["entry"]
        assert entries, path
        assert all({"app", "owner", "sharing", "perms"} <= item["acl"].keys() for item in entries), path


def test_paging_sorting_and_search_of_a_list(served: Stage) -> None:
    def names(query: str) -> list[str]:
        address = url(served, f"/services/data/indexes?output_mode=json&{query}")
        answer = requests.get(address, headers=key_of(served), timeout=10).json()
        assert answer["paging"]["total"] >= len(answer["entry"])
        return [item["name"] for item in answer["entry"]]

    everything = names("count=0")
    assert names("count=2&offset=1") == everything[1:3]
    assert names("count=0&sort_key=name&sort_dir=desc") == sorted(everything, reverse=True)
    assert names("search=name%3Dmain") == ["main"]


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        pytest.param("realm=a*", True, id="wildcard"),
        pytest.param("realm=abc name=one", True, id="and"),
        pytest.param("realm=x OR name=one", True, id="or"),
        pytest.param("NOT realm=abc", False, id="not"),
        pytest.param("realm!=abc", False, id="unequal"),
        pytest.param("eai:acl.app=system", True, id="acl"),
        pytest.param('realm="abc"', True, id="quoted"),
        pytest.param("bc", True, id="word-anywhere"),
        pytest.param("zzz", False, id="word-nowhere"),
    ],
)
def test_search_argument_of_lists(expression: str, fits: bool) -> None:
    assert matches(Entry("one", {"realm": "abc"}), expression) is fits


def test_route_patterns_are_unique_per_method() -> None:
    seen = [(method, route.pattern) for route in table() for method in route.methods]
    assert len(seen) == len(set(seen))
