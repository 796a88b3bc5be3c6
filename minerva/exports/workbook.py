"""XLSX: one workbook with a sheet per table and a first sheet on marking and purpose, written without a library.

Every cell is a string (inline, ECMA-376 part 1, 18.3.1.4), so no cell can be a formula. The workbook is a zip inside
the export: sheets are written front to back and never held as cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.sax.saxutils import escape

from minerva.exports.cells import cell
from minerva.exports.errors import ExportTooLarge
from minerva.exports.items import Item
from minerva.exports.markings import HANDLING
from minerva.exports.request import ExportRequest
from minerva.exports.tables import TABLES, Row, put_item
from minerva.exports.target import Output, Package, Sink, ZipTarget

MAX_ROWS = 1_048_576
"""Rows of a sheet, head included (Excel's documented limit)."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Text that looks like an escape of ECMA-376 part 1, 22.9.2.19 must be escaped itself."""

SHEETS = ("about", *TABLES)


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str]) -> None:
    """Writes `export.xlsx`. Raises ExportTooLarge beyond MAX_ROWS rows of one table."""
    with package.file("export.xlsx") as sink:
        book = ZipTarget(sink)
        try:
            _write_book(request, items, sink, book, left_out)
        except BaseException:
            book.discard()
            raise


def _write_book(
    request: ExportRequest, items: Iterable[Item], sink: Sink, book: ZipTarget, left_out: Counter[str]
) -> None:
    # The sheet opened first goes through without waiting in memory, so the largest one comes first.
    order = (*TABLES, "about")
    sheets = {name: _Sheet(book.open(f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml")) for name in order}
    for pair in _about(request):
        sheets["about"].add(pair, left_out)
    for name, columns in TABLES.items():
        sheets[name].add(columns, left_out)

    def put(table: str, row: Row) -> None:
        sink.rows += 1
        sheets[table].add(row, left_out)

    for item in items:
        put_item(item, request.export_id, put)
    for name in reversed(order):
        sheets[name].close()
    for name, text in _fixed_parts().items():
        part = book.open(name)
        part.write((_HEAD + text).encode())
        part.close()
    book.finish()


class _Sheet:
    def __init__(self, output: Output) -> None:
        self._output, self._rows = output, 0
        self._output.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())

    def add(self, row: Row, left_out: Counter[str]) -> None:
        if self._rows >= MAX_ROWS:
            raise ExportTooLarge("(rows)", f"more than {MAX_ROWS} rows in one sheet: narrow the query or ask for csv")
        self._rows += 1
        cells = "".join(_cell(cell(value, left_out)) for value in row)
        self._output.write(f"<row>{cells}</row>".encode())

    def close(self) -> None:
        self._output.write(b"</sheetData></worksheet>")
        self._output.close()


def _cell(text: str) -> str:
    if not text:
        return "<c/>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_ESCAPE.sub("_x005F_", text))}</t></is></c>'


def _about(request: ExportRequest) -> list[Row]:
    rows = [
        ("marking", f"TLP:{request.tlp}"),
        ("level", request.level),
        *((code, HANDLING[code]) for code in request.handling),
        ("tenant_id", request.tenant_id),
        ("recipient", request.meant_for),
        ("purpose", request.purpose),
        ("case_number", request.case_number),
        ("time", request.time),
        ("expires", request.expires),
        ("policy_version", request.policy_version),
        ("export_id", request.export_id),
        ("hashes and counts", "see manifest.json"),
    ]
    return [row for row in rows if row[1]]


def _fixed_parts() -> dict[str, str]:
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(SHEETS, 1))
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(SHEETS) + 1)
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_PARTS}.worksheet+xml"/>'
        for at in range(1, len(SHEETS) + 1)
    )
    book = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{book}</Relationships>',
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_PARTS}.sheet.main+xml"/>{kinds}</Types>'
        ),
    }
