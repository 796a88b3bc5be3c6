"""Persistent REST handlers of apps: identity, capabilities, payloads, and processes that die."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.understudy.protocol.apps import write_app
from understudy.rest.app_handlers import allowed
from understudy.stage import Stage

HANDLER = """
    import json, os, time
    from splunk.persistconn.application import PersistentServerConnectionApplication

    class Echo(PersistentServerConnectionApplication):
        def __init__(self, command_line, command_arg):
            super().__init__()
            self.count = 0

        def handle(self, in_string):
            request = json.loads(in_string)
            self.count += 1
            what = request.get("path_info", "")
            if what == "boom":
                raise RuntimeError("a secret of the handler")
            if what == "slow":
                time.sleep(600)
            if what == "die":
                os._exit(7)
            print("noise on stdout")
            if what == "none":
                return {"status": 200, "payload": None}
            if what == "text":
                return {"status": 418, "payload": "tea", "headers": {"X-Kind": "pot", "Content-Type": "text/x-tea"}}
            return {"status": 200, "payload": {"request": request, "count": self.count, "pid": os.getpid()}}
"""
RESTMAP = """
    [script:echo]
    match = /probe/v1/echo
    script = echo.py
    scripttype = persist
    handler = echo.Echo
    requireAuthentication = true
    passPayload = true
    passSystemAuth = true
    passHttpHeaders = true
    capability.post = probe_write
    timeout = 3

    [script:old]
    match = /probe/v1/old
    script = echo.py
    scripttype = python
    handler = echo.Echo
"""


@pytest.fixture
def probe(served: Stage) -> Stage:
    authorize = (
        "[capability::probe_write]\n\n[role_writer]\nprobe_write = enabled\nsearch = enabled\n\n"
        "[role_reader]\nsearch = enabled\n"
    )
    write_app(
        served.home,
        "probe",
        {"bin/echo.py": HANDLER, "default/restmap.conf": RESTMAP, "default/authorize.conf": authorize},
    )
    served.conf.reload()
    served.create_user("writer", "a password", ["writer"])
    served.create_user("reader", "a password", ["reader"])
    return served


def ask(stage: Stage, method: str, path: str, user: str = "writer", **more: Any) -> requests.Response:
    headers = {"Authorization": f"Splunk {stage.accounts.open_session(user)}", **more.pop("headers", {})}
    address = f"{stage.surroundings.uri}/servicesNS/nobody/probe/probe/v1/{path}"
    return requests.request(method, address, headers=headers, timeout=30, **more)


def test_handler_is_told_who_called_by_splunkd_alone(probe: Stage) -> None:
    lie = {"session": {"user": "admin"}, "system_authtoken": "forged"}
    answer = ask(probe, "POST", "echo/a/b?x=1", json=lie, headers={"X-Splunk-User": "admin"}).json()["request"]
    assert answer["session"]["user"] == "writer"
    assert probe.accounts.session_user(answer["session"]["authtoken"]) == "writer"
    assert probe.accounts.session_user(answer["system_authtoken"]) == "splunk-system-user"
    assert (answer["path_info"], answer["method"], answer["query"]) == ("a/b", "POST", [["x", "1"]])
    assert answer["ns"] == {"app": "probe", "user": "nobody"}
    assert "authorization" not in dict(answer["headers"])


def test_capability_is_enforced_before_the_handler(probe: Stage) -> None:
    refused = ask(probe, "POST", "echo", user="reader", json={})
    assert refused.status_code == 403
    assert "probe_write" in refused.text
    assert ask(probe, "GET", "echo", user="reader").status_code == 200
    assert ask(probe, "POST", "echo", user="writer", json={}).status_code == 200


def test_call_without_session_never_reaches_the_handler(probe: Stage) -> None:
    answer = requests.get(f"{probe.surroundings.uri}/services/probe/v1/echo", timeout=10)
    assert answer.status_code == 401


def test_process_stays_between_requests(probe: Stage) -> None:
    first, second = (ask(probe, "GET", "echo").json() for _ in range(2))
    assert (first["pid"], first["count"] + 1) == (second["pid"], second["count"])


def test_dead_process_is_replaced(probe: Stage) -> None:
    first = ask(probe, "GET", "echo").json()
    os.kill(first["pid"], signal.SIGKILL)
    until_gone(first["pid"])
    second = ask(probe, "GET", "echo").json()
    assert second["count"] == 1
    assert second["pid"] != first["pid"]


def until_gone(pid: int) -> None:
    from tests.understudy.staging import until

    def ended() -> bool:
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as facts:
                return facts.read().split(") ")[1][0] == "Z"
        except FileNotFoundError:
            return True

    until(ended)


@pytest.mark.parametrize("what", ["boom", "die", "slow"])
def test_failing_handler_is_one_sentence_and_the_next_request_is_served(probe: Stage, what: str) -> None:
    answer = ask(probe, "GET", f"echo/{what}?output_mode=json")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert ask(probe, "GET", "echo").status_code == 200


def test_replies_become_responses(probe: Stage) -> None:
    assert ask(probe, "GET", "echo/none").status_code == 204
    answer = ask(probe, "GET", "echo/text")
    assert (answer.status_code, answer.text, answer.headers["X-Kind"]) == (418, "tea", "pot")
    assert answer.headers["Content-Type"].startswith("text/x-tea")


def test_script_of_another_type_is_refused_loudly(probe: Stage) -> None:
    assert ask(probe, "GET", "old").status_code == 501


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        pytest.param("a", True, id="held"),
        pytest.param("x", False, id="not-held"),
        pytest.param("a AND x", False, id="and"),
        pytest.param("x OR a", True, id="or"),
        pytest.param("x or (a and not x)", True, id="nested"),
        pytest.param("!x && b", True, id="symbols"),
        pytest.param("a AND", False, id="unfinished"),
        pytest.param("(a", False, id="unbalanced"),
        pytest.param("a b", False, id="two-words"),
    ],
)
def test_capability_expressions(expression: str, verdict: bool) -> None:
    assert allowed(expression, {"a", "b"}.__contains__) is verdict


def test_many_requests_to_a_handler_leave_threads_for_what_it_asks_splunkd_itself(served: Stage) -> None:
    handler = """
        import json, urllib.request
        from splunk.persistconn.application import PersistentServerConnectionApplication

        class Asker(PersistentServerConnectionApplication):
            def __init__(self, command_line, command_arg):
                super().__init__()

            def handle(self, in_string):
                request = json.loads(in_string)
                url = request["server"]["rest_uri"] + "/services/authentication/current-context?output_mode=json"
                header = {"Authorization": "Splunk " + request["session"]["authtoken"]}
                opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                asked = opener.open(urllib.request.Request(url, headers=header), timeout=20)
                return {"status": asked.status, "payload": "{}"}
    """
    restmap = """
        [script:asker]
        match = /probe/v1/asker
        script = asker.py
        scripttype = persist
        handler = asker.Asker
        passSession = true
    """
    write_app(served.home, "asker", {"bin/asker.py": handler, "default/restmap.conf": restmap})
    served.conf.reload()
    served.create_user("many", "a test password", ["admin"])
    headers = {"Authorization": f"Splunk {served.session_key('many')}"}
    url = f"http://127.0.0.1:{served.rest_port}/services/probe/v1/asker"

    def ask(_: int) -> int:
        return requests.get(url, headers=headers, timeout=60).status_code

    with ThreadPoolExecutor(max_workers=60) as pool:
        assert set(pool.map(ask, range(60))) == {200}
