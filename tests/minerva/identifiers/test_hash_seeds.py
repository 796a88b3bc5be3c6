"""The same text gives the same evidence in every run: nothing depends on the order of a set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
READ = """
import json, sys
from pathlib import Path
from minerva.identifiers import KINDS, extract

kinds = [kind.NAME for kind in KINDS]
for line in sys.stdin:
    row = json.loads(line)
    print(repr(extract(row["text"], kinds=kinds, region=row["region"])))
"""
TIES = [
    # Digit words of two languages, as many of each.
    '{"text": "Massage Aarhus 500 kr, to nul et to tre fire fem se $PebbleRowe", "region": "DE"}',
    '{"text": "relse 3.900 md. ring to nul, en en, to tre, fem fem", "region": "DK"}',
]


def read(lines: list[str], seed: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input="\n".join(lines),
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def cases(name: str) -> list[str]:
    return (ROOT / "benchmarks" / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(TIES, id="ties"),
        pytest.param(cases("unseen_ads_7"), id="a round", marks=pytest.mark.full),
        pytest.param(cases("unseen_ads_26")[:150], id="another", marks=pytest.mark.full),
        pytest.param(cases("benign"), id="benign"),
    ],
)
def test_no_hash_seed_changes_what_is_found(lines: list[str]) -> None:
    first = read(lines, 1)
    assert len(first) == len(lines)
    assert all(read(lines, seed) == first for seed in (2, 3))
