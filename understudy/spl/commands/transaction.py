"""transaction: rows grouped into transactions by fields, times, and the events that begin and end them.

Rows are taken newest first, as Splunk does it, so a transaction opens with its last event and closes with its first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Protocol, runtime_checkable

from understudy.spl.commands.delimited import DelimitedValues
from understudy.spl.commands.reader import Piece, Reader, boolean, integer, span
from understudy.spl.errors import MissingError, SplSyntaxError
from understudy.spl.eval import compile_expression
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.search_expression import parse as parse_search
from understudy.spl.search_match import compile_match
from understudy.spl.values import collapse, normalize_number, number_of, text_of, values_of

_CONDITIONS = frozenset({"startswith", "endswith"})
_OPTIONS = frozenset(
    {
        "name",
        "fields",
        "maxspan",
        "maxpause",
        "maxevents",
        "startswith",
        "endswith",
        "connected",
        "unifyends",
        "keeporphans",
        "maxopentxn",
        "maxopenevents",
        "keepevicted",
        "mvlist",
        "delim",
        "nullstr",
        "mvraw",
    }
)
Test = Callable[[Row], bool]


@runtime_checkable
class TransactionTypes(Protocol):
    """Knowledge that has transactiontypes.conf."""

    def transaction_type(self, name: str) -> Mapping[str, str] | None:
        """Returns the settings of a stanza, or None."""


@dataclass(frozen=True)
class Filter:
    """kind: search or eval."""

    kind: str
    text: str
    position: int

    def compile(self, context: Context) -> Test:
        if self.kind == "search":
            return compile_match(parse_search(self.text, self.position, context.now, context.zone))
        expression = compile_expression(self.text, self.position)
        return lambda row: expression.evaluate(row, context) is True


@dataclass(frozen=True)
class Options:
    """maxspan and maxpause in seconds; None: no bound. type_name: the stanza of transactiontypes.conf, if named."""

    names: tuple[str, ...]
    maxspan: float | None = None
    maxpause: float | None = None
    maxevents: int = 1000
    startswith: Filter | None = None
    endswith: Filter | None = None
    connected: bool = True
    keeporphans: bool = False
    maxopentxn: int = 5000
    maxopenevents: int = 100_000
    keepevicted: bool = False
    mvlist: bool | frozenset[str] = False
    delim: str = " "
    nullstr: str = "NULL"
    mvraw: bool = False
    unifyends: bool = True
    type_name: str = ""

    def as_list(self, name: str) -> bool:
        return self.mvlist if isinstance(self.mvlist, bool) else name in self.mvlist


def _filter(reader: Reader) -> Filter:
    piece = reader.peek()
    if piece is not None and piece.kind == "punct" and piece.text == "(":
        text, position = reader.inside()
        return Filter("search", text, position)
    piece = reader.next("a condition")
    if piece.kind == "word" and piece.text.lower() == "eval" and reader.is_punct("("):
        text, position = reader.inside()
        return Filter("eval", text, position)
    if piece.kind == "string":
        return Filter("search", piece.text if _is_expression(piece) else piece.raw, piece.position)
    return Filter("search", piece.raw, piece.position)


def _is_expression(piece: Piece) -> bool:
    """True for quoted text that is a search of its own: "user=mildred", "login OR logon". Else it is a phrase."""
    try:
        parse_search(piece.text, piece.position, 0.0, UTC)
    except SplSyntaxError:
        return False
    return bool(piece.text.strip())


def _seconds(piece: Piece, name: str) -> float | None:
    if piece.text.startswith("-"):
        return None
    return span(piece, name).seconds


@dataclass(frozen=True)
class Request:
    """The arguments as written, and the transaction type they start from."""

    arguments: Arguments
    options: Options
    type_name: str = ""
    type_position: int = 0


def parse(arguments: Arguments) -> Request:
    found, _, values, place = _parse(arguments)
    return Request(arguments, found, str(values.get("type_name", "")), place)


def _parse(
    arguments: Arguments, start: Mapping[str, object] | None = None, fields: tuple[str, ...] = ()
) -> tuple[Options, list[str], dict[str, object], int]:
    """Returns the options, over those of a transaction type; fields written here replace the type's."""
    reader = Reader.of(arguments)
    values: dict[str, object] = dict(start or {})
    names: list[str] = []
    place = arguments.position
    while not reader.done:
        reader.skip_commas()
        name = reader.is_option()
        if name in {"startswith", "endswith"}:
            reader.index += 2
            values[name] = _filter(reader)
        elif (option := reader.option(_OPTIONS)) is not None:
            _read(reader, *option, values, names)
            if option[0] == "name":
                place = option[1].position
        elif not reader.done:
            names += reader.fields() or [reader.field().text]
    if not values.get("connected", True):
        values.setdefault("unifyends", False)
    options = Options(tuple(names) or fields, **values)  # type: ignore[arg-type]  # each has the type of its option
    return options, names, values, place


def with_type(request: Request, context: Context) -> Options:
    """Returns the options with those of the named transaction type beneath them. Raises MissingError."""
    if not request.type_name:
        return request.options
    known = context.knowledge
    settings = known.transaction_type(request.type_name) if isinstance(known, TransactionTypes) else None
    if settings is None:
        raise MissingError(f"transaction type '{request.type_name}' not found", request.type_position)
    text = " ".join(
        f"{name}={value}" if name in _CONDITIONS or " " not in value else f'{name}="{value}"'
        for name, value in settings.items()
        if name in _OPTIONS and name != "name" and value
    )
    beneath = Arguments("transaction", text, 0, ())
    try:
        _, names, values, _ = _parse(beneath)
    except SplSyntaxError as error:
        raise SplSyntaxError(
            f"The transaction type '{request.type_name}': {error.message}", request.type_position
        ) from error
    return _parse(request.arguments, values, tuple(names))[0]


def _read(reader: Reader, name: str, piece: Piece, values: dict[str, object], names: list[str]) -> None:
    if name == "name":
        values["type_name"] = piece.text
    elif name == "fields":
        names += [part for part in piece.text.replace(",", " ").split() if part]
    elif name in {"maxspan", "maxpause"}:
        values[name] = _seconds(piece, name)
    elif name in {"maxevents", "maxopentxn", "maxopenevents"}:
        number = integer(piece, name)
        values[name] = number if number > 0 else 1 << 62
    elif name == "mvlist":
        try:
            values[name] = boolean(piece, name)
        except SplSyntaxError:
            listed = [piece.text]
            while reader.accept(","):
                listed.append(reader.field().text)
            values[name] = frozenset(part for text in listed for part in text.replace(",", " ").split())
    elif name in {"delim", "nullstr"}:
        values[name] = piece.text
    else:
        values[name] = boolean(piece, name)


@dataclass
class Transaction:
    """An open transaction; events newest first. ended: it began with an event that endswith matches."""

    number: int
    events: list[Row]
    newest: float
    oldest: float
    ended: bool
    values: dict[str, str] = field(default_factory=dict)


class Pool:
    """The open transactions, found by field values."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.open: dict[int, Transaction] = {}
        self.by_value: dict[tuple[str, str], dict[int, None]] = {}
        self.count = 0

    def add(self, transaction: Transaction, values: dict[str, str]) -> None:
        self.open.pop(transaction.number, None)
        self.open[transaction.number] = transaction
        for item in values.items():
            if item[0] not in transaction.values:
                transaction.values[item[0]] = item[1]
                self.by_value.setdefault(item, {})[transaction.number] = None

    def remove(self, transaction: Transaction) -> None:
        del self.open[transaction.number]
        for item in transaction.values.items():
            numbers = self.by_value[item]
            del numbers[transaction.number]
            if not numbers:
                del self.by_value[item]

    def find(self, values: dict[str, str], *, is_end: bool) -> Transaction | None:
        """Returns the newest open transaction that the values agree with: one value in common, none different.

        is_end: the event matches startswith or endswith, and with unifyends=false needs no value in common.
        """
        if not self.options.names:
            return next(reversed(self.open.values()), None)
        candidates = {number for item in values.items() for number in self.by_value.get(item, ())}
        for number in sorted(candidates, reverse=True):
            if self._agrees(self.open[number], values):
                return self.open[number]
        if not self.options.connected or (is_end and not self.options.unifyends):
            for transaction in reversed(self.open.values()):
                if self._agrees(transaction, values):
                    return transaction
        return None

    @staticmethod
    def _agrees(transaction: Transaction, values: dict[str, str]) -> bool:
        return all(transaction.values.get(name, text) == text for name, text in values.items())


def _time(row: Row) -> float | None:
    value = row.get("_time")
    return None if isinstance(value, list) else number_of(value)


def run(request: Request, stream: Stream, context: Context) -> Stream:
    """Transactions come out newest first by the time of their first event. Rows without _time are left out."""
    return Stream(_rows(with_type(request, context), stream, context), None)


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    timed = [(time, row) for row in stream.rows if (time := _time(row)) is not None]
    timed.sort(key=lambda pair: -pair[0])
    results: list[tuple[float, Row]] = []
    for transaction, complete, closed in _transactions(options, timed, context, results):
        if complete or options.keepevicted:
            row = _merged(transaction, options, closed=complete and closed)
            results.append((transaction.oldest, row))
    results.sort(key=lambda pair: -pair[0])
    for _, row in results:
        yield row


def _transactions(
    options: Options, timed: list[tuple[float, Row]], context: Context, orphans: list[tuple[float, Row]]
) -> Iterator[tuple[Transaction, bool, bool]]:
    """Yields each transaction, whether it is complete, and whether a condition (not the end of the rows) closed it."""
    starts = options.startswith.compile(context) if options.startswith else None
    ends = options.endswith.compile(context) if options.endswith else None
    pool = Pool(options)
    number = held = 0
    for time, row in timed:
        values = {name: text_of(row[name]) for name in options.names if name in row}
        is_end = ends is not None and ends(row)
        is_start = starts is not None and starts(row)
        if options.names and not values and not ((is_end or is_start) and not options.unifyends):
            if options.keeporphans:
                orphans.append((time, {**row, "_txn_orphan": 1}))
            continue
        found = pool.find(values, is_end=is_end or is_start)
        if found is not None and (is_end or _too_far(found, time, options)):
            pool.remove(found)
            held -= len(found.events)
            yield found, _complete(found, options, started=False), True
            found = None
        if found is None:
            number += 1
            found = Transaction(number, [], time, time, is_end)
        found.events.append(row)
        found.oldest = time
        held += 1
        pool.add(found, values)
        if is_start or len(found.events) >= options.maxevents:
            pool.remove(found)
            held -= len(found.events)
            yield found, _complete(found, options, started=starts is None or is_start), True
        while len(pool.open) > options.maxopentxn or held > options.maxopenevents:
            oldest = next(iter(pool.open.values()))
            pool.remove(oldest)
            held -= len(oldest.events)
            yield oldest, False, False
    for transaction in list(pool.open.values()):
        yield transaction, _complete(transaction, options, started=False), False


def _too_far(transaction: Transaction, time: float, options: Options) -> bool:
    """A transaction spans less than maxspan, and pauses no longer than maxpause."""
    if options.maxspan is not None and transaction.newest - time >= options.maxspan:
        return True
    return options.maxpause is not None and transaction.oldest - time > options.maxpause


def _complete(transaction: Transaction, options: Options, *, started: bool) -> bool:
    """Whether the transaction has the ends it must have; without startswith and endswith each one is complete."""
    return (options.startswith is None or started) and (options.endswith is None or transaction.ended)


def _merged(transaction: Transaction, options: Options, *, closed: bool) -> Row:
    events = list(reversed(transaction.events))
    row: Row = {}
    names = dict.fromkeys(name for event in events for name in event)
    for name in names:
        if name in {"_time", "_raw"}:
            continue
        if options.as_list(name):
            values: list[Scalar] = []
            for event in events:
                values += values_of(event[name]) if name in event else [options.nullstr]
        else:
            texts = {text_of(single): single for event in events for single in values_of(event.get(name))}
            values = [texts[text] for text in sorted(texts)]
        combined = collapse(values)
        row[name] = DelimitedValues(combined, options.delim) if isinstance(combined, list) else combined
    raws = [text_of(event["_raw"]) for event in events if "_raw" in event]
    if raws:
        raw = collapse(raws) if options.mvraw else "\n".join(raws)
        row["_raw"] = DelimitedValues(raw, options.delim) if isinstance(raw, list) else raw
    row["_time"] = events[0]["_time"]
    row["duration"] = normalize_number(round(transaction.newest - transaction.oldest, 6)) or 0
    row["eventcount"] = len(events)
    row["closed_txn"] = 1 if closed else 0
    if options.type_name:
        row["transactiontype"] = options.type_name
    return row


COMMAND = Command(
    name="transaction",
    kind="dataset",
    syntax="transaction [<field> ...] [name=<transaction type>] [maxspan=<span>] [maxpause=<span>] "
    "[maxevents=<int>] [startswith=<condition>] "
    "[endswith=<condition>] [connected=<bool>] [unifyends=<bool>] [keeporphans=<bool>] "
    "[keepevicted=<bool>] [maxopentxn=<int>] "
    "[maxopenevents=<int>] [mvlist=<bool or fields>] [delim=<text>] [nullstr=<text>] [mvraw=<bool>]  "
    '(a condition is "text", (search) or eval(expression))',
    summary="Groups rows into transactions.",
    parse=parse,
    run=run,
    aliases=("transam",),
)
