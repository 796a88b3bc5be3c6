"""Splits search text: comments out, stages at pipes, arguments to tokens. One pass each, linear time.

Quotes: `"` always (with `\\"` and `\\\\` as escapes); `'` only where it opens a word and closes again, since an
apostrophe inside a search term is no quote. Brackets hold subsearches, backticks hold macro calls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Token

SPECIAL = re.compile(r"[\"'\[\]|`\\]")
COMMENT = "```"
WORD = re.compile(r"(?:[^\s\"'\[\]=,()<>!|\\]|\\.|!(?!=)|(?<=[^\s\"'\[\]=,()<>|])')+", re.DOTALL)
PUNCTUATION = re.compile(r"[<>!=]=|[=,()<>|]")
COMMAND_NAME = re.compile(r"\s*([A-Za-z_][\w.\-]*)")
ESCAPE = re.compile(r"\\([\"\\])")
MAX_DEPTH = 50


@dataclass(frozen=True)
class StageText:
    """One stage between pipes: its text and the offset of that text in the whole search."""

    text: str
    position: int


def unescape(text: str) -> str:
    r"""Returns text between double quotes with `\"` and `\\` resolved; other backslashes stay (regexes need them)."""
    return ESCAPE.sub(r"\1", text) if "\\" in text else text


def quote(text: str) -> str:
    """Returns the text between double quotes, escaped so that the lexer reads the same text back."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def double_quote_end(text: str, start: int) -> int:
    """Returns the index of the quote that closes the one at start, or -1. Cost: the quoted text."""
    index = start + 1
    while True:
        end = text.find('"', index)
        if end < 0:
            return -1
        backslashes = 0
        while end - backslashes - 1 > start and text[end - backslashes - 1] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return end
        index = end + 1


def single_quote_end(text: str, start: int) -> int:
    """Returns the index of the closing apostrophe when the one at start opens a quoted name, else -1."""
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return -1
    end = text.find("'", start + 1)
    if end < 0 or (end + 1 < len(text) and text[end + 1].isalnum()):
        return -1
    return end


def blank_comments(text: str) -> str:
    """Returns the text with each ``` comment outside double quotes replaced by as many blanks: positions stay true."""
    if COMMENT not in text:
        return text
    pieces: list[str] = []
    index = kept = 0
    while index < len(text):
        quoted = text.find('"', index)
        comment = text.find(COMMENT, index)
        if comment < 0:
            break
        if 0 <= quoted < comment:
            end = double_quote_end(text, quoted)
            if end < 0:
                break
            index = end + 1
            continue
        end = text.find(COMMENT, comment + 3)
        if end < 0:
            raise SplSyntaxError("Unbalanced comment: a ``` has no closing ```.", comment)
        pieces.append(text[kept:comment])
        pieces.append(re.sub(r"[^\n]", " ", text[comment : end + 3]))
        index = kept = end + 3
    pieces.append(text[kept:])
    return "".join(pieces)


def special_places(text: str, position: int) -> Iterator[tuple[int, str]]:
    """Yields (index, character) of each pipe, bracket and backtick that stands outside quotes."""
    index = 0
    while True:
        found = SPECIAL.search(text, index)
        if found is None:
            return
        at = found.start()
        character = found.group()
        if character == "\\":
            index = at + 2
        elif character == '"':
            end = double_quote_end(text, at)
            if end < 0:
                raise SplSyntaxError('Unbalanced quotes: a " has no closing ".', position + at)
            index = end + 1
        elif character == "'":
            end = single_quote_end(text, at)
            index = at + 1 if end < 0 else end + 1
        else:
            yield at, character
            index = at + 1


def split_pipeline(text: str, position: int = 0) -> list[StageText]:
    """Returns the stages between the pipes of the text; a leading pipe gives an empty first stage.

    Raises SplSyntaxError on unbalanced quotes or brackets.
    """
    stages: list[StageText] = []
    opened: list[int] = []
    start = 0
    for at, character in special_places(text, position):
        if character == "[":
            opened.append(at)
            if len(opened) > MAX_DEPTH:
                raise SplSyntaxError(f"Subsearches are nested deeper than {MAX_DEPTH}.", position + at)
        elif character == "]":
            if not opened:
                raise SplSyntaxError("Unbalanced brackets: a ] has no opening [.", position + at)
            opened.pop()
        elif character == "|" and not opened:
            stages.append(StageText(text[start:at], position + start))
            start = at + 1
    if opened:
        raise SplSyntaxError("Unbalanced brackets: a [ has no closing ].", position + opened[0])
    stages.append(StageText(text[start:], position + start))
    return stages


def subsearches(text: str, position: int = 0) -> list[tuple[int, int]]:
    """Returns (start, end) of each outermost bracket pair, end exclusive, both relative to the text."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for at, character in special_places(text, position):
        if character == "[":
            if depth == 0:
                start = at
            depth += 1
        elif character == "]":
            depth -= 1
            if depth < 0:
                raise SplSyntaxError("Unbalanced brackets: a ] has no opening [.", position + at)
            if depth == 0:
                found.append((start, at + 1))
    if depth:
        raise SplSyntaxError("Unbalanced brackets: a [ has no closing ].", position + start)
    return found


def tokenize(text: str, position: int = 0) -> list[Token]:
    """Returns the tokens of a command's arguments (model.Token); raises SplSyntaxError on unbalanced quotes."""
    tokens: list[Token] = []
    index = 0
    length = len(text)
    bracket_ends: dict[int, int] | None = None
    while index < length:
        start = index
        while index < length and text[index].isspace():
            index += 1
        if index >= length:
            break
        spaced = index > start
        character = text[index]
        end = -1
        if character == '"':
            end = double_quote_end(text, index)
            if end < 0:
                raise SplSyntaxError('Unbalanced quotes: a " has no closing ".', position + index)
            token = Token("string", unescape(text[index + 1 : end]), text[index : end + 1], position + index, spaced)
        elif character == "[":
            if bracket_ends is None:
                bracket_ends = dict(subsearches(text, position))
            end = bracket_ends.get(index, 0) - 1
            if end < 0:
                raise SplSyntaxError("Unbalanced brackets.", position + index)
            token = Token("subsearch", text[index + 1 : end], text[index : end + 1], position + index, spaced)
        elif character == "]":
            raise SplSyntaxError("Unbalanced brackets: a ] has no opening [.", position + index)
        elif character == "'" and (end := single_quote_end(text, index)) >= 0:
            token = Token("string", text[index + 1 : end], text[index : end + 1], position + index, spaced)
        else:
            found = WORD.match(text, index)
            kind = "word"
            if found is None:
                found = PUNCTUATION.match(text, index)
                kind = "punct"
            raw = found.group() if found is not None else character
            token = Token(kind, raw, raw, position + index, spaced)
            end = index + len(raw) - 1
        tokens.append(token)
        index = end + 1
    return tokens


def arguments_of(command: str, text: str, position: int) -> Arguments:
    """Returns the Arguments of a command from the text behind its name."""
    return Arguments(command, text, position, tokenize(text, position))


def command_of(stage: StageText) -> tuple[str, int, str, int]:
    """Returns (name, its position, text behind it, position of that) of a stage."""
    found = COMMAND_NAME.match(stage.text)
    if found is None:
        at = stage.position + len(stage.text) - len(stage.text.lstrip())
        if not stage.text.strip():
            raise SplSyntaxError("A command is missing: nothing stands behind the pipe.", at)
        raise SplSyntaxError("A command name is expected here.", at)
    return found.group(1), stage.position + found.start(1), stage.text[found.end() :], stage.position + found.end()


def text_of_tokens(tokens: list[Token]) -> tuple[str, int]:
    """Returns the source text that tokens were read from (gaps as blanks) and the position of its first character."""
    if not tokens:
        return "", 0
    first = tokens[0].position
    pieces: list[str] = []
    at = first
    for token in tokens:
        pieces.append(" " * max(0, token.position - at))
        pieces.append(token.raw)
        at = token.position + len(token.raw)
    return "".join(pieces), first


Substitute = Callable[[str, int], str]
"""(subsearch text, position) -> text that takes its place."""
