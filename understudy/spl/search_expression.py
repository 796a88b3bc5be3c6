"""Parses a search expression to its tree (search_tree.py): implied AND, OR binds tighter than AND, NOT, IN, terms.

Order: parentheses, NOT, OR, AND. Hand-written, one pass, linear time. Times inside (`earliest=-1d`) become TimeBound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import tzinfo

from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.lexer import tokenize
from understudy.spl.model import Token
from understudy.spl.search_time import bound_of, is_time_field
from understudy.spl.search_tree import And, Compare, Everything, Node, Not, Or, Term, TimeBound

OPERATORS = {"=": "=", "==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
MAX_DEPTH = 200
SPECIFIERS = {
    "savedsearch": "run it: | savedsearch NAME",
    "savedsplunk": "run it: | savedsearch NAME",
}
"""Search modifiers of Splunk that the stand-in does not have, and what to write instead."""
TAGS = {"hosttag": "tag::host", "eventtypetag": "tag::eventtype"}
"""Older names of the tags of one field."""
INDEXED = re.compile(r"([A-Za-z_][\w.{}\-]*)::(.*)\Z", re.DOTALL)
BACKSLASH = re.compile(r"\\(.)", re.DOTALL)


def parse(text: str, position: int, now: float, zone: tzinfo) -> Node:
    """Returns the tree of a search expression; an empty one is Everything.

    position: offset of the text in the whole search. now, zone: for time modifiers. Raises SplSyntaxError.
    """
    return parse_tokens(tokenize(text, position), position + len(text), now, zone)


def parse_tokens(tokens: Sequence[Token], end: int, now: float, zone: tzinfo) -> Node:
    """Returns the tree of tokens that make up a search expression; end is the position behind the last one."""
    parser = _Parser(tokens, end, now, zone)
    if not tokens:
        return Everything()
    tree = parser.conjunction(0)
    if parser.index < len(tokens):
        token = tokens[parser.index]
        raise SplSyntaxError(f"'{token.raw}' is not expected here in the search expression.", token.position)
    return tree


def conjoin(items: Sequence[Node]) -> Node:
    """Returns the And of the items; nested Ands are joined, Everything drops out."""
    flat: list[Node] = []
    for item in items:
        if isinstance(item, And):
            flat.extend(item.items)
        elif not isinstance(item, Everything):
            flat.append(item)
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(tuple(flat))


class _Parser:
    def __init__(self, tokens: Sequence[Token], end: int, now: float, zone: tzinfo) -> None:
        self.tokens = tokens
        self.end = end
        self.now = now
        self.zone = zone
        self.index = 0
        self.bound: TimeBound | None = None
        self.timeformat = "%m/%d/%Y:%H:%M:%S"
        for name, sign, value in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if name.text == "timeformat" and name.kind == "word" and sign.text == "=":
                self.timeformat = value.text  # wherever it stands, it holds for all times of the search

    def peek(self, ahead: int = 0) -> Token | None:
        at = self.index + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def is_word(self, word: str) -> bool:
        token = self.peek()
        return token is not None and token.kind == "word" and token.text == word

    def is_punctuation(self, text: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.kind == "punct" and token.text == text

    def where(self) -> int:
        token = self.peek()
        return self.end if token is None else token.position

    def conjunction(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise SplSyntaxError(f"The search expression is nested deeper than {MAX_DEPTH}.", self.where())
        items = [self.disjunction(depth)]
        while self.peek() is not None and not self.is_punctuation(")"):
            if self.is_word("AND"):
                self.index += 1
                if self.peek() is None or self.is_punctuation(")"):
                    raise SplSyntaxError("AND has nothing to its right.", self.where())
            elif self.is_punctuation(","):
                raise SplSyntaxError("',' is not expected here in the search expression.", self.where())
            items.append(self.disjunction(depth))
        return conjoin(items)

    def disjunction(self, depth: int) -> Node:
        items = [self.negation(depth)]
        while self.is_word("OR"):
            self.index += 1
            if self.peek() is None or self.is_punctuation(")"):
                raise SplSyntaxError("OR has nothing to its right.", self.where())
            items.append(self.negation(depth))
        if len(items) == 1:
            return items[0]
        flat: list[Node] = []
        for item in items:
            flat.extend(item.items if isinstance(item, Or) else (item,))
        return Or(tuple(flat))

    def negation(self, depth: int) -> Node:
        negations = 0
        while self.is_word("NOT"):
            negations += 1
            self.index += 1
        item = self.primary(depth)
        return Not(item) if negations % 2 else item

    def primary(self, depth: int) -> Node:
        token = self.peek()
        if token is None:
            raise SplSyntaxError("The search expression ends where a term is expected.", self.end)
        if self.is_punctuation("("):
            self.index += 1
            if self.is_punctuation(")"):
                self.index += 1
                return Everything()
            item = self.conjunction(depth + 1)
            if not self.is_punctuation(")"):
                raise SplSyntaxError("A '(' has no closing ')'.", token.position)
            self.index += 1
            return item
        if token.kind == "subsearch":
            raise SplSyntaxError("A subsearch cannot be used here.", token.position)
        if token.kind == "punct":
            raise SplSyntaxError(f"'{token.raw}' is not expected here in the search expression.", token.position)
        if token.kind == "word" and token.text in ("AND", "OR"):
            raise SplSyntaxError(f"{token.text} has nothing to its left.", token.position)
        call = self.call()
        if call is not None:
            return Term(call.text, call.quoted, call.case, call.term, token.position)
        return self.comparison_or_term(token)

    def call(self) -> _Operand | None:
        """Reads TERM(...) or CASE(...) when it stands here."""
        token = self.peek()
        if token is None or token.kind != "word" or token.text not in ("TERM", "CASE"):
            return None
        opened = self.peek(1)
        if opened is None or opened.text != "(" or opened.kind != "punct" or opened.spaced:
            return None
        self.index += 2
        pieces: list[str] = []
        quoted = False
        while not self.is_punctuation(")"):
            inner = self.peek()
            if inner is None:
                raise SplSyntaxError(f"{token.text}( has no closing ')'.", token.position)
            if inner.spaced and pieces:
                pieces.append(" ")
            quoted = quoted or inner.kind == "string"
            pieces.append(inner.text)
            self.index += 1
        self.index += 1
        if not pieces:
            raise SplSyntaxError(f"{token.text}() needs a term.", token.position)
        return _Operand("".join(pieces), quoted, token.text == "CASE", token.text == "TERM", token.position)

    def comparison_or_term(self, token: Token) -> Node:
        operator = self.peek(1)
        if operator is not None and operator.kind == "punct" and operator.text in OPERATORS:
            self.index += 2
            return self.compare(token, OPERATORS[operator.text])
        if operator is not None and operator.kind == "word" and operator.text == "NOT":
            word, opened = self.peek(2), self.peek(3)
            if word is not None and word.text == "IN" and opened is not None and opened.text == "(":
                raise SplSyntaxError(f"Write NOT {token.raw} IN (...): NOT stands before the field.", operator.position)
        if operator is not None and operator.kind == "word" and operator.text.upper() == "IN":
            opened = self.peek(2)
            if opened is not None and opened.kind == "punct" and opened.text == "(":
                self.index += 3
                return self.membership(token)
        self.index += 1
        if token.kind == "word":
            indexed = INDEXED.match(token.text)
            if indexed is not None:
                value = indexed.group(2)
                following = self.peek()
                quoted = False
                if not value and following is not None and not following.spaced and following.kind == "string":
                    value, quoted = following.text, True
                    self.index += 1
                if value and is_time_field(indexed.group(1)):
                    at = token.position + indexed.start(2)
                    return self.times(indexed.group(1), value, token.position, at)
                if value:
                    return Compare(indexed.group(1), "=", value, quoted=quoted, position=token.position)
        text = plain(token)
        if text == "*":
            return Everything()
        return Term(text, quoted=token.kind == "string" and token.raw.startswith('"'), position=token.position)

    def compare(self, token: Token, operator: str) -> Node:
        if token.text in SPECIFIERS:
            message = f"The search modifier '{token.text}' is not supported; {SPECIFIERS[token.text]}."
            raise UnsupportedError(message, token.position)
        operand = self.operand(token)
        if operator == "=" and token.kind == "word" and is_time_field(token.text):
            return self.times(token.text, operand.text, token.position, operand.position)
        name = TAGS.get(token.text, token.text)
        return Compare(
            name, operator, operand.text, operand.quoted, operand.case, operand.term, position=token.position
        )

    def times(self, name: str, text: str, position: int, value_position: int) -> Node:
        """Returns the bounds of a time modifier and keeps them for a time span to its right."""
        if name == "timeformat":
            return Everything()
        bounds = bound_of(name, text, self.now, self.zone, self.timeformat, position, value_position, self.bound)
        self.bound = bounds[-1]
        return conjoin(bounds)

    def operand(self, field: Token) -> _Operand:
        call = self.call()
        if call is not None:
            return call
        token = self.peek()
        if token is None or token.kind in ("punct", "subsearch"):
            raise SplSyntaxError(f"The comparison of '{field.text}' has no value.", self.where())
        self.index += 1
        text, quoted = plain(token), token.kind == "string"
        # a value such as a"b" or "a"* is one piece: what touches it belongs to it; so does key=b=c (value b=c)
        while True:
            following = self.peek()
            if following is None or following.spaced or following.kind == "subsearch":
                break
            if following.kind == "punct" and following.text not in OPERATORS and following.text != "==":
                break
            text += plain(following)
            self.index += 1
        return _Operand(text, quoted, False, False, token.position)

    def membership(self, field: Token) -> Node:
        items: list[Node] = []
        while not self.is_punctuation(")"):
            if self.is_punctuation(","):
                self.index += 1
                continue
            if self.peek() is None:
                raise SplSyntaxError("The list of IN has no closing ')'.", field.position)
            operand = self.operand(field)
            items.append(
                Compare(field.text, "=", operand.text, operand.quoted, operand.case, operand.term, field.position)
            )
        self.index += 1
        if not items:
            raise SplSyntaxError("The list of IN is empty.", field.position)
        return items[0] if len(items) == 1 else Or(tuple(items))


class _Operand:
    def __init__(self, text: str, quoted: bool, case: bool, term: bool, position: int) -> None:
        self.text = text
        self.quoted = quoted
        self.case = case
        self.term = term
        self.position = position


def plain(token: Token) -> str:
    r"""Returns a token's text with backslash escapes of bare words resolved (`\"` and `\\` only)."""
    if token.kind != "word" or "\\" not in token.text:
        return token.text
    return BACKSLASH.sub(lambda found: found.group(1) if found.group(1) in '"\\=|()[]' else found.group(), token.text)


def time_bounds(node: Node) -> list[TimeBound]:
    """Returns every TimeBound of the tree."""
    if isinstance(node, TimeBound):
        return [node]
    if isinstance(node, (And, Or)):
        return [bound for item in node.items for bound in time_bounds(item)]
    return time_bounds(node.item) if isinstance(node, Not) else []
