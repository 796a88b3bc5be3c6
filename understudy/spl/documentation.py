"""Writes docs/spl.md from the registries: every command, every statistical function, every eval function.

`python -m understudy docs` prints the page; a test compares it with the file.
"""

from __future__ import annotations

import sys

from understudy.spl import bounds
from understudy.spl.commands.foreach import MAX_ITEMS
from understudy.spl.commands.timeline import MAX_BUCKETS
from understudy.spl.eval import functions as eval_functions
from understudy.spl.regexes import TIMEOUT_S
from understudy.spl.registry import Command, commands
from understudy.spl.statistics.functions import ALIASES, FUNCTIONS

HEAD = """# The search language of the stand-in

<!-- Written by `python -m understudy docs`: do not edit. -->

Each command below is answered as Splunk documents it, or refused: an option, a function or a command that is not
listed here ends the search with an error that names it and its place.
"""
ROWS_FROM_A_FILE = """## Rows from a file

`python -m understudy search --rows FILE.jsonl --search 'SPL' [--now EPOCH]` runs one search over the objects of a
JSON-lines file, in file order, for all time, in UTC; `--batch FILE.jsonl` runs one search per line (`id`, `search`).

Fields of an object: null is absent, true and false are text, a top-level array is a multivalue field of that name
(`tags`), nested names are as `spath` makes them (`user.name`, `user.tags{}`, `items{}.price`). An array of scalars
answers to its name with and without `{}` alike, whichever a search writes; unless a command makes a difference between
the two, the rows that come out carry it once. Nothing is added: a missing `_time`, `_raw` or `index` stays missing.
"""
KINDS = {
    "generating": "makes rows; stands first",
    "streaming": "works row by row",
    "transforming": "makes a table of all rows",
    "dataset": "reads all rows and keeps them rows",
}


def unique_commands() -> list[Command]:
    """Returns each command once, by name."""
    return [command for name, command in sorted(commands().items()) if name == command.name]


def command_section(command: Command) -> str:
    """Returns a command's heading, summary, syntax and facts."""
    facts = [KINDS.get(command.kind, command.kind)]
    if command.aliases:
        facts.append("also written " + ", ".join(f"`{alias}`" for alias in command.aliases))
    if command.risky:
        facts.append("asks for a capability, since it acts beyond its rows")
    syntax = f"```text\n{command.syntax}\n```"
    return f"### {command.name}\n\n{command.summary}\n\n{syntax}\n\n{'; '.join(facts).capitalize()}.\n"


def statistics_section() -> str:
    """Returns the list of statistical functions with their other names."""
    lines = ["## Statistical functions", ""]
    for name, function in sorted(FUNCTIONS.items()):
        notes = [f"`{alias}`" for alias, meant in ALIASES.items() if meant == name]
        text = f"- `{name}`" + (f" (also {', '.join(notes)})" if notes else "")
        lines.append(text + (f", in {function.scope} only" if function.scope != "all" else ""))
    lines.append("- `perc<N>`, `p<N>`, `exactperc<N>`, `upperperc<N>`: N from 0 to 100, nearest rank")
    return "\n".join(lines) + "\n"


def eval_section() -> str:
    """Returns the list of eval functions."""
    return "## Eval functions\n\n" + ", ".join(f"`{name}`" for name in sorted(eval_functions())) + "\n"


def limits_section() -> str:
    """Returns the list of limits, from the modules that hold them."""
    lines = [
        f"- a value: {bounds.TEXT:,} characters; a regular expression: {TIMEOUT_S:g} seconds on one value",
        f"- one call of an eval function: {bounds.VALUES:,} values",
        f"- rows that makeresults, appendpipe or join make beyond those they read: {bounds.ROWS:,}",
        f"- buckets of time or of numbers: {MAX_BUCKETS:,}; groups that one row counts for: {bounds.GROUPS_OF_A_ROW:,}",
        f"- items of one row that foreach goes over: {MAX_ITEMS:,}",
    ]
    return "## Limits\n\nBeyond these a search ends with a message.\n\n" + "\n".join(lines) + "\n"


def render() -> str:
    """Returns the whole page."""
    sections = [HEAD, ROWS_FROM_A_FILE, "## Commands\n", *map(command_section, unique_commands())]
    return "\n".join([*sections, statistics_section(), eval_section(), limits_section()])


def main(words: list[str]) -> int:
    """Prints the page."""
    sys.stdout.write(render())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
