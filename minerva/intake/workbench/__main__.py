"""`python -m minerva.intake.workbench [--file FILE] < document.json`: a source's columns now and those of its facts.

The key that a source asks for comes from MINERVA_SOURCE_KEY. Exit code 0: no drift, 1: drift, 2: could not be asked.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from minerva.intake.errors import IntakeError
from minerva.intake.facts.source import source_from_document
from minerva.intake.formats.read import read_rows
from minerva.intake.inputs import Network
from minerva.intake.web.account import Account
from minerva.intake.workbench.drift import drift, file_drift
from minerva.intake.workbench.fetching import fetch_page


def main(arguments: list[str], document: Any) -> int:
    """Prints the drift of the document's source."""
    parser = argparse.ArgumentParser(prog="minerva.intake.workbench")
    parser.add_argument("--file", type=Path)
    file = parser.parse_args(arguments).file
    name = document["id"]
    try:
        source = source_from_document(document)
        if file is not None:
            found = file_drift(source, file)
        elif source.http is None:
            print(f"{name} is read from files: give one with --file; published at {document.get('landing_url')}")
            return 2
        else:
            account = Account(os.environ.get("MINERVA_SOURCE_USER", ""), os.environ.get("MINERVA_SOURCE_KEY", ""))
            body = fetch_page(document["http"], account, Network(), obey_robots=source.legal.robots == "obey")
            found = drift(source, read_rows(io.BytesIO(body), source.http.reading, "reply", source.mapping.key))
    except (IntakeError, OSError) as error:
        print(f"{name} could not be asked: {error}", file=sys.stderr)
        return 2
    for words, columns in (("no row has", found.missing), ("is new", found.new)):
        for column in columns:
            print(f"{name}: {words}: {column}")
    print(f"{name}: {found.rows} rows; {len(found.missing)} columns missing, {len(found.new)} new")
    return 1 if found.missing or found.new else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], json.load(sys.stdin)))
