"""How often finds were right at the first look, by way of reading: each file of labelled texts is read by the
extractors of the time before it came, which had not seen it.

    .venv/bin/python -m benchmarks.confidence.first_looks

Takes the extractors from the project's history (`git archive`): of the commit that brought the file before. Finds are
kept in build/first_looks, by commit; the first run takes six minutes. Writes first_looks.json: for each file and way
the finds and those that were right, from which calibration.py makes the confidences.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.unseen_texts import rows
from demo.run import ROOT
from minerva.identifiers.phone_sureness import is_labelled
from minerva.identifiers.sureness import LABELLED

KEPT = ROOT / "build" / "first_looks"
COUNTS = Path(__file__).parent / "first_looks.json"
FIRST_FILE = "benchmarks/cases/unseen_ads_28.jsonl"
"""Rounds before it were read by extractors that knew less of ways and decoys than those of today."""
SOURCE = (
    "Finds in labelled texts by the extractors of the time before each file came, and those of them that were right. "
    "Way: kind, method, what the rule states and, of some phones, whether a word before them announces one. Written by "
    "`python -m benchmarks.confidence.first_looks`."
)
_READ = """
import json, sys
from pathlib import Path
from minerva.identifiers import extract
try:
    from minerva.identifiers import sureness
except ImportError:
    pass  # of the time before: what is given is what rules state
else:
    sureness._GIVEN.clear()
KEYS = {"phone": "phones", "email": "emails", "username": "usernames", "payment_tag": "payment_tags",
        "wallet": "wallets"}
OTHERS = ("url", "domain", "iban")
found = []
for file in sys.argv[2:]:
    for at, row in enumerate(map(json.loads, Path(file).read_text(encoding="utf-8").splitlines())):
        told = {f"{kind}:{value}" for kind, key in KEYS.items() for value in row.get(key, ())}
        told |= set(row.get("identifiers", ()))
        kinds = [kind for kind, key in KEYS.items() if key in row]
        # Texts about web addresses and accounts name all of them.
        kinds += [kind for kind in OTHERS if any(name.startswith(kind + ":") for name in row.get("identifiers", ()))]
        for item in extract(row["text"], kinds=kinds, region=row.get("region")):
            found.append([Path(file).stem, at, item.start, item.kind, item.method, item.confidence,
                          item.identifier in told])
Path(sys.argv[1]).write_text(json.dumps(found))
"""
Way = tuple[str, str, str]
"""Kind, method, and what its rule states, with a mark where a phone is labelled."""


def way_of(kind: str, method: str, stated: float, text: str, start: int) -> str:
    """Returns the name of the way in which something was read."""
    is_told = kind == "phone" and is_labelled(method, stated, text, start)
    return f"{method} {stated}{' ' + LABELLED if is_told else ''}"


def brought() -> Iterator[tuple[str, str, list[str]]]:
    """Yields (commit, the commit that brought files before it, the files that it brought), from FIRST_FILE on."""
    command = ["git", "log", "--reverse", "--diff-filter=A", "--format=@%h", "--name-only", "--",
               "benchmarks/cases/*_ads*.jsonl"]  # fmt: skip
    log = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commits: list[tuple[str, list[str]]] = []
    for line in filter(None, log.splitlines()):
        if line.startswith("@"):
            commits.append((line[1:], []))
        else:
            commits[-1][1].append(line)
    begun = False
    for (before, _), (commit, files) in pairwise(commits):
        begun = begun or FIRST_FILE in files
        if begun:
            yield commit, before, files


def look(commit: str, before: str, files: list[str]) -> list[list[Any]]:
    """Returns [file, row, start, kind, method, confidence, is right] of each find of the extractors of `before`."""
    kept = KEPT / f"{commit}.json"
    if not kept.is_file():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            archive = subprocess.run(["git", "archive", before, "minerva"], cwd=ROOT, capture_output=True, check=True)
            subprocess.run(["tar", "x", "-C", folder], input=archive.stdout, check=True)
            given = [str(ROOT / file) for file in files]
            command = [sys.executable, "-c", _READ, str(kept), *given]
            subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": folder}, check=True)
    found: list[list[Any]] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def counted() -> dict[str, dict[str, list[int]]]:
    """Returns file -> way -> [finds, right]."""
    counts: dict[str, dict[str, list[int]]] = {}
    for each in brought():
        texts = {Path(file).stem: [row["text"] for row in rows(Path(file).stem)] for file in each[2]}
        for file, at, start, kind, method, stated, is_right in look(*each):
            way = f"{kind} {way_of(kind, method, stated, texts[file][at], start)}"
            own = counts.setdefault(file, {}).setdefault(way, [0, 0])
            own[0] += 1
            own[1] += is_right
    return {file: dict(sorted(counts[file].items())) for file in sorted(counts)}


def main() -> None:
    """Reads the texts, writes the counts."""
    files = [
        f'  "{file}": {{\n' + ",\n".join(f"   {json.dumps(way)}: {own}" for way, own in ways.items()) + "\n  }"
        for file, ways in counted().items()
    ]
    text = f'{{\n "_source": {json.dumps(SOURCE)},\n "version": 1,\n "files": {{\n' + ",\n".join(files) + "\n }\n}\n"
    COUNTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
