"""collect: writes the rows as events to a summary index, and passes them on.

The layout of an event without _raw is that of a stash file: the time, the bounds of the search, then name=value pairs
of the fields, those with breakers in quotes. With output_format=hec the fields become indexed fields.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol, runtime_checkable

from understudy.spl.commands.permission import require
from understudy.spl.commands.reader import Piece, Reader, boolean
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.model import Arguments, Context, Message, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.times import strftime
from understudy.spl.values import number_of, text_of, values_of

FLAGS = {"testmode": False, "addtime": True, "addinfo": True, "spool": True, "uselb": True, "run_in_preview": False}
TEXTS = {"marker": "", "timeformat": "%m/%d/%Y %H:%M:%S %z", "file": "", "output_format": "raw"}
METADATA = ("host", "source", "sourcetype")
_OPTIONS = frozenset({"index", *FLAGS, *TEXTS, *METADATA})
ORIGINAL = ("host", "source", "sourcetype", "index", "splunk_server")
"""Fields that the summary event has itself: the row's own go under orig_<name>."""
BREAKERS = re.compile(r"""[\s\[\]<>(){}|!;,'"*&?+/:=@.\-$#%\\]""")
"""segmenters.conf: a value with a breaker in it is written between quotes."""
BATCH = 5_000


@dataclass(frozen=True)
class SummaryEvent:
    """One event to be written. time None: to be found in the text. fields: indexed fields (output_format=hec)."""

    raw: str
    time: float | None
    source: str
    sourcetype: str
    host: str = ""
    fields: Mapping[str, list[str]] = field(default_factory=dict)


@runtime_checkable
class Collector(Protocol):
    """A store that takes events from a search: understudy.storage gives one to each search."""

    def collect(self, events: Sequence[SummaryEvent], index: str, context: Context) -> int:
        """Stores events and returns how many. Raises SplError where the index is missing or out of reach."""


@dataclass(frozen=True)
class Options:
    index: str
    flags: Mapping[str, bool]
    texts: Mapping[str, str]
    metadata: Mapping[str, str]

    @property
    def hec(self) -> bool:
        return self.texts["output_format"] == "hec"


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    flags, texts = dict(FLAGS), dict(TEXTS)
    metadata: dict[str, str] = {}
    given: dict[str, Piece] = {}
    while not reader.done:
        reader.skip_commas()
        option = reader.option(_OPTIONS)
        if option is None:
            reader.finish()
            break
        name, piece = option
        given[name] = piece
        if name in flags:
            flags[name] = boolean(piece, name)
        elif name in texts:
            texts[name] = piece.text
        elif name != "index":
            metadata[name] = piece.text
    if "index" not in given or not given["index"].text:
        raise SplSyntaxError("Command 'collect' needs index=<name>.", arguments.position)
    if not flags["spool"]:
        raise reader.unsupported("spool=false", given["spool"].position)
    texts["output_format"] = texts["output_format"].lower()
    if texts["output_format"] not in {"raw", "hec"}:
        raise SplSyntaxError("Option 'output_format' is raw or hec.", given["output_format"].position)
    for name in ("addtime", "marker", "timeformat"):
        if texts["output_format"] == "hec" and name in given:
            raise SplSyntaxError(f"Option '{name}' is not valid with output_format=hec.", given[name].position)
    if texts["file"] and re.search(r"[/\\]", texts["file"]):
        raise SplSyntaxError("Option 'file' takes a file name without a path.", given["file"].position)
    return Options(given["index"].text, flags, texts, metadata)


def _pair(name: str, value: object) -> str:
    text = text_of(value)
    if text and not BREAKERS.search(text):
        return f"{name}={text}"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}="{escaped}"'


def _seconds(value: float) -> str:
    return f"{value:.3f}"


def _made_raw(row: Row, options: Options, context: Context, stamp: float) -> str:
    """Returns the text of an event whose row has no _raw. Values of a multivalue stand in lines of one value."""
    parts: list[str] = []
    if options.flags["addtime"]:
        parts.append(strftime(stamp, str(options.texts["timeformat"]), context.zone) or "")
    if options.flags["addinfo"]:
        latest = "+Infinity" if context.latest is None else _seconds(context.latest)
        parts.append(f"info_min_time={_seconds(context.earliest or 0)}")
        parts.append(f"info_max_time={latest}")
        parts.append(f"info_search_time={_seconds(context.now)}")
    for name, value in row.items():
        if not name.startswith("_"):
            shown = f"orig_{name}" if name in ORIGINAL else name
            parts.append(_pair(shown, "\n".join(map(text_of, values_of(value)))))
    return ", ".join(part for part in parts if part)


def source_of(options: Options, context: Context) -> str:
    """Returns the source of all events of one run: the option, else the name of the stash file."""
    if "source" in options.metadata:
        return options.metadata["source"]
    name = options.texts["file"] or f"{context.sid or '$random$'}_events.stash"
    name = name.replace("$timestamp$", str(int(context.now)))
    return name.replace("$random$", str(random.Random(f"{context.sid}:{context.now}").randrange(10**9)))


def summary_event(row: Row, options: Options, context: Context, source: str) -> SummaryEvent:
    """Returns the event of one row. Its time is the first of info_min_time, _time and now."""
    times = (row.get("info_min_time"), row.get("_time")) if row.get("_raw") is None else (row.get("_time"),)
    stamp = next((found for value in times if (found := number_of(value)) is not None), context.now)
    sourcetype = options.metadata.get("sourcetype", "stash_hec" if options.hec else "stash")
    host = options.metadata.get("host", "")
    if options.hec:
        facts = {name: value for name, value in row.items() if not name.startswith("_")}
        fields = {f"orig_{n}" if n in ORIGINAL else n: list(map(text_of, values_of(v))) for n, v in facts.items()}
        raw = row.get("_raw")
        text = json.dumps(facts, ensure_ascii=False) if raw is None else text_of(raw)
        return SummaryEvent(text, float(stamp), source, sourcetype, host, fields)
    raw = row.get("_raw")
    text = _made_raw(row, options, context, stamp) if raw is None else text_of(raw)
    if options.texts["marker"]:
        text = f"{text}, {options.texts['marker']}"
    timed = raw is not None or options.flags["addtime"]
    return SummaryEvent(text, float(stamp) if timed else None, source, sourcetype, host)


def _as_row(event: SummaryEvent, row: Row, options: Options) -> Row:
    """Returns the row as it would come back from the index."""
    shown: Row = {**row, "_raw": event.raw, "index": options.index}
    for name in ORIGINAL:
        if name in row and row.get("_raw") is None:
            shown[f"orig_{name}"] = row[name]
    shown["source"], shown["sourcetype"] = event.source, event.sourcetype
    if event.host:
        shown["host"] = event.host
    if event.time is not None:
        shown["_time"] = int(event.time) if event.time.is_integer() else event.time
    return shown


def run(options: Options, stream: Stream, context: Context) -> Stream:
    require("run_collect", "collect", context)
    source = source_of(options, context)
    if options.flags["testmode"]:
        shown = (_as_row(summary_event(row, options, context, source), row, options) for row in stream.rows)
        return Stream(shown, None)
    collector: Any = context.events
    if not isinstance(collector, Collector):
        raise RuntimeSplError("collect has no index to write to here; testmode=true shows what it would write.")
    # Asked before a row is read: a search that may not write should not run first.
    collector.collect([], options.index, context)
    return Stream(_rows(options, stream.rows, context, collector, source), stream.fields)


def _rows(options: Options, rows: Iterable[Row], context: Context, collector: Collector, source: str) -> Iterator[Row]:
    reading = iter(rows)
    count = 0
    while part := list(islice(reading, BATCH)):
        events = [summary_event(row, options, context, source) for row in part]
        count += collector.collect(events, options.index, context)
        yield from part
    context.messages.append(Message("INFO", f"collect wrote {count} events to index {options.index}."))


COMMAND = Command(
    name="collect",
    kind="dataset",
    syntax="collect index=<name> [addtime=<bool>] [addinfo=<bool>] [file=<name>] [marker=<text>] "
    "[timeformat=<format>] [output_format=raw|hec] [testmode=<bool>] [spool=<bool>] [run_in_preview=<bool>] "
    "[uselb=<bool>] [host=<text>] [source=<text>] [sourcetype=<text>]",
    summary="Writes the rows as events to an index.",
    parse=parse,
    run=run,
    aliases=("stash", "summaryindex", "sumindex"),
    risky=True,
)
