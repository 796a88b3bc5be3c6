"""`python -m understudy <command>`: hands over to the module that owns the command."""

from __future__ import annotations

import importlib
import io
import sys

COMMANDS = {
    "docs": ("understudy.spl.documentation", "print the page of supported commands and functions"),
    "search": ("understudy.spl.command_line", "run SPL over the rows of a JSON-lines file"),
    "table": ("understudy.spl.support_table", "print the short table of docs/understudy.md"),
    "serve": ("understudy.serve", "serve REST over a home folder until Ctrl-C"),
}


def main(words: list[str]) -> int:
    """Returns the exit code of the command that the first word names."""
    if not words or words[0] not in COMMANDS:
        listing = "\n".join(f"  {name:10} {summary}" for name, (_, summary) in COMMANDS.items())
        print(f"usage: python -m understudy <command> ...\ncommands:\n{listing}", file=sys.stderr)
        return 0 if words and words[0] in ("-h", "--help") else 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    module = importlib.import_module(COMMANDS[words[0]][0])
    return int(module.main(words[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
