"""eval: computes fields, from left to right; a null result removes the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.errors import RuntimeSplError, SplError, SplSyntaxError
from understudy.spl.eval import Expression, expression_of
from understudy.spl.eval.parser import Lexeme, Parser, ends_operand, read_lexemes
from understudy.spl.lexer import double_quote_end, unescape
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of, values_of

TARGET = re.compile(r"\s*(?:'([^']+)'|(\")|([^\s=,'\"()]+))\s*", re.DOTALL)
DYNAMIC = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Assignment:
    """target is the name, or a template in which `{field}` stands for that field's value when dynamic is set."""

    target: str
    dynamic: bool
    expression: Expression


def read_assignments(text: str, position: int, command: str = "eval") -> list[Assignment]:
    """Returns the assignments of a comma list; raises SplSyntaxError with the place of the fault."""
    found: list[Assignment] = []
    index = 0
    while True:
        target, quoted, index = _target(text, index, position, command)
        lexemes, index = _expression_lexemes(text, index, position)
        parser = Parser(lexemes)
        start = parser.here.position
        tree = parser.expression()
        parser.expect_end()
        expression = expression_of(tree, start)
        if expression.kind == "bool":
            raise SplSyntaxError(
                f"Error in '{command}' command: a field cannot hold a Boolean result. "
                "Use if(<condition>, <value>, <value>) instead.",
                start,
            )
        found.append(Assignment(target, not quoted and DYNAMIC.search(target) is not None, expression))
        if index >= len(text):
            return found
        index += 1


def _target(text: str, index: int, position: int, command: str) -> tuple[str, bool, int]:
    match = TARGET.match(text, index)
    if match is None:
        message = f"Error in '{command}' command: a field name is expected."
        raise SplSyntaxError(message, position + min(len(text), index))
    end, quoted = match.end(), match.group(3) is None
    name = match.group(1) or match.group(3) or ""
    if match.group(2):
        close = double_quote_end(text, match.start(2))
        if close < 0:
            raise SplSyntaxError('Unbalanced quotes: a " has no closing ".', position + match.start(2))
        name, end = unescape(text[match.start(2) + 1 : close]), close + 1
        quoted = False
    rest = text[end:].lstrip()
    if not name or not rest.startswith("=") or rest.startswith("=="):
        message = f"Error in '{command}' command: '=' is expected behind the field name '{name[:40]}'."
        raise SplSyntaxError(message, position + end)
    return name, quoted, len(text) - len(rest) + 1


def _expression_lexemes(text: str, index: int, position: int) -> tuple[list[Lexeme], int]:
    """Returns the lexemes up to the next comma outside parentheses, and the index of that comma (or the end)."""
    end = _comma(text, index)
    lexemes = read_lexemes(text[index:end], position + index)
    if len(lexemes) > 1 and not ends_operand(lexemes[-2]):
        at = lexemes[-1].position
        raise SplSyntaxError("The expression is malformed: it ends where a value is expected.", at)
    return lexemes, end


def _comma(text: str, index: int) -> int:
    depth = 0
    while index < len(text):
        character = text[index]
        if character == '"':
            close = double_quote_end(text, index)
            index = close if close >= 0 else len(text)
        elif character == "'":
            close = text.find("'", index + 1)
            index = close if close >= 0 else len(text)
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == "," and depth <= 0:
            return index
        index += 1
    return len(text)


def parse(arguments: Arguments) -> list[Assignment]:
    return read_assignments(arguments.text, arguments.position)


def run(assignments: list[Assignment], stream: Stream, context: Context) -> Stream:
    fields = stream.fields
    if fields is not None:
        added = [assignment.target for assignment in assignments if not assignment.dynamic]
        fields = [*fields, *(name for name in dict.fromkeys(added) if name not in fields)]
        if any(assignment.dynamic for assignment in assignments):
            fields = None
    return Stream(evaluated(stream.rows, assignments, context), fields)


def evaluated(rows: Iterator[Row], assignments: list[Assignment], context: Context) -> Iterator[Row]:
    """Yields each row with the assignments made, in order."""
    steps = [
        (assignment.target, assignment.dynamic, assignment.expression.compiled.evaluate) for assignment in assignments
    ]
    try:
        for row in rows:
            for target, dynamic, evaluate in steps:
                value = evaluate(row, context)
                name = _filled(target, row) if dynamic else target
                if value is None:
                    row.pop(name, None)
                elif isinstance(value, bool):
                    row[name] = "true" if value else "false"
                else:
                    row[name] = value
            yield row
    except SplError as error:
        if error.position is None:
            error.position = assignments[0].expression.position
        raise


def _filled(template: str, row: Row) -> str:
    """Returns the name with `{field}` replaced by that field's value; a missing field leaves nothing.

    A value that names a field between braces again would be replaced without end: RuntimeSplError.
    """
    name = DYNAMIC.sub(lambda found: "".join(text_of(value) for value in values_of(row.get(found.group(1)))), template)
    if DYNAMIC.search(name) is not None:
        raise RuntimeSplError(f"The field name '{template[:40]}' gives '{name[:40]}', which names a field again.")
    return name


COMMAND = Command(
    name="eval",
    kind="streaming",
    syntax="eval <field>=<expression> (, <field>=<expression>)*",
    summary="Computes expressions and puts their values into fields.",
    parse=parse,
    run=run,
)
