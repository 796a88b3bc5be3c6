"""rename: gives fields new names; wildcards carry over what they matched."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.commands.field_patterns import FieldPattern
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command

Pairs = tuple[tuple[str, str], ...]


def parse(arguments: Arguments) -> Pairs:
    reader = Reader.of(arguments)
    pairs: list[tuple[str, str]] = []
    while not reader.done:
        source = reader.field()
        if reader.accept_word("as") is None:
            raise SplSyntaxError(f"Command 'rename' needs AS and a new name after '{source.text}'.", reader.position)
        target = reader.field("a new name")
        if "*" in target.text and source.text.count("*") != target.text.count("*"):
            raise SplSyntaxError("The old and the new name must have the same number of wildcards.", target.position)
        if "*" in source.text and "*" not in target.text:
            raise SplSyntaxError(
                f"'{source.text}' may match several fields, so the new name needs a wildcard too.", target.position
            )
        pairs.append((source.text, target.text))
        reader.skip_commas()
    if not pairs:
        raise SplSyntaxError("Command 'rename' needs <field> AS <name>.", arguments.position)
    return tuple(pairs)


class Renamer:
    """Applies the pairs one after another to a list of names. A renamed field replaces one that has the new name."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = [(FieldPattern(source), target) for source, target in pairs]
        self._seen: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def steps(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """Returns (old, new) in order for a row with these names."""
        found = self._seen.get(names)
        if found is None:
            if len(self._seen) > 1000:
                self._seen.clear()
            found = self._seen[names] = self._steps(list(names))
        return found

    def _steps(self, names: list[str]) -> list[tuple[str, str]]:
        steps: list[tuple[str, str]] = []
        for pattern, target in self.pairs:
            for name in list(names):
                if not pattern.matches(name):
                    continue
                new = target
                for segment in pattern.segments(name) or ():
                    new = new.replace("*", segment, 1)
                if new == name:
                    continue
                steps.append((name, new))
                if new in names:
                    names.remove(new)
                names[names.index(name)] = new
            if (
                not pattern.wildcard
                and target in names
                and (pattern.text, target) not in steps
                and target != pattern.text
            ):
                # Renaming a field that is not there empties the field of the new name.
                steps.append((pattern.text, target))
                names.remove(target)
        return steps


def _renamed(row: Row, steps: list[tuple[str, str]]) -> Row:
    for old, new in steps:
        value = row.get(old)
        changed: Row = {}
        for name, held in row.items():
            if name == old:
                changed[new] = held
            elif name != new:
                changed[name] = held
        if value is None:
            changed.pop(new, None)
        row = changed
    return row


def run(options: Pairs, stream: Stream, context: Context) -> Stream:
    renamer = Renamer(options)
    for source, target in options:
        if source in context.formats:
            context.formats[target] = context.formats.pop(source)
    columns = None
    if stream.fields is not None:
        names: dict[str, int | str | float | list[str | int | float]] = dict.fromkeys(stream.fields, 0)
        columns = list(_renamed(names, renamer.steps(tuple(names))))
    return Stream(_rows(renamer, stream), columns)


def _rows(renamer: Renamer, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        steps = renamer.steps(tuple(row))
        yield _renamed(row, steps) if steps else row


COMMAND = Command(
    name="rename",
    kind="streaming",
    syntax="rename <field> AS <name> ...  (wildcards allowed)",
    summary="Renames fields.",
    parse=parse,
    run=run,
)
