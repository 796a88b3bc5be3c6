"""Lookups by file and over KV collections, and who may read and write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from understudy import access
from understudy.conf import Conf
from understudy.spl.errors import MissingError, RuntimeSplError, UnsupportedError
from understudy.storage.kv import KVStore
from understudy.storage.tables import AppTables

TRANSFORMS = """
[places]
filename = places.csv
max_matches = 1
min_matches = 1
default_match = none
case_sensitive_match = false
match_type = WILDCARD(city), CIDR(net)
[watch]
external_type = kvstore
collection = watch_docs
fields_list = _key, who, note, in.side
[scripted]
external_cmd = x.py a b
fields_list = a, b
[shut]
filename = shut.csv
"""
META = (
    "[]\naccess = read : [ * ], write : [ admin ]\n[lookups/shut.csv]\naccess = read : [ admin ]\n"
    "[collections/watch_docs]\naccess = read : [ power ], write : [ power ]\n"
)


@pytest.fixture
def conf(tmp_path: Path) -> Conf:
    app = tmp_path / "etc" / "apps" / "a"
    for name in ("default", "lookups", "metadata"):
        (app / name).mkdir(parents=True)
    (app / "default" / "transforms.conf").write_text(TRANSFORMS, encoding="utf-8")
    (app / "default" / "collections.conf").write_text("[watch_docs]\nfield.n = number\n", encoding="utf-8")
    (app / "metadata" / "default.meta").write_text(META, encoding="utf-8")
    (app / "lookups" / "places.csv").write_text('city,net,size\nBe*,10.0.0.0/8,\n"Two, words",,2\n', encoding="utf-8")
    (app / "lookups" / "shut.csv").write_text("a\n1\n", encoding="utf-8")
    return Conf.load(tmp_path / "etc")


@pytest.fixture
def kv(tmp_path: Path) -> Iterator[KVStore]:
    made = KVStore(tmp_path / "kv.sqlite")
    yield made
    made.close()


def tables(conf: Conf, kv: KVStore, *roles: str, app: str = "a") -> AppTables:
    return AppTables(conf, kv, access.build(conf, "u", roles), app)


def write(target: AppTables, name: str, rows: list[dict[str, Any]], **options: Any) -> int:
    return target.write(name, rows, **{"append": False, "key_field": None, "create_empty": True, **options})


def test_file_lookup_is_read_with_its_settings(conf: Conf, kv: KVStore) -> None:
    found = tables(conf, kv, "user")
    definition = found.definition("places")
    assert (definition.max_matches, definition.min_matches, definition.default_match) == (1, 1, "none")
    assert (definition.case_sensitive, definition.fields) == (False, ["city", "net", "size"])
    assert definition.match_types == {"city": "WILDCARD", "net": "CIDR"}
    expected = [{"city": "Be*", "net": "10.0.0.0/8"}, {"city": "Two, words", "size": "2"}]
    assert list(found.rows("places")) == list(found.rows("places.csv")) == expected


@pytest.mark.parametrize(
    ("name", "roles", "app"),
    [
        pytest.param("nowhere", ("admin",), "a", id="absent"),
        pytest.param("shut", ("user",), "a", id="file-closed-to-the-role"),
        pytest.param("shut.csv", ("user",), "a", id="file-name-closed-to-the-role"),
        pytest.param("watch", ("user",), "a", id="collection-closed-to-the-role"),
        pytest.param("places", ("user",), "b", id="not-exported-to-another-app"),
        pytest.param("../metadata/default.meta", ("admin",), "a", id="no-path-leaves-the-folder"),
    ],
)
def test_what_may_not_be_read_is_not_found(
    conf: Conf, kv: KVStore, name: str, roles: tuple[str, ...], app: str
) -> None:
    with pytest.raises(MissingError, match="not found"):
        tables(conf, kv, *roles, app=app).definition(name)
    with pytest.raises(MissingError, match="not found"):
        list(tables(conf, kv, *roles, app=app).rows(name))


def test_other_kinds_of_lookup_are_refused(conf: Conf, kv: KVStore) -> None:
    with pytest.raises(UnsupportedError):
        tables(conf, kv, "admin").definition("scripted")


def test_file_is_replaced_appended_and_made(conf: Conf, kv: KVStore) -> None:
    admin = tables(conf, kv, "admin")
    assert write(admin, "new.csv", [{"a": "1", "b": ["x", "y"]}]) == 1
    assert list(admin.rows("new.csv")) == [{"a": "1", "b": "x y"}]
    assert write(admin, "new.csv", [{"a": "2", "c": "lost"}], append=True) == 1
    assert list(admin.rows("new.csv")) == [{"a": "1", "b": "x y"}, {"a": "2"}]
    write(admin, "new.csv", [{"c": "3"}])
    assert list(admin.rows("new.csv")) == [{"c": "3"}]
    assert [path.name for path in (conf.etc / "apps" / "a" / "lookups").iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["places", "places.csv", "new.csv"])
def test_writing_needs_permission(conf: Conf, kv: KVStore, name: str) -> None:
    with pytest.raises(RuntimeSplError, match="no permission"):
        write(tables(conf, kv, "user"), name, [{"a": "1"}])


def test_collection_lookup_keys_append_and_replacement(conf: Conf, kv: KVStore) -> None:
    power = tables(conf, kv, "power")
    write(
        power, "watch", [{"who": "ann", "note": "n1", "other": "left out", "_key": "k1"}, {"who": "bob", "_key": "k2"}]
    )
    assert list(power.rows("watch")) == [{"_key": "k1", "who": "ann", "note": "n1"}, {"_key": "k2", "who": "bob"}]
    write(power, "watch", [{"_key": "k2", "who": "cid"}], append=True)
    assert [row["who"] for row in power.rows("watch")] == ["ann", "cid"]
    write(power, "watch", [{"id": "k1", "who": "dan"}], key_field="id", append=True)
    assert [row["who"] for row in power.rows("watch")] == ["dan", "cid"]
    write(power, "watch", [{"who": "eve"}])
    assert [row["who"] for row in power.rows("watch")] == ["eve"]
