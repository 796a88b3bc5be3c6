"""Fingerprints of pictures, and the search of hashes in a bank.

    python -m minerva.images hash FILE...
        One JSON object a line: path, pdq, quality, dihedral (the hashes of its eight mirrored and turned forms), md5,
        sha256, format, width, height, and trimmed where a border was taken off; or path, error, code.
    python -m minerva.images search --bank FILE --radius N
        Reads hashes in 64 hexadecimal digits from standard input, one a line, and writes the matches as JSON lines.

Exit code 1 if a picture or line was refused, 2 if nothing can be done at all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Union

from minerva.images.decode import GRIDS, Decoder, Fingerprint
from minerva.images.errors import ImageError, PictureError
from minerva.images.formats.picture import MAX_BYTES
from minerva.json_lines import command, write_answers


class _Refused:
    """Whether anything was refused."""

    any = False


def main(arguments: Union[Sequence[str], None] = None) -> int:
    """Runs the command line; returns its exit code."""
    options = _parser().parse_args(arguments)
    refused = _Refused()
    try:
        write_answers(_hashed(options, refused))
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
    return parser


def _hashed(options: argparse.Namespace, refused: _Refused) -> Iterator[dict[str, Any]]:
    with Decoder(options.crops, options.turns) as decoder:
        for path in options.files:
            try:
                with open(path, "rb") as file:
                    data = file.read(MAX_BYTES + 1)
                yield {"path": path, **row_of(decoder.fingerprint(data))}
            except OSError as error:
                refused.any = True
                yield {"path": path, "error": f"cannot be read: {error.strerror}"}
            except PictureError as error:
                refused.any = True
                yield {"path": path, "error": str(error), "code": error.code}


def row_of(fingerprint: Fingerprint) -> dict[str, Any]:
    """A fingerprint as the command line writes it."""
    whole, trimmed = fingerprint.whole, fingerprint.trimmed
    row: dict[str, Any] = {
        "pdq": whole.pdq,
        "quality": whole.quality,
        "dihedral": list(whole.dihedral),
        "md5": fingerprint.md5,
        "sha256": fingerprint.sha256,
        "format": fingerprint.format,
        "width": fingerprint.width,
        "height": fingerprint.height,
    }
    if trimmed is not None:
        row["trimmed"] = {"pdq": trimmed.pdq, "quality": trimmed.quality, "dihedral": list(trimmed.dihedral)}
    if fingerprint.crops:
        row["crops"] = list(fingerprint.crops)
    if fingerprint.turned:
        row["turned"] = [list(forms) for forms in fingerprint.turned]
    return row


if __name__ == "__main__":
    raise SystemExit(main())
