"""Reads what most commands' arguments are made of: `name=value` options and lists of fields.

A command gives its options as {name: kind}. Kinds: int, number, bool, text, span, field, or choices as `a|b|c`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from understudy.spl import times, values
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Token


def read_options(
    arguments: Arguments | Sequence[Token], spec: Mapping[str, str], *, command: str = "", strict: bool = True
) -> tuple[dict[str, Any], list[Token]]:
    """Returns the options given, converted by kind, and the tokens that are no option, in order.

    strict: a `name=value` whose name the spec does not know raises UnsupportedError; else it stays in the rest.
    Option names ignore case. An option inside parentheses is left alone (it belongs to a call).
    """
    if isinstance(arguments, Arguments):
        command = command or arguments.command
        tokens: Sequence[Token] = arguments.tokens
    else:
        tokens = arguments
    found: dict[str, Any] = {}
    rest: list[Token] = []
    index = depth = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "punct" and token.text in "()":
            depth += 1 if token.text == "(" else -1
        is_option = (
            depth == 0
            and token.kind == "word"
            and index + 1 < len(tokens)
            and tokens[index + 1].kind == "punct"
            and tokens[index + 1].text == "="
        )
        if is_option:
            name = token.text.lower()
            if name in spec:
                if index + 2 >= len(tokens) or (tokens[index + 2].kind == "punct"):
                    raise SplSyntaxError(f"Option '{token.text}' of '{command}' has no value.", token.position)
                value_text, index = _joined_value(tokens, index + 2)
                found[name] = convert(value_text, spec[name], token, command)
                continue
            if strict:
                raise unknown_option(command, token, spec)
        rest.append(token)
        index += 1
    return found, rest


def _joined_value(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """Joins a quoted or bare value with what touches it (`delim="a"b`), up to a blank or punctuation."""
    text = tokens[index].text
    index += 1
    while index < len(tokens) and not tokens[index].spaced and tokens[index].kind in ("word", "string"):
        text += tokens[index].text
        index += 1
    return text, index


def unknown_option(command: str, token: Token, spec: Mapping[str, str]) -> UnsupportedError:
    """Returns the error for an option that the command does not know, with the ones it does."""
    known = ", ".join(sorted(spec)) or "none"
    return UnsupportedError(f"Unknown option '{token.text}' of '{command}'. Known options: {known}.", token.position)


def convert(text: str, kind: str, token: Token, command: str) -> Any:
    """Returns an option's text as its kind says; raises SplSyntaxError that names option, value and expectation."""
    if kind in ("text", "field"):
        return text
    if kind == "int":
        number = values.number_of(text)
        if number is not None and float(number).is_integer():
            return int(number)
        expected = "a whole number"
    elif kind == "number":
        number = values.number_of(text)
        if number is not None:
            return number
        expected = "a number"
    elif kind == "bool":
        truth = values.truth(text)
        if truth is not None:
            return truth
        expected = "true or false"
    elif kind == "span":
        try:
            return times.parse_span(text)
        except ValueError:
            expected = "a span such as 5m or 1d"
    else:
        choices = kind.split("|")
        if text.lower() in choices:
            return text.lower()
        expected = "one of " + ", ".join(choices)
    raise SplSyntaxError(
        f"Option '{token.text}' of '{command}' has the value '{text}': {expected} is expected.", token.position
    )


def field_list(tokens: Sequence[Token], *, command: str = "", wildcards: bool = True) -> list[str]:
    """Returns field names that are separated by blanks or commas; quotes are taken off.

    Raises SplSyntaxError on other punctuation and, where wildcards are not allowed, on `*`.
    """
    names: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind == "punct":
            if token.text == ",":
                continue
            raise SplSyntaxError(f"'{token.text}' is not expected in the field list of '{command}'.", token.position)
        if token.kind == "subsearch":
            raise SplSyntaxError(f"A subsearch is not expected in the field list of '{command}'.", token.position)
        if not wildcards and token.kind == "word" and "*" in token.text:
            raise SplSyntaxError(f"Wildcards are not allowed in the field list of '{command}'.", token.position)
        touches = index > 0 and not token.spaced and tokens[index - 1].kind in ("word", "string")
        if touches and names:
            names[-1] += token.text
        else:
            names.append(token.text)
    return names


def no_more(tokens: Sequence[Token], command: str) -> None:
    """Raises SplSyntaxError when tokens are left over."""
    if tokens:
        raise SplSyntaxError(f"'{tokens[0].raw}' is not expected in the arguments of '{command}'.", tokens[0].position)
