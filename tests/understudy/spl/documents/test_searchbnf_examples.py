"""The examples of searchbnf.conf over supported commands parse. Runs where Splunk's file lies beside the project.

`...` stands for a search. The file is read, never copied. What does not parse is listed with the rate.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.understudy.spl.core.conftest import NamedKnowledge, context_of
from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.spl.registry import commands

FILE = Path(__file__).parents[5] / "shared" / "reference" / "splunk" / "searchbnf.conf"
STANZA = re.compile(r"\[([\w-]+)-command\]\s*\Z")
EXAMPLE = re.compile(r"example(?:cheat)?\d*\s*=\s*(.*)", re.DOTALL)
LEAST = 0.9


def logical_lines(text: str) -> list[str]:
    """Returns the lines of a conf file; those that end in a backslash go on in the next one."""
    return text.replace("\\\n", " ").split("\n")


def examples() -> list[tuple[str, str]]:
    """Returns (command, search) of every example of a supported command."""
    found: list[tuple[str, str]] = []
    command = None
    for line in logical_lines(FILE.read_text(encoding="utf-8")):
        stanza = STANZA.match(line)
        if stanza is not None or line.startswith("["):
            command = stanza.group(1) if stanza is not None and stanza.group(1) in commands() else None
        example = EXAMPLE.match(line)
        if command is not None and example is not None:
            found.append((command, example.group(1).strip()))
    return found


def as_search(command: str, text: str) -> str:
    """Returns an example as a whole search: `...` is a search; a bare command gets one in front or a pipe."""
    whole = re.sub(r"\.\.\.", "search *", text)
    word = re.match(r"[|\s]*(\w+)", whole)
    first = commands().get(word.group(1)) if word is not None else None
    if whole.startswith("|") or first is None or first.name == "search":
        return whole
    return f"| {whole}" if first.kind == "generating" else f"search * | {whole}"


@pytest.mark.skipif(not FILE.exists(), reason="Splunk's searchbnf.conf is not beside the project")
def test_nine_tenths_of_the_examples_parse() -> None:
    failed: list[str] = []
    known = examples()
    for command, text in known:
        try:
            engine.check(as_search(command, text), context_of([], NamedKnowledge()))
        except SplError as error:
            failed.append(f"{command}: {text}\n    {error.message}")
    rate = 1 - len(failed) / len(known)
    print(f"\n{len(known) - len(failed)} of {len(known)} examples parse ({rate:.1%}).", *failed, sep="\n")
    assert rate >= LEAST, "\n".join(failed)
