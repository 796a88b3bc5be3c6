"""Keeps the figures that pages state: docs/figures.json holds them, written by the commands that measure them.

    .venv/bin/python -m benchmarks.figures --check [SET ...]   # measures again; exit code 1 where anything differs
    .venv/bin/python -m benchmarks.figures --write [SET ...]   # measures, writes docs/figures.json and the pages
    .venv/bin/python -m benchmarks.figures --show [SET ...]    # measures and prints

SET is a name in docs/figures.json, or its beginning up to a dot: `cases` is every file of labelled texts. All figures
are counts or rounded to three decimals and depend on seeds alone, so they are compared exactly. Sets whose data is not
beside the project are named and left as they are. Which page states which figure: figure_statements.py.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figure_sets import FigureSet, figure_sets
from benchmarks.figure_statements import STATEMENTS
from benchmarks.figure_texts import Statement, Value, faults, names_of, restated, stated, written
from demo.run import ROOT

FILE = ROOT / "docs" / "figures.json"
COMMAND = ".venv/bin/python -m benchmarks.figures"

Document = dict[str, dict[str, Any]]
"""Set -> {"command": what measures it, "values": {name -> value}}."""


def read() -> Document:
    """Returns the committed figures."""
    document: Document = json.loads(FILE.read_text(encoding="utf-8"))
    return document


def flat(document: Document) -> dict[str, Value]:
    """Returns `set.name` -> value."""
    return {f"{name}.{key}": value for name, each in document.items() for key, value in each["values"].items()}


def chosen(names: Sequence[str]) -> dict[str, FigureSet]:
    """Returns the sets asked for, all for none. Raises ValueError for a name that is none."""
    known = figure_sets()
    for name in names:
        if not any(each == name or each.startswith(f"{name}.") for each in known):
            raise ValueError(f"no set of figures is called {name}")
    return {each: known[each] for each in known
            if not names or any(each == name or each.startswith(f"{name}.") for name in names)}  # fmt: skip


def measured(sets: Mapping[str, FigureSet]) -> Document:
    """Measures the sets one after the other, with a line each; what cannot be measured here is left out."""
    found: Document = {}
    for name, each in sets.items():
        if each.needs is not None and not each.needs.is_dir():
            print(f"{name}: not measured, its data is not at {each.needs}", flush=True)
            continue
        begin = time.monotonic()
        values = {key: rounded(value) for key, value in each.measure().items()}
        print(f"{name}: measured in {time.monotonic() - begin:.1f} s", flush=True)
        found[name] = {"command": each.command, "values": values}
    return found


def rounded(value: Value) -> Value:
    """Returns a figure as it is kept: a share to three decimals."""
    return value if isinstance(value, int) else round(value, 3)


def differences(
    committed: Document, found: Document, statements: Iterable[Statement], pages: Mapping[str, str]
) -> Iterator[str]:
    """Yields a sentence for each measured figure that is not the committed one, with where it is stated and what to
    run."""
    known, places = flat(committed), stated_at(statements, pages)
    for name, each in found.items():
        for key, value in each["values"].items():
            full = f"{name}.{key}"
            if known.get(full) == value:
                continue
            was = "has none" if full not in known else f"says {written(known[full])}"
            where = f", stated at {', '.join(places[full])}" if full in places else ""
            yield f"{full} is {written(value)}, docs/figures.json {was}{where} (measured by: {each['command']})"
        for key in committed.get(name, {"values": {}})["values"]:
            if key not in each["values"]:
                yield f"{name}.{key} is in docs/figures.json and is measured no more"
        if name in committed and committed[name]["command"] != each["command"]:
            yield f"{name}: docs/figures.json names another command than {each['command']}"


def stated_at(statements: Iterable[Statement], pages: Mapping[str, str]) -> dict[str, list[str]]:
    """Returns name of a figure -> `page:line` of each place that states it."""
    found: dict[str, list[str]] = {}
    for statement in statements:
        for each in stated(statement, pages[statement.page]):
            found.setdefault(each.name, []).append(f"{statement.page}:{each.line}")
    return found


def read_pages(root: Path = ROOT) -> dict[str, str]:
    """Returns path -> text of each page that states figures."""
    return {page: (root / page).read_text(encoding="utf-8") for page in sorted({each.page for each in STATEMENTS})}


def write(found: Document, everything: bool) -> None:
    """Writes measured figures into docs/figures.json and into the pages that state them."""
    known = set(figure_sets())
    kept = {name: each for name, each in (read() if FILE.is_file() else {}).items() if name in known or not everything}
    document = dict(sorted((kept | found).items()))
    FILE.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    figures = flat(document)
    for page, text in read_pages().items():
        of_page = [each for each in STATEMENTS if each.page == page and all(name in figures for name in names_of(each))]
        changed = restated(of_page, text, figures)
        if changed != text:
            (ROOT / page).write_text(changed, encoding="utf-8")
            print(f"{page}: written")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    way = parser.add_mutually_exclusive_group(required=True)
    for name in ("check", "write", "show"):
        way.add_argument(f"--{name}", action="store_true")
    parser.add_argument("names", nargs="*", metavar="SET")
    given = parser.parse_args(arguments)
    try:
        found = measured(chosen(given.names))
    except ValueError as error:
        parser.error(str(error))
    if given.show:
        print("\n".join(f"{name} {written(value)}" for name, value in flat(found).items()))
        return 0
    if given.write:
        write(found, everything=not given.names)
    pages, committed = read_pages(), read()
    wrong = [*differences(committed, found, STATEMENTS, pages), *faults(STATEMENTS, pages, flat(committed))]
    for sentence in wrong:
        print(f"FALSE: {sentence}")
    if wrong:
        print(f"Figures differ: {len(wrong)}. Where the new ones are right: {COMMAND} --write")
    else:
        print(f"{len(flat(found))} figures are as committed, and the pages state them.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
