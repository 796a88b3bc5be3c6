"""Fingerprints of pictures, and the search of hashes in a bank.

    python -m minerva.images hash FILE...
        One JSON object a line: path, pdq, quality, dihedral (the hashes of its eight mirrored and turned forms), md5,
        sha256, format, width, height, and trimmed where a border was taken off; or path, error, code.
    python -m minerva.images build --bank FILE
        Builds a bank from standard input: lines of `hash`, or a hash in 64 hexadecimal digits, a comma and an id.
    python -m minerva.images search --bank FILE --radius N
        Reads hashes in 64 hexadecimal digits from standard input, one a line, and writes the matches as JSON lines:
        query, id, hash, distance, tier (same, likely, possible: look). FILE is a bank, or lines as `build` reads them.
    python -m minerva.images read [--models DIR] FILE...
        Text in pictures as JSON lines: path, and lines of text and score from top to bottom; or path, error, code.

Exit code 1 if a picture or line was refused, 2 if nothing can be done at all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Union

from minerva.images import bank_file
from minerva.images.bank import Bank, build
from minerva.images.decode import GRIDS, Decoder
from minerva.images.distance import LEAST_QUALITY, WIDEST, parse_hash
from minerva.images.errors import BankError, HashError, ImageError, PictureError
from minerva.images.formats.picture import MAX_BYTES
from minerva.images.ocr import TextReader
from minerva.json_lines import command, standard_input, write_answers


class _Refused:
    """Whether anything was refused."""

    any = False


def main(arguments: Union[Sequence[str], None] = None) -> int:
    """Runs the command line; returns its exit code."""
    options = _parser().parse_args(arguments)
    refused = _Refused()
    work = {"hash": _hashed, "build": _built, "search": _searched, "read": _read}[options.command]
    try:
        write_answers(work(options, refused))
    except ImageError as error:
        print(f"{error}", file=sys.stderr)
        return 2
    return int(refused.any)


def _parser() -> argparse.ArgumentParser:
    parser = command("minerva.images", __doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    hashing = commands.add_parser("hash", help="fingerprints of picture files")
    hashing.add_argument("files", nargs="+", metavar="FILE")
    hashing.add_argument("--crops", choices=GRIDS, default="none", help="add hashes of 27 or 100 crops, to be stored")
    hashing.add_argument("--turns", action="store_true", help="add hashes of small turns, to be asked with")
    building = commands.add_parser("build", help="a bank from hashes and ids on standard input")
    building.add_argument("--bank", required=True, type=Path, metavar="FILE")
    searching = commands.add_parser("search", help="hashes of a bank near those on standard input")
    searching.add_argument("--bank", required=True, type=Path, metavar="FILE")
    searching.add_argument("--radius", default=31, type=int, metavar="N", choices=range(WIDEST + 1))
    reading = commands.add_parser("read", help="text in picture files")
    reading.add_argument("files", nargs="+", metavar="FILE")
    reading.add_argument("--models", type=Path, metavar="DIR", help="folder of the models, if not the native package's")
    return parser


def _hashed(options: argparse.Namespace, refused: _Refused) -> Iterator[dict[str, Any]]:
    with Decoder(options.crops, options.turns) as decoder:
        yield from _of_each(options.files, refused, lambda data: decoder.fingerprint(data).to_dict())


def _read(options: argparse.Namespace, refused: _Refused) -> Iterator[dict[str, Any]]:
    with TextReader(options.models) as reader:
        yield from _of_each(
            options.files, refused, lambda data: {"lines": [asdict(each) for each in reader.read(data)]}
        )


def _of_each(
    files: Sequence[str], refused: _Refused, work: Callable[[bytes], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for path in files:
        try:
            with open(path, "rb") as file:
                data = file.read(MAX_BYTES + 1)
            yield {"path": path, **work(data)}
        except OSError as error:
            refused.any = True
            yield {"path": path, "error": f"cannot be read: {error.strerror}"}
        except PictureError as error:
            refused.any = True
            yield {"path": path, "error": str(error), "code": error.code}


def _built(options: argparse.Namespace, refused: _Refused) -> Iterator[dict[str, Any]]:
    rows = _bank_rows(standard_input(), refused)
    yield {"bank": str(options.bank), "hashes": build(options.bank, rows)}


def _searched(options: argparse.Namespace, refused: _Refused) -> Iterator[dict[str, Any]]:
    bank = _open(options.bank, refused)
    for number, line in enumerate(standard_input(), 1):
        query = line.strip()
        if not query:
            continue
        try:
            value = parse_hash(query)
        except HashError as error:
            refused.any = True
            yield {"line": number, "error": str(error)}
            continue
        for match in bank.search([value], options.radius):
            yield {
                "query": query.lower(),
                "id": match.id,
                "hash": f"{match.hash:064x}",
                "distance": match.distance,
                "tier": match.tier,
            }


def _open(path: Path, refused: _Refused) -> Bank:
    """A bank, or one in memory from the lines of a text file."""
    try:
        with path.open("rb") as file:
            if file.read(len(bank_file.MAGIC)) == bank_file.MAGIC:
                return Bank(path)
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            return Bank(rows=_bank_rows(lines, refused))
    except OSError as error:
        raise BankError(f"{path.name}: cannot be read: {error.strerror}") from None


def _bank_rows(lines: Iterable[str], refused: _Refused) -> Iterator[tuple[int, str]]:
    """Hashes and ids of lines; what is none is named on standard error and passed over."""
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text:
            continue
        try:
            if text.startswith("{"):
                yield from _hashes_of(json.loads(text))
            else:
                digits, _, name = text.partition(",")
                yield parse_hash(digits.strip()), name.strip() or f"line {number}"
        except (HashError, KeyError, TypeError, ValueError, AttributeError):
            refused.any = True
            print(f"line {number}: neither a hash nor a fingerprint; passed over", file=sys.stderr)


def _hashes_of(row: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The hashes of a fingerprint that are worth storing: the picture, the trimmed one, its crops."""
    if "error" in row:
        return
    name = str(row.get("id") or row["path"])
    for part in (row, row.get("trimmed")):
        if part and part.get("quality", 100) >= LEAST_QUALITY:
            yield parse_hash(part["pdq"]), name
    if row.get("quality", 100) >= LEAST_QUALITY:
        for digits in row.get("crops", ()):
            yield parse_hash(digits), name


if __name__ == "__main__":
    raise SystemExit(main())
