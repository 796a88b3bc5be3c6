"""KV collections: queries against a naive filter, keys, batches, types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.storage.kv import Collection, KeyExists, KVStore
from understudy.storage.kv_query import QueryError, compile_query
from understudy.storage.kv_types import TypeMismatch


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KVStore]:
    made = KVStore(tmp_path / "kv.sqlite")
    yield made
    made.close()


@pytest.fixture
def collection(store: KVStore) -> Collection:
    return store.collection("a", "c", settings={"field.name": "string", "accelerated_fields.x": '{"name": 1}'})


DOCUMENTS: list[dict[str, Any]] = [
    {"_key": "1", "name": "ann", "size": 5, "tags": ["x", "y"]},
    {"_key": "2", "name": "bob", "size": 7, "in": {"side": "left"}},
    {"_key": "3", "name": "cid", "size": "7", "ok": True},
    {"_key": "4", "size": None},
]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        pytest.param(None, "1234", id="everything"),
        pytest.param({"name": "bob"}, "2", id="equal-text"),
        pytest.param({"name": {"$ne": "bob"}}, "134", id="not-equal-has-missing"),
        pytest.param({"size": {"$gt": 5}}, "2", id="greater-is-by-kind"),
        pytest.param({"size": {"$gte": 5, "$lt": 7}}, "1", id="two-bounds"),
        pytest.param({"$or": [{"name": "ann"}, {"size": 7}]}, "12", id="or"),
        pytest.param({"$and": [{"name": "ann"}, {"size": 7}]}, "", id="and"),
        pytest.param({"$not": {"name": "ann"}}, "234", id="not"),
        pytest.param({"tags": "y"}, "1", id="any-item-of-an-array"),
        pytest.param({"in.side": "left"}, "2", id="inside-an-object"),
        pytest.param({"ok": True}, "3", id="truth-is-no-number"),
        pytest.param({"size": None}, "4", id="null"),
        pytest.param({"_key": "3", "name": "cid"}, "3", id="key"),
    ],
)
def test_query(collection: Collection, query: dict[str, Any] | None, keys: str) -> None:
    collection.batch_save(DOCUMENTS)
    assert "".join(item["_key"] for item in collection.find(query)) == keys


@pytest.mark.parametrize("query", ["{", "[]", {"$nor": []}, {"a": {"$regex": "x"}}, {"$and": []}, {"$or": {"a": 1}}])
def test_unknown_query_is_refused(collection: Collection, query: Any) -> None:
    with pytest.raises(QueryError):
        collection.find(query)


def test_sort_limit_skip_and_fields(collection: Collection) -> None:
    collection.batch_save(DOCUMENTS)
    found = collection.find(sort="size:-1,name:1", limit=2, skip=1, fields="name,_key:0")
    assert found == [{"name": "bob"}, {"name": "ann"}]
    assert "tags" not in collection.find({"_key": "1"}, fields="tags:0")[0]
    with pytest.raises(QueryError):
        collection.find(fields="a,b:0")


def test_insert_replace_delete(collection: Collection) -> None:
    key = collection.insert({"name": "ann"})
    assert collection.get(key) == {"name": "ann", "_user": "nobody", "_key": key}
    with pytest.raises(KeyExists):
        collection.insert({"_key": key})
    assert collection.replace(key, {"size": 1})
    assert collection.get(key) == {"size": 1, "_user": "nobody", "_key": key}
    assert not collection.replace("absent", {})
    assert collection.delete(key)
    assert not collection.delete(key)


def test_batch_is_saved_whole_or_not_at_all(collection: Collection) -> None:
    with pytest.raises(QueryError):
        collection.batch_save([{"n": 1}, "no document"])  # type: ignore[list-item]  # the point of the test
    with pytest.raises(QueryError):
        collection.batch_save([{"n": 1}] * 1001)
    assert collection.count() == 0
    assert len(collection.batch_save([{"n": 1}] * 1000)) == 1000
    assert collection.delete_matching({"n": 1}) == 1000


def test_owners_are_apart(store: KVStore) -> None:
    store.collection("a", "c", "u").insert({"_key": "1"})
    assert store.collection("a", "c").count() == 0
    assert store.collection("b", "c", "u").count() == 0
    assert store.collection("a", "c", "u").count() == 1


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [("number", "5", 5), ("number", "x", None), ("bool", "true", True), ("string", 5, "5"), ("time", 1.5, 1.5)],
)
def test_types(store: KVStore, kind: str, value: Any, kept: Any) -> None:
    loose = store.collection("a", "c", settings={"field.f": kind})
    assert (loose.get(loose.insert({"f": value})) or {}).get("f") == kept
    strict = store.collection("a", "c", settings={"field.f": kind, "enforceTypes": "true"})
    if kept is None:
        with pytest.raises(TypeMismatch):
            strict.insert({"f": value})


def test_batch_find(collection: Collection) -> None:
    collection.batch_save(DOCUMENTS)
    found = collection.batch_find([{"query": {"name": "ann"}}, {"query": {"size": 7}, "fields": "name"}])
    assert [[item["name"] for item in part] for part in found] == [["ann"], ["bob"]]


VALUES = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["a", "b", "3"]))
QUERIES = st.recursive(
    st.one_of(
        st.dictionaries(st.sampled_from("fgn"), VALUES, min_size=1, max_size=2),
        st.builds(
            lambda name, operator, value: {name: {operator: value}},
            st.sampled_from("fgn"),
            st.sampled_from(["$gt", "$gte", "$lt", "$lte", "$ne"]),
            VALUES,
        ),
    ),
    lambda inner: st.builds(
        lambda name, items: {name: items}, st.sampled_from(["$and", "$or"]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(st.sampled_from("fgn"), VALUES, max_size=3), max_size=8), QUERIES)
def test_narrowed_find_equals_the_plain_filter(documents: list[dict[str, Any]], query: dict[str, Any]) -> None:
    store = KVStore(Path(":memory:"))
    collection = store.collection("a", "c", settings={"field.n": "string", "accelerated_fields.x": '{"n": 1}'})
    collection.batch_save([{**item, "_key": str(number)} for number, item in enumerate(documents)])
    test = compile_query(query)
    assert collection.find(query) == [item for item in collection.all() if test(item)]
    store.close()
