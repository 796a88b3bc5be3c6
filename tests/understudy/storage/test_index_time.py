"""Index-time settings of props.conf: edits of the text, encodings, merging of lines, and settings without effect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.understudy.staging import ADMIN, make_stage
from tests.understudy.storage.homes import NOW, context, event, make_conf
from understudy.conf import Conf
from understudy.spl import engine
from understudy.storage import index_time, settings_report
from understudy.storage.events import StorageError
from understudy.storage.store import Store


def texts(home: Path, settings: dict[str, str], raw: str, **more: Any) -> tuple[list[str], list[str]]:
    """Returns the events that a text becomes under the settings, oldest first, and what ingestion said."""
    conf = make_conf(home)
    conf.write("props", "s", settings, "a")
    store = Store(home / "events.duckdb", conf, lambda: NOW)
    try:
        result = store.ingest([event(raw, "s", **more)])
        rows = list(engine.run("index=main | sort 0 _cd | table _raw", context(store)).rows)
        return [str(row["_raw"]) for row in rows], result.messages
    finally:
        store.close()


@pytest.mark.parametrize(
    ("settings", "raw", "expected"),
    [
        pytest.param(
            {"SEDCMD-a": r"s/\d{4}-(\d{4})/xxxx-\1/g"}, "1234-5678 1234-0000", "xxxx-5678 xxxx-0000", id="all"
        ),
        pytest.param({"SEDCMD-a": "s/a/b/2"}, "a a a", "a b a", id="second-match"),
        pytest.param({"SEDCMD-a": "s/a/b/"}, "a a", "b a", id="first-match"),
        pytest.param({"SEDCMD-a": "y/abc/xyz/"}, "cab", "zxy", id="characters"),
        pytest.param({"SEDCMD-a": "s/a/b/g s/b/c/g"}, "ab", "cc", id="script-of-two"),
        pytest.param({"SEDCMD-b": "s/b/c/", "SEDCMD-a": "s/a/b/"}, "a", "c", id="classes-in-order"),
    ],
)
def test_sedcmd(tmp_path: Path, settings: dict[str, str], raw: str, expected: str) -> None:
    assert texts(tmp_path, settings, raw) == ([expected], [])


def test_sedcmd_runs_before_transforms_and_an_unusable_one_is_named(tmp_path: Path) -> None:
    settings = {"SEDCMD-a": "s/hide/noise/", "TRANSFORMS-d": "drop", "SEDCMD-b": "p"}
    found, messages = texts(tmp_path, settings, "hide")
    assert found == []
    assert len(messages) == 1
    assert messages[0].startswith("sourcetype 's': SEDCMD-b cannot be used: ")


LINES = "a start\nb\nc end\nd\na start\ne\n"


@pytest.mark.parametrize(
    ("settings", "raw", "expected"),
    [
        pytest.param({"BREAK_ONLY_BEFORE": "^a"}, LINES, ["a start\nb\nc end\nd", "a start\ne"], id="only-before"),
        pytest.param({"MUST_BREAK_AFTER": "end$"}, LINES, ["a start\nb\nc end", "d\na start\ne"], id="must-after"),
        pytest.param(
            {"BREAK_ONLY_BEFORE": ".", "MUST_NOT_BREAK_BEFORE": "^[be]"},
            LINES,
            ["a start\nb", "c end", "d", "a start\ne"],
            id="not-before",
        ),
        pytest.param(
            {"BREAK_ONLY_BEFORE": ".", "MUST_NOT_BREAK_AFTER": "start$", "MUST_BREAK_AFTER": "end$"},
            LINES,
            ["a start\nb\nc end", "d", "a start\ne"],
            id="not-after-until-must",
        ),
        pytest.param(
            {}, "2026-09-20 10:00:00 x\ny\n2026-09-20 10:00:01 z\n",
            ["2026-09-20 10:00:00 x\ny", "2026-09-20 10:00:01 z"], id="before-a-date",
        ),
        pytest.param(
            {"BREAK_ONLY_BEFORE_DATE": "false"}, "2026-09-20 10:00:00 x\n2026-09-20 10:00:01 z\n",
            ["2026-09-20 10:00:00 x\n2026-09-20 10:00:01 z"], id="date-does-not-count",
        ),
        pytest.param(
            {"MAX_EVENTS": "2", "BREAK_ONLY_BEFORE": "^never"}, "1\n2\n3\n", ["1\n2", "3"], id="most-lines",
        ),
    ],
)  # fmt: skip
def test_lines_are_merged(tmp_path: Path, settings: dict[str, str], raw: str, expected: list[str]) -> None:
    assert texts(tmp_path, settings, raw, unbroken=False) == (expected, [])


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        pytest.param("", "é".encode(), "é", id="utf-8"),
        pytest.param("latin-1", b"\xe9", "é", id="latin"),
        pytest.param("UTF-16LE", "a\u20ac".encode("utf-16-le"), "a\u20ac", id="utf-16"),
        pytest.param("ASCII", b"a\xf3", "a\\xF3", id="unknown-byte-in-hexadecimal"),
        pytest.param("SHIFT-JIS", b"\x83\x65\x83\x58\x83\x67", "テスト", id="shift-jis"),
    ],
)
def test_charset(charset: str, data: bytes, text: str) -> None:
    assert index_time.decoded(data, charset) == text


@pytest.mark.parametrize("charset", ["AUTO", "no-such-encoding"])
def test_data_under_a_charset_that_is_not_known_is_discarded_and_said(tmp_path: Path, charset: str) -> None:
    with pytest.raises(StorageError, match="the data is discarded"):
        index_time.decoded(b"x", charset)
    app = tmp_path / "home" / "etc" / "apps" / "a" / "default"
    app.mkdir(parents=True)
    (app / "props.conf").write_text(f"[s]\nCHARSET = {charset}\n[l]\nCHARSET = latin-1\n", encoding="utf-8")
    with make_stage(tmp_path / "home") as stage:
        stage.own_log.index()
        rows = list(stage.search("index=_internal CHARSET | table _raw", ADMIN).rows)
        assert [f"CHARSET = {charset}" in str(row["_raw"]) for row in rows] == [True]
        with pytest.raises(StorageError):
            stage.store.text_of(b"x", "s", "", "")
        assert stage.store.text_of(b"\xe9", "l", "", "") == "é"


@pytest.mark.parametrize(
    ("settings", "raw", "expected"),
    [
        pytest.param({"TZ": "America/New_York"}, "2026-09-20 06:00:00 x", 1_789_898_400, id="zone-of-the-settings"),
        pytest.param({"TZ": "America/New_York"}, "2026-09-20 10:00:00 +0000 x", 1_789_898_400, id="zone-of-the-text"),
        pytest.param(
            {"TIME_PREFIX": "at=", "TIME_FORMAT": "%s"}, "1 at=1789898400 x", 1_789_898_400, id="prefix-epoch"
        ),
        pytest.param({"TIME_PREFIX": "at="}, "2026-09-20 10:00:00 x", NOW, id="prefix-is-not-there"),
        pytest.param({"MAX_TIMESTAMP_LOOKAHEAD": "10"}, "0123456789 2026-09-20 10:00:00", NOW, id="beyond-lookahead"),
        pytest.param({"MAX_DAYS_HENCE": "1"}, "2026-09-25 10:00:00 x", NOW, id="too-far-ahead"),
        pytest.param({"MAX_DAYS_AGO": "1"}, "2026-09-10 10:00:00 x", NOW, id="too-old"),
        pytest.param({"DATETIME_CONFIG": "CURRENT"}, "2026-09-20 10:00:00 x", NOW, id="current"),
        pytest.param(
            {"TIME_FORMAT": "%d/%b/%Y:%H:%M:%S %z"}, "20/Sep/2026:12:00:00 +0200 x", 1_789_898_400, id="format"
        ),
    ],
)
def test_time(tmp_path: Path, settings: dict[str, str], raw: str, expected: float) -> None:
    conf = make_conf(tmp_path)
    conf.write("props", "s", settings, "a")
    store = Store(tmp_path / "events.duckdb", conf, lambda: NOW)
    try:
        store.ingest([event(raw, "s")])
        assert [row["_time"] for row in engine.run("index=main | table _time", context(store)).rows] == [expected]
    finally:
        store.close()


PROPS = {
    "ROUTE_EVENTS_OLDER_THAN": "1d",
    "RULESET-x": "r",
    "FIELD_NAMES": "a,b",
    "rename": "other",
    "NO_SUCH_SETTING": "1",
    "KV_MODE": "json",
    "category": "Custom",
    "ADD_EXTRA_TIME_FIELDS": "none",
    "EXTRACT-a": "(?<a>.)",
    "LOOKUP_b": "t a OUTPUT b",
}


def report(home: Path) -> list[str]:
    conf: Conf = make_conf(home)
    conf.write("props", "s", PROPS, "a")
    conf.write("transforms", "t", {"REGEX": "x", "INGEST_EVAL": "a=1", "NOPE": "1"}, "a")
    return settings_report.warnings(conf)


def test_each_setting_without_effect_is_named_with_stanza_and_app(tmp_path: Path) -> None:
    found = [text for text in report(tmp_path) if "[s]" in text or "[t]" in text]
    assert [text.partition(" is not supported")[0] for text in found] == [
        "props.conf [s] of app a: FIELD_NAMES",
        "props.conf [s] of app a: NO_SUCH_SETTING",
        "props.conf [s] of app a: ROUTE_EVENTS_OLDER_THAN",
        "props.conf [s] of app a: RULESET-x",
        "props.conf [s] of app a: rename",
        "transforms.conf [t] of app a: INGEST_EVAL",
        "transforms.conf [t] of app a: NOPE",
    ]


def test_index_time_setting_without_effect_is_in_the_result_of_ingestion(tmp_path: Path) -> None:
    _, messages = texts(tmp_path, {"FIELD_NAMES": "a", "RULESET-x": "r", "KV_MODE": "none"}, "x")
    assert messages == [
        "sourcetype 's': FIELD_NAMES is not supported: structured files are not read",
        "sourcetype 's': RULESET-x is not supported: ingest rule sets are not run",
    ]


def test_warnings_are_in_the_index_of_the_own_log_once(tmp_path: Path) -> None:
    app = tmp_path / "home" / "etc" / "apps" / "a" / "default"
    app.mkdir(parents=True)
    (app / "props.conf").write_text("[s]\nrename = other\nno line of a conf file\n", encoding="utf-8")
    with make_stage(tmp_path / "home") as stage:
        stage.own_log.index()
        rows = list(stage.search("index=_internal ConfReader | table _raw", ADMIN).rows)
        assert sum("rename is not supported" in str(row["_raw"]) for row in rows) == 1
        assert sum("props.conf, line 3" in str(row["_raw"]) for row in rows) == 1
