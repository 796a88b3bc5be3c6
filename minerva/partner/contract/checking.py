"""Values against JSON Schema 2020-12, the part of it that the API's schemas use. The first fault is what is told.

The same schemas are the OpenAPI contract, so what is documented is what is checked. A keyword that is not in KEYWORDS
is refused when the registry is read, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Union

Schema = Mapping[str, Any]
Place = tuple[Union[str, int], ...]
Fault = tuple[Place, str]
REF = "#/components/schemas/"
ANNOTATIONS = frozenset({"title", "description", "default", "examples", "format"})
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: type(value) is int or (type(value) is float and value.is_integer()),
    "number": lambda value: type(value) in (int, float),
}


def check(value: Any, schema: Schema, schemas: Mapping[str, Schema]) -> Fault | None:
    """Returns (place, what was expected) of the first fault, None if the value fits. `schemas` resolve `$ref`."""
    return next(_faults(value, schema, schemas, ()), None)


def _faults(value: Any, schema: Schema, schemas: Mapping[str, Schema], at: Place) -> Iterator[Fault]:
    if "$ref" in schema:
        yield from _faults(value, schemas[schema["$ref"][len(REF) :]], schemas, at)
        return
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(_TYPES[kind](value) for kind in kinds):
            yield at, f"expected {' or '.join(kinds)}"
            return
    if "enum" in schema and value not in schema["enum"]:
        yield at, f"expected one of {', '.join(map(str, schema['enum']))}"
    if isinstance(value, str):
        yield from _text(value, schema, at)
    elif isinstance(value, list):
        yield from _list(value, schema, schemas, at)
    elif isinstance(value, dict):
        yield from _object(value, schema, schemas, at)
    elif type(value) in (int, float):
        yield from _number(value, schema, at)
    if "oneOf" in schema:
        yield from _one_of(value, schema["oneOf"], schemas, at)


def _text(value: str, schema: Schema, at: Place) -> Iterator[Fault]:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if len(value) < least or (most is not None and len(value) > most):
        bounds = f"{least} to {most}" if most is not None else f"at least {least}"
        yield at, f"expected text of {bounds} characters"
    elif "pattern" in schema and not _compiled(schema["pattern"]).search(value):
        yield at, f"expected the form {schema['pattern']}"


def _number(value: float, schema: Schema, at: Place) -> Iterator[Fault]:
    low, high = schema.get("minimum"), schema.get("maximum")
    if (low is not None and value < low) or (high is not None and value > high):
        yield at, f"expected a number from {low} to {high}"


def _list(value: Sequence[Any], schema: Schema, schemas: Mapping[str, Schema], at: Place) -> Iterator[Fault]:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if len(value) < least or (most is not None and len(value) > most):
        bounds = f"{least} to {most}" if most is not None else f"at least {least}"
        yield at, f"expected {bounds} items"
        return
    for place, item in enumerate(value):
        yield from _faults(item, schema.get("items", {}), schemas, (*at, place))


def _object(value: Mapping[str, Any], schema: Schema, schemas: Mapping[str, Schema], at: Place) -> Iterator[Fault]:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield (*at, name), "is missing"
    most = schema.get("maxProperties")
    if most is not None and len(value) > most:
        yield at, f"expected at most {most} keys"
    for name, item in value.items():
        if name in properties:
            yield from _faults(item, properties[name], schemas, (*at, name))
        elif others is False:
            # The name is the caller's own text and may hold anything: it is not repeated.
            yield at, f"unknown key; the keys are {', '.join(properties)}"
        else:
            names = schema.get("propertyNames")
            if names is not None and next(_faults(name, names, schemas, at), None) is not None:
                yield at, f"expected keys of the form {names.get('pattern', 'text')}"
            yield from _faults(item, others, schemas, (*at, "*"))


def _one_of(value: Any, choices: Sequence[Schema], schemas: Mapping[str, Schema], at: Place) -> Iterator[Fault]:
    fitting = [each for each in choices if next(_faults(value, each, schemas, at), None) is None]
    if len(fitting) != 1:
        names = [" and ".join(each.get("required", ("?",))) for each in choices]
        yield at, f"expected exactly one of {', '.join(names)}"


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    # In JSON Schema `$` is the end of the text; Python's also matches before a last line end.
    return re.compile(pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern)


KEYWORDS = ANNOTATIONS | {
    "$ref", "type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "items", "minItems", "maxItems",
    "properties", "required", "additionalProperties", "maxProperties", "propertyNames", "oneOf",
}  # fmt: skip


def unknown_keywords(schema: Schema) -> set[str]:
    """Returns the keywords of a schema, its inner ones included, that `check` would pass over."""
    found = set(schema) - KEYWORDS
    inner = [*schema.get("properties", {}).values(), *schema.get("oneOf", ())]
    inner += [schema[key] for key in ("items", "additionalProperties", "propertyNames") if key in schema]
    for each in inner:
        if isinstance(each, Mapping):
            found |= unknown_keywords(each)
    return found
