"""A process killed by SIGKILL in the middle of writing loses nothing that it had acknowledged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.understudy.storage.homes import make_conf
from understudy.storage.kv import KVStore
from understudy.storage.store import Store

EVENTS = """
import sys, time
from pathlib import Path
from understudy.conf import Conf
from understudy.storage.events import RawEvent
from understudy.storage.store import Store
home = Path(sys.argv[1])
store = Store(home / "events.duckdb", Conf.load(home / "etc"), time.time)
number = 0
while True:
    batch = [
        RawEvent(f'{{"evidence":[{{"identifier":"a:{number}"}}],"n":{number + i}}}', sourcetype="rec")
        for i in range(7)
    ]
    store.ingest(batch)
    number += 7
    print(number, flush=True)
"""
DOCUMENTS = """
import sys
from pathlib import Path
from understudy.storage.kv import KVStore
collection = KVStore(Path(sys.argv[1]) / "kv.sqlite").collection("a", "c")
number = 0
while True:
    collection.batch_save([{"_key": str(number + i), "n": number + i} for i in range(7)])
    number += 7
    print(number, flush=True)
"""


def run_and_kill(script: str, home: Path, after: int) -> int:
    """Runs a writer until it has acknowledged a number of batches, kills it, and returns the last number it printed."""
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(home)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    last = 0
    for _ in range(after):
        last = int(process.stdout.readline())
    time.sleep(0.003 * after)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().split("\n")
    process.wait()
    process.stdout.close()
    whole = [int(line) for line in rest[:-1]]
    return whole[-1] if whole else last


def count_events(home: Path) -> int:
    store = Store(home / "events.duckdb", make_conf(home), time.time)
    row = store.cursor().execute("SELECT count(*), count(DISTINCT raw), count(f_1) FROM events").fetchone()
    store.close()
    assert row is not None
    assert row[0] == row[1] == row[2]
    return int(row[0])


def count_documents(home: Path) -> int:
    store = KVStore(home / "kv.sqlite")
    found = store.collection("a", "c").count()
    store.close()
    return found


@pytest.mark.parametrize("after", [1, 4, 11])
@pytest.mark.parametrize(
    ("script", "count"),
    [pytest.param(EVENTS, count_events, id="events"), pytest.param(DOCUMENTS, count_documents, id="documents")],
)
def test_kill_loses_no_acknowledged_batch(
    tmp_path: Path, script: str, count: Callable[[Path], int], after: int
) -> None:
    make_conf(tmp_path)
    acknowledged = run_and_kill(script, tmp_path, after)
    found = count(tmp_path)
    assert found >= acknowledged > 0
    assert found % 7 == 0
