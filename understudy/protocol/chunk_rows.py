"""Rows to the CSV body of a chunk and back: `field` and `__mv_field` columns, multivalues as `$a$;$b$`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from understudy.multivalue import decode_multivalue, encode_multivalue, text_of
from understudy.spl.model import Row, Value

csv.field_size_limit(1 << 30)
_MV = "__mv_"


def encode(rows: Sequence[Row], fields: Sequence[str]) -> bytes:
    """Returns header and rows as CSV with CRLF; a null is an empty cell. No fields: no bytes."""
    if not fields:
        return b""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    lists = {name for row in rows for name, value in row.items() if isinstance(value, list)}
    writer.writerow([*fields, *[_MV + name for name in fields]])
    blanks = [""] * len(fields)
    if not lists:
        writer.writerows([_cell(row.get(name)) for name in fields] + blanks for row in rows)
    else:
        writer.writerows(
            [_cell(row.get(name)) for name in fields]
            + [encode_multivalue(value) if isinstance(value := row.get(name), list) else "" for name in fields]
            for row in rows
        )
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if type(value) is str:
        return value
    if isinstance(value, list):
        return "\n".join(text_of(item) for item in value)
    return text_of(value)


def decode(body: bytes) -> tuple[list[str], list[Row]]:
    """Returns fields in column order and rows. Empty cells are absent; a multivalue of one value is that value."""
    if not body:
        return [], []
    reader = csv.reader(io.StringIO(body.decode("utf-8", "replace"), newline=""))
    try:
        header = next(reader)
    except StopIteration:
        return [], []
    plain = [(index, name) for index, name in enumerate(header) if not name.startswith(_MV)]
    multi = [(index, name[len(_MV) :]) for index, name in enumerate(header) if name.startswith(_MV)]
    rows: list[Row] = []
    for cells in reader:
        if not cells:
            continue
        width = len(cells)
        row: Row = {name: cell for index, name in plain if index < width and (cell := cells[index])}
        for index, name in multi:
            if index < width and cells[index]:
                values = decode_multivalue(cells[index])
                if len(values) == 1:
                    row[name] = values[0]
                else:
                    row[name] = list(values)
        rows.append(row)
    return [name for _, name in plain], rows


def fields_of(rows: Iterable[Row], first: Sequence[str] | None = None) -> list[str]:
    """Returns every field of the rows, those of `first` before the others, in order of appearance."""
    names: dict[str, None] = dict.fromkeys(first or ())
    for row in rows:
        if not row.keys() <= names.keys():
            names.update(dict.fromkeys(row))
    return list(names)
