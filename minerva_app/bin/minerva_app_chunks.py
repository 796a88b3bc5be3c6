"""A streaming command over the chunked protocol without the SDK, for as long as splunkd sends what it usually does.

Whatever is unusual (an option the command does not know, a chunk it cannot read, an odd frame) is left to the SDK: it
is given the whole conversation from its first frame on, and what was answered already is not answered twice. So the
SDK's way is the reference, and a command starts without importing it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, BinaryIO, Optional

_HEADER = re.compile(rb"chunked 1\.0,([0-9]+),([0-9]+)\n")
_STREAMING = b'{"type":"streaming"}'
Rewrite = Callable[[str], Optional[str]]
"""Makes a chunk's answer (CSV) of its rows (CSV); None leaves it to the SDK."""


class Again:
    """A stream of bytes that were read already, then of what is left of `rest`."""

    def __init__(self, read: bytes, rest: BinaryIO) -> None:
        self._read = read
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            size = len(self._read) + (1 << 62)
        taken, self._read = self._read[:size], self._read[size:]
        return taken if len(taken) == size else taken + self._rest.read(size - len(taken))

    def readline(self) -> bytes:
        end = self._read.find(b"\n") + 1
        if not end:
            return self.read(len(self._read)) + self._rest.readline()
        return self.read(end)


class Rest:
    """A stream that passes on all but the first `known` bytes written to it."""

    def __init__(self, known: int, target: BinaryIO) -> None:
        self._known = known
        self._target = target

    def write(self, data: bytes) -> int:
        self._target.write(data[self._known :])
        self._known = max(0, self._known - len(data))
        return len(data)

    def flush(self) -> None:
        self._target.flush()


def stream(
    source: BinaryIO, target: BinaryIO, prepare: Callable[[list[str]], Rewrite | None]
) -> tuple[Again, Rest] | None:
    """Answers every chunk by what `prepare` makes of the command's arguments. Returns None at the end of the search, or
    the streams with which the SDK goes on."""
    first, head, body = _frame(source)
    arguments = None if body else _arguments(head)
    rewrite = None if arguments is None else prepare(arguments)
    if rewrite is None:
        return Again(first, source), Rest(0, target)
    answered = _answer(target, _STREAMING, b"")
    while True:
        raw, head, body = _frame(source)
        if not raw:
            return None
        finished = _finished(head)
        answer = "" if not body else None if finished is None else rewrite(body.decode("utf-8", "replace"))
        if finished is None or answer is None:
            return Again(first + raw, source), Rest(answered, target)
        _answer(target, b'{"finished":true}' if finished else b'{"finished":false}', answer.encode("utf-8"))


def _frame(source: BinaryIO) -> tuple[bytes, bytes, bytes]:
    """All bytes of a frame, its metadata, its body; no metadata if the frame is odd, no bytes at the end."""
    line = source.readline()
    match = _HEADER.fullmatch(line)
    if match is None:
        return line, b"", b""
    length, size = int(match[1]), int(match[2])
    head, body = source.read(length), source.read(size)
    odd = len(head) < length or len(body) < size
    return line + head + body, b"" if odd else head, body


def _answer(target: BinaryIO, head: bytes, body: bytes) -> int:
    """Writes a frame and returns its length."""
    data = b"chunked 1.0,%d,%d\n%b%b" % (len(head), len(body), head, body)
    target.write(data)
    target.flush()
    return len(data)


def _loaded(head: bytes) -> dict[str, Any]:
    try:
        found = json.loads(head)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _finished(head: bytes) -> bool | None:
    """Whether the chunk of a frame is the last one; None where it is no chunk."""
    metadata = _loaded(head)
    finished = metadata.get("finished", False)
    return finished if metadata.get("action") == "execute" and isinstance(finished, bool) else None


def _arguments(head: bytes) -> list[str] | None:
    """The command's arguments as the first frame tells them, None for an unusual frame."""
    metadata = _loaded(head)
    info = metadata.get("searchinfo")
    if metadata.get("action") != "getinfo" or not isinstance(info, dict):
        return None
    arguments = info.get("args")
    numbers = [info.get(name) for name in ("earliest_time", "latest_time")]
    usual = isinstance(arguments, list) and all(isinstance(argument, str) for argument in arguments)
    usual = usual and isinstance(info.get("search"), str) and isinstance(info.get("dispatch_dir"), str)
    usual = usual and all(isinstance(each, str) and re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", each) for each in numbers)
    return arguments if usual else None
