"""One cell of a spreadsheet: text that no program runs as a formula and every reader can take in."""

from __future__ import annotations

from collections import Counter

MAX_CELL = 32_767
"""Characters in a cell of Excel (its documented limit); longer text is cut and counted."""

RISKY = frozenset("=+-@\t\r\n\0'\uff1d\uff0b\uff0d\uff20")
"""First characters that make a cell a formula, or may (ASVS 1.2.10; the full-width forms are read as ASCII by some
programs). The apostrophe is among them so that taking one leading apostrophe off always gives the text back."""


def cell(text: str, left_out: Counter[str]) -> str:
    """`text` made safe for a cell.

    Line ends are LF, a leading apostrophe stands before what looks like a formula, and at most MAX_CELL characters stay
    (`left_out["cut_cells"]` counts the cut ones). Control characters are gone before (items.py).
    """
    if not text:
        return text
    safe = text.replace("\r\n", "\n").replace("\r", "\n")
    if text[0] in RISKY:
        safe = "'" + safe
    # Excel counts UTF-16 units.
    units = len(safe) if safe.isascii() else len(safe.encode("utf-16-le")) // 2
    if units > MAX_CELL:
        left_out["cut_cells"] += 1
        safe = safe.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return safe
