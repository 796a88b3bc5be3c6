"""The collection in memory keeps copies as the KV store keeps JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.documents import MemoryCollection

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
KEYS = st.text(max_size=3) | st.integers(0, 9)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(KEYS, inner, max_size=3)
    ),
)  # fmt: skip


@given(VALUES)
def test_what_is_kept_is_what_json_gives_back(value: Any) -> None:
    held = MemoryCollection()
    held.batch_save([{"_key": "a", "value": value}])
    assert held.get("a") == json.loads(json.dumps({"_key": "a", "value": value}))
    assert held.find({"_key": "a"}) == [held.get("a")]


def test_what_is_changed_outside_changes_nothing_inside() -> None:
    held = MemoryCollection()
    given_row: dict[str, Any] = {"_key": "a", "list": [{"b": [1]}]}
    held.batch_save([given_row])
    for row in (given_row, held.get("a"), held.find({})[0]):
        assert row is not None
        row["list"][0]["b"].append(2)
    assert held.get("a") == {"_key": "a", "list": [{"b": [1]}]}


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        MemoryCollection().insert({"_key": "a", "value": {1, 2}})
