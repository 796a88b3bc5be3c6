"""The text handler: a posted text is answered, and nothing of it reaches a log or an error."""

from __future__ import annotations

import importlib
import json
import logging
import sys
from typing import Any

import pytest

from benchmarks.chunk_driver import BIN, ROOT

TEXT = "call 415-555-0123 or jen_4u (at) example [dot] com"


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "understudy" / "protocol" / "modules"))
    monkeypatch.syspath_prepend(str(BIN))
    sys.modules.pop("minerva_text_handler", None)
    return importlib.import_module("minerva_text_handler")


def ask(handler: Any, **request: Any) -> tuple[int, dict[str, Any]]:
    found = handler.TextHandler().handle(json.dumps({"method": "POST", **request}))
    assert found["headers"]["Cache-Control"] == "no-store"
    return found["status"], json.loads(found["payload"])


def test_handler_answers_a_posted_text(handler: Any) -> None:
    status, answer = ask(handler, payload=json.dumps({"text": TEXT, "region": "US"}))
    assert status == 200
    assert len(answer["identifiers"]) == 2


@pytest.mark.parametrize(
    ("request_part", "status"),
    [
        ({"method": "GET"}, 405),
        ({"payload": "not json"}, 400),
        ({"payload": "[1]"}, 400),
        ({"payload": '{"text":' + "[" * 5000 + "]" * 5000 + "}"}, 400),
        ({"payload": '{"text": 1}'}, 400),
        ({"payload": "x" * 6_000_001}, 413),
        ({"payload": 5}, 500),
    ],
)
def test_handler_refuses_in_words_and_logs_no_text(
    handler: Any, request_part: dict[str, Any], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        code, answer = ask(handler, **request_part)
    assert (code, set(answer)) == (status, {"error"})
    assert "not json" not in caplog.text


def test_a_text_that_breaks_the_reading_leaves_no_trace_in_the_log(
    handler: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(body: Any) -> Any:
        raise ValueError(body["text"])

    monkeypatch.setattr(handler, "explain", broken)
    status, answer = ask(handler, payload=json.dumps({"text": "jen@example.com"}))
    assert status == 500
    assert "jen" not in caplog.text + json.dumps(answer)
