"""mvcombine: rows that differ in one field only become one row with that field as a multivalue."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.commands.delimited import DelimitedValues
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.values import collapse, text_of, values_of


def parse(arguments: Arguments) -> tuple[str, str]:
    """Returns the field and the delimiter, which only nomv shows."""
    reader = Reader.of(arguments)
    field: str | None = None
    delimiter = " "
    while not reader.done:
        if (option := reader.option(frozenset({"delim"}))) is not None:
            delimiter = option[1].text
            reader.skip_commas()
        elif field is None:
            field = reader.field().text
        else:
            reader.finish()
    if field is None:
        raise SplSyntaxError("Command 'mvcombine' needs a field.", arguments.position)
    return field, delimiter


def run(options: tuple[str, str], stream: Stream, context: Context) -> Stream:
    return Stream(_rows(*options, stream), stream.fields)


def _rows(field: str, delimiter: str, stream: Stream) -> Iterator[Row]:
    """The combined row stands where its first part stood. Rows without the field pass as they are."""
    rows: list[Row] = []
    values: dict[int, list[Scalar]] = {}
    places: dict[tuple[tuple[str, str], ...], int] = {}
    for row in stream.rows:
        if field not in row:
            rows.append(row)
            continue
        key = tuple(sorted((name, text_of(value)) for name, value in row.items() if name != field))
        place = places.setdefault(key, len(rows))
        if place == len(rows):
            rows.append(row)
        values.setdefault(place, []).extend(values_of(row[field]))
    for place, row in enumerate(rows):
        combined = collapse(values.get(place, []))
        if isinstance(combined, list):
            combined = DelimitedValues(combined, delimiter)
        yield row if combined is None else {**row, field: combined}


COMMAND = Command(
    name="mvcombine",
    kind="transforming",
    syntax="mvcombine [delim=<text>] <field>",
    summary="Combines rows that are alike but for one field into one row with all its values.",
    parse=parse,
    run=run,
)
