"""The eval function lookup(): a CSV lookup by a JSON object of inputs, answered as a JSON object of outputs."""

from __future__ import annotations

from typing import Any

from understudy.spl.errors import SplError
from understudy.spl.eval.shapes import CallSite, Evaluate, JsonText
from understudy.spl.json_fields import dump_json, load_json
from understudy.spl.model import Context, Row
from understudy.spl.values import text_of, values_of


def build_lookup(site: CallSite) -> Evaluate:
    """Builds lookup(table, inputs, outputs); null where no row of the table has the inputs.

    An output is the value of the matching row, an array of the values where several rows match.
    """
    from understudy.spl.commands.matching import Matcher, check_columns, columns_of, table_rows

    known: dict[tuple[int, str, tuple[str, ...]], tuple[Matcher, list[str]]] = {}

    def prepared(name: str, keys: tuple[str, ...], context: Context) -> tuple[Matcher, list[str]]:
        key = (id(context.tables), name, keys)
        if key not in known:
            try:
                definition, rows = table_rows(name, context)
                columns = columns_of(definition, rows)
                check_columns(name, keys, columns)
            except SplError as error:
                error.position = site.nodes[0].position if error.position is None else error.position
                raise
            known[key] = Matcher(definition, rows, keys), columns
        return known[key]

    def run(row: Row, context: Context) -> Any:
        values = [argument.evaluate(row, context) for argument in site.arguments]
        if None in values:
            return None
        try:
            inputs, outputs = load_json(text_of(values[1])), load_json(text_of(values[2])) if len(values) > 2 else None
        except ValueError:
            return None
        if not isinstance(inputs, dict) or not (outputs is None or isinstance(outputs, list)):
            return None
        matcher, columns = prepared(text_of(values[0]), tuple(inputs), context)
        matches = matcher.find({name: [text_of(value)] for name, value in inputs.items()})
        if not matches:
            return None
        wanted = [text_of(output) for output in outputs] if outputs is not None else columns
        found = {name: [value for match in matches for value in values_of(match.get(name))] for name in wanted}
        return JsonText(dump_json({name: held[0] if len(held) == 1 else held for name, held in found.items() if held}))

    return run
