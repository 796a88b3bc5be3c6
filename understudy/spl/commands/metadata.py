"""metadata: the hosts, sources or sourcetypes of indexes, with counts and times."""

from __future__ import annotations

from dataclasses import dataclass

from understudy.spl.commands.permission import require
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Message, Stream
from understudy.spl.registry import Command
from understudy.spl.search_tree import Compare, Everything, Node, Or
from understudy.spl.values import text_of
from understudy.spl.wildcard import matcher

OWN_NAMES = ("understudy", "local")
KINDS = ("hosts", "sources", "sourcetypes")
KNOWN = frozenset({"type", "index", "splunk_server", "splunk_server_group", "datatype"})
FIELDS = ["firstTime", "lastTime", "recentTime", "totalCount", "type"]


@dataclass(frozen=True)
class Options:
    """servers: patterns of which one must name this instance; none: every server is meant."""

    kind: str
    indexes: tuple[str, ...]
    servers: tuple[str, ...] = ()
    metric: bool = False


def parse(arguments: Arguments) -> Options:
    """Raises SplSyntaxError without a known type; server groups are refused."""
    reader = Reader.of(arguments)
    kind = ""
    indexes: list[str] = []
    servers: list[str] = []
    metric = False
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
        elif name == "datatype":
            metric = value.text.lower() == "metric"
            if not metric and value.text.lower() != "event":
                raise SplSyntaxError(f"Option 'datatype' is event or metric, not '{value.text}'.", value.position)
        elif name == "splunk_server":
            servers.append(value.text)
        elif name == "splunk_server_group" and value.text != "*":
            raise UnsupportedError("metadata knows no groups of servers here.", value.position)
    if not kind:
        raise SplSyntaxError(f"Command 'metadata' needs type=<{'|'.join(KINDS)}>.", arguments.position)
    return Options(kind, tuple(indexes), tuple(servers), metric)


def index_tree(names: tuple[str, ...]) -> Node:
    """Returns the search expression that reaches these indexes; the default ones without any."""
    compares = tuple(Compare("index", "=", name) for name in names)
    if not compares:
        return Everything()
    return compares[0] if len(compares) == 1 else Or(compares)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """Rows come in the order of their names; of a server that is not this one there are none."""
    require("get_metadata", "metadata", context)
    name = options.kind[:-1]
    columns = sorted([name, *FIELDS])
    if options.servers and not any(matcher(text, False)(own) for text in options.servers for own in OWN_NAMES):
        context.messages.append(Message("WARN", f"No server matches splunk_server={', '.join(options.servers)}."))
        return Stream(iter(()), columns)
    if options.metric:
        context.messages.append(Message("WARN", "There are no metric indexes, so datatype=metric finds nothing."))
        return Stream(iter(()), columns)
    rows = context.events.metadata(options.kind, index_tree(options.indexes), context)
    return Stream(iter(sorted(rows, key=lambda row: text_of(row.get(name, "")))), columns)


COMMAND = Command(
    name="metadata",
    kind="generating",
    syntax="metadata type=<hosts|sources|sourcetypes> [index=<name>] ... [splunk_server=<name>] "
    "[datatype=event|metric]",
    summary="Returns the hosts, sources or sourcetypes of indexes, with counts and times.",
    parse=parse,
    run=run,
)
