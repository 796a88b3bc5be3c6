"""Command line of exports: permitted items in, one zip (or a folder) with the files and their manifest out.

    python -m minerva.exports FORMAT < export.jsonl > export.zip
    python -m minerva.exports FORMAT --folder DIR < export.jsonl

FORMAT is csv, xlsx, ftm, stix, misp, htcds, report or hashes. The first line of input is `{"export": {...}}`
(docs/exports.md), each further line `{"record": {...}}`, then `{"entity": {...}}`. `hashes` needs `--key-file`. The
exit code is 0, or 2 with one line on standard error and no usable output.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from minerva.exports.errors import ExportError
from minerva.exports.formats import export
from minerva.exports.request import FORMATS, ExportRequest
from minerva.exports.target import FolderTarget, Target, ZipTarget

MAX_LINE = 8 * 1024 * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m minerva.exports", description=__doc__.splitlines()[0])
    parser.add_argument("format", choices=FORMATS)
    parser.add_argument("--folder", help="write the files here (new or empty) and the manifest to standard output")
    parser.add_argument("--key-file", help="file with the secret key of format hashes, 32 bytes or more")
    options = parser.parse_args(arguments)
    try:
        items = read_lines(sys.stdin.buffer)
        request = ExportRequest.read(options.format, next(items, {}).get("export"))
        if not options.folder and sys.stdout.isatty():
            raise ExportError("folder", "standard output is a terminal: redirect it into a file or give --folder")
        target: Target = FolderTarget(options.folder) if options.folder else ZipTarget(sys.stdout.buffer)
        content = export(request, items, target, key=_key(options.key_file))
        sys.stdout.buffer.flush()
    except (ExportError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.folder:
        print(json.dumps(content, ensure_ascii=False, sort_keys=True))
    return 0


def read_lines(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """The objects of JSON lines; blank lines are passed over. Raises ExportError with the line's number."""
    for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE + 1), b""), 1):
        if not line.strip():
            continue
        place = f"(line {number})"
        if len(line) > MAX_LINE:
            raise ExportError(place, f"longer than {MAX_LINE} bytes")
        try:
            given = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise ExportError(place, "expected one JSON object a line, in UTF-8, without NaN or Infinity") from None
        if not isinstance(given, dict):
            raise ExportError(place, "expected a JSON object")
        yield given


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _key(path: str | None) -> bytes:
    if not path:
        return b""
    if os.path.getsize(path) > 4096:
        raise ExportError("key", "the key file is longer than 4096 bytes: it is no key")
    with open(path, "rb") as file:
        return file.read().strip()


if __name__ == "__main__":
    raise SystemExit(main())
