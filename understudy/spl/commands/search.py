"""search: reads events as the first command, filters rows later on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from understudy.spl.errors import SplSyntaxError
from understudy.spl.lexer import tokenize
from understudy.spl.macros import expand
from understudy.spl.model import Arguments, Context, Leaf, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.search_expression import conjoin, parse_tokens
from understudy.spl.search_expression import parse as parse_expression
from understudy.spl.search_match import compile_match
from understudy.spl.search_time import apply_range
from understudy.spl.search_tree import And, Compare, Node, Not, Or

MAX_EVENT_TYPES = 20
PICKER = "range before the search's own times"


@dataclass(frozen=True)
class Options:
    """The expression as written: its times depend on the clock of the search and are read when it runs."""

    text: str
    position: int


def parse(arguments: Arguments) -> Options:
    parse_expression(arguments.text, arguments.position, 0.0, UTC)
    return Options(arguments.text, arguments.position)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    tree = with_event_types(parse_expression(options.text, options.position, context.now, context.zone), context, ())
    if stream.first:
        tree, earliest, latest = apply_range(tree, context.earliest, context.latest)
        take_range(context, earliest, latest)
        return Stream(context.events.scan(tree, earliest, latest, context), leaf=Leaf(tree, earliest, latest))
    return Stream(filtered(stream.rows, tree), stream.fields)


def take_range(context: Context, earliest: float | None, latest: float | None) -> None:
    """Makes times written in the search the range of the commands behind it (timechart, bin, addinfo).

    Sub-pipelines do not inherit them: the search's own range is kept under PICKER for engine.nested_context.
    """
    if (earliest, latest) == (context.earliest, context.latest):
        return
    context.session = {**context.session, PICKER: (context.earliest, context.latest)}
    context.earliest = earliest
    context.latest = context.now if latest is None and earliest is not None and earliest < context.now else latest


def filtered(rows: Iterator[Row], tree: Node) -> Iterator[Row]:
    """Returns the rows that match the tree."""
    return filter(compile_match(tree), rows)


def with_event_types(node: Node, context: Context, running: tuple[str, ...]) -> Node:
    """Returns the tree with each `eventtype=name` widened by the search that the event type stands for."""
    if isinstance(node, And):
        return conjoin([with_event_types(item, context, running) for item in node.items])
    if isinstance(node, Or):
        return Or(tuple(with_event_types(item, context, running) for item in node.items))
    if isinstance(node, Not):
        return Not(with_event_types(node.item, context, running))
    if not isinstance(node, Compare) or node.field != "eventtype" or node.op != "=" or "*" in node.value:
        return node
    text = context.knowledge.event_type(node.value)
    if text is None:
        return node
    if node.value in running or len(running) >= MAX_EVENT_TYPES:
        raise SplSyntaxError(f"The event type '{node.value}' uses itself.", node.position)
    text = expand(text, context).text
    inner = parse_tokens(tokenize(text, 0), len(text), context.now, context.zone)
    return Or((node, with_event_types(inner, context, (*running, node.value))))


COMMAND = Command(
    name="search",
    kind="generating",
    syntax="search <search expression>",
    summary="Reads events that match an expression, or keeps the rows that do.",
    parse=parse,
    run=run,
)
