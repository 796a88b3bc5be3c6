"""replace: whole values by other values, with wildcards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from understudy.spl.commands.field_patterns import FieldPattern, FieldSet
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of


@dataclass(frozen=True)
class Options:
    pairs: tuple[tuple[str, str], ...]
    names: tuple[str, ...]


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    pairs: list[tuple[str, str]] = []
    names: list[str] = []
    while not reader.done:
        reader.skip_commas()
        if reader.accept_word("in"):
            names = reader.fields()
            reader.finish()
            if not names:
                raise SplSyntaxError("IN needs a list of fields.", reader.position)
            break
        source = reader.next("a value to replace")
        if reader.accept_word("with") is None:
            raise SplSyntaxError(f"Command 'replace' needs WITH after '{source.text}'.", reader.position)
        target = reader.next("a new value")
        if "punct" in {source.kind, target.kind}:
            raise SplSyntaxError("Command 'replace' needs <value> WITH <value>.", source.position)
        if target.text.count("*") not in {0, source.text.count("*")}:
            raise SplSyntaxError("The new value must have as many wildcards as the old one, or none.", target.position)
        pairs.append((source.text, target.text))
    if not pairs:
        raise SplSyntaxError("Command 'replace' needs <value> WITH <value>.", arguments.position)
    return Options(tuple(pairs), tuple(names))


class Replacer:
    """Later exact values go before earlier ones, exact ones before wildcards, longer wildcards before shorter."""

    def __init__(self, options: Options) -> None:
        self.exact = {source: target for source, target in options.pairs if "*" not in source}
        wild = [(FieldPattern(source), target) for source, target in options.pairs if "*" in source]
        self.wild = sorted(wild, key=lambda pair: -len(pair[0].text.replace("*", "")))
        self.fields = FieldSet(options.names) if options.names else None
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, text: str) -> str | None:
        found = self.exact.get(text)
        if found is not None:
            return found
        for pattern, target in self.wild:
            segments = pattern.segments(text)
            if segments is not None:
                for segment in segments:
                    target = target.replace("*", segment, 1)
                return target
        return None

    def scalar(self, value: Scalar) -> Scalar:
        found = self.of(text_of(value))
        return value if found is None else found

    def takes(self, name: str) -> bool:
        return not name.startswith("_") if self.fields is None else name in self.fields


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(Replacer(options), stream), stream.fields)


def _rows(replacer: Replacer, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        out: Row = {}
        for name, value in row.items():
            if not replacer.takes(name):
                out[name] = value
            elif isinstance(value, list):
                out[name] = [replacer.scalar(single) for single in value]
            else:
                out[name] = replacer.scalar(value)
        yield out


COMMAND = Command(
    name="replace",
    kind="streaming",
    syntax="replace <value> WITH <value> [, ...] [IN <field> ...]  (wildcards in values and fields)",
    summary="Replaces whole field values.",
    parse=parse,
    run=run,
)
