"""What is sorted is read in its order: an acceleration of the collection covers every key of the sort. What is deleted
is found by one: none reads a whole collection for it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

import pytest
import yaml

from assembly.conf_read import read_conf
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


NAMED = {
    "minerva/deconfliction/cubes.py": "cubes",
    "minerva/partner/limits.py": "api_limits",
    "minerva/partner/records.py": "submissions",
    "minerva/partner/repeats.py": "api_answers",
    "minerva/risk_scores/models.py": "risk",
    "minerva/risk_scores/saving.py": "risk",
    "minerva/tenancy/claims.py": "proposals",
    "minerva/tenancy/rebuild/refresh.py": "refresh",
}
"""Collection that a module has under a name of its own when it deletes from it."""
DRIVERS = {"minerva/documents.py", "minerva/tenancy/committed.py"}
IN_A_LOOP = [
    *((name, {"tenant_id", "gone"}) for name in ("entities", "members", "redirects", "postings")),
    *((name, {"tenant_id", key}) for name, key in (("proposals", "expires"), ("inquiries", "expires"))),
    ("notices", {"tenant_id", "time"}),
    *((name, {"tenant_id", "grant_id"}) for name in ("tokens", "inquiries")),
]
"""Deletions whose collection the code has in a variable."""


def deletions() -> Iterator[tuple[str, int, str, set[str]]]:
    """File, line, collection ("" where a variable says it) and fields of each deletion by a query."""
    for path in sorted((ROOT / "minerva").rglob("*.py")):
        name, tree = path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
        queries = {
            target.id: each.value
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Dict)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if name in DRIVERS or not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            query = call.args[0] if call.func.attr == "discard" and call.args else None
            if isinstance(query, ast.Name):
                query = queries.get(query.id)
            if not isinstance(query, ast.Dict):
                continue
            receiver = call.func.value
            inner = isinstance(receiver, ast.Subscript) or (isinstance(receiver, ast.Name) and receiver.id == "inner")
            said = receiver.slice if isinstance(receiver, ast.Subscript) else None
            where = "" if inner else NAMED.get(name, "?")
            if isinstance(said, ast.Constant):
                where = str(said.value)
            yield name, call.lineno, where, set(fields_of(query, queries))


def fields_of(query: ast.Dict, queries: dict[str, ast.Dict]) -> Iterator[str]:
    for key, value in zip(query.keys, query.values, strict=True):
        if key is None:
            assert isinstance(value, ast.Name)
            yield from fields_of(queries[value.id], queries)
        else:
            yield "gone" if isinstance(key, ast.Name) and key.id == "GONE" else str(getattr(key, "value", "?"))


PEOPLES = {("proposals", "expires"), ("inquiries", "expires"), ("inquiries", "grant_id"), ("proposals", "owner")}
"""What people propose and ask by hand: an institution has few of them."""
DELETIONS = [
    *((where, fields) for _, _, where, fields in deletions() if where), *IN_A_LOOP,
]  # fmt: skip


def test_deletions_are_found_in_the_code() -> None:
    assert all(where != "?" for *_, where, _ in deletions())
    assert {"alerts", "budgets", "cubes", "image_hashes", "refresh", "submissions"} <= {name for name, _ in DELETIONS}


@pytest.mark.parametrize(("collection", "fields"), DELETIONS, ids=lambda each: str(each))
def test_a_deletion_reads_what_it_deletes_and_little_else(collection: str, fields: set[str]) -> None:
    """An acceleration begins with all its fields, or with the institution, the kind and one thing more."""
    if any((collection, each) in PEOPLES for each in fields):
        return
    depth = min(len(fields), 3)
    assert any(len(index) >= depth and {name for name, _ in index[:depth]} <= fields for index in INDEXES[collection])


@pytest.mark.parametrize("name", [str(each["name"]) for each in FACTS])
def test_what_is_deleted_by_key_is_found_by_its_mark(name: str) -> None:
    settings = read_conf(ROOT / APP / "default" / "collections.conf")[name]
    accelerated = [json.loads(value) for key, value in settings.items() if key.startswith("accelerated_fields.")]
    assert {"removing": 1} in accelerated
    assert settings["field.removing"] == "string"
    assert len(accelerated) <= 10
