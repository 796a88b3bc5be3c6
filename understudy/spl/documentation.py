"""Writes docs/spl.md from the registries: every command, every statistical function, every eval function.

`python -m understudy docs` prints the page; a test compares it with the file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from understudy.spl import bounds, refusals
from understudy.spl.commands.foreach import MAX_ITEMS
from understudy.spl.commands.timeline import MAX_BUCKETS
from understudy.spl.eval import functions as eval_functions
from understudy.spl.regexes import TIMEOUT_S
from understudy.spl.registry import Command, commands
from understudy.spl.statistics.functions import ALIASES, FUNCTIONS, PERCENTILES, UNSUPPORTED

HEAD = """# The search language of the stand-in

<!-- Written by `python -m understudy docs`: do not edit. -->

Each command below is answered as Splunk documents it, or refused: an option, a function or a command that is not
listed here ends the search with an error that names it and its place.
"""
ROWS_FROM_A_FILE = """## Rows from a file

`python -m understudy search --rows FILE.jsonl --search 'SPL' [--now EPOCH]` runs one search over the objects of a
JSON-lines file, in file order, for all time, in UTC; `--batch FILE.jsonl` runs one search per line (`id`, `search`).
`--lookup NAME=FILE.csv`, repeatable, gives it a lookup to read. A search that begins with a command that generates no
events (`| stats count`) reads no rows, as on Splunk, and a warning says so: begin with `search * |`.

Fields of an object: null is absent, true and false are text, a top-level array is a multivalue field of that name
(`tags`), nested names are as `spath` makes them (`user.name`, `user.tags{}`, `items{}.price`). An array of scalars
answers to its name with and without `{}` alike, whichever a search writes; unless a command makes a difference between
the two, the rows that come out carry it once. Nothing is added: a missing `_time`, `_raw` or `index` stays missing.
`index=*` is true for every row, since an event is in some index.
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


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Returns a Markdown table; pipes inside cells are escaped."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def overview_section() -> str:
    """Returns the table of commands: how each works and what Splunk documents of it and the stand-in refuses."""
    rows = [
        (
            f"[{command.name}](#{command.name})",
            KINDS.get(command.kind, command.kind),
            ", ".join(refusals.parts_of(command.name)) or "-",
        )
        for command in unique_commands()
    ]
    return "## Supported commands\n\n" + table(("Command", "Works", "Documented and refused"), rows)


def refused_section() -> str:
    """Returns the table of Splunk's commands that are refused, and what to write instead."""
    rows = [(f"`{name}`", instead or "-") for name, instead in sorted(refusals.COMMANDS.items())]
    return "## Splunk commands that are refused\n\n" + table(("Command", "Nearest"), rows)


def command_section(command: Command) -> str:
    """Returns a command's heading, summary, syntax and facts."""
    facts = [KINDS.get(command.kind, command.kind)]
    if command.aliases:
        facts.append("also written " + ", ".join(f"`{alias}`" for alias in command.aliases))
    if command.risky:
        facts.append("asks for a capability, since it acts beyond its rows")
    syntax = f"```text\n{command.syntax}\n```"
    parts = refusals.parts_of(command.name)
    refused = f"\nRefused: {', '.join(parts)}.\n" if parts else ""
    return f"### {command.name}\n\n{command.summary}\n\n{syntax}\n\n{'; '.join(facts).capitalize()}.\n{refused}"


def statistics_section() -> str:
    """Returns the table of statistical functions: other names, where they work, whether sparkline() takes them."""
    rows = []
    for name, function in sorted(FUNCTIONS.items()):
        also = ", ".join(f"`{alias}`" for alias, meant in ALIASES.items() if meant == name)
        where = "everywhere" if function.scope == "all" else f"{function.scope} only"
        rows.append((f"`{name}`", also or "-", where, "yes" if function.sparkline else "-"))
    names = ", ".join(f"`{name}<N>`" for name in PERCENTILES[1:])
    rows.append((f"`{PERCENTILES[0]}<N>`", f"{names}: N from 0 to 100, nearest rank", "everywhere", "-"))
    rows += [(f"`{name}`", "-", f"refused: {reason}", "-") for name, reason in sorted(UNSUPPORTED.items())]
    header = ("Function", "Also", "Commands", "In sparkline()")
    return "## Statistical functions\n\n" + table(header, rows)


def eval_section() -> str:
    """Returns the table of eval functions with their arguments."""
    rows = [(f"`{name}`", f"`{function.syntax}`") for name, function in sorted(eval_functions().items())]
    refused = "`printf` refuses `%C`, `%S`, `%n` and `%1$s`, which Splunk does not know either.\n"
    return "## Eval functions\n\n" + table(("Function", "Written"), rows) + "\n" + refused


def limits_section() -> str:
    """Returns the list of limits, from the modules that hold them."""
    lines = [
        f"- a value: {bounds.TEXT:,} characters; a regular expression: {TIMEOUT_S:g} seconds on one value",
        f"- one call of an eval function: {bounds.VALUES:,} values",
        f"- rows that makeresults, appendpipe, map or join make beyond those they read: {bounds.ROWS:,}; mvexpand: "
        f"{bounds.FAN_OUT} more for each row, and {bounds.COPIED // 2**20} MB of fields copied beside it",
        f"- groups or cells that rows of multivalue fields count for: {bounds.ROWS:,} beyond {bounds.FAN_OUT} for each",
        f"- cells of a table that one command fills: {bounds.CELLS:,}",
        f"- one mvmap for one row: {bounds.MAP_SECONDS} seconds",
        f"- buckets of time or of numbers: {MAX_BUCKETS:,}; groups that one row counts for: {bounds.GROUPS_OF_A_ROW:,}",
        f"- items of one row that foreach goes over: {MAX_ITEMS:,}",
    ]
    return "## Limits\n\nBeyond these a search ends with a message.\n\n" + "\n".join(lines) + "\n"


def render() -> str:
    """Returns the whole page."""
    sections = [HEAD, ROWS_FROM_A_FILE, overview_section(), "## Commands\n", *map(command_section, unique_commands())]
    return "\n".join([*sections, statistics_section(), eval_section(), refused_section(), limits_section()])


def main(words: list[str]) -> int:
    """Prints the page."""
    sys.stdout.write(render())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
