"""`python -m understudy search`: rows in, rows out, batches, errors with their kind."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from understudy.spl.command_line import main

LINES = [
    {
        "_time": 3,
        "_raw": "one",
        "user": {"name": "Bob"},
        "tags": ["a", "b"],
        "x": [{"y": 1}, {"y": 2}],
        "ok": True,
        "no": None,
    },
    {"_time": 2, "index": "main", "tags{}": ["c"], "price": 1.5},
    {"user": {"name": "Amy"}, "deep": {"list": [7, 8]}},
]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LINES) + "\n\n", encoding="utf-8")
    return path


def call(rows: Path, *words: str) -> tuple[int, list[Any], str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(["--rows", str(rows), "--now", "100", *words], out, err)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_arrays_are_multivalues_and_nested_names_are_as_spath_makes_them(rows: Path) -> None:
    code, found, err = call(rows, "--search", "*")
    assert (code, err) == (0, "")
    assert found == [
        {"_time": 3, "_raw": "one", "user.name": "Bob", "tags": ["a", "b"], "x{}.y": [1, 2], "ok": "true"},
        {"_time": 2, "index": "main", "tags{}": "c", "price": 1.5},
        {"user.name": "Amy", "deep.list{}": [7, 8]},
    ]


def test_generating_command_ignores_the_rows(rows: Path) -> None:
    assert call(rows, "--search", "| makeresults | eval a=1")[1] == [{"_time": 100, "a": 1}]


def test_index_matches_the_rows_own_field(rows: Path) -> None:
    assert len(call(rows, "--search", "index=main")[1]) == 1


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("tags=b | table tags", [{"tags": ["a", "b"]}]),
        ("tags{}=b | table tags{}", [{"tags{}": ["a", "b"]}]),
        ("tags{}=b | fields tags tags{} | fields - _*", [{"tags": ["a", "b"]}]),
        ("tags=c | table tags", [{"tags": "c"}]),
        ("| stats count by tags{}", [{"tags{}": name, "count": 1} for name in "abc"]),
        ("_time=3 | mvexpand tags | table tags", [{"tags": "a"}, {"tags": "b"}]),
        ("* | where 'tags{}'=\"b\" | eval n=mvcount(tags) | table n", [{"n": 2}]),
        ("_time=3 | fields x* | fields - _*", [{"x{}.y": [1, 2]}]),
        ("* | search deep.list{}=7 | table deep.list{}", [{"deep.list{}": [7, 8]}]),
        ("deep.list=8 | table deep.list", [{"deep.list": [7, 8]}]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_array_may_be_read_by_both_its_names(rows: Path, search: str, expected: list[Any]) -> None:
    if search.startswith("|"):
        search = f"* {search}"
    assert call(rows, "--search", search)[1] == expected


def test_time_range_leaves_out_rows_without_time(rows: Path) -> None:
    assert [row["_time"] for row in call(rows, "--search", "earliest=1 | table _time")[1]] == [3, 2]


@pytest.mark.parametrize(
    ("search", "kind"),
    [
        ("* | nope", "unsupported"),
        ("(", "syntax"),
        ("`m`", "missing"),
        ("| inputlookup gone", "missing"),
        ('* | map search="x=$z$"', "runtime"),
    ],
)
def test_failing_search_writes_its_kind_and_exits_2(rows: Path, search: str, kind: str) -> None:
    code, found, err = call(rows, "--search", search)
    assert (code, found) == (2, [])
    assert json.loads(err)["kind"] == kind


def test_batch_answers_each_line_in_order(rows: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    queries = [
        {"id": 1, "search": "index=main | table price"},
        {"id": "b", "search": "* | nope"},
        {"id": 3, "search": "| tstats count"},
    ]
    batch.write_text("\n".join(map(json.dumps, queries)) + "\nnot json\n", encoding="utf-8")
    code, found, err = call(rows, "--batch", str(batch))
    assert (code, err) == (0, "")
    assert found[0] == {"id": 1, "rows": [{"price": 1.5}]}
    assert (found[1]["id"], found[1]["kind"]) == ("b", "unsupported")
    assert found[2] == {"id": 3, "rows": [{"count": 3}]}
    assert (found[3]["id"], found[3]["kind"]) == (None, "syntax")


def test_broken_rows_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a":1}\n[1]\n', encoding="utf-8")
    code, found, err = call(path, "--search", "*")
    assert (code, found) == (2, [])
    assert "line 2" in err


@pytest.fixture
def known(tmp_path: Path) -> str:
    path = tmp_path / "known.csv"
    path.write_text('name,note,code\nBob,"first, best",\nAmy,,7\n', encoding="utf-8")
    return f"people={path}"


def test_lookup_of_a_file_is_read_under_its_name(rows: Path, known: str) -> None:
    found = call(rows, "--lookup", known, "--search", "| inputlookup people")
    assert found == (0, [{"name": "Bob", "note": "first, best"}, {"name": "Amy", "code": "7"}], "")
    joined = '* | rename user.name as name | lookup people name OUTPUT note code | where code=7 OR note="first, best"'
    code, found_rows, _ = call(rows, "--lookup", known, "--search", f"{joined} | table name note code")
    assert (code, found_rows) == (0, [{"name": "Bob", "note": "first, best"}, {"name": "Amy", "code": "7"}])


def test_lookups_reach_the_searches_of_a_batch(rows: Path, known: str, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(json.dumps({"id": 1, "search": "| inputlookup people | stats count"}), encoding="utf-8")
    assert call(rows, "--lookup", known, "--batch", str(batch))[1] == [{"id": 1, "rows": [{"count": 2}]}]


@pytest.mark.parametrize(
    ("search", "kind", "told"),
    [
        ("| inputlookup others", "missing", "--lookup others=FILE.csv"),
        ("* | outputlookup people", "unsupported", "not written"),
        ("| inputlookup gone", "runtime", "gone.csv"),
    ],
)
def test_lookup_that_cannot_be_used_says_why(rows: Path, known: str, search: str, kind: str, told: str) -> None:
    gone = f"gone={rows.with_name('gone.csv')}"
    code, found, err = call(rows, "--lookup", known, "--lookup", gone, "--search", search)
    assert (code, found, json.loads(err)["kind"]) == (2, [], kind)
    assert told in json.loads(err)["error"]


@pytest.mark.parametrize("text", ["people", "=file.csv", "people="])
def test_lookup_is_a_name_and_a_file(rows: Path, text: str) -> None:
    with pytest.raises(SystemExit):
        call(rows, "--lookup", text, "--search", "*")


@pytest.mark.parametrize("search", ["| stats count by index", "| stats count", "| timechart count", "  | top index"])
def test_search_that_reads_no_rows_says_so(rows: Path, search: str) -> None:
    code, _, err = call(rows, "--search", search)
    assert code == 0
    assert f"search * | {search.split()[1]}" in json.loads(err)["warning"]


@pytest.mark.parametrize(
    "search", ["index=main", "search *", "| search *", "| makeresults", "| tstats count", "| union [search *]", "*"]
)
def test_search_that_reads_or_makes_rows_says_nothing(rows: Path, search: str) -> None:
    assert call(rows, "--search", search)[2] == ""
