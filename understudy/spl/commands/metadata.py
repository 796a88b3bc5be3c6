"""metadata: the hosts, sources or sourcetypes of indexes, with counts and times."""

from __future__ import annotations

from dataclasses import dataclass

from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Stream
from understudy.spl.registry import Command
from understudy.spl.search_tree import Compare, Everything, Node, Or

KINDS = ("hosts", "sources", "sourcetypes")
KNOWN = frozenset({"type", "index", "splunk_server", "splunk_server_group", "datatype"})
FIELDS = ["firstTime", "lastTime", "recentTime", "totalCount", "type"]


@dataclass(frozen=True)
class Options:
    kind: str
    indexes: tuple[str, ...]


def parse(arguments: Arguments) -> Options:
    """Raises SplSyntaxError without a known type; metric data and other servers are refused."""
    reader = Reader.of(arguments)
    kind = ""
    indexes: list[str] = []
    while not reader.done:
        reader.skip_commas()
        option = reader.option(KNOWN)
        if option is None:
            reader.finish()
            break
        name, value = option
        if name == "type":
            kind = value.text.lower()
            if kind not in KINDS:
                raise SplSyntaxError(f"metadata knows {', '.join(KINDS)}, not '{value.text}'.", value.position)
        elif name == "index":
            indexes.append(value.text)
        elif name == "datatype" and value.text.lower() != "event":
            raise UnsupportedError("metadata of metric indexes is not supported.", value.position)
        elif name.startswith("splunk_server") and value.text not in {"*", "local"}:
            raise UnsupportedError("metadata of other servers is not supported.", value.position)
    if not kind:
        raise SplSyntaxError(f"Command 'metadata' needs type=<{'|'.join(KINDS)}>.", arguments.position)
    return Options(kind, tuple(indexes))


def index_tree(names: tuple[str, ...]) -> Node:
    """Returns the search expression that reaches these indexes; the default ones without any."""
    compares = tuple(Compare("index", "=", name) for name in names)
    if not compares:
        return Everything()
    return compares[0] if len(compares) == 1 else Or(compares)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    rows = context.events.metadata(options.kind, index_tree(options.indexes), context)
    return Stream(iter(rows), [options.kind[:-1], *FIELDS])


COMMAND = Command(
    name="metadata",
    kind="generating",
    syntax="metadata type=<hosts|sources|sourcetypes> [index=<name>] ...",
    summary="Returns the hosts, sources or sourcetypes of indexes, with counts and times.",
    parse=parse,
    run=run,
)
