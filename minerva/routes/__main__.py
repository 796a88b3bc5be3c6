"""Command line of routes: JSON lines of records in; next towns, visits, legs or circuits out, one line each.

    python -m minerva.routes [--output next|visits|legs|circuits|all] [--by FIELD] [--top 3] < records.jsonl

A record has record_id, time (epoch seconds or ISO), and city with region and country, or geo (`latitude,longitude`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from minerva.json_lines import command, loaded, standard_input, write_answers
from minerva.routes.rows import OptionError, read_options, routes


def answer(lines: Iterable[str], given: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yields what `routes` does, and an error for each line that is no record. Raises OptionError."""
    options = read_options(given)
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = loaded(line)
            except ValueError:
                row = None
            if isinstance(row, dict):
                rows.append(row)
            else:
                yield {"error": f"line {number}: not JSON; expected one object a line"}
    yield from routes(rows, options)


def main() -> None:
    """Reads standard input, writes standard output."""
    parser = command("minerva.routes", __doc__)
    for name in ("output", "by", "top"):
        parser.add_argument(f"--{name}", default="")
    given = vars(parser.parse_args())
    try:
        write_answers(answer(standard_input(), given))
    except OptionError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
