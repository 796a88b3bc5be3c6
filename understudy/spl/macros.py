"""Expands macro calls between backticks before a search is parsed, and keeps track of where each character came from.

Arguments are put in wherever `$name$` stands, inside quotes too. Calls inside double quotes are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from understudy.spl.errors import MissingError, RuntimeSplError, SplError, SplSyntaxError
from understudy.spl.eval import compile_expression
from understudy.spl.lexer import blank_comments, double_quote_end, unescape
from understudy.spl.model import Context, Macro
from understudy.spl.values import text_of

CALL = re.compile(r"\s*([^\s()`]+)\s*(?:\((.*)\))?\s*\Z", re.DOTALL)
MAX_DEPTH = 50
MAX_OTHERS = 10
"""A macro that is missed is looked for with 0 to 9 arguments, to say so."""
MAX_LENGTH = 2_000_000


@dataclass
class SourceMap:
    """Maps offsets of an expanded text to offsets of the text as written. starts: ascending offsets in the expansion.

    origins[i] is where starts[i] came from; moving[i] tells copied text (offsets run on) from replaced text.
    """

    starts: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    moving: list[bool] = field(default_factory=list)

    def add(self, start: int, origin: int, moving: bool) -> None:
        self.starts.append(start)
        self.origins.append(origin)
        self.moving.append(moving)

    def origin(self, offset: int) -> int:
        """Returns the offset as written of an offset in the expansion."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return offset
        return self.origins[at] + (offset - self.starts[at] if self.moving[at] else 0)


@dataclass(frozen=True)
class Expansion:
    text: str
    source: SourceMap


def expand(text: str, context: Context) -> Expansion:
    """Returns the search text with comments blanked and every macro call replaced.

    Raises MissingError (unknown macro), SplSyntaxError (malformed call, cycle, too deep) and RuntimeSplError (an
    argument that a macro's validation refuses), each at the call's place in the text as written.
    """
    clean = blank_comments(text)
    if "`" not in clean:
        source = SourceMap()
        source.add(0, 0, True)
        return Expansion(clean, source)
    pieces: list[str] = []
    source = SourceMap()
    length = 0
    for start, end, call in _calls(clean):
        if call is None:
            piece = clean[start:end]
            source.add(length, start, True)
        else:
            try:
                piece = _expand_call(call, context, ())
            except SplError as error:
                error.position = start
                raise
            source.add(length, start, False)
        pieces.append(piece)
        length += len(piece)
        if length > MAX_LENGTH:
            raise SplSyntaxError("The search is too long after its macros are expanded.", start)
    return Expansion("".join(pieces), source)


def _calls(text: str) -> list[tuple[int, int, str | None]]:
    """Returns (start, end, call text or None) of the stretches of a text: plain ones and calls between backticks."""
    found: list[tuple[int, int, str | None]] = []
    index = kept = 0
    while index < len(text):
        character = text[index]
        if character == "\\":
            index += 2
        elif character == '"':
            end = double_quote_end(text, index)
            if end < 0:
                break
            index = end + 1
        elif character == "`":
            end = _backtick_end(text, index)
            found.append((kept, index, None))
            found.append((index, end + 1, text[index + 1 : end]))
            index = kept = end + 1
        else:
            index += 1
    found.append((kept, len(text), None))
    return [stretch for stretch in found if stretch[0] < stretch[1]]


def _backtick_end(text: str, start: int) -> int:
    index = start + 1
    while index < len(text):
        if text[index] == "`":
            return index
        if text[index] == '"':
            end = double_quote_end(text, index)
            if end < 0:
                break
            index = end
        index += 1
    raise SplSyntaxError("Unbalanced backticks: a ` has no closing `.", start)


def _expand_call(call: str, context: Context, running: tuple[str, ...]) -> str:
    found = CALL.match(call)
    if found is None:
        raise SplSyntaxError(f"The macro call '{call[:40]}' is malformed.")
    name, inside = found.group(1), found.group(2)
    values = [] if inside is None or not inside.strip() else split_arguments(inside)
    macro = context.knowledge.macro(name, len(values))
    label = f"{name}({len(values)})" if values else name
    if macro is None:
        others = [count for count in range(MAX_OTHERS) if context.knowledge.macro(name, count) is not None]
        known = f"; it is there with {' or '.join(map(str, others))} arguments" if others else ""
        raise MissingError(f"macro '{label}' not found{known}")
    if label in running:
        raise SplSyntaxError(f"The macro '{label}' calls itself: {' > '.join((*running, label))}.")
    if len(running) >= MAX_DEPTH:
        raise SplSyntaxError(f"Macros are nested deeper than {MAX_DEPTH}.")
    named = _named(macro, values, label)
    _validate(macro, named, label, context)
    definition = _substitute(macro.definition, named)
    if macro.iseval:
        result = compile_expression(definition).evaluate({}, context)
        if not isinstance(result, str):
            raise RuntimeSplError(f"The eval definition of macro '{label}' did not give a string.")
        definition = result
    clean = blank_comments(definition)
    if "`" not in clean:
        return clean
    pieces = []
    length = 0
    for start, end, inner in _calls(clean):
        piece = clean[start:end] if inner is None else _expand_call(inner, context, (*running, label))
        length += len(piece)
        if length > MAX_LENGTH:
            raise SplSyntaxError("The search is too long after its macros are expanded.")
        pieces.append(piece)
    return "".join(pieces)


def split_arguments(text: str) -> list[str]:
    """Returns a call's arguments, split at commas outside quotes, parentheses and brackets; outer quotes come off."""
    found: list[str] = []
    depth = start = index = 0
    while index < len(text):
        character = text[index]
        if character == '"':
            end = double_quote_end(text, index)
            if end < 0:
                raise SplSyntaxError("Unbalanced quotes in the arguments of a macro.")
            index = end
        elif character == "\\":
            index += 1
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == "," and depth <= 0:
            found.append(text[start:index])
            start = index + 1
        index += 1
    found.append(text[start:])
    return [_unquoted(argument) for argument in found]


def _unquoted(text: str) -> str:
    stripped = text.strip()
    if len(stripped) >= 2 and stripped[0] == '"' and double_quote_end(stripped, 0) == len(stripped) - 1:
        return unescape(stripped[1:-1])
    return stripped


def _named(macro: Macro, values: list[str], label: str) -> dict[str, str]:
    if len(macro.arguments) != len(values):
        raise SplSyntaxError(f"The macro '{label}' is defined with {len(macro.arguments)} argument names.")
    given: dict[str, str] = {}
    for position, value in enumerate(values):
        name, equals, named_value = value.partition("=")
        if equals and name.strip() in macro.arguments:
            given[name.strip()] = _unquoted(named_value)
        else:
            given.setdefault(macro.arguments[position], value)
    missing = [name for name in macro.arguments if name not in given]
    if missing:
        raise SplSyntaxError(f"The macro '{label}' has no value for its argument '{missing[0]}'.")
    return given


def _substitute(text: str, named: dict[str, str]) -> str:
    if not named:
        return text
    pattern = re.compile(r"\$(" + "|".join(re.escape(name) for name in named) + r")\$")
    return pattern.sub(lambda found: named[found.group(1)], text)


def _validate(macro: Macro, named: dict[str, str], label: str, context: Context) -> None:
    if not macro.validation.strip():
        return
    expression = compile_expression(_substitute(macro.validation, named))
    result = expression.evaluate(dict(named), context)  # the arguments are known by their names, too
    if result is True or (result is None and expression.kind not in ("bool",)):
        return
    if isinstance(result, bool) or result is None:
        message = _substitute(macro.errormsg, named) or "its arguments are not valid"
    else:
        message = text_of(result)
    raise RuntimeSplError(f"Error in macro '{label}': {message}")
