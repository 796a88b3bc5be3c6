"""Parses eval expressions: a lexer by one regular expression and precedence climbing, linear time.

Order, tightest first: unary minus; * / %; + -; . (concatenation); comparison, LIKE, IN; NOT; AND; OR; XOR.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from understudy.spl.errors import SplSyntaxError
from understudy.spl.eval.tree import Binary, Call, Chain, Expr, Field, Literal, Unary
from understudy.spl.lexer import double_quote_end, quote, unescape
from understudy.spl.values import normalize_number

LEXEME = re.compile(
    r"""(?P<blank>\s+)
    |(?P<number>(?:\d+(?:\.(?=\d)\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w]))
    |(?P<name>[^\W\d][\w]*(?:(?:\{\}|::?(?=\w)|\#|@)\w*)*)
    |(?P<operator>==|!=|<=|>=|[-+*/%.=<>!(),])""",
    re.VERBOSE,
)
COMPARISONS = {"=": "=", "==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
WORDS = ("and", "or", "xor", "not", "in", "like")
MAX_DEPTH = 50


@dataclass(frozen=True)
class Lexeme:
    """kind: number, name, text, field, operator, word (AND OR XOR NOT IN LIKE, lower case in text) or end."""

    kind: str
    text: str
    source: str
    position: int


def ends_operand(lexeme: Lexeme) -> bool:
    """Whether a value ends here, so that a `.` behind it concatenates and does not begin a number."""
    return lexeme.kind in ("number", "name", "text", "field") or lexeme.text == ")"


def read_lexemes(text: str, position: int) -> list[Lexeme]:
    """Returns the lexemes of an expression with an end mark; raises SplSyntaxError on a character that fits nowhere."""
    found: list[Lexeme] = []
    index = 0
    while index < len(text):
        character = text[index]
        if character in "\"'":
            end = double_quote_end(text, index) if character == '"' else text.find("'", index + 1)
            if end < 0:
                raise SplSyntaxError(f"Unbalanced quotes: a {character} has no closing {character}.", position + index)
            inner = text[index + 1 : end]
            kind, value = ("text", unescape(inner)) if character == '"' else ("field", inner)
            if kind == "field" and not inner:
                raise SplSyntaxError("A field name between single quotes is empty.", position + index)
            found.append(Lexeme(kind, value, text[index : end + 1], position + index))
            index = end + 1
            continue
        match = LEXEME.match(text, index)
        if match is None:
            raise SplSyntaxError(f"The expression is malformed at '{text[index : index + 20]}'.", position + index)
        kind = str(match.lastgroup)
        source = match.group()
        if kind == "number" and source[0] == "." and found and ends_operand(found[-1]):
            kind, source = "operator", "."
        if kind == "name" and source.lower() in WORDS:
            found.append(Lexeme("word", source.lower(), source, position + index))
        elif kind != "blank":
            found.append(Lexeme(kind, source, source, position + index))
        index += len(source)
    found.append(Lexeme("end", "", "", position + len(text)))
    return found


def parse_expression(text: str, position: int = 0) -> Expr:
    """Returns the tree of one expression; raises SplSyntaxError when the text is anything else."""
    parser = Parser(read_lexemes(text, position))
    tree = parser.expression()
    parser.expect_end()
    return tree


class Parser:
    """Reads expressions from lexemes; `eval` uses it for its comma list, each function call for its arguments."""

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        self.lexemes = lexemes
        self.index = 0
        self.depth = 0

    @property
    def here(self) -> Lexeme:
        return self.lexemes[self.index]

    def is_operator(self, text: str) -> bool:
        return self.here.kind == "operator" and self.here.text == text

    def is_word(self, text: str) -> bool:
        return self.here.kind == "word" and self.here.text == text

    def expect_end(self) -> None:
        if self.here.kind != "end":
            raise self.malformed()

    def malformed(self) -> SplSyntaxError:
        if self.here.kind == "end":
            return SplSyntaxError("The expression is malformed: it ends where a value is expected.", self.here.position)
        return SplSyntaxError(
            f"The expression is malformed: '{self.here.source}' is not expected here.", self.here.position
        )

    def expression(self) -> Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SplSyntaxError(f"The expression is nested deeper than {MAX_DEPTH}.", self.here.position)
        tree = self.chain("xor", self.disjunction)
        self.depth -= 1
        return tree

    def disjunction(self) -> Expr:
        return self.chain("or", self.conjunction)

    def conjunction(self) -> Expr:
        return self.chain("and", self.negation)

    def chain(self, word: str, part: object) -> Expr:
        assert callable(part)
        position = self.here.position
        items: list[Expr] = [part()]
        while self.is_word(word):
            self.index += 1
            items.append(part())
        return items[0] if len(items) == 1 else Chain(word.upper(), tuple(items), position)

    def negation(self) -> Expr:
        negations: list[int] = []
        while self.is_word("not") or self.is_operator("!"):
            negations.append(self.here.position)
            self.index += 1
        tree = self.comparison()
        if len(negations) % 2:
            return Unary("NOT", tree, negations[0])
        return Unary("NOT", Unary("NOT", tree, negations[1]), negations[0]) if negations else tree

    def comparison(self) -> Expr:
        left = self.concatenation()
        while True:
            lexeme = self.here
            if lexeme.kind == "operator" and lexeme.text in COMPARISONS:
                self.index += 1
                left = Binary(COMPARISONS[lexeme.text], left, self.concatenation(), lexeme.position)
            elif self.is_word("like"):
                self.index += 1
                left = Binary("LIKE", left, self.concatenation(), lexeme.position)
            elif self.is_word("in"):
                self.index += 1
                left = Call("in", (left, *self.arguments()), lexeme.position)
            elif self.is_word("not") and self.lexemes[self.index + 1].text in ("in", "like"):
                self.index += 2
                word = self.lexemes[self.index - 1].text
                inner: Expr
                if word == "in":
                    inner = Call("in", (left, *self.arguments()), lexeme.position)
                else:
                    inner = Binary("LIKE", left, self.concatenation(), lexeme.position)
                left = Unary("NOT", inner, lexeme.position)
            else:
                return left

    def concatenation(self) -> Expr:
        left = self.sum()
        while self.is_operator("."):
            position = self.here.position
            self.index += 1
            left = Binary(".", left, self.sum(), position)
        return left

    def sum(self) -> Expr:
        left = self.product()
        while self.is_operator("+") or self.is_operator("-"):
            operator = self.here
            self.index += 1
            left = Binary(operator.text, left, self.product(), operator.position)
        return left

    def product(self) -> Expr:
        left = self.unary()
        while self.here.kind == "operator" and self.here.text in ("*", "/", "%"):
            operator = self.here
            self.index += 1
            left = Binary(operator.text, left, self.unary(), operator.position)
        return left

    def unary(self) -> Expr:
        signs: list[Lexeme] = []
        while self.is_operator("-") or self.is_operator("+"):
            signs.append(self.here)
            self.index += 1
            if len(signs) > MAX_DEPTH:
                raise SplSyntaxError("The expression has too many signs in a row.", self.here.position)
        tree = self.primary()
        for sign in reversed(signs):
            tree = Unary(sign.text, tree, sign.position)
        return tree

    def primary(self) -> Expr:
        lexeme = self.here
        if lexeme.kind == "number":
            self.index += 1
            value = normalize_number(float(lexeme.text) if not lexeme.text.isdigit() else int(lexeme.text))
            if value is None:
                raise SplSyntaxError(f"The number '{lexeme.text[:20]}' is out of range.", lexeme.position)
            return Literal(value, lexeme.text, lexeme.position)
        if lexeme.kind == "text":
            self.index += 1
            return Literal(lexeme.text, quote(lexeme.text), lexeme.position)
        if lexeme.kind == "field":
            self.index += 1
            return Field(lexeme.text, lexeme.position)
        following = self.lexemes[self.index + 1] if lexeme.kind != "end" else lexeme
        if lexeme.kind in ("name", "word") and following.kind == "operator" and following.text == "(":
            if lexeme.kind == "name" or lexeme.text in ("in", "like"):
                self.index += 1
                return Call(lexeme.text.lower(), self.arguments(), lexeme.position)
            raise self.malformed()
        if lexeme.kind == "name":
            self.index += 1
            return Field(lexeme.text, lexeme.position)
        if self.is_operator("("):
            self.index += 1
            tree = self.expression()
            self.close(lexeme.position)
            return tree
        raise self.malformed()

    def close(self, opened: int) -> None:
        if not self.is_operator(")"):
            if self.here.kind == "end":
                raise SplSyntaxError("The expression is malformed: a '(' has no closing ')'.", opened)
            raise self.malformed()
        self.index += 1

    def arguments(self) -> tuple[Expr, ...]:
        opened = self.here.position
        if not self.is_operator("("):
            raise self.malformed()
        self.index += 1
        items: list[Expr] = []
        if self.is_operator(")"):
            self.index += 1
            return ()
        while True:
            items.append(self.expression())
            if self.is_operator(","):
                self.index += 1
                continue
            self.close(opened)
            return tuple(items)
