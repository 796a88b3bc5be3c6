"""Workbook: rows of an XLSX sheet within hard limits. Formulas stay the text they are; nothing is calculated.

A 135 kB workbook can unpack to 50 MiB and cost a minute (measured), so the zip's own sizes are judged before openpyxl
sees it, and reading has a time limit.
"""

from __future__ import annotations

import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from minerva.intake.errors import FileError

MAX_ENTRIES = 1000
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 100
MAX_COLUMNS = 256
MAX_SECONDS = 120.0
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
)


def check_zip(path: Path) -> None:
    """Raises FileError (`xlsx` or `xlsx_bomb`) unless the file is a zip of harmless size."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise FileError("xlsx", f"{path.name}: not an XLSX workbook") from None
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_UNPACKED_BYTES:
        raise FileError(
            "xlsx_bomb", f"{path.name}: unpacks to more than {MAX_UNPACKED_BYTES} bytes or {MAX_ENTRIES} entries"
        )
    if total > _RATIO_FLOOR_BYTES and total > packed * MAX_RATIO:
        raise FileError("xlsx_bomb", f"{path.name}: grows more than {MAX_RATIO} times when unpacked")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileError("xlsx", f"{path.name}: the workbook is encrypted")


def read_sheet(
    path: Path, sheet: str = "", clock: Callable[[], float] = time.monotonic
) -> Iterator[tuple[int, list[str]]]:
    """Row numbers (from 1) and cells as text of a sheet, the first one if `sheet` is "". Empty rows are left out.

    Raises FileError.
    """
    check_zip(path)
    from openpyxl import load_workbook  # half the start-up time of an input that reads no workbook

    end = clock() + MAX_SECONDS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it drops; only values matter here
        try:
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        except _UNREADABLE:
            raise FileError("xlsx", f"{path.name}: the workbook cannot be read") from None
        try:
            page: Any = book[sheet] if sheet else book.worksheets[0]
            page.reset_dimensions()  # the declared size is often wrong
            for number, cells in enumerate(page.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
                if clock() > end:
                    raise FileError("xlsx_slow", f"{path.name}: reading takes more than {MAX_SECONDS:g} s")
                texts = [_text(cell) for cell in cells]
                while texts and not texts[-1]:
                    texts.pop()
                if texts:
                    yield number, texts
        except _UNREADABLE:
            raise FileError("xlsx", f"{path.name}: a sheet is missing or broken") from None
        finally:
            book.close()


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
