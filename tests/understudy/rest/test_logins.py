"""Failed logins: written down, counted, and locked as authentication.conf says, whichever door they come through."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.understudy.rest.test_objects import Caller
from tests.understudy.staging import ADMIN, PASSWORD, Clock, make_stage
from understudy.access.logins import LONGEST_WAIT
from understudy.rest.app import make_call, run
from understudy.stage import Stage

MINUTE = 60


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Iterator[Stage]:
    with make_stage(tmp_path / "home", clock) as stage:
        stage.create_user("bob", PASSWORD, ["user"])
        yield stage


def by_form(stage: Stage, name: str, password: str, client: str = "127.0.0.1") -> int:
    query = [("username", name), ("password", password)]
    return run(make_call(stage, "POST", "/services/auth/login", query, b"", {}, {}, client)).status_code


def by_header(stage: Stage, name: str, password: str, client: str = "127.0.0.1") -> int:
    given = base64.b64encode(f"{name}:{password}".encode()).decode()
    path, headers = "/services/authentication/current-context", {"authorization": f"Basic {given}"}
    return run(make_call(stage, "GET", path, [], b"", headers, {}, client)).status_code


DOORS = pytest.mark.parametrize("enter", [by_form, by_header], ids=["login", "basic"])
Door = Callable[..., int]


def log_of(stage: Stage) -> list[str]:
    text = (stage.home / "var/log/splunkd.log").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if "action=login" in line]


@DOORS
def test_each_failure_stands_in_the_log_with_its_address(kept: Stage, enter: Door) -> None:
    assert enter(kept, "bob", "wrong", "192.0.2.7") == 401
    line = log_of(kept)[-1]
    assert "WARN" in line
    for part in ("user=bob", "status=failure", "clientip=192.0.2.7"):
        assert part in line
    assert "wrong" not in line.replace("wrong user name or password", "")


def test_what_is_no_users_name_is_not_logged(kept: Stage) -> None:
    by_form(kept, PASSWORD, "x")
    assert PASSWORD not in "".join(log_of(kept))


@DOORS
def test_name_is_locked_after_five_failures_and_opens_again(kept: Stage, clock: Clock, enter: Door) -> None:
    for _ in range(5):
        assert enter(kept, "bob", "wrong") == 401
    assert enter(kept, "bob", PASSWORD) == 401
    assert Caller(kept).get("/services/authentication/users/bob")["locked-out"] is True
    clock.now += 29 * MINUTE
    assert enter(kept, "bob", PASSWORD) == 401
    clock.now += 2 * MINUTE
    assert enter(kept, "bob", PASSWORD) == 200
    assert Caller(kept).get("/services/authentication/users/bob")["locked-out"] is False


def test_failures_far_apart_or_before_a_success_do_not_add_up(kept: Stage, clock: Clock) -> None:
    for _ in range(3):
        for _ in range(4):
            by_form(kept, "bob", "wrong")
        assert by_form(kept, "bob", PASSWORD) == 200
    for _ in range(8):
        by_form(kept, "bob", "wrong")
        clock.now += 2 * MINUTE
    assert by_form(kept, "bob", PASSWORD) == 200


def test_locked_name_is_told_like_a_wrong_password_and_an_unknown_name(kept: Stage) -> None:
    def told(name: str, password: str) -> bytes:
        query = [("username", name), ("password", password), ("output_mode", "json")]
        return bytes(run(make_call(kept, "POST", "/services/auth/login", query, b"", {}, {}, "127.0.0.1")).body)

    answers = {told(name, "wrong") for name in ("bob", "nobody_here") for _ in range(7)}
    assert answers | {told("bob", PASSWORD)} == answers
    assert len(answers) == 1


def test_administrator_unlocks_and_settings_count(kept: Stage) -> None:
    kept.conf.write("authentication", "splunk_auth", {"lockoutAttempts": "2"}, "system")
    for _ in range(2):
        by_form(kept, "bob", "wrong")
    assert by_form(kept, "bob", PASSWORD) == 401
    admin = Caller(kept)
    assert admin.refused("POST", "/services/authentication/users/bob", **{"locked-out": "1"}) == 400
    admin.post("/services/authentication/users/bob", **{"locked-out": "0"})
    assert by_form(kept, "bob", PASSWORD) == 200
    kept.conf.write("authentication", "splunk_auth", {"lockoutUsers": "false"}, "system")
    for _ in range(20):
        by_form(kept, "bob", "wrong")
    assert by_form(kept, "bob", PASSWORD) == 200


def test_holder_of_never_lockout_waits_at_that_address_alone(kept: Stage, clock: Clock) -> None:
    for _ in range(5):
        assert by_form(kept, ADMIN, "wrong", "192.0.2.7") == 401
    assert by_form(kept, ADMIN, PASSWORD, "192.0.2.7") == 401
    assert by_form(kept, ADMIN, PASSWORD, "192.0.2.8") == 200
    clock.now += 1
    assert by_form(kept, ADMIN, "wrong", "192.0.2.7") == 401
    clock.now += 1
    assert by_form(kept, ADMIN, PASSWORD, "192.0.2.7") == 401
    clock.now += LONGEST_WAIT
    assert by_form(kept, ADMIN, PASSWORD, "192.0.2.7") == 200
    assert Caller(kept).get(f"/services/authentication/users/{ADMIN}")["locked-out"] is False
