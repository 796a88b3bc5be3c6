"""Whatever stands in the field of a request, its operation answers in words: 200, or a refusal, and never an error.

The fields are read in the code: each text by which a module of the operation asks for something. A body of values that
are right is spoiled field by field.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from minerva import services
from minerva.image_banks import HASHING
from minerva.policy import Subject
from minerva.school_queries import IDENTIFYING
from minerva.tenancy.answering import Operations, answer
from minerva.tenancy.asking import STEPS
from tests.sharing.desk import EMAIL, PHONE, SERVICE, STATED, Desk, who

WRONG: tuple[Any, ...] = (5, ["x"], {"x": 1}, [[]], [{}], True, 10**30, 1.5, None, "\0", "\ud800", "9999-12-31")
FEW: tuple[Any, ...] = (5, ["x"], {"x": 1}, True)
TABLES: Operations = {**services.OPERATIONS, **IDENTIFYING, **HASHING}
"""What the doors ask, those by which pictures enter too."""
RIGHT: dict[str, Any] = {
    **STATED, "entity_id": "e_1", "record_id": "a" * 32, "a": "a" * 32, "b": "b" * 32, "verdict": "same", "why": "seen",
    "level": "L3", "to": "ring", "fields": ["statistics"], "group_id": "ring", "limit": 10, "offset": 0, "days": 30,
    "person": "river_other", "standing": "analyst", "title": "A case", "text": PHONE, "label": "x", "note": "x",
    "identifiers": [PHONE], "identity": {"names": ["Jen Example"], "identifiers": [EMAIL], "age": 19}, "consent": "yes",
    "describe": "a red blazer", "contact": "desk@river.example", "name": "A bank", "format": "csv", "kinds": ["phone"],
    "hashes": ["0" * 64], "chain": {"as_of": "2026-01-01", "policy": [{"name": "s", "finds": ["x"]}]}, "for": "ring",
    "files": [{"name": "a.csv", "base64": "cGhvbmUKKzE0MTU1NTUwMTIzCg=="}],
    "records": [[["a" * 32], [PHONE], "0" * 64]],
    "entities": [], "hits": [], "scores": [], "ids": ["a" * 32], "object": "entity", "object_id": "e_1", "depth": 1,
    "places": [{"city": "Springfield", "region": "IL", "country": "US"}], "sector": "massage", "sort": "size",
    "area": {"city": "Springfield", "region": "IL", "country": "US"}, "members": ["river_analyst"],
    "school_ids": ["GB-EAW-100000"],
}  # fmt: skip


@cache
def texts_of(module: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts by which the code of a module asks a body for something, and those to which it compares."""
    tree = ast.parse(Path(str(sys.modules[module].__file__)).read_text(encoding="utf-8"))
    asked: set[str] = set()
    compared: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            asked.update(_texts(node.args[:2]))
        elif isinstance(node, ast.Subscript):
            asked.update(_texts([node.slice]))
        elif isinstance(node, ast.Compare):
            asked.update(_texts([node.left]))
            compared.update(_texts(node.comparators))
        elif isinstance(node, (ast.Tuple, ast.List)):
            asked.update(_texts(node.elts))
    word = re.compile(r"[a-z][a-z0-9_]{1,30}|[ab]")
    return tuple(sorted(filter(word.fullmatch, asked))), tuple(sorted(filter(word.fullmatch, compared)))


def _texts(nodes: list[ast.expr]) -> list[str]:
    return [each.value for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def steps_of(operation: str) -> list[dict[str, Any]]:
    """Bodies of right values: one of each step that the operation's own words name."""
    run = TABLES[operation]
    said = re.findall(r'"([a-z_]+)"', str(inspect.getdoc(run)))
    asked, compared = texts_of(run.__module__)
    named = dict.fromkeys([*said, *asked])
    body = {key: RIGHT[key] for key in named if key in RIGHT}
    steps = [each for each in said if each in compared or each in STEPS]
    return [body, *({**body, "op": step} for step in dict.fromkeys(steps))]


def fields_of(operation: str) -> list[str]:
    run = TABLES[operation]
    said = re.findall(r'"([a-z_]+)"', str(inspect.getdoc(run)))
    return sorted({*said, *texts_of(run.__module__)[0]} - {"purpose", "case"})


def spoiled(value: Any, wrong: tuple[Any, ...]) -> Iterator[Any]:
    """The value with each of its parts, at any depth, replaced by each wrong thing; of a list, the first part."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from ({**value, key: other} for other in spoiled(part, wrong))
    elif isinstance(value, list) and value:
        yield from ([other, *value[1:]] for other in spoiled(value[0], wrong))
    yield from wrong


def failures(operation: str, people: tuple[Subject, ...], wrong: tuple[Any, ...], folder: Path) -> list[str]:
    """What an operation could not answer in words."""
    desk = Desk()
    desk.folder = folder
    desk.entity("river")
    found = []
    for right in steps_of(operation):
        for field in fields_of(operation):
            for value in spoiled(right.get(field), wrong):
                for person in people:
                    try:
                        answer(operation, {**right, field: value}, desk.store(person), TABLES)
                    except Exception as error:  # the point of the test
                        found.append(f"{operation} {right.get('op', '')} {field}={value!r:.60}: {error!r:.120}")
    return found


PEOPLE = (who("river"), who("river", "admin"), SERVICE)


@pytest.mark.full
@pytest.mark.parametrize("operation", TABLES)
def test_no_wrong_value_of_any_field_is_an_error(operation: str, tmp_path: Path) -> None:
    assert failures(operation, PEOPLE, WRONG, tmp_path) == []


@pytest.mark.parametrize("operation", TABLES)
def test_no_wrong_type_of_any_field_is_an_error(operation: str, tmp_path: Path) -> None:
    assert failures(operation, (who("river"),), FEW, tmp_path) == []
