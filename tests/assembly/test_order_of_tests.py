"""The modules that are named as the longest are there, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import LONGEST, in_order

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("name", LONGEST)
def test_each_of_the_longest_modules_is_there_and_named_once(name: str) -> None:
    assert (TESTS / name).is_file()
    assert LONGEST.count(name) == 1


def test_the_longest_come_first_and_the_rest_by_their_number_of_tests() -> None:
    class Item:
        def __init__(self, path: str) -> None:
            self.path = TESTS / path

    written = ["a.py", "b.py", "b.py", LONGEST[1], "c.py", LONGEST[0], "c.py", "c.py"]
    items = [Item(path) for path in written]
    in_order(items)  # type: ignore[arg-type]  # all it reads of an item is its path
    ordered = [item.path.relative_to(TESTS).as_posix() for item in items]
    assert ordered == [LONGEST[0], LONGEST[1], "c.py", "c.py", "c.py", "b.py", "b.py", "a.py"]
