"""collect: writes the rows as events to an index, and passes them on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from understudy.spl.commands.permission import require
from understudy.spl.commands.reader import Reader, boolean
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.model import Arguments, Context, Message, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.times import strftime
from understudy.spl.values import number_of, text_of, values_of

_OPTIONS = frozenset(
    {
        "index",
        "addtime",
        "addinfo",
        "file",
        "spool",
        "marker",
        "testmode",
        "run_in_preview",
        "host",
        "source",
        "sourcetype",
        "uselb",
        "output_format",
        "timeformat",
    }
)


@runtime_checkable
class Collector(Protocol):
    """A store that takes events from a search: understudy.storage gives one to searches that may write."""

    def collect(self, rows: Sequence[Row], index: str, context: Context) -> int:
        """Stores events (keys _raw, _time, host, source, sourcetype) and returns how many. Raises SplError."""


@dataclass(frozen=True)
class Options:
    index: str
    testmode: bool = False
    addtime: bool = True
    addinfo: bool = True
    marker: str = ""
    timeformat: str = "%m/%d/%Y %H:%M:%S %z"
    metadata: dict[str, str] = field(default_factory=dict)


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    flags: dict[str, Any] = {"testmode": False, "addtime": True, "addinfo": True}
    texts: dict[str, Any] = {}
    metadata: dict[str, str] = {}
    index = ""
    while not reader.done:
        option = reader.option(_OPTIONS)
        if option is None:
            reader.finish()
            continue
        name, piece = option
        if name in flags:
            flags[name] = boolean(piece, name)
        elif name == "index":
            index = piece.text
        elif name in {"marker", "timeformat"}:
            texts[name] = piece.text
        elif name in {"host", "source", "sourcetype"}:
            metadata[name] = piece.text
        elif (
            (name == "output_format" and piece.text.lower() == "raw")
            or (name in {"spool", "uselb"} and boolean(piece, name))
            or (name == "run_in_preview" and not boolean(piece, name))
        ):
            continue
        else:
            raise reader.unsupported(f"{name}={piece.text}", piece.position)
    if not index:
        raise SplSyntaxError("Command 'collect' needs index=<name>.", arguments.position)
    return Options(index, metadata=metadata, **texts, **flags)


def _fact(name: str, value: object) -> str:
    return f'{name}="{text_of(value)}"'.replace("\n", " ")


def summary_event(row: Row, options: Options, context: Context) -> Row:
    """Returns the event of one row: _raw as it is, else time, search facts and name="value" pairs in one line."""
    time = row.get("_time", context.now)
    raw = row.get("_raw")
    if raw is None:
        parts: list[str] = []
        if options.addtime:
            stamp = number_of(row.get("info_min_time", time)) or context.now
            parts.append(strftime(stamp, options.timeformat, context.zone) or "")
        if options.addinfo:
            bounds = (("info_min_time", context.earliest or 0), ("info_max_time", context.latest or "+Infinity"))
            parts += [f"{name}={text_of(value)}" for name, value in (*bounds, ("info_search_time", context.now))]
        for name, value in row.items():
            if not name.startswith("_"):
                parts += [_fact(name, single) for single in values_of(value)]
        raw = ", ".join(part for part in parts if part)
    text = text_of(raw)
    if options.marker:
        text = f"{text}, {options.marker}"
    event: Row = {"_time": time, "_raw": text, "source": context.sid or "collect", "sourcetype": "stash"}
    event.update(options.metadata)
    return event


def run(options: Options, stream: Stream, context: Context) -> Stream:
    require("run_collect", "collect", context)
    if options.testmode:
        shown = ({**row, **summary_event(row, options, context), "index": options.index} for row in stream.rows)
        return Stream(shown, None)
    if not isinstance(context.events, Collector):
        raise RuntimeSplError("collect has no index to write to here; testmode=true shows what it would write.")
    return Stream(_rows(options, stream, context, context.events), stream.fields)


def _rows(options: Options, stream: Stream, context: Context, collector: Collector) -> Iterator[Row]:
    rows = list(stream.rows)
    count = collector.collect([summary_event(row, options, context) for row in rows], options.index, context)
    context.messages.append(Message("INFO", f"collect wrote {count} events to index {options.index}."))
    yield from rows


COMMAND = Command(
    name="collect",
    kind="dataset",
    syntax="collect index=<name> [addtime=<bool>] [addinfo=<bool>] [marker=<text>] [timeformat=<format>] "
    "[testmode=<bool>] [host=<text>] [source=<text>] [sourcetype=<text>]",
    summary="Writes the rows as events to an index.",
    parse=parse,
    run=run,
    aliases=("stash", "summaryindex", "sumindex"),
    risky=True,
)
