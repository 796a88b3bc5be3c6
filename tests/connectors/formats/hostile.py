"""Hostile and broken files as a table: how each is read and built, and what is said of it."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.connectors.formats.workbooks import MAIN, ods, ods_content, ods_table, sheet, table, xlsx

ROWS = b"id,name\n1,Ann\n2,Bob\n3,Cy\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(64))
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(64))
MIB = 1024 * 1024
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 8}">' for n in range(1, 12))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE a [<!ENTITY a "{"x" * 50_000}">]>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Hostile:
    """`codes`: what may be said, as the fault of a row or of the file, "" if perhaps nothing. `rows`: at least."""

    facts: dict[str, Any]
    content: Callable[[], bytes]
    codes: frozenset[str]
    rows: int = 0


TABLE: dict[str, Hostile] = {}


def add(name: str, facts: str, content: Callable[[], bytes] | bytes, codes: str, rows: int = 0, **more: Any) -> None:
    """`facts`: format, or unpack+format."""
    unpack, _, kind = facts.rpartition("+")
    document = {"format": kind, "unpack": unpack or "none", **more}
    allowed = frozenset(codes.split()) | ({""} if not codes or codes.startswith(" ") else frozenset())
    TABLE[name] = Hostile(document, content if callable(content) else _made(content), allowed, rows)


def _made(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def packed_zeros(size: int) -> bytes:
    return gzip.compress(b"0" * size, 9)


# gzip, bz2


def broken_crc() -> bytes:
    content = bytearray(gzip.compress(ROWS))
    content[-8] ^= 255
    return bytes(content)


add("gzip: bomb of one line", "gzip+csv", lambda: packed_zeros(64 * MIB), "gzip_bomb")
add(
    "gzip: bomb of rows",
    "gzip+csv",
    lambda: gzip.compress(b"id,name\n" + (b"1," + b"a" * 999 + b"\n") * 16_000),
    "gzip_bomb",
    1000,
)
add("gzip: chain", "gzip+csv", lambda: gzip.compress(gzip.compress(gzip.compress(ROWS))), "nested")
add("gzip: cut off", "gzip+csv", lambda: gzip.compress(ROWS)[:-9], "gzip", 2)
add("gzip: wrong checksum", "gzip+csv", broken_crc, "gzip", 3)
add("gzip: something behind", "gzip+csv", lambda: gzip.compress(ROWS) + b"behind", "gzip", 3)
add("gzip: not packed", "gzip+csv", ROWS, "gzip")
add("gzip: an image in it", "gzip+csv", lambda: gzip.compress(PNG), "media")
add("gzip: five thousand parts", "gzip+csv", lambda: gzip.compress(ROWS) + gzip.compress(b"") * 5_000, "", 3)
add("gzip: reserved bits of the method", "gzip+csv", b"\x1f\x8b\x08\xe0" + bytes(30), "gzip")
add("bz2: bomb", "bz2+csv", lambda: bz2.compress(b"0" * (64 * MIB)), "bz2_bomb")
add("bz2: cut off", "bz2+csv", lambda: bz2.compress(ROWS)[:-6], "bz2")
add("bz2: not packed", "bz2+csv", ROWS, "bz2")
add("bz2: an archive in it", "bz2+csv", lambda: bz2.compress(gzip.compress(ROWS)), "nested")

# tar.gz


def tar(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.GNU_FORMAT) as archive:
        for info, content in entries:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def lying_header(kind: bytes, size: int) -> bytes:
    info = entry("a.csv", kind)
    info.size = size
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + ROWS)


add("tar.gz: bomb", "tar.gz+csv", lambda: tar((entry("a.csv"), b"0" * (32 * MIB))), "tar_gz_bomb")
add("tar.gz: endless files", "tar.gz+csv", lambda: tar(*[(entry(f"{n}.csv"), b"") for n in range(3000)]), "tar_gz_bomb")
add("tar.gz: a link out", "tar.gz+csv", lambda: tar((entry("a.csv", tarfile.SYMTYPE, "/etc/passwd"), b"")), "member")
add("tar.gz: a device", "tar.gz+csv", lambda: tar((entry("a.csv", tarfile.CHRTYPE), b"")), "member")
add("tar.gz: a path out", "tar.gz+csv", lambda: tar((entry("../../../tmp/a.csv"), ROWS)), "", 3)
add("tar.gz: an image in it", "tar.gz+csv", lambda: tar((entry("a.csv"), JPEG)), "media")
add("tar.gz: cut off", "tar.gz+csv", lambda: tar((entry("a.csv"), ROWS * 9000))[:-200], "tar_gz", 100)
add("tar.gz: not packed", "tar.gz+csv", ROWS, "tar_gz")
add("tar.gz: no tar in it", "tar.gz+csv", lambda: gzip.compress(ROWS), "tar_gz")
add("tar.gz: a file longer than the archive", "tar.gz+csv", lambda: lying_header(tarfile.REGTYPE, 2**31), "tar_gz")
add(
    "tar.gz: an endless name",
    "tar.gz+csv",
    lambda: lying_header(tarfile.GNUTYPE_LONGNAME, 2**33),
    "tar_gz tar_gz_memory",
)
add("tar.gz: endless words", "tar.gz+csv", lambda: lying_header(tarfile.XHDTYPE, 2**33), "tar_gz tar_gz_memory")

# zip


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def patched(content: bytes, mark: bytes, at: int, value: bytes) -> bytes:
    place = content.rfind(mark) + at
    return content[:place] + value + content[place + len(value) :]


def overlapping(count: int = 200) -> bytes:
    """Fifield's quoted overlap in short: each entry of the directory names the same bytes."""
    one = zipped(("a.csv", ROWS * 2000))
    start = one.rfind(b"PK\x01\x02")
    end = one.rfind(b"PK\x05\x06")
    directory = b"".join(one[start:end].replace(b"a.csv", f"{n:04}x".encode()[:5]) for n in range(count))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return one[:start] + directory + tail


def zip64_lie() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.csv", "w", force_zip64=True) as file,
    ):
        file.write(ROWS)
    content = out.getvalue()
    start, end = content.rfind(b"PK\x01\x02"), content.rfind(b"PK\x05\x06")
    extra = struct.pack("<2H2Q", 1, 16, 2**40, 2**40)
    head = bytearray(content[start:end])
    head[20:28] = b"\xff" * 8
    head[30:32] = struct.pack("<H", len(extra))
    tail = bytearray(content[end:])
    tail[12:16] = struct.pack("<L", len(head) + len(extra))
    return content[:start] + bytes(head) + extra + bytes(tail)


CD, END = b"PK\x01\x02", b"PK\x05\x06"
add("zip: ratio", "zip+csv", lambda: zipped(("a.csv", b"0" * (64 * MIB))), "zip_bomb")
add("zip: nested", "zip+csv", lambda: zipped(("a.csv", zipped(("b.csv", ROWS)))), "nested")
add("zip: quoted overlap", "zip+csv", overlapping, "zip_bomb zip")
add("zip: zip64 says a terabyte", "zip+csv", zip64_lie, "zip_bomb")
add(
    "zip: says less than it holds",
    "zip+csv",
    lambda: patched(zipped(("a.csv", ROWS * 99)), CD, 24, b"\x1a\0\0\0"),
    "zip",
    0,
)
add("zip: says more than it holds", "zip+csv", lambda: patched(zipped(("a.csv", ROWS)), CD, 24, b"\0\0\1\0"), " zip", 2)
add("zip: endless files", "zip+csv", lambda: zipped(*[(f"{n}.csv", b"") for n in range(3000)]), "zip_bomb")
add(
    "zip: endless directory",
    "zip+csv",
    lambda: patched(zipped(("a.csv", ROWS)), END, 12, b"\xff\xff\xff\x7f"),
    "zip_bomb",
)
add("zip: encrypted", "zip+csv", lambda: patched(zipped(("a.csv", ROWS)), CD, 8, b"\1\0"), "zip")
add("zip: packed by LZMA", "zip+csv", lambda: zipped(("a.csv", ROWS), method=zipfile.ZIP_LZMA), "zip")
add("zip: cut off", "zip+csv", lambda: zipped(("a.csv", ROWS))[:-30], "zip")
add("zip: an image in front", "zip+csv", lambda: JPEG + zipped(("a.csv", ROWS)), "media")
add("zip: words in front", "zip+csv", lambda: b"words" + zipped(("a.csv", ROWS)), "zip")
add("zip: an image in it", "zip+csv", lambda: zipped(("a.csv", PNG)), "media")
add("zip: a path out", "zip+csv", lambda: zipped(("../../../tmp/a.csv", ROWS)), "", 3)
add("zip: nothing that fits", "zip+csv", lambda: zipped(("a.docx", b"x"), ("b.exe", b"y")), "member")
add("zip: empty", "zip+csv", lambda: zipped(), "member zip")
add("zip: wrong checksum", "zip+csv", lambda: patched(zipped(("a.csv", ROWS)), CD, 16, b"abcd"), "zip")
add(
    "zip: broken deflate",
    "zip+csv",
    lambda: zipped(("a.csv", ROWS))[:40] + b"\xff" * 9 + zipped(("a.csv", ROWS))[49:],
    "zip",
)
add("zip: not packed", "zip+csv", ROWS, "zip")
add("zip: one bad file of two", "zip+csv", lambda: zipped(("a.csv", PNG), ("b.csv", ROWS)), "file_media", 3)

# workbooks


def shared_texts(count: int) -> bytes:
    draw = random.Random(36)
    texts = "".join(f"<si><t>{draw.getrandbits(64):016x}</t></si>" for _ in range(count))
    return xlsx(sheet([["id", "name"], ["1", "Ann"]]), shared=f'<sst xmlns="{MAIN}">{texts}</sst>')


ONE = sheet([["id", "name"], ["1", "Ann"]])
ROW = '<row r="2">'
ENDS = "</sheetData></worksheet>"
HEADING_ENDS = ONE.index(ROW)
add("xlsx: shared texts without end", "xlsx", lambda: shared_texts(900_000), "xlsx_slow xlsx_memory")
add("xlsx: a bomb of a sheet", "xlsx", lambda: xlsx("<a>" + " " * (60 * MIB)), "xlsx_bomb")
add(
    "xlsx: a million columns",
    "xlsx",
    lambda: xlsx(ONE.replace(ROW, ROW + "<c/>" * 1_000_000)),
    "columns xlsx_slow xlsx_memory xlsx xlsx_bomb",
)
add("xlsx: a cell far away", "xlsx", lambda: xlsx(ONE.replace('r="2"', 'r="1048576"')), "", 1)
add(
    "xlsx: a cell far away in each of many sheets",
    "xlsx",
    lambda: xlsx(*[ONE.replace('r="2"', 'r="1048576"')] * 40),
    "xlsx_bomb file_xlsx_bomb",
    1,
    sheets="all",
)
add("xlsx: a row beyond all", "xlsx", lambda: xlsx(ONE.replace('r="2"', 'r="99999999999"')), "xlsx_bomb")
FAR = "".join(f'<row r="{n}"><c r="ZZZ{n}"><v>1</v></c></row>' for n in range(2, 4_000))
add("xlsx: a cell far to the right in each row", "xlsx", lambda: xlsx(f"{ONE[:HEADING_ENDS]}{FAR}{ENDS}"), "columns")
add("xlsx: a column beyond all", "xlsx", lambda: xlsx(ONE.replace('<c t="inlineStr">', '<c r="AAAA1">', 1)), "xlsx")
SEVEN = '<c t="s"><v>0</v></c>' * 7
SHARED = "".join(f'<row r="{n}">{SEVEN}</row>' for n in range(1, 20_000))
add(
    "xlsx: one long text in all cells",
    "xlsx",
    lambda: xlsx(
        f'<worksheet xmlns="{MAIN}"><sheetData>{SHARED}{ENDS}',
        shared=f'<sst xmlns="{MAIN}"><si><t>{"x" * 131_000}</t></si></sst>',
    ),
    "xlsx_bomb",
)
add("xlsx: billion laughs", "xlsx", lambda: xlsx(LAUGHS + ONE.replace("Ann", "&l;")), "xlsx")
add("xlsx: an external entity", "xlsx", lambda: xlsx(EXTERNAL + ONE.replace("Ann", "&a;")), "xlsx")
add(
    "xlsx: nested deeply",
    "xlsx",
    lambda: xlsx(ONE.replace(ROW, "<x>" * 200_000 + ROW)),
    "xlsx xlsx_slow xlsx_memory xlsx_bomb xlsx_depth",
)
add(
    "xlsx: endless digits", "xlsx", lambda: xlsx(ONE.replace(ROW, f'{ROW}<c t="n"><v>{"9" * 100_000}</v></c>')), " xlsx"
)
add("xlsx: a date beyond all", "xlsx", lambda: xlsx(ONE.replace(ROW, f'{ROW}<c t="d"><v>99999-99-99</v></c>')), " xlsx")
add("xlsx: cut off", "xlsx", lambda: xlsx(ONE)[:-200], "xlsx")
add("xlsx: CSV under its name", "xlsx", ROWS, "xlsx")
add("xlsx: a zip of something else", "xlsx", lambda: zipped(("a.csv", ROWS)), "xlsx")
add("xlsx: an old workbook", "xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "media")
add("xlsx: the sheet is broken XML", "xlsx", lambda: xlsx(ONE[:-40]), "xlsx", 0)
add("xlsx: no such sheet", "xlsx", lambda: xlsx(ONE), "xlsx", sheet="Other")
add("ods: a row without end", "ods", lambda: ods(ods_table([["id"], ["1"]], rows=10**12)), "ods_bomb")
add("ods: columns without end", "ods", lambda: ods(ods_table([["id"], ["1"]], columns=10**12)), "header columns")
add(
    "ods: empty cells without end",
    "ods",
    lambda: ods(
        ods_table([["id"], ["1"], [""]], columns=1, rows=1).replace(
            "</table:table-row>", '<table:table-cell table:number-columns-repeated="999999999"/></table:table-row>'
        )
    ),
    "",
    1,
)
TEXT = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
TABLE_ENDS = "</table:table-row></table:table>"
WIDE = '<table:table-cell table:number-columns-repeated="20000"/>'
add(
    "ods: many empty cells repeated in one row",
    "ods",
    lambda: ods(ods_table([["id"], ["1"], ["2"]]).replace(TABLE_ENDS, WIDE * 5_000 + TEXT + TABLE_ENDS)),
    "columns",
    1,
)
add(
    "ods: a row repeated a million times in each of many tables",
    "ods",
    lambda: ods(ods_content("".join(table([["id"], ["1"]], f"T{n}", 10**6) for n in range(9)))),
    "ods_bomb file_ods_bomb",
    sheets="all",
)
add("ods: billion laughs", "ods", lambda: ods(LAUGHS + ods_table([["id"], ["&l;"]])), "ods_entities")
add("ods: an external entity", "ods", lambda: ods(EXTERNAL + ods_table([["id"], ["&a;"]])), "ods_entities")
add("ods: cut off", "ods", lambda: ods(ods_table([["id"], ["1"]]))[:-60], "ods")
add("ods: no content", "ods", lambda: zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), "ods")
add("ods: the table is cut off", "ods", lambda: ods(ods_table([["id"], ["1"], ["2"]])[:-60]), "ods", 1)
add("ods: a bomb of a table", "ods", lambda: ods(" " * (60 * MIB)), "ods_bomb")

# XML and feeds

XML = "<list><row><id>1</id></row><row><id>2</id></row></list>"
ENTRIES = "<item><title>a</title></item><item><title>b</title></item>"
FEED = f"<rss version='2.0'><channel><title>t</title>{ENTRIES}</channel></rss>"


def xml(text: str) -> Callable[[], bytes]:
    return lambda: text.encode()


add("xml: billion laughs", "xml", xml(LAUGHS + XML.replace("1", "&l;")), "xml_entities", items="row")
add("xml: quadratic blowup", "xml", xml(QUADRATIC + XML.replace("1", "&a;" * 50_000)), "xml_entities", items="row")
add("xml: an external entity", "xml", xml(EXTERNAL + XML.replace("1", "&a;")), "xml_entities", items="row")
add(
    "xml: a parameter entity",
    "xml",
    xml('<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>' + XML),
    "xml_entities",
    items="row",
)
add(
    "xml: an external document type",
    "xml",
    xml('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">' + XML),
    " xml_entities",
    items="row",
)
add("xml: nested deeply", "xml", xml("<a>" * 200_000), "xml_depth", items="row")
add("xml: nested deeply in a row", "xml", xml(XML.replace("<id>2", "<id>" * 9000 + "2")), "xml_depth", 1, items="row")
add(
    "xml: a row without end",
    "xml",
    xml(XML.replace("<id>1</id>", "<id>1</id>" * 150_000)),
    "row_too_long",
    1,
    items="row",
)
add(
    "xml: a text without end",
    "xml",
    xml(XML.replace(">1<", ">" + "1" * (40 * MIB) + "<")),
    "row_too_long",
    1,
    items="row",
)
add(
    "xml: an attribute without end",
    "xml",
    xml(XML.replace("<id>1", f'<id a="{"1" * (2 * MIB)}">1')),
    "row_too_long",
    1,
    items="row",
)
add(
    "xml: attributes without end",
    "xml",
    xml(XML.replace("<id>1", "<id " + " ".join(f'a{n}=""' for n in range(120_000)) + ">1")),
    " row_too_long columns",
    1,
    items="row",
)
add("xml: cut off", "xml", xml(XML[:-12]), "xml", 1, items="row")
add("xml: bytes that are no text", "xml", lambda: XML.encode().replace(b"2", b"\xff\xfe"), "xml", 0, items="row")
add("xml: NUL", "xml", lambda: XML.encode().replace(b"2", b"\0"), "xml", 0, items="row")
add(
    "xml: an encoding that does not exist",
    "xml",
    xml("<?xml version='1.0' encoding='x-none'?>" + XML),
    "xml",
    items="row",
)
add("xml: UTF-7", "xml", xml("<?xml version='1.0' encoding='utf-7'?>" + XML), "xml", items="row")
add("xml: JSON under its name", "xml", b'{"a": 1}', "xml")
add("xml: a drawing", "xml", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "media")
add("xml: an image in a row", "xml", xml(XML.replace("1", base64.b64encode(PNG).decode())), "media", 1, items="row")
add("xml: empty", "xml", b"", "xml")
add("rss: billion laughs", "rss", xml(LAUGHS + FEED.replace(">a<", ">&l;<")), " rss rss_slow rss_memory", 0)
add("rss: an external entity", "rss", xml(EXTERNAL + FEED.replace(">a<", ">&a;<")), " rss", 0)
add("rss: cut off", "rss", xml(FEED[:-40]), "rss", 1)
add("rss: a page under its name", "rss", b"<html><body>nothing here</body></html>", "rss")
add("rss: an image", "rss", PNG, "media")
add(
    "rss: nested deeply",
    "rss",
    xml(FEED.replace("<title>a", "<title>" + "<b>" * 50_000 + "a")),
    " rss rss_depth rss_slow rss_memory",
    0,
)
add("rss: an address in place of a feed", "rss", b"http://127.0.0.1:9/feed.xml", "rss")
add("rss: a path in place of a feed", "rss", b"/etc/passwd", "rss")

# pages

TABLE_PAGE = "<table><tr><th>id<th>name<tr><td>1<td>Ann<tr><td>2<td>Bob</table>"
add("html: nested deeply", "html", xml("<div>" * 100_000 + TABLE_PAGE), "html_depth")
add("html: columns that span without end", "html", xml(TABLE_PAGE.replace("<td>1", "<td colspan=999999999>1")), "", 2)
add(
    "html: rows of cells that span",
    "html",
    xml(TABLE_PAGE.replace("<tr><td>1", "<tr>" + "<td colspan=1000 rowspan=1000>1" * 9 + "<tr>" * 999)),
    "columns html_bomb width header html_slow",
)
add("html: tables in tables", "html", xml("<table><tr><td>" * 3000), " html_slow html_depth html_memory html header")
add(
    "html: endless open marks",
    "html",
    xml("<p>" + "<b><i><a href=x><font>" * 20_000 + TABLE_PAGE),
    " html_slow html_memory html_depth html",
)
add("html: a page without end", "html", lambda: b"<p>words " * (2 * MIB), "too_large")
add("html: an image", "html", JPEG, "media")
add("html: a PDF", "html", b"%PDF-1.7 <table><tr><td>1</table>", "media")
add("html: no table", "html", b"<p>nothing</p>", "html")
add(
    "html: an image in a cell",
    "html",
    xml(TABLE_PAGE.replace(">1<", f"><img src='data:image/png;base64,AAAA'>{base64.b64encode(PNG).decode()}<")),
    "media",
    1,
)
add("html: bytes that are no text", "html", lambda: TABLE_PAGE.encode().replace(b"Ann", b"\xff\x81\x00"), "", 2)
add("html: an encoding that does not exist", "html", lambda: b"<meta charset=x-none>" + TABLE_PAGE.encode(), "", 2)

# JSON

ITEMS = '[{"id": 1}, {"id": 2}]'
add("json: lists nested deeply", "json", xml("[" * 200_000), "json_depth")
add("json: objects nested deeply", "json", xml('[{"id": 1}, ' + '{"a":' * 200_000), "json_depth", 1)
add(
    "json: 65 levels in one item",
    "json",
    xml('[{"id": 1}, {"a":' + "[" * 65 + "]" * 65 + '}, {"id": 2}]'),
    "json_depth",
    2,
)
add("json: endless digits", "json", xml(ITEMS.replace("2", "9" * 100_000)), "json", 1)
add("json: a number beyond all", "json", xml(ITEMS.replace("2", "1e99999")), "json", 1)
add("json: NaN", "json", xml(ITEMS.replace("2", "NaN")), "json", 1)
add("json: a repeated key", "json", xml(ITEMS.replace('"id": 2', '"id": 2, "id": 3')), "json", 1)
add("json: a repeated list", "json", xml(f'{{"a": {ITEMS}, "a": {ITEMS}}}'), "json", 2, items="a")
add("json: cut off", "json", xml(ITEMS[:-4]), "json", 1)
add("json: a text without end", "json", xml('[{"id": 1}, {"id": "' + "x" * (30 * MIB)), "too_large json json_memory", 1)
add("json: an item of nothing but lists", "json", xml('[{"id": 1}, [' + "[]," * (9 * MIB)), "json_memory too_large", 1)
add("json: something behind", "json", xml(ITEMS + "behind"), "json", 2)
add("json: NUL", "json", lambda: ITEMS.encode().replace(b"2", b'"\0"'), "json", 1)
add("json: bytes that are no text", "json", lambda: ITEMS.encode().replace(b"2", b'"\xff"'), "", 2)
add("json: an image", "json", PNG, "media")
add(
    "json: an image in a text",
    "json",
    xml(json.dumps([{"id": 1}, {"a": {"b": [base64.b64encode(JPEG).decode()]}}])),
    "media",
    1,
)
add("json: no list there", "json", b'{"error": "try later"}', "items", items="rows")
add("json: not an object", "json", b"[1, {}, null]", "not_object", 1)
add(
    "jsonl: a line without end",
    "jsonl",
    lambda: b'{"id": 1}\n"' + b"x" * (20 * MIB) + b'"\n{"id": 2}\n',
    "row_too_long",
    2,
)
add(
    "jsonl: a line nested deeply",
    "jsonl",
    lambda: b'{"id": 1}\n' + b"[" * 200_000 + b'\n{"id": 2}\n',
    "json_depth json",
    2,
)
add(
    "geojson: places nested deeply",
    "geojson",
    xml('{"features": [{"id": 1}, {"geometry": {"coordinates": ' + "[" * 70 + "]" * 70 + "}}]}"),
    "json_depth",
    1,
)
add("geojson: features that are none", "geojson", b'{"type": "FeatureCollection", "features": {"a": 1}}', "items")

# text

add("csv: a line without end", "csv", lambda: ROWS + b"x" * (30 * MIB) + b"\n4,Di\n", "row_too_long", 4)
add("csv: a quote without end", "csv", lambda: ROWS + b'4,"' + b"x\n" * 150_000, "row_too_long width csv", 3)
add("csv: delimiters without end", "csv", lambda: ROWS + b"," * (4 * MIB) + b"\n4,Di\n", "row_too_long", 4)
add("csv: a heading without end", "csv", lambda: b"a," * 9000 + b"\n1,2\n", "header")
add("csv: NUL", "csv", ROWS + b"4,\0\n5,Ed\n", "nul", 4)
add("csv: an image", "csv", PNG + b"\n" + ROWS, "media")
add("csv: an image that is also a table", "csv", b"GIF89a,name\n1,Ann\n", "media")
add("csv: an image in a cell", "csv", lambda: ROWS + b"4," + base64.b64encode(PNG) + b"\n5,Ed\n", "media", 4)
add(
    "csv: raw bytes of an image in a cell",
    "csv",
    lambda: ROWS + b'4,"' + JPEG.replace(b'"', b"").replace(b"\n", b"") * 2 + b'"\n5,Ed\n',
    "media nul",
    4,
    encodings=["latin-1"],
)
add("csv: half a character of UTF-16", "csv", lambda: ROWS.decode().encode("utf-16")[:-1], "", 3)
add("csv: UTF-16 that is none", "csv", b"\xff\xfe" + b"\x00\xd8" * 4 + "id,name\n1,a\n".encode("utf-16-le"), "", 0)
add("csv: a zip", "csv", lambda: zipped(("a.csv", ROWS)), "media")
add("csv: an encoding that does not exist", "csv", ROWS, "encoding", encodings=["x-none"])
add("tsv: a program", "tsv", b"MZ\x90\x00\x03\x00" + bytes(90), "media")
add(
    "fixed: a line without end",
    "fixed",
    lambda: b"0001Ann\n" + b"x" * (9 * MIB) + b"\n0002Bob\n",
    "row_too_long",
    2,
    columns=[{"name": "id", "start": 1, "length": 4}],
)
add("lines: a line without end", "lines", lambda: b"one\n" + b"x" * (9 * MIB) + b"\ntwo\n", "row_too_long", 2)
add("tar.gz: a file of eight gigabytes", "tar.gz+csv", lambda: lying_header(tarfile.REGTYPE, 2**33), "tar_gz_bomb")
