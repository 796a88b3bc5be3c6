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
from minerva_app_splunkd import KvCollection
from splunklib.binding import HTTPError


class Reply:
    """An answer of splunkd as its client gives it."""

    def __init__(self, status: int, payload: Any) -> None:
        self.status, self.reason = status, ""
        self.headers: list[tuple[str, str]] = []
        self.body = io.BytesIO(json.dumps(payload).encode())


class SmallStore:
    """A KV store whose answers and batches have at most `most` bytes. `cuts`: it cuts answers instead of refusing."""

    def __init__(self, most: int, cuts: bool = False) -> None:
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
            keys = [each["query"]["_key"] for each in given]
            return self._sized([[self.rows[key]] if key in self.rows else [] for key in keys], whole=True)
        self.batches.append(len(given))
        self.rows.update((row["_key"], row) for row in given)
        return Reply(200, [row["_key"] for row in given])

    def _sized(self, found: list[Any], whole: bool = False) -> Reply:
        while len(json.dumps(found)) > self.most:
            if whole or not self.cuts:
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


@pytest.mark.parametrize("cuts", [True, False], ids=["cuts", "refuses"])
def test_all_documents_are_read_however_large_they_are_together(cuts: bool) -> None:
    store = SmallStore(10_000, cuts)
    collection = filled(store, 200)
    assert sum(store.batches) == 200
    assert len(store.batches) > 5
    assert [row["_key"] for row in find_all(collection, {})] == [f"{number:04d}" for number in range(200)]
    assert len(collection.find({}, sort="_key:1")) == 200
    assert [row["_key"] for row in collection.find({}, sort="_key:1", limit=70, skip=100)][-1] == "0169"
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
