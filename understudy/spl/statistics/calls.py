"""How statistics are written: `avg(*lay) AS *_mean, count(eval(a>1)) BY host span-like options`, read into calls.

An unnamed call keeps its text as the column's name: avg(size). A wildcard field stands for every field it matches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from understudy.spl.commands.reader import Piece, Reader, boolean
from understudy.spl.errors import SplError, SplSyntaxError, UnsupportedError
from understudy.spl.eval import Expression, compile_expression
from understudy.spl.model import Token
from understudy.spl.statistics.functions import (
    ALIASES,
    FUNCTIONS,
    PERCENTILES,
    UNSUPPORTED,
    Function,
    find_function,
)


@dataclass(frozen=True)
class Call:
    """One column. field None and expression None: the rows themselves are counted.

    parts: for an expression over statistics, eval(avg(a)/max(b)), the inner calls whose names the expression reads.
    sparkline: the call draws a series over time; span is its text or empty.
    """

    name: str
    function: Function
    field: str | None = None
    expression: Expression | None = None
    alias: str | None = None
    position: int = 0
    parts: tuple[Call, ...] = ()
    sparkline: bool = False
    span: str = ""

    @property
    def wildcard(self) -> bool:
        return self.field is not None and "*" in self.field

    def of_field(self, name: str, segments: Sequence[str]) -> Call:
        """Returns this call for one field that its wildcard matched; segments are what the wildcards stood for."""
        written = self.name.replace(str(self.field), name, 1) if self.alias is None else self.alias
        for segment in segments:
            written = written.replace("*", segment, 1)
        return replace(self, name=written, field=name)


@dataclass(frozen=True)
class Statistics:
    """The arguments of stats, eventstats, streamstats: columns, group fields, options by name."""

    calls: tuple[Call, ...]
    by: tuple[str, ...] = ()
    options: Mapping[str, Piece] = field(default_factory=dict)

    def flag(self, name: str, default: bool = False) -> bool:
        piece = self.options.get(name)
        return default if piece is None else boolean(piece, name)


def is_call(reader: Reader) -> bool:
    """True when the next piece begins a statistic: a function with or without parentheses, eval( or sparkline(."""
    piece = reader.peek()
    if piece is None or piece.kind != "word" or reader.is_option() is not None:
        return False
    after = reader.peek(1)
    called = after is not None and after.kind == "punct" and after.text == "(" and not after.spaced
    return called or piece.text.lower() == "sparkline" or find_function(piece.text) is not None


def _function(piece: Piece, command: str) -> Function:
    lower = piece.text.lower()
    if lower in UNSUPPORTED:
        raise UnsupportedError(f"Unsupported statistical function '{lower}': {UNSUPPORTED[lower]}.", piece.position)
    found = find_function(lower)
    if found is None:
        close = get_close_matches(lower, (*FUNCTIONS, *ALIASES), 1)
        near = "perc95" if lower.startswith(PERCENTILES[:3]) else close[0] if close else ""
        hint = f" Did you mean '{near}'?" if near else ""
        raise UnsupportedError(
            f"Unsupported statistical function '{piece.text}' in command '{command}'.{hint}", piece.position
        )
    if found.scope != "all" and found.scope != command:
        raise UnsupportedError(f"The function '{lower}' is supported in '{found.scope}' only.", piece.position)
    return found


_INNER_CALL = re.compile(r"(?<![\w.'\"])(?:([A-Za-z_]+\d*(?:\.\d+)?)\(|count(?![\w.'\"(]))")


def _expression_over_statistics(text: str, position: int, command: str) -> tuple[Expression, tuple[Call, ...]]:
    """Returns the expression with each inner statistic replaced by a field, and those statistics as calls."""
    parts: list[Call] = []
    built = ""
    index = 0
    for match in _INNER_CALL.finditer(text):
        if match.start() < index or (match.group(1) and find_function(match.group(1)) is None):
            continue
        end = match.end()
        if match.group(1):
            inner, _ = Reader(text[end - 1 :], position + end - 1, command).inside()
            if _has_comma(inner):
                continue
            end += len(inner) + 1
        call = parse_call(Reader(text[match.start() : end], position + match.start(), command))
        call = replace(call, name=f"statistic {len(parts)}")
        parts.append(call)
        built += f"{text[index : match.start()]}'{call.name}'"
        index = end
    if not parts:
        raise SplSyntaxError("An eval expression here must use at least one statistical function.", position)
    try:
        return compile_expression(built + text[index:], position), tuple(parts)
    except SplError as error:
        # its place is one in the text with the statistics taken out, which may be longer than the text as written
        error.position = position if error.position is None else min(error.position, position + len(text))
        raise


def _has_comma(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            return True
    return False


def _argument(inner: str, begin: int, call: Call, command: str) -> Call:
    """Returns the call with what stands between its parentheses: nothing, a field, or eval(expression)."""
    stripped = inner.strip()
    if not stripped:
        return call if call.function.name == "count" else replace(call, field="*")
    reader = Reader(inner, begin, command)
    if reader.is_word("eval") and (after := reader.peek(1)) is not None and after.text == "(":
        reader.next()
        text, position = reader.inside()
        if not text.strip():
            raise SplSyntaxError("eval() needs an expression.", position)
        reader.finish()
        return replace(call, expression=compile_expression(text, position))
    if len(reader.items) == 1 and reader.items[0].kind in {"quoted", "string"}:
        return replace(call, field=reader.items[0].text)
    if "(" in stripped and not all(find_function(word) is None for word in re.findall(r"\w+(?=\()", stripped)):
        # A column made by an earlier statistic, such as sum(count(x)).
        return replace(call, field=stripped)
    if re.search(r"[,=<>+/%\s]|\*\*", stripped):
        raise SplSyntaxError(
            f"'{call.name}' needs one field; write an expression as {command} {call.function.name}(eval(...)).", begin
        )
    return replace(call, field=stripped)


def _sparkline(reader: Reader, piece: Piece) -> Call:
    inner, begin = reader.inside()
    inner_reader = Reader(inner, begin, reader.command)
    call = parse_call(inner_reader)
    span = ""
    if inner_reader.accept(","):
        span = inner_reader.next("a span").text
    inner_reader.finish()
    if not call.function.sparkline or call.sparkline or call.parts:
        raise UnsupportedError(f"sparkline does not support '{call.function.name}'.", begin)
    return replace(call, name=f"{piece.text}({inner})", sparkline=True, span=span, position=piece.position)


def parse_call(reader: Reader) -> Call:
    """Reads one statistic without its AS."""
    piece = reader.next("a statistical function")
    if piece.kind == "punct" and piece.text == "(":
        reader.index -= 1
        text, begin = reader.inside()
        expression, parts = _expression_over_statistics(text, begin, reader.command)
        return Call(text.strip(), FUNCTIONS["count"], expression=expression, parts=parts, position=piece.position)
    if piece.kind != "word":
        raise SplSyntaxError(f"Command '{reader.command}' expects a statistical function here.", piece.position)
    if reader.is_punct("(") and piece.text.lower() == "eval":
        text, begin = reader.inside()
        expression, parts = _expression_over_statistics(text, begin, reader.command)
        name = f"{piece.text}({text})"
        return Call(name, FUNCTIONS["count"], expression=expression, parts=parts, position=piece.position)
    if reader.is_punct("(") and piece.text.lower() == "sparkline":
        return _sparkline(reader, piece)
    if piece.text.lower() == "sparkline":
        return Call(piece.text, FUNCTIONS["count"], sparkline=True, position=piece.position)
    function = _function(piece, reader.command)
    if not reader.is_punct("("):
        call = Call(piece.text, function, position=piece.position)
        if function.name == "count":
            return replace(call, name="count")
        return replace(call, name=f"{piece.text}(*)", field="*")
    inner, begin = reader.inside()
    shown = inner.strip()
    if len(shown) > 1 and shown[0] == shown[-1] and shown[0] in "'\"":
        shown = shown[1:-1]
    name = f"{piece.text}({shown})" if shown else piece.text
    call = Call(name, function, position=piece.position)
    result = _argument(inner, begin, call, reader.command)
    if result.wildcard and not shown:
        return replace(result, name=f"{piece.text}(*)")
    return result


def parse_named_call(reader: Reader) -> Call:
    """Reads one statistic with its AS."""
    call = parse_call(reader)
    if reader.accept_word("as"):
        alias = reader.field("a name after AS").text
        if "*" in alias and alias.count("*") != str(call.field or "").count("*"):
            raise SplSyntaxError("The wildcards of the field and of its new name differ in number.", call.position)
        return replace(call, name=alias, alias=alias)
    return call


def read_statistics(reader: Reader, known: Mapping[str, str] | frozenset[str] = frozenset()) -> Statistics:
    """Reads calls, a BY clause and the known options, in the loose order in which Splunk takes them."""
    calls: list[Call] = []
    by: list[str] = []
    options: dict[str, Piece] = {}
    while not reader.done:
        reader.skip_commas()
        if reader.done:
            break
        if (name := reader.is_option()) is not None and name in known and _is_parenthesis(reader.peek(2)):
            opening = reader.peek()
            reader.index += 2
            text, begin = reader.inside()
            options[name] = Piece("parenthesis", text, text, begin, bool(opening and opening.spaced))
        elif (option := reader.option(known)) is not None:
            options[option[0]] = option[1]
        elif (word := reader.accept_word("by")) is not None:
            more = reader.fields("by")
            if not more or by:
                raise SplSyntaxError("BY needs a list of fields, once.", word.position)
            by = more
        elif by:
            reader.finish()
        else:
            calls.append(parse_named_call(reader))
    for name in by:
        if "*" in name:
            raise SplSyntaxError(f"The BY clause of '{reader.command}' takes no wildcard: '{name}'.", reader.start)
        if name.lower() == "as":
            raise SplSyntaxError(f"The BY clause of '{reader.command}' takes no AS; rename the field.", reader.start)
    return Statistics(tuple(calls), tuple(by), options)


def _is_parenthesis(piece: Piece | None) -> bool:
    return piece is not None and piece.kind == "punct" and piece.text == "("


def parse_calls(
    tokens: Sequence[Token], command: str = "stats", known: frozenset[str] = frozenset()
) -> tuple[list[Call], list[str], dict[str, str]]:
    """Returns the calls, the BY fields and the options of tokens written as for stats.

    Raises SplSyntaxError, or UnsupportedError for an unknown function or option, with the place.
    """
    found = read_statistics(Reader.of_tokens(tokens, command), known)
    return list(found.calls), list(found.by), {name: piece.text for name, piece in found.options.items()}
