"""The stand-in's own log becomes events of _internal, each complete line once."""

from __future__ import annotations

from pathlib import Path

from tests.understudy.storage.homes import context, make_store
from understudy.spl import engine
from understudy.storage.own_log import OwnLog
from understudy.storage.store import Store

LINE = '11-24-2026 17:13:54.612 +0000 INFO  ExecProcessor - event=run_done source_id="ads" read={}\n'
SEARCH = "search index=_internal sourcetype=splunkd event=run_done source_id=ads | table _time read"


def reads(store: Store) -> list[str]:
    return sorted(str(row["read"]) for row in engine.run(SEARCH, context(store)).rows)


def test_each_complete_line_is_stored_once_whenever_the_log_is_read(tmp_path: Path) -> None:
    store, log = make_store(tmp_path), tmp_path / "splunkd.log"
    own = OwnLog(store, log, tmp_path / "position")
    assert own.index() == 0
    log.write_text(LINE.format(1) + LINE.format(2) + "11-24-2026 half a li", encoding="utf-8")
    assert own.index() == 2
    assert own.index() == 0
    with log.open("a", encoding="utf-8") as out:
        out.write("ne\n" + LINE.format(3))
    assert OwnLog(store, log, tmp_path / "position").index() == 2
    assert reads(store) == ["1", "2", "3"]
    store.close()


def test_a_line_keeps_its_own_time_and_a_shorter_log_is_read_anew(tmp_path: Path) -> None:
    store, log = make_store(tmp_path), tmp_path / "splunkd.log"
    own = OwnLog(store, log, tmp_path / "position")
    log.write_text(LINE.format(1) * 2, encoding="utf-8")
    own.index()
    log.write_text(LINE.format(9), encoding="utf-8")
    assert own.index() == 1
    assert reads(store) == ["1", "1", "9"]
    times = {row["_time"] for row in engine.run(SEARCH, context(store)).rows}
    assert times == {1795540434.612}
    store.close()
