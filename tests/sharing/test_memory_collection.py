"""The collection in memory keeps copies as the KV store keeps JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva import documents
from minerva.documents import Document, MemoryCollection, find_all

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


class Busy(MemoryCollection):
    """A collection that others write into and delete from between two pages of a reader."""

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        assert skip == 0  # a page that is named by its number costs all that stands before it
        found = super().find(query, sort=sort, limit=limit, skip=skip, fields=fields)
        self.rows.pop("0000", None)
        self.rows["0001b"] = {"_key": "0001b", "kind": "a"}
        return found


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 35])
def test_all_documents_are_read_once_in_order_of_keys_however_many_pages(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PAGE_OF_ALL", 10)
    held = Busy()
    held.batch_save([{"_key": f"{number:04d}", "kind": "a"} for number in reversed(range(count))])
    held.batch_save([{"_key": f"x{number:04d}", "kind": "b"} for number in range(30)])
    query = {"$or": [{"kind": "a"}, {"kind": "none"}]}
    assert [row["_key"] for row in find_all(held, query)] == [f"{number:04d}" for number in range(count)]


def test_of_the_fields_that_are_named_a_document_is_given_and_its_key() -> None:
    held = MemoryCollection()
    held.batch_save([{"_key": "a", "size": 1, "records": [1, 2]}, {"_key": "b", "records": []}])
    assert held.find({}, fields=("size",)) == [{"_key": "a", "size": 1}, {"_key": "b"}]
    assert find_all(held, {}, ("size",)) == held.find({}, fields=("size",))
    assert (held.get("a") or {})["records"] == [1, 2]
