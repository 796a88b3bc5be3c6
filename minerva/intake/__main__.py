"""Command lines: `python -m minerva.intake read` prints a file's raw rows, `map` the records that a source makes of it,
`spool` what an input could not read.

Each line of standard output is JSON: a row or record, or {"error": code, "place": where}. Exit status 0 if anything
could be read, 1 if nothing could, 2 for wrong options.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Union

from minerva.intake.errors import BodyError, FactsError, FileError, MappingError, PagingError
from minerva.intake.facts.catalogue import read_catalogue
from minerva.intake.facts.reading import FORMATS, READING_KEYS, ReadFacts, read_facts
from minerva.intake.facts.shape import Table, check
from minerva.intake.facts.source import Source, reading_of, source_from_document
from minerva.intake.formats.read import read_rows
from minerva.intake.rows import Row

TENANT = "local"
"""Records of the command line belong to no tenant of an installation."""
_GUESSED_ENCODINGS = ("cp1252", "latin-1")
_GUESSED_DELIMITERS = (";", "\t", "|")
_MAIN = Path(__file__).resolve()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the exit status."""
    options = _parser().parse_args(arguments)
    if options.command == "spool":
        return _spool(options.checkpoint, options.again, options.drop)
    try:
        if options.command == "read":
            facts = _reading(options.format, options.facts, Path(options.file))
            if facts.format == "fixed" and not facts.columns:
                raise FactsError("fixed width needs 'columns' in --facts")
            return write(({} if row.columns is None else row.columns, row) for row in rows_of(options.file, facts))
        source = find_source(options.source, options.sources)
        return write(map_rows(source, source_rows(source, options.file)))
    except FactsError as error:
        print(f"minerva.intake: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m minerva.intake", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read", help="print the raw rows of a file as JSON lines")
    read.add_argument("--format", required=True, choices=(*FORMATS, "zip"))
    read.add_argument("--facts", type=Path, help="a source's yml or JSON, or one of its reading keys alone")
    read.add_argument("file")
    mapped = commands.add_parser("map", help="print the records that a source makes of a file as JSON lines")
    mapped.add_argument("--source", required=True, help="the id of a source, or the path of its yml or JSON")
    mapped.add_argument("--sources", type=Path, help="the add-on's folder, or one of sources; default: this one's")
    mapped.add_argument("file")
    spool = commands.add_parser("spool", help="list what an input could not read, or have one of it tried again")
    spool.add_argument("--again", metavar="PLACE", help="the next run tries this one, however often it failed")
    spool.add_argument("--drop", metavar="PLACE", help="let this one go: no run tries it again")
    spool.add_argument("checkpoint", type=Path, help="the input's checkpoint, a file .sqlite")
    return parser


def _spool(checkpoint: Path, again: str | None, drop: str | None) -> int:
    """List the spool of a checkpoint as JSON lines, move one entry back among those that runs try, or let one go."""
    from minerva.intake.errors import StateError
    from minerva.intake.running import spool
    from minerva.intake.running.state import State

    if not checkpoint.is_file():
        print(f"minerva.intake: {checkpoint.name} is no checkpoint", file=sys.stderr)
        return 2
    try:
        state = State(checkpoint)
    except StateError as error:
        print(f"minerva.intake: {error}", file=sys.stderr)
        return 2
    try:
        place = again if drop is None else drop
        if place is None:
            for item in spool.entries(state.position):
                line = {"place": item.place, "code": item.code, "tries": item.tries, "rests": item.rests}
                print(json.dumps(line, ensure_ascii=False))
            return 0
        change = spool.again if drop is None else spool.without
        position = change(state.position, place)
        if position is None:
            print(f"minerva.intake: nothing waits at {place!r}", file=sys.stderr)
            return 1
        state.move(position)
        return 0
    finally:
        state.close()


def write(found: Iterable[tuple[Mapping[str, Any], Row]]) -> int:
    """Print rows or faults; 0 if anything was read or nothing was wrong."""
    any_row = any_fault = False
    out = sys.stdout.buffer
    for item, row in found:
        any_row, any_fault = any_row or not row.fault, any_fault or bool(row.fault)
        line = {"error": row.fault, "place": row.place} if row.fault else item
        out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    out.flush()
    return 0 if any_row or not any_fault else 1


def rows_of(file: Union[str, Path], facts: ReadFacts) -> Iterator[Row]:
    """The rows of a file; what ends them is a last Row with a fault."""
    name = Path(file).name
    try:
        yield from read_rows(Path(file), facts, name)
    except FileError as error:
        yield Row(name, None, error.code)
    except OSError:
        yield Row(name, None, "unreadable")


def source_rows(source: Source, file: Union[str, Path]) -> Iterator[Row]:
    """The rows of a file as the source's transport would give them."""
    http = source.http
    if source.file is None and http is not None and (http.taxii is not None or http.misp is not None):
        from minerva.intake.web.http_source import exchanged_rows

        name = Path(file).name
        try:
            yield from exchanged_rows(http, Path(file).read_bytes(), name)
        except (BodyError, PagingError) as error:
            yield Row(name, None, getattr(error, "code", "paging"))
        except OSError:
            yield Row(name, None, "unreadable")
    else:
        yield from rows_of(file, reading_of(source))


def map_rows(source: Source, rows: Iterable[Row]) -> Iterator[tuple[Mapping[str, Any], Row]]:
    """The records that a source's mapping makes of rows, each with its Row; a refused one is a Row with a fault."""
    from minerva.intake.mapping.mapper import Mapper

    mapper, now = Mapper(source, TENANT), datetime.now(timezone.utc)
    for row in rows:
        if row.columns is None:
            yield {}, row
            continue
        try:
            record = mapper.map_row(row.columns, now).finish()
        except MappingError as error:
            yield {}, Row(row.place, None, error.code)
        else:
            yield json.loads(record.to_json()), row


def find_source(name: str, sources: Path | None = None) -> Source:
    """The source of an id (in the repository's sources, or an add-on's catalogue) or of a file. Raises FactsError."""
    if Path(name).is_file():
        return source_from_document(read_document(Path(name)))
    folder = sources or _own_folder()
    authored = folder if folder.name == "sources" else folder / "sources"
    if authored.is_dir():
        documents = _gathered(authored)
        if name not in documents:
            raise FactsError(f"there is no source {name!r} in {authored}")
        return source_from_document(documents[name])
    found = read_catalogue(folder, {})
    if name not in found.sources:
        raise FactsError(found.why_not(name))
    return found.sources[name]


def _own_folder() -> Path:
    """The add-on that this file belongs to: beside it in the repository, or around it where it is installed."""
    beside = _MAIN.parents[2] / "TA-gen-connectors"
    return beside if beside.is_dir() else _MAIN.parents[3]


def _gathered(folder: Path) -> Mapping[str, Any]:
    try:
        from minerva.intake.facts.authoring import gather
    except ImportError:
        raise FactsError(f"{folder}: YAML is read only where PyYAML is installed; name a sources.json") from None
    return gather(folder)


def read_document(path: Path) -> Any:
    """What a yml or JSON file says. Raises FactsError."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix not in (".yml", ".yaml"):
            return json.loads(text)
    except (OSError, ValueError) as error:
        raise FactsError(f"{path.name}: cannot be read ({type(error).__name__})") from None
    try:
        import yaml
    except ImportError:
        raise FactsError(f"{path.name}: YAML is read only where PyYAML is installed; write it as JSON") from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        raise FactsError(f"{path.name}: not YAML") from None


def _reading(kind: str, path: Path | None, file: Path) -> ReadFacts:
    """The reading facts of the options; without `--facts` what a file itself shows is taken for granted."""
    packed = {"unpack": "zip"} if kind == "zip" else {"format": kind}
    if path is None:
        guessed: dict[str, Any] = {"encodings": list(_GUESSED_ENCODINGS), "items": "*" if kind == "json" else ""}
        if kind == "csv":
            guessed["delimiter"] = _delimiter(file)
        facts = read_facts({**guessed, **packed})
        return dataclasses.replace(facts, format="") if kind == "zip" else facts
    document = read_document(path)
    if isinstance(document, dict):
        document = document.get("file") or document.get("http") or document
    if not isinstance(document, dict):
        raise FactsError(f"{path.name}: expected a map of keys")
    document = {key: value for key, value in document.items() if key in READING_KEYS} or document
    problems = check(document, Table(optional=READING_KEYS))
    if problems:
        where = ".".join(map(str, problems[0].path)) or "(top)"
        raise FactsError(f"{path.name}: {where}: {problems[0].message}")
    facts = read_facts({**document, **packed})
    return dataclasses.replace(facts, format="") if kind == "zip" and "format" not in document else facts


def _delimiter(file: Path) -> str:
    """The delimiter that a first line without commas shows."""
    try:
        with file.open("rb") as handle:
            line = handle.readline(65536).decode("latin-1")
    except OSError:
        return ","
    return "," if "," in line else next((sign for sign in _GUESSED_DELIMITERS if sign in line), ",")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(1)
