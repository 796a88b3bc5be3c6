"""CSV: one file per table, UTF-8 with a byte-order mark (Excel needs it), RFC 4180 quoting, CRLF line ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from minerva.exports.cells import cell
from minerva.exports.items import Item
from minerva.exports.request import ExportRequest
from minerva.exports.tables import TABLES, Row, put_item
from minerva.exports.target import Package

_SPECIAL = frozenset('",\n\r')


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str]) -> None:
    """Writes every table, empty ones with their head line only."""
    sinks = {name: package.sink(f"{name}.csv") for name in TABLES}
    for name, columns in TABLES.items():
        sinks[name].text("\ufeff" + ",".join(columns) + "\r\n")

    def put(table: str, row: Row) -> None:
        sinks[table].row(",".join(_quoted(cell(value, left_out)) for value in row) + "\r\n")

    for item in items:
        put_item(item, request.export_id, put)
    for name in reversed(list(TABLES)):
        sinks[name].close()


def _quoted(text: str) -> str:
    if _SPECIAL.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
