"""No request ends in a 500 or a traceback, whatever it says: every route, junk names, arguments and bodies."""

from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from tests.understudy.staging import ADMIN, make_stage
from understudy.rest.app import make_call, run
from understudy.rest.routes import Route, table
from understudy.stage import Stage

JUNK = (
    "", " ", "0", "-1", "1e400", "nan", "99999999999999999999", "abc", "main", "search", "admin", "../../etc/passwd",
    "..%2f..", "a/b", "[x]", "x\ny = 1", "\0", "é" * 300, "'", '"', "$x$", "*", "-", "_new", "_reload", "<a>&",
    "| makeresults", "index=main [", "rt", "now", "+1d@x", "{}", '{"a":', "[1,2]", "* * * * *", "61 * * * *", "true",
    "normal", "json", "xml", "(?<a>", "(" * 60, "x=y OR", "NOT", "http://x", "/nonexistent/file", "admin,nosuch",
)  # fmt: skip
NAMES = (
    "name", "search", "count", "offset", "sort_key", "sort_dir", "sort_mode", "f", "output_mode", "id", "action", "ttl",
    "earliest_time", "latest_time", "exec_mode", "max_count", "max_time", "timeout", "auto_cancel", "now", "namespace",
    "reuse_max_seconds_ago", "value", "key", "roles", "password", "expires_on", "not_before", "status", "capabilities",
    "srchFilter", "srchJobsQuota", "imported_roles", "cron_schedule", "is_scheduled", "definition", "sharing", "owner",
    "perms.read", "perms.write", "query", "fields", "sort", "limit", "skip", "eai:data", "stanza", "type", "REGEX",
    "transform", "lookup.field.input.a", "alias.a", "level", "index", "indexes", "token", "port", "disabled", "q",
    "time", "output_time_format", "username", "audience", "realm", "__conf", "__stanza", "label", "template",
    "host_regex", "host_segment", "frozenTimePeriodInSecs", "severity", "message", "alert.suppress", "alert_type",
    "alert_comparator", "alert_threshold", "expiration", "custom.a", "field_list", "top_count", "sample_ratio",
)  # fmt: skip
BODIES = (
    b"",
    b"\xff\xfe\0",
    b"[]",
    b"{}",
    b'{"_key": 5}',
    b"[[1]]",
    b'[{"query": 1}]',
    b"[" * 50_000,
    b"a=1&b",
    b"\0",
    b'{"a": "\\ud800"}',
    b'[{"_key": "\\ud800"}]',
    b'{"a": 1e999}',
    b'{"_key": ""}',
    b"[null]",
    b"a=%ff&name=%00",
)


@pytest.fixture(scope="module")
def junked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("home")) as stage:
        stage.conf.write("collections", "things", {}, "search")
        stage.conf.write("savedsearches", "mine", {"search": "| makeresults"}, "search")
        stage.conf.write("inputs", "http://probe", {"token": "a token"}, "search")
        yield stage


def _ask(stage: Stage, chooser: random.Random, route: Route, method: str, key: str) -> tuple[int, bytes, str]:
    names = (*JUNK, "things", "mine", "http", "probe", "savedsearches")
    parts = []
    for part in route.pattern.split("/"):
        if "{" in part:
            part = part.split("{", 1)[0] + chooser.choice(names)
        parts.append(part)
    prefix = chooser.choice(
        ("/services/", "/servicesNS/nobody/search/", "/servicesNS/-/-/", "/servicesNS/admin/nosuch/")
    )
    pairs = [(chooser.choice(NAMES), chooser.choice(names)) for _ in range(chooser.randrange(6))]
    query, body, kind = pairs, b"", "application/json"
    if method in ("POST", "PUT") and chooser.random() < 0.5:
        query, body = [], chooser.choice(BODIES)
        kind = chooser.choice(("application/json", "application/x-www-form-urlencoded"))
    path = (prefix + "/".join(parts)).encode("utf-8", "replace").decode("latin-1")
    headers = {"authorization": f"Splunk {key}", "content-type": kind}
    answer = run(make_call(stage, method, path, query, body, headers, {}, "127.0.0.1"))
    text = bytes(getattr(answer, "body", b""))
    return answer.status_code, text, f"{method} {path} {query} {body[:60]!r}"


@pytest.mark.parametrize("seed", range(6))
def test_junk_is_answered_with_a_sentence(junked: Stage, seed: int) -> None:
    chooser = random.Random(seed)
    key = junked.accounts.open_session(ADMIN)
    for route in table():
        if route.pattern.startswith(("auth/", "authentication/httpauth-tokens")):
            continue
        for method in route.methods:
            status, text, asked = _ask(junked, chooser, route, method, key)
            assert status < 500, f"{asked}: {text.decode()}"
            assert b"Traceback" not in text
            if status >= 400:
                if text.startswith(b"{"):
                    assert json.loads(text)["messages"][0]["text"], asked
                else:
                    assert ET.fromstring(text).find(".//msg") is not None, asked
