"""minervaextract's conversation with splunkd without the SDK is, byte for byte, the one with it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.chunk_driver import BIN, csv_of, frame
from tests.app.test_extract_columns import bodies

sys.path.insert(0, str(BIN))
import minerva_app_chunks as chunks  # a door's own module, found beside it
import minervaextract

ROWS = [{"text": "call 415 555 0123, now", "country": "US"}, {"text": 'ring "07700 900123"', "country": "GB"}]
USUAL = csv_of(ROWS)
ODD = "text,text\r\na,b\r\n"


def getinfo(arguments: Any, **other: Any) -> bytes:
    info = {"args": arguments, "raw_args": arguments, "dispatch_dir": "/tmp", "sid": "1", "app": "minerva_app",
            "owner": "nobody", "username": "tester", "session_key": "key", "splunkd_uri": "https://127.0.0.1:1",
            "splunk_version": "10.2.3", "search": "", "command": "minervaextract", "maxresultrows": 50000,
            "earliest_time": "0", "latest_time": "0", **other}  # fmt: skip
    return frame({"action": "getinfo", "preview": False, "searchinfo": info})


def execute(body: str = "", finished: bool = False) -> bytes:
    return frame({"action": "execute", "finished": finished}, body)


def by_sdk(sent: bytes) -> tuple[bytes, Any]:
    target = io.BytesIO()
    try:
        minervaextract.by_the_sdk(["minervaextract.py"], io.BytesIO(sent), target)
    except SystemExit as exit_:
        return target.getvalue(), exit_.code
    return target.getvalue(), 0


def by_door(sent: bytes) -> tuple[bytes, Any, bool]:
    """What the door answers, its exit code, and whether the SDK had a part in it."""
    target = io.BytesIO()
    left = chunks.stream(io.BytesIO(sent), target, minervaextract.prepared)
    if left is not None:
        try:
            minervaextract.by_the_sdk(["minervaextract.py"], *left)
        except SystemExit as exit_:
            return target.getvalue(), exit_.code, True
    return target.getvalue(), 0, left is not None


START = getinfo(["fields=text", "region_field=country", "kinds=phone"])
END = execute(finished=True)
CONVERSATIONS = {
    "rows, an empty chunk, the end": (START + execute(USUAL) + execute() + execute(USUAL) + END, False),
    "line feeds alone": (START + execute(USUAL.replace("\r\n", "\n")) + END, False),
    "every kind": (getinfo(["text", "region=US"]) + execute(USUAL) + END, False),
    "rows in the last chunk": (START + execute(USUAL, True), False),
    "an odd chunk between": (START + execute(USUAL) + execute(ODD) + execute(USUAL) + END, True),
    "an unknown option": (getinfo(["feilds=text"]) + execute(USUAL) + END, True),
    "a wrong option": (getinfo(["kinds=fax"]) + execute(USUAL) + END, True),
    "a fraction of a second": (getinfo(["fields=text"], earliest_time="1.5") + execute(USUAL) + END, False),
    "an option of the SDK": (getinfo(["fields=text", "show_configuration=true"]) + execute(USUAL) + END, True),
    "no getinfo": (execute(USUAL) + END, True),
    "a frame that is none": (START + execute(USUAL) + b"chunked 2.0,x\n", True),
    "an end in the middle of a frame": (START + execute(USUAL) + execute(USUAL)[:-30], True),
    "nothing but getinfo": (START, False),
    "text that is no UTF-8": (
        START + execute("text,country\r\n~415 555 0123,US\r\n").replace(b"~", b"\xff") + END, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "goes_to_the_sdk"), CONVERSATIONS.values(), ids=list(CONVERSATIONS))
def test_conversation_is_the_sdks(
    sent: bytes, goes_to_the_sdk: bool | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer, code, asked_sdk = by_door(sent)
    assert (answer, code) == by_sdk(sent)
    assert goes_to_the_sdk is None or asked_sdk is goes_to_the_sdk


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(bodies(), st.just(USUAL), st.just("")), max_size=4))
def test_conversation_is_the_sdks_on_random_chunks(sent: list[str]) -> None:
    frames = START + b"".join(map(execute, sent)) + END
    assert by_door(frames)[:2] == by_sdk(frames)


def test_answer_holds_what_was_found() -> None:
    answer = by_door(START + execute(USUAL) + END)[0].decode()
    assert '"+14155550123"' not in answer
    assert ",phone:+14155550123,," in answer
    assert json.loads(answer.split("\r\n")[1].split(',,"')[1].split('",,')[0].replace('""', '"'))["start"] == 5


@pytest.mark.parametrize("size", [0, 1, 5, 7, 40], ids=str)
def test_bytes_read_before_come_again(size: int) -> None:
    again = chunks.Again(b"one\ntwo", io.BytesIO(b" more\nlast"))
    assert again.read(size) + again.readline() + again.readline() + again.read(-1) == b"one\ntwo more\nlast"


def test_bytes_known_already_are_not_written_again() -> None:
    target = io.BytesIO()
    rest = chunks.Rest(4, target)
    assert [rest.write(data) for data in (b"ab", b"cdef", b"gh")] == [2, 4, 2]
    assert target.getvalue() == b"efgh"
