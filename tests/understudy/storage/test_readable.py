"""Settings of props, transforms and fields that a user may not read do not count in that user's search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.storage.homes import NOW, event
from understudy import access
from understudy.conf import Conf
from understudy.spl import engine
from understudy.spl.model import Context
from understudy.spl.row_events import NoKnowledge, NoTables
from understudy.spl.search_tree import Compare
from understudy.storage.store import Store

PROPS = """
[rec]
KV_MODE = none
TRANSFORMS-a = lib_city
FIELDALIAS-a = lib_city AS city
EXTRACT-b = who (?<who>\\w+)
REPORT-c = lib_pairs
"""
TRANSFORMS = """
[lib_city]
REGEX = city:(\\w+)
FORMAT = lib_city::$1
WRITE_META = true
[lib_pairs]
REGEX = <(\\w+):(\\w+)>
FORMAT = $1::$2
"""
EXPORTED = "export = system\n"
OPEN = "[]\naccess = read : [ * ]\n"


class Bench:
    """An add-on `lib` of one source type, searched by a user of role `analyst` in another app."""

    def __init__(self, home: Path, meta: str) -> None:
        files = {
            "lib/default/props.conf": PROPS,
            "lib/default/transforms.conf": TRANSFORMS,
            "lib/default/fields.conf": "[lib_city]\nINDEXED = true\n",
            "lib/metadata/default.meta": meta,
            "desk/default/app.conf": "[ui]\nis_visible = true\n",
            "desk/default/authorize.conf": "[role_analyst]\nsrchIndexesAllowed = main\nsrchIndexesDefault = main\n",
        }
        for name, text in files.items():
            path = home / "etc" / "apps" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.conf = Conf.load(home / "etc")
        self.store = Store(home / "events.duckdb", self.conf, lambda: NOW)
        assert self.store.ingest([event("city:Leeds who ann <k:v>")]).written == 1

    def context(self) -> Context:
        events = self.store.events_for(access.build(self.conf, "ann", ["analyst"]))
        return Context(events, NoTables(), NoKnowledge(), now=NOW, zone=UTC, app="desk", user="ann")

    def search(self, text: str) -> list[dict[str, Any]]:
        return [dict(row) for row in engine.run(text, self.context()).rows]

    def city_is_known_from_the_index(self) -> bool:
        events = self.store.events_for(access.build(self.conf, "ann", ["analyst"]))
        clause = events.translator(self.context(), ["main"]).translate(Compare("lib_city", "=", "Leeds"))
        return clause is not None and clause.exact


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Any]:
    opened: list[Bench] = []

    def make(meta: str) -> Bench:
        opened.append(Bench(tmp_path, meta))
        return opened[-1]

    yield make
    for each in opened:
        each.store.close()


ALL = {"city": "Leeds", "who": "ann", "k": "v"}


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        pytest.param(f"{OPEN}{EXPORTED}", ALL, id="open and exported"),
        pytest.param(f"{OPEN}export = none\n", {}, id="not exported"),
        pytest.param(f"[]\naccess = read : [ admin ]\n{EXPORTED}", {}, id="app for administrators"),
        pytest.param(
            f"[]\naccess = read : [ admin ]\n[props]\naccess = read : [ * ]\n{EXPORTED}",
            {},
            id="app closed, props open",
        ),
        pytest.param(f"{OPEN}{EXPORTED}[props]\naccess = read : [ admin ]\n", {}, id="props for administrators"),
        pytest.param(
            f"{OPEN}{EXPORTED}[props/rec/EXTRACT-b]\naccess = read : [ admin ]\n",
            {"city": "Leeds", "k": "v"},
            id="one setting for administrators",
        ),
        pytest.param(
            f"{OPEN}{EXPORTED}[transforms/lib_pairs]\naccess = read : [ admin ]\n",
            {"city": "Leeds", "who": "ann"},
            id="one transform for administrators",
        ),
    ],
)
def test_a_search_has_the_fields_of_settings_that_its_user_may_read(made: Any, meta: str, expected: Any) -> None:
    bench = made(meta)
    assert bench.search("index=main | table city who k") == [expected]
    found = bench.search("index=main city=leeds | table city")
    assert found == ([{"city": "Leeds"}] if "city" in expected else [])


@pytest.mark.parametrize(
    ("meta", "known"),
    [
        pytest.param(f"{OPEN}{EXPORTED}", True, id="open"),
        pytest.param(f"{OPEN}{EXPORTED}[fields]\naccess = read : [ admin ]\n", False, id="category closed"),
        pytest.param(f"{OPEN}{EXPORTED}[fields/lib_city]\naccess = read : [ admin ]\n", False, id="field closed"),
    ],
)
def test_a_field_is_known_as_indexed_to_those_who_may_read_fields_conf(made: Any, meta: str, known: bool) -> None:
    assert made(meta).city_is_known_from_the_index() is known
