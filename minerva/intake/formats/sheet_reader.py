"""Sheet reader: the child process that reads one sheet of a workbook for workbook.py, and nothing else.

A 135 kB workbook can unpack to 50 MiB and cost a minute, one of 6.8 MB took 558 MB of memory (measured): the zip's own
sizes are judged before openpyxl sees it, and the process limits itself. Formulas stay the text they are. Each line of
standard output is JSON: [row number, cells or null], at the end "" or the code of what went wrong.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Union

from minerva.intake.formats.tables import MAX_FIELD_CHARS, MAX_ROW_CHARS

MAX_ENTRIES = 1000
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_UNLIMITED = 16 * 1024 * 1024
"""Where memory cannot be limited: a table of shared texts of this size was seen to take 108 MB."""
MAX_RATIO = 100
MAX_COLUMNS = 256
_RATIO_FLOOR_BYTES = 4 * 1024 * 1024
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    OSError,
    EOFError,
    NotImplementedError,
)


class Refused(Exception):
    """The workbook is not read; the code is one of workbook.REFUSALS."""


def main() -> None:
    """Arguments: where modules are found (the caller has used it), path, sheet, and the limits in bytes and seconds."""
    _, _, path, sheet, limits = sys.argv
    memory, seconds = limits.split()
    import openpyxl  # noqa: F401  # what the interpreter and openpyxl take is not the workbook's

    limited = int(memory) > 0 and limit_process(int(memory), float(seconds))
    out = sys.stdout.buffer
    word = ""
    try:
        check_zip(path, MAX_UNPACKED_BYTES if limited else MAX_UNPACKED_UNLIMITED)
        for number, cells in rows_of(path, sheet, time.monotonic() + float(seconds)):
            out.write(json.dumps([number, cells], ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    except Refused as refusal:
        word = str(refusal)
    except MemoryError:
        word = "xlsx_memory"
    except RecursionError:
        word = "xlsx"
    except _UNREADABLE as error:
        # The XML parser says "out of memory" by an error of its own.
        word = "xlsx_memory" if "memory" in str(error).lower() else "xlsx"
    out.write(json.dumps(word).encode() + b"\n")
    out.flush()


def limit_process(memory: int, seconds: float) -> bool:
    """Lets this process take `memory` bytes more than it has, and run for so many CPU seconds; whether that holds."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            held = int(file.read().split()[0]) * resource.getpagesize()
        for name, most in (("RLIMIT_AS", held + memory), ("RLIMIT_CPU", int(seconds)), ("RLIMIT_CORE", 0)):
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (most, most))
    except (ImportError, OSError, ValueError):
        return False
    return True


def check_zip(path: Union[str, os.PathLike[str]], most: int = MAX_UNPACKED_BYTES) -> None:
    """Raises Refused unless the file is a zip that unpacks to at most `most` bytes and nothing else that harms."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Refused("xlsx") from None
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or total > most:
        raise Refused("xlsx_bomb")
    if total > _RATIO_FLOOR_BYTES and total > packed * MAX_RATIO:
        raise Refused("xlsx_bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("xlsx")


def rows_of(path: str, sheet: str, end: float) -> Iterator[tuple[int, Union[list[str], None]]]:
    """Row numbers and cells as text, None for a row that is too long; `end` is monotonic."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it drops; only values matter here
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        page: Any = book[sheet] if sheet else book.worksheets[0]
        page.reset_dimensions()  # the declared size is often wrong
        for number, cells in enumerate(page.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
            if time.monotonic() > end:
                raise Refused("xlsx_slow")
            texts = [_text(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                long = sum(map(len, texts)) > MAX_ROW_CHARS or max(map(len, texts)) > MAX_FIELD_CHARS
                yield number, None if long else texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # a number typed as 5550123 is stored as 5550123.0
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
