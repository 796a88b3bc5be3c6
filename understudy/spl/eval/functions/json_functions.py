"""JSON functions: json_object, json_array, json_extract, json_set, json_append, json_delete, json_keys and the rest.

They give JsonText, which other JSON functions embed as JSON; plain text that merely looks like JSON stays a string.
"""

from __future__ import annotations

from typing import Any

from understudy.spl.errors import SplSyntaxError
from understudy.spl.eval.shapes import CallSite, Evaluate, Function, JsonText, on_present, on_values
from understudy.spl.json_fields import dump_json, field_value, load_json, parse_path, select
from understudy.spl.model import Context, Row
from understudy.spl.values import collapse, number_of, text_of, values_of

MISSING = object()


def _node(value: Any, text: bool = False) -> Any:
    """Returns the JSON value of an eval value: JsonText as JSON, numeric field text as a number, lists as arrays."""
    if isinstance(value, JsonText):
        return load_json(str(value))
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, list):
        return [_node(item) for item in value]
    if not text:
        number = number_of(value)
        if number is not None:
            return number
    return text_of(value)


def _parsed(value: Any) -> Any:
    """Returns the document a value holds, or MISSING when it is no JSON."""
    try:
        return load_json(text_of(value))
    except ValueError:
        return MISSING


def _json(value: Any) -> JsonText:
    return JsonText(dump_json(value))


def _result(value: Any) -> Any:
    return _json(value) if isinstance(value, (dict, list)) else field_value(value)


def _evaluated(site: CallSite, row: Row, context: Context) -> list[Any]:
    return [argument.evaluate(row, context) for argument in site.arguments]


def _object(site: CallSite) -> Evaluate:
    if len(site.arguments) % 2:
        raise SplSyntaxError("'json_object' needs pairs of key and value.", site.position)
    texts = [argument.kind == "text" for argument in site.arguments]

    def run(row: Row, context: Context) -> Any:
        values = _evaluated(site, row, context)
        built: dict[str, Any] = {}
        for index in range(0, len(values), 2):
            if values[index] is None:
                return None
            built[text_of(values[index])] = _node(values[index + 1], texts[index + 1])
        return _json(built)

    return run


def _array(site: CallSite) -> Evaluate:
    texts = [argument.kind == "text" for argument in site.arguments]

    def run(row: Row, context: Context) -> Any:
        return _json([_node(value, text) for value, text in zip(_evaluated(site, row, context), texts, strict=True)])

    return run


def _extract(document: Any, *paths: Any) -> Any:
    data = _parsed(document)
    if data is MISSING:
        return None
    if not paths:
        return _result(data)
    results = []
    for path in paths:
        try:
            steps = parse_path(text_of(path))
        except ValueError:
            return None
        found = select(data, steps)
        if None in steps:
            results.append(found if found else None)
        else:
            results.append(found[0] if found else None)
    return _result(results[0]) if len(results) == 1 else _json(results)


def _extract_exact(document: Any, *keys: Any) -> Any:
    data = _parsed(document)
    if not isinstance(data, dict):
        return None if keys or data is MISSING else _result(data)
    if not keys:
        return _result(data)
    results = [data.get(text_of(key)) for key in keys]
    return _result(results[0]) if len(results) == 1 else _json(results)


def _place(data: Any, steps: list[str | int | None], value: Any) -> Any:
    """Returns data with the value at the path; missing objects on the way are made, all elements for `{}`."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if step is None:
        return [_place(item, rest, value) for item in data] if isinstance(data, list) else data
    if isinstance(step, int):
        if not isinstance(data, list):
            data = [] if data is MISSING else data
        if not isinstance(data, list) or step > len(data):
            return data
        items = list(data)
        if step == len(items):
            placed = _place(MISSING, rest, value)
            items += [] if placed is MISSING else [placed]
        else:
            items[step] = _place(items[step], rest, value)
        return items
    if data is MISSING:
        data = {}
    if not isinstance(data, dict):
        return data
    placed = _place(data.get(step, MISSING), rest, value)
    return data if placed is MISSING else {**data, step: placed}


def _paired(name: str, change: Any) -> Function:
    """A function of a document and pairs of path and value, applied from left to right."""

    def build(site: CallSite) -> Evaluate:
        if len(site.arguments) % 2 == 0:
            raise SplSyntaxError(f"'{name}' needs a document and pairs of path and value.", site.position)
        texts = [argument.kind == "text" for argument in site.arguments]

        def run(row: Row, context: Context) -> Any:
            values = _evaluated(site, row, context)
            data = MISSING if values[0] is None else _parsed(values[0])
            if data is MISSING:
                return None
            for index in range(1, len(values), 2):
                if values[index] is None:
                    return None
                try:
                    data = change(data, text_of(values[index]), _node(values[index + 1], texts[index + 1]))
                except ValueError:
                    return None
            return _json(data)

        return run

    return Function(name, 3, None, "text", build, f"{name}(<json>, <path>, <value>, ...)")


def _set(data: Any, path: str, value: Any) -> Any:
    return _place(data, parse_path(path), value)


def _set_exact(data: Any, key: str, value: Any) -> Any:
    return {**data, key: value} if isinstance(data, dict) else data


def _grow(data: Any, path: str, added: list[Any]) -> Any:
    """Appends at the path; a scalar or object there is put into an array first, a path to nothing is passed over."""
    steps = parse_path(path)
    found = select(data, steps)
    if not found:
        return data
    return _place(data, steps, [*(found[0] if isinstance(found[0], list) else found[:1]), *added])


def _append(data: Any, path: str, value: Any) -> Any:
    return _grow(data, path, [value])


def _extend(data: Any, path: str, value: Any) -> Any:
    return _grow(data, path, value if isinstance(value, list) else [value])


def _remove(data: Any, steps: list[str | int | None]) -> Any:
    step, rest = steps[0], steps[1:]
    if step is None:
        return ([] if not rest else [_remove(item, rest) for item in data]) if isinstance(data, list) else data
    if isinstance(step, int):  # array indexing is not supported in json_delete
        return data
    if not isinstance(data, dict) or step not in data:
        return data
    if rest:
        return {**data, step: _remove(data[step], rest)}
    return {key: value for key, value in data.items() if key != step}


def _delete(document: Any, *keys: Any) -> Any:
    data = _parsed(document)
    if data is MISSING:
        return None
    for key in keys:
        listed = _parsed(key) if isinstance(key, str) else key
        for name in listed if isinstance(listed, list) else [text_of(key)]:
            try:
                steps = parse_path(text_of(name))
            except ValueError:
                return None
            data = _remove(data, steps) if steps else data
    return _json(data)


def _entries(document: Any) -> Any:
    data = _parsed(document)
    if not isinstance(data, dict):
        return None
    return _json([{"key": key, "value": value} for key, value in data.items()])


def _keys(document: Any) -> Any:
    data = _parsed(document)
    return _json(list(data)) if isinstance(data, dict) else None


def _has_key(document: Any, key: Any) -> Any:
    data = _parsed(document)
    return isinstance(data, dict) and text_of(key) in data


def _valid(document: Any) -> Any:
    return None if document is None else _parsed(document) is not MISSING


def _checked(value: Any) -> Any:
    return None if _parsed(value) is MISSING else JsonText(text_of(value))


def _array_to_mv(document: Any, quoted: Any = False) -> Any:
    data = _parsed(document)
    if not isinstance(data, list):
        return None
    return collapse(dump_json(item) if quoted is True else field_value(item) for item in data)


def _has_key_path(document: Any, path: Any) -> Any:
    data = _parsed(document)
    try:
        return data is not MISSING and bool(select(data, parse_path(text_of(path))))
    except ValueError:
        return False


FUNCTIONS = [
    Function("json_object", 0, None, "text", _object, "json_object(<key>, <value>, ...)"),
    Function("json_array", 0, None, "text", _array, "json_array(<value>, ...)"),
    Function("json", 1, 1, "text", on_present(_checked), "json(<value>)"),
    Function("json_valid", 1, 1, "bool", on_values(_valid), "json_valid(<json>)"),
    Function("json_extract", 1, None, "scalar", on_present(_extract), "json_extract(<json>, <path>, ...)"),
    Function(
        "json_extract_exact", 1, None, "scalar", on_present(_extract_exact), "json_extract_exact(<json>, <key>, ...)"
    ),
    _paired("json_set", _set),
    _paired("json_set_exact", _set_exact),
    _paired("json_append", _append),
    _paired("json_extend", _extend),
    Function("json_delete", 2, None, "text", on_present(_delete), "json_delete(<json>, <key>, ...)"),
    Function("json_entries", 1, 1, "text", on_present(_entries), "json_entries(<json>)"),
    Function("json_keys", 1, 1, "text", on_present(_keys), "json_keys(<json>)"),
    Function("json_has_key", 2, 2, "bool", on_present(_has_key_path), "json_has_key(<json>, <path>)"),
    Function("json_has_key_exact", 2, 2, "bool", on_present(_has_key), "json_has_key_exact(<json>, <key>)"),
    Function("json_array_to_mv", 1, 2, "scalar", on_present(_array_to_mv), "json_array_to_mv(<json_array>, <quoted>)"),
]


def json_values(document: Any) -> list[Any]:
    """Returns the elements of a JSON array given as an eval value, [] when it is none."""
    data = [] if document is None else _parsed(document)
    return data if isinstance(data, list) else values_of(None)
