"""Rows through a command of the SDK, and events through a modular input: what crosses a process border in the stand-in.

Parts of benchmarks/spl_speed.py.
"""

from __future__ import annotations

import time
from datetime import UTC
from pathlib import Path

from benchmarks.chunk_driver import SHIPPED
from understudy.protocol.children import Surroundings
from understudy.protocol.chunked import ChunkedCommand, CommandConf
from understudy.spl.lexer import arguments_of
from understudy.spl.model import Context, Row, Stream
from understudy.spl.row_events import NoKnowledge, NoTables, RowEvents
from understudy.stage import Stage

NOW = 1_790_000_000.0
TEXT_LENGTH = 480
PASS = f"""
import sys
sys.path.insert(0, {str(SHIPPED)!r})
from splunklib.searchcommands import Configuration, StreamingCommand, dispatch

@Configuration()
class Pass(StreamingCommand):
    def stream(self, records):
        yield from records

dispatch(Pass, sys.argv, sys.stdin, sys.stdout, "__main__")
"""
INPUT = """
import sys
if "--scheme" in sys.argv:
    print("<scheme><title>Feed</title><streaming_mode>xml</streaming_mode>"
          "<use_single_instance>false</use_single_instance></scheme>")
    sys.exit(0)
sys.stdin.buffer.read()
out = sys.stdout
out.write("<stream>")
for number in range(COUNT):
    raw = '{"record_id":"%032x","city":"City %d","score":%d,"text":"TEXT"}' % (number, number % 300, number % 101)
    out.write("<event><time>%d</time><data>%s</data></event>" % (1789000000 + number, raw.replace("&", "&amp;")))
out.write("</stream>")
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def passed_rate(home: Path, count: int) -> float:
    """Returns rows/s through a command that changes nothing: six fields, about 600 bytes a row."""
    write(home / "etc" / "apps" / "bench" / "bin" / "benchpass.py", PASS)
    (home / "dispatch").mkdir(parents=True, exist_ok=True)
    (home / "var" / "run").mkdir(parents=True, exist_ok=True)
    command = ChunkedCommand(CommandConf("benchpass", "bench", {"chunked": "true"}), Surroundings(home))
    rows: list[Row] = [
        {
            "_time": NOW - number,
            "_raw": f"{number} " + "x" * TEXT_LENGTH,
            "host": f"host{number % 50}",
            "source": f"source{number % 20}",
            "sourcetype": "flat",
            "record_id": f"{number:032x}",
        }
        for number in range(count)
    ]
    session = {"session_key": "none", "dispatch_dir": str(home / "dispatch")}
    context = Context(RowEvents([]), NoTables(), NoKnowledge(), NOW, UTC, session=session)
    begin = time.perf_counter()
    passed = sum(1 for _ in command.run(arguments_of("benchpass", "", 0), Stream(iter(rows)), context).rows)
    seconds = time.perf_counter() - begin
    if passed != count:
        raise RuntimeError(f"{passed} of {count} rows came back")
    return count / seconds


def ingested_rate(home: Path, count: int) -> float:
    """Returns events/s from a modular input's process to the disk, events of about 600 bytes."""
    app = home / "etc" / "apps" / "bench"
    write(app / "bin" / "benchfeed.py", INPUT.replace("COUNT", str(count)).replace("TEXT", "lorem ipsum " * 40))
    write(app / "README" / "inputs.conf.spec", "[benchfeed://<name>]\n")
    write(app / "default" / "inputs.conf", "[benchfeed]\nsourcetype = fed\n[benchfeed://one]\ndisabled = 0\n")
    write(app / "default" / "props.conf", "[fed]\nSHOULD_LINEMERGE = false\nKV_MODE = json\n")
    stage = Stage(home, rest_port=0, clock=lambda: NOW)
    try:
        begin = time.perf_counter()
        (run,) = stage.run_inputs()
        seconds = time.perf_counter() - begin
    finally:
        stage.stop()
    if run.written != count:
        raise RuntimeError(f"{run.written} of {count} events were written")
    return count / seconds


__all__ = ["ingested_rate", "passed_rate"]
