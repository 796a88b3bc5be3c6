"""eventcount: how many events indexes hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader, boolean
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.wildcard import matcher

KNOWN = frozenset({"index", "summarize", "report_size", "list_vix"})


@dataclass(frozen=True)
class Options:
    indexes: tuple[str, ...] = ()
    summarize: bool = True
    report_size: bool = False


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    indexes: list[str] = []
    flags = {"summarize": True, "report_size": False, "list_vix": True}
    while not reader.done:
        reader.skip_commas()
        option = reader.option(KNOWN)
        if option is None:
            reader.finish()
            break
        name, value = option
        if name == "index":
            indexes.append(value.text)
        else:
            flags[name] = boolean(value, name)
    return Options(tuple(indexes), flags["summarize"], flags["report_size"])


def is_named(name: str, patterns: tuple[str, ...]) -> bool:
    """Tells whether one of the patterns covers an index; internal ones only by a pattern that begins with `_`."""
    return any(
        matcher(pattern, False)(name) and (pattern.startswith("_") or not name.startswith("_")) for pattern in patterns
    )


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Without index= the user's default indexes are counted; where nobody has any, all that are not internal."""
    found = [
        facts
        for facts in context.events.indexes()
        if (
            is_named(facts["name"], options.indexes)
            if options.indexes
            else facts.get("default", not facts["name"].startswith("_"))
        )
    ]
    size = ["size_bytes"] if options.report_size else []

    def split() -> Iterator[Row]:
        for facts in found:
            row: Row = {"count": facts["count"], "index": facts["name"], "provider": "local", "server": "understudy"}
            if options.report_size:
                row["size_bytes"] = facts.get("size_bytes", 0)
            yield row

    if not options.summarize:
        return Stream(split(), ["count", "index", "provider", "server", *size])
    total: Row = {"count": sum(facts["count"] for facts in found)}
    if options.report_size:
        total["size_bytes"] = sum(facts.get("size_bytes", 0) for facts in found)
    return Stream(iter([total]), ["count", *size])


COMMAND = Command(
    name="eventcount",
    kind="generating",
    syntax="eventcount [index=<name>] ... [summarize=<bool>] [report_size=<bool>] [list_vix=<bool>]",
    summary="Returns how many events the indexes hold.",
    parse=parse,
    run=run,
)
