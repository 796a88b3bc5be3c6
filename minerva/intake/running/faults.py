"""Faults by a limit, in words for the log: code -> what is expected, and what to do. At most 120 plain characters."""

from __future__ import annotations

from minerva.intake.formats.json_rows import MAX_ITEM_BYTES, MAX_ITEM_CHARS
from minerva.intake.formats.limits import LIMITS
from minerva.intake.formats.strict_json import MAX_HELD_BYTES
from minerva.intake.formats.tables import MAX_FIELD_CHARS, MAX_ROW_CHARS
from minerva.intake.mapping.mapper import MOST_COLUMNS

_MIB = 1024 * 1024
_MEMORY = LIMITS.memory_bytes // _MIB
EXPECTED = {
    "row_too_long": f"at most {MAX_ROW_CHARS} characters in a line or quoted row: split it, or mend its quotes",
    "csv": f"cells of at most {MAX_FIELD_CHARS} characters and quotes that end: mend the quotes",
    "columns": f"at most {MOST_COLUMNS} columns in a row",
    "nul": "text without NUL characters: write the file as text",
    "media": "no image, film, sound, document or program, not in a cell either",
    "too_large": f"{MAX_ITEM_CHARS // _MIB} Mi characters in a JSON item, {LIMITS.page_bytes // _MIB} MiB in a page",
    "json_memory": f"at most {MAX_HELD_BYTES // _MIB} MiB of memory, {MAX_ITEM_BYTES // _MIB} MiB for one item",
    "member": "one file in the archive that fits the format, or its name given as member",
    "nested": "an archive of files, not of archives",
    **{f"{kind}_bomb": "a workbook that unpacks to less: save the sheet as CSV" for kind in ("xlsx", "ods")},
    **{
        f"{kind}_slow": f"a workbook that is read within {LIMITS.seconds:g} s: save the sheet as CSV or split it"
        for kind in ("xlsx", "ods")
    },
    **{
        f"{kind}_memory": f"a workbook that takes at most {_MEMORY} MiB: save the sheet as CSV or split it"
        for kind in ("xlsx", "ods")
    },
    **{
        f"{kind}_bomb": f"an archive that grows at most {LIMITS.ratio} times when unpacked"
        for kind in ("zip", "gzip", "tar_gz", "bz2")
    },
    **{
        f"{kind}_{end}": f"a file that is read within {_MEMORY} MiB and {LIMITS.seconds:g} s: split it"
        for kind in ("html", "article", "mail", "rss", "xml", "zip", "gzip", "tar_gz", "bz2")
        for end in ("memory", "slow")
    },
    **{f"{kind}_entities": "XML without entities of its own" for kind in ("xml", "ods")},
}


def expected(code: str) -> dict[str, str]:
    """What the log says besides the code of a fault: {"expected": words}, or {} where the code says all."""
    words = EXPECTED.get(code[5:] if code.startswith("file_") else code)
    return {"expected": words} if words else {}
