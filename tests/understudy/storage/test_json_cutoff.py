"""Search-time JSON ends where Splunk's does: after the bytes of limits.conf [spath] extraction_cutoff."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.staging import ADMIN, make_stage
from understudy.jobs.job import Request
from understudy.stage import Stage
from understudy.storage.events import RawEvent

CUTOFF = 5_000


def event(size: int, mark: str = "x") -> str:
    """Returns an event whose text before `last` makes it so many bytes long."""
    rest = len(json.dumps({"first": 1, "text": "", "last": 2}, separators=(",", ":")))
    text = mark * ((size - rest) // len(mark.encode()))
    return json.dumps({"first": 1, "text": text, "last": 2}, separators=(",", ":"), ensure_ascii=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("home")) as stage:
        props = {"KV_MODE": "json", "TRUNCATE": "0"}
        stage.conf.write("props", "told", props, "system")
        stage.conf.write("props", "listed", props, "system")
        stage.conf.write("props", "marked", {"KV_MODE": "xml", "TRUNCATE": "0"}, "system")
        texts = {"told": [event(CUTOFF), event(CUTOFF + 1)], "listed": [f"[{event(6000)},{event(50)}]"]}
        texts["wide"] = [event(4900, "é"), event(7000, "é")]
        texts["marked"] = [f"<a><b>1</b><c>{'x' * 6000}</c></a>", "<a><b>2</b></a>"]
        stage.store.ingest(
            RawEvent(text, index="main", sourcetype=kind, time=1000.0 + number, unbroken=True)
            for kind, found in texts.items()
            for number, text in enumerate(found)
        )
        yield stage


def rows(stage: Stage, search: str) -> list[dict[str, Any]]:
    return [dict(row) for row in stage.search(search, ADMIN).rows]


def ends(stage: Stage, search: str) -> list[tuple[str, str]]:
    """Returns the first and the last field of each event, an empty string for one that is missing."""
    found = rows(stage, f"{search} | sort 0 _time")
    return [(str(row.get("first", "")), str(row.get("last", ""))) for row in found]


@pytest.mark.parametrize("way", ["", " | fields _raw _time | spath"], ids=["KV_MODE", "spath"])
def test_fields_behind_the_cutoff_are_missing(home: Stage, way: str) -> None:
    assert ends(home, f"search index=main sourcetype=told{way}") == [("1", "2"), ("1", "")]


def test_bytes_count_not_characters(home: Stage) -> None:
    assert ends(home, "search index=main sourcetype=wide") == [("1", "2"), ("1", "")]


def test_array_and_xml_end_there_too(home: Stage) -> None:
    (row,) = rows(home, "search index=main sourcetype=listed")
    assert (row["{}.first"], "{}.last" in row) == ("1", False)
    assert [
        row.get("a.b", row.get("b")) for row in rows(home, "search index=main sourcetype=marked | sort 0 _time")
    ] == [
        None,
        "2",
    ]


def test_statistics_that_the_store_answers_see_the_same(home: Stage) -> None:
    assert rows(home, "search index=main sourcetype=told | stats count(first) as f count(last) as l") == [
        {"f": 2, "l": 1}
    ]
    plain = "search index=main sourcetype=told | eval n=1 | stats count(first) as f count(last) as l"
    assert rows(home, plain) == [{"f": 2, "l": 1}]
    assert rows(home, "search index=main sourcetype=told last=2 | stats count") == [{"count": 1}]


def test_text_behind_it_is_read_by_its_path(home: Stage) -> None:
    for way in ('eval last=json_extract(_raw, "last")', "spath last"):
        found = rows(home, f"search index=main sourcetype=told | {way} | sort 0 _time | table last")
        assert [str(row["last"]) for row in found] == ["2", "2"], way


def test_index_time_extraction_has_no_such_end(tmp_path: Path) -> None:
    with make_stage(tmp_path / "home") as stage:
        stage.conf.write(
            "props", "early", {"INDEXED_EXTRACTIONS": "json", "KV_MODE": "none", "TRUNCATE": "0"}, "system"
        )
        stage.store.ingest([RawEvent(event(9000), index="main", sourcetype="early", time=1000.0, unbroken=True)])
        assert rows(stage, "| tstats count where index=main last=2") == [{"count": 1}]


@pytest.mark.parametrize(("text", "last"), [("20000", "2"), ("0", None), ("many", None)])
def test_limits_conf_says_where(tmp_path: Path, text: str, last: str | None) -> None:
    with make_stage(tmp_path / "home") as stage:
        stage.conf.write("props", "told", {"KV_MODE": "json", "TRUNCATE": "0"}, "system")
        stage.conf.write("limits", "spath", {"extraction_cutoff": text}, "system")
        stage.store.ingest([RawEvent(event(9000), index="main", sourcetype="told", time=1000.0, unbroken=True)])
        (row,) = rows(stage, "search index=main")
        assert row.get("last") == last


def test_subsearch_ends_at_its_limit_and_says_so(tmp_path: Path) -> None:
    made = "| makeresults | search [| makeresults count={} | streamstats count as k | fields k]"
    with make_stage(tmp_path / "home") as stage:
        for count, cut in ((10_000, False), (10_001, True)):
            job = stage.jobs.dispatch(Request(made.format(count), ADMIN), wait=True)
            assert any("maxout 10000" in item.text for item in job.messages) is cut
        stage.conf.write("limits", "subsearch", {"maxout": "2"}, "system")
        job = stage.jobs.dispatch(Request(made.format(3), ADMIN), wait=True)
        assert any("maxout 2" in item.text for item in job.messages)
