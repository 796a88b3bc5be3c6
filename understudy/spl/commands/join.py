"""join: fields of a subsearch's rows put into the rows that agree with them on some fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from understudy.spl.bounds import ROWS
from understudy.spl.commands.nested import Pipeline, dataset_of, limited_rows, only_pipeline
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream, Token
from understudy.spl.options import field_list, read_options
from understudy.spl.registry import Command
from understudy.spl.values import number_of, text_of

SPEC = {
    **{"type": "inner|outer|left", "usetime": "bool", "earlier": "bool", "overwrite": "bool", "max": "int"},
    **{"left": "text", "right": "text", "return_multivalue": "bool"},
}
Key = tuple[str, ...]


@dataclass(frozen=True)
class Options:
    """pairs: (left field, right field); empty = all fields the two sides share. aliases: with left= and right=."""

    pipeline: Pipeline
    pairs: tuple[tuple[str, str], ...]
    outer: bool
    usetime: bool
    earlier: bool
    overwrite: bool
    maximum: int
    aliases: tuple[str, str] | None
    flat: bool = False
    """return_multivalue=false was written: a multivalue of the subsearch becomes one value, blanks between."""


def parse(arguments: Arguments) -> Options:
    head = [token for token in arguments.tokens if token.kind != "subsearch"]
    tail = [token for token in arguments.tokens if token.kind == "subsearch"]
    where = next((n for n, token in enumerate(head) if token.kind == "word" and token.text.lower() == "where"), None)
    condition = head[where + 1 :] if where is not None else []
    if tail:
        pipeline = only_pipeline(tail, arguments)
    else:
        head, pipeline = _dataset(head, arguments)
        where = where if where is not None and where < len(head) else None
        condition = head[where + 1 :] if where is not None else []
    options, rest = read_options(head if where is None else head[:where], SPEC, command="join")
    aliases = (options["left"], options["right"]) if "left" in options and "right" in options else None
    if ("left" in options or "right" in options) and (aliases is None or not condition):
        raise SplSyntaxError("'join' needs left=, right= and a where clause together.", arguments.position)
    if aliases is not None:
        pairs = _conditions(condition, aliases)
        if rest:
            raise SplSyntaxError(f"'{rest[0].raw}' is not expected in the arguments of 'join'.", rest[0].position)
    elif condition:
        raise SplSyntaxError("The where clause of 'join' needs left= and right=.", condition[0].position)
    else:
        pairs = tuple((name, name) for name in field_list(rest, command="join", wildcards=False))
    maximum = options.get("max", 1)
    if maximum < 0:
        raise SplSyntaxError("Option 'max' of 'join' must not be negative.", arguments.position)
    return Options(
        pipeline,
        pairs,
        options.get("type", "inner") != "inner",
        options.get("usetime", False),
        options.get("earlier", True),
        options.get("overwrite", True),
        maximum,
        aliases,
        not options.get("return_multivalue", True),
    )


def _dataset(head: list[Token], arguments: Arguments) -> tuple[list[Token], Pipeline]:
    """Returns the tokens before the data set that stands in place of a subsearch, and its pipeline."""
    for index, token in enumerate(head):
        text, following = token.text, head[index + 1 : index + 2]
        if text.endswith(":") and following and not following[0].spaced:
            text += following[0].text
        pipeline = dataset_of(text, token.position, "join") if token.kind == "word" else None
        if pipeline is not None:
            return head[:index], pipeline
    raise SplSyntaxError("'join' needs a subsearch between brackets.", arguments.position)


def _conditions(tokens: Sequence[Token], aliases: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "word" and token.text.upper() == "AND" and pairs:
            index += 1
            continue
        if index + 2 >= len(tokens) or tokens[index + 1].text not in ("=", "=="):
            raise SplSyntaxError("The where clause of 'join' is <left>.<field>=<right>.<field> AND ...", token.position)
        sides = {}
        for side in (token, tokens[index + 2]):
            alias, _, name = side.text.partition(".")
            if alias not in aliases or not name:
                raise SplSyntaxError(f"'{side.text}' does not begin with an alias of 'join'.", side.position)
            sides[alias] = name
        if len(sides) < 2:
            raise SplSyntaxError("The where clause of 'join' compares one side with itself.", token.position)
        pairs.append((sides[aliases[0]], sides[aliases[1]]))
        index += 3
    return tuple(pairs)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream.rows, context))


def _rows(options: Options, rows: Iterator[Row], context: Context) -> Iterator[Row]:
    right_rows = list(limited_rows(options.pipeline, context, context.limits.join_rows))
    if options.flat:
        right_rows = [
            {name: " ".join(map(text_of, value)) if isinstance(value, list) else value for name, value in row.items()}
            for row in right_rows
        ]
    pairs = options.pairs
    if not pairs:
        rows = iter(left_rows := list(rows))
        shared = {name for row in left_rows for name in row} & {name for row in right_rows for name in row}
        pairs = tuple((name, name) for name in sorted(shared) if not name.startswith("_"))
    index: dict[Key, list[Row]] = {}
    for right in right_rows:
        key = _key(right, [name for _, name in pairs])
        if key is not None:
            index.setdefault(key, []).append(right)
    left_names = [name for name, _ in pairs]
    made = 0
    for row in rows:
        key = _key(row, left_names) if pairs else None
        matches = index.get(key, []) if key is not None else []
        if options.usetime:
            matches = [match for match in matches if _in_order(row, match, options.earlier)]
        if options.maximum:
            matches = matches[: options.maximum]
        if not matches and options.outer:
            yield _aliased(row, options, None)
        made += max(0, len(matches) - 1)
        if made > ROWS:
            raise RuntimeSplError(f"join would make more than {ROWS:,} rows beyond those it reads.")
        for match in matches:
            yield _aliased(row, options, match)


def _key(row: Row, names: list[str]) -> Key | None:
    found: list[str] = []
    for name in names:
        value = row.get(name)
        if value is None:
            return None
        found.append(text_of(value))
    return tuple(found)


def _in_order(left: Row, right: Row, earlier: bool) -> bool:
    left_time, right_time = number_of(left.get("_time")), number_of(right.get("_time"))
    if left_time is None or right_time is None:
        return False
    return right_time <= left_time if earlier else right_time >= left_time


def _aliased(row: Row, options: Options, match: Row | None) -> Row:
    if options.aliases is not None:
        left, right = options.aliases
        named: Row = {f"{left}.{name}": value for name, value in row.items()}
        named.update({f"{right}.{name}": value for name, value in (match or {}).items()})
        return named
    joined = dict(row)
    for name, value in (match or {}).items():
        if options.overwrite or name not in joined:
            joined[name] = value
    return joined


COMMAND = Command(
    name="join",
    kind="dataset",
    syntax="join (type=inner|outer|left)? (usetime=<bool>)? (earlier=<bool>)? (overwrite=<bool>)? (max=<int>)? "
    "(return_multivalue=<bool>)? (<field list> | left=<alias> right=<alias> where <conditions>) "
    "([<subsearch>] | inputlookup:<name> | savedsearch:<name>)",
    summary="Puts the fields of a subsearch's rows into the rows that agree on some fields.",
    parse=parse,
    run=run,
)
