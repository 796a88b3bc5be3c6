"""Small workbooks, made of the XML that a test wants in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def sheet(rows: Sequence[Sequence[str]]) -> str:
    """A sheet's XML with texts in place."""
    lines = [
        f'<row r="{number}">' + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for number, row in enumerate(rows, 1)
    ]
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def xlsx(*sheets: str, shared: str = "") -> bytes:
    """A workbook of sheets, named One, Two and so on, as openpyxl reads them."""
    names = ("One", "Two", "Three", "Four", *(f"Sheet{n}" for n in range(5, len(sheets) + 1)))[: len(sheets)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    parts = "".join(
        f'<Override PartName="/xl/sheet{n}.xml" ContentType="{_SHEET}.worksheet+xml"/>'
        for n in range(1, len(names) + 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="sheet{n}.xml"/>' for n in range(1, len(names) + 1)
    )
    if shared:
        parts += f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEET}.sharedStrings+xml"/>'
        links += f'<Relationship Id="rs" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    main = f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{main}{parts}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        **{f"xl/sheet{n}.xml": text for n, text in enumerate(sheets, 1)},
        **({"xl/sharedStrings.xml": shared} if shared else {}),
    }
    return _zip(files)


def ods_table(cells: Sequence[Sequence[str]], rows: int = 1, columns: int = 1) -> str:
    """content.xml of one table of texts; `rows` and `columns`: how often the last row and each cell repeat."""
    return ods_content(table(cells, "One", rows, columns))


def table(rows: Sequence[Sequence[str]], name: str, rows_repeated: int = 1, columns_repeated: int = 1) -> str:
    """The XML of a table."""
    lines = []
    for number, row in enumerate(rows, 1):
        again = f' table:number-rows-repeated="{rows_repeated}"' if number == len(rows) else ""
        wide = f' table:number-columns-repeated="{columns_repeated}"'
        cells = "".join(
            f'<table:table-cell{wide} office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if cell
            else "<table:table-cell/>"
            for cell in row
        )
        lines.append(f"<table:table-row{again}>{cells}</table:table-row>")
    return f'<table:table table:name="{name}">{"".join(lines)}</table:table>'


def ods_content(tables: str) -> str:
    """content.xml around tables."""
    names = "".join(f' xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return f"<office:document-content{names}>{body}</office:document-content>"


def ods(content: str) -> bytes:
    """A workbook around content.xml."""
    return _zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _zip(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()
