"""What is too large for one request to the KV store takes several, and an answer that was cut is no last page."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from benchmarks.chunk_driver import BIN
from minerva.documents import find_all

sys.path.insert(0, str(BIN))

import minerva_app_splunkd
from minerva_app_splunkd import KvCollection, SplunkdError
from splunklib.binding import HTTPError


class Reply:
    """An answer of splunkd as its client gives it."""

    def __init__(self, status: int, payload: Any) -> None:
        self.status, self.reason = status, ""
        self.headers: list[tuple[str, str]] = []
        self.body = io.BytesIO(json.dumps(payload).encode())


class SmallStore:
    """A KV store whose answers and batches have at most `most` bytes. `cuts`: instead of refusing it cuts answers,
    those to several queries to fewer (`shorter`) or to empty ones (`emptied`)."""

    def __init__(self, most: int, cuts: str = "") -> None:
        self.most, self.cuts = most, cuts
        self.rows: dict[str, dict[str, Any]] = {}
        self.batches: list[int] = []

    def get(self, path: str, query: str, limit: int, skip: int, sort: str = "") -> Reply:
        found = [self.rows[key] for key in sorted(self.rows)][skip : skip + (limit or 50_000)]
        return self._sized(found)

    def post(self, path: str, headers: list[tuple[str, str]], body: bytes) -> Reply:
        if len(body) > self.most:
            raise HTTPError(Reply(400, {"messages": [{"text": "too large"}]}))
        given = json.loads(body)
        if path.endswith("batch_find"):
            return self._batch([self._found(**each) for each in given])
        self.batches.append(len(given))
        self.rows.update((row["_key"], row) for row in given)
        return Reply(200, [row["_key"] for row in given])

    def _found(self, query: dict[str, str], limit: int, skip: int = 0, sort: str = "") -> list[dict[str, Any]]:
        key = query.get("_key")
        found = [self.rows[each] for each in sorted(self.rows) if key in (None, each)]
        return found[skip : skip + (limit or 50_000)]

    def _batch(self, found: list[list[Any]]) -> Reply:
        if self.cuts != "emptied":
            return self._sized(found)
        while len(found) == 1 and len(json.dumps(found)) > self.most:
            found[0].pop()
        for at in reversed(range(len(found))):
            if len(json.dumps(found)) > self.most:
                found[at] = []
        return Reply(200, found)

    def _sized(self, found: list[Any]) -> Reply:
        while len(json.dumps(found)) > self.most:
            if not self.cuts:
                raise HTTPError(Reply(413, {"messages": [{"text": "too large"}]}))
            found = found[:-1]
        return Reply(200, found)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minerva_app_splunkd, "BATCH_BYTES", 8_000)
    monkeypatch.setattr(minerva_app_splunkd, "CUT_BYTES", 5_000)


def filled(store: SmallStore, count: int) -> KvCollection:
    collection = KvCollection(store, "entities")
    collection.batch_save([{"_key": f"{number:04d}", "text": "x" * 300} for number in range(count)])
    return collection


@pytest.mark.parametrize("cuts", ["shorter", "emptied", ""])
def test_all_documents_are_read_however_large_they_are_together(cuts: str) -> None:
    store = SmallStore(10_000, cuts)
    collection = filled(store, 200)
    assert sum(store.batches) == 200
    assert len(store.batches) > 5
    assert [row["_key"] for row in find_all(collection, {})] == [f"{number:04d}" for number in range(200)]
    assert len(collection.find({}, sort="_key:1")) == 200
    assert [row["_key"] for row in collection.find({}, sort="_key:1", limit=70, skip=100)][-1] == "0169"
    named = collection.find({"identifier": "phone:+14155550123"}, sort="_key:1", limit=200)
    assert [row["_key"] for row in named] == [f"{number:04d}" for number in range(200)]
    keys = ["0003", "none", *(f"{number:04d}" for number in range(90, 180))]
    found = collection.get_many(keys)
    assert [row and row["_key"] for row in found] == ["0003", None, *keys[2:]]
    assert (collection.get("0005") or {})["_key"] == "0005"
    assert collection.get("none") is None


def test_a_document_that_alone_is_too_large_says_so() -> None:
    store = SmallStore(10_000)
    collection = filled(store, 3)
    store.rows["0001"]["text"] = "x" * 20_000
    with pytest.raises(HTTPError):
        collection.find({}, sort="_key:1")
    with pytest.raises(HTTPError):
        collection.get("0001")


def test_an_answer_to_no_query_is_no_document_that_is_not_there() -> None:
    store = SmallStore(10_000, "shorter")
    collection = filled(store, 1)
    store._batch = lambda found: Reply(200, [])  # type: ignore[method-assign]
    with pytest.raises(SplunkdError, match="cut"):
        collection.get("0000")
    with pytest.raises(SplunkdError, match="cut"):
        collection.find({"identifier": "x"}, limit=1)


class Asked:
    """A splunkd that notes what it is asked."""

    def __init__(self) -> None:
        self.urls: list[dict[str, Any]] = []
        self.bodies: list[Any] = []

    def get(self, path: str, **options: Any) -> Reply:
        self.urls.append(options)
        return Reply(200, [])

    def post(self, path: str, headers: list[tuple[str, str]], body: bytes) -> Reply:
        self.bodies.append(json.loads(body))
        return Reply(200, [[]])


def test_fields_are_asked_for_and_a_key_that_pages_go_on_from_stands_in_no_url() -> None:
    splunkd = Asked()
    collection = KvCollection(splunkd, "members")
    collection.find({"tenant_id": "river"}, fields=("size", "kinds"))
    collection.find({"tenant_id": "river", "_key": {"$gt": "river:phone:+14155550123"}}, fields=("size",))
    assert [each["fields"] for each in splunkd.urls] == ["_key,size,kinds"]
    assert [each["fields"] for (each,) in splunkd.bodies] == ["_key,size"]
