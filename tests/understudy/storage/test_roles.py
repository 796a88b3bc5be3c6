"""Roles hold at every read: search, tstats, metadata, eventcount, whatever the text says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understudy.storage.homes import context, event, make_store
from understudy.spl import engine
from understudy.storage.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("roles")
    made = make_store(home)
    made.ingest(
        [
            event("own word", "x", index="north", source="own"),
            event("foreign word", "x", index="river", source="foreign"),
            event("main word", "x", index="main", source="main"),
            event("main other", "y", index="main", source="other"),
            event("internal word", "x", index="_internal", source="internal"),
        ]
    )
    yield made
    made.close()


TEXTS = [
    "*",
    "word",
    "index=*",
    "index=* OR word",
    "index=river OR index=north",
    "NOT index=north OR word",
    "index!=river",
    "(index=river) OR (index=_*) OR word",
    'index IN (river, north, "_internal")',
    "source=foreign OR source=own",
    "NOT (index=north NOT word)",
]


@pytest.mark.parametrize("pushdown", [True, False], ids=["pushdown", "rows"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "surface",
    [
        pytest.param("{text} | stats values(source) as s", id="search"),
        pytest.param("| tstats values(source) as s where {text}", id="tstats"),
        pytest.param("| makeresults | append [search {text}] | stats values(source) as s", id="append"),
    ],
)
def test_analyst_of_one_index_sees_nothing_else(store: Store, surface: str, text: str, pushdown: bool) -> None:
    store.pushdown = pushdown
    found = list(engine.run(surface.format(text=text), context(store, ["north"])).rows)
    assert {row.get("s", "own") for row in found if row} <= {"own"}


@pytest.mark.parametrize(
    ("roles", "text", "sources"),
    [
        pytest.param(["north"], "word", "own", id="default-index"),
        pytest.param(["user"], "word", "main", id="user-default-is-main"),
        pytest.param(["user"], "index=* word", ["foreign", "main", "own"], id="star-leaves-internal-out"),
        pytest.param(["admin"], "index=_*", "internal", id="admin-internal"),
        pytest.param(["filtered"], "index=*", ["foreign", "main", "own"], id="filter-holds"),
        pytest.param(["filtered"], "index=* (sourcetype=y OR *)", ["foreign", "main", "own"], id="filter-is-not-text"),
    ],
)
@pytest.mark.parametrize("search", ["{} | stats values(source) as s", "| tstats values(source) as s where {}"])
def test_roles_decide_what_is_found(
    store: Store, search: str, roles: list[str], text: str, sources: str | list[str]
) -> None:
    store.pushdown = True
    assert list(engine.run(search.format(text), context(store, roles)).rows) == [{"s": sources}]


def test_metadata_and_eventcount_show_visible_indexes_only(store: Store) -> None:
    rows = list(engine.run("| metadata type=sources index=*", context(store, ["north"])).rows)
    assert [row["source"] for row in rows] == ["own"]
    rows = list(engine.run("| eventcount summarize=false index=* index=_*", context(store, ["north"])).rows)
    assert [row["index"] for row in rows] == ["north"]
    filtered = list(engine.run("| metadata type=sources", context(store, ["filtered"])).rows)
    assert [row["source"] for row in filtered] == ["main"]


@pytest.mark.parametrize("pushdown", [True, False], ids=["pushdown", "rows"])
def test_filter_over_fields_that_are_not_indexed_opens_nothing_to_reads_of_the_index(
    store: Store, pushdown: bool
) -> None:
    store.pushdown = pushdown
    store.conf.write("authorize", "role_unlike", {"srchIndexesAllowed": "*", "srchFilter": "NOT word=x"}, "a")
    for search in ("| tstats count where index=* by source", "| metadata type=sources index=*"):
        assert list(engine.run(search, context(store, ["unlike"])).rows) == []
    assert len(list(engine.run("index=* NOT index=_*", context(store, ["unlike"])).rows)) == 4
