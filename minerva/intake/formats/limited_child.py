"""Limited child: reads a file in a process of its own (child_reader.py), whose memory and time are limited.

Where the platform cannot limit a process (LIMITED is False, as on Windows), documents must be smaller instead.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.limits import UNLIMITED_DOCUMENT_BYTES, Limits, seconds_of, words_of
from minerva.intake.rows import ReadCounts, Row
from minerva.limited_process import LIMITED, command_of

_LONGEST_ANSWER = 64 * 1024 * 1024
_READER = "minerva.intake.formats.child_reader"
_WATCH_SECONDS = 0.25


def read_rows(
    source: BinaryIO, facts: ReadFacts, name: str, needed: Sequence[str], met: ReadCounts, limits: Limits
) -> Iterator[Row]:
    """The rows of a stream as read.rows_here gives them. Raises FileError."""
    code = facts.format if facts.unpack == "none" else facts.unpack.replace(".", "_")
    if not sys.executable:
        raise FileError(code, f"{name}: there is no interpreter to read it with")
    if not LIMITED:
        met.add("without_memory_limit")
        limits = dataclasses.replace(limits, document_bytes=min(limits.document_bytes, UNLIMITED_DOCUMENT_BYTES))
    order = {
        "facts": {
            key: sorted(value) if isinstance(value, frozenset) else value
            for key, value in dataclasses.asdict(facts).items()
        },
        "name": name,
        "needed": list(needed),
        "limits": dataclasses.asdict(limits),
        "limited": LIMITED,
    }
    source.seek(0)
    is_file = _is_file(source)
    with subprocess.Popen(
        [*command_of(_READER), json.dumps(order)],
        stdin=source if is_file else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        watch = _Watch(child, seconds_of(facts, limits))
        if not is_file:
            threading.Thread(target=_feed, args=(child, source), daemon=True).start()
        try:
            yield from _answers(child, watch, code, name, met)
        finally:
            watch.over = True
            child.kill()


def _is_file(source: BinaryIO) -> bool:
    if isinstance(source, io.BytesIO):
        return False
    try:
        # A child shares the place in the file, and nothing of it may wait in a buffer here.
        os.lseek(source.fileno(), 0, os.SEEK_SET)
    except (OSError, ValueError):
        return False
    return True


def _feed(child: subprocess.Popen[bytes], source: BinaryIO) -> None:
    assert child.stdin is not None
    with contextlib.suppress(OSError, ValueError):
        while True:
            block = source.read(1024 * 1024)
            if not block:
                break
            child.stdin.write(block)
        child.stdin.close()


class _Watch:
    """Kills a child for whose next row has been waited too long; what the caller does with rows does not count."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self._child, self._seconds = child, seconds
        self._since: float | None = None
        self.over = self.killed = False
        threading.Thread(target=self._run, daemon=True).start()

    def waiting(self, is_waiting: bool) -> None:
        self._since = time.monotonic() if is_waiting else None

    def _run(self) -> None:
        while not self.over:
            since = self._since
            if since is not None and time.monotonic() - since > 3 * self._seconds + 60:
                self.killed = True
                self._child.kill()
                return
            time.sleep(_WATCH_SECONDS)


def _answers(child: subprocess.Popen[bytes], watch: _Watch, code: str, name: str, met: ReadCounts) -> Iterator[Row]:
    assert child.stdout is not None
    while True:
        watch.waiting(True)
        line = child.stdout.readline(_LONGEST_ANSWER)
        watch.waiting(False)
        if not line.endswith(b"\n"):
            raise _ended(child, watch, code, name)
        answer = json.loads(line)
        if isinstance(answer, dict):
            for counted, number in answer["met"].items():
                met.add(counted, number)
            if answer["code"]:
                raise FileError(answer["code"], answer["message"])
            return
        place, columns, fault = answer
        yield Row(place, columns, fault)


def _ended(child: subprocess.Popen[bytes], watch: _Watch, code: str, name: str) -> FileError:
    """A child that ended without its last word: killed for its time (SIGXCPU), or for its memory."""
    child.kill()
    status = child.wait()
    code += "_slow" if watch.killed or status == -24 else "_memory" if status < 0 else ""
    return FileError(code, f"{name}: {words_of(code)}")
