"""Writes the short table of docs/understudy.md: what commands and functions are supported, and what is refused.

`python -m understudy table` prints it; a test compares it with the page. The whole reference is docs/spl.md.
"""

from __future__ import annotations

import sys

from understudy.spl import refusals
from understudy.spl.documentation import KINDS, table, unique_commands
from understudy.spl.eval import functions as eval_functions
from understudy.spl.statistics.functions import FUNCTIONS, PERCENTILES, UNSUPPORTED

BEGIN = "<!-- Written by `python -m understudy table`: do not edit between these marks. -->"
END = "<!-- End of the table. -->"


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def render() -> str:
    """Returns the table with the marks around it."""
    commands = unique_commands()
    rows = []
    for kind in dict.fromkeys([*KINDS, *(command.kind for command in commands)]):
        names = [f"[{command.name}](spl.md#{command.name})" for command in commands if command.kind == kind]
        if names:
            rows.append((f"Commands: {KINDS.get(kind, kind)}", str(len(names)), ", ".join(names)))
    statistical = [*sorted(FUNCTIONS), *(f"{name}<N>" for name in PERCENTILES)]
    evaluated = sorted(eval_functions())
    rows.append(("Statistical functions", str(len(statistical)), _code(statistical)))
    rows.append(("Eval functions", str(len(evaluated)), _code(evaluated)))
    refused = sorted(refusals.COMMANDS)
    rows.append(("Splunk commands that are refused", str(len(refused)), _code(refused)))
    if UNSUPPORTED:
        rows.append(("Statistical functions that are refused", str(len(UNSUPPORTED)), _code(sorted(UNSUPPORTED))))
    return f"{BEGIN}\n\n{table(('What', 'How many', 'Which'), rows)}\n{END}"


def main(words: list[str]) -> int:
    """Prints the table."""
    sys.stdout.write(render() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
