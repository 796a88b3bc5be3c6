"""Queries over documents of a KV collection: conditions, projection, sort.

Operators: $gt $gte $lt $lte $ne, $and $or $not; a plain value is equality. A field that is an array matches when any
of its items does; `a.b` reaches into objects. Numbers compare with numbers and text with text, nothing else.
Source: REST reference, storage/collections/data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

Document = dict[str, Any]
Test = Callable[[Mapping[str, Any]], bool]
ORDER = {"$gt": (1,), "$gte": (0, 1), "$lt": (-1,), "$lte": (-1, 0)}
MISSING = object()
MAX_DEPTH = 50


class QueryError(Exception):
    """A query, field list or sort that cannot be used; the message says which part."""


def parse_query(text: str | Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Returns a query object from JSON text; an empty text is every document."""
    if text is None or text == "":
        return {}
    if isinstance(text, str):
        try:
            text = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise QueryError("the query is not JSON") from error
    if not isinstance(text, Mapping):
        raise QueryError("the query must be a JSON object")
    return text


def compile_query(query: Mapping[str, Any], depth: int = 0) -> Test:
    """Returns the test of one document. Raises QueryError for an unknown operator or shape."""
    if depth > MAX_DEPTH:
        raise QueryError(f"the query is nested deeper than {MAX_DEPTH}")
    tests: list[Test] = []
    for name, wanted in query.items():
        if name in {"$and", "$or"}:
            if not isinstance(wanted, list) or not wanted:
                raise QueryError(f"{name} needs a list of queries")
            tests.append(joined([compile_query(parse_query(item), depth + 1) for item in wanted], name))
        elif name == "$not":
            tests.append(inverted(compile_query(parse_query(wanted), depth + 1)))
        elif name.startswith("$"):
            raise QueryError(f"operator {name} is not supported")
        else:
            tests.append(field_test(name, wanted))
    return joined(tests, "$and")


def joined(tests: list[Test], name: str) -> Test:
    if len(tests) == 1:
        return tests[0]
    return (
        (lambda document: all(test(document) for test in tests))
        if name == "$and"
        else (lambda document: any(test(document) for test in tests))
    )


def inverted(test: Test) -> Test:
    return lambda document: not test(document)


def field_test(name: str, wanted: Any) -> Test:
    steps = name.split(".")
    if not (isinstance(wanted, dict) and any(key.startswith("$") for key in wanted)):
        return lambda document: equals(reach(document, steps), wanted)
    tests: list[Test] = []
    for operator, value in wanted.items():
        if operator == "$ne":
            tests.append(lambda document, value=value: not equals(reach(document, steps), value))  # type: ignore[misc]
        elif operator == "$not":
            tests.append(inverted(field_test(name, value)))
        elif operator in ORDER:
            tests.append(order_test(steps, value, ORDER[operator]))
        else:
            raise QueryError(f"operator {operator} of field '{name}' is not supported")
    return joined(tests, "$and")


def order_test(steps: list[str], wanted: Any, signs: tuple[int, ...]) -> Test:
    return lambda document: ordered(reach(document, steps), wanted, signs)


def reach(document: Any, steps: list[str]) -> Any:
    """Returns the value at a dotted path, MISSING without one; through arrays it is the list of what is found."""
    value = document
    for position, step in enumerate(steps):
        if isinstance(value, list):
            found = [reach(item, steps[position:]) for item in value]
            kept = [item for item in found if item is not MISSING]
            return kept or MISSING
        if not isinstance(value, Mapping) or step not in value:
            return MISSING
        value = value[step]
    return value


def same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return bool(left == right)


def equals(value: Any, wanted: Any) -> bool:
    if value is MISSING:
        return wanted is None
    if isinstance(value, list) and not isinstance(wanted, list):
        return any(same(item, wanted) for item in value)
    return same(value, wanted)


def ordered(value: Any, wanted: Any, signs: tuple[int, ...]) -> bool:
    return any(sign_of(item, wanted) in signs for item in (value if isinstance(value, list) else [value]))


def sign_of(left: Any, right: Any) -> int | None:
    """Returns -1, 0, 1, or None for values of different kinds."""
    if kind_of(left) != kind_of(right) or kind_of(left) not in {1, 2, 5}:
        return None
    return int(left > right) - int(left < right)


def kind_of(value: Any) -> int:
    """Returns the rank of a value's kind in a sort: nothing, numbers, text, objects, arrays, truth values."""
    if value is MISSING or value is None:
        return 0
    if isinstance(value, bool):
        return 5
    if isinstance(value, (int, float)):
        return 1
    if isinstance(value, str):
        return 2
    return 4 if isinstance(value, list) else 3


def sort_documents(documents: Iterable[Document], text: str) -> list[Document]:
    """Returns the documents by `field:1,other:-1`; without text in the order given."""
    found = list(documents)
    for part in reversed([item.strip() for item in text.split(",") if item.strip()]):
        name, _, direction = part.partition(":")
        if direction.strip() not in {"", "1", "-1"}:
            raise QueryError(f"the sort direction of '{name}' is 1 or -1, not '{direction}'")
        steps = name.strip().split(".")
        found.sort(key=partial(document_key, steps), reverse=direction.strip() == "-1")
    return found


def document_key(steps: list[str], document: Document) -> tuple[int, Any]:
    return sort_key(reach(document, steps))


def sort_key(value: Any) -> tuple[int, Any]:
    if isinstance(value, list) and value:
        value = value[0]
    kind = kind_of(value)
    return kind, value if kind in {1, 2, 5} else 0


def projection(text: str) -> Callable[[Document], Document]:
    """Returns the function that keeps the fields of `a,b` or drops those of `a:0`; _key stays unless `_key:0`."""
    include: set[str] = set()
    exclude: set[str] = set()
    for part in (item.strip() for item in text.split(",") if item.strip()):
        name, _, flag = part.partition(":")
        name = "_key" if name.strip() == "_id" else name  # the store under Splunk's calls it _id
        if flag.strip() not in {"", "0", "1"}:
            raise QueryError(f"field '{name}' takes 1 or 0, not '{flag}'")
        (exclude if flag.strip() == "0" else include).add(name.strip())
    if include and exclude - {"_key"}:
        raise QueryError("fields cannot both include and exclude, but for _key:0")
    if not include and not exclude:
        return lambda document: document
    if include:
        kept = include | ({"_key"} - exclude)
        return lambda document: {name: value for name, value in document.items() if name in kept}
    return lambda document: {name: value for name, value in document.items() if name not in exclude}
