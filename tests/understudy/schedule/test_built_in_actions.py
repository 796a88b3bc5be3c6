"""Alert actions that splunkd brings itself, against a mail server and a web hook of the test."""

from __future__ import annotations

import email
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.protocol.apps import write_app
from tests.understudy.staging import ADMIN, Clock, make_stage
from understudy.stage import Stage

SEARCH = '| makeresults count=2 | streamstats count as n | eval who="a" | table n who'


@pytest.fixture
def alerting(tmp_path: Path) -> Iterator[Stage]:
    with make_stage(tmp_path / "home", Clock(1_700_049_600.0)) as stage:
        yield stage


def run(stage: Stage, *lines: str, actions: str = "", search: str = SEARCH) -> str:
    """Runs one alert with the lines and returns what the log says of it."""
    head = f"[watch]\nsearch = {search}\nenableSched = 1\ncron_schedule = */5 * * * *\ncounttype = always\n"
    write_app(
        stage.home,
        "probe",
        {
            "default/savedsearches.conf": head + "\n".join(lines) + "\n",
            "default/alert_actions.conf": actions,
            "metadata/default.meta": "[]\naccess = read : [ * ], write : [ admin ]\nexport = system\n",
        },
    )
    stage.conf.reload()
    (job,) = stage.run_schedules()
    assert job.state == "DONE"
    text = (stage.home / "var/log/splunkd.log").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if "sendmodalert" in line)


class _Smtp(socketserver.StreamRequestHandler):
    """Takes one mail and keeps it in the server's list."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        lines: list[bytes] | None = None
        while line := self.rfile.readline():
            if lines is not None:
                if line == b".\r\n":
                    self.server.mails.append(email.message_from_bytes(b"".join(lines)))  # type: ignore[attr-defined]
                    lines = None
                    self.wfile.write(b"250 taken\r\n")
                else:
                    lines.append(line[1:] if line.startswith(b"..") else line)
            elif line.upper().startswith(b"DATA"):
                lines = []
                self.wfile.write(b"354 go on\r\n")
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 yes\r\n")


@contextmanager
def mail_server() -> Iterator[tuple[str, list[Message]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp) as server:
        server.mails = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", server.mails  # type: ignore[attr-defined]
        server.shutdown()


@contextmanager
def hook(status: int = 200) -> Iterator[tuple[str, list[Any]]]:
    taken: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Location", self.path)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Keeps the test's output clean."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/hook", taken
        server.shutdown()


def test_mail_holds_message_results_and_the_file(alerting: Stage) -> None:
    with mail_server() as (address, mails):
        run(
            alerting,
            "action.email = 1",
            "action.email.to = ann@mail.example, bob@mail.example",
            "action.email.subject = $name$ saw $result.who$",
            "action.email.sendresults = 1",
            "action.email.inline = 1",
            "action.email.sendcsv = 1",
            actions=f"[email]\nmailserver = {address}\nfrom = alerts@mail.example\n",
        )
    (mail,) = mails
    assert (mail["To"], mail["Subject"]) == ("ann@mail.example, bob@mail.example", "watch saw a")
    body, attached = [part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart()]  # type: ignore[union-attr]
    assert "The alert condition for 'watch' was triggered." in body
    assert "n  who\n1  a\n2  a" in body.replace("\r\n", "\n")
    assert attached.replace("\r\n", "\n") == "n,who\n1,a\n2,a\n"


@pytest.mark.parametrize(
    ("lines", "stanza", "reason"),
    [
        pytest.param(["action.email.to = ann@mail.example"], "", "no mail server is configured", id="no-server"),
        pytest.param([], "mailserver = 127.0.0.1:1", "names nobody", id="nobody"),
        pytest.param(
            ["action.email.to = ann@mail.example", "action.email.sendpdf = 1"], "mailserver = x", "sendpdf", id="pdf"
        ),
        pytest.param(
            ["action.email.to = ann@mail.example"],
            "mailserver = x\nallowedDomainList = other.example",
            "allowedDomainList",
            id="foreign-domain",
        ),
        pytest.param(
            ["action.email.to = ann@mail.example"], "mailserver = 127.0.0.1:1", "ConnectionRefused", id="server-away"
        ),
    ],
)
def test_mail_that_cannot_be_sent_is_logged(alerting: Stage, lines: list[str], stanza: str, reason: str) -> None:
    assert reason in run(alerting, "action.email = 1", *lines, actions=f"[email]\n{stanza}\n")


def test_web_hook_is_told_the_first_result(alerting: Stage) -> None:
    with hook() as (url, taken):
        assert "was run" in run(alerting, "action.webhook = 1", f"action.webhook.param.url = {url}")
    (document,) = taken
    assert document["result"] == {"n": "1", "who": "a"}
    assert (document["search_name"], document["app"]) == ("watch", "probe")


@pytest.mark.parametrize("status", [302, 500])
def test_web_hook_that_does_not_take_it_is_logged_and_not_followed(alerting: Stage, status: int) -> None:
    with hook(status) as (url, taken):
        assert f"status {status}" in run(alerting, "action.webhook = 1", f"action.webhook.param.url = {url}")
    assert len(taken) == 1


@pytest.mark.parametrize(
    "url", ["http://192.0.2.1/x", "file:///etc/passwd", "ftp://127.0.0.1/", "http://hook.example/", ""]
)
def test_web_hook_beyond_this_machine_needs_an_allow_list(alerting: Stage, url: str) -> None:
    assert "ActionRefusedError" in run(alerting, "action.webhook = 1", f"action.webhook.param.url = {url}")


def test_event_is_logged_into_an_index(alerting: Stage) -> None:
    run(
        alerting,
        "action.logevent = 1",
        "action.logevent.param.event = $name$ saw $result.n$",
        "action.logevent.param.sourcetype = seen",
    )
    found = list(alerting.search("search index=main sourcetype=seen | table _raw source", ADMIN).rows)
    assert found == [{"_raw": "watch saw 1", "source": "alert:watch"}]


def test_results_go_into_a_lookup_and_a_summary_index(alerting: Stage) -> None:
    lines = ["action.lookup = 1", "action.lookup.filename = seen.csv", "action.lookup.append = 1"]
    summary = ["action.summary_index = 1", "action.summary_index._name = summary", "action.summary_index.unit = north"]
    run(alerting, *lines, *summary)
    kept = list(alerting.search("| inputlookup seen.csv", ADMIN, app="probe").rows)
    assert [row["n"] for row in kept] == ["1", "2"]
    found = list(alerting.search("search index=summary | table _raw sourcetype", ADMIN).rows)
    assert len(found) == 2
    assert all('search_name="watch"' in str(row["_raw"]) and 'unit="north"' in str(row["_raw"]) for row in found)


@pytest.mark.parametrize("action", ["script", "rss"])
def test_action_that_is_not_served_says_so(alerting: Stage, action: str) -> None:
    assert "ActionRefusedError" in run(alerting, f"action.{action} = 1")
