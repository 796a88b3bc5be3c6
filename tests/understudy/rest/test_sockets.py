"""What needs a socket: TLS, addresses that are refused, endless bodies, export that streams while the search runs."""

from __future__ import annotations

import ipaddress
import json
import re
import socket
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509

from demo.transports.certificates import certificate as made_certificate
from tests.understudy.gate import MADE, MADE_SEARCH, gated
from tests.understudy.staging import ADMIN, PASSWORD, until
from understudy.rest.listener import AddressRefusedError, check_address
from understudy.stage import Stage

MD5 = re.compile(rb"[0-9a-f]{32}")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    return made_certificate(tmp_path_factory.mktemp("tls"), x509.IPAddress(ipaddress.ip_address("127.0.0.1")))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the client sets options of ssl that are no more
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # and leaves sockets open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_rest_client_and_collector_speak_tls(certificate: tuple[Path, Path], tmp_path: Path) -> None:
    client = pytest.importorskip("splunklib.client")
    with Stage(tmp_path / "home", rest_port=0, tls=certificate, collector_port=0) as stage:
        stage.create_user(ADMIN, PASSWORD, ["admin"])
        stage.conf.write("inputs", "http://feed", {"token": "a-token"}, "search")
        stage.start()
        assert stage.surroundings.uri == f"https://127.0.0.1:{stage.rest_port}"
        trusted = str(certificate[0])
        answer = requests.get(
            f"{stage.surroundings.uri}/services/server/info", auth=(ADMIN, PASSWORD), verify=trusted, timeout=10
        )
        assert answer.status_code == 200
        sent = requests.post(
            f"https://127.0.0.1:{stage.collector_port}/services/collector",
            json={"event": "over tls"},
            headers={"Authorization": "Splunk a-token"},
            verify=trusted,
            timeout=10,
        )
        assert sent.json()["code"] == 0
        service = client.connect(
            host="127.0.0.1",
            port=stage.rest_port,
            scheme="https",
            username=ADMIN,
            password=PASSWORD,
            verify=True,
            context=ssl.create_default_context(cafile=trusted),
        )
        found = service.jobs.oneshot("search index=main over tls | stats count", output_mode="csv").read()
        assert found == b"count\n1\n"
        index = service.indexes["main"]
        with index.attached_socket(sourcetype="attached") as connection:  # the client does this over TLS only
            connection.send(b"Hello Boris!\r\n")
        until(lambda: index.refresh()["totalEventCount"] == "2")
        login = requests.post(
            f"{stage.surroundings.uri}/services/auth/login",
            data={"username": ADMIN, "password": PASSWORD, "cookie": "1"},
            verify=trusted,
            timeout=10,
        )
        assert "; Secure" in login.headers["Set-Cookie"]
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get(f"http://127.0.0.1:{stage.rest_port}/services/server/info", timeout=10)


@pytest.mark.parametrize(
    ("host", "allowed", "tls", "why"),
    [
        ("0.0.0.0", False, True, "allow_remote"),
        ("192.0.2.7", False, False, "allow_remote"),
        ("::", False, True, "allow_remote"),
        ("0.0.0.0", True, False, "TLS"),
        ("localhost", False, False, "not an IP address"),
    ],
)
def test_address_beyond_this_machine_is_refused(host: str, allowed: bool, tls: bool, why: str) -> None:
    with pytest.raises(AddressRefusedError, match=why):
        check_address(host, allowed, tls)


@pytest.mark.parametrize(
    ("host", "allowed"), [("127.0.0.1", False), ("::1", False), ("127.8.8.8", False), ("0.0.0.0", True)]
)
def test_address_of_this_machine_or_one_that_is_allowed_is_taken(host: str, allowed: bool) -> None:
    check_address(host, allowed, allowed)


def test_command_line_refuses_an_open_address(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "understudy", "serve", "--home", str(tmp_path / "home"), "--host", "0.0.0.0"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "--allow-remote" in ended.stderr or "allow_remote" in ended.stderr
    assert not (tmp_path / "home").exists()


# Endless bodies


def _head(key: str, index: str) -> bytes:
    line = f"POST /services/receivers/stream?index={index}&sourcetype=lines&host=there&source=pipe HTTP/1.1\r\n"
    head = (
        f"Host: x\r\nAccept-Encoding: identity\r\nAuthorization: Splunk {key}\r\nX-Splunk-Input-Mode: Streaming\r\n\r\n"
    )
    return (line + head).encode()


def _attach(stage: Stage, key: str, index: str = "main") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", stage.rest_port), timeout=10)
    connection.sendall(_head(key, index))
    return connection


def test_events_of_an_attached_socket_are_stored_when_it_closes(served: Stage) -> None:
    served.conf.write("props", "lines", {"SHOULD_LINEMERGE": "false"}, "search")
    with _attach(served, served.accounts.open_session(ADMIN)) as connection:
        connection.sendall(b"one\ntwo\n")
        connection.sendall(b"three\n")

    def count() -> Any:
        return next(iter(served.search("search index=main sourcetype=lines | stats count", ADMIN).rows))["count"]

    until(lambda: count() == 3)


def test_attached_socket_over_tls_that_closes_at_once_loses_nothing(
    certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate[0]))
    with Stage(tmp_path / "home", rest_port=0, tls=certificate) as stage:
        stage.create_user(ADMIN, PASSWORD, ["admin"])
        stage.start()
        key = stage.accounts.open_session(ADMIN)
        for number in range(20):
            plain = socket.create_connection(("127.0.0.1", stage.rest_port), timeout=10)
            with trusted.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
                connection.sendall(_head(key, "main"))
                connection.sendall(f"event {number}\r\n".encode())

        def found() -> Any:
            return next(iter(stage.search("search index=main | stats dc(_raw) as n", ADMIN).rows))["n"]

        until(lambda: found() == 20, 30)


@pytest.mark.parametrize(("key", "index", "status"), [("nonsense", "main", b"401"), (None, "nosuch", b"400")])
def test_attached_socket_that_may_not_write_is_told_so(
    served: Stage, key: str | None, index: str, status: bytes
) -> None:
    with _attach(served, key or served.accounts.open_session(ADMIN), index) as connection:
        assert connection.recv(1000).split()[1] == status


# Export


def _export(stage: Stage, search: str, mode: str) -> requests.Response:
    return requests.post(
        f"{stage.surroundings.uri}/services/search/v2/jobs/export",
        data={"search": search, "output_mode": mode},
        headers={"Authorization": f"Splunk {stage.accounts.open_session(ADMIN)}"},
        stream=True,
        timeout=30,
    )


@pytest.mark.parametrize("mode", ["json", "csv", "xml"])
def test_rows_are_sent_while_the_search_runs(served: Stage, mode: str) -> None:
    with gated(served, made=MADE), _export(served, MADE_SEARCH + " | table a", mode) as answer:
        sent = b""
        for part in answer.iter_content(None):
            sent += part
            if MD5.search(sent):
                break
        (job,) = served.jobs.listed(served.access(ADMIN))
        assert job.state == "RUNNING"
    until(lambda: not served.jobs.listed(served.access(ADMIN)))


def test_last_row_says_that_it_is_the_last(served: Stage) -> None:
    answer = _export(served, "| makeresults count=3 | streamstats count as n | table n", "json")
    lines = [json.loads(line) for line in answer.content.splitlines()]
    assert [line["result"]["n"] for line in lines] == ["1", "2", "3"]
    assert [line.get("lastrow", False) for line in lines] == [False, False, True]
    assert [line["offset"] for line in lines] == [0, 1, 2]
    assert not any(line["preview"] for line in lines)


def test_events_are_exported_raw(served: Stage) -> None:
    from understudy.storage.events import RawEvent

    served.store.ingest([RawEvent("first", index="main", time=1.0), RawEvent("second", index="main", time=2.0)])
    assert _export(served, "search index=main", "raw").content == b"second\nfirst\n"


def test_failure_after_the_first_rows_is_told(served: Stage) -> None:
    search = "| makeresults count=60000 | streamstats count as n | append [| inputlookup nosuch.csv] | table n"
    answer = _export(served, search, "json")
    text = answer.text
    assert "nosuch.csv" in text
    assert answer.status_code == 400 or '"type":"FATAL"' in text.replace(" ", "")


def test_answers_on_a_kept_connection_do_not_wait_for_acknowledgements(tmp_path: Path) -> None:
    with Stage(tmp_path / "home", rest_port=0) as stage:
        stage.start()
        with requests.Session() as session:
            session.trust_env = False
            session.get(f"http://127.0.0.1:{stage.rest_port}/services/server/info", timeout=30)
            server = stage._listener._server
            assert server is not None
            (connection,) = server.server_state.connections
            accepted = connection.transport.get_extra_info("socket")
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
            assert server.config.timeout_keep_alive >= 3600
