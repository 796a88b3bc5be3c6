"""sendalert: runs a custom alert action over the rows, and passes them on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from understudy.spl.commands.columns import collected
from understudy.spl.commands.permission import require
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


@dataclass(frozen=True)
class Alert:
    """What is asked for. results_link and results_path go to the action in place of the stand-in's own."""

    action: str
    position: int
    parameters: Mapping[str, str] = field(default_factory=dict)
    results_link: str = ""
    results_path: str = ""


@runtime_checkable
class Alerts(Protocol):
    """Knowledge that can run alert actions."""

    def send_alert(self, alert: Alert, rows: Sequence[Row], fields: Sequence[str], context: Context) -> None:
        """Runs the action's script with the rows. Raises MissingError for an unknown action, SplError on failure."""


def parse(arguments: Arguments) -> Alert:
    reader = Reader.of(arguments)
    action = reader.field("the name of an alert action")
    parameters: dict[str, str] = {}
    places: dict[str, str] = {}
    while not reader.done:
        name = reader.is_option()
        if name is None:
            reader.finish()
        elif name.startswith("param.") and len(name) > len("param."):
            written = reader.next().text
            reader.expect("=")
            parameters[written[len("param.") :]] = reader.next("a value").text
        elif name in {"results_link", "results_path"}:
            reader.index += 2
            places[name] = joined(reader)
        else:
            raise reader.unknown_option(name)
    return Alert(action.text, action.position, parameters, **places)


def joined(reader: Reader) -> str:
    """Returns the next piece with what touches it: a bare link holds `=`, which is a piece of its own."""
    text = reader.next("a value").text
    while (piece := reader.peek()) is not None and not piece.spaced:
        text += reader.next().text
    return text


def run(alert: Alert, stream: Stream, context: Context) -> Stream:
    """The rows pass on unchanged after the action has ended; its first row is what `$result.field$` stands for."""
    require("run_sendalert", "sendalert", context)
    if not isinstance(context.knowledge, Alerts):
        raise RuntimeSplError("sendalert has no alert actions to run here.", alert.position)
    return Stream(_rows(alert, stream, context, context.knowledge), stream.fields)


def _rows(alert: Alert, stream: Stream, context: Context, alerts: Alerts) -> Iterator[Row]:
    rows, names = collected(stream)
    alerts.send_alert(alert, rows, names, context)
    yield from rows


COMMAND = Command(
    name="sendalert",
    kind="dataset",
    syntax="sendalert <alert action> [results_link=<url>] [results_path=<path>] [param.<name>=<value> ...]",
    summary="Runs a custom alert action with the rows.",
    parse=parse,
    run=run,
    risky=True,
)
