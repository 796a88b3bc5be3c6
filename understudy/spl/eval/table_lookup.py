"""The eval function lookup(): a CSV lookup by a JSON object of inputs, answered as a JSON object of outputs."""

from __future__ import annotations

from typing import Any

from understudy.spl.eval.shapes import CallSite, Evaluate, JsonText
from understudy.spl.json_fields import dump_json, load_json
from understudy.spl.model import Context, Row
from understudy.spl.values import text_of

Index = dict[tuple[str, ...], Row]


def _index(rows: list[Row], names: tuple[str, ...]) -> Index:
    found: Index = {}
    for row in rows:
        found.setdefault(tuple(text_of(row.get(name)) for name in names), row)
    return found


def build_lookup(site: CallSite) -> Evaluate:
    """Builds lookup(table, inputs, outputs): the first row whose fields equal the inputs; null where none does."""
    tables: dict[tuple[int, str], list[Row]] = {}
    indexes: dict[tuple[int, str, tuple[str, ...]], Index] = {}

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
        name = text_of(values[0])
        owner = id(context.tables)
        if (owner, name) not in tables:
            context.tables.definition(name)
            tables[owner, name] = list(context.tables.rows(name))
        keys = tuple(inputs)
        if (owner, name, keys) not in indexes:
            indexes[owner, name, keys] = _index(tables[owner, name], keys)
        match = indexes[owner, name, keys].get(tuple(text_of(inputs[key]) for key in keys))
        if match is None:
            return None
        wanted = [text_of(output) for output in outputs] if outputs is not None else list(match)
        return JsonText(dump_json({field: match[field] for field in wanted if field in match}))

    return run
