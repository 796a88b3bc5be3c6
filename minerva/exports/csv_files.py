"""CSV: one file per table, UTF-8 with a byte-order mark (Excel needs it), RFC 4180 quoting, CRLF line ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from minerva.exports.cells import line
from minerva.exports.items import Item
from minerva.exports.request import ExportRequest
from minerva.exports.tables import TABLES, Put, Row, put_item
from minerva.exports.target import Package


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str]) -> None:
    """Writes every table of tables.py."""

    def put_rows(item: Item, put: Put) -> None:
        put_item(item, request.export_id, put)

    write_tables(TABLES, put_rows, items, package, left_out)


def write_tables(
    tables: Mapping[str, Row],
    put_rows: Callable[[Item, Put], None],
    items: Iterable[Item],
    package: Package,
    left_out: Counter[str],
) -> None:
    """Writes `<table>.csv` for each table, empty ones with their head line only; `put_rows` gives an item's rows."""
    sinks = {name: package.sink(f"{name}.csv") for name in tables}
    for name, columns in tables.items():
        sinks[name].text("\ufeff" + ",".join(columns) + "\r\n")

    def put(table: str, row: Row) -> None:
        sinks[table].row(line(row, left_out) + "\r\n")

    for item in items:
        put_rows(item, put)
    for name in reversed(list(tables)):
        sinks[name].close()
