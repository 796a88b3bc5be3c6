"""Faults by a limit, in words for the log: code -> what is expected, and what to do. At most 120 plain characters."""

from __future__ import annotations

from minerva.intake.file_source import MAX_JSON_BYTES
from minerva.intake.formats.strict_json import MAX_HELD_BYTES
from minerva.intake.formats.tables import MAX_FIELD_CHARS, MAX_ROW_CHARS
from minerva.intake.formats.workbook import MAX_MEMORY_BYTES, MAX_SECONDS
from minerva.intake.mapping.mapper import MOST_COLUMNS

_MIB = 1024 * 1024
EXPECTED = {
    "row_too_long": f"at most {MAX_ROW_CHARS} characters in a line or quoted row: split it, or mend its quotes",
    "csv": f"cells of at most {MAX_FIELD_CHARS} characters and quotes that end: mend the quotes",
    "columns": f"at most {MOST_COLUMNS} columns in a row",
    "too_large": f"at most {MAX_JSON_BYTES // _MIB} MiB in a JSON file: write it as JSON lines",
    "json_memory": f"JSON that takes at most {MAX_HELD_BYTES // _MIB} MiB in memory: use JSON lines or smaller pages",
    "xlsx_bomb": "a workbook that unpacks to less: save the sheet as CSV",
    "xlsx_slow": f"a workbook that is read within {MAX_SECONDS:g} s: save the sheet as CSV or split it",
    "xlsx_memory": f"a workbook that takes at most {MAX_MEMORY_BYTES // _MIB} MiB: save the sheet as CSV or split it",
}


def expected(code: str) -> dict[str, str]:
    """What the log says besides the code of a fault: {"expected": words}, or {} where the code says all."""
    words = EXPECTED.get(code[5:] if code.startswith("file_") else code)
    return {"expected": words} if words else {}
