"""lookup, inputlookup, outputlookup, collect, sendalert: tables, matches, and the capabilities they ask for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understudy.spl.commands.bench import MemoryTables, search
from understudy.spl.errors import MissingError, RuntimeSplError

Rows = list[dict[str, Any]]
USERS: Rows = [{"user": "ann", "group": "1"}, {"user": "bob", "group": "2"}, {"user": "ann", "group": "3"}]


def tables(**facts: Any) -> MemoryTables:
    return MemoryTables(
        {"users": USERS, "nets": [{"net": "10.0.0.0/8", "zone": "in"}], "wild": [{"p": "a*n", "v": "W"}]}, **facts
    )


CASES: list[Any] = [
    pytest.param(
        {},
        [{"local": "bob"}],
        "| lookup users user as local OUTPUT group as g",
        [{"local": "bob", "g": "2"}],
        id="output-as",
    ),
    pytest.param(
        {},
        [{"user": "ann"}],
        "| lookup users user OUTPUT group",
        [{"user": "ann", "group": ["1", "3"]}],
        id="several-matches",
    ),
    pytest.param(
        {"users": {"max_matches": 1}},
        [{"user": "ann"}],
        "| lookup users user",
        [{"user": "ann", "group": "1"}],
        id="max-matches",
    ),
    pytest.param(
        {},
        [{"user": "bob", "group": "old"}],
        "| lookup users user OUTPUTNEW group",
        [{"user": "bob", "group": "old"}],
        id="outputnew-keeps",
    ),
    pytest.param(
        {},
        [{"user": "bob"}],
        "| lookup users user OUTPUTNEW group",
        [{"user": "bob", "group": "2"}],
        id="outputnew-fills",
    ),
    pytest.param(
        {},
        [{"user": "bob", "group": "old"}],
        "| lookup users user OUTPUT group",
        [{"user": "bob", "group": "2"}],
        id="output-overwrites",
    ),
    pytest.param({}, [{"user": "BOB"}], "| lookup users user", [{"user": "BOB"}], id="case-counts"),
    pytest.param(
        {"users": {"case_sensitive": False}},
        [{"user": "BOB"}],
        "| lookup users user",
        [{"user": "BOB", "group": "2"}],
        id="case-ignored",
    ),
    pytest.param(
        {"users": {"min_matches": 1, "default_match": "none"}},
        [{"user": "eve"}],
        "| lookup users user",
        [{"user": "eve", "group": "none"}],
        id="default-match",
    ),
    pytest.param(
        {"nets": {"match_types": {"net": "CIDR"}}},
        [{"ip": "10.1.2.3"}, {"ip": "8.8.8.8"}],
        "| lookup nets net AS ip OUTPUT zone",
        [{"ip": "10.1.2.3", "zone": "in"}, {"ip": "8.8.8.8"}],
        id="cidr",
    ),
    pytest.param(
        {"wild": {"match_types": {"p": "WILDCARD"}}},
        [{"h": "amen"}, {"h": "am"}],
        "| lookup wild p AS h",
        [{"h": "amen", "v": "W"}, {"h": "am"}],
        id="wildcard",
    ),
    pytest.param(
        {},
        [{"user": "bob", "group": "9"}],
        "| lookup users user group OUTPUT user AS u",
        [{"user": "bob", "group": "9"}],
        id="all-inputs-must-match",
    ),
    pytest.param({}, [{"other": 1}], "| lookup users user", [{"other": 1}], id="missing-input"),
    pytest.param({}, [], "!| inputlookup users where user=ann", [USERS[0], USERS[2]], id="inputlookup-where"),
    pytest.param({}, [], "!| inputlookup users start=1 max=1", [USERS[1]], id="inputlookup-start-max"),
    pytest.param(
        {}, [{"user": "x"}], "| inputlookup append=t max=1 users", [{"user": "x"}, USERS[0]], id="inputlookup-append"
    ),
    pytest.param(
        {"users": {"filter": "group>1"}}, [], "!| inputlookup users", [USERS[1], USERS[2]], id="filtered-table"
    ),
]


@pytest.mark.parametrize(("facts", "rows", "spl", "expected"), CASES)
def test_lookup(facts: dict[str, Any], rows: Rows, spl: str, expected: Rows) -> None:
    assert search(rows, spl, tables(**facts)) == expected


def test_outputlookup_writes_and_passes_the_rows_on() -> None:
    held = tables()
    assert search([{"a": 1}], "| outputlookup new.csv", held) == [{"a": 1}]
    search([{"a": 2}], "| outputlookup append=t new.csv", held)
    assert held.tables["new.csv"] == [{"a": 1}, {"a": 2}]


def test_outputlookup_without_rows_leaves_the_table_when_told() -> None:
    held = tables()
    search([], "| outputlookup override_if_empty=f users", held)
    assert held.tables["users"] == USERS
    search([], "| outputlookup users", held)
    assert held.tables["users"] == []


@pytest.mark.parametrize("spl", ["| lookup nowhere user", "!| inputlookup nowhere"], ids=["lookup", "inputlookup"])
def test_absent_table_is_named(spl: str) -> None:
    with pytest.raises(MissingError, match="'nowhere' not found"):
        search([{"user": 1}], spl, tables())


@pytest.mark.parametrize(
    ("spl", "capability"),
    [
        ("| outputlookup users", "output_file"),
        ("| collect index=s testmode=t", "run_collect"),
        ("| sendalert hipchat", "run_sendalert"),
    ],
    ids=["outputlookup", "collect", "sendalert"],
)
def test_capability_is_asked_for(spl: str, capability: str) -> None:
    held = tables()
    with pytest.raises(RuntimeSplError, match=capability):
        search([{"a": 1}], spl, held, capabilities=frozenset({"search"}))
    assert held.tables["users"] == USERS


def test_collect_testmode_shows_the_event() -> None:
    [row] = search([{"_time": 0, "a": "x y"}], '| collect index=s testmode=t addtime=f addinfo=f marker="m=1"')
    assert row["_raw"] == 'a="x y", m=1'
    assert (row["index"], row["sourcetype"]) == ("s", "stash")
