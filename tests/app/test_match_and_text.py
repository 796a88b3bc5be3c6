"""The doors minervamatch and minervatext as real child processes over the chunked protocol."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.chunk_driver import pythons, run_command
from tests.app.splunkd_double import Desk, analyst, serving

INTERPRETERS = pythons()
every_python = pytest.mark.parametrize("python", list(INTERPRETERS.values()), ids=list(INTERPRETERS))
AD = "sweet {} new in town call {} any time ask for the best price no rush at all"


@every_python
def test_match_adds_what_is_alike_in_the_lookup_across_chunks(python: str) -> None:
    desk = Desk()
    desk.lookups["watch_names"] = ["García, José", "Wu Ling", "Garcia Jose M"]
    chunks: list[list[dict[str, Any]]] = [
        [{"name": "Jose Garcia"}, {"name": "nobody at all"}],
        [{"name": ["Wu Lin", "x"]}],
    ]
    with serving(desk, analyst("northfield")) as uri:
        outcome = run_command("minervamatch.py", ["field=name", "lookup=watch_names"], chunks, python=python, uri=uri)
    assert (outcome.code, outcome.errors) == (0, [])
    assert outcome.configuration["type"] == "stateful"
    assert [row["match_value"] for row in outcome.rows] == [["García, José", "Garcia Jose M"], "", "Wu Ling"]
    assert [row["match_score"] for row in outcome.rows] == [["1.000", "0.917"], "", "0.923"]
    assert "garcia / garcia: equal" in outcome.rows[0]["match_reason"][0]


KVSTORE = {"external_type": "kvstore", "collection": "watch_names"}
DATA = "/servicesNS/nobody/lists/storage/collections/data/watch_names"


def matched(desk: Desk, *names: str) -> list[Any]:
    with serving(desk, analyst("northfield")) as uri:
        rows = [{"name": name} for name in names]
        outcome = run_command("minervamatch.py", ["field=name", "lookup=watch_names"], [rows], uri=uri)
    assert (outcome.code, outcome.errors) == (0, [])
    return [row["match_value"] for row in outcome.rows]


def test_a_collection_is_read_page_by_page_in_the_app_that_defines_the_lookup() -> None:
    desk = Desk()
    desk.definitions["watch_names"] = KVSTORE
    desk.readable[DATA] = [{"_key": f"{number:05d}", "name": f"nobody {number}"} for number in range(10_001)]
    desk.readable[DATA] += [{"_key": "x", "name": ["Garcia Jose", "Wu Ling"]}, {"_key": "y", "other": "z"}]
    assert matched(desk, "Jose Garcia", "Wu Ling") == ["Garcia Jose", "Wu Ling"]


@pytest.mark.parametrize(
    "definition",
    [{**KVSTORE, "filter": 'name="Wu*"'}, {"filename": "watch_names.csv"}, KVSTORE, None],
    ids=["only a part of the collection", "a file", "a collection that may not be read", "no definition"],
)
def test_what_is_no_readable_collection_is_read_by_a_search(definition: dict[str, str] | None) -> None:
    desk = Desk()
    if definition is not None:
        desk.definitions["watch_names"] = definition
    if definition is not KVSTORE:
        desk.readable[DATA] = [{"_key": "x", "name": "Garcia Jose"}]
    desk.lookups["watch_names"] = ["Wu Ling"]
    assert matched(desk, "Jose Garcia", "Wu Ling") == ["", "Wu Ling"]


@every_python
def test_text_groups_the_whole_set_across_chunks_and_shows_what_changes(python: str) -> None:
    texts = [AD.format("anna", "0101"), AD.format("bella", "0102"), "something else entirely written by another hand"]
    chunks = [[{"text": text}] for text in texts]
    outcome = run_command("minervatext.py", [], chunks, python=python)
    assert (outcome.code, outcome.errors) == (0, [])
    one, other, alone = outcome.rows
    assert one["text_group"] == other["text_group"] != alone["text_group"]
    assert [row["text_group_size"] for row in outcome.rows] == ["2", "2", "1"]
    assert one["text_template"].startswith("sweet {1} new in town call {2} any")
    assert one["text_slots"] == ["{1} anna", "{2} 0101"]
    assert alone["text_template"] == ""


@pytest.mark.parametrize(
    ("script", "arguments", "message"),
    [
        ("minervamatch.py", ["lookup=x"], "field: expected the field to match"),
        ("minervamatch.py", ["field=name"], "lookup: expected the name of a lookup"),
        ("minervamatch.py", ["field=name", "lookup=x", "kind=face"], "kind: expected one of name, username, address"),
        ("minervamatch.py", ["field=name", "lookup=x", "cutoff=0.2"], "cutoff: expected a number from 0.5 to 1"),
        ("minervamatch.py", ["field=name", "lookup=x", "limit=0"], "limit: expected a whole number from 1 to 100"),
        ("minervatext.py", ['field="a b"'], "field: expected the field that holds the text"),
    ],
)
def test_wrong_option_is_explained(script: str, arguments: list[str], message: str) -> None:
    outcome = run_command(script, arguments, [[{"text": "x"}]])
    assert outcome.code == 1
    assert message in outcome.errors[0]


@pytest.mark.parametrize("lookup", ["x|delete", "x [search *]", "a`b`"])
def test_a_lookup_name_never_becomes_search_text(lookup: str) -> None:
    outcome = run_command("minervamatch.py", ["field=name", f'lookup="{lookup}"'], [[{"name": "x"}]])
    assert "lookup: expected the name of a lookup" in outcome.errors[0]


def test_a_missing_lookup_is_explained() -> None:
    with serving(Desk(), analyst("northfield")) as uri:
        outcome = run_command("minervamatch.py", ["field=name", "lookup=gone"], [[{"name": "x"}]], uri=uri)
    assert outcome.errors == ["lookup 'gone' cannot be read (400): no lookup gone"], "no command that was not typed"
