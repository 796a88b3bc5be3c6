"""What ingestion makes of events: indexed fields, times, routing, refusals, truncation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understudy.storage.homes import NOW, context, event, make_store
from understudy.spl import engine
from understudy.storage import meta_tokens, schema
from understudy.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = make_store(tmp_path)
    yield made
    made.close()


def search(store: Store, text: str, roles: list[str] | None = None) -> list[dict[str, Any]]:
    return list(engine.run(text, context(store, roles)).rows)


def record(identifiers: list[str], filler: str = "") -> str:
    evidence = [{"identifier": item} for item in identifiers]
    return json.dumps({"text": filler, "evidence": evidence}, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("phone:+14155550123", id="plain"),
        pytest.param("username:forum/two words", id="blank"),
        pytest.param('username:forum/a "b" c', id="quotes"),
        pytest.param("url:https://x.example/a\\b", id="backslash"),
        pytest.param("company:é–ß/1", id="not-ascii"),
        pytest.param("a::b c::d", id="token-marks-inside"),
    ],
)
def test_indexed_value_comes_back_as_it_was(store: Store, value: str) -> None:
    store.ingest([event(record([value]))])
    assert search(store, "| tstats count by identifier") == [{"identifier": value, "count": 1}]
    assert search(store, "index=main | table identifier") == [{"identifier": value}]


def test_two_hundred_values_in_an_event_of_80_kb(store: Store) -> None:
    values = [f"phone:+1415555{number:04d}" for number in range(200)]
    raw = record(values, "x" * 75_000)
    assert len(raw) > 80_000
    store.ingest([event(raw)])
    assert [row["identifier"] for row in search(store, "| tstats count by identifier")] == values


def test_default_lookahead_cuts_off_what_stands_behind_4096_characters(store: Store) -> None:
    store.ingest([event(record(["a:1"], "x" * 5000), "short"), event(record(["b:1"], "x" * 100), "short")])
    assert [row["identifier"] for row in search(store, "| tstats count by identifier")] == ["b:1"]


def test_repeated_value_shows_twice_in_search_and_counts_once_in_tstats(store: Store) -> None:
    store.ingest([event(record(["a:1", "a:1"]))])
    assert search(store, "| tstats count by identifier") == [{"identifier": "a:1", "count": 1}]
    assert search(store, "index=main | table identifier") == [{"identifier": ["a:1", "a:1"]}]


def test_json_extracted_at_both_times_is_doubled(store: Store) -> None:
    store.ingest([event('{"a":{"b":1},"t":["x"]}', "doubled")])
    assert search(store, "index=main | table a.b t{}") == [{"a.b": ["1", "1"], "t{}": ["x", "x"]}]


def test_transforms_route_rename_and_drop(store: Store) -> None:
    result = store.ingest(
        [event("to=north kind=k1", "routed"), event("noise", "routed"), event("to=nowhere", "routed")]
    )
    assert (result.written, result.dropped, result.refused) == (1, 1, {"nowhere": 1})
    assert "index 'nowhere' does not exist" in " ".join(result.messages)
    assert search(store, "| tstats count where index=* by index sourcetype") == [
        {"index": "north", "sourcetype": "k1", "count": 1}
    ]


@pytest.mark.parametrize(
    ("raw", "sourcetype", "expected"),
    [
        pytest.param("x at=2026-09-20 10:00:00 +0200 y", "stamped", 1_789_891_200, id="prefix-format-offset"),
        pytest.param("2026-09-20T08:00:00Z hello", "other", 1_789_891_200, id="usual-shape"),
        pytest.param("at=2010-01-01 00:00:00 +0000", "stamped", NOW, id="too-old-does-not-count"),
        pytest.param("no time here", "other", NOW, id="without-a-time-it-is-now"),
    ],
)
def test_time(store: Store, raw: str, sourcetype: str, expected: float) -> None:
    store.ingest([event(raw, sourcetype)])
    assert search(store, "index=main | table _time") == [{"_time": expected}]


def test_stream_is_cut_at_lines_and_lines_are_truncated(store: Store) -> None:
    store.ingest([event("first\r\n\nsecond line is long\n", "lines", unbroken=False)])
    assert [row["_raw"] for row in search(store, "index=main | table _raw")] == ["second lin", "first"]


def test_search_time_settings_apply_in_order(store: Store) -> None:
    store.ingest([event('user ann size=3 note="two words"', "alias")])
    row = search(store, "index=main | table who person loud size note")[0]
    assert row == {"who": "ann", "person": "ann", "loud": "ANN", "size": "3", "note": "two words"}


def test_unusable_setting_is_said_and_the_event_stays(store: Store) -> None:
    store.conf.write("props", "bad", {"TRANSFORMS-x": "absent"}, "a")
    result = store.ingest([event("x", "bad")])
    assert result.written == 1
    assert result.messages == ["transform 'absent' is not in transforms.conf"]


@given(st.lists(st.tuples(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text(min_size=1)), max_size=5))
def test_meta_tokens_read_back(fields: list[tuple[str, str]]) -> None:
    text = " ".join(meta_tokens.render(name, value) for name, value in fields)
    assert list(meta_tokens.parse(text)) == fields


def test_search_during_the_first_batch_of_a_new_field_sees_no_half_made_column(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[dict[str, Any]]] = []
    insert = schema.insert

    def look_then_insert(*arguments: Any) -> None:
        seen.append(search(store, "| tstats count where index=* by identifier"))
        insert(*arguments)

    monkeypatch.setattr(schema, "insert", look_then_insert)
    store.ingest([event(record(["phone:+14155550123"]))])
    assert seen == [[]]
    assert len(search(store, "| tstats count where index=* by identifier")) == 1
