"""Galleries of school uniforms, and the schools that fit a picture or words.

    python -m minerva.schools build --pictures DIR --gallery DIR [--add]
        Builds a gallery from DIR/<school id>/ with crest.png, tie.png, garment.png and facts.json; any may be missing.
        --add keeps the schools that the gallery has beside them.
        Writes a JSON object for each file that is refused, and one with the counts.
    python -m minerva.schools identify --gallery DIR [--crest F] [--tie F] [--garment F] [--photo F] [--describe TEXT]
        Writes a JSON object: schools (ranked; each with id, confidence and signals), signals, missing with reasons,
        and the words that were read.

    python -m minerva.schools register < events.jsonl > rows.jsonl
        Turns records of kind school, an event a line, into rows of the register.

Pictures are crops of a photo (of the crest, the tie, a patch of the garment), or a whole photo, in which a crest is
looked for. Exit code 1 if a file was refused, 2 if nothing can be done at all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Union

from minerva.images.errors import ImageError, MissingLibraryError
from minerva.images.formats.picture import MAX_BYTES
from minerva.images.picture_child import why_not
from minerva.json_lines import command, standard_input, write_answers
from minerva.schools.build import build_gallery
from minerva.schools.errors import QueryError, SchoolsError
from minerva.schools.gallery import Gallery
from minerva.schools.identify import Query, identify
from minerva.schools.register import rows_of

_PICTURES = ("crest", "tie", "garment", "photo")


def main(arguments: Union[Sequence[str], None] = None) -> int:
    """Runs the command line; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return {"build": _build, "identify": _identify, "register": _register}[options.command](options)
    except (SchoolsError, ImageError) as error:
        print(f"{error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = command("minerva.schools", __doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="a gallery from a folder of schools")
    building.add_argument("--pictures", required=True, type=Path, metavar="DIR")
    building.add_argument("--add", action="store_true", help="keep the schools that the gallery has")
    asking = commands.add_parser("identify", help="the schools that fit pictures and words")
    for name in _PICTURES:
        asking.add_argument(f"--{name}", type=Path, metavar="FILE")
    asking.add_argument("--describe", default="", metavar="TEXT")
    asking.add_argument("--top", type=int, default=20, metavar="N")
    commands.add_parser("register", help="rows of schools from records")
    for each in (building, asking):
        each.add_argument("--gallery", required=True, type=Path, metavar="DIR")
        each.add_argument("--models", type=Path, metavar="DIR", help="where backbone.onnx and heads.npz lie")
    return parser


def _register(options: argparse.Namespace) -> int:
    records = []
    for number, line in enumerate(standard_input(), 1):
        try:
            records += [json.loads(line)] if line.strip() else []
        except ValueError:
            print(f"line {number}: expected a record as one JSON object", file=sys.stderr)
            return 2
    write_answers(rows_of([each for each in records if isinstance(each, dict)]))
    return 0


def _build(options: argparse.Namespace) -> int:
    reason = why_not()
    if reason:
        raise MissingLibraryError(reason)
    counts = build_gallery(options.pictures, options.gallery, _write, options.models, options.add)
    _write({"gallery": str(options.gallery), **counts})
    return int(counts["refused"] > 0)


def _identify(options: argparse.Namespace) -> int:
    gallery = Gallery(options.gallery)
    query = Query(
        _read(options.crest), _read(options.tie), _read(options.garment), _read(options.photo), options.describe
    )
    answer = identify(gallery, query, options.top, options.models)
    _write({"schools": answer.schools, "signals": answer.signals, "missing": answer.missing, "read": answer.read})
    return int(bool(answer.missing))


def _read(path: Union[Path, None]) -> Union[bytes, None]:
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise QueryError(f"{path}: cannot be read: {error.strerror}") from None


def _write(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
