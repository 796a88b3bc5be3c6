"""`build.py sources`: the catalogue of sources as a table, the drift of a live one, and the scaffold of a new one."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from assembly import paths
from assembly.emit.connectors import SOURCES, read_sources
from assembly.emit.source_catalogue import COLUMNS, DEMO, rows, summary
from minerva.intake.errors import FactsError
from minerva.intake.facts.authoring import EVIDENCE

ROOT = paths.ROOT
SCAFFOLD = """\
id: {id}
title: {title}
like: {like}
# Two capital letters (ISO 3166-1), EU, UN or ZZ.
country:
landing_url:
legal:
  owner:
http:
  base_url:
  path:
mapping:
  fields:
    name:
"""
EVIDENCE_SCAFFOLD = """\
# What was read before the facts were written; two independent pieces confirm a source.
- kind:
  # code, fixture, documentation or reply
  repository:
  # owner/name; for a page or a document say `document` and `dated` in place of these three
  path:
  commit:
  read_on: "{today}"
  fields:
  # every name of a column as this piece writes it
"""


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Returns 0 if all is well, 1 for wrong facts or drift, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog="build.py sources", description=__doc__)
    parser.add_argument(
        "--check", metavar="ID", help="ask the live source (key: MINERVA_SOURCE_KEY) or read FILE, and report drift"
    )
    parser.add_argument(
        "--file", type=Path, metavar="FILE", help="what --check reads where a source is read from files"
    )
    parser.add_argument("--json", metavar="ID", help="print a source as an administrator may put it into local/")
    parser.add_argument("--family", help="of the table: this family only")
    commands = parser.add_subparsers(dest="command", metavar="new FAMILY ID --like OTHER")
    new = commands.add_parser("new", help="scaffold a source")
    new.add_argument("family")
    new.add_argument("id")
    new.add_argument("--like", required=True, metavar="OTHER")
    options = parser.parse_args(arguments)
    try:
        if options.command == "new":
            return scaffold(root, options.family, options.id, options.like)
        if options.json:
            return _print_json(root, options.json)
        if options.check:
            return _check(root, options.check, options.file)
        return _print_table(root, options.family)
    except FactsError as error:
        print(error, file=sys.stderr)
        return 1


def scaffold(root: Path, family: str, source_id: str, like: str) -> int:
    """Writes the yml of a new source, to be filled in; what is empty is refused with its line until it is."""
    known = read_sources(root, abstract=True)
    folder = root / SOURCES / family / source_id
    problem = (
        f"{source_id}: there is such a source already" if source_id in known or folder.exists()
        else f"--like {like}: there is no such source; one of: {', '.join(sorted(known))}" if like not in known
        else "family and id: lower-case letters, digits and '_', a letter first" if not _is_name(family, source_id)
        else ""
    )  # fmt: skip
    if problem:
        print(problem, file=sys.stderr)
        return 2
    folder.mkdir(parents=True)
    text = SCAFFOLD.format(id=source_id, title=source_id.replace("_", " ").capitalize(), like=like)
    (folder / f"{source_id}.yml").write_text(text, encoding="utf-8")
    evidence = EVIDENCE_SCAFFOLD.format(today=datetime.now(UTC).date())
    (folder / EVIDENCE).write_text(evidence, encoding="utf-8")
    print(f"{folder.relative_to(root)}: fill in {source_id}.yml and {EVIDENCE}; beside them belong sample.* and")
    print("expected.json,", end=" ")
    print("which `.venv/bin/python -m tests.connectors.source_samples` writes from the sample: read the diff")
    return 0


def _is_name(*names: str) -> bool:
    return all(name.isascii() and name.isidentifier() and name == name.lower() and name[0] != "_" for name in names)


def _check(root: Path, source_id: str, file: Path | None) -> int:
    document = read_sources(root).get(source_id)
    if document is None:
        print(f"there is no source {source_id!r}", file=sys.stderr)
        return 2
    command = [sys.executable, "-m", "minerva.intake.workbench", *(["--file", str(file)] if file else [])]
    return subprocess.run(command, cwd=ROOT, input=json.dumps(document), text=True, check=False).returncode


def _print_json(root: Path, source_id: str) -> int:
    document = read_sources(root, abstract=True).get(source_id)
    if document is None:
        print(f"there is no source {source_id!r}", file=sys.stderr)
        return 2
    print(json.dumps(document, ensure_ascii=False, indent=1))
    return 0


def _print_table(root: Path, family: str | None) -> int:
    documents = [item for item in read_sources(root).values() if family in (None, item["family"])]
    lines = [COLUMNS, *(rows(root, document) for document in documents)]
    widths = [min(max(len(line[at]) for line in lines), 44) for at in range(len(COLUMNS))]
    for line in lines:
        print("  ".join(cell[:width].ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    real = [document for document in documents if document["family"] != DEMO]
    print(f"{summary(real)} {len(documents) - len(real)} invented ones of the demo besides.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
