"""What outputlookup's options do to files and collections: places, emptying, several values, inserts only."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understudy.storage.test_tables import conf, kv, tables, write
from understudy.conf import Conf
from understudy.spl.errors import RuntimeSplError
from understudy.storage.kv import KVStore

__all__ = ["conf", "kv"]


@pytest.mark.parametrize(
    ("place", "folder"),
    [("app", "apps/a/lookups"), ("user", "users/u/a/lookups"), ("system", "system/lookups")],
)
def test_new_file_goes_to_its_place(conf: Conf, kv: KVStore, place: str, folder: str) -> None:
    admin = tables(conf, kv, "admin")
    write(admin, "new.csv", [{"a": "1"}], place=place)
    assert [path.relative_to(conf.etc).as_posix() for path in conf.etc.rglob("new.csv")] == [f"{folder}/new.csv"]
    assert list(admin.rows("new.csv")) == [{"a": "1"}]


def test_file_that_is_there_stays_where_it_is(conf: Conf, kv: KVStore) -> None:
    admin = tables(conf, kv, "admin")
    write(admin, "new.csv", [{"a": "1"}])
    write(admin, "new.csv", [{"a": "2"}], place="system")
    assert [path.parent.parent.name for path in conf.etc.rglob("new.csv")] == ["a"]


def test_without_rows_a_file_is_emptied_or_taken_away(conf: Conf, kv: KVStore) -> None:
    admin = tables(conf, kv, "admin")
    write(admin, "new.csv", [{"a": "1"}])
    assert write(admin, "new.csv", []) == 0
    assert (conf.etc / "apps" / "a" / "lookups" / "new.csv").read_bytes() == b""
    assert list(admin.rows("new.csv")) == []
    write(admin, "new.csv", [], create_empty=False)
    assert not (conf.etc / "apps" / "a" / "lookups" / "new.csv").exists()


def test_several_values_are_kept_apart_when_told(conf: Conf, kv: KVStore) -> None:
    admin = tables(conf, kv, "admin")
    rows: list[dict[str, Any]] = [{"a": ["x", "y$;$z"], "b": "1"}, {"a": "one"}]
    write(admin, "new.csv", rows, multivalue=True)
    assert list(admin.rows("new.csv")) == rows
    assert list(admin.definition("new.csv").fields) == ["a", "b"]


def test_nothing_is_appended_to_a_compressed_file(conf: Conf, kv: KVStore) -> None:
    admin = tables(conf, kv, "admin")
    write(admin, "new.csv.gz", [{"a": "1"}])
    with pytest.raises(RuntimeSplError, match="compressed"):
        write(admin, "new.csv.gz", [{"a": "2"}], append=True)
    assert list(admin.rows("new.csv.gz")) == [{"a": "1"}]


def test_inserts_only_leave_known_keys_as_they_are(conf: Conf, kv: KVStore) -> None:
    power = tables(conf, kv, "power")
    write(power, "watch", [{"_key": "k1", "who": "ann"}])
    changed = [{"_key": "k1", "who": "eve"}, {"_key": "k2", "who": "bob"}]
    assert write(power, "watch", changed, append=True, insert_only=True) == 1
    assert list(power.rows("watch")) == [{"_key": "k1", "who": "ann"}, {"_key": "k2", "who": "bob"}]
