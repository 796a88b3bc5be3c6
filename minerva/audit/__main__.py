"""`python -m minerva.audit verify FILE [--key-file FILE]`: judges an exported audit and names the first break.

FILE holds the rows of minerva_audit sorted by key, as a JSON array or JSON lines. Exit code 0 whole, 1 broken.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minerva.audit.verify import verify


def main(arguments: list[str]) -> int:
    """Prints entries by chain and the first break, if any."""
    parser = argparse.ArgumentParser(prog="python -m minerva.audit")
    commands = parser.add_subparsers(dest="command", required=True)
    judge = commands.add_parser("verify", help="name the first break in an exported audit")
    judge.add_argument("file", type=Path)
    judge.add_argument("--key-file", type=Path, help="the installation's audit key; without it seals are not checked")
    options = parser.parse_args(arguments)
    key = bytes.fromhex(options.key_file.read_text(encoding="utf-8").strip()) if options.key_file else None
    verdict = verify(_rows(options.file), key)
    for chain, count in verdict.entries.items():
        print(f"{chain}: {count} entries")
    if not verdict.sealed:
        print("seals were not checked: give --key-file to find a chain that was made anew from its middle")
    if verdict.broken is not None:
        print(f"BROKEN: {verdict.broken.sentence()}")
        return 1
    print(f"whole: {sum(verdict.entries.values())} entries in {len(verdict.entries)} chains")
    return 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a JSON array, as splunkd's REST gives it, or of JSON lines."""
    with path.open(encoding="utf-8") as file:
        if file.read(1) == "[":
            file.seek(0)
            yield from (row if isinstance(row, dict) else {} for row in json.load(file))
            return
        file.seek(0)
        for line in file:
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            yield row if isinstance(row, dict) else {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
