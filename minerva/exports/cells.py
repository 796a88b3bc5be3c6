"""Cells and lines of a spreadsheet: text that no program runs as a formula and every reader can take in.

Nothing else of what is shipped writes CSV.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

MAX_CELL = 32_767
"""Characters in a cell of Excel (its documented limit); longer text is cut and counted."""

SIGNS = "=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207a\u207c\u208a\u208c\ufb29-"
"""What makes a cell a formula where a part begins with it: ASCII, and the forms that compatibility folding (NFKC) turns
into these, which some programs read as ASCII."""
SEPARATORS = ";|\t\n"
"""What may end a part besides the comma, which the file's own quotes keep: a program that is set to another separator
does not heed these quotes."""

_BLANKS = r'(?:[^\S\t\n]|["\u200b-\u200f\u2060\ufeff])*'
"""What a program drops before it looks at the sign: blanks, signs without width, the quotes of a part."""
_GUARDED = re.compile(rf"\A(?=[\t\n\0])|(?:\A|(?<=[{SEPARATORS}]))(?={_BLANKS}['{SIGNS}])")
"""Where an apostrophe is put. One that stands there gets another, so that taking one off gives the text back."""
_PUT = re.compile(rf"(?:\A'(?=[\t\n\0]))|(?:\A|(?<=[{SEPARATORS}]))'(?={_BLANKS}['{SIGNS}])")
_IN_JSON = re.compile(rf"[;|](?={_BLANKS}['{SIGNS}])")
_SPECIAL = frozenset('",\n\r')
_TOLD = frozenset(f"{SIGNS}'\t\n\0")


def cell(text: str, left_out: Counter[str]) -> str:
    """`text` made safe for a cell.

    Line ends are LF, an apostrophe stands before each part (ASVS 1.2.10) that would be a formula, and at most MAX_CELL
    characters stay (`left_out["cut_cells"]` counts the cut ones). Control characters are gone before (items.py).
    """
    if not text:
        return text
    safe = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _TOLD.isdisjoint(safe):
        safe = _GUARDED.sub("'", safe)
    # Excel counts UTF-16 units.
    units = len(safe) if safe.isascii() else len(safe.encode("utf-16-le")) // 2
    if units > MAX_CELL:
        left_out["cut_cells"] += 1
        safe = safe.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return safe


def line(values: Iterable[str], left_out: Counter[str]) -> str:
    """One line of a CSV file (RFC 4180 quoting), without its end."""
    return ",".join(_quoted(cell(value, left_out)) for value in values)


def _quoted(text: str) -> str:
    if _SPECIAL.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def plain(text: str) -> str:
    """The text of a cell that `cell` made, unless it was cut."""
    return _PUT.sub("", text) if "'" in text else text


def json_cell(value: object) -> str:
    """`value` as JSON that stays JSON in a cell: a separator that would begin a formula is written as its escape."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, sort_keys=True))
