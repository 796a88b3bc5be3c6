"""What is sorted is read in its order: an acceleration of the collection covers every key of the sort."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
import yaml

from assembly.paths import APP, ROOT
from minerva.tenancy.rebuild.entity_store import _SORTS

FACTS = yaml.safe_load((ROOT / APP / "facts" / "collections.yml").read_text(encoding="utf-8"))
INDEXES = {
    str(each["name"])[len("minerva_") :]: [list(index.items()) for index in each.get("accelerated", [])]
    for each in FACTS
}
SMALL = {"proposals", "tombstones", "school_queries"}
"""What people do one by one; their sorts end with the key, of which Splunk keeps an index of its own alone."""


def sorts() -> Iterator[tuple[str, str]]:
    """Collection and sort of each search that names both where it stands."""
    for path in sorted((ROOT / "minerva").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "find":
                continue
            named = [
                str(part.slice.value)
                for part in ast.walk(call.func.value)
                if isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Constant)
            ]
            for word in call.keywords:
                if named and word.arg == "sort" and isinstance(word.value, ast.Constant):
                    yield named[0], str(word.value.value)


def covered(collection: str, sort: str) -> bool:
    wanted = [(name, int(way)) for name, _, way in (part.partition(":") for part in sort.split(","))]
    ways = (wanted, [(name, -way) for name, way in wanted])
    return any(index[at : at + len(wanted)] in ways for index in INDEXES[collection] for at in range(len(index)))


SORTS = sorted({*sorts(), *(("entities", each) for each in _SORTS.values())})


def test_sorts_are_found_in_the_code() -> None:
    assert {"entities", "members", "alerts", "audit"} <= {name for name, _ in SORTS}
    assert not covered("alerts", "time:1,alert_id:1")


@pytest.mark.parametrize(("collection", "sort"), [each for each in SORTS if each[1] != "_key:1"])
def test_a_sort_is_covered_by_an_acceleration(collection: str, sort: str) -> None:
    assert collection in SMALL or covered(collection, sort)
