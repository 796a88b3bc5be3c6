"""The staged app finds under Splunk's own Python versions what it finds under the one that all other tests run on."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path

import pytest

from assembly.machine import SHIPPED_PYTHONS
from assembly.paths import APP
from benchmarks.identifiers import world_ads
from benchmarks.unseen_texts import CASES
from minerva.identifiers.__main__ import extract_lines
from tests.integration.test_commands_39_313 import interpreter

OF_EACH = 50
"""Lines of each case file."""


def lines() -> list[str]:
    """Texts of all case files and ads of a world, as the command line takes them."""
    chance = random.Random(39_313)
    found: list[str] = []
    for path in sorted(CASES.glob("*.jsonl")):
        # Some hold other things than texts: pairs of user names, forms of addresses.
        rows = [row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if "text" in row]
        chosen = chance.sample(rows, min(OF_EACH, len(rows)))
        found += [json.dumps({"id": path.stem, "text": row["text"], "region": row.get("region")}) for row in chosen]
    ads = world_ads(300, 39_313, 0.3)
    return found + [json.dumps({"id": "world", "text": ad.text, "region": ad.region}) for ad in ads]


@pytest.mark.parametrize("version", SHIPPED_PYTHONS)
def test_each_shipped_python_finds_the_same(apps: list[Path], version: str) -> None:
    (app,) = [path for path in apps if path.name == APP]
    given = lines()
    done = subprocess.run(
        [str(interpreter(version)), "-m", "minerva.identifiers"],
        input="\n".join(given).encode(),
        env={**os.environ, "PYTHONPATH": str(app / "lib")},
        cwd=app,
        capture_output=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    expected = extract_lines(given, None, None)
    differing = [(line, answer) for line, answer, own in zip(given, answers, expected, strict=True) if answer != own]
    assert differing == []
    assert sum(len(answer["identifiers"]) for answer in answers) > len(given) * 0.8
