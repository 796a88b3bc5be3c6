"""A bundle of any of the formats that partners send, read from its files."""

from __future__ import annotations

from collections.abc import Sequence

from minerva.imports import ftm, misp, stix, tables
from minerva.imports.container import MANIFEST, check_manifest, opened
from minerva.imports.model import Bundle, ImportRefused
from minerva.imports.sheets import Workbook
from minerva.intake.errors import BodyError
from minerva.intake.formats.strict_json import parse_json_text

FORMS = "a STIX 2.1 bundle, a MISP event, FollowTheMoney entities as JSON lines, CSV, XLSX, or a zip Minerva exported"


def read_bundle(given: Sequence[tuple[str, bytes]]) -> Bundle:
    """What files of a bundle hold. given: (name, bytes). Raises ImportRefused."""
    files = opened(given)
    bundle = Bundle("")
    check_manifest(files, bundle)
    content = {name: data for name, data in files.items() if name != MANIFEST}
    _read(content, bundle)
    if not bundle.leads and not bundle.refused:
        raise ImportRefused("it holds nothing")
    return bundle


def _read(content: dict[str, bytes], bundle: Bundle) -> None:
    named = {name.rpartition(".")[0]: data for name, data in content.items() if name.lower().endswith(".csv")}
    if tables.is_own(named):
        bundle.form = "csv"
        tables.read_own({name: tables.csv_rows(named[name]) for name in tables.OWN}, bundle)
        return
    if len(content) != 1:
        raise ImportRefused(f"which of the files is the bundle is not clear: expected {FORMS}")
    ((name, data),) = content.items()
    if name.lower().endswith(".xlsx"):
        bundle.form = "xlsx"
        _read_workbook(data, bundle)
    elif name.lower().endswith(".csv"):
        bundle.form = "csv"
        tables.read_other(tables.csv_rows(data), bundle)
    else:
        _read_json(data, bundle)


def _read_workbook(data: bytes, bundle: Bundle) -> None:
    book = Workbook(data)
    if tables.is_own(book.sheets):
        tables.read_own({name: tables.sheet_rows(book, name) for name in tables.OWN}, bundle)
    elif book.sheets:
        tables.read_other(tables.sheet_rows(book, next(iter(book.sheets))), bundle)
    else:
        raise ImportRefused("the workbook has no sheet")


def _read_json(data: bytes, bundle: Bundle) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused(f"the file is not UTF-8: expected {FORMS}") from None
    if ftm.looks_like(text):
        bundle.form = "ftm"
        ftm.read(text, bundle)
        return
    try:
        value = parse_json_text(text)
    except BodyError:
        raise ImportRefused(f"the file is no JSON that is read: expected {FORMS}") from None
    if misp.is_event(value):
        bundle.form = "misp"
        misp.read(value, bundle)
        return
    bundle.form = "stix"
    stix.read(value, bundle)
