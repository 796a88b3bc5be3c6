"""storage/collections/data over REST: queries, fields, sort, limits of limits.conf, types, owners, deny-lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.access.world import document, rest
from tests.understudy.staging import ADMIN, PASSWORD, make_stage
from understudy.spl.errors import RuntimeSplError
from understudy.stage import Stage
from understudy.storage.tables import AppTables

DATA = "storage/collections/data/c"
DOCUMENTS: list[dict[str, Any]] = [
    {"_key": "1", "name": "ann", "size": 5, "tags": ["x", "y"], "in": {"side": 1}},
    {"_key": "2", "name": "bob", "size": 7},
    {"_key": "3", "name": "cid", "size": 7, "flag": True},
    {"_key": "4", "name": "dan"},
]
CONF = {
    "collections": "[c]\n[typed]\nfield.n = number\nfield.b = bool\nenforceTypes = true\n[off]\ndisabled = 1\n"
    '[loose]\nfield.n = number\naccelerated_fields.one = {"n": 1}\naccelerated_fields.bad = no JSON\n'
    "replicate = true\n",
    "transforms": "[t]\nexternal_type = kvstore\ncollection = c\nfields_list = _key, name, size\n"
    "[big]\nexternal_type = kvstore\ncollection = c\nfields_list = _key, name, size\n"
    "filter = size>6\nmax_matches = 1\n",
    "authorize": "[role_writer]\nimportRoles = user\n[role_base]\nkvstore_update.implicit_deny_list = c\n"
    "kvstore_delete.deny_list = c\n[role_heir]\nimportRoles = writer;base\n"
    "[role_no_create]\nimportRoles = user\nkvstore_create.deny_list = c;other\n",
    "limits": "[kvstore]\nmax_documents_per_batch_save = 3\nmax_queries_per_batch = 2\nmax_rows_per_query = 3\n"
    "max_size_per_batch_save_mb = 1\nmax_size_per_result_mb = 1\n",
}


def make(home: Path) -> Stage:
    app = home / "etc" / "apps" / "a"
    for part in ("default", "metadata"):
        (app / part).mkdir(parents=True)
    for name, text in CONF.items():
        (app / "default" / f"{name}.conf").write_text(text, encoding="utf-8")
    (app / "metadata" / "default.meta").write_text("[]\naccess = read : [ * ], write : [ * ]\n", encoding="utf-8")
    made = make_stage(home)
    for name in ("writer", "heir", "no_create", "base"):
        made.create_user(name, PASSWORD, [name])
    made.kv.collection("a", "c").save_all(DOCUMENTS)
    return made


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with make(tmp_path / "home") as made:
        yield made


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage for tests that only read."""
    with make(tmp_path_factory.mktemp("kv") / "home") as made:
        yield made


def keys(answer: Any) -> list[str]:
    assert answer.status_code == 200, bytes(answer.body)
    return [item["_key"] for item in document(answer)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({"query": '{"size":{"$gt":5}}'}, ["2", "3"], id="gt"),
        pytest.param({"query": '{"size":{"$gte":5,"$lt":7}}'}, ["1"], id="range"),
        pytest.param({"query": '{"size":{"$lte":5}}'}, ["1"], id="lte"),
        pytest.param({"query": '{"name":{"$ne":"ann"}}'}, ["2", "3", "4"], id="ne"),
        pytest.param({"query": '{"$or":[{"name":"ann"},{"flag":true}]}'}, ["1", "3"], id="or"),
        pytest.param({"query": '{"$and":[{"size":7},{"name":"bob"}]}'}, ["2"], id="and"),
        pytest.param({"query": '{"$not":{"size":7}}'}, ["1", "4"], id="not"),
        pytest.param({"query": '{"size":{"$not":{"$gt":5}}}'}, ["1", "4"], id="not-of-an-operator"),
        pytest.param({"query": '{"tags":"x"}'}, ["1"], id="array-holds"),
        pytest.param({"query": '{"in.side":1}'}, ["1"], id="dotted"),
        pytest.param({"query": '{"_key":"4"}'}, ["4"], id="key"),
        pytest.param({"sort": "size:-1,name"}, ["2", "3", "1"], id="sort-and-most-rows"),
        pytest.param({"sort": "name:-1", "limit": "2"}, ["4", "3"], id="limit"),
        pytest.param({"sort": "name", "limit": "2", "skip": "2"}, ["3", "4"], id="skip"),
        pytest.param({"limit": "100"}, ["1", "2", "3"], id="max-rows-per-query"),
    ],
)
def test_query(unchanged: Stage, values: dict[str, str], found: list[str]) -> None:
    assert keys(rest(unchanged, ADMIN, "GET", DATA, **values)) == found


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        pytest.param("name,size", {"name", "size", "_key"}, id="included"),
        pytest.param("name,_key:0", {"name"}, id="without-key"),
        pytest.param("name:0,tags:0,in:0", {"size", "_key", "_user"}, id="excluded"),
    ],
)
def test_fields(unchanged: Stage, fields: str, shown: set[str]) -> None:
    found = document(rest(unchanged, ADMIN, "GET", DATA, fields=fields, query='{"_key":"1"}'))
    assert set(found[0]) == shown


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"query": "{"}, id="no-json"),
        pytest.param({"query": "[1]"}, id="no-object"),
        pytest.param({"query": '{"name":{"$regex":"a"}}'}, id="operator-not-documented"),
        pytest.param({"query": '{"$or":{}}'}, id="or-of-no-list"),
        pytest.param({"fields": "a,b:0"}, id="included-and-excluded"),
        pytest.param({"sort": "name:2"}, id="sort-direction"),
        pytest.param({"limit": "x"}, id="limit-no-number"),
        pytest.param({"skip": "-1"}, id="skip-negative"),
    ],
)
def test_what_cannot_be_asked_is_a_bad_request(unchanged: Stage, values: dict[str, str]) -> None:
    assert rest(unchanged, ADMIN, "GET", DATA, **values).status_code == 400


def test_batch_save_is_whole_or_not_at_all_and_limited(stage: Stage) -> None:
    assert (
        document(rest(stage, ADMIN, "POST", f"{DATA}/batch_save", [{"_key": "1", "name": "eve"}, {"n": 1}]))[0] == "1"
    )
    assert document(rest(stage, ADMIN, "GET", f"{DATA}/1")) == {"_key": "1", "_user": "nobody", "name": "eve"}
    before = stage.kv.collection("a", "c").count()
    refused = rest(stage, ADMIN, "POST", f"{DATA}/batch_save", [{"n": n} for n in range(4)])
    assert (refused.status_code, b"max_documents_per_batch_save" in refused.body) == (400, True)
    refused = rest(stage, ADMIN, "POST", f"{DATA}/batch_save", [{"n": "x" * 600_000}] * 2)
    assert (refused.status_code, b"max_size_per_batch_save_mb" in refused.body) == (400, True)
    typed = "storage/collections/data/typed/batch_save"
    assert rest(stage, ADMIN, "POST", typed, [{"n": 1}, {"n": "no number"}]).status_code == 400
    assert stage.kv.collection("a", "c").count() == before
    assert stage.kv.collection("a", "typed").count() == 0


def test_batch_find_answers_each_query_and_is_limited(stage: Stage) -> None:
    queries = [{"query": {"size": 7}, "sort": "name:-1", "fields": ["name"]}, {"limit": 1, "skip": 1}]
    found = document(rest(stage, ADMIN, "POST", f"{DATA}/batch_find", queries))
    assert [[item["_key"] for item in part] for part in found] == [["3", "2"], ["2"]]
    assert rest(stage, ADMIN, "POST", f"{DATA}/batch_find", [{}] * 3).status_code == 400
    assert rest(stage, ADMIN, "POST", f"{DATA}/batch_find", [{"where": {}}]).status_code == 400
    assert rest(stage, ADMIN, "POST", f"{DATA}/batch_find", {"query": {}}).status_code == 400


def test_result_larger_than_its_limit_is_refused(stage: Stage) -> None:
    stage.kv.collection("a", "c").save_all([{"_key": f"big{n}", "text": "x" * 600_000} for n in range(2)])
    assert rest(stage, ADMIN, "GET", DATA, query='{"text":{"$gt":""}}').status_code == 400
    assert keys(rest(stage, ADMIN, "GET", DATA, query='{"text":{"$gt":""}}', fields="_key")) == ["big0", "big1"]


def test_types_are_enforced_or_the_field_is_dropped(stage: Stage) -> None:
    strict, loose = "storage/collections/data/typed", "storage/collections/data/loose"
    assert rest(stage, ADMIN, "POST", strict, {"n": "no number"}).status_code == 400
    assert rest(stage, ADMIN, "POST", strict, {"_key": "k", "n": "5", "b": "true"}).status_code == 201
    assert document(rest(stage, ADMIN, "GET", f"{strict}/k")) == {"_key": "k", "_user": "nobody", "n": 5, "b": True}
    assert rest(stage, ADMIN, "POST", loose, {"_key": "k", "n": "no number", "m": 1}).status_code == 201
    assert document(rest(stage, ADMIN, "GET", f"{loose}/k")) == {"_key": "k", "_user": "nobody", "m": 1}


def test_owners_are_apart_and_shared_adds_what_is_nobodys(stage: Stage) -> None:
    assert rest(stage, "writer", "POST", DATA, {"_key": "own"}, owner="writer").status_code == 201
    assert keys(rest(stage, "writer", "GET", DATA, owner="writer")) == ["own"]
    query = '{"_key":{"$gte":"4"}}'
    assert keys(rest(stage, "writer", "GET", DATA, owner="writer", shared="true", query=query)) == ["4", "own"]
    assert keys(rest(stage, "writer", "GET", DATA, query=query)) == ["4"]
    assert rest(stage, "heir", "GET", DATA, owner="writer").status_code == 403


def test_keys_that_are_taken_absent_or_deleted(stage: Stage) -> None:
    assert rest(stage, ADMIN, "POST", DATA, {"_key": "1"}).status_code in (400, 409)
    assert rest(stage, ADMIN, "POST", f"{DATA}/absent", {"a": 1}).status_code == 404
    assert rest(stage, ADMIN, "DELETE", f"{DATA}/absent").status_code == 404
    assert rest(stage, ADMIN, "DELETE", f"{DATA}/1").status_code == 200
    assert rest(stage, ADMIN, "GET", f"{DATA}/1").status_code == 404
    assert rest(stage, ADMIN, "GET", "storage/collections/data/off").status_code == 404


@pytest.mark.parametrize(
    ("user", "refused"),
    [
        pytest.param("writer", set(), id="no-list"),
        pytest.param("base", {"update", "delete", "search-update", "search-replace"}, id="both-lists-of-the-role"),
        pytest.param("heir", {"update", "search-update"}, id="only-the-implicit-list-is-inherited"),
        pytest.param("no_create", {"create", "batch-create", "search-create", "search-replace"}, id="create"),
    ],
)
def test_deny_lists(stage: Stage, user: str, refused: set[str]) -> None:
    tables = AppTables(stage.conf, stage.kv, stage.access(user), "a")

    def written(key: str, append: bool) -> bool:
        try:
            tables.write("t", [{"_key": key, "name": "z"}], append=append, key_field=None, create_empty=True)
        except RuntimeSplError as error:
            return "denies" not in error.message
        return True

    def posted(tail: str, body: Any) -> bool:
        return rest(stage, user, "POST", f"{DATA}{tail}", body).status_code != 403

    allowed = {
        "update": posted("/2", {"name": "z"}),
        "create": posted("", {"name": "z"}),
        "batch-create": posted("/batch_save", [{"name": "z"}]),
        "search-update": written("2", append=True),
        "search-create": written("new", append=True),
        "delete": rest(stage, user, "DELETE", f"{DATA}/3").status_code != 403,
        "search-replace": written("9", append=False),
    }
    assert {name for name, may in allowed.items() if not may} == refused


def test_lookups_over_a_collection(stage: Stage) -> None:
    def search(text: str) -> list[dict[str, Any]]:
        return list(stage.search(text, ADMIN, app="a").rows)

    assert [row["name"] for row in search("| inputlookup big")] == ["bob", "cid"]
    assert [row["name"] for row in search("| inputlookup t max=2 where name!=ann")] == ["bob", "cid"]
    assert [row["name"] for row in search("| inputlookup t start=3")] == ["dan"]
    assert search("| makeresults | eval size=7 | lookup big size OUTPUT name | table name") == [{"name": "bob"}]
    search('| makeresults | eval id="2", name="rob", size=8 | outputlookup t key_field=id')
    search('| makeresults | eval name="new", size=9 | outputlookup append=true t')
    assert sorted(row["name"] for row in search("| inputlookup t")) == ["ann", "cid", "dan", "new", "rob"]


@pytest.mark.parametrize("path", [f"/servicesNS/nobody/a/{DATA}", f"/servicesNS/nobody/a/{DATA}/1"])
def test_the_rest_command_reads_no_documents(unchanged: Stage, path: str) -> None:
    with pytest.raises(RuntimeSplError, match="no feed of entries"):
        unchanged.search(f"| rest {path} strict=true", ADMIN)
