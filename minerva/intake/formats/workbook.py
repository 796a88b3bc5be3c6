"""Workbook: rows of an XLSX sheet, read by a child process (sheet_reader.py) whose memory and time are limited.

Where the platform cannot limit a process (LIMITED is False, as on Windows), workbooks must be smaller instead.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Union

from minerva.intake.errors import FileError
from minerva.intake.formats import sheet_reader

MAX_SECONDS = 120.0
MAX_MEMORY_BYTES = 256 * 1024 * 1024
"""What the child may take besides what it has once it has begun."""
LIMITED = importlib.util.find_spec("resource") is not None and os.path.exists("/proc/self/statm")
_LONGEST_ANSWER = 16 * 1024 * 1024
_START = f"import sys; sys.path[:] = sys.argv[1].split(chr(10)); from {sheet_reader.__name__} import main; main()"

Cells = Union[list[str], None]
"""The cells of a row as text, None in place of a row that is too long."""


def read_sheet(
    path: Path, sheet: str = "", clock: Callable[[], float] = time.monotonic, memory: int = MAX_MEMORY_BYTES
) -> Iterator[tuple[int, Cells]]:
    """Row numbers (from 1) and cells of a sheet, the first one if `sheet` is "". Empty rows are left out.

    Raises FileError.
    """
    if not sys.executable:
        raise FileError("xlsx", f"{path.name}: there is no interpreter to read it with; save the sheet as CSV")
    end = clock() + MAX_SECONDS
    places = "\n".join(map(os.path.abspath, sys.path))
    limits = f"{memory if LIMITED else 0} {MAX_SECONDS:g}"
    command = [sys.executable, "-I", *(["-B"] if sys.dont_write_bytecode else []), "-c", _START]
    with subprocess.Popen(
        [*command, places, str(path), sheet, limits],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdout is not None
        try:
            while True:
                line = child.stdout.readline(_LONGEST_ANSWER)
                if clock() > end:
                    raise FileError("xlsx_slow", f"{path.name}: reading takes more than {MAX_SECONDS:g} s")
                if not line.endswith(b"\n"):
                    raise _ended(child.wait(), path)
                answer = json.loads(line)
                if isinstance(answer, str):
                    if answer:
                        raise FileError(answer, f"{path.name}: {REFUSALS[answer]}")
                    return
                yield answer[0], answer[1]
        finally:
            child.kill()


REFUSALS = {
    "xlsx": "not an XLSX workbook, encrypted, or its sheet is missing or broken",
    "xlsx_bomb": "unpacks to too much, or grows too much when unpacked; save the sheet as CSV",
    "xlsx_slow": f"reading takes more than {MAX_SECONDS:g} s; save the sheet as CSV or split it",
    "xlsx_memory": f"reading takes more than {MAX_MEMORY_BYTES // 2**20} MiB; save the sheet as CSV or split it",
}
"""What the reader answers in place of rows."""


def _ended(status: int, path: Path) -> FileError:
    """A child that ended without its last word: killed for its time (SIGXCPU), or for its memory."""
    code = "xlsx_slow" if status == -24 else "xlsx_memory" if status < 0 else "xlsx"
    return FileError(code, f"{path.name}: {REFUSALS[code]}")
