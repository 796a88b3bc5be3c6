"""Patterns that are compiled late are those that `re.compile` makes."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import minerva.identifiers
from minerva.identifiers.late import Late, late


def _all() -> dict[str, Late[str]]:
    """Every such pattern of the package by the name it has."""
    found = {}
    for module in pkgutil.iter_modules(minerva.identifiers.__path__):
        if not module.name.endswith("_numpy") and module.name != "__main__":
            held = vars(importlib.import_module(f"minerva.identifiers.{module.name}"))
            found.update({f"{module.name}.{name}": each for name, each in held.items() if isinstance(each, Late)})
    return found


@pytest.mark.parametrize("name", sorted(_all()))
def test_each_of_them_compiles(name: str) -> None:
    pattern = _all()[name]
    assert re.compile(*pattern._given) is not None


def test_it_answers_as_a_compiled_pattern_does_time_after_time() -> None:
    pattern = late(r"(a)b", re.IGNORECASE)
    assert [pattern.sub(r"\1", "xAB"), pattern.pattern, pattern.groups] == ["xA", "(a)b", 1]
    assert [match and match[0] for match in (pattern.search("xAB"), pattern.search("ab"))] == ["AB", "ab"]


def test_what_is_wrong_with_it_is_told_at_the_first_use() -> None:
    pattern = late("(")
    with pytest.raises(re.error):
        pattern.search("x")
