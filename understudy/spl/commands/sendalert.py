"""sendalert: runs a custom alert action over the rows, and passes them on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from understudy.spl.commands.permission import require
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


@runtime_checkable
class Alerts(Protocol):
    """Knowledge that can run alert actions."""

    def send_alert(self, action: str, parameters: Mapping[str, str], rows: Sequence[Row], context: Context) -> None:
        """Runs the action's script with the rows. Raises MissingError for an unknown action, SplError on failure."""


@dataclass(frozen=True)
class Options:
    action: str
    position: int
    parameters: Mapping[str, str] = field(default_factory=dict)


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    action = reader.field("the name of an alert action")
    parameters: dict[str, str] = {}
    while not reader.done:
        name = reader.is_option()
        if name is None:
            reader.finish()
        elif name.startswith("param."):
            written = reader.next().text
            reader.expect("=")
            parameters[written[len("param.") :]] = reader.next("a value").text
        else:
            raise reader.unknown_option(name)
    return Options(action.text, action.position, parameters)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    require("run_sendalert", "sendalert", context)
    if not isinstance(context.knowledge, Alerts):
        raise RuntimeSplError("sendalert has no alert actions to run here.", options.position)
    return Stream(_rows(options, stream, context, context.knowledge), stream.fields)


def _rows(options: Options, stream: Stream, context: Context, alerts: Alerts) -> Iterator[Row]:
    rows = list(stream.rows)
    alerts.send_alert(options.action, options.parameters, rows, context)
    yield from rows


COMMAND = Command(
    name="sendalert",
    kind="dataset",
    syntax="sendalert <alert action> [param.<name>=<value> ...]",
    summary="Runs a custom alert action with the rows.",
    parse=parse,
    run=run,
    risky=True,
)
