"""Command lines: `python -m collector pdf FILE --into FOLDER` and `python -m collector sftp --host HOST ...`.

Exit status 0 if all was taken, 1 if something was left out (said on standard error), 2 if nothing could be done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from collector import pdf_tables, sftp_drop
from collector.writing import CollectorError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _pdf(options) if options.command == "pdf" else _sftp(options)
    except CollectorError as error:
        print(f"collector: {error}", file=sys.stderr)
    except OSError as error:
        print(f"collector: a file cannot be read or written ({type(error).__name__})", file=sys.stderr)
    return 2


def _pdf(options: argparse.Namespace) -> int:
    facts = pdf_tables.TableFacts(options.strategy, options.first, tuple(options.header), options.skip)
    outcome = pdf_tables.extract(options.file, options.into / f"{options.file.stem}.csv", facts)
    print(f"{outcome.rows} rows")
    for place in outcome.left_out:
        print(f"collector: row {place} has another number of cells than the heading", file=sys.stderr)
    return 1 if outcome.left_out else 0


def _sftp(options: argparse.Namespace) -> int:
    drop = sftp_drop.Drop(
        options.host, options.user, options.key, options.known_hosts, options.folder, options.pattern, options.port,
        options.max_mib * 1024 * 1024, options.most,
    )  # fmt: skip
    outcome = sftp_drop.collect(drop, options.into)
    print(f"{len(outcome.names)} files")
    for name, why in outcome.left.items():
        print(f"collector: {name}: {why}", file=sys.stderr)
    return 1 if outcome.left else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m collector", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    pdf = commands.add_parser("pdf", help="write the table of a PDF as CSV")
    pdf.add_argument("file", type=Path)
    pdf.add_argument("--into", type=Path, required=True, help="the folder that a file input reads")
    pdf.add_argument("--strategy", choices=pdf_tables.STRATEGIES, default="lines", help="what bounds the cells")
    pdf.add_argument("--first", type=int, default=1, help="first page")
    pdf.add_argument("--skip", type=int, default=0, help="table lines above the heading")
    pdf.add_argument("--header", nargs="*", default=[], help="column names of a table without a heading")
    sftp = commands.add_parser("sftp", help="fetch what is new in a folder of an SFTP server")
    sftp.add_argument("--into", type=Path, required=True, help="the folder that a file input reads")
    for name in ("host", "user"):
        sftp.add_argument(f"--{name}", required=True)
    sftp.add_argument("--key", type=Path, required=True, help="the private key's file, readable by its owner alone")
    sftp.add_argument("--known-hosts", type=Path, required=True, help="the file with the host's own key")
    sftp.add_argument("--folder", default=".")
    sftp.add_argument("--pattern", default="*")
    sftp.add_argument("--port", type=int, default=22)
    sftp.add_argument("--max-mib", type=int, default=256)
    sftp.add_argument("--most", type=int, default=1000)
    return parser


if __name__ == "__main__":
    sys.exit(main())
