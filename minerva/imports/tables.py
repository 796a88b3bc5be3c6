"""Tables: those of Minerva's own CSV and XLSX exports, or one table of somebody else's with columns that are known."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from minerva.exports.cells import plain
from minerva.exports.tables import TABLES
from minerva.identifiers import KIND_BY_NAME
from minerva.imports.model import Bundle, ImportRefused, Lead, clean, strictest, tlp_word
from minerva.imports.sheets import Workbook

Rows = list[dict[str, str]]
MOST_ROWS, MOST_COLUMNS = 100_000, 200
MOST_CELLS, MOST_CHARACTERS = 2_000_000, 40_000_000
"""Of one table: few bytes of a workbook can repeat a long text in every cell."""
OWN = ("entities", "entity_identifiers", "entity_records")
_NAMES = ("name", "names", "full_name", "company", "title")
_PLACES = ("city", "town", "cities", "address", "postcode")
_TEXTS = ("note", "notes", "text", "description", "explanation", "comment", "why")
_IDS = ("id", "entity_id", "ref", "reference")
_KINDS = {"telephone": "phone", "phone_number": "phone", "mail": "email", "e_mail": "email", "website": "url"}


def csv_rows(data: bytes) -> Rows:
    """Rows of a CSV file by its header. Raises ImportRefused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused("a table is not UTF-8: save it as CSV in UTF-8") from None
    csv.field_size_limit(1_000_000)
    first = text.split("\n", 1)[0]
    sign = max(",;\t", key=first.count)
    try:
        return _named(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error:
        raise ImportRefused("a table cannot be read as CSV") from None


def sheet_rows(book: Workbook, sheet: str) -> Rows:
    """Rows of a sheet of a workbook by its header. Raises ImportRefused."""
    return _named(book.rows(sheet))


def _named(lines: Iterable[Sequence[str]]) -> Rows:
    rows: Rows = []
    header: list[str] = []
    cells_left, left = MOST_CELLS, MOST_CHARACTERS
    for cells in lines:
        if not header:
            header = [re.sub(r"\W+", "_", cell.strip().lower()) for cell in cells]
            if len(header) > MOST_COLUMNS:
                raise ImportRefused(f"a table has more than {MOST_COLUMNS} columns")
            continue
        if len(rows) >= MOST_ROWS:
            raise ImportRefused(f"a table has more than {MOST_ROWS} rows")
        cells_left -= len(header)
        left -= sum(map(len, cells))
        if cells_left < 0 or left < 0:
            raise ImportRefused(f"a table has more than {MOST_CELLS} cells or {MOST_CHARACTERS} characters")
        rows.append({name: plain(cell) for name, cell in zip(header, cells)})
    return rows


def is_own(names: Iterable[str]) -> bool:
    """Whether these are tables of an export of Minerva."""
    return set(OWN) <= set(names)


def read_own(tables: Mapping[str, Rows], bundle: Bundle) -> None:
    """Fills a bundle from the tables of an export of Minerva. Raises ImportRefused."""
    for name in OWN:
        needed = set(TABLES[name]) - {"set_aside"}  # which exports before it do not have
        if tables[name] and not needed <= set(tables[name][0]):
            raise ImportRefused("a table has other columns than an export of Minerva")
    leads: dict[str, Lead] = {}
    aside: dict[str, list[str]] = {}
    owners = set()
    for row in tables["entities"]:
        lead = leads.setdefault(row["entity_id"], bundle.lead(row["entity_id"], "entity"))
        for name in row["names"].split("\n"):
            lead.call(name)
        for city in row["cities"].split("\n"):
            lead.lie(city.strip())
        lead.say(row["explanation"])
        lead.marking = strictest([lead.marking, tlp_word(row["tlp"])])
        owners.add(row["tenant_id"])
    for row in tables["entity_identifiers"]:
        if row["entity_id"] in leads:
            kind, _, value = row["identifier"].partition(":")
            leads[row["entity_id"]].identify(kind, value)
            if row.get("set_aside"):
                aside.setdefault(row["entity_id"], []).append(row["identifier"])
    for entity_id, identifiers in aside.items():
        leads[entity_id].put_aside(identifiers)
    for row in tables["entity_records"]:
        if row["entity_id"] in leads:
            leads[row["entity_id"]].records += 1
    for lead in leads.values():
        bundle.take(lead)
    bundle.source = bundle.source or clean(", ".join(sorted(owners)), 200)
    bundle.marking = strictest([bundle.marking, *(lead.marking for lead in leads.values())])


def read_other(rows: Rows, bundle: Bundle) -> None:
    """Fills a bundle from a table of somebody else's: a lead a row. Raises ImportRefused where no column is known."""
    columns = {_KINDS.get(name, name) for row in rows[:1] for name in row}
    kinds = set(KIND_BY_NAME) & columns
    known = kinds | ({"identifier"} & columns) | (set(_NAMES) & columns)
    if not rows or not known:
        told = "a header with columns such as name, phone, email, url, username, identifier"
        raise ImportRefused(f"no column of the table is known: expected {told}")
    for number, given in enumerate(rows, 2):
        row = {_KINDS.get(name, name): value.strip() for name, value in given.items() if value.strip()}
        ref = next((row[name] for name in _IDS if name in row), f"row {number}")
        lead = bundle.lead(ref, "row of a table")
        for name in _NAMES:
            lead.call(row.get(name))
        for name in _PLACES:
            lead.lie(row.get(name) if name not in KIND_BY_NAME else "")
        for name in _TEXTS:
            lead.say(row.get(name))
        for kind in sorted(kinds - {"address", "postcode"}):
            for value in re.split(r"[\n;|]", row.get(kind, "")):
                if value.strip():
                    lead.identify(kind, value.strip())
        if row.get("identifier"):
            kind, _, value = row["identifier"].partition(":")
            lead.identify(row.get("kind", kind) if value == "" else kind, value or row["identifier"])
        bundle.take(lead)
