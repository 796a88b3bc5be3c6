"""Reads a command's arguments piece by piece: words, strings, calls, options and field lists, each with its position.

Works on the raw text, so that `num(size)`, `evidence{}.name`, `2log5` and `-_time` come out as they are written.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Token
from understudy.spl.times import Span, TimeSyntaxError, parse_span

_PIECE = re.compile(
    r"""
    (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<quoted>'[^']*')
  | (?P<punct>!=|<=|>=|==|[=<>(),|])
  | (?P<word>(?:(?!!=)[^\s"=<>(),\[\]|])+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r'\\(["\\])')
_TRUE = frozenset({"t", "true", "1", "yes", "y"})
_FALSE = frozenset({"f", "false", "0", "no", "n"})


@dataclass(frozen=True)
class Piece:
    """kind: word, string (double quotes), quoted (single quotes), punct, subsearch. spaced: a blank stands before."""

    kind: str
    text: str
    raw: str
    position: int
    spaced: bool


def unescape(text: str) -> str:
    r"""Returns a string's content: `\"` and `\\` lose one backslash, others stay (regular expressions)."""
    return _ESCAPE.sub(r"\1", text)


def _closing_bracket(text: str, start: int) -> int:
    """Returns the offset of the bracket that closes the one at start, or -1; quotes hide brackets."""
    depth = 0
    index = start
    while index < len(text):
        char = text[index]
        if char == "\\":
            index += 2
            continue
        if char == '"':
            index += 1
            while index < len(text) and text[index] != '"':
                index += 2 if text[index] == "\\" else 1
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                return index
        index += 1
    return -1


def pieces(text: str, position: int) -> list[Piece]:
    """Returns the pieces of an argument text that starts at position of the search."""
    found: list[Piece] = []
    index = 0
    while index < len(text):
        if text[index].isspace():
            index += 1
            continue
        spaced = index == 0 or text[index - 1].isspace()
        if text[index] == "[":
            end = _closing_bracket(text, index)
            if end < 0:
                raise SplSyntaxError("A bracket '[' is not closed.", position + index)
            found.append(Piece("subsearch", text[index + 1 : end], text[index : end + 1], position + index, spaced))
            index = end + 1
            continue
        match = _PIECE.match(text, index)
        if match is None:
            what = "quote" if text[index] in "\"'" else "character"
            raise SplSyntaxError(f"A misplaced {what} {text[index]}.", position + index)
        raw = match.group()
        kind = str(match.lastgroup)
        if kind == "string":
            inner = unescape(raw[1:-1])
        elif kind == "quoted":
            inner = raw[1:-1]
        else:
            inner = raw
        found.append(Piece(kind, inner, raw, position + index, spaced))
        index = match.end()
    return found


def boolean(piece: Piece, option: str) -> bool:
    """Returns an option's truth value; t, true, 1, f, false, 0."""
    value = piece.text.lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise SplSyntaxError(f"Option '{option}' needs true or false, not '{piece.text}'.", piece.position)


def integer(piece: Piece, option: str, *, least: int | None = None) -> int:
    """Returns an option's whole number; beyond what a size can be, the largest that one can be."""
    try:
        value = int(piece.text)
    except ValueError:
        raise SplSyntaxError(f"Option '{option}' needs a whole number, not '{piece.text}'.", piece.position) from None
    if least is not None and value < least:
        raise SplSyntaxError(f"Option '{option}' must be {least} or more, not {value}.", piece.position)
    return max(-sys.maxsize, min(value, sys.maxsize))


def number(piece: Piece, option: str) -> float:
    """Returns an option's number."""
    try:
        value = float(piece.text)
    except ValueError:
        raise SplSyntaxError(f"Option '{option}' needs a number, not '{piece.text}'.", piece.position) from None
    if not math.isfinite(value):
        raise SplSyntaxError(f"Option '{option}' needs a number up to 1.8e308, not '{piece.text[:9]}'.", piece.position)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def span(piece: Piece, option: str) -> Span:
    """Returns an option's span, such as 5m, 10 or 2log3."""
    try:
        return parse_span(piece.text)
    except TimeSyntaxError as error:
        raise SplSyntaxError(f"Option '{option}': {error}", piece.position) from error


class Reader:
    """A cursor over the pieces of one command's arguments. command: the name, for messages."""

    def __init__(self, text: str, position: int, command: str) -> None:
        self.text = text
        self.start = position
        self.command = command
        self.items = pieces(text, position)
        self.index = 0

    @classmethod
    def of(cls, arguments: Arguments) -> Reader:
        return cls(arguments.text, arguments.position, arguments.command)

    @classmethod
    def of_tokens(cls, tokens: Sequence[Token], command: str) -> Reader:
        """Returns a reader over part of a command's tokens."""
        if not tokens:
            return cls("", 0, command)
        base = tokens[0].position
        text = ""
        for token in tokens:
            text += " " * max(token.position - base - len(text), 0) + token.raw
        return cls(text, base, command)

    @property
    def position(self) -> int:
        """The offset of the next piece, or of the end of the arguments."""
        if self.index < len(self.items):
            return self.items[self.index].position
        return self.start + len(self.text.rstrip())

    @property
    def done(self) -> bool:
        return self.index >= len(self.items)

    def peek(self, ahead: int = 0) -> Piece | None:
        index = self.index + ahead
        return self.items[index] if index < len(self.items) else None

    def next(self, what: str = "an argument") -> Piece:
        piece = self.peek()
        if piece is None:
            raise SplSyntaxError(f"Command '{self.command}' needs {what}.", self.position)
        self.index += 1
        return piece

    def is_word(self, *words: str) -> bool:
        """True when the next piece is one of these bare words (any case) and no option of that name."""
        piece = self.peek()
        if piece is None or piece.kind != "word" or piece.text.lower() not in words:
            return False
        after = self.peek(1)
        return not (after is not None and after.kind == "punct" and after.text == "=")

    def accept_word(self, *words: str) -> Piece | None:
        return self.next() if self.is_word(*words) else None

    def is_punct(self, text: str) -> bool:
        piece = self.peek()
        return piece is not None and piece.kind == "punct" and piece.text == text

    def accept(self, punct: str) -> bool:
        if self.is_punct(punct):
            self.index += 1
            return True
        return False

    def expect(self, punct: str) -> Piece:
        piece = self.next(f"'{punct}'")
        if piece.kind != "punct" or piece.text != punct:
            raise SplSyntaxError(f"Command '{self.command}' expects '{punct}' here.", piece.position)
        return piece

    def skip_commas(self) -> None:
        while self.accept(","):
            pass

    def is_option(self) -> str | None:
        """Returns the lower-case name when the next pieces are `name=`."""
        piece, after = self.peek(), self.peek(1)
        if piece is None or after is None or piece.kind != "word":
            return None
        if after.kind == "punct" and after.text == "=":
            return piece.text.lower()
        return None

    def option(self, known: Mapping[str, str] | frozenset[str]) -> tuple[str, Piece] | None:
        """Returns the next `name=value`; an unknown name is refused. None: no option stands here."""
        name = self.is_option()
        if name is None:
            return None
        if name not in known:
            raise self.unknown_option(name, known)
        self.index += 2
        value = self.next(f"a value for option '{name}'")
        if value.kind == "punct":
            raise SplSyntaxError(f"Option '{name}' of command '{self.command}' has no value.", value.position)
        return name, value

    def unknown_option(self, name: str, known: Collection[str] = ()) -> UnsupportedError:
        near = get_close_matches(name, known, 1)
        hint = f" Did you mean '{near[0]}'?" if near else f" It takes {', '.join(sorted(known))}." if known else ""
        return UnsupportedError(f"Unsupported option '{name}' of command '{self.command}'.{hint}", self.position)

    def unsupported(self, name: str, position: int) -> UnsupportedError:
        return UnsupportedError(f"Unsupported option '{name}' of command '{self.command}'.", position)

    def inside(self) -> tuple[str, int]:
        """Reads `( ... )` and returns the raw text between the parentheses with its position."""
        opening = self.expect("(")
        depth = 1
        while True:
            piece = self.peek()
            if piece is None:
                raise SplSyntaxError("A parenthesis '(' is not closed.", opening.position)
            self.index += 1
            if piece.kind != "punct":
                continue
            if piece.text == "(":
                depth += 1
            elif piece.text == ")":
                depth -= 1
                if depth == 0:
                    begin = opening.position + 1
                    return self.text[begin - self.start : piece.position - self.start], begin

    def rest(self) -> tuple[str, int]:
        """Returns the raw text that is left, and moves to the end."""
        begin = self.position
        self.index = len(self.items)
        return self.text[begin - self.start :].rstrip(), begin

    def field(self, what: str = "a field name") -> Piece:
        """Reads one field name: a word, a quoted name, or a name that looks like a call, such as avg(size)."""
        piece = self.next(what)
        if piece.kind in {"punct", "subsearch"}:
            raise SplSyntaxError(f"Command '{self.command}' expects {what} here.", piece.position)
        after = self.peek()
        if piece.kind == "word" and after is not None and after.text == "(" and after.kind == "punct":
            if after.spaced:
                return piece
            inner, _ = self.inside()
            whole = f"{piece.text}({inner})"
            return Piece("word", whole, whole, piece.position, piece.spaced)
        return piece

    def fields(self, *stops: str) -> list[str]:
        """Reads field names between commas or blanks, up to a stop word, an option, other punctuation or the end."""
        names: list[str] = []
        while not self.done:
            self.skip_commas()
            piece = self.peek()
            if piece is None or piece.kind in {"punct", "subsearch"} or self.is_option() or self.is_word(*stops):
                break
            names.append(self.field().text)
        return names

    def finish(self) -> None:
        """Refuses anything that is left."""
        self.skip_commas()
        piece = self.peek()
        if piece is None:
            return
        if (name := self.is_option()) is not None:
            raise self.unknown_option(name)
        raise SplSyntaxError(f"Command '{self.command}' does not expect '{piece.raw}' here.", piece.position)
